#include <stdlib.h>
#include <string.h>

#include "ask/amount.h"
#include "ask/field.h"
#include "ask/spoken.h"
#include "ask/suggest.h"
#include "text/cells.h"
#include "ui/entry.h"
#include "ui/keyboard.h"
#include "ui/progress.h"

/*
 * Free text: names, how to be reached; and numbers (ask/amount.h). Below the
 * field stands the keyboard of the person's language, where there is room for
 * one; the form's appearances `latin`, `name`, `numbers`, `email` and `url` say
 * how it begins. What was written is told to the run when the field is left. A
 * name may be suggested (ask/suggest.h): it is said to be, until the person
 * goes on or changes it; erasing takes it all away. A question of appearance
 * `scan` is filled by a scanner, and may be written here as well. What is
 * masked is dots here too.
 */
#define BAR_CELLS 20

struct write {
	struct entry *entry;
	char *source;   /* what a suggestion was last made from */
	bool suggested; /* the text is one, and nobody touched it */
	bool followed;  /* and it became another, which the run has not */
	struct keyboard *keyboard;
	int whole; /* bytes of room when empty, for the bar */
};

static bool is_long(const struct field *field)
{
	return node_appears(field->node, "multiline");
}

static bool accepts(void *to, const char *text)
{
	const struct field *field = to;

	return !field->look->room ||
	       field->look->room(field->look->to, field->node, text) >= 0;
}

/*
 * A suggestion follows what it is made from as long as nobody wrote anything
 * else; one that was erased comes back only when that changes.
 */
static void suggest(const struct field *field)
{
	struct write *write = field->state;
	const char *source = suggest_source(field);
	SCOPED(char_wipep) char *text = NULL;

	if (strcmp(source, write->source) == 0)
		return;
	char_wipe(write->source);
	write->source = xstrdup(source);
	if (!write->suggested && entry_text(write->entry)[0])
		return;
	text = suggest_text(field);
	if (!accepts((void *)field, text))
		text[0] = '\0';
	entry_set_text(write->entry, text);
	write->suggested = text[0];
	write->followed = true;
}

/* After a key: who changes it makes it theirs, who erases wants none of it. */
static void touched(struct write *write, const char *before)
{
	const char *now = entry_text(write->entry);
	size_t length = strlen(now);

	if (!write->suggested || strcmp(now, before) == 0)
		return;
	write->suggested = false;
	if (length < strlen(before) && strncmp(now, before, length) == 0)
		entry_set_text(write->entry, "");
}

static enum keyboard_kind kind_of(const struct node *node)
{
	if (node_type(node) == TYPE_INT)
		return KEYBOARD_WHOLE;
	if (node_type(node) == TYPE_DECIMAL || amount_is_parted(node))
		return KEYBOARD_DECIMAL;
	if (node_appears(node, "numbers"))
		return KEYBOARD_NUMBERS;
	return node_appears(node, "email") || node_appears(node, "url")
		   ? KEYBOARD_ADDRESS
		   : KEYBOARD_TEXT;
}

static struct keyboard *keyboard_for(const struct field *field,
				     struct entry *entry)
{
	const struct node *node = field->node;

	return keyboard_new(
	    &(struct keyboard_options){
		.language = field->look->language->tag,
		.words = field->look->words,
		.kind = kind_of(node),
		.capitals = node_appears(node, "name") ? KEYBOARD_WORD_CAPITALS
						       : KEYBOARD_FIRST_CAPITAL,
		.latin = node_appears(node, "latin"),
		.secret = field_is_masked(node),
	    },
	    entry);
}

static void show_answer(const struct field *field)
{
	const struct write *write = field->state;
	SCOPED(char_wipep) char *shown = amount_shown(field);

	entry_set_text(write->entry, shown);
}

/* Behind the last digit alone: a caret within would jump. */
static void part_thousands(const struct field *field)
{
	const struct write *write = field->state;
	const char *text = entry_text(write->entry);
	SCOPED(char_wipep) char *parted = NULL;

	if (!amount_is_parted(field->node) ||
	    entry_caret(write->entry) != strlen(text))
		return;
	parted = amount_parted(field, text);
	if (strcmp(parted, text) != 0)
		entry_set_text(write->entry, parted);
}

/* What to do here, as long as nothing was written. */
static const char *hint_of(const struct field *field)
{
	return amount_is(field->node) ? "kiosk.not_number" : "kiosk.write_here";
}

static enum fault enter(struct field *field)
{
	SCOPED(char_freep)
	char *hint = catalogue_word(field->look->words, hint_of(field));
	struct write *write = xcalloc(1, sizeof *write);

