#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/home.h"
#include "office/desk.h"
#include "office/noun.h"
#include "record/entity.h"

/* What the verbs about assessments and plans share: options, and the record. */
struct care {
	const char *noun, *verb;
	const char *home, *what, *day, *horizon, *owner, *due, *step, *step_due,
	    *reason, *note, *strengths, *language;
	enum source source;
	int64_t corrects, assessment;
	int64_t id;   /* of the first word */
	char **words; /* behind it */
	int count;
	char today[DESK_DAY];
	struct home *where;
	struct record *record;
	struct record_who who;
	int64_t now;
};

/*
 * Reads the arguments, of which the words behind the first, an id, are least to
 * most, opens the record and does the deed; returns the exit status.
 */
typedef int care_deed(struct care *care);
int care_run(const char *noun, int argc, char **argv, int least, int most,
	     care_deed *deed);

int care_wrong(const struct care *care, const char *complaint);

/* Prints the entity, or says why nothing was done. */
int care_answer(const struct care *care, enum fault fault, const char *kind,
		enum entity_answer answer, const char *wrong, int64_t id);
