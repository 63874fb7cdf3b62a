#include "desk/assess.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "desk/action.h"
#include "desk/answer.h"
#include "desk/day.h"
#include "desk/frame.h"
#include "desk/goal.h"
#include "desk/need.h"
#include "desk/pick.h"
#include "desk/plan.h"
#include "desk/titled.h"
#include "desk/value.h"
#include "desk/write.h"
#include "record/plan.h"
#include "ui/table.h"

enum column { NEED, SELF, BEFORE, NOW, MARK, STRENGTHS, NOTE, COLUMNS };
#define HEAD_ROWS 3
#define WIDE 100 /* columns from which strengths have a column */
#define HAS_STRENGTHS "✦"

struct assessing {
	struct desk *desk;
	int64_t id;
	struct assess now, before, self; /* before, self: id 0 where none */
	char *cells[COLUMNS];
	struct goal_wish wish; /* the goal that is being written */
	struct table *table;
};

/* --- rows -----------------------------------------------------------------
 */

/* "seen ✦" */
static char *mark_of(const struct assessing *view,
		     const struct assess_level *level)
{
	const char *key = !level->id                     ? NULL
			  : level->unchanged             ? "assess.no_change"
			  : level->source == SOURCE_SEEN ? "assess.seen"
							 : NULL;
	SCOPED(char_freep)
	char *word = key ? desk_word(view->desk, key) : xstrdup("");

	return xasprintf("%s%s%s", word, word[0] && level->strengths ? " " : "",
			 level->strengths ? HAS_STRENGTHS : "");
}

static char *text_of(const struct assessing *view, int column,
		     enum domain domain)
{
	const struct assess_level *now = &view->now.levels[domain];

	switch (column) {
	case NEED:
		return need_word(view->desk, domain);
	case MARK:
		return mark_of(view, now);
	case STRENGTHS:
		return xstrdup(now->strengths ?: "");
	default:
		return xstrdup(now->note ?: "");
	}
}

static struct table_cell fill(void *to, size_t row, int column)
{
	struct assessing *view = to;
	const enum domain domain = need_row(row);
	const struct assess_level *const of[COLUMNS] = {
		[SELF] = &view->self.levels[domain],
		[BEFORE] = &view->before.levels[domain],
		[NOW] = &view->now.levels[domain],
	};
	const struct assess_level *now = of[NOW];
	struct table_cell cell = { .colour = CANVAS_INK };

	free(view->cells[column]);
	if (of[column]) {
		view->cells[column] = need_level(view->desk, of[column]);
		cell.colour = need_colour(of[column]->level);
	} else {
		view->cells[column] = text_of(view, column, domain);
	}
	cell.text = view->cells[column];
	cell.bold = (column == NOW && now->level == LEVEL_CRISIS) ||
		    (column == NEED && view->self.levels[domain].foremost);
	return cell;
}

/* --- reading --------------------------------------------------------------
 */

/* What cannot be read is as if it was not there; the desk has said why. */
static bool read_one(struct assessing *view, int64_t id, struct assess *out)
{
	struct desk *desk = view->desk;
	struct assess read = { 0 };
	enum entity_answer answer = ENTITY_NOT_THERE;

	if (id && assess_read(desk->record, id, &desk->staff.who,
			      desk->clock.now, &answer, &read)) {
		desk_say_trouble(desk);
		return false;
	}
	if (id && answer != ENTITY_DONE) {
		answer_say(desk, answer);
		return false;
	}
	assess_done(out);
	*out = read;
	return id != 0;
}

static void read_others(struct assessing *view)
{
	SCOPED(char_freep)
	char *person = xasprintf("%lld", (long long)view->now.person);
	const struct entity_match said[] = { { "person", person },
					     { "what", "self" },
					     { NULL, NULL } };
	struct record *record = view->desk->record;
	int64_t before = 0, self = 0;

	if (assess_before(record, view->id, &before) ||
	    entity_first(record, kind_find("assessment"), said, "-number",
			 &self)) {
		desk_say_trouble(view->desk);
		return;
	}
	(void)read_one(view, before, &view->before);
	(void)read_one(view, self, &view->self);
}

