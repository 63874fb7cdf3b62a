#include <stdlib.h>
#include <string.h>

#include "ask/choices.h"
#include "ask/field.h"
#include "base/bytes.h"

/*
 * Choices: one, several, or the single row of an acknowledgement. A private
 * question comes back blank, whatever was answered before, until it is
 * answered again.
 */
struct pick {
	struct choices *choices;
	const char **labels, **values;
	char *more, *acknowledge;
	size_t count;
};

#define LANGUAGE_COLUMNS 3
#define ACKNOWLEDGED "OK"

static bool is_ticked(const char *list, const char *value)
{
	size_t length = strlen(value);

	for (const char *at = list; (at = strstr(at, value)); at += length) {
		if ((at == list || at[-1] == ' ') &&
		    (!at[length] || at[length] == ' '))
			return true;
	}
	return false;
}

/* Labels and values are copied: the run's own list may be made anew. */
static void take_items(struct pick *pick, const struct choice_item *items,
		       size_t count)
{
	pick->labels = xcalloc(count, sizeof *pick->labels);
	pick->values = xcalloc(count, sizeof *pick->values);
	for (size_t i = 0; i < count && i < CHOICES_MAX; i++) {
		pick->labels[i] =
		    xstrdup(items[i].label[0] ? items[i].label
					      : items[i].value);
		pick->values[i] = xstrdup(items[i].value);
		pick->count++;
	}
}

static enum fault take_choices(struct field *field, struct pick *pick)
{
	const struct choice_item *items;
	struct choice_item acknowledge = { .value = ACKNOWLEDGED };
	enum fault fault;
	size_t count;

	if (node_kind(field->node) == NODE_TRIGGER) {
		pick->acknowledge =
		    catalogue_word(field->look->words, "kiosk.yes");
		acknowledge.label = pick->acknowledge;
		take_items(pick, &acknowledge, 1);
		return FAULT_NONE;
	}
	if ((fault = node_choices(field->node, &items, &count)))
		return fault;
	take_items(pick, items, count);
	return FAULT_NONE;
}

/* Brings the run's answer back onto the list. */
static void show_answer(struct field *field, struct pick *pick)
{
	const char *value =
	    field_is_private(field) ? "" : node_value(field->node);
	bool first = true;

	for (size_t i = 0; i < pick->count; i++) {
		if (!is_ticked(value, pick->values[i]))
			continue;
		if (node_multiple(field->node))
			choices_tick(pick->choices, i, true);
		if (first)
			choices_select(pick->choices, i);
		first = false;
	}
}

static enum fault enter(struct field *field)
{
	bool grid = node_appears(field->node, "columns") ||
		    node_appears(field->node, "language");
	struct pick *pick = xcalloc(1, sizeof *pick);
	enum fault fault;

	field->state = pick;
	pick->more = catalogue_word(field->look->words, "kiosk.more");
	pick->choices = choices_new(&(struct choices_look){
	    .language = field->look->language,
	    .more = pick->more,
	    .row_height = field->look->text_size,
	    .several = node_multiple(field->node),
	    .columns = grid ? LANGUAGE_COLUMNS : 1,
	});
	if ((fault = take_choices(field, pick)))
		return fault;
	choices_set(pick->choices, pick->labels,
		    node_appears(field->node, "language") ? pick->values : NULL,
		    pick->count);
	show_answer(field, pick);
	return FAULT_NONE;
}

static int height(const struct field *field, int width)
{
	const struct pick *pick = field->state;

	(void)width;
	return choices_height(pick->choices);
}

static void draw(struct field *field, struct canvas *canvas,
		 const struct field_area *area, bool focused)
{
	struct pick *pick = field->state;

	(void)focused;
	choices_set_row_height(pick->choices, field->look->text_size);
	choices_draw(pick->choices, canvas, area);
}

static enum fault tell_ticks(struct field *field, enum field_event *what)
{
	struct pick *pick = field->state;
	struct bytes list = { 0 };
	enum fault fault;

	for (size_t i = 0; i < pick->count; i++) {
		if (!choices_ticked(pick->choices, i))
			continue;
		if (list.length)
			bytes_add_byte(&list, ' ');
		bytes_add_text(&list, pick->values[i]);
	}
	fault = field_answer(field, list.data ? (char *)list.data : "", what);
	bytes_wipe(&list);
	return fault;
}

static enum fault key(struct field *field, const struct ui_event *event,
		      enum field_event *what)
{
	struct pick *pick = field->state;
	enum fault fault = FAULT_NONE;

	switch (choices_key(pick->choices, event)) {
	case CHOICES_IGNORED:
		*what = FIELD_IGNORED;
		break;
	case CHOICES_MOVED:
		*what = FIELD_CHANGED;
		break;
	case CHOICES_TICKED:
		fault = tell_ticks(field, what);
		break;
	case CHOICES_PICKED:
		fault = field_answer(
		    field, pick->values[choices_selected(pick->choices)], what);
		if (*what == FIELD_CHANGED)
			*what = FIELD_PICKED;
		break;
	}
	return fault;
}

static void wipe(const char **texts, size_t count)
{
	for (size_t i = 0; texts && i < count; i++)
		free((char *)texts[i]);
	free(texts);
}

static void leave(struct field *field)
{
	struct pick *pick = field->state;

	if (!pick)
		return;
	choices_free(pick->choices);
	wipe(pick->labels, pick->count);
	wipe(pick->values, pick->count);
	free(pick->more);
	free(pick->acknowledge);
	free(pick);
	field->state = NULL;
}

const struct field_ops field_pick = {
	.enter = enter,
	.height = height,
	.draw = draw,
	.key = key,
	.leave = leave,
};
