#pragma once

#include <stdint.h>

#include "base/fault.h"
#include "ui/key.h"

struct canvas;
struct prompts; /* speech/prompts.h */

/* What became of the key, and where the stack of screens goes next. */
enum screen_next {
	SCREEN_STAY,
	SCREEN_BACK, /* leave this screen for the one below */
	SCREEN_HOME, /* leave every screen down to the first */
	SCREEN_DONE, /* the screen has its result; the caller moves on */
};

/*
 * One kind of screen. Each lives in its own file and exports one of these;
 * the state it allocates in enter() is its own and is freed in leave().
 */
struct screen_ops {
	const char *name; /* for the log and the golden pictures */
	MUST_CHECK enum fault (*enter)(void *from, void **state);
	void (*draw)(void *state, struct canvas *canvas);
	/* Adds what it says aloud, as it is drawn now; NULL: nothing. */
	void (*say)(void *state, struct prompts *out);
	enum screen_next (*key)(void *state, const struct ui_event *event);
	/* Called at least once a second; may be NULL. */
	enum screen_next (*tick)(void *state, int64_t now_ms);
	void (*leave)(void *state);
};
