#include <stdlib.h>
#include <string.h>

#include "ask/field.h"
#include "ask/spoken.h"
#include "base/bytes.h"
#include "ui/choice.h"

/*
 * Choices: one, several, or the single row of an acknowledgement. A private
 * question comes back blank, whatever was answered before, until it is
 * answered again.
 */
struct pick {
	struct choice *choice;
	char **values; /* copied: the run's list may be made anew */
	/* Of a language that the form does not list; else NULL. */
	const struct language **beyond;
	bool *quotes; /* other answers stand in its words */
	size_t count;
};

#define COLUMNS 3
#define ACKNOWLEDGED "OK"

static bool is_named(const char *list, const char *value)
{
	size_t length = strlen(value);

	for (const char *at = list; (at = strstr(at, value)); at += length) {
		if ((at == list || at[-1] == ' ') &&
		    (!at[length] || at[length] == ' '))
			return true;
	}
	return false;
}

/* Names of languages stand each in their own script. */
static bool is_language_list(const struct field *field)
{
	return node_appears(field->node, "language");
}

static bool is_offered(const struct field *field, const char *value)
{
	return !is_language_list(field) || !field->look->offers ||
	       field->look->offers(field->look->to, value);
}

static bool is_listed(const struct language *language,
		      const struct choice_item *items, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (language_find(items[i].value) == language)
			return true;
	}
	return false;
}

static void add_row(struct pick *pick, struct choice_row *rows,
		    const struct choice_row *row, const char *value,
		    const struct language *beyond)
{
	rows[pick->count] = *row;
	pick->values[pick->count] = xstrdup(value);
	pick->beyond[pick->count] = beyond;
	pick->count++;
}

/* Those that the form does not list, at most room of them. */
static void add_languages(struct field *field, struct pick *pick,
			  struct choice_row *rows, size_t room,
			  const struct choice_item *items, size_t count)
{
	const struct ask_look *look = field->look;
	const struct language *language;

	for (size_t i = 0; i < room && (language = look->beside(look->to, i));
	     i++) {
		if (!is_listed(language, items, count))
			add_row(pick, rows,
				&(struct choice_row){
				    .label = language->own_name,
				    .language = language->tag,
				},
				language->tag, language);
	}
}

static size_t languages_of(const struct field *field)
{
	const struct ask_look *look = field->look;
	size_t count = 0;

	if (!is_language_list(field) || !look->beside)
		return 0;
	while (look->beside(look->to, count))
		count++;
	return count;
}

/* "Another language", which is none, stands behind all of them. */
static bool is_no_language(const struct choice_item *item)
{
	return !language_find(item->value);
}

static const struct drawing *picture_of(const struct field *field,
					const struct choice_item *item)
{
	return item->image && field->look->picture
		   ? field->look->picture(field->look->to, item->image)
		   : NULL;
}

static enum fault make_list(struct field *field, struct pick *pick,
			    const struct choice_item *items, size_t count)
{
	SCOPED(char_freep)
	char *more = catalogue_word(field->look->words, "kiosk.more");
	size_t more_languages = languages_of(field);
	size_t room = count + more_languages;
	struct choice_row *rows = xcalloc(room, sizeof *rows);
	bool grid =
	    is_language_list(field) || node_appears(field->node, "columns");
	enum fault fault;

	pick->values = xcalloc(room, sizeof *pick->values);
	pick->beyond = xcalloc(room, sizeof *pick->beyond);
	pick->quotes = xcalloc(room, sizeof *pick->quotes);
	for (size_t i = 0; i < count; i++) {
		const struct choice_item *item = &items[i];

		if (more_languages && is_no_language(item)) {
			add_languages(field, pick, rows, more_languages, items,
				      count);
			more_languages = 0;
		}
		if (!is_offered(field, item->value))
			continue;
		pick->quotes[pick->count] = item->quotes;
		add_row(pick, rows,
			&(struct choice_row){
			    .label = item->label[0] ? item->label : item->value,
			    .language =
				is_language_list(field) ? item->value : NULL,
			    .hides = item->hides || field_is_private(field),
			    .picture = picture_of(field, item),
			},
			item->value, NULL);
	}
	if (more_languages)
		add_languages(field, pick, rows, more_languages, items, count);
	if (!pick->count) {
		free(rows);
		return FAULT_NONE;
	}
	fault = choice_new(
	    &(struct choice_options){
		.language = field->look->language->tag,
		.more = more,
		.several = node_multiple(field->node),
		.row_height = ask_rows(field->look->text_size),
		.columns = grid ? COLUMNS : 1,
	    },
	    rows, pick->count, &pick->choice);
	free(rows);
	return fault;
}