static void refresh(void *state)
{
	struct assessing *view = state;

	if (read_one(view, view->id, &view->now))
		read_others(view);
}

static void leave(void *state)
{
	struct assessing *view = state;

	assess_done(&view->now);
	assess_done(&view->before);
	assess_done(&view->self);
	for (size_t i = 0; i < COLUMNS; i++)
		free(view->cells[i]);
	table_free(view->table);
	free(view);
}

static struct table *make_table(struct assessing *view)
{
	static const struct titled_column columns[COLUMNS] = {
		[NEED] = { "assess.need", 23, 0 },
		[SELF] = { "assess.said", 11, 0 },
		[BEFORE] = { "assess.before", 11, 0 },
		[NOW] = { "assess.now", 11, 0 },
		[MARK] = { NULL, 12, 1 },
		[STRENGTHS] = { "assess.strengths", 0, 3 },
		[NOTE] = { "assess.note", 0, 2 },
	};
	struct table *table =
	    titled_table(view->desk, columns, COLUMNS, NULL, fill, view);

	table_set_count(table, NEED_ROWS);
	return table;
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	const struct entity_name *name = about;
	struct assessing *view = xcalloc(1, sizeof *view);

	view->desk = desk;
	view->id = name->id;
	view->table = make_table(view);
	refresh(view);
	*state = view;
	return FAULT_NONE;
}

/* --- what stands on top ----------------------------------------------------
 */

/* When, by whom, and whether it still may change. */
static char *when_words(const struct assessing *view)
{
	const struct assess *now = &view->now;
	const struct catalogue *words = view->desk->staff.words;
	SCOPED(char_freep) char *day = day_shown(words, now->day ?: "");
	SCOPED(char_freep)
	char *due = now->next_due ? day_shown(words, now->next_due) : NULL;
	const struct catalogue_argument parts[] = {
		{ .name = "day", .text = day },
		{ .name = "by", .text = now->author ?: "" },
		{ .name = "due", .text = due ?: "" },
	};
	const char *key = !now->signed_at ? "assess.unsigned"
			  : due           ? "assess.signed_due"
			  : now->author && now->author[0]
			      ? "assess.signed"
			      : "assess.self_report";

	return desk_words(view->desk, key, parts, COUNT(parts));
}

static char *stream_of(const struct assessing *view)
{
	SCOPED(char_freep)
	char *person = xasprintf("%lld", (long long)view->now.person);
	const struct entity_match of[] = { { "person", person },
					   { NULL, NULL } };
	const struct kind *kind = kind_find("stream");
	SCOPED(entity_freep) struct entity *stream = NULL;
	struct desk *desk = view->desk;
	enum entity_answer answer;
	int64_t id = 0;

	if (!entity_first(desk->record, kind, of, NULL, &id) && id &&
	    entity_read(desk->record, kind, id, &desk->staff.who,
			desk->clock.now, &answer, &stream))
		desk_say_trouble(desk);
	return value_code(desk, kind, kind_field(kind, "state"),
			  stream ? entity_text(stream, "state") : "none");
}

/* "Intensive stream suggested: HOU INC · assigned: screened". */
static char *stream_words(const struct assessing *view)
{
	enum domain pressing[DOMAIN_COUNT];
	struct bytes needs = { 0 };
	SCOPED(char_freep) char *assigned = stream_of(view);
	size_t count;
	bool suggested = assess_suggests(&view->now, pressing, &count);
	char *words;

	bytes_add_text(&needs, "");
	for (size_t i = 0; i < count; i++) {
		SCOPED(char_freep)
		char *need = need_word(view->desk, pressing[i]);

		bytes_add_format(&needs, "%s%s", i ? ", " : "", need);
	}
	{
		const struct catalogue_argument parts[] = {
			{ .name = "needs", .text = (char *)needs.data },
			{ .name = "assigned", .text = assigned },
		};

		words = desk_words(
		    view->desk, suggested ? "assess.intensive" : "assess.usual",
		    parts, COUNT(parts));
	}
	bytes_done(&needs);
	return words;
}

