# What `make check` does, and the house rules it enforces.

TEST_ENVIRONMENT := ASAN_OPTIONS=detect_leaks=1:abort_on_error=0 \
	UBSAN_OPTIONS=print_stacktrace=1 LSAN_OPTIONS=suppressions=tests/lsan.supp:print_suppressions=0 \
	LC_ALL=C.UTF-8 FOYER_SOURCE=$(CURDIR)

check: format-check rooms-check man-check languages-check guide-check
	$(MAKE) -j$(CORES) MODE=sanitize all built-tests
	$(MAKE) MODE=sanitize run-tests
	$(MAKE) MODE=sanitize conformance-quick
	$(MAKE) -j$(CORES) MODE=debug all built-tests
	$(MAKE) MODE=debug run-whole
	$(MAKE) MODE=debug valgrind

CORES := $(shell nproc)

built-tests: $(TESTS)

# Tests run beside each other; each prints when it is done. Those that mostly
# wait for what a person would see are two a core.
side_by_side = @printf '%s\n' $(1) | env $(TEST_ENVIRONMENT) \
	FOYER_BUILD=$(BUILD) $(2) xargs -P $(3) -n 1 sh tests/one.sh
WAITING := $(shell echo $$((2 * $(CORES))))

run-tests: all $(TESTS)
	$(call side_by_side,$(TESTS),,$(WAITING))

# Some whole programs once more as they ship, without a sanitizer: only so can it
# be seen what they leave in memory, what is linked, and every system call of
# their own; and the day at the desk has all of its thirty visits.
WHOLE := $(patsubst %,$(BUILD)/tests/whole/%,wipe links killed day nothing spooled)

run-whole: all $(WHOLE)
	$(call side_by_side,$(WHOLE),,$(WAITING))

# Tests of whole programs start other processes, which valgrind would not
# follow.
DRIVERS := $(filter $(foreach r,whole kiosk desk office,$(BUILD)/tests/$(r)/%) \
	$(patsubst %,$(BUILD)/tests/%,issue/power record/power record/postgres record/on_server record/broken_off record/caseload_server practices/laptop report/engines flash/cut flash/cards flash/layout practices/box practices/services practices/sites print/clerk print/cups doctor/doctor),\
	$(TESTS))
VALGRIND := valgrind -q --error-exitcode=9 --leak-check=full \
	--errors-for-leak-kinds=definite --show-leak-kinds=definite \
	--suppressions=tests/valgrind.supp

valgrind: all $(TESTS)
	$(call side_by_side,$(filter-out $(DRIVERS),$(TESTS)),FOYER_SLOW=100,$(CORES)) \
		$(VALGRIND)

# Every made-up visitor through the real kiosk in three languages of different
# classes of script; `make check` walks a few of them.
kill-desks: all $(BUILD)/tests/whole/desks
	@env $(TEST_ENVIRONMENT) FOYER_BUILD=$(BUILD) FOYER_MINUTES=$(MINUTES) \
		$(BUILD)/tests/whole/desks

# The record's tests once more with every record on a PostgreSQL server, which
# is started for them. Not among them are those of a file (backup, crowd, export,
# older, power, record, rekey), of what is done to a file alone (names) or copies it
# (caseload_chance), those that count SQLite's work (caseload_work, tally_work), those
# without a record (days, hsds, opening) and those that start a server themselves.
ON_SERVER := alert assess audit caseload caseload_again caseload_clash \
	caseload_two conflict consent directory draft enrolled entity listing \
	match people people_merge people_visit plan publish queue sponsor tally \
	timeline user visit
check-postgres: $(ON_SERVER:%=$(BUILD)/tests/record/%)
	@env $(TEST_ENVIRONMENT) FOYER_BUILD=$(BUILD) sh tests/postgres.sh $^

# A visitor's ticket from the confirmed answers to the record, with kiosk, desk,
# power and printer failing by chance; `make check` makes a few of these runs.
kill-tickets: all $(BUILD)/tests/whole/tickets
	@env $(TEST_ENVIRONMENT) FOYER_BUILD=$(BUILD) FOYER_RUNS=$(RUNS) \
		FOYER_SEED=$(SEED) $(BUILD)/tests/whole/tickets

# Tickets with a quiet flag at two desks, with kills, power cuts, locks and moved
# clocks; `make check` has a few of them.
kill-quiet: all $(BUILD)/tests/whole/quiet
	@env $(TEST_ENVIRONMENT) FOYER_BUILD=$(BUILD) FOYER_TICKETS=$(TICKETS) \
		FOYER_SEED=$(SEED) $(BUILD)/tests/whole/quiet

