#!/bin/sh
# data.sh CARD HOME WORK: fills the card's second part as a kiosk has it that
# was set up: with a demo agency's home, but for what only the office has. The
# kiosk's user owns it (990), whoever runs this.
set -eu
card=$1 home=$2 work=$3
start=$(sfdisk --json "$card" | sed -n 's/.*"start": *\([0-9]*\).*/\1/p' |
	sed -n 2p)
sectors=$(sfdisk --json "$card" | sed -n 's/.*"size": *\([0-9]*\).*/\1/p' |
	sed -n 2p)
rm -rf "$work"
mkdir -p "$work/data"
cp -R "$home" "$work/data/foyer"
(cd "$work/data/foyer" && rm -rf record keys/agency.key passphrase.txt \
	kiosk/lock)
mke2fs -q -t ext4 -b 1024 -d "$work/data" "$work/data.img" \
	"$((sectors / 2))" >/dev/null 2>&1
(cd "$work/data" && find foyer) | while read -r path; do
	echo "set_inode_field /$path uid 990"
	echo "set_inode_field /$path gid 990"
done | debugfs -w -f - "$work/data.img" >/dev/null 2>&1
dd if="$work/data.img" of="$card" bs=512 seek="$start" conv=notrunc \
	status=none
