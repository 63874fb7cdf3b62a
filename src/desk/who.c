#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "desk/action.h"
#include "desk/answer.h"
#include "desk/card.h"
#include "desk/day.h"
#include "desk/frame.h"
#include "desk/open.h"
#include "desk/pick.h"
#include "desk/screens.h"
#include "desk/sift.h"
#include "record/people_visit.h"
#include "ui/table.h"

/*
 * "Who is it?": those of the record whom a visit may be of, each with why, the
 * likeliest first. A worker says who it is, that it is none of them, or makes a
 * new person; nothing happens by itself.
 */
#define CARD_ROWS 9 /* of the ticket, below the candidates */

struct candidate {
	int64_t person;
	char *name, *own, *born, *why;
	bool likely;
};

enum column { NAME, OWN, BORN, WHY, COLUMNS };

/* What is to be done once they agreed to be kept. */
enum wish { ATTACH, MAKE };

struct who {
	struct desk *desk;
	int64_t visit, person; /* the candidate that is attached */
	enum wish wish;
	struct candidate *candidates;
	size_t count, walled;
	char *first_need; /* the visit's, in words */
	struct sift *sift;
	struct table *table;
};

static struct table_cell fill(void *to, size_t row, int column)
{
	const struct who *who = to;
	const struct candidate *candidate = &who->candidates[row];
	const char *texts[COLUMNS] = {
		[NAME] = candidate->name,
		[OWN] = candidate->own,
		[BORN] = candidate->born,
		[WHY] = candidate->why,
	};

	return (struct table_cell){
		.text = texts[column],
		.colour =
		    column == NAME || column == OWN ? CANVAS_INK : CANVAS_QUIET,
		.bold = candidate->likely && column == NAME,
	};
}

/* --- candidates ------------------------------------------------------------
 */

static void forget(struct who *who)
{
	while (who->count) {
		struct candidate *candidate = &who->candidates[--who->count];

		char_wipe(candidate->name);
		char_wipe(candidate->own);
		char_wipe(candidate->born);
		free(candidate->why);
	}
}

/* "same telephone · name sounds alike · but another birth". */
static char *why_words(const struct desk *desk, unsigned reasons)
{
	struct bytes line = { 0 };

	bytes_add_text(&line, "");
	for (enum match_reason i = 0; i < MATCH_REASONS; i++) {
		SCOPED(char_freep) char *key = NULL;
		SCOPED(char_freep) char *word = NULL;

		if (!(reasons & (1u << i)))
			continue;
		key = xasprintf("code.match.reason.%s", match_reason_word(i));
		word = desk_word(desk, key);
		bytes_add_format(&line, "%s%s", line.length ? " · " : "", word);
	}
	return bytes_take_text(&line);
}

static void take(void *to, const struct people_found *found)
{
	struct who *who = to;
	struct candidate *candidate;
	/* The whole of it, by which people are told apart. */
	const char *name = found->latin[0] ? found->latin : found->preferred;

	who->candidates = xreallocarray(who->candidates, who->count + 1,
					sizeof *who->candidates);
	candidate = &who->candidates[who->count++];
	*candidate = (struct candidate){
		.person = found->person,
		.name = xasprintf("%s · %s", name, found->number),
		.own = xstrdup(found->own_script),
		.born =
		    found->birth_from[0]
			? day_shown(who->desk->staff.words, found->birth_from)
			: desk_word(who->desk, "desk.nothing_here"),
		.why = why_words(who->desk, found->match.reasons),
		.likely = found->match.suggested,
	};
}

static enum fault look(struct who *who)
{
	struct desk *desk = who->desk;
	const char *text = sift_text(who->sift);
	struct people_told told = { 0 };
	enum fault fault;

	forget(who);
	if (text[0])
		fault = people_find(desk->record, text, PEOPLE_SHOWN,
				    &desk->staff.who, take, who, &told);
	else
		fault = people_candidates_of_visit(
		    desk->record, who->visit, true, PEOPLE_SHOWN,
		    &desk->staff.who, take, who, &told);
	who->walled = told.walled;
	table_set_count(who->table, who->count);
	return fault;
}