	field->state = write;
	write->entry = entry_new(&(struct entry_options){
	    .language = field->look->language->tag,
	    .placeholder = hint,
	    .lines = is_long(field),
	    .secret = field_is_masked(field->node),
	    .accepts = accepts,
	    .to = field,
	});
	if (!field_is_private(field))
		show_answer(field);
	write->suggested = suggest_is_stored(field);
	/* One that was left empty stays so. */
	write->source = xstrdup(suggest_source(field));
	if (field->look->room)
		write->whole =
		    field->look->room(field->look->to, field->node, "");
	write->keyboard = keyboard_for(field, write->entry);
	return FAULT_NONE;
}

/* How much of the ticket is left, without a number. */
static void draw_room(const struct field *field, struct canvas *canvas, int y,
		      int x)
{
	const struct write *write = field->state;
	int room;

	if (write->whole <= 0)
		return;
	room = field->look->room(field->look->to, field->node,
				 entry_text(write->entry));
	progress_bar(canvas, y, x, BAR_CELLS,
		     room > 0 ? room * 1000 / write->whole : 0, CANVAS_QUIET);
}

/* Large enough to be read from a step away. */
static void draw_larger(const struct field *field, struct canvas *canvas,
			const struct canvas_area *box)
{
	const struct write *write = field->state;
	struct canvas_text shown = canvas_text_in(box, entry_text(write->entry),
						  field->look->language->tag);

	shown.style = CANVAS_HEADING;
	canvas_text(canvas, &shown);
}

static enum entry_focus focus_of(const struct write *write, bool focused)
{
	if (!focused)
		return ENTRY_QUIET;
	return keyboard_has_focus(write->keyboard) ? ENTRY_FED : ENTRY_FOCUSED;
}

static void draw_field(const struct field *field, struct canvas *canvas,
		       const struct canvas_area *box, bool focused)
{
	const struct write *write = field->state;

	if (keyboard_shows_larger(write->keyboard))
		draw_larger(field, canvas, box);
	else
		entry_draw(write->entry, canvas, *box,
			   focus_of(write, focused));
}

/* Says of a suggestion what it is; rows taken from the top of the area. */
static int draw_notice(const struct field *field, struct canvas *canvas,
		       const struct canvas_area *area)
{
	const struct write *write = field->state;
	SCOPED(char_freep) char *notice = NULL;

	if (!write->suggested || area->h < 2)
		return 0;
	notice = catalogue_word(field->look->words, "kiosk.check_name");
	return canvas_text(canvas, &(struct canvas_text){
				       .y = area->y,
				       .x = area->x,
				       .h = area->h > 3 ? 2 : 1,
				       .w = area->w,
				       .text = notice,
				       .language = field->look->language->tag,
				       .colour = CANVAS_ACCENT,
				       .caret = -1,
				   });
}

static void draw(struct field *field, struct canvas *canvas,
		 const struct canvas_area *area, bool focused)
{
	struct write *write = field->state;
	struct canvas_area rest = *area, box, keys;
	struct keyboard_plan plan;
	int notice;

	suggest(field);
	notice = draw_notice(field, canvas, area);
	rest.y += notice;
	rest.h -= notice;
	plan = keyboard_plan(write->keyboard, &rest);
	box = keys = rest;
	box.h = plan.field;
	if (!plan.keys && !is_long(field) && box.h > 3)
		box.h = 3;
	draw_field(field, canvas, &box, focused);
	keys.y += plan.field + plan.between;
	keys.h = plan.keys;
	if (plan.keys)
		keyboard_draw(write->keyboard, canvas, &keys, plan.row_height);
	if (is_long(field) && plan.between)
		draw_room(field, canvas, rest.y + plan.field, rest.x);
}

static void refuse(struct field *field, enum field_event *what)
{
	field->problem = "kiosk.no_room";
	*what = FIELD_WRONG;
}

static enum fault tell(struct field *field, const char *text,
		       enum field_event *what)
{
	SCOPED(char_wipep) char *kept = amount_kept(field, text);

	return field_answer(field, kept, what);
}

/* A private answer that was left blank again is kept as it was. */
static enum fault commit(struct field *field, enum field_event *what)
{
	struct write *write = field->state;
	enum keyboard_event event = keyboard_finish(write->keyboard);
	const char *text;
	enum fault fault;

	if (event == KEYBOARD_REFUSED) {
		refuse(field, what);
		return FAULT_NONE;
	}
	write->suggested &= event != KEYBOARD_CHANGED;
	suggest(field);
	text = entry_text(write->entry);
	*what = FIELD_CHANGED;
	if ((!field->touched && !write->followed) ||
	    (field_is_private(field) && !text[0]))
		return FAULT_NONE;
	if ((fault = tell(field, text, what)))
		return fault;
	write->followed = false;
	suggest_store(field, write->suggested);
	return FAULT_NONE;
}

/* Going on says that a suggestion is right. */
static enum fault confirm(struct field *field)
{
	struct write *write = field->state;

	write->suggested = false;
	suggest_store(field, false);
	return FAULT_NONE;
}