/* What they said comes first for them stands above all levels. */
static char *first_words(const struct assessing *view)
{
	for (size_t i = 0; i < DOMAIN_COUNT; i++) {
		if (view->self.levels[i].foremost) {
			SCOPED(char_freep)
			char *need = need_word(view->desk, (enum domain)i);
			const struct catalogue_argument value = {
				.name = "value", .text = need
			};

			return desk_words(view->desk, "desk.first_need", &value,
					  1);
		}
	}
	return desk_word(view->desk, "desk.first_need_unknown");
}

/* Where there is no column for them. */
static const char *hidden_strengths(const struct assessing *view, int width)
{
	return width < WIDE
		   ? view->now.levels[need_row(table_selected(view->table))]
			 .strengths
		   : NULL;
}

static void draw(void *state, struct canvas *canvas)
{
	struct assessing *view = state;
	const char *language = view->desk->staff.language;
	SCOPED(char_freep) char *what = need_version(view->desk, &view->now);
	SCOPED(char_freep)
	char *who =
	    value_called(view->desk, kind_find("person"), view->now.person);
	SCOPED(char_freep) char *title = xasprintf("%s · %s", what, who);
	SCOPED(char_freep) char *first = first_words(view);
	SCOPED(char_freep) char *when = when_words(view);
	SCOPED(char_freep) char *stream = stream_words(view);
	struct canvas_area area = frame_draw(view->desk, canvas, title);

	frame_line(canvas, area.y, 2, area.w - 3, first, language, CANVAS_BOLD,
		   CANVAS_INK);
	frame_line(canvas, area.y + 1, 2, area.w - 3, when, language,
		   CANVAS_PLAIN, CANVAS_INK);
	frame_line(canvas, area.y + 2, 2, area.w - 3, stream, language,
		   CANVAS_PLAIN, CANVAS_INK);
	area.y += HEAD_ROWS;
	area.h -= HEAD_ROWS;
	need_strengths(view->desk, canvas, &area, "assess.strengths_whole",
		       view->now.strengths, NEED_ABOVE);
	need_strengths(view->desk, canvas, &area, "assess.strengths_here",
		       hidden_strengths(view, area.w), NEED_BELOW);
	table_draw(view->table, canvas, area, true);
}

/* --- levels ---------------------------------------------------------------
 */

static enum domain selected(const struct assessing *view)
{
	return need_row(table_selected(view->table));
}

static bool is_open(const struct desk *desk, const void *state)
{
	(void)desk;
	return !((const struct assessing *)state)->now.signed_at;
}

static bool is_signed(const struct desk *desk, const void *state)
{
	return !is_open(desk, state);
}

static void say(struct assessing *view, const struct assess_said *said)
{
	struct desk *desk = view->desk;
	enum entity_answer answer;

	if (assess_say(desk->record, view->id, said, &desk->staff.who,
		       desk->clock.now, &answer))
		desk_say_trouble(desk);
	else if (answer != ENTITY_DONE)
		answer_say(desk, answer);
	desk_changed(desk);
}

/* How it stands, and on to the next row. */
static void set_level(struct assessing *view, enum need_level level)
{
	const enum domain domain = selected(view);

	say(view, &(struct assess_said){
		      .domain = domain,
		      .level = level,
		      .source = SOURCE_TOLD,
		  });
	table_select(view->table, table_selected(view->table) + 1);
}

#define LEVEL_ACTION(name, level)                        \
	static void name(struct desk *desk, void *state) \
	{                                                \
		(void)desk;                              \
		set_level(state, level);                 \
	}
