#include <stdlib.h>
#include <string.h>

#include "ask/field.h"
#include "ask/plain.h"
#include "ask/spoken.h"
#include "ask/step.h"
#include "base/bytes.h"
#include "ui/choice.h"

/*
 * A repeat that a person adds to: a row for each instance there is, in the
 * words of its first answers; one that adds another; one that goes on. An
 * instance that is picked can be changed or taken away.
 */
struct instances {
	struct choice *choice;
	struct node *picked; /* NULL: all of them are listed */
	bool *private;       /* of each row: answers stand in it */
	size_t count;        /* instances there are */
};

#define ADD "+  "
#define WORDS_MOST 2 /* answers that tell which instance it is */

enum on_one { ONE_CHANGE, ONE_ERASE, ONE_ROWS };

/* Adds the first answers below node that may be seen. */
static void add_words(struct node *node, const struct ask_look *look,
		      struct bytes *out, int *left)
{
	for (; node && *left; node = node_next(node)) {
		SCOPED(char_wipep) char *words = NULL;

		if (node_relevant(node))
			add_words(node_first(node), look, out, left);
		if (!step_is_question(node) || node_is_private(node) ||
		    node_appears(node, "unlisted"))
			continue;
		words = field_words(node, look);
		if (!words[0] || !*left)
			continue;
		bytes_add_format(out, "%s%s", out->length ? " · " : "", words);
		--*left;
	}
}

static char *words_of(struct node *instance, const struct ask_look *look)
{
	struct bytes out = { 0 };
	int left = WORDS_MOST;

	add_words(node_first(instance), look, &out, &left);
	if (!out.length)
		bytes_add_text(&out, "…");
	return bytes_take_text(&out);
}

static enum fault make_choice(struct field *field,
			      const struct choice_row *rows, size_t count)
{
	struct instances *instances = field->state;
	const struct ask_look *look = field->look;
	SCOPED(char_freep)
	char *more = catalogue_word(look->words, "kiosk.more");

	choice_free(instances->choice);
	instances->choice = NULL;
	return choice_new(
	    &(struct choice_options){
		.language = look->language->tag,
		.more = more,
		.row_height = ask_rows(look->text_size),
	    },
	    rows, count, &instances->choice);
}

static void free_labels(struct choice_row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++)
		char_wipe((char *)rows[i].label);
	free(rows);
}

static enum fault list_all(struct field *field)
{
	struct instances *instances = field->state;
	const struct ask_look *look = field->look;
	SCOPED(char_wipep) char *label = plain_short_label(field->node);
	struct choice_row *rows;
	size_t count = 0;
	enum fault fault;

	for (struct node *each = node_first(field->node); each;
	     each = node_next(each))
		count++;
	rows = xcalloc(count + 2, sizeof *rows);
	free(instances->private);
	instances->private = xcalloc(count + 2, sizeof *instances->private);
	instances->picked = NULL;
	instances->count = 0;
	for (struct node *each = node_first(field->node); each;
	     each = node_next(each)) {
		instances->private[instances->count] = true;
		rows[instances->count++].label = words_of(each, look);
	}
	rows[count].label = xasprintf("%s%s", ADD, label ? label : "");
	rows[count + 1].label = catalogue_word(look->words, "kiosk.next");
	fault = make_choice(field, rows, count + 2);
	free_labels(rows, count + 2);
	/* Who only presses yes goes on, once there is one. */
	if (!fault)
		choice_select(instances->choice, count + (count > 0));
	return fault;
}

static enum fault list_one(struct field *field, struct node *instance)
{
	static const char *const keys[ONE_ROWS] = {
		[ONE_CHANGE] = "kiosk.change",
		[ONE_ERASE] = "kiosk.erase",
	};
	struct instances *instances = field->state;
	struct choice_row *rows = xcalloc(ONE_ROWS, sizeof *rows);
	enum fault fault;

