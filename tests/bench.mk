# `make bench`: ratios and counts of the programs as they ship; it judges
# nothing, and is no part of `make check`.

BENCHES := $(patsubst %,$(BUILD)/tests/bench/%,screen plates browser tickets wear form peer people record scale desks)

ifeq ($(MODE),release)
bench: all $(filter-out %/scale %/desks,$(BENCHES)) $(BUILD)/tests/bench/hello conformance-files
	@for b in $(filter-out %/scale %/desks,$(BENCHES)); do env LC_ALL=C.UTF-8 FOYER_SOURCE=$(CURDIR) \
		FOYER_BUILD=$(BUILD) $$b || exit 1; done
else
bench:
	@$(MAKE) --no-print-directory MODE=release bench
endif

BENCHED := $(patsubst %,$(BUILD)/tests/bench/%.o,measure alone)

$(BENCHES): %: %.o $(BENCHED) $(BUILD)/support.a \
		$(foreach r,$(LIVE),$(call archive,$(r)))
	@echo '  LINK $@'
	@$(link) -o $@ $< $(BENCHED) $(BUILD)/support.a \
		$(call archives,$(LIVE)) $(libs) -lcmocka -lvterm -lglpk -lutil

$(BUILD)/tests/bench/hello: $(BUILD)/tests/bench/hello.o
	@echo '  LINK $@'
	@$(link) -o $@ $< $$($(PKG_CONFIG) --libs ncursesw)

# How large a site becomes, year by year; see tests/bench/scale.c.
ifeq ($(MODE),release)
bench-scale: all $(BUILD)/tests/bench/scale
	@env LC_ALL=C.UTF-8 FOYER_SOURCE=$(CURDIR) FOYER_BUILD=$(BUILD) \
		FOYER_SITES=$(SITES) FOYER_DESKS=$(DESKS) FOYER_YEARS=$(YEARS) \
		$(BUILD)/tests/bench/scale
else
bench-scale:
	@$(MAKE) --no-print-directory MODE=release bench-scale
endif

# Desks on one server, which is killed; see tests/bench/desks.c.
ifeq ($(MODE),release)
bench-desks: $(BUILD)/tests/bench/desks
	@env LC_ALL=C.UTF-8 FOYER_SOURCE=$(CURDIR) FOYER_BUILD=$(BUILD) \
		FOYER_DESKS=$(DESKS) FOYER_MINUTES=$(MINUTES) $<
else
bench-desks:
	@$(MAKE) --no-print-directory MODE=release bench-desks
endif

# The same with a few desks for some seconds.
check-failover: $(BUILD)/tests/bench/desks
	@env $(TEST_ENVIRONMENT) FOYER_BUILD=$(BUILD) $<

.PHONY: bench bench-scale bench-desks check-failover
