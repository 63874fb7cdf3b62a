#pragma once

#include <stddef.h>

#include "base/memory.h"
#include "ui/canvas.h"
#include "ui/key.h"

/*
 * A few words in a frame in the middle of an area, with one or more keys below
 * them: a question that waits for an answer before anything else happens.
 */
struct message;

#define MESSAGE_KEYS 6

struct message_key {
	const char *word;   /* "Yes, erase" */
	uint32_t character; /* a letter that presses it, or 0 */
};

struct message_options {
	const char *language;
	const char *heading; /* NULL: none */
	const char *text;
	const struct message_key *keys;
	size_t count; /* 1 to MESSAGE_KEYS; the first has the focus */
	enum canvas_colour colour; /* of the heading */
	int key_rows;              /* rows a key is high; 0 is 1 */
};

enum message_event {
	MESSAGE_IGNORED,
	MESSAGE_MOVED,
	MESSAGE_PRESSED,  /* message_selected() was pressed */
	MESSAGE_CANCELLED /* Escape */
};

struct message *message_new(const struct message_options *options);
void message_free(struct message *message); /* NULL is fine; wipes */
DEFINE_SCOPED(struct message, message_free)

/* The rows it wants of an area; it is never drawn higher than that. */
int message_rows(const struct message *message, const struct canvas *canvas,
		 const struct canvas_area *area);
void message_draw(struct message *message, struct canvas *canvas,
		  struct canvas_area area);
enum message_event message_key(struct message *message,
			       const struct ui_event *event);
size_t message_selected(const struct message *message);
