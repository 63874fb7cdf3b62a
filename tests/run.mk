# `make run`: the whole way once, by hand or by a made-up visitor.

DEMO := build/demo

# Here every language that there are words of is opted in to.
DRAFTS := $(filter-out en,$(patsubst translations/kiosk.%.po,%,\
	$(sort $(wildcard translations/kiosk.*.po))))

$(DEMO)/foyer.ini: | $(BUILD)/foyer
	@$(BUILD)/foyer demo new --home $(DEMO)
	@sed -i 's/^drafts = .*/drafts = $(DRAFTS)/' $@
	@printf '\n[printer]\naddress = file:%s/paper.png\n' \
		'$(CURDIR)/$(DEMO)' >> $@

ifdef SCRIPT
run: all $(BUILD)/tests/whole/lobby $(DEMO)/foyer.ini
	@FOYER_BUILD=$(BUILD) $(BUILD)/tests/whole/lobby $(SCRIPT) $(CURDIR)/$(DEMO)
else
run: all $(DEMO)/foyer.ini
	@$(RM) $(DEMO)/paper.png
	@$(BUILD)/foyer-kiosk --home $(DEMO) --once || [ $$? = 4 ]
	@if [ -e $(DEMO)/paper.png ]; then \
		echo "A ticket came out: $(DEMO)/paper.png"; \
		echo "The desk's passphrase: $$(cat $(DEMO)/passphrase.txt)"; \
		printf 'Open the reception desk with this ticket at its scanner? [Y/n] '; \
		read answer; case "$$answer" in [nN]*) ;; *) \
			$(BUILD)/foyer-desk --home $(DEMO) --user Sam \
				--scan $(DEMO)/paper.png;; esac; \
	else echo "The visitor left without a ticket."; fi
endif

.PHONY: run
