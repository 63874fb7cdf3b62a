# make arm64          the programs for the image's arm64, and a Debian package
# make lock-sysroot   take the newest of what they are compiled against
#
# They are compiled here, by Debian's cross compiler, against packages of the
# release that the image is made of, and go to build/arm64: the programs, the
# tree as it is installed in root/, and a .deb of it.

ARM64       := build/arm64
SYSROOT     := $(ARM64)/sysroot
IMAGE_CACHE := $(or $(FOYER_IMAGE_CACHE),build/image/cache)
SYSROOT_LOCK := kiosk-image/sysroot.lock

# The date of everything that is made; the same source gives the same bytes.
SOURCE_DATE_EPOCH := $(or $(SOURCE_DATE_EPOCH),$(shell \
	git log -1 --format=%ct 2>/dev/null || stat -c %Y CHANGELOG.md))
VERSION := $(or $(VERSION),$(shell date -u -d @$(SOURCE_DATE_EPOCH) +%Y.%m.%d))

cross = $(MAKE) --no-print-directory MODE=release BUILD=$(ARM64) \
	CROSS=aarch64-linux-gnu- SYSROOT=$(SYSROOT) DATA=/usr/share/foyer \
	CFLAGS='$(CFLAGS) -ffile-prefix-map=$(CURDIR)=.'

arm64: arm64-programs $(BUILD)/foyer
	@echo '  PACK $(ARM64)/foyer.deb'
	@sh kiosk-image/package.sh $(ARM64) $(VERSION) $(SOURCE_DATE_EPOCH) \
		$(BUILD)/foyer $(PROGRAMS)

arm64-programs: $(SYSROOT).files translations/languages.index build/pinyin.inc
	@$(cross) -j$(CORES) programs

# A test that links no program, run as the image would run it.
arm64-check: arm64-programs
	@$(cross) -j$(CORES) $(ARM64)/tests/seal/hpke
	@for p in $(PROGRAMS); do echo "  RUN  $$p --help"; \
		qemu-aarch64-static -L $(SYSROOT) $(ARM64)/$$p --help \
		>/dev/null || exit 1; done
	@env $(TEST_ENVIRONMENT) FOYER_BUILD=$(ARM64) \
		qemu-aarch64-static -L $(SYSROOT) $(ARM64)/tests/seal/hpke

$(SYSROOT).files: $(SYSROOT_LOCK) kiosk-image/sysroot.sh | image-deps
	@sh kiosk-image/fetch.sh $< $(IMAGE_CACHE)
	@echo '  TREE $(SYSROOT)'
	@mkdir -p $(ARM64)
	@sh kiosk-image/sysroot.sh make $< $(IMAGE_CACHE) $(SYSROOT)

# What the card is made of, in the cache; fails where it cannot be had.
image-inputs: | image-deps
	@for lock in $(SYSROOT_LOCK) kiosk-image/lock/$(VARIANT).lock; do \
		sh kiosk-image/fetch.sh $$lock $(IMAGE_CACHE) || exit 1; done

lock-sysroot: | image-deps
	sh kiosk-image/sysroot.sh lock >$(SYSROOT_LOCK).new
	mv $(SYSROOT_LOCK).new $(SYSROOT_LOCK)

.PHONY: arm64 image-inputs arm64-programs arm64-check lock-sysroot