/* The end of writing, by the key for it or by Enter. */
static enum fault finish(struct field *field, enum field_event *what)
{
	enum fault fault = commit(field, what);

	if (fault || *what != FIELD_CHANGED)
		return fault;
	*what = FIELD_PICKED;
	return confirm(field);
}

/* A key that the on-screen keyboard has no use for. */
static enum fault key_of_entry(struct field *field,
			       const struct ui_event *event,
			       enum field_event *what)
{
	struct write *write = field->state;

	switch (entry_key(write->entry, event)) {
	case ENTRY_IGNORED:
		*what = FIELD_IGNORED;
		break;
	case ENTRY_MOVED:
	case ENTRY_CHANGED:
		break;
	case ENTRY_REFUSED:
		refuse(field, what);
		break;
	case ENTRY_ENTERED:
		return finish(field, what);
	}
	return FAULT_NONE;
}

static enum fault key_of_field(struct field *field,
			       const struct ui_event *event,
			       enum field_event *what)
{
	struct write *write = field->state;

	*what = FIELD_CHANGED;
	field->problem = NULL;
	switch (keyboard_key(write->keyboard, event)) {
	case KEYBOARD_IGNORED:
		return key_of_entry(field, event, what);
	case KEYBOARD_MOVED:
	case KEYBOARD_CHANGED:
		break;
	case KEYBOARD_REFUSED:
		refuse(field, what);
		break;
	case KEYBOARD_DONE:
		return finish(field, what);
	}
	return FAULT_NONE;
}

static int rows(const struct field *field)
{
	const struct write *write = field->state;

	suggest(field);
	return keyboard_rows(write->keyboard) + write->suggested;
}

static enum fault key(struct field *field, const struct ui_event *event,
		      enum field_event *what)
{
	struct write *write = field->state;
	SCOPED(char_wipep) char *before = NULL;
	enum fault fault;

	suggest(field);
	before = xstrdup(entry_text(write->entry));
	fault = key_of_field(field, event, what);
	touched(write, before);
	part_thousands(field);
	return fault;
}

/* --- aloud ------------------------------------------------------------------
 */

#define SPELT_MOST 40 /* letters */

static void say_cluster(const struct field *field, struct prompts *out,
			const char *text, size_t from, size_t end)
{
	SCOPED(char_wipep) char *one = xstrndup(text + from, end - from);

	spoken_sign(out, field->look,
		    &(struct spoken_sign){ .text = one, .turn = (int)end });
}

/* The letter before the caret: what was just written. */
static void say_last(const struct field *field, struct prompts *out)
{
	const struct write *write = field->state;
	const char *text = entry_text(write->entry);
	size_t caret = entry_caret(write->entry);
	size_t from = caret ? text_previous_cluster(text, caret) : 0;

	say_cluster(field, out, text, from, caret);
}

/* Whoever wants to see it larger hears it whole, and letter by letter. */
static void say_larger(const struct field *field, struct prompts *out)
{
	const struct write *write = field->state;
	const char *text = entry_text(write->entry);
	size_t at = 0, end;

	spoken_sign(
	    out, field->look,
	    &(struct spoken_sign){ .text = text, .whole = true, .turn = -1 });
	for (int i = 0; text[at] && i < SPELT_MOST; i++, at = end) {
		end = text_next_cluster(text, at);
		say_cluster(field, out, text, at, end);
	}
}

static void say_keys(const struct field *field, struct prompts *out)
{
	const struct write *write = field->state;
	struct keyboard_name names[SPELT_MOST];
	int count = keyboard_names(write->keyboard, names, SPELT_MOST);

	for (int i = 0; i < count; i++)
		spoken_sign(out, field->look,
			    &(struct spoken_sign){ .text = names[i].cap,
						   .word = names[i].word });
}

/* How it is written is for everybody; what is written for headphones alone. */
static void say(struct field *field, struct prompts *out)
{
	const struct write *write = field->state;

	suggest(field);
	spoken_word(out, field->look, PROMPT_LEAD,
		    write->suggested ? "kiosk.check_name" : hint_of(field));
	say_last(field, out);
	if (keyboard_shows_larger(write->keyboard))
		say_larger(field, out);
	else
		say_keys(field, out);
}

static void leave(struct field *field)
{
	struct write *write = field->state;

	if (!write)
		return;
	keyboard_free(write->keyboard);
	entry_free(write->entry);
	char_wipe(write->source);
	free(write);
	field->state = NULL;
}

static bool written(const struct field *field)
{
	const struct write *write = field->state;

	return entry_text(write->entry)[0];
}

static bool typing(const struct field *field)
{
	(void)field;
	return true;
}

const struct field_ops field_write = {
	.enter = enter,
	.draw = draw,
	.key = key,
	.commit = commit,
	.written = written,
	.say = say,
	.confirm = confirm,
	.leave = leave,
	.rows = rows,
	.typing = typing,
};