LEVEL_ACTION(set_crisis, LEVEL_CRISIS)
LEVEL_ACTION(set_vulnerable, LEVEL_VULNERABLE)
LEVEL_ACTION(set_stable, LEVEL_STABLE)
LEVEL_ACTION(set_thriving, LEVEL_THRIVING)
LEVEL_ACTION(set_unknown, LEVEL_UNKNOWN)

/* Whether proof was seen of how it stands, or it was told. */
static void turn_source(struct desk *desk, void *state)
{
	struct assessing *view = state;
	const enum domain domain = selected(view);
	const struct assess_level *now = &view->now.levels[domain];

	(void)desk;
	say(view, &(struct assess_said){
		      .domain = domain,
		      .level = now->level,
		      .source = now->source == SOURCE_SEEN ? SOURCE_TOLD
							   : SOURCE_SEEN,
		  });
}

/* The selected need as it stands, for whoever writes beside it. */
static struct assess_said as_it_stands(const struct assessing *view)
{
	const enum domain domain = selected(view);
	const struct assess_level *now = &view->now.levels[domain];

	return (struct assess_said){
		.domain = domain,
		.level = now->level,
		.source = now->id ? now->source : SOURCE_TOLD,
	};
}

static void take_note(struct desk *desk, void *to, const char *text)
{
	struct assess_said said = as_it_stands(to);

	(void)desk;
	said.note = text;
	say(to, &said);
}

static void write_note(struct desk *desk, void *state)
{
	struct assessing *view = state;
	SCOPED(char_freep) char *title = need_word(desk, selected(view));

	write_open(desk, &(struct write){
			     .title = title,
			     .text = view->now.levels[selected(view)].note,
			     .lines = true,
			     .done = take_note,
			     .to = view,
			 });
}

/* --- strengths -------------------------------------------------------------
 */

static void take_strengths(struct desk *desk, void *to, const char *text)
{
	struct assess_said said = as_it_stands(to);

	(void)desk;
	said.strengths = text;
	say(to, &said);
}

static void take_whole(struct desk *desk, void *to, const char *text)
{
	const struct assessing *view = to;
	SCOPED(entity_freep) struct entity *assess = NULL;
	enum entity_answer answer;
	enum fault fault =
	    entity_read(desk->record, kind_find("assessment"), view->id,
			&desk->staff.who, desk->clock.now, &answer, &assess);

	if (!fault && answer == ENTITY_DONE) {
		(void)entity_set(assess, "strengths", text);
		fault = entity_save(desk->record, assess, SOURCE_TOLD,
				    &desk->staff.who, desk->clock.now, &answer,
				    NULL);
	}
	if (fault)
		desk_say_trouble(desk);
	else if (answer != ENTITY_DONE)
		answer_say(desk, answer);
	desk_changed(desk);
}

static void pick_strengths(struct desk *desk, void *to, const size_t *rows,
			   size_t count)
{
	struct assessing *view = to;
	const bool whole = count && rows[0] == 1;
	SCOPED(char_freep)
	char *title = whole ? desk_word(desk, "assess.whole")
			    : need_word(desk, selected(view));
	SCOPED(char_freep)
	char *hint = desk_word(desk, "assess.strengths_hint");

	if (count)
		write_open(
		    desk,
		    &(struct write){
			.title = title,
			.hint = hint,
			.text =
			    whole ? view->now.strengths
				  : view->now.levels[selected(view)].strengths,
			.lines = true,
			.done = whole ? take_whole : take_strengths,
			.to = view,
		    });
}

/* What goes well is asked for as what does not: of a need, or of them. */
static void write_strengths(struct desk *desk, void *state)
{
	struct assessing *view = state;
	SCOPED(char_freep) char *title = desk_word(desk, "assess.strengths");
	SCOPED(char_freep) char *need = need_word(desk, selected(view));
	SCOPED(char_freep) char *whole = desk_word(desk, "assess.whole");
	const char *const rows[] = { need, whole };

	pick_open(desk, &(struct pick){ .title = title,
					.rows = rows,
					.count = COUNT(rows),
					.done = pick_strengths,
					.to = view });
}

