#include <stddef.h>

#include "office/noun.h"

static const struct verb verbs[] = {
	{ .name = NULL },
};

const struct noun noun_form = {
	.name = "form",
	.summary = "the questions that are asked",
	.verbs = verbs,
};
