#!/bin/sh
# resolve.sh SUITE ARCHITECTURE COMPONENTS PACKAGE...: prints a lock of the
# packages and all they depend on, security updates among them, as the mirror has
# them now: name, version, SHA-256 and path in the mirror, a package a line. It
# uses an apt of its own and leaves this machine's alone.
set -eu
here=$(dirname "$0")
suite=$1 architecture=$2 components=$3
shift 3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/etc/apt.conf.d" "$work/etc/preferences.d" \
	"$work/state/lists/partial" "$work/cache/archives/partial"
: >"$work/status"
keys=/usr/share/keyrings/debian-archive-keyring.gpg
{
	echo "deb [signed-by=$keys] $(sh "$here/mirror.sh") $suite $components"
	echo "deb [signed-by=$keys] $(sh "$here/mirror.sh" pool/updates/)" \
		"$suite-security $components"
} >"$work/etc/sources.list"
cat >"$work/apt.conf" <<END
Dir::Etc "$work/etc";
Dir::State "$work/state";
Dir::State::status "$work/status";
Dir::Cache "$work/cache";
APT::Architecture "$architecture";
APT::Architectures { "$architecture"; };
APT::Install-Recommends "false";
APT::Sandbox::User "root";
Acquire::Languages "none";
END
export APT_CONFIG="$work/apt.conf"
apt-get -qq update
apt-get install --print-uris -qq -y "$@" >"$work/uris"
# 'URI' NAME_VERSION_ARCHITECTURE.deb SIZE HASH
awk '{ split($2, part, "_"); sub(/%3a/, ":", part[2])
	print part[1] "=" part[2] }' "$work/uris" | sort >"$work/wanted"
# shellcheck disable=SC2046
apt-cache show $(cat "$work/wanted") | awk '
	/^Package: / { name = $2 }
	/^Version: / { version = $2 }
	/^Filename: / { path = $2 }
	/^SHA256: / { hash = $2 }
	/^$/ { print name, version, hash, path }' | LC_ALL=C sort -u
