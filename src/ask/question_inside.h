#pragma once

#include "ask/field.h"
#include "ask/reading.h"
#include "ask/refusal.h"
#include "ask/step.h"

/*
 * The inside of a question, for the files that make one: question.c (what each
 * key does), question_room.c (what there is room for), question_draw.c and
 * question_say.c (what is said aloud).
 */
struct question {
	const struct step *step;
	const struct ask_look *look;
	struct field fields[STEP_FIELDS];
	size_t count, focus;
	struct refusal refusal;
	struct canvas_area places[STEP_FIELDS]; /* of folded ones; h 0: none */
	struct reading reading; /* the refusal or the hint, before the rest */
	bool read[STEP_FIELDS]; /* whose hint was read so */
};
