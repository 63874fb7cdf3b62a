#include "kiosk/dialogue.h"

#include <stdlib.h>

#include "ui/canvas.h"

struct dialogue_screen {
	struct visit *visit;
	const struct dialogue *dialogue;
	struct message *message;
};

enum fault dialogue_enter(struct visit *visit, const struct dialogue *dialogue,
			  void **state)
{
	struct dialogue_screen *screen = xcalloc(1, sizeof *screen);
	SCOPED(char_freep) char *heading = visit_word(visit, dialogue->heading);
	SCOPED(char_freep)
	char *text =
	    dialogue->text ? visit_word(visit, dialogue->text) : xstrdup("");
	struct message_key keys[DIALOGUE_KEYS] = { 0 };
	char *words[DIALOGUE_KEYS] = { 0 };
	size_t count = 0;

	for (; count < DIALOGUE_KEYS && dialogue->keys[count]; count++) {
		words[count] = visit_word(visit, dialogue->keys[count]);
		keys[count] = (struct message_key){
			.word = words[count],
			.character = (uint32_t)('1' + count),
		};
	}
	screen->visit = visit;
	screen->dialogue = dialogue;
	screen->message = message_new(&(struct message_options){
	    .language = visit->offered->language->tag,
	    .heading = heading,
	    .text = text,
	    .keys = keys,
	    .count = count,
	    .colour = CANVAS_INK,
	});
	for (size_t i = 0; i < count; i++)
		free(words[i]);
	*state = screen;
	return FAULT_NONE;
}

void dialogue_draw(void *state, struct canvas *canvas)
{
	struct dialogue_screen *screen = state;

	canvas_mirror(canvas, screen->visit->offered->language->right_to_left);
	canvas_clear(canvas);
	message_draw(screen->message, canvas,
		     (struct canvas_area){ 0, 0, canvas_rows(canvas),
					   canvas_columns(canvas) });
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
