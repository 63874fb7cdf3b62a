#include "office/form_paper.h"

#include <stdlib.h>
#include <string.h>

#include "ask/calendars.h"
#include "ask/plain.h"
#include "ask/step.h"
#include "base/bytes.h"
#include "office/form_when.h"

#define LINES_OF_MULTILINE 4
#define LINES_MOST 12
#define NARROW 24 /* letters of a choice that stands three in a row */
#define WIDE 40   /* two in a row */
#define BLANK "____"
#define BLANKS BLANK BLANK BLANK

struct twin {
	const struct form_tongue *tongue;
	struct run *run;
	struct page *page;
	struct when when;
	struct when_question *questions;
	char *
	    copy; /* "2.1": the first in the second repeat around; NULL: none */
};

static struct page_said said(const char *text)
{
	return (struct page_said){ .own = text };
}

static void put_text(struct twin *twin, char *text)
{
	SCOPED(char_freep) char *own = text;

	page_paragraph(twin->page, said(own));
}

/* --- which questions, and their numbers --------------------------------------
 */

/* The answers above a table are beside each of its questions here. */
static bool is_table_head(const struct node *node)
{
	return node_kind(node) == NODE_SELECT && node_appears(node, "label");
}

static bool is_on_paper(const struct node *node)
{
	if (is_table_head(node))
		return false;
	return step_could_ask(node) ||
	       (node_appears(node, "on-review") && node_has_control(node));
}

static bool is_numbered(const struct node *node)
{
	return is_on_paper(node) && node_kind(node) != NODE_NOTE;
}

/* A repeat is asked about by its first instance. */
static enum fault list(struct twin *twin, struct node *node)
{
	enum fault fault = FAULT_NONE;

	twin->questions = xreallocarray(twin->questions, twin->when.count + 1,
					sizeof *twin->questions);
	twin->questions[twin->when.count++] = (struct when_question){
		.node = node,
		.number = is_numbered(node),
		.left_out = when_is_silent(node),
	};
	twin->when.questions = twin->questions;
	if (node_kind(node) == NODE_REPEAT && !node_first(node))
		fault = run_repeat_add(twin->run, node);
	for (struct node *child = node_first(node); !fault && child;
	     child = node_kind(node) == NODE_REPEAT ? NULL : node_next(child))
		fault = list(twin, child);
	return fault;
}

static struct when_question *question_of(const struct twin *twin,
					 const struct node *node)
{
	for (size_t i = 0; i < twin->when.count; i++) {
		if (twin->questions[i].node == node)
			return &twin->questions[i];
	}
	return NULL;
}

/* What is around a node is listed before it. */
static bool must_go(const struct twin *twin, const struct when_question *each)
{
	const struct node *parent = node_parent(each->node);
	const struct when_question *around =
	    parent ? question_of(twin, parent) : NULL;
	struct bytes words = { 0 };
	bool may = when_say(&twin->when, each->node, &words);

	bytes_done(&words);
	return !may || (around && around->left_out);
}

/* What hangs on something left out is left out, which may take along more; the
 * numbers have no gaps that would tell. */
static void number(struct twin *twin)
{
	bool more = true;
	int next = 0;

	while (more) {
		more = false;
		for (size_t i = 0; i < twin->when.count; i++) {
			struct when_question *each = &twin->questions[i];

			if (each->left_out || !must_go(twin, each))
				continue;
			each->left_out = more = true;
		}
	}
	for (size_t i = 0; i < twin->when.count; i++) {
		struct when_question *each = &twin->questions[i];

		if (each->number)
			each->number = each->left_out ? 0 : ++next;
	}
}

/* --- answers -----------------------------------------------------------------
 */

struct boxes {
	struct twin *twin;
	char **labels;
	size_t count, longest; /* letters of a label, in UTF-8 bytes */
};

static size_t letters(const char *text)
{
	size_t count = 0;

	for (; *text; text++)
		count += (*text & 0xc0) != 0x80;
	return count;
}

