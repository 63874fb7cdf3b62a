#!/bin/sh
# mirror.sh: prints the Debian mirror this machine's apt is set to, so that no
# script names one.
set -eu
targets() {
	apt-get indextargets --format "\$(REPO_URI) \$($1)" \
		'Created-By: Packages'
}
uri=$(targets LABEL | sed -n 's/ Debian$//p' | head -n 1)
# Before the first `apt-get update` apt does not know labels yet.
[ -n "$uri" ] ||
	uri=$(targets COMPONENT | sed -n '/security/d; s/ main$//p' | head -n 1)
[ -n "$uri" ] || {
	echo "mirror.sh: apt knows no Debian mirror; give it one in" \
		"/etc/apt/sources.list.d" >&2
	exit 1
}
echo "${uri%/}"
