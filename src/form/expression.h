#pragma once

#include "base/fault.h"
#include "form/model.h"
#include "xpath/xpath.h"

/* An expression of the form, with what is needed to complain about it. */
struct expression {
	struct xpath *xpath;
	char *text;
	char *place;   /* "/data/a, relevant" */
	bool of_words; /* its value changes with the language */
	uint64_t steps_limit;
};

/* Logs what is wrong with the form, behind its name. Returns FAULT_FORMAT. */
enum fault form_complain(const struct form *form, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * Parses an expression that belongs to the form. place: "/data/a, relevant".
 * FAULT_FORMAT, FAULT_LIMIT: said, with place and text.
 */
MUST_CHECK enum fault form_expression(struct form *form, const char *place,
				      const char *text,
				      struct expression **out);
void expression_free(struct expression *expression);