# Markers looked for in memory, files and a partition after each end of a visit;
# `make check` has two ends.
nothing-left: all $(BUILD)/tests/whole/nothing
	@env $(TEST_ENVIRONMENT) FOYER_BUILD=$(BUILD) FOYER_ENDS=all \
		$(BUILD)/tests/whole/nothing

# The same with each visitor at the kiosk in foot, whose memory and the
# compositor's are looked through, too, for words and for pictures of them.
nothing-in-foot: all $(BUILD)/tests/whole/nothing
	@$(MAKE) --no-print-directory deps 'DEBIAN=$(DEBIAN_PICTURES)'
	@env $(TEST_ENVIRONMENT) FOYER_BUILD=$(BUILD) FOYER_ENDS=all \
		FOYER_FOOT=1 $(BUILD)/tests/whole/nothing

# Sixteen sites that share: whether their sums agree, who is named as missing, and
# what a solver recovers of the counts that were hidden.
statistics-attack: all $(BUILD)/tests/report/protect $(BUILD)/tests/report/statistics
	@env $(TEST_ENVIRONMENT) FOYER_BUILD=$(BUILD) $(BUILD)/tests/report/protect
	@env $(TEST_ENVIRONMENT) FOYER_BUILD=$(BUILD) $(BUILD)/tests/report/statistics

# Scans that went wrong in every way, at an unlocked desk; `make check` has a
# hundredth of them.
bad-scans: all $(BUILD)/tests/whole/scans
	@env $(TEST_ENVIRONMENT) FOYER_BUILD=$(BUILD) FOYER_SCANS=$(SCANS) \
		FOYER_SEED=$(SEED) $(BUILD)/tests/whole/scans

# A ticket of each size on each paper in every language, read back by two
# readers; `make check` has three languages.
read-tickets: all $(BUILD)/tests/whole/geometries
	@env $(TEST_ENVIRONMENT) FOYER_BUILD=$(BUILD) FOYER_LANGUAGES=all \
		$(BUILD)/tests/whole/geometries

# An agency and two laptops do by chance whatever can be done to the same people,
# and merge; `make check` makes a few of these runs.
merge-chances: all $(BUILD)/tests/record/caseload_chance
	@env $(TEST_ENVIRONMENT) FOYER_BUILD=$(BUILD) FOYER_RUNS=$(RUNS) \
		FOYER_SEED=$(SEED) $(BUILD)/tests/record/caseload_chance

# A card taken out at every write of an update, and the process killed at every
# fifth call; `make check` tries a few.
flash-cuts: all $(BUILD)/tests/flash/cut
	@env $(TEST_ENVIRONMENT) FOYER_BUILD=$(BUILD) FOYER_CUTS=all \
		$(BUILD)/tests/flash/cut

# What the field asks of such a program, row by row; see tests/practices.
practices: all $(filter $(BUILD)/tests/practices/%,$(TESTS))
	@env $(TEST_ENVIRONMENT) FOYER_BUILD=$(BUILD) \
		sh tests/practices.sh $(BUILD)/tests/practices

walk-languages: all $(BUILD)/tests/whole/languages
	@env $(TEST_ENVIRONMENT) FOYER_BUILD=$(BUILD) \
		$(BUILD)/tests/whole/languages all

# A room that includes from a room it may not use prints the line and fails.
rooms-check: $(ROOMS:%=room-%) engines-check
	@test "$$($(MAKE) -np 2>/dev/null | sed -n 's/^.DEFAULT_GOAL := //p')" = all

room-%:
	@! grep -rnE '#include "($(subst $() ,|,$(strip \
		$(filter-out $* $(USES_$*), $(ROOMS)))))/' src/$* 2>/dev/null

# Which engine holds the record is known to the files named for it alone.
engines-check:
	@! grep -rnE "sqlite3_|SQLITE_|<sqlite3|<libpq" src --include=*.[ch] | \
		grep -v "^src/record/\(store\|postgres\)_"

