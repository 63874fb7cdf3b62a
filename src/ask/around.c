#include "ask/around.h"

#include <stdlib.h>

#include "ask/plain.h"
#include "base/bytes.h"
#include "text/digits.h"

static int number_of(const struct node *instance)
{
	int number = 1;

	for (const struct node *each = node_first(node_parent(instance));
	     each != instance; each = node_next(each))
		number++;
	return number;
}

static void visit_label(const struct node *node, int number,
			around_visit *visit, void *to)
{
	SCOPED(char_wipep) char *words = plain_short_label(node);

	if (words && words[0])
		visit(to, &(struct around){
			      .words = words,
			      .key = node_label_key(node),
			      .number = number,
			      .quotes = node_label_quotes(node),
			  });
}

static void visit_holder(const struct node *node, around_visit *visit, void *to)
{
	if (node_kind(node) == NODE_GROUP)
		visit_label(node, 0, visit, to);
	else if (node_kind(node) == NODE_REPEAT_INSTANCE)
		visit_label(node_parent(node), number_of(node), visit, to);
}

/* A group without a node, which only what is in it knows. */
static void visit_frame(const struct node *node, around_visit *visit, void *to)
{
	/* An instance has its repeat's. */
	SCOPED(char_wipep)
	char *words = node_kind(node) == NODE_REPEAT_INSTANCE
			  ? NULL
			  : plain_frame_label(node);

	if (words && words[0])
		visit(to, &(struct around){
			      .words = words,
			      .key = node_frame_label_key(node),
			      .quotes = node_frame_label_quotes(node) });
}

static void visit_above(const struct node *node, around_visit *visit, void *to)
{
	const struct node *above = node_parent(node);

	if (!above)
		return;
	visit_above(above, visit, to);
	visit_frame(above, visit, to);
	visit_holder(above, visit, to);
}

bool around_is_heading(const struct step *step)
{
	SCOPED(char_wipep)
	char *words =
	    step->head && !step->group ? plain_frame_label(step->head) : NULL;

	return words && words[0];
}

void around_each(const struct step *step, around_visit *visit, void *to)
{
	const struct node *inner = step->group ? step->group : step->field[0];

	visit_above(inner, visit, to);
	if (!around_is_heading(step))
		visit_frame(inner, visit, to);
}

/* --- in a line ------------------------------------------------------------ */

static char *numbered(const char *label, int number,
		      const struct ask_look *look)
{
	struct digits digits = digits_of(look->language->tag);
	SCOPED(char_freep)
	char *shown = number ? digits_number(&digits, number) : xstrdup("");

	return xasprintf("%s%s%s", label, *label && number ? " " : "", shown);
}

char *around_instance(const struct node *instance, const struct ask_look *look)
{
	SCOPED(char_wipep)
	char *label = plain_short_label(node_parent(instance));

	return numbered(label ? label : "", number_of(instance), look);
}

struct line {
	const struct ask_look *look;
	struct bytes words;
};

static void add(void *to, const struct around *part)
{
	struct line *line = to;
	SCOPED(char_wipep)
	char *words = numbered(part->words, part->number, line->look);

	bytes_add_format(&line->words, "%s%s", line->words.length ? " · " : "",
			 words);
}

char *around_words(const struct step *step, const struct ask_look *look)
{
	struct line line = { .look = look };

	around_each(step, add, &line);
	return line.words.length ? bytes_take_text(&line.words) : NULL;
}
