#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "desk/action.h"
#include "desk/frame.h"
#include "desk/screens.h"
#include "record/visit.h"
#include "text/fold.h"
#include "ui/prompt.h"

/*
 * The two lines that ask for words: "/" finds a ticket by its number or a
 * person by name among those who wait, ":" runs any action by its name.
 */
struct asking {
	struct desk *desk;
	struct prompt *prompt;
	const char *title;
	void (*entered)(struct desk *desk, const char *text);
};

static enum fault enter_with(struct desk *desk, const char *sign,
			     const char *title,
			     void (*entered)(struct desk *, const char *),
			     void **state)
{
	struct asking *asking = xcalloc(1, sizeof *asking);

	asking->desk = desk;
	asking->title = title;
	asking->entered = entered;
	asking->prompt = prompt_new(sign, desk->staff.language);
	*state = asking;
	return FAULT_NONE;
}

static void leave(void *state)
{
	struct asking *asking = state;

	prompt_free(asking->prompt);
	free(asking);
}

static void draw_words(struct desk *desk, struct canvas *canvas,
		       const struct canvas_area *area)
{
	int y = area->y + 1;

	for (size_t i = 0; i < desk->action_count && y < area->y + area->h - 2;
	     i++) {
		SCOPED(char_freep)
		char *word = desk_word(desk, desk->actions[i].word);
		SCOPED(char_freep)
		char *about = desk_word(desk, desk->actions[i].about);

		if (!desk->actions[i].offered(desk))
			continue;
		frame_line(canvas, y, 4, 20, word, desk->staff.language,
			   CANVAS_BOLD, CANVAS_INK);
		frame_line(canvas, y++, 24, area->w - 26, about,
			   desk->staff.language, CANVAS_PLAIN, CANVAS_QUIET);
	}
}

static void draw(void *state, struct canvas *canvas)
{
	struct asking *asking = state;
	SCOPED(char_freep) char *title = desk_word(asking->desk, asking->title);
	struct canvas_area area = frame_draw(asking->desk, canvas, title);

	if (strcmp(asking->title, "desk.do_heading") == 0)
		draw_words(asking->desk, canvas, &area);
	prompt_draw(asking->prompt, canvas, area.y + area.h - 1, 1, area.w - 2,
		    NULL);
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct asking *asking = state;
	struct desk *desk = asking->desk;
	void (*entered)(struct desk *, const char *) = asking->entered;
	SCOPED(char_freep) char *text = NULL;

	switch (prompt_key(asking->prompt, event)) {
	case PROMPT_ENTERED:
		/* What runs may open a screen: this one goes first. */
		text = xstrdup(prompt_text(asking->prompt));
		desk_back(desk);
		entered(desk, text);
		return SCREEN_STAY;
	case PROMPT_CANCELLED:
		return SCREEN_BACK;
	default:
		return SCREEN_STAY;
	}
}

/* --- find -------------------------------------------------------------------
 */

/* A name is looked for in every spelling that the visit has of it. */
struct looking {
	const char *folded;
	bool found;
};

static void look_at_fact(void *to, const char *field, const char *value,
			 const char *source)
{
	struct looking *looking = to;
	SCOPED(char_freep) char *folded = NULL;

	(void)source;
	if (!strstr(field, "name"))
		return;
	folded = fold_name(value);
	looking->found |= strstr(folded, looking->folded) != NULL;
}

static bool is_named(const struct desk *desk, const struct queue_row *row,
		     const char *text)
{
	SCOPED(char_freep) char *folded = fold_name(text);
	struct looking looking = { folded, false };

	if (strcasestr(row->number, text))
		return true;
	return folded[0] &&
	       !visit_facts(desk->record, row->visit, look_at_fact, &looking) &&
	       looking.found;
}

/* How many in sight it fits, and the last of them; a whole number is one. */
static size_t look_in_sight(const struct desk *desk, const char *text,
			    int64_t *visit)
{
	size_t found = 0;

	for (size_t i = 0; i < desk->lists.queue.count; i++) {
		const struct queue_row *row = &desk->lists.queue.rows[i];
		bool whole = strcasecmp(row->number, text) == 0;

		if (!whole && !is_named(desk, row, text))
			continue;
		*visit = row->visit;
		found++;
		if (whole)
			return 1;
	}
	return found;
}

static void say_several(struct desk *desk, size_t found)
{
	const struct catalogue_argument count = {
		.name = "count",
		.number = (double)found,
	};

	desk_say(desk, desk_words(desk, "desk.several_found", &count, 1),
		 false);
}

/* By its whole number, whenever it was; else by the end of one of today's. */
static enum fault look_among_ended(const struct desk *desk, const char *text,
				   int64_t *visit, size_t *found)
{
	enum fault fault = visit_by_number(desk->record, text, visit);

	*found = *visit != 0;
	return fault || *visit ? fault
			       : visit_by_ending(desk->record, text,
						 desk->clock.now, found, visit);
}

/* One person's ticket is not opened for another's who is called alike. */
static void find(struct desk *desk, const char *text)
{
	int64_t visit = 0;
	size_t found;

	if (!text[0])
		return;
	found = look_in_sight(desk, text, &visit);
	if (!found && look_among_ended(desk, text, &visit, &found)) {
		desk_say_trouble(desk);
		return;
	}
	if (found > 1) {
		say_several(desk, found);
		return;
	}
	if (!visit) {
		desk_say_key(desk, "desk.not_found");
		return;
	}
	desk_show(desk, visit, &desk_ticket_screen);
}

static enum fault find_enter(void *from, void **state)
{
	return enter_with(from, "/", "desk.find_heading", find, state);
}

const struct screen_ops desk_find_screen = {
	.name = "find",
	.enter = find_enter,
	.draw = draw,
	.key = key,
	.leave = leave,
};

/* --- do ---------------------------------------------------------------------
 */

static void run_action(struct desk *desk, const char *text)
{
	for (size_t i = 0; i < desk->action_count; i++) {
		SCOPED(char_freep)
		char *word = desk_word(desk, desk->actions[i].word);

		if (text[0] && desk->actions[i].offered(desk) &&
		    strncasecmp(word, text, strlen(text)) == 0) {
			desk->actions[i].run(desk);
			return;
		}
	}
	desk_say_key(desk, "desk.no_such_action");
}

static enum fault do_enter(void *from, void **state)
{
	return enter_with(from, ":", "desk.do_heading", run_action, state);
}

const struct screen_ops desk_do_screen = {
	.name = "do",
	.enter = do_enter,
	.draw = draw,
	.key = key,
	.leave = leave,
};
