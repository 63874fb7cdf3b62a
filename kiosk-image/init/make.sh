#!/bin/sh
# make.sh DIR: compiles the programs of the start into DIR. They need nothing
# but the kernel: no library, no shell.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
to=$1
mkdir -p "$to"
build() {
	name=$1
	shift
	(cd "$here" && aarch64-linux-gnu-gcc --sysroot="$SYSROOT" -std=gnu17 \
		-D_GNU_SOURCE -Os -static -s -Wall -Wextra -Werror -Wshadow \
		-Wl,--build-id=none -o "$to/$name" "$@")
}
build init init.c verity.c notice.c
build notice tell.c notice.c
build clock clock.c
