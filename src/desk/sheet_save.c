#include <stdlib.h>
#include <string.h>

#include "desk/answer.h"
#include "desk/conflict.h"
#include "desk/pick.h"
#include "desk/sheet_inside.h"
#include "desk/value.h"
#include "desk/write.h"
#include "record/conflict.h"

/* --- saving ----------------------------------------------------------------
 */

static void say_field(struct sheet *sheet, const char *key, const char *name)
{
	struct desk *desk = sheet->desk;
	const struct field *field = kind_field(sheet->kind, name);
	SCOPED(char_freep) char *label = NULL;

	sheet_select(sheet, name);
	/* One of the agency's own is none of the kind's. */
	label =
	    value_label(desk, sheet->kind, field ? field : sheet_field(sheet));
	const struct catalogue_argument of = { .name = "field", .text = label };

	desk_say(desk, desk_words(desk, key, &of, 1), false);
}

static void say_saved(struct desk *desk, const struct kind *kind, int64_t id)
{
	SCOPED(char_freep) char *word = value_kind(desk, kind);
	SCOPED(char_freep) char *called = value_called(desk, kind, id);
	const struct catalogue_argument what[] = {
		{ .name = "kind", .text = word },
		{ .name = "name", .text = called },
	};

	desk_say(desk, desk_words(desk, "desk.saved", what, COUNT(what)),
		 false);
}

static void finish(struct sheet *sheet, bool was_new)
{
	struct desk *desk = sheet->desk;
	const struct sheet was = *sheet;
	int64_t id = sheet->entity->id;

	sheet->touched = false;
	if (!was_new && !was.leaving) {
		sheet_read(sheet);
		say_saved(desk, was.kind, id);
		return;
	}
	desk_done(desk);
	say_saved(desk, was.kind, id);
	if (was_new && was.saved)
		was.saved(desk, was.to, id);
}

static void take_agreed(struct desk *desk, void *to, struct entity *saved)
{
	struct sheet *sheet = to;

	(void)desk;
	sheet_take(sheet, saved);
	finish(sheet, false);
}

static void save_as(struct sheet *sheet, enum source source)
{
	struct desk *desk = sheet->desk;
	const struct conflict conflict = {
		.mine = sheet->entity,
		.source = source,
		.done = take_agreed,
		.to = sheet,
	};
	bool was_new = !sheet->entity->id;
	enum entity_answer answer;
	const char *wrong = NULL;

	if (entity_save(desk->record, sheet->entity, source, &desk->staff.who,
			desk->clock.now, &answer, &wrong))
		desk_say_trouble(desk);
	else if (answer == ENTITY_DONE)
		finish(sheet, was_new);
	else if (answer == ENTITY_CONFLICT)
		desk_open(desk, &desk_conflict_screen, &conflict);
	else if (answer == ENTITY_WRONG && wrong)
		say_field(sheet, "desk.wrong_field", wrong);
	else
		answer_say(desk, answer);
}

/* What is said most comes first. */
static const struct {
	enum source source;
	const char *word;
} sources[] = {
	{ SOURCE_TOLD, "desk.source_told" },
	{ SOURCE_SEEN, "desk.source_seen" },
	{ SOURCE_SELF, "desk.source_self" },
};

static void take_source(struct desk *desk, void *to, const size_t *rows,
			size_t count)
{
	(void)desk;
	if (count)
		save_as(to, sources[rows[0]].source);
}

static void ask_source(struct sheet *sheet)
{
	struct desk *desk = sheet->desk;
	SCOPED(char_freep) char *title = desk_word(desk, "desk.which_source");
	char *words[COUNT(sources)];

	for (size_t i = 0; i < COUNT(sources); i++)
		words[i] = desk_word(desk, sources[i].word);
	pick_open(desk, &(struct pick){
			    .title = title,
			    .rows = (const char *const *)words,
			    .count = COUNT(sources),
			    .done = take_source,
			    .to = sheet,
			});
	for (size_t i = 0; i < COUNT(sources); i++)
		free(words[i]);
}

