#include <stddef.h>

#include "office/form.h"

#include "office/noun.h"

static const struct verb verbs[] = {
	{
	    .name = "run",
	    .usage = "FORM.xml [--answers A.json] [--lang TAG] "
		     "[--now TIME] [--property NAME=VALUE] "
		     "[--attachments DIR] [--xml]",
	    .summary = "run a form without a screen; every node as a line "
		       "of JSON",
	    .run = form_run,
	},
	{ .name = NULL },
};

const struct noun noun_form = {
	.name = "form",
	.summary = "the questions that are asked",
	.verbs = verbs,
};
