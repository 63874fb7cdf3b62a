#include "ask/folded.h"

#include <stdio.h>

#include "ask/notes.h"

#define SHARES 12 /* of a row */
#define LEAST 24  /* cells for a few words of a question and its answer */
#define APART 2   /* cells between two */

bool folded_shows(const struct step *step, size_t index)
{
	return step_asks(step, index) && !notes_join(step, index);
}

static int share_of(const struct node *node, int width)
{
	char word[16];

	for (int i = 1; i < SHARES; i++) {
		snprintf(word, sizeof word, "w%d", i);
		if (node_appears(node, word))
			return width * i / SHARES < LEAST ? SHARES : i;
	}
	return SHARES;
}

int folded_place(const struct step *step, size_t from, size_t to,
		 const struct canvas_area *area, struct canvas_area *places)
{
	int row = -1, used = SHARES;

	for (size_t i = from; i < to; i++) {
		if (!folded_shows(step, i))
			continue;
		int share = share_of(step->field[i], area->w);

		if (used + share > SHARES) {
			row++;
			used = 0;
		}
		if (places)
			places[i] = (struct canvas_area){
				.y = area->y + row,
				.x = area->x + area->w * used / SHARES,
				.h = 1,
				.w = area->w * share / SHARES -
				     (used + share < SHARES ? APART : 0),
			};
		used += share;
	}
	return row + 1;
}