static void take_choice(void *to, const struct choice_item *item)
{
	struct boxes *boxes = to;
	char *label;

	if (item->hides)
		return;
	label = xstrdup(item->label[0] ? item->label : item->value);
	boxes->labels = xreallocarray(boxes->labels, boxes->count + 1,
				      sizeof *boxes->labels);
	boxes->labels[boxes->count++] = label;
	if (boxes->longest < letters(label))
		boxes->longest = letters(label);
}

static void put_choices(struct twin *twin, struct node *node)
{
	struct boxes boxes = { .twin = twin };
	size_t columns;

	node_each_choice(node, take_choice, &boxes);
	columns = boxes.longest <= NARROW ? 3 : boxes.longest <= WIDE ? 2 : 1;
	for (size_t i = 0; i < boxes.count; i += columns) {
		struct page_said row[3] = { 0 };

		for (size_t k = 0; k < columns && i + k < boxes.count; k++)
			row[k] = said(boxes.labels[i + k]);
		page_checks(twin->page, row, columns);
	}
	for (size_t i = 0; i < boxes.count; i++)
		free(boxes.labels[i]);
	free(boxes.labels);
}

static void put_lines(struct twin *twin, const struct node *node)
{
	const char *rows = node_attribute(node, "rows");
	long count = rows ? strtol(rows, NULL, 10) : 0;

	if (count < 1)
		count =
		    node_appears(node, "multiline") ? LINES_OF_MULTILINE : 1;
	for (long i = 0; i < count && i < LINES_MOST; i++)
		page_line(twin->page);
}

/* The cells of a day, by how much of it is asked. */
static void put_day(struct twin *twin, const struct node *node)
{
	const struct catalogue *words = twin->tongue->words;
	SCOPED(char_freep) char *day = catalogue_word(words, "kiosk.day");
	SCOPED(char_freep) char *month = catalogue_word(words, "kiosk.month");
	SCOPED(char_freep) char *year = catalogue_word(words, "kiosk.year");
	bool has_month = !node_appears(node, "year");
	bool has_day = has_month && !node_appears(node, "month-year");
	enum calendar calendar = CALENDAR_GREGORIAN;
	struct bytes out = { 0 };

	if (calendars_given(node, &calendar) && calendar != CALENDAR_GREGORIAN)
		bytes_add_format(
		    &out, "%s:  ",
		    calendar_title(calendar, twin->tongue->language->tag));
	if (has_day)
		bytes_add_format(&out, "%s " BLANK "   ", day);
	if (has_month)
		bytes_add_format(&out, "%s " BLANK BLANK "   ", month);
	bytes_add_format(&out, "%s " BLANK BLANK, year);
	if (node_type(node) == TYPE_DATETIME)
		bytes_add_text(&out, "   " BLANK " : " BLANK);
	put_text(twin, bytes_take_text(&out));
}

static void take_mark(void *to, const struct choice_item *item)
{
	struct bytes *marks = to;

	bytes_add_format(marks, "%s%s = %s", marks->length ? "   " : "",
			 item->value, item->label);
}

static void put_range(struct twin *twin, struct node *node)
{
	const char *start = node_attribute(node, "start");
	const char *end = node_attribute(node, "end");
	struct bytes marks = { 0 };

	node_each_choice(node, take_mark, &marks);
	if (marks.length)
		put_text(twin, bytes_take_text(&marks));
	put_text(twin, xasprintf("%s – %s:  " BLANKS, start ? start : "",
				 end ? end : ""));
}

