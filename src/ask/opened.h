#pragma once

#include "ask/field.h"
#include "ask/review.h"
#include "base/memory.h"
#include "ui/canvas.h"
#include "ui/key.h"

/*
 * An answer that a person opened in the review, in full, and what can be done
 * with it: change it, erase it (unless it is required), leave it.
 */
struct opened;

enum opened_event {
	OPENED_IGNORED, /* not a key for here */
	OPENED_MOVED,   /* draw again */
	OPENED_CHANGE,  /* its question is to be asked again */
	OPENED_ERASE,
	OPENED_KEEP, /* back to the review */
};

/* row and look outlive it. The caller frees the result. */
struct opened *opened_new(const struct review_row *row,
			  const struct ask_look *look);
void opened_free(struct opened *opened); /* NULL is fine; wipes */
DEFINE_SCOPED(struct opened, opened_free)

void opened_draw(struct opened *opened, struct canvas *canvas);
enum opened_event opened_key(struct opened *opened,
			     const struct ui_event *event);

/* Adds what is said aloud of it; the answer is private. */
struct prompts;
void opened_say(const struct opened *opened, struct prompts *out);

struct node *opened_node(const struct opened *opened);