static enum fault make_acknowledgement(struct field *field, struct pick *pick)
{
	SCOPED(char_freep)
	char *yes = catalogue_word(field->look->words, "kiosk.yes");
	const struct choice_item item = { .value = ACKNOWLEDGED, .label = yes };

	return make_list(field, pick, &item, 1);
}

/* Brings the run's answer back onto the list. */
static void show_answer(struct field *field, struct pick *pick)
{
	const char *value =
	    field_is_private(field) ? "" : node_value(field->node);

	for (size_t i = pick->count; i-- > 0;) {
		if (!is_named(value, pick->values[i]))
			continue;
		if (node_multiple(field->node))
			choice_check(pick->choice, i, true);
		choice_select(pick->choice, i);
	}
}

static enum fault enter(struct field *field)
{
	struct pick *pick = xcalloc(1, sizeof *pick);
	const struct choice_item *items;
	enum fault fault;
	size_t count;

	field->state = pick;
	if (node_kind(field->node) == NODE_TRIGGER)
		fault = make_acknowledgement(field, pick);
	else if (!(fault = node_choices(field->node, &items, &count)) && count)
		fault = make_list(field, pick, items, count);
	if (!fault && pick->choice)
		show_answer(field, pick);
	return fault;
}

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

	return count * ask_rows(field->look->text_size);
}

static void draw(struct field *field, struct canvas *canvas,
		 const struct canvas_area *area, bool focused)
{
	struct pick *pick = field->state;

	(void)focused;
	if (!pick->choice)
		return;
	choice_set_row_height(pick->choice, row_height(field, area));
	choice_draw(pick->choice, canvas, *area);
}

static enum fault tell_checked(struct field *field, enum field_event *what)
{
	struct pick *pick = field->state;
	struct bytes list = { 0 };
	enum fault fault;

	for (size_t i = 0; i < pick->count; i++) {
		if (!choice_checked(pick->choice, i))
			continue;
		if (list.length)
			bytes_add_byte(&list, ' ');
		bytes_add_text(&list, pick->values[i]);
	}
	fault = field_answer(field, list.data ? (char *)list.data : "", what);
	bytes_wipe(&list);
	return fault;
}

static enum fault tell_picked(struct field *field, enum field_event *what)
{
	struct pick *pick = field->state;
	size_t picked = choice_selected(pick->choice);
	const struct language *beyond = pick->beyond[picked];
	enum fault fault =
	    field_answer(field, beyond ? "" : pick->values[picked], what);

	if (!fault && beyond)
		field->look->speaks(field->look->to, beyond);
	if (!fault && *what == FIELD_CHANGED) {
		choice_confirm(pick->choice, true);
		*what = FIELD_PICKED;
	}
	return fault;
}

static enum fault key(struct field *field, const struct ui_event *event,
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
		return tell_picked(field, what);
	default:
		return FAULT_NONE;
	}
}

static char *key_of_row(void *to, size_t row)
{
	struct field *field = to;
	const struct pick *pick = field->state;

	return node_choice_key(field->node, pick->values[row]);
}

static void say(struct field *field, struct prompts *out)
{
	const struct pick *pick = field->state;

	if (pick->choice)
		spoken_rows(out, field->look,
			    &(struct spoken_list){
				.choice = pick->choice,
				.key = key_of_row,
				.to = field,
				.several = node_multiple(field->node),
				.private = pick->quotes,
				.first_private =
				    field_is_private(field) ? 0 : CHOICE_MAX,
			    });
}

static void leave(struct field *field)
{
	struct pick *pick = field->state;

	if (!pick)
		return;
	choice_free(pick->choice);
	for (size_t i = 0; i < pick->count; i++) {
		explicit_bzero(pick->values[i], strlen(pick->values[i]));
		free(pick->values[i]);
	}
	free(pick->values);
	free(pick->beyond);
	free(pick->quotes);
	free(pick);
	field->state = NULL;
}

const struct field_ops field_pick = {
	.enter = enter,
	.draw = draw,
	.key = key,
	.say = say,
	.leave = leave,
	.rows = rows,
	.reads_first = true,
};
