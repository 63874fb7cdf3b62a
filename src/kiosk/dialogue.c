#include "kiosk/dialogue.h"

#include <stdlib.h>

struct dialogue_screen {
	struct visit *visit;
	const struct dialogue *dialogue;
	struct message *message;
};

enum fault dialogue_enter(struct visit *visit, const struct dialogue *dialogue,
			  void **state)
{
	struct dialogue_screen *screen = xcalloc(1, sizeof *screen);
	struct told told = visit_told(visit);

	screen->visit = visit;
	screen->dialogue = dialogue;
	screen->message = told_message(&told, dialogue->words);
	*state = screen;
	return FAULT_NONE;
}

void dialogue_draw(void *state, struct canvas *canvas)
{
	struct dialogue_screen *screen = state;
	struct told told = visit_told(screen->visit);

	told_draw_message(&told, screen->message, canvas);
}

void dialogue_say(void *state, struct prompts *out)
{
	const struct dialogue_screen *screen = state;
	const struct told_pause *words = screen->dialogue->words;

	visit_prompt(screen->visit, out, PROMPT_LEAD, words->heading, NULL);
	if (words->text)
		visit_prompt(screen->visit, out, PROMPT_LEAD, words->text,
			     NULL);
	for (size_t i = 0; i < TOLD_KEYS && words->keys[i]; i++)
		visit_row(screen->visit, out, words->keys[i], (int)i + 1,
			  i == message_selected(screen->message));
}

enum screen_next dialogue_key(void *state, const struct ui_event *event)
{
	struct dialogue_screen *screen = state;
	const struct dialogue *dialogue = screen->dialogue;

	switch (message_key(screen->message, event)) {
	case MESSAGE_PRESSED:
		dialogue->pressed(screen->visit,
				  message_selected(screen->message));
		break;
	case MESSAGE_CANCELLED:
		if (dialogue->cancelled)
			dialogue->cancelled(screen->visit);
		break;
	default:
		break;
	}
	return SCREEN_STAY;
}

void dialogue_leave(void *state)
{
	struct dialogue_screen *screen = state;

	message_free(screen->message);
	free(screen);
}