static void take_level(struct desk *desk, void *to, const size_t *rows,
		       size_t count)
{
	static const enum need_level levels[] = {
		LEVEL_CRISIS,   LEVEL_VULNERABLE, LEVEL_STABLE,
		LEVEL_THRIVING, LEVEL_UNKNOWN,
	};

	(void)desk;
	if (count)
		set_level(to, levels[rows[0]]);
}

/* The same with words, for whoever does not know the keys yet. */
static void pick_level(struct desk *desk, void *state)
{
	struct assessing *view = state;
	static const char *const keys[] = {
		"assess.crisis_is", "assess.vulnerable_is", "assess.stable_is",
		"assess.thriving_is", "assess.unknown_is"
	};
	SCOPED(char_freep) char *title = need_word(desk, selected(view));
	char *rows[COUNT(keys)];

	for (size_t i = 0; i < COUNT(keys); i++)
		rows[i] = desk_word(desk, keys[i]);
	pick_open(desk, &(struct pick){
			    .title = title,
			    .rows = (const char *const *)rows,
			    .count = COUNT(keys),
			    .done = take_level,
			    .to = view,
			});
	for (size_t i = 0; i < COUNT(keys); i++)
		free(rows[i]);
}

/* --- versions -------------------------------------------------------------
 */

static void sign(struct desk *desk, void *to, const size_t *rows, size_t count)
{
	struct assessing *view = to;
	enum entity_answer answer;

	if (!count || rows[0] != 0)
		return;
	if (assess_sign(desk->record, view->id, assess_days(desk->settings),
			&desk->staff.who, desk->clock.now, &answer, NULL))
		desk_say_trouble(desk);
	else if (answer != ENTITY_DONE)
		answer_say(desk, answer);
	else
		desk_say_key(desk, "assess.is_signed");
	desk_changed(desk);
}

/* It cannot be taken back, so one key alone does not do it. */
static void ask_to_sign(struct desk *desk, void *state)
{
	SCOPED(char_freep) char *title = desk_word(desk, "assess.sign_title");
	SCOPED(char_freep) char *yes = desk_word(desk, "assess.sign_yes");
	SCOPED(char_freep) char *no = desk_word(desk, "assess.sign_no");
	const char *const rows[] = { yes, no };

	pick_open(desk, &(struct pick){ .title = title,
					.rows = rows,
					.count = COUNT(rows),
					.done = sign,
					.to = state });
}

static bool begin(struct desk *desk, int64_t person, const char *what,
		  int64_t *id)
{
	char today[DAY_BYTES];
	enum entity_answer answer;

	day_of(desk->clock.now, today);
	if (assess_begin(desk->record, person, what, today, 0, &desk->staff.who,
			 desk->clock.now, &answer, id)) {
		desk_say_trouble(desk);
		return false;
	}
	if (answer != ENTITY_DONE)
		answer_say(desk, answer);
	return answer == ENTITY_DONE;
}

static void begin_next(struct desk *desk, void *state)
{
	struct assessing *view = state;
	const char *what = strcmp(view->now.what, "self") == 0 ? "first"
			   : strcmp(view->now.what, "first") == 0
			       ? "full"
			       : "reassessment";
	int64_t id;

	if (!begin(desk, view->now.person, what, &id))
		return;
	view->id = id;
	desk_changed(desk);
	desk_say_key(desk, "assess.begun");
}

/* The panel keeps a pointer for us; it is the person's id. */
static_assert(sizeof(void *) >= sizeof(int64_t), "an id fits into a pointer");

