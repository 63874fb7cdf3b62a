#pragma once

#include <stdbool.h>

#include "ask/field.h"
#include "base/memory.h"

/*
 * Looking for an answer in a long list by writing some of its letters, in any
 * script: what is written and a row are both folded (text/fold.h). The person
 * writes at a keyboard, or with the letters on the screen.
 */
struct finder;

struct finder *finder_new(const struct ask_look *look);
void finder_free(struct finder *finder); /* NULL is fine; wipes */
DEFINE_SCOPED(struct finder, finder_free)

/* What was written, "" at first; and the same, folded. Until the next key. */
const char *finder_text(const struct finder *finder);
const char *finder_folded(const struct finder *finder);

/* The rows it does well with. */
int finder_rows(const struct finder *finder);
void finder_draw(struct finder *finder, struct canvas *canvas,
		 const struct canvas_area *area);

enum finder_event {
	FINDER_IGNORED,
	FINDER_MOVED,
	FINDER_CHANGED, /* what was written */
	FINDER_DONE,    /* the key that ends writing */
};
enum finder_event finder_key(struct finder *finder,
			     const struct ui_event *event);

/* What is written and what keys there are, for headphones. */
struct prompts;
void finder_say(const struct finder *finder, struct prompts *out);
