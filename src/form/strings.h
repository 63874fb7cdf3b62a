#pragma once

#include <stdbool.h>

#include "form/form.h"

/*
 * The texts of a form that translators translate, as they stand in its default
 * language. Each is a MessageFormat pattern: {output1}, {output2} stand for
 * what the form puts in, and a brace or an apostrophe that would be taken for
 * more than itself is quoted.
 */
struct form_string {
	/* What run_world's translate() is asked for: "/data/A3:label". */
	const char *key;
	const char *pattern;
	bool staff; /* of a question with appearance `staff` */
};

typedef void form_string_visit(void *to, const struct form_string *string);

/*
 * Visits the address of each picture that the form shows, in any language:
 * "jr://images/bed.svg". One that several rows have is visited for each.
 */
typedef void form_image_visit(void *to, const char *address);
void form_images(const struct form *form, form_image_visit *visit, void *to);

/* Visits them in the form's order; nothing where it has no itext. */
void form_strings(const struct form *form, form_string_visit *visit, void *to);
