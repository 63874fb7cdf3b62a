#include "ui/prompt.h"

#include <stdlib.h>

#include "text/cells.h"
#include "ui/entry.h"

struct prompt {
	char *label, *language;
	struct entry *entry;
};

struct prompt *prompt_new(const char *label, const char *language)
{
	struct prompt *prompt = xcalloc(1, sizeof *prompt);

	prompt->label = xstrdup(label);
	prompt->language = xstrdup(language);
	prompt->entry =
	    entry_new(&(struct entry_options){ .language = language });
	return prompt;
}

void prompt_free(struct prompt *prompt)
{
	if (!prompt)
		return;
	entry_free(prompt->entry);
	free(prompt->label);
	free(prompt->language);
	free(prompt);
}

const char *prompt_text(const struct prompt *prompt)
{
	return entry_text(prompt->entry);
}

void prompt_set_text(struct prompt *prompt, const char *text)
{
	entry_set_text(prompt->entry, text);
}

static void draw_words(const struct prompt *prompt, struct canvas *canvas,
		       const struct canvas_area *area, const char *text,
		       enum canvas_colour colour)
{
	canvas_text(canvas, &(struct canvas_text){
				.y = area->y,
				.x = area->x,
				.h = 1,
				.w = area->w,
				.text = text,
				.language = prompt->language,
				.style = CANVAS_BOLD,
				.colour = colour,
				.caret = -1,
			    });
}

void prompt_draw(struct prompt *prompt, struct canvas *canvas, int y, int x,
		 int w, const char *note)
{
	int label = text_cells(prompt->label) + 1;
	int aside = note ? text_cells(note) + 1 : 0;
	int room = w - label - aside;

	if (room < 8) { /* the words matter more than what is said of them */
		aside = 0;
		room = w - label;
	}
	draw_words(prompt, canvas, &(struct canvas_area){ y, x, 1, label },
		   prompt->label, CANVAS_ACCENT);
	entry_draw(prompt->entry, canvas,
		   (struct canvas_area){ y, x + label, 1, room > 1 ? room : 1 },
		   ENTRY_FOCUSED);
	if (aside)
		draw_words(
		    prompt, canvas,
		    &(struct canvas_area){ y, x + w - aside + 1, 1, aside - 1 },
		    note, CANVAS_QUIET);
}

enum prompt_event prompt_key(struct prompt *prompt,
			     const struct ui_event *event)
{
	if (event->key == UI_KEY_ESCAPE ||
	    (event->key == UI_KEY_BACKSPACE && !prompt_text(prompt)[0]))
		return PROMPT_CANCELLED;
	switch (entry_key(prompt->entry, event)) {
	case ENTRY_IGNORED:
		return PROMPT_IGNORED;
	case ENTRY_ENTERED:
		return PROMPT_ENTERED;
	default:
		return PROMPT_CHANGED;
	}
}
