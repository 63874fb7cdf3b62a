#include <stddef.h>

#include "office/form.h"

#include "office/noun.h"

static const struct verb verbs[] = {
	{
	    .name = "build",
	    .usage = "SHEETS [-o OUT.xml]",
	    .summary = "compile a folder of CSV sheets to the form that "
		       "kiosks load",
	    .run = form_build,
	},
	{
	    .name = "check",
	    .usage = "FORM",
	    .summary = "look over a folder of sheets or an XML form, a "
		       "finding a line",
	    .run = form_check,
	},
	{
	    .name = "run",
	    .usage = "FORM.xml [--answers A.json] [--walk STEPS] [--lang TAG] "
		     "[--now TIME] [--property NAME=VALUE] "
		     "[--attachments DIR] [--xml]",
	    .summary = "run a form without a screen; every node as a line "
		       "of JSON",
	    .run = form_run,
	},
	{
	    .name = "strings",
	    .usage = "FORM [--staff]",
	    .summary = "list a form's words as a PO file for translators",
	    .run = form_list_strings,
	},
	{ .name = NULL },
};

const struct noun noun_form = {
	.name = "form",
	.summary = "the questions that are asked",
	.details =
	    "SHEETS is a folder of survey.csv, choices.csv, settings.csv and "
	    "entities.csv\n(XLSForm). Without -o the form goes to standard "
	    "output. A form with errors is\nnot written, and the exit status "
	    "is 1; warnings do not change it.\n",
	.verbs = verbs,
};
