#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ui/key.h"

/*
 * What a terminal sends, byte by byte, as keys and as answers to questions. It
 * knows no terminal: bytes go in with the time they came, tokens come out. A
 * sequence that is cut short is settled when its time is up, so that Escape is
 * a key.
 */
#define INPUT_ROOM 4096    /* bytes that may wait */
#define INPUT_NUMBERS 16   /* of one sequence; further ones are dropped */
#define INPUT_ESCAPE_MS 25 /* after which a lone ESC is the key */
#define INPUT_REST_MS 200  /* after which a half sequence is dropped */

enum input_what {
	INPUT_NOTHING, /* nothing whole is there */
	INPUT_EVENT,
	INPUT_REDRAW, /* ^L: show everything again */
	INPUT_REPLY,
};

/* CSI prefix numbers final: "?62;4c" is '?', 62 4, 'c'. */
struct input_reply {
	char prefix, final;
	int count;
	int numbers[INPUT_NUMBERS];
};

struct input_token {
	enum input_what what;
	struct ui_event event;
	struct input_reply reply;
};

struct input {
	uint8_t bytes[INPUT_ROOM];
	size_t length;
	int64_t at;        /* when the last ones came */
	bool after_return; /* a line feed now belongs to it */
};

/* How many more bytes input_add() takes. */
size_t input_room(const struct input *input);
void input_add(struct input *input, const void *bytes, size_t count,
	       int64_t now);

/* The next token; call it until it gives INPUT_NOTHING. Used bytes are wiped.*/
struct input_token input_next(struct input *input, int64_t now);

/* When to call input_next() again although nothing came; -1: never. */
int64_t input_deadline(const struct input *input);
