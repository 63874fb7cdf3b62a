#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "ask/step.h"

/*
 * The notes of a step: each is read with the question behind it, and those
 * behind the last question together, at the last of them.
 */

/* Whether a field is a note that is read with a later field. */
bool notes_join(const struct step *step, size_t field);

/* The first of the notes that are read with a field; the field itself where
 * there are none. */
size_t notes_first(const struct step *step, size_t field);

/*
 * Their words as they are seen (text/emphasis.h), and the field's own if it is
 * a note; without those of but, which stand elsewhere. The caller frees it;
 * NULL where there are none.
 */
char *notes_words(const struct step *step, size_t field,
		  const struct node *but);
