#include <stddef.h>

#include "office/form.h"

#include "office/noun.h"

static const struct verb verbs[] = {
	{
	    .name = "build",
	    .usage = "SHEETS [-o OUT.xml]",
	    .summary = "compile sheets to the form that kiosks load",
	    .run = form_build,
	},
	{
	    .name = "check",
	    .usage = "FORM [--json]",
	    .summary = "look over sheets or an XML form, a finding a "
		       "line",
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
	    .name = "preview",
	    .usage = "FORM [--lang TAG] [--json | --xml | --print OUT.pdf "
		     "[--paper letter|a4] [--copies N]]",
	    .summary = "ask a form on this terminal as a kiosk does, or print "
		       "it; nothing is kept",
	    .run = form_preview,
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
	    "SHEETS is a form in XLSForm: an .xlsx workbook, or a folder of "
	    "survey.csv,\nchoices.csv, settings.csv and entities.csv. Without "
	    "-o the form goes to\nstandard output. A form with errors is not "
	    "written, and the exit status is 1;\nwarnings do not change it.\n",
	.verbs = verbs,
};
