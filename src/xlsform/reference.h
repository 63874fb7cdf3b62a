#pragma once

#include <stdbool.h>

#include "xlsform/survey.h"

/*
 * ${name} in a cell stands for the path of that question. Where both it and
 * the asking question lie in one repeat the path is relative ("../x"), so that
 * it means the same instance; inside a predicate it then starts at current().
 * Everywhere else, and for the question and the repeats that
 * indexed-repeat() is given, it is absolute.
 */
enum reference_place {
	REFERENCE_EXPRESSION,
	REFERENCE_PREDICATE, /* a choice filter: the whole is a predicate */
};

/* Who asks: the question a cell belongs to, and where findings point. */
struct reference {
	const struct survey *survey;
	const struct item *from; /* NULL: nobody, so every path is absolute */
	struct finding_place where;
	struct findings *findings;
};

/*
 * text with every ${x} put in; typographic quotes become plain ones. The
 * caller frees it; NULL when a finding was added.
 */
char *reference_expand(const struct reference *asker, const char *text,
		       enum reference_place place);

/*
 * The same, read as an expression: what cannot be one is a finding. Of a word
 * for yes or no it makes true() or false().
 */
char *reference_expression(const struct reference *asker, const char *text,
			   enum reference_place place);

/*
 * The question that text names at its start, "${x}", and where it ends; NULL
 * when a finding was added: not closed, unknown, not the only one.
 */
const struct item *reference_target(const struct reference *asker,
				    const char *text, const char **end);

/* The path of to as seen from from (or NULL); the caller frees it. */
char *reference_path(const struct item *from, const struct item *to);
