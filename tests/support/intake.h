#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "form/run.h"

/*
 * The default intake form, compiled from screens/intake once and loaded, and
 * what a run of it decides. Everything here fails the test where it cannot do
 * what it says. No name of a question stands in here but the reserved ones.
 */
const struct form *intake_form(void);
void intake_done(void); /* at the test program's end */

/* A run at noon UTC of 3 February 2026, at an agency with staffed safety. */
struct run *intake_run(void);
/* The same where safety_staffed is what is given ("" or "no"). */
struct run *intake_run_where(const char *safety_staffed);

/* The value of the first node of that name below the root; "" too where the
 * node is not relevant. There must be one. */
const char *intake_value(const struct run *run, const char *name);

/* Answers a question that must take it. */
void intake_answer(struct run *run, const char *name, const char *value);

/* "T301 T401": the rules that fired, in form order; the caller frees it. */
char *intake_rules(const struct run *run);
/* Their reasons, a line each. */
char *intake_reasons(const struct run *run);

/* 1 to 5 for triage_level U1 to U5; fails for anything else. */
int intake_level(const struct run *run);

/*
 * The ids of the screens a person meets with these answers, parted by blanks:
 * the steps of ask/step.h by their first question, all persons of a repeat as
 * one, then the review. The caller frees it.
 */
char *intake_screens(struct run *run);
