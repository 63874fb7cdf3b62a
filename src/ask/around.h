#pragma once

#include "ask/field.h"
#include "ask/step.h"

/*
 * What a question lies in, from the outside: the labels of the groups around
 * it, and of a repeat which of its instances it is ("Child 2"). The label that
 * is the step's heading is not among them.
 */
struct around {
	const char *words;
	const char *key; /* node_label_key(); NULL: none */
	int number;      /* of the instance, from 1; 0: no instance */
	bool quotes;     /* answers stand in the words */
};
typedef void around_visit(void *to, const struct around *part);
void around_each(const struct step *step, around_visit *visit, void *to);

/* Whether the step's heading is that of a group without a node, of which it is
 * the screen (node_frame_label() of its head). */
bool around_is_heading(const struct step *step);

/* All of it in a line, with numbers in the language's digits; the caller frees
 * it. NULL: the question lies in nothing that has words. */
char *around_words(const struct step *step, const struct ask_look *look);

/* "Child 2"; "2" where the repeat has no label. The caller frees it. */
char *around_instance(const struct node *instance, const struct ask_look *look);