/* --- the screen ------------------------------------------------------------
 */

static void leave(void *state)
{
	struct who *who = state;

	forget(who);
	free(who->candidates);
	sift_free(who->sift);
	char_wipe(who->first_need);
	table_free(who->table);
	free(who);
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	const struct table_column columns[COLUMNS] = {
		[NAME] = { NULL, 0, CANVAS_START, 0 },
		[OWN] = { NULL, 14, CANVAS_START, 2 },
		[BORN] = { NULL, day_cells(desk->staff.words) + 1, CANVAS_START,
			   1 },
		[WHY] = { NULL, 0, CANVAS_START, 0 },
	};
	struct who *who = xcalloc(1, sizeof *who);
	SCOPED(char_freep) char *empty = desk_word(desk, "desk.nobody_fits");
	enum fault fault;

	who->desk = desk;
	who->visit = *(const int64_t *)about;
	who->sift = sift_new(desk, "/");
	who->table = table_new(&(struct table_options){
	    .language = desk->staff.language,
	    .columns = columns,
	    .column_count = COLUMNS,
	    .empty = empty,
	    .fill = fill,
	    .to = who,
	});
	if ((fault =
		 filing_first_need(desk->filing, who->visit,
				   desk->staff.language, &who->first_need)) ||
	    (fault = look(who))) {
		leave(who);
		return fault;
	}
	*state = who;
	return FAULT_NONE;
}

static char *walled_note(const struct who *who)
{
	const struct catalogue_argument count = {
		.name = "count",
		.number = (double)who->walled,
	};

	return who->walled ? desk_words(who->desk, "desk.walled", &count, 1)
			   : xstrdup("");
}

static void draw(void *state, struct canvas *canvas)
{
	struct who *who = state;
	struct desk *desk = who->desk;
	SCOPED(char_freep) char *number = desk_number(desk);
	const struct catalogue_argument of = { .name = "number",
					       .text = number };
	SCOPED(char_freep)
	char *title = desk_words(desk, "desk.who_title", &of, 1);
	SCOPED(char_freep) char *note = walled_note(who);
	struct canvas_area area = frame_draw(desk, canvas, title), card = area;

	card.h = area.h / 2 < CARD_ROWS ? area.h / 2 : CARD_ROWS;
	card.y = area.y + area.h - card.h;
	card.x = 1;
	card.w = area.w - 2;
	area.h -= card.h + 1;
	canvas_rule(canvas, card.y - 1, 0, area.w);
	card_draw(desk, canvas, &card, who->first_need);
	if (!sift_draw(who->sift, canvas, &area, note) && note[0]) {
		frame_line(canvas, area.y++, 2, area.w - 4, note,
			   desk->staff.language, CANVAS_PLAIN, CANVAS_QUIET);
		area.h--;
	}
	table_draw(who->table, canvas, area, true);
}

static bool writing(const void *state)
{
	return sift_is_typed(((const struct who *)state)->sift);
}

static void refresh(void *state)
{
	struct who *who = state;

	if (look(who))
		desk_say_trouble(who->desk);
}

/* --- saying who ------------------------------------------------------------
 */

static void say_answer(struct desk *desk, enum people_answer answer)
{
	static const char *const keys[PEOPLE_ANSWERS] = {
		[PEOPLE_NOT_THERE] = "desk.not_there",
		[PEOPLE_REFUSED] = "desk.refused",
		[PEOPLE_ATTACHED] = "desk.is_attached",
		[PEOPLE_ASK] = "desk.ask_keep",
		[PEOPLE_EMPTIED] = "desk.emptied",
		[PEOPLE_CLOSED] = "desk.closed",
		[PEOPLE_SELF] = "desk.wrong",
		[PEOPLE_NOTHING] = "desk.nothing_to_undo",
		[PEOPLE_LOCKED] = "desk.names_locked",
	};

	desk_say_key(desk, keys[answer]);
}

static void do_wish(struct who *who, bool confirmed);

static void take_agreed(struct desk *desk, void *to, const size_t *rows,
			size_t count)
{
	if (count && rows[0] == 0)
		do_wish(to, true);
	else
		desk_say_key(desk, "desk.not_kept");
}

