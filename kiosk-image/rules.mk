# make image         the card, build/image/kiosk/foyer-kiosk.img; VARIANT=net
#                    is the kiosk with a printer on a network
# make image-check   what can be seen of it as files
# make image-list    write down what is on the card; git shows what changed
# make image-repro   builds it twice from nothing and compares; ten minutes
# make lock-update   take the newest packages; look at what changed

VARIANT  := kiosk
VARIANTS := $(patsubst kiosk-image/variants/%/settings,%,\
	$(wildcard kiosk-image/variants/*/settings))
image_environment = FOYER_IMAGE_CACHE=$(abspath $(IMAGE_CACHE)) \
	SOURCE_DATE_EPOCH=$(SOURCE_DATE_EPOCH)

image: arm64 | image-deps
	@$(image_environment) sh kiosk-image/build.sh $(VARIANT)

image-check: | image-deps
	@$(image_environment) sh kiosk-image/check.sh $(VARIANT)

image-list:
	@sh kiosk-image/expected.sh \
		build/image/$(VARIANT)/foyer-$(VARIANT).manifest \
		>kiosk-image/expected/$(VARIANT)
	@git --no-pager diff --stat kiosk-image/expected

image-repro: | image-deps
	@$(image_environment) sh kiosk-image/repro.sh $(VARIANT)

lock-update: lock-sysroot
	@for v in $(VARIANTS); do sh kiosk-image/lock.sh $$v || exit 1; done

.PHONY: image image-check image-list image-repro lock-update
