#pragma once

#include <stdbool.h>

#include "ask/around.h"
#include "ask/field.h"
#include "ask/marks.h"
#include "speech/prompts.h"
#include "ui/choice.h"

/*
 * What questions say aloud, in the language of a look, each text with the key
 * of its recording. Words of the form have its id before their own key, as in
 * the catalogue.
 */

/* A word of the kiosk. */
void spoken_word(struct prompts *out, const struct ask_look *look,
		 enum prompt_part part, const char *key);

/* What a question lies in: its words, and the number of the instance. */
void spoken_around(struct prompts *out, const struct ask_look *look,
		   const struct around *part, bool private);

/* The heading that is of a group without a node. */
void spoken_frame(struct prompts *out, const struct ask_look *look,
		  const struct node *node, bool private);

/* The words of a range's value; private also where answers stand in them. */
void spoken_mark(struct prompts *out, const struct ask_look *look,
		 struct node *node, const struct mark *mark, bool private);

/* A question's words, if it has any; private also where answers stand in them.
 */
void spoken_label(struct prompts *out, const struct ask_look *look,
		  const struct node *node, bool private);
void spoken_hint(struct prompts *out, const struct ask_look *look,
		 const struct node *node, bool private);

/*
 * What is written, or is about to be, into headphones alone: each is said when
 * it is another than the last time, or the same of another turn.
 */
struct spoken_sign {
	const char *text; /* a letter or sign; "": nothing */
	const char *word; /* or a word of the kiosk, by its key */
	bool whole;       /* not a letter: a text as it stands */
	int turn;
};
void spoken_sign(struct prompts *out, const struct ask_look *look,
		 const struct spoken_sign *sign);

/*
 * The page of a list that is in view. key gives the recording's key of a row,
 * for the function to free, or NULL; rows from first_private on, and those that
 * hide, are private. Names of languages are each said in their own, and as
 * private: they tell where somebody comes from. What
 * stands among them and is none is said as "another language".
 */
typedef char *spoken_key(void *to, size_t row);
struct spoken_list {
	const struct choice *choice;
	spoken_key *key; /* NULL: no row has one */
	void *to;
	bool several; /* rows are checked, which is said into headphones */
	size_t first_private;
	const bool *private; /* of each row, besides; NULL: none */
};
void spoken_rows(struct prompts *out, const struct ask_look *look,
		 const struct spoken_list *list);
