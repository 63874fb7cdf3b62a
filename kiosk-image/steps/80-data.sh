#!/bin/sh
# p2: the only part that is written while the kiosk runs; empty.
# reads: date
. "$(dirname "$0")/common.sh"
rm -rf "$OUT/data" "$OUT/data.img"
[ "${DATA_SIZE:-0}" -gt 0 ] || exit 0
[ -n "${DATA_UUID:-}" ] || exit 0
mkdir "$OUT/data"
touch -d "@$SOURCE_DATE_EPOCH" "$OUT/data"
truncate -s "${DATA_SIZE}M" "$OUT/data.img"
E2FSPROGS_FAKE_TIME=$SOURCE_DATE_EPOCH mke2fs -q -t ext4 -L foyer-data \
	-U "$DATA_UUID" -b 1024 -I 256 -m 0 -J size=8 \
	-O ^metadata_csum_seed \
	-E "hash_seed=$DATA_UUID,root_owner=0:0,lazy_itable_init=0,lazy_journal_init=0" \
	-d "$OUT/data" "$OUT/data.img"
