#include <stdlib.h>
#include <string.h>

#include "ask/arrange.h"
#include "ask/field.h"
#include "ask/finder.h"
#include "ask/pick_rows.h"
#include "ask/spoken.h"
#include "base/bytes.h"
#include "ui/choice.h"

/*
 * Choices: one, several, or the single row of an acknowledgement. A long list
 * can be looked through by writing (appearance `search`, `autocomplete`, or
 * `minimal` on a list of several pages): letters typed, or the row below the
 * list, lead there. A private question, or a masked one, comes back blank,
 * whatever was answered before, until it is answered again.
 */
struct pick {
	struct pick_rows all;
	struct choice *choice; /* of those listed; NULL: there are none */
	size_t *listed;        /* of each row its place in all */
	size_t count;
	bool *quotes;          /* of each row: other answers in its words */
	char *known;           /* answered when it came back blank */
	struct finder *finder; /* NULL: all are listed */
	bool finding;          /* the person is writing */
};

#define LONG 20 /* rows: more than anybody wants to turn through */
#define LOOK_FOR "⌕  "

static bool can_find(const struct field *field, size_t count)
{
	return node_appears(field->node, "search") ||
	       node_appears(field->node, "autocomplete") ||
	       (node_appears(field->node, "minimal") && count > LONG) ||
	       count > CHOICE_MAX;
}

static bool is_wanted(struct pick *pick, size_t row)
{
	return !pick->finder ||
	       pick_row_fits(&pick->all.rows[row], finder_folded(pick->finder));
}

/* As many as a list holds; what is answered is among them. */
static void choose_listed(struct pick *pick)
{
	size_t answers = 0, room;

	for (size_t i = 0; i < pick->all.count; i++)
		answers += pick->all.rows[i].answered;
	room = answers < CHOICE_MAX ? CHOICE_MAX - answers : 0;
	pick->count = 0;
	for (size_t i = 0; i < pick->all.count && pick->count < CHOICE_MAX;
	     i++) {
		bool answered = pick->all.rows[i].answered;

		if (!is_wanted(pick, i) || (!answered && !room))
			continue;
		room -= !answered;
		pick->listed[pick->count++] = i;
	}
}

/* Brings the run's answer back onto the list. */
static void show_answer(const struct field *field, struct pick *pick)
{
	for (size_t i = pick->count; i-- > 0;) {
		if (!pick->all.rows[pick->listed[i]].answered)
			continue;
		if (node_multiple(field->node))
			choice_check(pick->choice, i, true);
		choice_select(pick->choice, i);
	}
}

static enum fault make_choice(const struct field *field, struct pick *pick,
			      const struct choice_row *rows)
{
	const struct ask_look *look = field->look;
	SCOPED(char_freep)
	char *more = catalogue_word(look->words, "kiosk.more");
	SCOPED(char_freep) char *extra = NULL;

	if (pick->finder) {
		const char *text = finder_text(pick->finder);

		extra = xasprintf("%s%s", LOOK_FOR, text[0] ? text : "…");
	}
	return choice_new(
	    &(struct choice_options){
		.language = look->language->tag,
		.more = more,
		.extra = extra,
		.several = node_multiple(field->node),
		.row_height = ask_rows(look->text_size),
	    },
	    rows, pick->count, &pick->choice);
}

static enum fault make_list(const struct field *field, struct pick *pick)
{
	struct choice_row *rows;
	enum fault fault;

	choose_listed(pick);
	choice_free(pick->choice);
	pick->choice = NULL;
	if (!pick->count)
		return FAULT_NONE;
	rows = xcalloc(pick->count, sizeof *rows);
	for (size_t i = 0; i < pick->count; i++) {
		const struct pick_row *row = &pick->all.rows[pick->listed[i]];

		pick->quotes[i] = row->quotes;
		rows[i] = (struct choice_row){
			.label = row->label,
			.language = row->language,
			.hides = row->hides,
			.picture = row->picture,
		};
	}
	fault = make_choice(field, pick, rows);
	free(rows);
	if (!fault)
		show_answer(field, pick);
	return fault;
}

