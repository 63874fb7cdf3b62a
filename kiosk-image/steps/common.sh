# Sourced by every step, which build.sh starts with these set:
#   VARIANT   which image                 SOURCE_DATE_EPOCH  its date
#   CACHE     where downloads are kept    OUT                where it is built
#   FOYER_DEB our own programs            SYSROOT   what C is compiled against
set -eu
LC_ALL=C TZ=UTC
# Tools of file systems are not in everybody's path.
PATH=$PATH:/usr/sbin:/sbin
export LC_ALL TZ PATH
umask 022
recipe=$(cd "$(dirname "$0")" && pwd)
recipe=${recipe%/steps} recipe=${recipe%/check}
PICKED=$OUT/picked ROOT=$OUT/root
. "$recipe/variants/$VARIANT/settings"

# Ends the step even from within a pipe, where ending is not enough.
fail() {
	echo "${0##*/}: $*" | tee -a "$OUT/failed" >&2
	exit 1
}

# What a list says for this variant, a name a line: the common one's lines and
# then the variant's own. A variant's line "-NAME" takes a common one away.
list() {
	cat "$recipe/lists/$1" "$recipe/variants/$VARIANT/$1" 2>/dev/null |
		sed 's/[ \t]*#.*//; /^$/d' | awk '
		/^-/ { gone[substr($0, 2)] = 1; next }
		{ line[++count] = $0 }
		END { for (i = 1; i <= count; i++)
			if (!(line[i] in gone)) print line[i] }'
}

kernel_version() {
	ls "$ROOT/usr/lib/modules"
}
