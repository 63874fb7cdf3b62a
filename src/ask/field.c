#include "ask/field.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ask/amount.h"
#include "ask/calendars.h"
#include "ask/plain.h"
#include "base/bytes.h"
#include "speech/prompts.h"
#include "text/digits.h"

#define ANY 0
#define OF(type) (1U << (type))
#define WRITTEN (OF(TYPE_STRING) | OF(TYPE_DECIMAL) | OF(TYPE_INT))

/* What is counted up stands there as a number; masked it is written. */
static bool is_shown(const struct node *node)
{
	return !field_is_masked(node);
}

/* The first row that a question fits. */
static const struct {
	enum node_kind kind;
	unsigned types;   /* ANY, or OF() each */
	const char *word; /* of the appearance; NULL: whatever it is */
	bool (*fits)(const struct node *node); /* NULL: it does */
	const struct field_ops *ops;
} widgets[] = {
	{ NODE_SELECT, ANY, NULL, NULL, &field_pick },
	{ NODE_TRIGGER, ANY, NULL, NULL, &field_pick },
	{ NODE_RANGE, ANY, NULL, NULL, &field_range },
	{ NODE_REPEAT, ANY, NULL, NULL, &field_instances },
	{ NODE_INPUT, ANY, NULL, calendars_ask, &field_day },
	{ NODE_INPUT, OF(TYPE_TIME), NULL, NULL, &field_hour },
	{ NODE_INPUT, OF(TYPE_BOOLEAN), NULL, NULL, &field_pick },
	{ NODE_INPUT, OF(TYPE_INT), "counter", is_shown, &field_count },
	{ NODE_INPUT, WRITTEN, NULL, NULL, &field_write },
};

const struct field_ops *field_ops_for(const struct node *node)
{
	for (size_t i = 0; i < COUNT(widgets); i++) {
		if (widgets[i].kind != node_kind(node) ||
		    (widgets[i].types != ANY &&
		     !(widgets[i].types & OF(node_type(node)))) ||
		    (widgets[i].word && !node_appears(node, widgets[i].word)) ||
		    (widgets[i].fits && !widgets[i].fits(node)))
			continue;
		return widgets[i].ops;
	}
	return &field_notice;
}

const struct field_ops *field_ops_now(const struct field *field)
{
	bool fixed =
	    node_readonly(field->node) && node_kind(field->node) != NODE_NOTE;

	if (fixed)
		return &field_fixed;
	return node_offers_none(field->node) ? &field_notice : field->ops;
}

/* --- entering and leaving --------------------------------------------------
 */

static void know(struct field *field)
{
	char_wipe(field->known);
	field->known = xstrdup(node_value(field->node));
}

enum fault field_enter(struct field *field)
{
	know(field);
	field->touched = false;
	field->problem = NULL;
	return field->ops->enter(field);
}

void field_leave(struct field *field)
{
	field->ops->leave(field);
	char_wipe(field->known);
	field->known = NULL;
}

enum fault field_turn_to(struct field *field)
{
	if (strcmp(field->known, node_value(field->node)) == 0 &&
	    !(field->ops->outdated && field->ops->outdated(field)))
		return FAULT_NONE;
	field_leave(field);
	return field_enter(field);
}

enum fault field_commit(struct field *field, enum field_event *what)
{
	const struct field_ops *ops = field_ops_now(field);
	enum fault fault;

	*what = FIELD_CHANGED;
	fault = ops->commit ? ops->commit(field, what) : FAULT_NONE;
	field->touched &= fault || *what == FIELD_WRONG;
	return fault;
}

bool field_has_answer(const struct field *field)
{
	const struct field_ops *ops = field_ops_now(field);

	return node_value(field->node)[0] ||
	       (ops->written && ops->written(field));
}

int field_rows(const struct field *field)
{
	const struct field_ops *ops = field_ops_now(field);

	return ops->rows ? ops->rows(field) : 1;
}

int ask_percent(int text_size)
{
	return 50 + text_size * 50;
}

int ask_rows(int text_size)
{
	return text_size < ASK_SIZES ? 2 : 3;
}

bool field_is_masked(const struct node *node)
{
	return node_appears(node, "masked") ||
	       node_appears(node, "hidden-answer");
}

bool field_is_private(const struct field *field)
{
	return node_is_private(field->node);
}

bool field_comes_back_blank(const struct field *field)
{
	return field_is_private(field) ||
	       (field_is_masked(field->node) && field->ops != &field_write);
}

static const char *problem_of(enum run_answer answer, const struct node *node)
{
	if (answer != RUN_NOT_OF_TYPE)
		return "kiosk.not_allowed";
	return node_type(node) == TYPE_DATE || node_type(node) == TYPE_DATETIME
		   ? "kiosk.not_date"
		   : "kiosk.not_number";
}

enum run_answer field_tell_run(struct run *run, struct node *node,
			       const char *value)
{
	enum run_answer answer;

	(void)!run_set(run, node, value, &answer);
	return answer;
}

enum fault field_answer(struct field *field, const char *value,
			enum field_event *what)
{
	enum run_answer answer = field_tell_run(field->run, field->node, value);

	know(field);
	field->problem = NULL;
	*what = FIELD_CHANGED;
	if (answer != RUN_TAKEN) {
		field->problem = problem_of(answer, field->node);
		*what = FIELD_WRONG;
	} else if (node_violation(field->node) == VIOLATES_CONSTRAINT) {
		*what = FIELD_WRONG;
	}
	return FAULT_NONE;
}

/* --- what several kinds share ----------------------------------------------
 */

