#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "text/catalogue.h"
#include "text/language.h"
#include "ui/canvas.h"
#include "ui/message.h"

/*
 * The lobby's screens besides the questions, as they look: what a person is
 * told, and what they are asked between two questions. When they come and what
 * a key does there is the program's affair.
 */
struct told {
	const struct language *language;
	const struct catalogue *words;
	int text_size; /* as ask/field.h has it; 0 is the smallest */
};

/* One big word of welcome, the same way round for everybody. */
void told_welcome(const struct told *told, struct canvas *canvas);

/* On the welcome: the key that leads to the services, two rows high. Returns
 * where it stands on the screen, for touches: nowhere, where the screen is too
 * low for it. */
struct canvas_area told_welcome_services(const struct told *told, bool focused,
					 struct canvas *canvas);

/* "Your paper is being printed" and "something does not work here". */
void told_printing(const struct told *told, struct canvas *canvas);
void told_trouble(const struct told *told, struct canvas *canvas);

/* The closing line and the number; where there is no paper, the symbol itself,
 * side x side modules, if the screen has the room. */
struct told_last {
	const char *line;       /* catalogue key, with {number} or without */
	const char *number;     /* "K7-0412" */
	const uint8_t *modules; /* NULL: none is shown */
	int side;
};

/* Whether a screen has the room for a symbol; 0: there is none. */
bool told_symbol_fits(int side, const struct canvas *canvas);

void told_last(const struct told *told, const struct told_last *last,
	       struct canvas *canvas);

/* A few words and one or two keys. */
#define TOLD_KEYS 2

struct told_pause {
	const char *heading, *text; /* catalogue keys; text may be NULL */
	const char *keys[TOLD_KEYS];
};

extern const struct told_pause told_person, told_waiting, told_erase, told_idle,
    told_came_out;

/* The caller frees it with message_free(). */
struct message *told_message(const struct told *told,
			     const struct told_pause *pause);
void told_draw_message(const struct told *told, struct message *message,
		       struct canvas *canvas);
