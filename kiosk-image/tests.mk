# make image-boot      the image starts in QEMU; a visitor gets a ticket, a desk
#                      files it; the list of what runs, keys, memory, time
# make image-firstboot the first boot, as staff go through it
# make image-damage    a damaged card says so, issues nothing and opens no shell
# make image-powercut  the plug is pulled CUTS times (20); no number twice
# make image-raspi3b   the start on an emulated Raspberry Pi 3B
#
# They emulate an arm64 computer, which keeps both cores of a small one busy for
# minutes. See kiosk-image/tests/machine.h.

GUEST_TESTS := boot firstboot damage powercut raspi3b single
GUEST_PARTS := $(patsubst %.c,$(BUILD)/%.o,$(filter-out \
	kiosk-image/tests/probe.c $(GUEST_TESTS:%=kiosk-image/tests/%.c),\
	$(sort $(wildcard kiosk-image/tests/*.c))))
GUEST_MADE  := $(GUEST_TESTS:%=$(BUILD)/kiosk-image/tests/%)
CUTS        ?= 20

$(GUEST_MADE): %: %.o $(GUEST_PARTS) $(BUILD)/support.a \
		$(foreach r,$(LIVE),$(call archive,$(r)))
	@echo '  LINK $@'
	@$(link) -o $@ $< $(GUEST_PARTS) $(BUILD)/support.a \
		$(call archives,$(LIVE)) $(libs) -lcmocka -lvterm -lutil

build/image/%.img:
	@echo "$@ is not there; make image VARIANT=$(*D)" >&2; exit 1

# It runs before the image's init; see its head. Static, for the image's root
# is not there yet.
$(ARM64)/probe: kiosk-image/tests/probe.c $(SYSROOT).files
	@echo '  CC   $<'
	@aarch64-linux-gnu-gcc --sysroot=$(SYSROOT) -std=gnu17 -Wall -Wextra \
		-Werror -O2 -static -s -o $@ $<

# What a test starts: the card of a variant, or one that is named.
card_of = $(or $(CARD),build/image/$(1)/foyer-$(1).img)

define guest_test
image-$(1): all $(BUILD)/kiosk-image/tests/$(1) $(ARM64)/probe \
		$(call card_of,$(2)) | image-deps
	@env $(TEST_ENVIRONMENT) FOYER_BUILD=$(BUILD) \
		FOYER_CARD=$(call card_of,$(2)) \
		FOYER_PROBE=$(ARM64)/probe FOYER_CUTS=$(CUTS) \
		timeout -k 10 3600 $(BUILD)/kiosk-image/tests/$(1)
endef
$(foreach t,$(filter-out single,$(GUEST_TESTS)),\
	$(eval $(call guest_test,$(t),kiosk)))
$(eval $(call guest_test,single,single))

.PHONY: $(GUEST_TESTS:%=image-%)
