#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/findings.h"
#include "xlsform/choices.h"
#include "xlsform/survey.h"
#include "xpath/tree.h"

/* What looking a form over is about: paths, expressions and where they are. */

/* Paths that a document mentions. */
struct paths {
	char **list;
	size_t count;
};

struct lint {
	const char *file;
	const struct survey *survey;   /* NULL: a document alone */
	const struct choices *choices; /* likewise */
	struct findings *findings;
	struct paths questions; /* with a control that takes an answer */
	struct paths tapped;    /* acknowledged, that is */
	struct paths calculated;
	struct paths several; /* of them, with several choices */
	struct paths repeats;
};

/* One expression under examination. */
struct subject {
	struct lint *lint;
	const char *context;   /* the path of the node it belongs to */
	const char *attribute; /* "relevant" */
	const struct expr *root;
};

void paths_add(struct paths *paths, const char *path);
bool paths_have(const struct paths *paths, const char *path);
void paths_done(struct paths *paths);

/* The column of the item's row that an attribute of its bind or control, or its
 * setvalue, was made of. */
const char *subject_column(const struct survey *survey, const struct item *item,
			   const char *attribute);

/* Adds a finding at the subject: at its row if there are sheets. */
void subject_tell(const struct subject *subject, enum finding_level level,
		  const char *words);

/*
 * Where a path leads, "/data/rep/x", as seen from context; NULL for one that
 * is not plain steps or leads into another instance. The caller frees it.
 */
char *subject_destination(const struct expr *expr, const char *context);
bool subject_has_predicate(const struct path *path);

bool subject_is_blank(const struct expr *expr); /* '' */
