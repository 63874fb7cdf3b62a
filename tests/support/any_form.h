#pragma once

#include "form/form.h"
#include "form/run.h"
#include "tests/support/chance.h"

/*
 * Any form: a few dozen questions of every kind in groups and repeats, with
 * first values, relevance on earlier answers, calculations and setvalues. The
 * same chance gives the same form.
 */
char *any_form_text(struct chance *chance); /* for the caller to free */
struct form *any_form(struct chance *chance);

/* Answers it at random, as a person who skips some would. */
void any_answers(struct chance *chance, struct run *run);
