#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "desk/action.h"
#include "desk/add.h"
#include "desk/answer.h"
#include "desk/events.h"
#include "desk/frame.h"
#include "desk/lookup.h"
#include "desk/open.h"
#include "desk/screens.h"
#include "desk/sheet.h"
#include "desk/value.h"

/*
 * A household: who belongs to it and how, who its one worker is and whether
 * they share a language, and what happened with it. It has no head.
 */
#define MEMBERS_LEAST 4 /* rows, with their titles */

enum column { NAME, RELATION, BORN, CANADA, COLUMNS };

struct member {
	int64_t id, person;
	char *words[COLUMNS];
	bool left; /* was of it until some day */
};

enum focus { MEMBERS, EVENTS };

struct household {
	struct desk *desk;
	struct entity_name of;
	struct entity *entity;
	struct member *members;
	size_t count;
	char *languages; /* of all of them, each between blanks: " ti en " */
	struct table *table;
	struct events *events;
	enum focus focus;
};

/* --- members ---------------------------------------------------------------
 */

static struct table_cell fill(void *to, size_t row, int column)
{
	const struct household *household = to;
	const struct member *member = &household->members[row];

	return (struct table_cell){
		.text = member->words[column],
		.colour =
		    member->left || column != NAME ? CANVAS_QUIET : CANVAS_INK,
	};
}

static char *field_words(const struct desk *desk, const struct entity *entity,
			 const char *name)
{
	return value_shown(desk, entity->kind, kind_field(entity->kind, name),
			   entity_text(entity, name));
}

static bool take_member(void *to, const struct entity *entity)
{
	struct household *household = to;
	struct member *member;

	household->members =
	    xreallocarray(household->members, household->count + 1,
			  sizeof *household->members);
	member = &household->members[household->count++];
	*member = (struct member){
		.id = entity->id,
		.person = entity_number(entity, "person"),
		.left = entity_text(entity, "until") != NULL,
		.words = { [RELATION] =
			       field_words(household->desk, entity, "relation"),
			   [CANADA] = field_words(household->desk, entity,
						  "in_canada") },
	};
	return true;
}

struct born {
	const struct household *household;
	char *words, *language;
};

static bool take_person(void *to, const struct entity *person)
{
	struct born *born = to;
	const char *language = entity_text(person, "language");

	born->words = field_words(born->household->desk, person, "birth_from");
	born->language = language ? xstrdup(language) : NULL;
	return false;
}

static void name_member(struct household *household, struct member *member)
{
	struct desk *desk = household->desk;
	SCOPED(char_freep)
	char *id = xasprintf("%lld", (long long)member->person);
	const struct entity_match matches[] = { { "id", id }, { NULL, NULL } };
	struct born born = { household, NULL, NULL };
	char *longer;

	member->words[NAME] =
	    value_called(desk, kind_find("person"), member->person);
	(void)!entity_each(desk->record, kind_find("person"), matches, NULL, 1,
			   &desk->staff.who, take_person, &born);
	member->words[BORN] = born.words ? born.words : xstrdup("");
	if (!born.language)
		return;
	longer = xasprintf("%s%s ", household->languages, born.language);
	free(household->languages);
	free(born.language);
	household->languages = longer;
}

static void forget_members(struct household *household)
{
	while (household->count) {
		struct member *member = &household->members[--household->count];

		for (int i = 0; i < COLUMNS; i++)
			char_wipe(member->words[i]);
	}
	free(household->languages);
	household->languages = xstrdup(" ");
}

static enum fault read_members(struct household *household)
{
	struct desk *desk = household->desk;
	SCOPED(char_freep)
	char *id = xasprintf("%lld", (long long)household->of.id);
	const struct entity_match matches[] = { { "household", id },
						{ NULL, NULL } };
	enum fault fault;

	forget_members(household);
	if ((fault =
		 entity_each(desk->record, kind_find("member"), matches, NULL,
			     0, &desk->staff.who, take_member, household)))
		return fault;
	for (size_t i = 0; i < household->count; i++)
		name_member(household, &household->members[i]);
	table_set_count(household->table, household->count);
	return FAULT_NONE;
}

