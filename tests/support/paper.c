#include "tests/support/paper.h"

const struct paper sample_paper = {
	.agency = "Riverside Newcomer Services",
	.number = "K7-0412",
	.date = "Monday 3 March 2025, 14:32",
	.desk = "Desk: ground floor, room 2",
	.helpline = "Help: 416 555 0123",
};

/* Four white modules lie below the symbol, and nothing else. */
int symbol_top(const struct picture *picture, const struct paper_symbol *symbol)
{
	return picture->height - (symbol->side + PAPER_QUIET) * symbol->dots;
}