/* The first that must be there and is not; NULL: all are. */
static const char *find_missing(const struct entity *entity)
{
	for (size_t i = 0; i < entity->field_count; i++) {
		const struct field *field = &entity->fields[i];

		if (field->flags & FIELD_NEEDED && !entity->values[i])
			return field->name;
	}
	return NULL;
}

static void go_on(struct desk *desk, void *to)
{
	struct sheet *sheet = to;

	(void)desk;
	if (sheet->kind->asks_source)
		ask_source(sheet);
	else
		save_as(sheet, SOURCE_TOLD);
}

static void choose_time(struct desk *desk, void *to)
{
	struct sheet *sheet = to;

	sheet_select(sheet, "at");
	desk->dirty = true;
}

static bool books(struct sheet *sheet)
{
	sheet->clash =
	    (struct clash){ .other = choose_time, .same = go_on, .to = sheet };
	return sheet->kind == kind_find("appointment") &&
	       appointment_books(sheet->entity, &sheet->clash.time);
}

static void save(struct sheet *sheet, bool leaving)
{
	const char *missing = find_missing(sheet->entity);

	sheet->leaving = leaving;
	if (missing)
		say_field(sheet, "desk.missing_field", missing);
	else if (books(sheet))
		clash_ask(sheet->desk, &sheet->clash);
	else
		go_on(sheet->desk, sheet);
}

/* Whoever wanted to leave and answered no question stayed, after all. */
void sheet_save(struct sheet *sheet)
{
	save(sheet, false);
}

/* --- leaving ---------------------------------------------------------------
 */

enum leaving { SAVE, THROW_AWAY, GO_ON };

static void take_leaving(struct desk *desk, void *to, const size_t *rows,
			 size_t count)
{
	struct sheet *sheet = to;

	if (!count || rows[0] == GO_ON)
		return;
	if (rows[0] == SAVE)
		save(sheet, true);
	else
		desk_done(desk);
}

void sheet_ask(struct sheet *sheet)
{
	struct desk *desk = sheet->desk;
	SCOPED(char_freep) char *title = desk_word(desk, "desk.unsaved");
	SCOPED(char_freep) char *save = desk_word(desk, "desk.unsaved_save");
	SCOPED(char_freep) char *drop = desk_word(desk, "desk.unsaved_drop");
	SCOPED(char_freep) char *on = desk_word(desk, "desk.unsaved_go_on");
	const char *const rows[] = {
		[SAVE] = save, [THROW_AWAY] = drop, [GO_ON] = on
	};

	pick_open(desk, &(struct pick){
			    .title = title,
			    .rows = rows,
			    .count = COUNT(rows),
			    .done = take_leaving,
			    .to = sheet,
			});
}

/* --- its life-cycle --------------------------------------------------------
 */

#define MOVES_MOST 16

/* The field that keeps it from moving on so, as its kind says; NULL: none. */
static const char *find_hindrance(const struct sheet *sheet, const char *to)
{
	const struct entity *before = sheet->entity;
	SCOPED(entity_freep) struct entity *after = NULL;

	if (!sheet->kind->check ||
	    entity_new(sheet->desk->record, sheet->kind, &after))
		return NULL;
	after->id = before->id;
	for (size_t i = 0; i < before->field_count; i++)
		(void)entity_set(after, before->fields[i].name,
				 before->values[i]);
	(void)entity_set(after, "state", to);
	return sheet->kind->check(sheet->desk->record, before, after);
}

static size_t find_moves(const struct sheet *sheet,
			 const struct kind_move **out)
{
	const char *state = entity_text(sheet->entity, "state");
	size_t count = 0;

	for (const struct kind_move *move = sheet->kind->moves;
	     move && move->from && state && count < MOVES_MOST; move++) {
		if (strcmp(move->from, state) == 0)
			out[count++] = move;
	}
	return count;
}

/* Whether a sheet can get one like this there: it asks for no inner field. */
static bool is_own_move(const struct sheet *sheet, const struct kind_move *move)
{
	const char *hindrance = find_hindrance(sheet, move->to);
	const struct field *field =
	    hindrance ? kind_field(sheet->kind, hindrance) : NULL;

	return !field || !(field->flags & FIELD_INNER);
}

