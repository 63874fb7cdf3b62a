#pragma once

#include <stdbool.h>

#include "ask/field.h"

/*
 * Why somebody cannot go on from a question yet, in their words: its answer is
 * missing or is not taken, or, of a paper, will be left out. { 0 }: nothing is
 * wrong. refusal_done() frees what it holds.
 */
struct refusal {
	char *text;      /* what is wrong, or NULL */
	const char *key; /* of the catalogue; NULL: the form's own words */
	bool quotes;     /* answers stand in the text */
	bool told_blank; /* that it is left out, if gone on */
};

/* Why field's answer was not taken: field->problem, or the form's message. */
void refusal_tell(struct refusal *refusal, const struct field *field);

/* Whether a field's answer is missing though required, or refused by the form;
 * then that is told. Of a paper, what is missing holds up once. */
bool refusal_holds_up(struct refusal *refusal, struct field *field);

/* Nothing is wrong any more. */
void refusal_done(struct refusal *refusal);

/* The text was read and goes; that an answer is left out stays told. */
void refusal_read(struct refusal *refusal);

/* Adds it to what is said aloud. */
void refusal_say(const struct refusal *refusal, const struct ask_look *look,
		 bool private, struct prompts *out);