static enum fault enter(struct field *field)
{
	struct pick *pick = xcalloc(1, sizeof *pick);

	field->state = pick;
	pick->known = xstrdup(
	    field_comes_back_blank(field) ? node_value(field->node) : "");
	pick_rows_make(field, &pick->all);
	pick->listed = xcalloc(pick->all.count + 1, sizeof *pick->listed);
	pick->quotes = xcalloc(pick->all.count + 1, sizeof *pick->quotes);
	if (can_find(field, pick->all.count))
		pick->finder = finder_new(field->look);
	return make_list(field, pick);
}

/* An answer beside it may have changed what the form offers here. */
static bool outdated(const struct field *field)
{
	const struct pick *pick = field->state;
	struct pick_rows now;
	bool is;

	pick_rows_make(field, &now);
	is = !pick_rows_same(&pick->all, &now);
	pick_rows_done(&now);
	return is;
}

/* --- drawing ---------------------------------------------------------------
 */

#define LOW 6 /* rows: less than three answers of two */

/* Where a notice leaves little room, answers stand close rather than on
 * another page. */
static int row_height(const struct field *field, const struct canvas_area *area)
{
	return area->h < LOW ? 1 : ask_rows(field->look->text_size);
}

#define IN_SIGHT 3 /* answers beside a long text */

static int rows(const struct field *field)
{
	const struct pick *pick = field->state;
	int count = pick->count < IN_SIGHT ? (int)pick->count : IN_SIGHT;

	return pick->finding ? finder_rows(pick->finder)
			     : count * ask_rows(field->look->text_size);
}

static void draw_list(const struct field *field, struct canvas *canvas,
		      const struct canvas_area *area)
{
	struct pick *pick = field->state;

	if (!pick->choice)
		return;
	choice_set_row_height(pick->choice, row_height(field, area));
	choice_set_columns(
	    pick->choice,
	    arrange_columns(field, pick->choice, canvas, area->w, pick->count));
	choice_draw(pick->choice, canvas, *area);
}

/* What is found is seen below the letters, where there is room for both. */
static void draw(struct field *field, struct canvas *canvas,
		 const struct canvas_area *area, bool focused)
{
	struct pick *pick = field->state;
	struct canvas_area above = *area, below = *area;
	int wanted;

	(void)focused;
	if (!pick->finding) {
		draw_list(field, canvas, area);
		return;
	}
	wanted = finder_rows(pick->finder);
	if (area->h - wanted >= LOW) {
		above.h = wanted > area->h / 2 ? wanted : area->h / 2;
		below.y += above.h;
		below.h -= above.h;
		draw_list(field, canvas, &below);
	}
	finder_draw(pick->finder, canvas, &above);
}

/* --- keys ------------------------------------------------------------------
 */

static enum fault tell_checked(struct field *field, enum field_event *what)
{
	struct pick *pick = field->state;
	struct bytes list = { 0 };
	enum fault fault;

	for (size_t i = 0; i < pick->count; i++)
		pick->all.rows[pick->listed[i]].answered =
		    choice_checked(pick->choice, i);
	for (size_t i = 0; i < pick->all.count; i++) {
		if (!pick->all.rows[i].answered)
			continue;
		if (list.length)
			bytes_add_byte(&list, ' ');
		bytes_add_text(&list, pick->all.rows[i].value);
	}
	/* All ticks taken back is as if none was set: what is not shown stays.
	 */
	fault = field_answer(field, list.data ? (char *)list.data : pick->known,
			     what);
	bytes_wipe(&list);
	return fault;
}

static enum fault tell_picked(struct field *field, enum field_event *what)
{
	struct pick *pick = field->state;
	size_t picked = pick->listed[choice_selected(pick->choice)];
	const struct language *beyond = pick->all.rows[picked].beyond;
	enum fault fault = field_answer(
	    field, beyond ? "" : pick->all.rows[picked].value, what);

	if (!fault && beyond)
		field->look->speaks(field->look->to, beyond);
	if (fault || *what != FIELD_CHANGED)
		return fault;
	for (size_t i = 0; i < pick->all.count; i++)
		pick->all.rows[i].answered =
		    i == picked && !field_comes_back_blank(field);
	choice_confirm(pick->choice, true);
	*what = FIELD_PICKED;
	return FAULT_NONE;
}