static void put_answer(struct twin *twin, struct node *node)
{
	if (!node_available(node)) {
		put_text(twin,
			 catalogue_word(twin->tongue->words, "kiosk.not_here"));
		return;
	}
	switch (node_kind(node)) {
	case NODE_SELECT:
		put_choices(twin, node);
		return;
	case NODE_RANGE:
		put_range(twin, node);
		return;
	case NODE_TRIGGER: {
		SCOPED(char_freep)
		char *yes = catalogue_word(twin->tongue->words, "kiosk.yes");

		page_check(twin->page, said(yes), false);
		return;
	}
	default:
		break;
	}
	switch (node_type(node)) {
	case TYPE_DATE:
	case TYPE_DATETIME:
		put_day(twin, node);
		break;
	case TYPE_TIME:
		put_text(twin, xstrdup(BLANK " : " BLANK));
		break;
	case TYPE_INT:
	case TYPE_DECIMAL:
		put_text(twin, xstrdup(BLANKS));
		break;
	default:
		put_lines(twin, node);
	}
}

/* --- questions and what is around them ---------------------------------------
 */

/* "Only if 3: Yes"; where the language has no words for it, an arrow that
 * points the way it is read. */
static void put_when(struct twin *twin, const char *words)
{
	const struct catalogue *catalogue = twin->tongue->words;

	if (!*words)
		return;
	put_text(
	    twin,
	    catalogue_pattern(catalogue, "paper.only_if")
		? catalogue_say(catalogue, "paper.only_if",
				&(struct catalogue_argument){ .name = "what",
							      .text = words },
				1)
		: xasprintf("%s %s",
			    twin->tongue->language->right_to_left ? "←" : "→",
			    words));
}

/* The numbers of the very first are plain. */
static bool is_another(const char *copy)
{
	return copy && copy[strspn(copy, "1.")];
}

static void put_question(struct twin *twin, struct node *node,
			 const char *around)
{
	SCOPED(char_freep) char *label = plain_label(node);
	SCOPED(char_freep) char *hint = plain_hint(node);
	SCOPED(char_freep) char *copy = NULL;
	SCOPED(char_freep) char *heading = NULL;
	SCOPED(char_freep) char *condition = NULL;
	struct bytes words = { 0 };
	size_t length;

	bytes_add_text(&words, around);
	if (words.length)
		bytes_add_text(&words, " + ");
	length = words.length;
	if (!when_say(&twin->when, node, &words)) {
		bytes_done(&words);
		return;
	}
	if (words.length == length)
		words.length = strlen(around);
	condition = xstrndup((const char *)words.data, words.length);
	bytes_done(&words);
	if (node_kind(node) == NODE_NOTE) {
		page_question(twin->page, said(label));
		put_when(twin, condition);
		return;
	}
	copy = is_another(twin->copy) ? xasprintf(" (%s)", twin->copy)
				      : xstrdup("");
	heading = xasprintf("%d%s. %s%s", question_of(twin, node)->number, copy,
			    label ? label : node_name(node),
			    node_required(node) ? " *" : "");
	page_question(twin->page, said(heading));
	put_when(twin, condition);
	page_paragraph(twin->page, said(hint));
	put_answer(twin, node);
}

static bool has_any(const struct twin *twin, const struct node *node)
{
	const struct when_question *question = question_of(twin, node);

	if (!question || question->left_out)
		return false;
	if (is_on_paper(node))
		return true;
	for (node = node_first(node); node; node = node_next(node)) {
		if (has_any(twin, node))
			return true;
	}
	return false;
}

static void put_inside(struct twin *twin, struct node *node,
		       const char *around);

static void put_section(struct twin *twin, const char *label)
{
	SCOPED(char_freep)
	char *heading = twin->copy ? xasprintf("%s (%s)", label, twin->copy)
				   : xstrdup(label);

	page_heading(twin->page, said(heading));
}

/* A group with a label is a section, and says when it is asked; what one
 * without hangs on is said at each of its questions. */
