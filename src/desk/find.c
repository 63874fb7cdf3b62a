#include <stdlib.h>
#include <string.h>

#include "desk/action.h"
#include "desk/day.h"
#include "desk/frame.h"
#include "desk/open.h"
#include "desk/screens.h"
#include "record/people.h"
#include "record/visit.h"
#include "text/fold.h"
#include "ui/prompt.h"
#include "ui/table.h"

/*
 * "/": whoever fits what is typed, with every key: those who wait by number or
 * name, a visit of today that has ended by its number, and everybody in the
 * record by name in any script, birth, telephone or number.
 */
struct hit {
	int64_t visit, person; /* one of them */
	char *number, *name, *own, *born;
};

enum column { NUMBER, NAME, OWN, BORN, COLUMNS };

struct finding {
	struct desk *desk;
	struct prompt *prompt;
	struct table *table;
	struct hit *hits;
	size_t count, walled;
};

static struct table_cell fill(void *to, size_t row, int column)
{
	const struct finding *finding = to;
	const struct hit *hit = &finding->hits[row];
	const char *texts[COLUMNS] = {
		[NUMBER] = hit->number,
		[NAME] = hit->name,
		[OWN] = hit->own,
		[BORN] = hit->born,
	};

	return (struct table_cell){
		.text = texts[column],
		.colour =
		    column == NAME || column == OWN ? CANVAS_INK : CANVAS_QUIET,
	};
}

static void forget(struct finding *finding)
{
	while (finding->count) {
		struct hit *hit = &finding->hits[--finding->count];

		free(hit->number);
		char_wipe(hit->name);
		char_wipe(hit->own);
		char_wipe(hit->born);
	}
}

static struct hit *add(struct finding *finding, const char *number,
		       const char *name, const char *own)
{
	struct hit *hit;

	finding->hits = xreallocarray(finding->hits, finding->count + 1,
				      sizeof *finding->hits);
	hit = &finding->hits[finding->count++];
	*hit = (struct hit){ .number = xstrdup(number),
			     .name = xstrdup(name),
			     .own = xstrdup(own) };
	return hit;
}

/* --- tickets ---------------------------------------------------------------
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

static void add_visit(struct finding *finding, int64_t visit,
		      const char *number, const char *name, const char *key)
{
	struct hit *hit = add(finding, number, name, "");

	hit->visit = visit;
	hit->born = desk_word(finding->desk, key);
}

/* Those in sight; a whole number is one. */
static void look_in_sight(struct finding *finding, const char *text)
{
	const struct desk *desk = finding->desk;

	for (size_t i = 0; i < desk->lists.queue.count; i++) {
		const struct queue_row *row = &desk->lists.queue.rows[i];
		bool whole = strcasecmp(row->number, text) == 0;

		if (!whole && !is_named(desk, row, text))
			continue;
		if (whole)
			forget(finding);
		add_visit(finding, row->visit, row->number, row->name,
			  "desk.is_waiting");
		if (whole)
			return;
	}
}

/* By its whole number, whenever it was; else by the end of one of today's. */
static enum fault look_among_ended(struct finding *finding, const char *text)
{
	const struct desk *desk = finding->desk;
	int64_t id = 0;
	size_t found = 0;
	enum visit_found there;
	struct visit visit;
	enum fault fault = visit_by_number(desk->record, text, &id);

	if (!fault && !id)
		fault = visit_by_ending(desk->record, text, desk->clock.now,
					&found, &id);
	if (fault || !id || found > 1)
		return fault;
	if ((fault = visit_read(desk->record, id, &there, &visit)) ||
	    there != VISIT_FOUND)
		return fault;
	add_visit(finding, id, visit.number, "", "desk.has_been_here");
	visit_done(&visit);
	return FAULT_NONE;
}

/* --- people ----------------------------------------------------------------
 */

static void take_person(void *to, const struct people_found *found)
{
	struct finding *finding = to;
	/* The whole of it, by which people are told apart. */
	const char *name = found->latin[0] ? found->latin : found->preferred;
	struct hit *hit = add(finding, found->number, name, found->own_script);

	hit->person = found->person;
	hit->born =
	    found->birth_from[0]
		? day_shown(finding->desk->staff.words, found->birth_from)
		: desk_word(finding->desk, "desk.nothing_here");
}

