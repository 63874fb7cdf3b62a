# make deb         Debian packages for this machine, in build/deb/packages
# make deb-check   they have no faults (lintian), and are installed, used and
#                  purged in a small Debian of their own, with nothing left
#
# Only the check needs a network, for that Debian; what it downloads is kept in
# build/deb/cache.

DEB := build/deb

# For `make deb` and `make deb-check` alone.
DEBIAN_PACKAGES := cmark-gfm lintian mmdebstrap

deb: translations/languages.index build/pinyin.inc | deb-deps
	@$(MAKE) --no-print-directory -j$(CORES) MODE=release BUILD=$(DEB) \
		DATA=/usr/share/foyer programs
	@echo '  PACK $(DEB)/packages'
	@env $(TEST_ENVIRONMENT) FOYER_DATA=$(CURDIR) \
		sh kiosk-image/debian.sh $(DEB) $(VERSION) $(SOURCE_DATE_EPOCH)

deb-check: deb
	lintian --allow-root --fail-on error,warning $(DEB)/packages/*.deb
	sh kiosk-image/debian-check.sh $(DEB)

deb-deps:
	@$(MAKE) --no-print-directory deps 'DEBIAN=$(DEBIAN_PACKAGES)' >/dev/null

.PHONY: deb deb-check deb-deps