static void put_group(struct twin *twin, struct node *node, const char *around)
{
	SCOPED(char_freep) char *label = plain_label(node);
	SCOPED(char_freep) char *own = NULL;
	struct bytes words = { 0 };

	if (!when_say(&twin->when, node, &words))
		return;
	bytes_add_text(&words, "");
	own = *around && words.length
		  ? xasprintf("%s + %s", around, (const char *)words.data)
	      : *around ? xstrdup(around)
			: xstrdup((const char *)words.data);
	bytes_done(&words);
	if (!label || !*label) {
		put_inside(twin, node, own);
		return;
	}
	put_section(twin, label);
	put_when(twin, own);
	put_inside(twin, node, "");
}

/* Several copies of the first instance, whose numbers are the same. */
static void put_repeat(struct twin *twin, struct node *range,
		       const char *around)
{
	SCOPED(char_freep) char *label = plain_label(range);
	struct bytes words = { 0 };
	char *outer = twin->copy;

	if (!node_first(range) || !when_say(&twin->when, range, &words))
		return;
	bytes_add_text(&words, "");
	if (*around && words.length)
		put_when(twin, around);
	for (int i = 1; i <= FORM_PAPER_COPIES; i++) {
		SCOPED(char_freep)
		char *copy = xasprintf("%s%s%d", outer ? outer : "",
				       outer ? "." : "", i);
		SCOPED(char_freep)
		char *heading = xasprintf("%s (%s)", label ? label : "", copy);

		twin->copy = copy;
		page_heading(twin->page, said(heading));
		if (i == 1)
			put_when(twin, words.length ? (const char *)words.data
						    : around);
		put_inside(twin, node_first(range), "");
	}
	twin->copy = outer;
	bytes_done(&words);
}

/* What stands in a group without a node is a section too: its label is told
 * where it is another than that of what stands before. */
static void put_frame(struct twin *twin, const struct node *node, char **last)
{
	char *label = plain_frame_label(node);

	if (label && *label && (!*last || strcmp(label, *last) != 0))
		put_section(twin, label);
	free(*last);
	*last = label;
}

static void put_inside(struct twin *twin, struct node *node, const char *around)
{
	SCOPED(char_freep) char *frame = NULL;

	for (node = node_first(node); node; node = node_next(node)) {
		if (!has_any(twin, node))
			continue;
		put_frame(twin, node, &frame);
		if (is_on_paper(node))
			put_question(twin, node, around);
		else if (node_kind(node) == NODE_REPEAT)
			put_repeat(twin, node, around);
		else
			put_group(twin, node, around);
	}
}

/* --- the whole ---------------------------------------------------------------
 */

/* What keeps a number in its order between words from the right: U+2066 and
 * U+2069. */
#define FROM_LEFT "\u2066"
#define FROM_LEFT_END "\u2069"

static void put_foot(struct twin *twin, const char *number)
{
	const struct form *form = twin->tongue->form;
	SCOPED(char_freep)
	char *line = xasprintf(
	    "%s · %s%s%s%s%s%s", form_id(form), form_version(form),
	    *form_version(form) ? " · " : "", twin->tongue->language->own_name,
	    number ? " · № " FROM_LEFT : "", number ? number : "",
	    number ? FROM_LEFT_END : "");

	page_set_foot(twin->page, &(struct page_foot){ .agency = line });
}

static void put_top(struct twin *twin)
{
	const struct catalogue *words = twin->tongue->words;

	page_title(twin->page, said(form_title(twin->tongue->form)));
	if (catalogue_pattern(words, "paper.legend"))
		put_text(twin, catalogue_word(words, "paper.legend"));
}

enum fault form_paper(const struct form_tongue *tongue, struct run *run,
		      const char *code, struct page **out)
{
	struct twin twin = { .tongue = tongue, .run = run };
	enum fault fault;

	run_set_language(run, tongue->language->tag);
	twin.when.form = tongue->form;
	fault = list(&twin, run_root(run));
	if (!fault) {
		number(&twin);
		twin.page =
		    page_new(tongue->language, tongue->language, PAGE_UNDER);
		put_top(&twin);
		put_inside(&twin, run_root(run), "");
		put_foot(&twin, code);
		*out = twin.page;
	}
	free(twin.questions);
	return fault;
}
