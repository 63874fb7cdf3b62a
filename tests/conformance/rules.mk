# Forms beside the peer engine in Node: the whole of it is `make conformance`,
# a small selection is in `make check` where Node is. FOYER_CORPUS names the
# folder of public forms; what the peer said of one is kept in
# build/conformance/cache, so that it is asked once.

CONFORMANCE := build/conformance
NODE        := $(and $(shell command -v node),$(shell command -v npm))
# Debian's may be too old for the peer; then one from npm lies beside it.
with_node   := PATH="$(CURDIR)/$(CONFORMANCE)/node_modules/.bin:$$PATH"

ANY_FORM    := $(BUILD)/tests/conformance/any_form
ANY_FORMS   := $(if $(filter --quick,$(ONLY)),2,20)

conformance: all conformance-files $(ANY_FORM)
	@$(ANY_FORM) $(CONFORMANCE)/any $(ANY_FORMS)
	@env $(with_node) LC_ALL=C.UTF-8 FOYER_SOURCE=$(CURDIR) \
		LSAN_OPTIONS=suppressions=$(CURDIR)/tests/lsan.supp:print_suppressions=0 \
		node $(CONFORMANCE)/main.mjs $(BUILD)/foyer $(ONLY)

$(ANY_FORM): %: %.o $(BUILD)/support.a $(foreach r,$(LIVE),$(call archive,$(r)))
	@echo '  LINK $@'
	@$(link) -o $@ $< $(BUILD)/support.a $(call archives,$(LIVE)) $(libs) \
		-lcmocka -lvterm -lutil

# The peer, and what speaks to it beside it; nothing where Node is not.
conformance-files: $(if $(NODE),$(CONFORMANCE)/installed)
	@mkdir -p $(CONFORMANCE)
	@cp -R tests/conformance/*.mjs tests/conformance/forms \
		tests/conformance/sheets $(CONFORMANCE)

conformance-quick: all
ifneq ($(NODE),)
	@if $(MAKE) --no-print-directory conformance-files; then \
		$(MAKE) --no-print-directory ONLY=--quick conformance; \
	else echo 'skipped: the peer engine, as npm cannot fetch it'; fi
else
	@echo 'skipped: the peer engine, as Node and npm are not installed'
endif

$(CONFORMANCE)/installed: tests/conformance/package-lock.json
	@mkdir -p $(@D)
	@cp tests/conformance/package.json tests/conformance/package-lock.json $(@D)
	@cd $(@D) && npm ci --no-audit --no-fund --silent
	@cd $(@D) && case "$$(node --version)" in v1?.*) \
		npm install --no-save --no-audit --no-fund --silent node@20;; esac
	@touch $@

# What the whole needs, from Debian and from npm; fails where it cannot be had.
conformance-inputs:
	@command -v node >/dev/null && command -v npm >/dev/null || \
		$(MAKE) --no-print-directory deps 'DEBIAN=nodejs npm'
	@$(MAKE) --no-print-directory $(CONFORMANCE)/installed

.PHONY: conformance conformance-files conformance-inputs conformance-quick
