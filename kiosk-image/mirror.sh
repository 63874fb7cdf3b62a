#!/bin/sh
# mirror.sh [PATH]: prints the Debian mirror this machine's apt is set to, so
# that no script names one. A PATH under pool/updates is in the archive of
# security updates.
set -eu
archive='!/security/'
case ${1:-} in
pool/updates/*) archive='/security/' ;;
esac
uri=$(apt-get indextargets \
	--format '$(REPO_URI) $(LABEL)' 'Created-By: Packages' |
	sed -n 's/ Debian\(-Security\)\{0,1\}$//p' | awk "$archive" | head -n 1)
# Before the first `apt-get update` apt does not know labels yet.
[ -n "$uri" ] || uri=$(apt-get indextargets \
	--format '$(REPO_URI) $(COMPONENT)' 'Created-By: Packages' |
	sed -n 's/ main$//p' | awk "$archive" | head -n 1)
[ -n "$uri" ] || {
	echo "mirror.sh: apt knows no Debian mirror for ${1:-packages}; give" \
		"it one in /etc/apt/sources.list.d" >&2
	exit 1
}
echo "${uri%/}"