void field_say(const struct field *field, const char *text, struct prompts *out)
{
	if (text[0])
		prompts_add(out, &(struct prompt){
				     .part = PROMPT_ROW,
				     .language = field->look->language->tag,
				     .text = text,
				     .private = field_comes_back_blank(field),
				 });
}

void field_forget(struct field *field, size_t size)
{
	if (field->state)
		explicit_bzero(field->state, size);
	free(field->state);
	field->state = NULL;
}

enum fault field_passed_enter(struct field *field)
{
	(void)field;
	return FAULT_NONE;
}

enum fault field_passed_key(struct field *field, const struct ui_event *event,
			    enum field_event *what)
{
	(void)field;
	*what = event->key == UI_KEY_ENTER ? FIELD_PICKED : FIELD_IGNORED;
	return FAULT_NONE;
}

void field_passed_leave(struct field *field)
{
	(void)field;
}

bool field_leads_back(const struct field *field, const struct ui_event *event)
{
	enum ui_key arrow =
	    field->look->language->right_to_left ? UI_KEY_RIGHT : UI_KEY_LEFT;

	return event->key == arrow;
}

/* --- an answer in words ----------------------------------------------------
 */

static char *words_of_choices(struct node *node)
{
	SCOPED(char_wipep) char *values = xstrdup(node_value(node));
	const struct choice_item *items;
	struct bytes out = { 0 };
	char *rest = NULL;
	size_t count;

	if (node_choices(node, &items, &count))
		return xstrdup("");
	for (char *value = strtok_r(values, " ", &rest); value;
	     value = strtok_r(NULL, " ", &rest)) {
		for (size_t i = 0; i < count; i++) {
			if (strcmp(items[i].value, value) != 0 ||
			    items[i].hides)
				continue;
			SCOPED(char_wipep)
			char *label = plain_choice(&items[i]);

			if (out.length)
				bytes_add_text(&out, " · ");
			bytes_add_text(&out, label);
		}
	}
	return bytes_take_text(&out);
}

/* In the calendar in which it was given. */
static char *words_of_date(const struct node *node, const struct ask_look *look)
{
	enum calendar calendar = CALENDAR_GREGORIAN;
	struct digits digits = digits_of(look->language->tag);
	const char *value = node_value(node);
	struct calendar_date iso, day;

	(void)calendars_given(node, &calendar);
	if (sscanf(value, "%d-%d-%d", &iso.year, &iso.month, &iso.day) != 3 ||
	    !calendar_from_iso(calendar, iso, &day))
		return xstrdup(value);
	SCOPED(char_wipep) char *in_month = digits_number(&digits, day.day);
	SCOPED(char_wipep) char *year = digits_number(&digits, day.year);

	const char *month = calendar_month_name(calendar, look->language->tag,
						day.month, CALENDAR_FULL);

	switch (calendars_from(node)) {
	case DATE_FROM_YEAR:
		return xstrdup(year);
	case DATE_FROM_MONTH:
		return xasprintf("%s %s", month, year);
	default:
		return xasprintf("%s %s %s", in_month, month, year);
	}
}

/* A year all in the language's digits, as a value of a range and one with a
 * point; another number may be one to find again as it stands, and only a short
 * one is no such thing, or one that the form wants parted by thousands. */
static char *words_of_number(const struct node *node,
			     const struct ask_look *look)
{
	struct digits digits = digits_of(look->language->tag);
	SCOPED(char_wipep) char *written = amount_as_written(node_value(node));

	if (amount_is_parted(node))
		return digits_grouped(look->language->tag, written);
	if (node_kind(node) == NODE_RANGE || node_type(node) == TYPE_DECIMAL)
		return digits_written(look->language->tag, written);
	return calendars_ask(node)
		   ? digits_number(&digits, atoi(node_value(node)))
		   : digits_shown(&digits, node_value(node));
}

/* "14:30" of a time, in the language's digits. */
static char *words_of_time(const char *value, const struct ask_look *look)
{
	SCOPED(char_wipep) char *wall = xstrndup(value, strlen("00:00"));

	return digits_written(look->language->tag, wall);
}

static char *words_of_moment(const struct node *node,
			     const struct ask_look *look)
{
	const char *time = strchr(node_value(node), 'T');
	SCOPED(char_wipep) char *date = words_of_date(node, look);
	SCOPED(char_wipep)
	char *clock = words_of_time(time ? time + 1 : "", look);

	return xasprintf("%s · %s", date, clock);
}

static char *words_of_truth(const struct node *node,
			    const struct ask_look *look)
{
	return catalogue_word(look->words, strcmp(node_value(node), "true") == 0
					       ? "kiosk.yes"
					       : "kiosk.no");
}

char *field_words(struct node *node, const struct ask_look *look)
{
	const char *value = node_value(node);

	if (!value[0])
		return xstrdup("");
	/* As many for each answer, so that they tell nothing. */
	if (field_is_masked(node))
		return xstrdup("•••••");
	if (node_kind(node) == NODE_TRIGGER)
		return xstrdup("✓");
	if (node_kind(node) == NODE_SELECT)
		return words_of_choices(node);
	switch (node_type(node)) {
	case TYPE_DATE:
		return words_of_date(node, look);
	case TYPE_TIME:
		return words_of_time(value, look);
	case TYPE_DATETIME:
		return words_of_moment(node, look);
	case TYPE_BOOLEAN:
		return words_of_truth(node, look);
	case TYPE_INT:
	case TYPE_DECIMAL:
		return words_of_number(node, look);
	default:
		return xstrdup(value);
	}
}
