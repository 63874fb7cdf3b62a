#pragma once

#include <stddef.h>

#include "filing/filing.h"
#include "form/run.h"

/*
 * Inside the room: a birthday put together from the questions that a form
 * saves as birth_date, birth_year, birth_age_group, birth_calendar,
 * birth_earliest and birth_latest.
 */
enum birth_part {
	BIRTH_DATE, /* the first three by how much they tell */
	BIRTH_YEAR,
	BIRTH_AGE_GROUP,
	BIRTH_CALENDAR,
	BIRTH_EARLIEST,
	BIRTH_LATEST,
	BIRTH_PARTS,
};

struct birth {
	struct node *part[BIRTH_PARTS]; /* NULL: not answered */
};

/* Takes an answered node for what the form saves it as; field may be NULL. */
void birth_take(struct birth *birth, const char *field, struct node *node);

/* The part that was answered, or NULL; its words are the birthday's. */
struct node *birth_answer(const struct birth *birth);

/*
 * What is known, in a staff language. plain: the answer as it would be shown
 * by itself, a choice's label. out->precision is FILING_NO_BIRTH where there
 * is none. The caller releases *out with birth_done().
 */
void birth_tell(const struct birth *birth, const char *plain,
		const char *language, struct filing_birth *out);
void birth_done(struct filing_birth *birth); /* wipes */
