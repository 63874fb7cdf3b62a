#include "ask/review.h"

#include <stdlib.h>
#include <string.h>

#include "ask/around.h"
#include "ask/plain.h"
#include "ask/step.h"

#define BEHIND " · " /* a name, before its question */

static struct node *find(struct node *node, const char *word)
{
	for (; node; node = node_next(node)) {
		struct node *inside;

		if (node_appears(node, word))
			return node_relevant(node) ? node : NULL;
		if ((inside = find(node_first(node), word)))
			return inside;
	}
	return NULL;
}

struct node *review_node(struct run *run)
{
	return find(run_root(run), "review");
}

struct node *review_asks(struct run *run)
{
	return find(run_root(run), "on-review");
}

static void add(struct review *review, struct node *node,
		const struct ask_look *look)
{
	char *answer = field_words(node, look);
	char *question = plain_short_label(node);

	if (!answer[0]) {
		free(answer);
		free(question);
		return;
	}
	review->rows = xreallocarray(review->rows, review->count + 1,
				     sizeof *review->rows);
	review->rows[review->count++] = (struct review_row){
		.node = node,
		.question = question ? question : xstrdup(""),
		.answer = answer,
		.quotes = node_label_quotes(node),
	};
}

static void walk(struct node *node, const struct ask_look *look,
		 struct review *review);

/* Says of a row which instance it belongs to. */
static void put_name(struct review_row *row, const char *name)
{
	char *question = xasprintf(
	    "%s%s%s", name, row->question[0] ? BEHIND : "", row->question);

	char_wipe(row->question);
	row->question = question;
	row->quotes = true;
}

/* An instance goes by the first answer in it, which itself goes by the
 * instance's number. */
static void add_instance(struct node *instance, const struct ask_look *look,
			 struct review *review)
{
	SCOPED(char_freep) char *number = around_instance(instance, look);
	size_t first = review->count;
	const char *name;

	walk(node_first(instance), look, review);
	if (review->count == first)
		return;
	name = field_is_masked(review->rows[first].node)
		   ? number
		   : review->rows[first].answer;
	for (size_t i = first + 1; i < review->count; i++)
		put_name(&review->rows[i], name);
	put_name(&review->rows[first], number);
}

static bool is_listed(const struct node *node)
{
	return step_is_question(node) && node_kind(node) != NODE_NOTE &&
	       !node_is_private(node) && !node_appears(node, "unlisted");
}

static void walk(struct node *node, const struct ask_look *look,
		 struct review *review)
{
	for (; node; node = node_next(node)) {
		if (is_listed(node))
			add(review, node, look);
		if (!node_relevant(node))
			continue;
		if (node_kind(node) == NODE_REPEAT_INSTANCE)
			add_instance(node, look, review);
		else
			walk(node_first(node), look, review);
	}
}

void review_make(struct run *run, const struct ask_look *look,
		 struct review *review)
{
	*review = (struct review){ 0 };
	walk(node_first(run_root(run)), look, review);
}

void review_done(struct review *review)
{
	for (size_t i = 0; i < review->count; i++) {
		char_wipe(review->rows[i].answer);
		char_wipe(review->rows[i].question);
	}
	free(review->rows);
	*review = (struct review){ 0 };
}
