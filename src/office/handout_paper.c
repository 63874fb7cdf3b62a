#include "office/handout_paper.h"

#include "print/paper.h"
#include "ticket/symbol.h"

/* Digits of no ticket: a desk that scans them says so. */
static const char digits[] =
    "00000000000000000000000000000000000000000000000000000000000000000000000"
    "00000000000000000000000000000000000000000000000000000000000000000000000"
    "00000000000000000000000000000000000000000000000000000000000000000000000";

enum fault handout_paper(const struct lobby *lobby,
			 const struct language *language,
			 const struct catalogue *words, struct bytes *png)
{
	SCOPED(symbol_freep) struct symbol *symbol = NULL;
	SCOPED(picture_freep) struct picture *picture = NULL;
	SCOPED(char_freep) char *line = catalogue_word(words, "ticket.show");
	const struct paper_line extra = {
		.text = line,
		.language = language->tag,
		.families = language->families,
		.right_to_left = language->right_to_left,
	};
	struct paper paper = {
		.agency = lobby->agency,
		.number = "K7-0001",
		.date = "2026-01-01",
		.desk = lobby->desk,
		.helpline = lobby->helpline,
		.extra = &extra,
	};
	enum fault fault = symbol_for_width(digits, PAPER_NARROW, &symbol);

	if (fault)
		return fault;
	paper.symbol = (struct paper_symbol){ .modules = symbol_modules(symbol),
					      .side = symbol_size(symbol),
					      .dots = symbol_dots(symbol) };
	if ((fault = paper_draw(&paper, PAPER_NARROW, &picture)))
		return fault;
	picture_png(picture, PICTURE_MARGIN, png);
	return FAULT_NONE;
}