static enum fault key_of_list(struct field *field, const struct ui_event *event,
			      enum field_event *what)
{
	struct pick *pick = field->state;

	*what = FIELD_IGNORED;
	if (!pick->choice)
		return FAULT_NONE;
	switch (choice_key(pick->choice, event)) {
	case CHOICE_MOVED:
		*what = FIELD_CHANGED;
		return FAULT_NONE;
	case CHOICE_CHECKED:
		return tell_checked(field, what);
	case CHOICE_PICKED:
		pick->finding = false;
		return tell_picked(field, what);
	case CHOICE_EXTRA:
		pick->finding = true;
		*what = FIELD_CHANGED;
		return FAULT_NONE;
	default:
		return FAULT_NONE;
	}
}

/* Whoever has found nothing goes on writing. */
static enum fault key_of_finder(struct field *field,
				const struct ui_event *event,
				enum field_event *what)
{
	struct pick *pick = field->state;
	enum fault fault;

	*what = FIELD_CHANGED;
	switch (finder_key(pick->finder, event)) {
	case FINDER_IGNORED:
		if (event->key == UI_KEY_POINT)
			return key_of_list(field, event, what);
		*what = FIELD_IGNORED;
		return FAULT_NONE;
	case FINDER_MOVED:
		return FAULT_NONE;
	case FINDER_CHANGED:
		return make_list(field, pick);
	case FINDER_DONE:
		break;
	}
	fault = make_list(field, pick);
	pick->finding = !pick->choice;
	return fault;
}

/* Back, out of writing. */
static bool ends_finding(const struct ui_event *event)
{
	return event->key == UI_KEY_ESCAPE;
}

static enum fault key(struct field *field, const struct ui_event *event,
		      enum field_event *what)
{
	struct pick *pick = field->state;
	enum fault fault;

	if (pick->finding && ends_finding(event) && pick->choice) {
		pick->finding = false;
		*what = FIELD_CHANGED;
		return FAULT_NONE;
	}
	if (pick->finding)
		return key_of_finder(field, event, what);
	fault = key_of_list(field, event, what);
	if (fault || *what != FIELD_IGNORED || !pick->finder ||
	    (event->key != UI_KEY_TEXT && event->key != UI_KEY_BACKSPACE))
		return fault;
	pick->finding = true;
	return key_of_finder(field, event, what);
}

/* --- aloud -----------------------------------------------------------------
 */

static char *key_of_row(void *to, size_t row)
{
	struct field *field = to;
	const struct pick *pick = field->state;

	return node_kind(field->node) == NODE_SELECT
		   ? node_choice_key(field->node,
				     pick->all.rows[pick->listed[row]].value)
		   : NULL;
}

static void say(struct field *field, struct prompts *out)
{
	const struct pick *pick = field->state;

	if (pick->finding)
		finder_say(pick->finder, out);
	else if (pick->choice)
		spoken_rows(out, field->look,
			    &(struct spoken_list){
				.choice = pick->choice,
				.key = key_of_row,
				.to = field,
				.several = node_multiple(field->node),
				.private = pick->quotes,
				.first_private = field_comes_back_blank(field)
						     ? 0
						     : CHOICE_MAX,
			    });
}

static void leave(struct field *field)
{
	struct pick *pick = field->state;

	if (!pick)
		return;
	choice_free(pick->choice);
	finder_free(pick->finder);
	pick_rows_done(&pick->all);
	char_wipe(pick->known);
	free(pick->listed);
	free(pick->quotes);
	free(pick);
	field->state = NULL;
}

static bool typing(const struct field *field)
{
	const struct pick *pick = field->state;

	return pick->finding;
}

const struct field_ops field_pick = {
	.enter = enter,
	.outdated = outdated,
	.draw = draw,
	.key = key,
	.say = say,
	.leave = leave,
	.rows = rows,
	.reads_first = true,
	.typing = typing,
};
