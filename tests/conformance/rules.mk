# Forms beside the peer engine in Node: the whole of it is `make conformance`,
# a small selection is in `make check` where Node is. FOYER_CORPUS names the
# folder of public forms; what the peer said of one is kept in
# build/conformance/cache, so that it is asked once.

CONFORMANCE := build/conformance
NODE        := $(shell command -v node)

conformance: all conformance-files
	@env LC_ALL=C.UTF-8 FOYER_SOURCE=$(CURDIR) node $(CONFORMANCE)/main.mjs $(BUILD)/foyer $(ONLY)

# The peer, and what speaks to it beside it; nothing where Node is not.
conformance-files: $(if $(NODE),$(CONFORMANCE)/installed)
	@mkdir -p $(CONFORMANCE)
	@cp -R tests/conformance/*.mjs tests/conformance/forms $(CONFORMANCE)

conformance-quick: all
ifdef NODE
	@$(MAKE) --no-print-directory ONLY=--quick conformance
else
	@echo 'skipped: the peer engine, as Node is not installed'
endif

$(CONFORMANCE)/installed: tests/conformance/package-lock.json
	@mkdir -p $(@D)
	@cp tests/conformance/package.json tests/conformance/package-lock.json $(@D)
	@cd $(@D) && npm ci --no-audit --no-fund --silent
	@touch $@

.PHONY: conformance conformance-files conformance-quick