/* --- reading ---------------------------------------------------------------
 */

static enum fault read_entity(struct household *household)
{
	struct desk *desk = household->desk;
	enum entity_answer answer;
	struct entity *entity;
	enum fault fault =
	    entity_read(desk->record, household->of.kind, household->of.id,
			&desk->staff.who, desk->clock.now, &answer, &entity);

	if (fault)
		return fault;
	if (answer != ENTITY_DONE) {
		answer_say(desk, answer);
		return FAULT_NONE;
	}
	entity_free(household->entity);
	household->entity = entity;
	return FAULT_NONE;
}

static void leave(void *state)
{
	struct household *household = state;

	forget_members(household);
	free(household->members);
	free(household->languages);
	entity_free(household->entity);
	table_free(household->table);
	events_free(household->events);
	free(household);
}

static struct table *make_table(struct household *household)
{
	static const char *const keys[COLUMNS] = {
		[NAME] = "kind.member",
		[RELATION] = "field.member.relation",
		[BORN] = "desk.card_birth",
		[CANADA] = "field.member.in_canada",
	};
	static const int widths[COLUMNS] = {
		[NAME] = 0, [RELATION] = 16, [BORN] = 16, [CANADA] = 10
	};
	struct desk *desk = household->desk;
	SCOPED(char_freep) char *empty = desk_word(desk, "desk.no_members");
	struct table_column columns[COLUMNS];
	struct table *table;

	for (int i = 0; i < COLUMNS; i++)
		columns[i] =
		    (struct table_column){ desk_word(desk, keys[i]), widths[i],
					   CANVAS_START, i };
	table = table_new(&(struct table_options){
	    .language = desk->staff.language,
	    .columns = columns,
	    .column_count = COLUMNS,
	    .empty = empty,
	    .fill = fill,
	    .to = household,
	});
	for (int i = 0; i < COLUMNS; i++)
		free((char *)columns[i].title);
	return table;
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	struct household *household = xcalloc(1, sizeof *household);
	enum fault fault;

	household->desk = desk;
	household->of = *(const struct entity_name *)about;
	household->table = make_table(household);
	if ((fault = read_entity(household)) || !household->entity ||
	    (fault = read_members(household)) ||
	    (fault = events_read(desk, &household->of, &household->events))) {
		leave(household);
		return fault;
	}
	*state = household;
	return FAULT_NONE;
}

static void refresh(void *state)
{
	struct household *household = state;

	if (read_entity(household) || read_members(household) ||
	    events_refresh(household->events))
		desk_say_trouble(household->desk);
}

/* --- its worker ------------------------------------------------------------
 */

struct worker {
	const struct household *household;
	bool shares; /* a language with one of them */
};

static bool take_worker(void *to, const struct entity *user)
{
	struct worker *worker = to;
	const char *languages = entity_text(user, "languages");
	SCOPED(char_freep) char *list = xstrdup(languages ? languages : "");
	char *rest = list, *language;

	while ((language = strsep(&rest, " "))) {
		SCOPED(char_freep) char *apart = xasprintf(" %s ", language);

		worker->shares |=
		    language[0] && strstr(worker->household->languages, apart);
	}
	return false;
}

/* "Noor · shares a language", "nobody yet". */
static char *worker_words(const struct household *household)
{
	struct desk *desk = household->desk;
	const char *id = entity_text(household->entity, "worker");
	const struct entity_match matches[] = { { "id", id }, { NULL, NULL } };
	struct worker worker = { household, false };
	SCOPED(char_freep) char *name = NULL;
	SCOPED(char_freep) char *shares = NULL;

	if (!id)
		return desk_word(desk, "desk.no_worker");
	name = value_called(desk, kind_find("user"), atoll(id));
	(void)!entity_each(desk->record, kind_find("user"), matches, NULL, 1,
			   &desk->staff.who, take_worker, &worker);
	shares = desk_word(desk, worker.shares ? "desk.shares_language"
					       : "desk.shares_none");
	return xasprintf("%s · %s", name, shares);
}

/* --- drawing ---------------------------------------------------------------
 */

