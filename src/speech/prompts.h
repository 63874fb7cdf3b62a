#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/memory.h"

/*
 * What a screen says aloud, in the order of its reading. A screen describes
 * itself the same way each time it is asked; what of it is new is found out by
 * prompts_news().
 */
enum prompt_part {
	PROMPT_LEAD,   /* heading, hint, text: said when the screen comes */
	PROMPT_NOTICE, /* a warning that came up: said when it does */
	PROMPT_ROW,    /* a choice or a key: said in turn, or when focused */
	/* Of the row before it, or of a field: a check mark, a letter that was
	 * written. Said when it changes, and of a row when that is focused. */
	PROMPT_STATE,
};

struct prompt {
	enum prompt_part part;
	const char *language; /* tag */
	const char *key;      /* of the message (text/audio.h); NULL: voice */
	const char *text;
	int number;   /* of a row, said before it; 0: none */
	bool private; /* through headphones alone */
	bool focused; /* the row under the highlight */
	bool usual;   /* a state that goes without saying when all is said */
	int turn;     /* the same words of another turn are news */
};

struct prompts {
	struct prompt *items; /* their texts are the list's own */
	size_t count;
};

#define PROMPT_LANGUAGE "language:name" /* key of a language's own name */

#define PROMPTS_MOST 128  /* further ones are not said */
#define PROMPT_BYTES 2000 /* of one text; the rest is not said */

void prompts_add(struct prompts *prompts, const struct prompt *prompt);
void prompts_done(struct prompts *prompts); /* wipes */

/* A number or a code, said by its letters and digits: "K7-0412" is six
 * prompts, of the keys "digit:0" to "digit:9" and "letter:A" to "letter:Z". */
void prompts_spell(struct prompts *prompts, const char *language,
		   const char *code);

/*
 * A letter or sign by its name: prompt with the key of its recording
 * (text/audio.h).
 */
void prompts_letter(struct prompts *prompts, const struct prompt *prompt);

/*
 * Adds to out what is to be said of now after before was: all of it where the
 * lead has changed, else the notices that are new, the rows where they are
 * others, or the row that has the focus now, and the states that are others.
 * Nothing if all is as it was.
 */
void prompts_news(const struct prompts *before, const struct prompts *now,
		  struct prompts *out);
