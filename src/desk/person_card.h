#pragma once

#include "desk/events.h"

/*
 * The minimum card of a person: what they are called, how to talk to them,
 * where they stand, and the one next step. What is not known says "not asked".
 */
struct person_card;

/* person is read already; events are theirs. The caller frees *out. */
MUST_CHECK enum fault person_card_read(struct desk *desk,
				       const struct entity *person,
				       const struct events *events,
				       struct person_card **out);
void person_card_free(struct person_card *card); /* NULL is fine; wipes */
DEFINE_SCOPED(struct person_card, person_card_free)

/* How many rows it takes at that width, and drawing it. */
int person_card_rows(const struct person_card *card);
void person_card_draw(const struct person_card *card, struct canvas *canvas,
		      struct canvas_area area);
