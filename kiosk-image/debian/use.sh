#!/bin/sh
# use.sh: run by debian-check.sh as root of a small Debian with the packages in
# /srv. Installs, uses and purges them.
set -eu
say() {
	echo "deb-check: $*"
}
fail() {
	say "$*" >&2
	exit 1
}
files() {
	find / -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /tmp \
		-o -path /var/lib/dpkg -o -path /var/log -o -path /var/cache \
		-o -path /srv \) -prune -o -print | LC_ALL=C sort
}
# as PERSON WORD...: one who is nobody in particular.
as_somebody() {
	setpriv --reuid=65534 --regid=65534 --clear-groups \
		env -i LC_ALL=C.UTF-8 HOME=/srv/home "PATH=$PATH" "$@"
}

mkdir /srv/home
chown 65534:65534 /srv/home
files >/srv/before
dpkg -i /srv/*.deb >/srv/dpkg.log 2>&1 || {
	cat /srv/dpkg.log
	fail "the packages cannot be installed"
}
dpkg --verify foyer foyer-kiosk foyer-desk foyer-data foyer-doc
version=$(dpkg-query -W -f '${Version}' foyer)

for program in foyer foyer-kiosk foyer-desk foyer-vault foyer-flash; do
	[ "$(as_somebody $program --version)" = "$program $version" ] ||
		fail "$program does not say that it is $version"
	[ -e "/usr/share/man/man1/$program.1.gz" ] ||
		fail "$program has no manual page"
	as_somebody bash -c '
		. /usr/share/bash-completion/bash_completion
		_completion_loader "$1"
		COMP_WORDS=("$1" --) COMP_CWORD=1
		_foyer "$1"
		[[ " ${COMPREPLY[*]} " == *" --version "* ]]' - $program ||
		fail "$program is not completed"
done

home=/srv/home/agency
as_somebody foyer form check /usr/share/foyer/screens/intake
as_somebody foyer demo new --home $home >/dev/null
echo '{"B1": "YES"}' >/srv/home/answers.json
as_somebody foyer ticket issue --home $home --form intake \
	--answers /srv/home/answers.json -o /srv/home/ticket.png >/srv/issued
as_somebody foyer record file --home $home /srv/home/ticket.png >/srv/filed
grep -q '"status":"filed"' /srv/filed || {
	cat /srv/issued /srv/filed
	fail "a ticket was not filed"
}
as_somebody foyer record queue --home $home | grep -q '"number"' ||
	fail "who was filed does not wait"

find $home -type f -exec sha256sum {} + | LC_ALL=C sort >/srv/homes
dpkg --purge foyer foyer-kiosk foyer-desk foyer-data foyer-doc >>/srv/dpkg.log
files >/srv/after
diff /srv/before /srv/after || fail "this is left after purging"
find $home -type f -exec sha256sum {} + | LC_ALL=C sort |
	cmp - /srv/homes || fail "the agency's home was touched"
! dpkg -l 'foyer*' 2>/dev/null | grep -q '^[a-z][a-zA-Z] ' ||
	fail "dpkg still knows them"
say "installed, a ticket filed, purged: nothing is left but the agency's home"
