# make image-release KEY=FILE   the image of VARIANT, compressed as far as it
#                    goes, and its text, signed with a key of `foyer-flash key
#                    new`: both in build/image/release. The passphrase is asked
#                    for, or read from a descriptor: PASSPHRASE_FD=3 3<FILE

LEVEL := 19
RELEASE = build/image/release/foyer-$(VARIANT)-$(VERSION)

image-release: release-key image $(BUILD)/foyer-flash
	@mkdir -p $(dir $(RELEASE))
	@echo '  ZSTD $(RELEASE).img.zst'
	@zstd -q -f -T0 -$(LEVEL) build/image/$(VARIANT)/foyer-$(VARIANT).img \
		-o $(RELEASE).img.zst
	@$(BUILD)/foyer-flash sign $(RELEASE).img.zst --key '$(KEY)' \
		$(addprefix --passphrase-fd ,$(PASSPHRASE_FD))

# Before the hours of work, not after them.
release-key:
	@[ -r '$(KEY)' ] || { echo 'image-release: KEY=FILE names the secret' \
		'key that releases are signed with; `foyer-flash key new FILE`' \
		'makes one' >&2; exit 2; }

.PHONY: image-release release-key