/* Without those that one like this never makes here. */
static size_t find_own_moves(const struct sheet *sheet,
			     const struct kind_move **out)
{
	const size_t all = find_moves(sheet, out);
	size_t count = 0;

	for (size_t i = 0; i < all; i++) {
		if (is_own_move(sheet, out[i]))
			out[count++] = out[i];
	}
	return count;
}

bool sheet_may_move(const struct sheet *sheet)
{
	const struct kind_move *moves[MOVES_MOST];

	return sheet->entity->id && !sheet->touched &&
	       find_moves(sheet, moves) > 0;
}

/* Of a conflict, why theirs cannot be so; else the field that is in the way. */
static void say_hindrance(struct sheet *sheet, const char *field)
{
	const bool conflict = strcmp(sheet->kind->name, "conflict") == 0;
	SCOPED(char_freep) char *key = NULL;
	const char *word;

	if (!conflict) {
		say_field(sheet, "desk.move_needs", field);
		return;
	}
	if (conflict_refusal(sheet->desk->record, sheet->entity->id, &word)) {
		desk_say_trouble(sheet->desk);
		return;
	}
	key = xasprintf("desk.conflict_no.%s", word ?: "changed");
	desk_say_key(sheet->desk, key);
}

static void take_move(struct desk *desk, void *to, const size_t *rows,
		      size_t count)
{
	struct sheet *sheet = to;
	const struct kind_move *moves[MOVES_MOST];
	enum entity_answer answer;
	const char *hindrance;

	if (!count || rows[0] >= find_own_moves(sheet, moves))
		return;
	hindrance = find_hindrance(sheet, moves[rows[0]]->to);
	if (hindrance) {
		say_hindrance(sheet, hindrance);
		return;
	}
	if (entity_move(desk->record, sheet->kind, sheet->entity->id,
			moves[rows[0]]->to, "", &desk->staff.who,
			desk->clock.now, &answer))
		desk_say_trouble(desk);
	else if (answer != ENTITY_DONE)
		answer_say(desk, answer);
	else
		finish(sheet, false);
}

void sheet_move(struct sheet *sheet)
{
	struct desk *desk = sheet->desk;
	const struct field *state = kind_field(sheet->kind, "state");
	const struct kind_move *moves[MOVES_MOST];
	size_t count = find_own_moves(sheet, moves);
	SCOPED(char_freep) char *title = desk_word(desk, "desk.move_title");
	char *words[MOVES_MOST];

	if (!count) {
		desk_say_key(desk, "desk.no_move");
		return;
	}
	for (size_t i = 0; i < count; i++)
		words[i] = value_code(desk, sheet->kind, state, moves[i]->to);
	pick_open(desk, &(struct pick){
			    .title = title,
			    .rows = (const char *const *)words,
			    .count = count,
			    .done = take_move,
			    .to = sheet,
			});
	for (size_t i = 0; i < count; i++)
		free(words[i]);
}

/* --- taking it out ---------------------------------------------------------
 */

static bool check_reason(struct desk *desk, void *to, const char *text)
{
	(void)to;
	if (text[strspn(text, " ")])
		return true;
	desk_say_key(desk, "desk.needs_reason");
	return false;
}

static void take_reason(struct desk *desk, void *to, const char *reason)
{
	struct sheet *sheet = to;
	enum entity_answer answer;

	if (entity_remove(desk->record, sheet->kind, sheet->entity->id, reason,
			  &desk->staff.who, desk->clock.now, &answer))
		desk_say_trouble(desk);
	else if (answer != ENTITY_DONE)
		answer_say(desk, answer);
	else {
		desk_done(desk);
		desk_say_key(desk, "desk.removed");
	}
}

void sheet_remove(struct sheet *sheet)
{
	SCOPED(char_freep)
	char *title = desk_word(sheet->desk, "desk.why_remove");

	write_open(sheet->desk, &(struct write){
				    .title = title,
				    .check = check_reason,
				    .done = take_reason,
				    .to = sheet,
				});
}