static enum fault look_among_people(struct finding *finding, const char *text)
{
	struct desk *desk = finding->desk;
	struct people_told told = { 0 };
	enum fault fault =
	    people_find(desk->record, text, PEOPLE_SHOWN, &desk->staff.who,
			take_person, finding, &told);

	finding->walled = told.walled;
	return fault;
}

static void look(struct finding *finding)
{
	const char *text = prompt_text(finding->prompt);
	enum fault fault = FAULT_NONE;

	forget(finding);
	finding->walled = 0;
	if (text[0]) {
		look_in_sight(finding, text);
		if (!finding->count)
			fault = look_among_ended(finding, text);
		if (!fault)
			fault = look_among_people(finding, text);
		if (fault)
			desk_say_trouble(finding->desk);
	}
	table_set_count(finding->table, finding->count);
}

/* --- the screen ------------------------------------------------------------
 */

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	static const struct table_column columns[COLUMNS] = {
		[NUMBER] = { NULL, 9, CANVAS_START, 0 },
		[NAME] = { NULL, 0, CANVAS_START, 0 },
		[OWN] = { NULL, 0, CANVAS_START, 2 },
		[BORN] = { NULL, 18, CANVAS_START, 1 },
	};
	struct finding *finding = xcalloc(1, sizeof *finding);
	SCOPED(char_freep) char *empty = desk_word(desk, "desk.find_how");

	(void)about;
	finding->desk = desk;
	finding->prompt = prompt_new("/", desk->staff.language);
	finding->table = table_new(&(struct table_options){
	    .language = desk->staff.language,
	    .columns = columns,
	    .column_count = COLUMNS,
	    .empty = empty,
	    .fill = fill,
	    .to = finding,
	});
	*state = finding;
	return FAULT_NONE;
}

static void leave(void *state)
{
	struct finding *finding = state;

	forget(finding);
	free(finding->hits);
	prompt_free(finding->prompt);
	table_free(finding->table);
	free(finding);
}

/* Who is behind another team's wall is counted, and not shown. */
static char *note_of(const struct finding *finding)
{
	const struct catalogue_argument count = {
		.name = "count",
		.number = (double)finding->walled,
	};

	return finding->walled
		   ? desk_words(finding->desk, "desk.walled", &count, 1)
		   : xstrdup("");
}

static void draw(void *state, struct canvas *canvas)
{
	struct finding *finding = state;
	SCOPED(char_freep)
	char *title = desk_word(finding->desk, "desk.find_heading");
	SCOPED(char_freep) char *note = note_of(finding);
	struct canvas_area area = frame_draw(finding->desk, canvas, title);

	prompt_draw(finding->prompt, canvas, area.y + area.h - 1, 1, area.w - 2,
		    note);
	area.h -= 2;
	table_draw(finding->table, canvas, area, true);
}

/* What is found opens a screen: this one goes first. */
static void finish(struct finding *finding)
{
	struct desk *desk = finding->desk;
	struct hit hit = { 0 };

	if (finding->count)
		hit = finding->hits[table_selected(finding->table)];
	desk_done(desk);
	if (hit.visit)
		desk_show(desk, hit.visit, &desk_ticket_screen);
	else if (hit.person)
		open_entity(desk, kind_find("person"), hit.person);
	else
		desk_say_key(desk, "desk.not_found");
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct finding *finding = state;
	enum table_event moved = TABLE_IGNORED;

	/* Home and End belong to what is written. */
	if (event->key != UI_KEY_HOME && event->key != UI_KEY_END)
		moved = table_key(finding->table, event);
	if (moved == TABLE_OPENED)
		finish(finding);
	if (moved != TABLE_IGNORED)
		return SCREEN_STAY;
	switch (prompt_key(finding->prompt, event)) {
	case PROMPT_CHANGED:
		look(finding);
		table_select(finding->table, 0);
		return SCREEN_STAY;
	case PROMPT_ENTERED:
		finish(finding);
		return SCREEN_STAY;
	case PROMPT_CANCELLED:
		return SCREEN_BACK;
	default:
		return SCREEN_STAY;
	}
}

static void refresh(void *state)
{
	look(state);
}

const struct view desk_find_screen = {
	.name = "find",
	.enter = enter,
	.draw = draw,
	.key = key,
	.writing = view_writes,
	.refresh = refresh,
	.leave = leave,
};
