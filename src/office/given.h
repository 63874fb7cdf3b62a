#pragma once

#include "base/fault.h"
#include "form/run.h"

/*
 * Answers from a file that stand for a person: `foyer ticket issue`, `foyer
 * visit type`.
 */

/*
 * Applies them (form/answers.h), and says each that the form did not take on
 * standard error, after the command's name; *refused counts those that a
 * person could not have given. Faults are those of answers_apply().
 */
MUST_CHECK enum fault given_apply(const char *command, const char *path,
				  struct run *run, int *refused);

/* What was answered to the question of appearance `language`; NULL: nothing. */
const char *given_language(struct run *run);

/* Says which node is not answered as the form wants it; returns EXIT_INPUT. */
int given_wrong(const char *command, struct node *node);