# The manual pages are sound and say what --help says.
man-check: all
	@for page in $(wildcard src/*/*.1); do \
		sh tests/manual.sh $$page $(BUILD)/$$(basename $$page .1) || \
			exit 1; done

# The README's table of languages is what the tool finds.
languages languages-check: all
	@env $(TEST_ENVIRONMENT) FOYER_DATA=$(CURDIR) sh tests/languages.sh \
		$(BUILD)/foyer README.md $(if $(filter languages,$@),write)

# What fuzzing keeps: corpora, totals, what broke a target.
FOYER_FUZZ       ?= build/fuzz
FUZZ_ENVIRONMENT := $(TEST_ENVIRONMENT) \
	UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1

# A fuzz target is linked from the rooms that it includes from and those that
# they use, built once for all targets.
FUZZED      := $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/*.c))
includes_of  = $(shell sed -n 's,^.include "\([a-z]*\)/.*,\1,p' $(1))
and_used     = $(1) $(foreach r,$(1),$(USES_$(r)))
fuzz_rooms   = $(filter $(call and_used,$(call and_used,$(call \
	includes_of,tests/fuzz/$(1).c))),$(LIVE))

define fuzz
$(BUILD)/tests/fuzz/$(1): $(BUILD)/tests/fuzz/$(1).o \
		$(foreach r,$(2),$(call archive,$(r)))
	@echo '  LINK $$@'
	@$$(link) -fsanitize=fuzzer -o $$@ $$< $$(call archives,$(2)) $$(libs)
endef
ifeq ($(MODE),fuzz)
$(foreach f,$(FUZZED),$(eval $(call fuzz,$(f),$(call fuzz_rooms,$(f)))))
endif

fuzz-%: tests/fuzz/%.c
	@$(MAKE) -j$(CORES) MODE=fuzz build/fuzz/tests/fuzz/$*
	@mkdir -p $(FOYER_FUZZ)/corpus/$* $(FOYER_FUZZ)/found/$*
	env $(FUZZ_ENVIRONMENT) build/fuzz/tests/fuzz/$* \
		-artifact_prefix=$(FOYER_FUZZ)/found/$*/ \
		-max_total_time=$(SECONDS) $(FOYER_FUZZ)/corpus/$* \
		$(wildcard tests/fuzz/corpus/$*)

# Every target for MINUTES of a processor, by turns; FUZZ="po csv" names some.
# Corpora and totals add up in the folder FOYER_FUZZ.
FUZZ ?= $(FUZZED)

fuzz-all:
	@$(MAKE) -j$(CORES) MODE=fuzz $(FUZZ:%=build/fuzz/tests/fuzz/%)
	@env $(FUZZ_ENVIRONMENT) sh tests/fuzz.sh $(MINUTES) $(FOYER_FUZZ) \
		build/fuzz/tests/fuzz $(FUZZ)

# Takes from there into tests/fuzz what is worth to commit: totals, and inputs.
fuzz-keep:
	@$(MAKE) -j$(CORES) MODE=fuzz $(FUZZ:%=build/fuzz/tests/fuzz/%)
	@env $(FUZZ_ENVIRONMENT) sh tests/fuzz_keep.sh $(FOYER_FUZZ) \
		build/fuzz/tests/fuzz $(FUZZ)

# The rules are in .clang-format; clang-format 14 decides.
format-check: | deps-present
	@find src tests kiosk-image -name '*.[ch]' | xargs clang-format --dry-run -Werror

# A file at a time, so that every core has one; .clang-tidy has the checks.
tidy: build/pinyin.inc | deps-present
	@printf '%s\n' $(foreach r,$(ROOMS),$(sort $(wildcard src/$(r)/*.c))) | \
		nice xargs -P $(CORES) -I {} clang-tidy --quiet {} -- \
		$(filter-out -Werror,$(flags)) -DDATA_FOLDER='""'

cppcheck: | deps-present
	nice cppcheck -j $(CORES) --std=c11 \
		--enable=warning,performance,portability \
		--inline-suppr --error-exitcode=1 --quiet \
		--library=tests/cppcheck.cfg \
		-D_GNU_SOURCE -DDATA_FOLDER='""' -Isrc -I. src

# --- real pictures ----------------------------------------------------------

# Every screen of the widgets, as foot shows them, in build/pictures; see
# tests/pictures/shot.sh for pictures of any program.
SHOWS := one long arabic several tigrinya languages names hindi date count \
	message last pictograms desk

pictures: $(BUILD)/tests/pictures/show $(BUILD)/tests/pictures/relay
	@$(MAKE) --no-print-directory deps 'DEBIAN=$(DEBIAN_PICTURES)'
	@mkdir -p build/pictures
	@for show in $(SHOWS); do echo "  SHOT $$show"; \
		BUILD=$(BUILD) sh tests/pictures/shot.sh 1024x600 \
			build/pictures/$$show.png \
			$(CURDIR)/$(BUILD)/tests/pictures/show $$show || \
			exit 1; done

# The kiosk in every language, and a sheet of each screen in screens/sheets.
screenshots: all $(BUILD)/tests/pictures/relay
	@$(MAKE) --no-print-directory deps 'DEBIAN=$(DEBIAN_PICTURES)'
	BUILD=$(BUILD) sh tests/pictures/languages.sh 1280x720 build/screenshots
	@mkdir -p screens/sheets
	cp build/screenshots/sheet-*.png screens/sheets

# Every lobby screen in each way in which it is looked at before it is done, in
# build/lobby; some twenty minutes.
lobby-pictures: all $(BUILD)/tests/pictures/relay
	@$(MAKE) --no-print-directory deps 'DEBIAN=$(DEBIAN_PICTURES)'
	BUILD=$(BUILD) sh tests/pictures/lobby.sh build/lobby

$(BUILD)/tests/pictures/%: $(BUILD)/tests/pictures/%.o \
		$(call archive,ui) $(call archive,text) $(call archive,base)
	@echo '  LINK $@'
	@$(link) -o $@ $< $(call archives,ui text base) $(libs) -lutil


# --- what the build needs from Debian ---------------------------------------

DEBIAN := build-essential pkg-config libncurses-dev libsqlite3-dev libpq-dev postgresql libxml2-dev \
	libicu-dev libsodium-dev nettle-dev libqrencode-dev libpango1.0-dev libcairo2-dev \
	libgettextpo-dev libxkbcommon-dev xkb-data libhangul-dev rime-data-luna-pinyin \
	rime-data-pinyin-simp rime-essay libcsv-dev libinih-dev libjansson-dev libzbar-dev libjpeg-dev \
	zlib1g-dev libopusfile-dev libspeexdsp-dev libespeak-ng-dev espeak-ng-data \
	libasound2-dev opus-tools libcmocka-dev libvterm-dev libglpk-dev libssl-dev valgrind clang clang-tidy \
	clang-format cppcheck libclang-rt-14-dev tmux fonts-dejavu-core \
	fonts-noto-core fonts-noto-cjk fontconfig gettext strace mandoc cryptsetup-bin \
	libzstd-dev libblkid-dev libzip-dev libseccomp-dev libxlsxwriter-dev libcups2 libcurl4 \
	libevdev-dev mtools dosfstools e2fsprogs fdisk zxing-cpp-tools

# For `make pictures` and `make screenshots` alone.
DEBIAN_PICTURES := sway foot grim imagemagick

# For `make image` and `make arm64` alone.
DEBIAN_IMAGE := gcc-aarch64-linux-gnu qemu-user-static qemu-system-arm xz-utils \
	squashfs-tools mtools dosfstools e2fsprogs fdisk cryptsetup-bin kmod cpio \
	zstd

have    = $(shell dpkg-query -W -f '$${db:Status-Abbrev}$${Package}\n' $(DEBIAN) \
	2>/dev/null | sed -n 's/^ii *//p')
missing = $(filter-out $(have), $(DEBIAN))
as_root = $(if $(filter 0,$(shell id -u)),,sudo)

deps:
	@m='$(strip $(missing))'; if [ -n "$$m" ]; then \
		echo "installing from Debian: $$m"; \
		$(as_root) apt-get update -qq && \
		$(as_root) env DEBIAN_FRONTEND=noninteractive apt-get install -y \
			--no-install-recommends $$m; \
	else echo "nothing is missing"; fi

image-deps:
	@$(MAKE) --no-print-directory deps 'DEBIAN=$(DEBIAN_IMAGE)'

# Looked at once a make, before the first compilation.
deps-present:
	@m='$(if $(shell command -v dpkg-query),$(strip $(missing)))'; \
		[ -z "$$m" ] || $(MAKE) --no-print-directory deps


.PHONY: statistics-attack check-postgres engines-check fuzz-all fuzz-keep bad-scans read-tickets kill-quiet nothing-left kill-tickets merge-chances flash-cuts lobby-pictures kill-desks practices pictures screenshots languages languages-check check format-check built-tests run-tests run-whole valgrind rooms-check man-check tidy cppcheck deps image-deps deps-present
