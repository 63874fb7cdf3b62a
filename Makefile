# make               build the programs (MODE=debug, release, sanitize or fuzz)
# make run           the whole way once: a demo agency, the kiosk, then the desk
# make run SCRIPT=P  the same without a person: persona P walks the real kiosk
# make check         every rule of the house, then every test; see below
# make languages     write the README's table of languages and their states
# make bench         measure; prints ratios and counts, judges nothing
# make bench-scale   a site of DESKS=20 after YEARS=2 of twenty, SITES=16 merged
# make bench-desks   DESKS=20 on one PostgreSQL for MINUTES=10, which is then killed
# make check-failover  the same with a few desks for some seconds
# make practices     what the field asks for, a line each, and what shows it
# make conformance   forms beside the peer engine, in Node; ONLY=FORM for one
# make kill-desks      two desks on one record, killed for ten minutes (MINUTES=10)
# make kill-tickets    kiosk, desk, power and printer fail: RUNS=10000 SEED=1
# make kill-quiet      a quiet flag is answered or calls: TICKETS=1000 SEED=1
# make nothing-left    what a visit leaves, in each way in which it can end
# make nothing-in-foot  the same and in the memory of the terminal itself
# make bad-scans       none is wrongly accepted: SCANS=1000000 SEED=1
# make read-tickets    every size, paper and language, read by two readers
# make merge-chances   two laptops and the agency do anything: RUNS=10000 SEED=1
# make statistics-attack   what a solver recovers of shared counts, and 16 sites
# make flash-cuts      a card taken out at every write of an update
# make walk-languages  every made-up visitor, in three languages each
# make tidy          clang-tidy;  make cppcheck: cppcheck; both must be clean
# make valgrind      every test once under valgrind
# make fuzz-NAME     fuzz tests/fuzz/NAME.c for a minute (SECONDS=60)
# make fuzz-all      each of them for MINUTES=10 of a processor, and a table
# make fuzz-keep     commit-worthy inputs and totals of that into tests/fuzz
# make arm64         the programs for the kiosk image, and a .deb of them
# make deb           Debian packages for this machine; make deb-check tries them
# make deps          install what is missing from Debian; root only if it must

MODE     ?= debug
SECONDS  ?= 60
MINUTES  ?= 10
RUNS     ?= 10000
SCANS    ?= 1000000
TICKETS  ?= 1000
SITES    ?= 16
DESKS    ?= 20
YEARS    ?= 2
SEED     ?= 1
BUILD    := build/$(MODE)
PACKAGES := ncursesw sqlite3 libpq libxml-2.0 icu-uc icu-i18n libsodium nettle libqrencode \
            pangocairo inih jansson zbar libjpeg zlib xkbcommon libhangul \
            opusfile speexdsp libzstd blkid libzip libseccomp libevdev
# Libraries that ship no pkg-config file, or one that asks for what only linking
# them statically needs.
PLAIN    := -lgettextpo -lcsv -lxlsxwriter -lm

# Each room, and the rooms it may include from.
ROOMS        := base vault text xpath form xlsform seal ticket print scan speech ui \
                ask issue card doctor record filing report kiosk desk office flash
USES_base    :=
USES_vault   := base
USES_text    := base
USES_xpath   := base text
USES_form    := base text xpath
USES_xlsform := base xpath form
USES_seal    := base
USES_ticket  := base text form seal
USES_print   := base text ticket
USES_scan    := base
USES_speech  := base text
USES_ui      := base text
USES_ask     := base text xpath form ui speech
USES_issue   := base text form seal ticket print
USES_card    := base text xpath form seal ticket ui
USES_doctor  := base text seal ticket print ui issue card
USES_record  := base text seal
USES_filing  := base text xpath form seal ticket record
USES_report  := base text seal record
USES_kiosk   := base text xpath form seal ticket print scan speech ui ask issue card \
                doctor
USES_desk    := $(filter-out kiosk office xlsform desk flash, $(ROOMS))
USES_office  := $(filter-out kiosk desk office vault flash, $(ROOMS))
USES_flash   := base seal

# A program is the room that holds its main.c and the rooms that room may use;
# it is linked from those rooms' archives alone, so a forbidden call does not
# link.
PROGRAMS         := foyer-kiosk foyer-desk foyer foyer-vault foyer-flash
ROOM_foyer-kiosk := kiosk
ROOM_foyer-desk  := desk
ROOM_foyer       := office
ROOM_foyer-vault := vault
ROOM_foyer-flash := flash

# libFuzzer comes with clang.
ifeq ($(MODE),fuzz)
override CC := $(filter ccache,$(CC)) clang
endif

# For another machine than this one: CROSS is the prefix of its tools, SYSROOT
# holds its headers and libraries. See kiosk-image/arm64.mk.
PKG_CONFIG := pkg-config
ifdef CROSS
override CC := $(filter ccache,$(CC)) $(CROSS)gcc --sysroot=$(SYSROOT)
override AR := $(CROSS)ar
PKG_CONFIG := env PKG_CONFIG_SYSROOT_DIR=$(SYSROOT) PKG_CONFIG_LIBDIR=$(SYSROOT)/usr/lib/$(CROSS:-=)/pkgconfig:$(SYSROOT)/usr/share/pkgconfig pkg-config
# Images are of one machine each: the record is in its file there.
override CFLAGS += -DWITHOUT_SERVER
PACKAGES := $(filter-out libpq,$(PACKAGES))
endif