/* The kiosk's answer was not to keep: a worker asks them, alone. */
static void ask(struct who *who)
{
	struct desk *desk = who->desk;
	SCOPED(char_freep) char *title = desk_word(desk, "desk.ask_keep");
	SCOPED(char_freep) char *yes = desk_word(desk, "desk.ask_keep_yes");
	SCOPED(char_freep) char *no = desk_word(desk, "desk.ask_keep_no");
	const char *const rows[] = { yes, no };

	pick_open(desk, &(struct pick){
			    .title = title,
			    .rows = rows,
			    .count = COUNT(rows),
			    .done = take_agreed,
			    .to = who,
			});
}

static enum fault ask_record(struct who *who, bool confirmed,
			     enum people_answer *answer)
{
	struct desk *desk = who->desk;

	return who->wish == MAKE
		   ? people_from_visit(desk->record, who->visit, confirmed,
				       &desk->staff.who, desk->clock.now,
				       answer, &who->person)
		   : people_attach(desk->record, who->visit, who->person,
				   confirmed, &desk->staff.who, desk->clock.now,
				   answer);
}

static void do_wish(struct who *who, bool confirmed)
{
	struct desk *desk = who->desk;
	int64_t person;
	enum people_answer answer;

	if (ask_record(who, confirmed, &answer)) {
		desk_say_trouble(desk);
	} else if (answer == PEOPLE_ASK) {
		ask(who);
	} else if (answer != PEOPLE_DONE) {
		say_answer(desk, answer);
	} else {
		person = who->person;
		desk_done(desk);
		desk_refresh(desk);
		open_entity(desk, kind_find("person"), person);
		desk_say_key(desk, "desk.attached");
	}
}

static struct candidate *selected(const struct who *who)
{
	return &who->candidates[table_selected(who->table)];
}

static bool has_candidates(const struct desk *desk, const void *state)
{
	(void)desk;
	return ((const struct who *)state)->count > 0;
}

static void attach(struct desk *desk, void *state)
{
	struct who *who = state;

	(void)desk;
	who->person = selected(who)->person;
	who->wish = ATTACH;
	do_wish(who, false);
}

static void make(struct desk *desk, void *state)
{
	struct who *who = state;

	(void)desk;
	who->wish = MAKE;
	do_wish(who, false);
}

static void not_same(struct desk *desk, void *state)
{
	struct who *who = state;
	enum entity_answer answer;

	if (people_not_same(desk->record, selected(who)->person, 0, who->visit,
			    &desk->staff.who, desk->clock.now, &answer)) {
		desk_say_trouble(desk);
		return;
	}
	if (answer != ENTITY_DONE) {
		answer_say(desk, answer);
		return;
	}
	refresh(who);
	desk_say_key(desk, "desk.not_same_kept");
}

static void type(struct desk *desk, void *state)
{
	(void)desk;
	sift_type(((struct who *)state)->sift);
}

static const struct action actions[] = {
	{ '\r', "desk.is_them", "desk.is_them_about", has_candidates, attach },
	{ '+', "desk.new_person", "desk.new_person_about", NULL, make },
	{ 'x', "desk.not_same", "desk.not_same_about", has_candidates,
	  not_same },
	{ 'f', "desk.type_who", "desk.type_who_about", NULL, type },
	{ 0 },
};

/* --- keys ------------------------------------------------------------------
 */

/* One click does not say who somebody is. */
static enum screen_next key(void *state, const struct ui_event *event)
{
	struct who *who = state;

	if (sift_is_typed(who->sift)) {
		if (sift_key(who->sift, who->table, event)) {
			refresh(who);
			table_select(who->table, 0);
		}
	} else if (!action_key(who->desk, event)) {
		(void)table_key(who->table, event);
	}
	return SCREEN_STAY;
}

const struct view desk_who_screen = {
	.name = "who",
	.actions = actions,
	.enter = enter,
	.draw = draw,
	.key = key,
	.writing = writing,
	.refresh = refresh,
	.leave = leave,
};