static void begin_first(struct desk *desk, void *to, const size_t *rows,
			size_t count)
{
	struct entity_name name = { kind_find("assessment"), 0 };

	if (count && rows[0] == 0 &&
	    begin(desk, (int64_t)(intptr_t)to, "first", &name.id))
		desk_open(desk, &desk_assess_screen, &name);
}

/* Whoever only looks writes nothing down. */
static void ask_to_begin(struct desk *desk, int64_t person)
{
	SCOPED(char_freep) char *title = desk_word(desk, "assess.none_yet");
	SCOPED(char_freep) char *yes = desk_word(desk, "assess.begin_first");
	SCOPED(char_freep) char *no = desk_word(desk, "assess.not_now");
	const char *const rows[] = { yes, no };

	pick_open(desk, &(struct pick){ .title = title,
					.rows = rows,
					.count = COUNT(rows),
					.done = begin_first,
					.to = (void *)(intptr_t)person });
}

void assess_open(struct desk *desk, int64_t person)
{
	struct entity_name name = { kind_find("assessment"), 0 };

	if (assess_newest(desk->record, person, &name.id))
		desk_say_trouble(desk);
	else if (name.id)
		desk_open(desk, &desk_assess_screen, &name);
	else
		ask_to_begin(desk, person);
}

static void compare(struct desk *desk, void *state)
{
	desk_open(desk, &desk_compare_screen, &((struct assessing *)state)->id);
}

static bool has_before(const struct desk *desk, const void *state)
{
	(void)desk;
	return ((const struct assessing *)state)->before.id;
}

/* --- goals ----------------------------------------------------------------
 */

static void open_goal(struct desk *desk, void *state)
{
	struct assessing *view = state;

	view->wish = (struct goal_wish){
		.person = view->now.person,
		.assessment = view->id,
		.domain = selected(view),
	};
	goal_write(desk, &view->wish);
}

static void show_plan(struct desk *desk, void *state)
{
	const struct entity_name name = {
		kind_find("person"), ((struct assessing *)state)->now.person
	};

	desk_open(desk, &desk_plan_screen, &name);
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct assessing *view = state;

	if (action_key(view->desk, event))
		return SCREEN_STAY;
	if (table_key(view->table, event) == TABLE_OPENED &&
	    !view->now.signed_at)
		pick_level(view->desk, view);
	return SCREEN_STAY;
}

static const struct action actions[] = {
	{ '1', "assess.crisis", "assess.crisis_is", is_open, set_crisis },
	{ '2', "assess.vulnerable", "assess.vulnerable_is", is_open,
	  set_vulnerable },
	{ '3', "assess.stable", "assess.stable_is", is_open, set_stable },
	{ '4', "assess.thriving", "assess.thriving_is", is_open, set_thriving },
	{ '0', "assess.unknown", "assess.unknown_is", is_open, set_unknown },
	{ 'r', "assess.proof", "assess.proof_about", is_open, turn_source },
	{ 'i', "assess.write", "assess.write_about", is_open, write_note },
	{ 't', "assess.strengths_key", "assess.strengths_about", is_open,
	  write_strengths },
	{ 's', "assess.sign", "assess.sign_about", is_open, ask_to_sign },
	{ 'b', "assess.begin", "assess.begin_about", is_signed, begin_next },
	{ '=', "assess.compare", "assess.compare_about", has_before, compare },
	{ '+', "plan.goal", "plan.goal_about", NULL, open_goal },
	{ 'y', "plan.plan", "plan.plan_about", NULL, show_plan },
	{ 0 },
};

const struct view_mark assess_marks[] = {
	{ "·", "assess.mark_nothing" },
	{ HAS_STRENGTHS, "assess.mark_strengths" },
	{ NULL, NULL },
};

const struct view desk_assess_screen = {
	.name = "assessment",
	.actions = actions,
	.marks = assess_marks,
	.enter = enter,
	.draw = draw,
	.key = key,
	.refresh = refresh,
	.leave = leave,
};