mode_debug    := -Og -g
mode_release  := -O2 -g -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
mode_sanitize := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover \
                 -fno-omit-frame-pointer
mode_fuzz     := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -Wno-error
link_release  := -pie -Wl,-z,relro,-z,now
warnings := -Wall -Wextra -Werror -Wshadow -Wvla -Wstrict-prototypes \
            -Wmissing-prototypes -Wwrite-strings -Wformat=2

# Asked of pkg-config once, and not before `deps` has had its turn.
once = $(eval $(1) := $(shell $(2)))$($(1))
package_cflags = $(call once,package_cflags,$(PKG_CONFIG) --cflags $(PACKAGES))
package_libs   = $(call once,package_libs,$(PKG_CONFIG) --libs $(PACKAGES))

# Where the programs look for translations and screens; a package says its own.
DATA ?= $(CURDIR)
$(BUILD)/src/base/data.o: local_flags := -DDATA_FOLDER='"$(DATA)"'

# The caller's CFLAGS and LDFLAGS come last, so they win.
flags   = -std=gnu17 -D_GNU_SOURCE -Isrc -I. $(warnings) $(package_cflags)
compile = $(CC) $(flags) $(local_flags) $(mode_$(MODE)) $(CFLAGS)
link    = $(CC) $(mode_$(MODE)) $(link_$(MODE)) -Wl,--as-needed $(LDFLAGS)
libs    = $(package_libs) $(PLAIN)

# What `make` alone does, whichever rule stands first.
.DEFAULT_GOAL := all

# Chinese characters by their sound, from Debian's packages of Rime's data.
$(BUILD)/src/ui/pinyin.o: build/pinyin.inc
build/pinyin.inc: src/ui/pinyin.sh | deps-present
	@mkdir -p $(@D)
	@sh $< >$@

sources    = $(filter-out src/$(1)/main.c, $(sort $(wildcard src/$(1)/*.c)))
archive    = $(BUILD)/$(1).a
# GNU ld looks into a group again and again, so the order of rooms is free.
archives   = -Wl,--start-group $(foreach r,$(1),$(call archive,$(r))) \
             -Wl,--end-group
LIVE      := $(foreach r,$(ROOMS),$(if $(call sources,$(r)),$(r)))
rooms_of   = $(filter $(LIVE), $(ROOM_$(1)) $(USES_$(ROOM_$(1))))
MADE      := $(foreach p,$(PROGRAMS),$(if \
             $(wildcard src/$(ROOM_$(p))/main.c),$(BUILD)/$(p)))
SUPPORT   := $(sort $(wildcard tests/support/*.c))
TESTS     := $(patsubst %.c,$(BUILD)/%,$(sort $(foreach r,$(ROOMS) whole practices,\
             $(wildcard tests/$(r)/*.c))))

all: programs translations/languages.index
programs: $(MADE)

# What each translation is found to be, so that a kiosk need not read them all.
translations/languages.index: $(BUILD)/foyer $(wildcard translations/*.po)
	@echo '  INDEX $@'
	@env $(TEST_ENVIRONMENT) FOYER_DATA=$(CURDIR) $< language index -o $@

define program
$(BUILD)/$(1): $(BUILD)/src/$(ROOM_$(1))/main.o \
		$(foreach r,$(call rooms_of,$(1)),$(call archive,$(r)))
	@echo '  LINK $$@'
	@$$(link) -o $$@ $$< $$(call archives,$(call rooms_of,$(1))) $$(libs)
endef
$(foreach p,$(PROGRAMS),$(eval $(call program,$(p))))

define room
$(call archive,$(1)): $(patsubst %.c,$(BUILD)/%.o,$(call sources,$(1)))
	@$(RM) $$@
	@$(AR) rcs $$@ $$^
endef
$(foreach r,$(LIVE),$(eval $(call room,$(r))))

$(BUILD)/support.a: $(SUPPORT:%.c=$(BUILD)/%.o)
	@$(RM) $@
	@$(AR) rcs $@ $^

$(BUILD)/%.o: %.c | deps-present
	@mkdir -p $(@D)
	@echo '  CC   $<'
	@$(compile) -MMD -MP -c -o $@ $<

# A test may use every room; the rooms' order to each other is the table's.
# Where it opens a record can be said from outside: see tests/support/server.h.
$(TESTS): %: %.o $(foreach r,$(LIVE),$(call archive,$(r))) \
		$(if $(SUPPORT),$(BUILD)/support.a)
	@echo '  LINK $@'
	@$(link) -o $@ $< -Wl,--wrap=record_open $(if $(SUPPORT),$(BUILD)/support.a) \
		$(call archives,$(LIVE)) $(libs) -lcmocka -lvterm -lglpk -lssl -lcrypto -lutil

include tests/rules.mk
include tests/run.mk
include tests/bench.mk
include $(wildcard kiosk-image/*.mk)
include tests/conformance/rules.mk

clean:
	$(RM) -r build translations/languages.index

.PHONY: all programs clean
.SECONDARY:
.DELETE_ON_ERROR:
-include $(shell find $(BUILD) -type f -name '*.d' 2>/dev/null)