	for (size_t i = 0; i < ONE_ROWS; i++) {
		rows[i].label = catalogue_word(field->look->words, keys[i]);
		instances->private[i] = false;
	}
	fault = make_choice(field, rows, ONE_ROWS);
	free_labels(rows, ONE_ROWS);
	instances->picked = instance;
	return fault;
}

static enum fault enter(struct field *field)
{
	field->state = xcalloc(1, sizeof(struct instances));
	return list_all(field);
}

static void draw(struct field *field, struct canvas *canvas,
		 const struct canvas_area *area, bool focused)
{
	struct instances *instances = field->state;

	(void)focused;
	choice_draw(instances->choice, canvas, *area);
}

/* --- keys ------------------------------------------------------------------
 */

/* NULL behind the last. */
static struct node *instance_at(const struct field *field, size_t place)
{
	struct node *instance = node_first(field->node);

	while (instance && place--)
		instance = node_next(instance);
	return instance;
}

static enum fault go_to(struct field *field, size_t place,
			enum field_event *what)
{
	field->instance = instance_at(field, place);
	*what = FIELD_GOES;
	return list_all(field);
}

static enum fault add(struct field *field, enum field_event *what)
{
	struct instances *instances = field->state;

	/* An expression that failed over it stops nobody: field_tell_run(). */
	(void)!run_repeat_add(field->run, field->node);
	if (!instance_at(field, instances->count)) {
		field->problem = "kiosk.no_room";
		*what = FIELD_WRONG;
		return FAULT_NONE;
	}
	return go_to(field, instances->count, what);
}

static enum fault pick_of_all(struct field *field, size_t row,
			      enum field_event *what)
{
	struct instances *instances = field->state;

	if (row == instances->count)
		return add(field, what);
	if (row > instances->count) {
		*what = FIELD_PICKED;
		return FAULT_NONE;
	}
	return list_one(field, instance_at(field, row));
}

static enum fault pick_of_one(struct field *field, enum on_one row,
			      enum field_event *what)
{
	struct instances *instances = field->state;
	struct node *instance = instances->picked;

	if (row == ONE_CHANGE) {
		field->instance = instance;
		*what = FIELD_GOES;
		return list_all(field);
	}
	instances->picked = NULL;
	(void)!run_repeat_remove(field->run, instance);
	return list_all(field);
}

/* Back leads from one to all of them. */
static bool leads_back(const struct field *field, const struct ui_event *event)
{
	return event->key == UI_KEY_ESCAPE || field_leads_back(field, event);
}

static enum fault key(struct field *field, const struct ui_event *event,
		      enum field_event *what)
{
	struct instances *instances = field->state;
	size_t row;

	*what = FIELD_CHANGED;
	if (instances->picked && leads_back(field, event))
		return list_all(field);
	switch (choice_key(instances->choice, event)) {
	case CHOICE_MOVED:
		return FAULT_NONE;
	case CHOICE_PICKED:
		row = choice_selected(instances->choice);
		return instances->picked
			   ? pick_of_one(field, (enum on_one)row, what)
			   : pick_of_all(field, row, what);
	default:
		*what = FIELD_IGNORED;
		return FAULT_NONE;
	}
}

/* Which ones there are is for headphones alone. */
static void say(struct field *field, struct prompts *out)
{
	const struct instances *instances = field->state;

	spoken_rows(out, field->look,
		    &(struct spoken_list){
			.choice = instances->choice,
			.private = instances->private,
			.first_private = CHOICE_MAX,
		    });
}

static void leave(struct field *field)
{
	struct instances *instances = field->state;

	if (!instances)
		return;
	choice_free(instances->choice);
	free(instances->private);
	free(instances);
	field->state = NULL;
}

const struct field_ops field_instances = {
	.enter = enter,
	.draw = draw,
	.key = key,
	.say = say,
	.leave = leave,
	.reads_first = true,
};