static void draw_worker(const struct household *household,
			struct canvas *canvas, const struct canvas_area *area)
{
	const struct desk *desk = household->desk;
	SCOPED(char_freep) char *words = worker_words(household);
	const struct catalogue_argument worker = { .name = "worker",
						   .text = words };
	SCOPED(char_freep)
	char *line = desk_words(desk, "desk.worker_line", &worker, 1);

	frame_line(canvas, area->y, 2, area->w - 4, line, desk->staff.language,
		   CANVAS_BOLD, CANVAS_INK);
}

static void draw(void *state, struct canvas *canvas)
{
	struct household *household = state;
	struct desk *desk = household->desk;
	SCOPED(char_freep) char *kind = value_kind(desk, household->of.kind);
	SCOPED(char_freep)
	char *called = value_called(desk, household->of.kind, household->of.id);
	SCOPED(char_freep) char *title = xasprintf("%s · %s", kind, called);
	struct canvas_area area = frame_draw(desk, canvas, title);
	struct canvas_area members = area, events = area;

	draw_worker(household, canvas, &area);
	members.y++;
	members.h = (int)household->count + 1;
	if (members.h < MEMBERS_LEAST)
		members.h = MEMBERS_LEAST;
	if (members.h > area.h / 2)
		members.h = area.h / 2;
	events.y = members.y + members.h + 1;
	events.h = area.y + area.h - events.y;
	canvas_rule(canvas, events.y - 1, 0, area.w);
	table_draw(household->table, canvas, members,
		   household->focus == MEMBERS);
	events_draw(household->events, canvas, events,
		    household->focus == EVENTS);
}

/* --- keys ------------------------------------------------------------------
 */

static void open_selected(struct desk *desk, void *state)
{
	struct household *household = state;

	if (household->focus == EVENTS)
		events_open(household->events);
	else if (household->count)
		open_entity(desk, kind_find("person"),
			    household->members[table_selected(household->table)]
				.person);
}

static void take_click(struct household *household,
		       const struct ui_event *event)
{
	enum table_event taken = table_key(household->table, event);

	if (taken != TABLE_IGNORED) {
		household->focus = MEMBERS;
	} else {
		taken = events_key(household->events, event);
		if (taken != TABLE_IGNORED)
			household->focus = EVENTS;
	}
	if (taken == TABLE_OPENED)
		open_selected(household->desk, household);
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct household *household = state;

	if (event->key == UI_KEY_TAB)
		household->focus =
		    household->focus == MEMBERS ? EVENTS : MEMBERS;
	else if (event->key == UI_KEY_POINT)
		take_click(household, event);
	else if (action_key(household->desk, event))
		return SCREEN_STAY;
	else if (household->focus == MEMBERS)
		(void)table_key(household->table, event);
	else
		(void)events_key(household->events, event);
	return SCREEN_STAY;
}

static void open_details(struct desk *desk, void *state)
{
	const struct household *household = state;

	desk_open(desk, &desk_sheet_screen,
		  &(struct sheet_about){ .kind = household->of.kind,
					 .id = household->of.id });
}

static bool is_member(const struct desk *desk, const void *state)
{
	const struct household *household = state;

	(void)desk;
	return household->focus == MEMBERS && household->count > 0;
}

/* How the selected member belongs to it. */
static void open_member(struct desk *desk, void *state)
{
	const struct household *household = state;

	desk_open(
	    desk, &desk_sheet_screen,
	    &(struct sheet_about){
		.kind = kind_find("member"),
		.id = household->members[table_selected(household->table)].id,
	    });
}

static void add(struct desk *desk, void *state)
{
	add_open(desk, &((struct household *)state)->of);
}

static const struct action actions[] = {
	{ '\r', "desk.open", "desk.open_event_about", NULL, open_selected },
	{ '+', "desk.add", "desk.add_about", NULL, add },
	{ 'i', "desk.details", "desk.details_about", NULL, open_details },
	{ 'm', "desk.member", "desk.member_about", is_member, open_member },
	{ 0 },
};

const struct view desk_household_screen = {
	.name = "household",
	.actions = actions,
	.enter = enter,
	.draw = draw,
	.key = key,
	.refresh = refresh,
	.leave = leave,
};
