#pragma once

#include <stddef.h>

#include "xpath/argument.h"
#include "xpath/tree.h"
#include "xpath/value.h"

/*
 * The functions of ODK XPath, by their full name. Each file of functions
 * exports one table that ends with an entry without a name.
 */

/* What every one of them is given: FUNCTION(round_number) { ... } */
#define FUNCTION(name)                                          \
	static struct value name(struct evaluation *evaluation, \
				 const struct call *call,       \
				 const struct context *context)
#define UNUSED_ARGUMENTS (void)evaluation, (void)call, (void)context

extern const struct function xpath_text_functions[];
extern const struct function xpath_number_functions[];
extern const struct function xpath_boolean_functions[];
extern const struct function xpath_node_functions[];
extern const struct function xpath_date_functions[];
extern const struct function xpath_form_functions[];

/* The function called name (length bytes), or NULL. */
const struct function *function_find(const char *name, size_t length);

/* Why a function that other engines know is refused here, or NULL. */
const char *function_refusal(const char *name, size_t length);
