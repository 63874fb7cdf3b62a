#include "office/given.h"

#include <stdio.h>

#include "form/answers.h"
#include "office/noun.h"

struct giving {
	const char *command;
	int refused;
};

static void note(void *to, const char *path, const char *why,
		 enum run_answer answer)
{
	struct giving *giving = to;

	fprintf(stderr, "%s: %s: %s\n", giving->command, path, why);
	giving->refused += answer != RUN_NOT_RELEVANT;
}

enum fault given_apply(const char *command, const char *path, struct run *run,
		       int *refused)
{
	struct giving giving = { .command = command };
	enum fault fault = answers_apply(path, run, note, &giving);

	*refused = giving.refused;
	return fault;
}

/* The question whose answer is the language, in some form; NULL if none. */
static struct node *find_language_question(struct node *above)
{
	for (struct node *node = node_first(above); node;
	     node = node_next(node)) {
		struct node *inside;

		if (node_kind(node) == NODE_SELECT &&
		    node_appears(node, "language"))
			return node;
		if ((inside = find_language_question(node)))
			return inside;
	}
	return NULL;
}

const char *given_language(struct run *run)
{
	struct node *question = find_language_question(run_root(run));

	return question && node_relevant(question) && node_value(question)[0]
		   ? node_value(question)
		   : NULL;
}

int given_wrong(const char *command, struct node *node)
{
	SCOPED(char_freep) char *reference = node_reference(node);
	SCOPED(char_freep) char *message = node_violation_message(node);

	fprintf(stderr, "%s: %s: %s\n", command, reference,
		message ? message
		: node_violation(node) == VIOLATES_REQUIRED
		    ? "must be answered"
		    : "its answer does not meet the form's constraint");
	return EXIT_INPUT;
}
