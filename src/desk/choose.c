#include "desk/choose.h"

#include <stdlib.h>
#include <string.h>

#include "desk/frame.h"
#include "ui/choice.h"
#include "ui/entry.h"

struct choosing {
	struct desk *desk;
	const struct choose *choose;
	struct choice *list;
	struct entry *reason; /* while it is written */
};

void choose_leave(void *state)
{
	struct choosing *choosing = state;

	choice_free(choosing->list);
	entry_free(choosing->reason);
	free(choosing);
}

enum fault choose_enter(struct desk *desk, const struct choose *choose,
			void **state)
{
	struct choosing *choosing = xcalloc(1, sizeof *choosing);
	struct choice_row rows[CHOOSE_ROWS] = { 0 };
	char *words[CHOOSE_ROWS];
	enum fault fault;
	size_t count = 0;

	choosing->desk = desk;
	choosing->choose = choose;
	for (; count < CHOOSE_ROWS && choose->rows[count]; count++) {
		words[count] = desk_word(desk, choose->rows[count]);
		rows[count].label = words[count];
	}
	fault = choice_new(
	    &(struct choice_options){
		.language = desk->staff.language,
		.more = "…",
		.page_rows = CHOOSE_ROWS,
	    },
	    rows, count, &choosing->list);
	while (count)
		free(words[--count]);
	if (fault) {
		choose_leave(choosing);
		return fault;
	}
	*state = choosing;
	return FAULT_NONE;
}

void choose_draw(void *state, struct canvas *canvas)
{
	struct choosing *choosing = state;
	struct desk *desk = choosing->desk;
	SCOPED(char_freep) char *number = desk_number(desk);
	SCOPED(char_freep)
	char *heading = desk_word(desk, choosing->choose->heading);
	SCOPED(char_freep) char *title = xasprintf("%s · %s", number, heading);
	struct canvas_area area = frame_draw(desk, canvas, title);

	area.y++;
	area.x = 4;
	area.w -= 8;
	area.h -= 5;
	choice_draw(choosing->list, canvas, area);
	if (choosing->reason) {
		SCOPED(char_freep)
		char *label = desk_word(desk, choosing->choose->reason);
		int y = area.y + area.h;

		frame_line(canvas, y, 4, area.w, label, desk->staff.language,
			   CANVAS_PLAIN, CANVAS_QUIET);
		entry_draw(choosing->reason, canvas,
			   (struct canvas_area){ y + 1, 4, 1, area.w },
			   ENTRY_FOCUSED);
	}
}

static void ask_reason(struct choosing *choosing)
{
	choosing->reason = entry_new(&(struct entry_options){
	    .language = choosing->desk->staff.language,
	});
}

static enum screen_next finish(struct choosing *choosing, const char *reason)
{
	struct desk *desk = choosing->desk;

	choosing->choose->chosen(desk, choice_selected(choosing->list), reason);
	desk_refresh(desk);
	return SCREEN_BACK;
}

static enum screen_next key_in_reason(struct choosing *choosing,
				      const struct ui_event *event)
{
	const char *text;

	if (entry_key(choosing->reason, event) != ENTRY_ENTERED)
		return SCREEN_STAY;
	text = entry_text(choosing->reason);
	if (!text[strspn(text, " ")]) {
		desk_say_key(choosing->desk, "desk.needs_reason");
		return SCREEN_STAY;
	}
	return finish(choosing, text);
}

enum screen_next choose_key(void *state, const struct ui_event *event)
{
	struct choosing *choosing = state;

	if (event->key == UI_KEY_ESCAPE)
		return SCREEN_BACK;
	if (choosing->reason)
		return key_in_reason(choosing, event);
	if (choice_key(choosing->list, event) != CHOICE_PICKED)
		return SCREEN_STAY;
	if (!choosing->choose->reason)
		return finish(choosing, "");
	ask_reason(choosing);
	return SCREEN_STAY;
}
