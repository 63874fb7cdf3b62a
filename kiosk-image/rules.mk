# make image         the card, build/image/kiosk/foyer-kiosk.img; VARIANT=net
#                    is the kiosk with a network printer, see kiosk-image
# make image-check   what can be seen of it as files
# make image-repro   builds it twice from nothing and compares; ten minutes
# make lock-update   take the newest packages; look at what changed

VARIANT := kiosk

image: arm64 | image-deps
	@FOYER_IMAGE_CACHE=$(IMAGE_CACHE) VERSION=$(VERSION) \
		SOURCE_DATE_EPOCH=$(SOURCE_DATE_EPOCH) \
		sh kiosk-image/build.sh $(VARIANT)

lock-update: lock-sysroot
	@for lock in kiosk-image/variants/*/settings; do \
		sh kiosk-image/lock.sh $$(basename $$(dirname $$lock)) || exit 1; \
	done

.PHONY: image lock-update
