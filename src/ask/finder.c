#include "ask/finder.h"

#include <stdlib.h>
#include <string.h>

#include "ask/spoken.h"
#include "text/fold.h"
#include "ui/entry.h"
#include "ui/keyboard.h"

#define NAMES 40 /* keys of a row */

struct finder {
	const struct ask_look *look;
	struct entry *entry;
	struct keyboard *keyboard;
	char *before, *folded;
};

struct finder *finder_new(const struct ask_look *look)
{
	SCOPED(char_freep)
	char *hint = catalogue_word(look->words, "kiosk.write_here");
	struct finder *finder = xcalloc(1, sizeof *finder);

	finder->look = look;
	finder->entry = entry_new(&(struct entry_options){
	    .language = look->language->tag,
	    .placeholder = hint,
	});
	finder->keyboard = keyboard_new(
	    &(struct keyboard_options){
		.language = look->language->tag,
		.words = look->words,
		.kind = KEYBOARD_TEXT,
		.capitals = KEYBOARD_NO_CAPITALS,
	    },
	    finder->entry);
	finder->before = xstrdup("");
	finder->folded = xstrdup("");
	return finder;
}

void finder_free(struct finder *finder)
{
	if (!finder)
		return;
	keyboard_free(finder->keyboard);
	entry_free(finder->entry);
	char_wipe(finder->before);
	char_wipe(finder->folded);
	free(finder);
}

const char *finder_text(const struct finder *finder)
{
	return entry_text(finder->entry);
}

const char *finder_folded(const struct finder *finder)
{
	return finder->folded;
}

int finder_rows(const struct finder *finder)
{
	return keyboard_rows(finder->keyboard);
}

void finder_draw(struct finder *finder, struct canvas *canvas,
		 const struct canvas_area *area)
{
	struct keyboard_plan plan = keyboard_plan(finder->keyboard, area);
	struct canvas_area box = *area, keys = *area;

	box.h = !plan.keys && plan.field > 3 ? 3 : plan.field;
	entry_draw(finder->entry, canvas, box,
		   keyboard_has_focus(finder->keyboard) ? ENTRY_FED
							: ENTRY_FOCUSED);
	keys.y += plan.field + plan.between;
	keys.h = plan.keys;
	if (plan.keys)
		keyboard_draw(finder->keyboard, canvas, &keys, plan.row_height);
}

/* Whether the text is another than after the last key. */
static bool follow(struct finder *finder)
{
	const char *now = entry_text(finder->entry);

	if (strcmp(now, finder->before) == 0)
		return false;
	char_wipe(finder->before);
	char_wipe(finder->folded);
	finder->before = xstrdup(now);
	finder->folded = fold_words(now);
	return true;
}

static enum finder_event key_of_entry(struct finder *finder,
				      const struct ui_event *event)
{
	switch (entry_key(finder->entry, event)) {
	case ENTRY_IGNORED:
		return FINDER_IGNORED;
	case ENTRY_ENTERED:
		return FINDER_DONE;
	default:
		return FINDER_MOVED;
	}
}

static enum finder_event key_of_keyboard(struct finder *finder,
					 const struct ui_event *event)
{
	switch (keyboard_key(finder->keyboard, event)) {
	case KEYBOARD_IGNORED:
		return key_of_entry(finder, event);
	case KEYBOARD_DONE:
		(void)keyboard_finish(finder->keyboard);
		return FINDER_DONE;
	default:
		return FINDER_MOVED;
	}
}

enum finder_event finder_key(struct finder *finder,
			     const struct ui_event *event)
{
	enum finder_event what = key_of_keyboard(finder, event);
	bool changed = follow(finder);

	return changed && what == FINDER_MOVED ? FINDER_CHANGED : what;
}

void finder_say(const struct finder *finder, struct prompts *out)
{
	struct keyboard_name names[NAMES];
	int count = keyboard_names(finder->keyboard, names, NAMES);

	spoken_word(out, finder->look, PROMPT_LEAD, "kiosk.write_here");
	spoken_sign(out, finder->look,
		    &(struct spoken_sign){ .text = entry_text(finder->entry),
					   .whole = true });
	for (int i = 0; i < count; i++)
		spoken_sign(out, finder->look,
			    &(struct spoken_sign){ .text = names[i].cap,
						   .word = names[i].word });
}
