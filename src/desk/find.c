#include <stdlib.h>
#include <string.h>

#include "desk/action.h"
#include "desk/frame.h"
#include "desk/screens.h"
#include "record/visit.h"
#include "text/fold.h"
#include "ui/prompt.h"

/*
 * "/": a ticket by its number, or a person by name among those who wait.
 */
struct finding {
	struct desk *desk;
	struct prompt *prompt;
};

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

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	struct finding *finding = xcalloc(1, sizeof *finding);

	(void)about;
	finding->desk = desk;
	finding->prompt = prompt_new("/", desk->staff.language);
	*state = finding;
	return FAULT_NONE;
}

static void leave(void *state)
{
	struct finding *finding = state;

	prompt_free(finding->prompt);
	free(finding);
}

static void draw(void *state, struct canvas *canvas)
{
	struct finding *finding = state;
	SCOPED(char_freep)
	char *title = desk_word(finding->desk, "desk.find_heading");
	struct canvas_area area = frame_draw(finding->desk, canvas, title);

	prompt_draw(finding->prompt, canvas, area.y + area.h - 1, 1, area.w - 2,
		    NULL);
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct finding *finding = state;
	struct desk *desk = finding->desk;
	SCOPED(char_freep) char *text = NULL;

	switch (prompt_key(finding->prompt, event)) {
	case PROMPT_ENTERED:
		/* What is found opens a screen: this one goes first. */
		text = xstrdup(prompt_text(finding->prompt));
		(void)desk_back(desk);
		find(desk, text);
		return SCREEN_STAY;
	case PROMPT_CANCELLED:
		return SCREEN_BACK;
	default:
		return SCREEN_STAY;
	}
}

const struct view desk_find_screen = {
	.name = "find",
	.enter = enter,
	.draw = draw,
	.key = key,
	.writing = view_writes,
	.leave = leave,
};
