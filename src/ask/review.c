#include "ask/review.h"

#include <stdlib.h>
#include <string.h>

#include "ask/plain.h"
#include "ask/step.h"

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
	};
}

static void walk(struct node *node, const struct ask_look *look,
		 struct review *review)
{
	for (; node; node = node_next(node)) {
		if (step_is_question(node) && node_kind(node) != NODE_NOTE &&
		    !node_appears(node, "private") &&
		    !node_appears(node, "unlisted"))
			add(review, node, look);
		if (node_relevant(node))
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
		explicit_bzero(review->rows[i].answer,
			       strlen(review->rows[i].answer));
		free(review->rows[i].answer);
		free(review->rows[i].question);
	}
	free(review->rows);
	*review = (struct review){ 0 };
}
