#pragma once

#include "kiosk/visit.h"
#include "ui/message.h"

/*
 * Screens that are a few words and one or two keys below them: what a person
 * is asked between two questions. Each is a table; the screen_ops functions
 * below are shared by all of them.
 */
struct dialogue {
	const struct told_pause *words;
	void (*pressed)(struct visit *visit, size_t key);
	/* Escape and the back key; NULL: they do nothing. */
	void (*cancelled)(struct visit *visit);
};

MUST_CHECK enum fault dialogue_enter(struct visit *visit,
				     const struct dialogue *dialogue,
				     void **state);
void dialogue_draw(void *state, struct canvas *canvas);
void dialogue_say(void *state, struct prompts *out);
enum screen_next dialogue_key(void *state, const struct ui_event *event);
void dialogue_leave(void *state);
