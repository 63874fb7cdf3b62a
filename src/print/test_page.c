#include "print/test_page.h"

#include <string.h>

#include "print/escpos.h"
#include "print/paper.h"
#include "print/slip.h"

#define RULER 24 /* rows */
#define BAR 32
#define GAP 16
#define STEPS (TEST_PAGE_STEP * TEST_PAGE_ACROSS)
#define MARKS (RULER + GAP + BAR + GAP + STEPS + GAP)

static void ink_rows(struct picture *picture, int x, int y, int rows)
{
	for (int i = 0; i < rows; i++)
		picture_ink(picture, x, y + i);
}

/* A line every 8 dots, longer every 80, and both edges. */
static void draw_ruler(struct picture *picture, int y)
{
	for (int x = 0; x < picture->width; x++) {
		if (x % 80 == 0 || x == picture->width - 1)
			ink_rows(picture, x, y, RULER);
		else if (x % 8 == 0)
			ink_rows(picture, x, y + RULER / 2, RULER / 2);
	}
}

/* Every dot at once: a dead one is a white line down. */
static void draw_bar(struct picture *picture, int y)
{
	for (int x = 0; x < picture->width; x++)
		ink_rows(picture, x, y, BAR);
}

/* Every dot alone, eight steps down and up again: a dead one is a gap. */
static void draw_steps(struct picture *picture, int y)
{
	for (int x = 0; x < picture->width; x++)
		ink_rows(picture, x, y + x % TEST_PAGE_ACROSS * TEST_PAGE_STEP,
			 TEST_PAGE_STEP);
}

enum fault test_page_draw(int width, struct picture **out)
{
	static const struct slip_line lines[] = {
		{ .text = "Foyer: printer test / essai de l’imprimante",
		  .size = 26,
		  .bold = true },
		{ .text =
		      "The ruler touches both edges of the print. / La règle "
		      "touche les deux bords.",
		  .size = 22 },
		{ .text =
		      "The bar has no white line, the steps have no gap. / La "
		      "barre n’a pas de ligne blanche, l’escalier n’a pas de "
		      "trou.",
		  .size = 22 },
	};
	SCOPED(picture_freep) struct picture *words = NULL;
	enum fault fault = slip_draw(lines, COUNT(lines), NULL, width, &words);
	struct picture *page;
	int y;

	if (fault)
		return fault;
	page = picture_new(width, words->height + MARKS);
	memcpy(page->bits, words->bits,
	       (size_t)words->height * (size_t)width / 8);
	y = words->height;
	draw_ruler(page, y);
	draw_bar(page, y += RULER + GAP);
	draw_steps(page, y + BAR + GAP);
	(void)escpos_mend(page);
	*out = page;
	return FAULT_NONE;
}
