# make guide         the guide's pages as PDF files in build/guide
# make guide-tables  write its tables anew, from the form and the sheets beside it

GUIDE := $(sort $(wildcard kiosk-image/guide/*.??.md kiosk-image/README*.md))

# What its tables say is what the form and the programs say.
guide-tables: all
	@env $(TEST_ENVIRONMENT) FOYER_DATA=$(CURDIR) \
		sh kiosk-image/guide/tables.sh $(BUILD)/foyer write

guide-check: all
	@env $(TEST_ENVIRONMENT) FOYER_DATA=$(CURDIR) \
		sh kiosk-image/guide/tables.sh $(BUILD)/foyer
	@env $(TEST_ENVIRONMENT) FOYER_DATA=$(CURDIR) \
		sh kiosk-image/guide/check.sh $(BUILD)

# For `make guide` alone.
DEBIAN_GUIDE := cmark-gfm weasyprint

PDF_BY := kiosk-image/guide/pdf.sh kiosk-image/guide/page.css

define make_pdf
@$(MAKE) --no-print-directory deps "DEBIAN=$(DEBIAN_GUIDE)" >/dev/null
@mkdir -p $(@D)
@echo "  PDF  $@"
@sh kiosk-image/guide/pdf.sh $< $@
endef

guide: $(patsubst %.md,build/guide/%.pdf,$(notdir $(GUIDE)))

build/guide/%.pdf: kiosk-image/guide/%.md $(PDF_BY)
	$(make_pdf)

build/guide/README%pdf: kiosk-image/README%md $(PDF_BY)
	$(make_pdf)

.PHONY: guide guide-check guide-tables
