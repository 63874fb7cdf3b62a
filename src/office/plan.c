#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/data.h"
#include "office/care.h"
#include "office/entity.h"
#include "office/indicators.h"
#include "office/line.h"
#include "office/pages.h"
#include "record/plan.h"

static int do_goal(struct care *care)
{
	struct plan_new goal = {
		.person = care->id,
		.words = care->words[1],
		.horizon = care->horizon ?: "short",
		.owner = care->owner ?: "newcomer",
		.due = care->due,
		.action = care->step,
		.step_due = care->step_due,
		.assessment = care->assessment,
	};
	enum entity_answer answer;
	const char *wrong = NULL;
	int64_t id = 0;
	enum fault fault;

	if (!domain_of(care->words[0], &goal.domain))
		return care_wrong(care, "needs are " DOMAINS);
	fault = plan_open(care->record, &goal, &care->who, care->now, &answer,
			  &wrong, &id);
	return care_answer(care, fault, "goal", answer, wrong, id);
}

static int run_goal(int argc, char **argv)
{
	return care_run("plan", argc, argv, 2, 2, do_goal);
}

static int do_next(struct care *care)
{
	enum entity_answer answer;
	enum fault fault = plan_make_next(care->record, care->id, &care->who,
					  care->now, &answer);

	return care_answer(care, fault, "step", answer, NULL, care->id);
}

static int run_next(int argc, char **argv)
{
	return care_run("plan", argc, argv, 0, 0, do_next);
}

static int do_stream(struct care *care)
{
	enum entity_answer answer;
	int64_t id = 0;
	enum fault fault =
	    plan_stream(care->record, care->id, care->words[0], care->reason,
			&care->who, care->now, &answer, &id);

	return care_answer(care, fault, "stream", answer, NULL, id);
}

static int run_stream(int argc, char **argv)
{
	return care_run("plan", argc, argv, 1, 1, do_stream);
}

/* --- templates ------------------------------------------------------------ */

static int use_template(struct care *care, const struct plan_template *template)
{
	enum entity_answer answer;
	size_t count = 0;
	enum fault fault =
	    plan_template_use(care->record, template, care->id, care->today,
			      &care->who, care->now, &answer, &count);

	if (fault)
		return fault_exit(fault);
	if (answer != ENTITY_DONE)
		return entity_complain("plan", care->verb, kind_find("goal"),
				       answer, NULL);
	line_print(json_pack("{s:s, s:I, s:i, s:i}", "template", template->name,
			     "person", (json_int_t)care->id, "goals",
			     (int)template->count, "opened", (int)count));
	return EXIT_DONE;
}

static int do_template(struct care *care)
{
	SCOPED(char_freep) char *path = NULL;
	struct plan_template template;
	enum fault fault;
	int status;

	if (strcmp(care->language, "en") != 0 &&
	    strcmp(care->language, "fr") != 0)
		return care_wrong(care, "--lang is en or fr");
	/* A file of the agency's, or one of those that come with Foyer. */
	path = strchr(care->words[0], '/') || strchr(care->words[0], '.')
		   ? xstrdup(care->words[0])
		   : plan_template_path(care->words[0]);
	if ((fault = plan_template_read(path, care->language, &template)))
		return fault_exit(fault);
	status = use_template(care, &template);
	plan_template_done(&template);
	return status;
}

static int run_template(int argc, char **argv)
{
	return care_run("plan", argc, argv, 1, 1, do_template);
}

static const struct verb verbs[] = {
	{ "goal",
	  "[--home DIR] [--horizon short|long] [--owner newcomer|worker|"
	  "sponsor|other] [--due DAY] [--step TEXT] [--step-due DAY] "
	  "[--assessment ID] PERSON NEED WORDS",
	  "open a goal in the person's words, with its first step", run_goal },
	{ "next", "[--home DIR] STEP",
	  "make an open step the next one of its goal", run_next },
	{ "template", "[--home DIR] [--lang en|fr] PERSON NAME|FILE.csv",
	  "open the goals of a template, first-30-days or a file",
	  run_template },
	{ "stream",
	  "[--home DIR] [--reason TEXT] PERSON "
	  "expected|screened|active|exit|closed",
	  "move a person's case stream", run_stream },
	{ "indicators", INDICATORS_USAGE,
	  "what was agreed to be counted, each with its definition",
	  run_indicators },
	{ "print", PAGES_USAGE, "a person's plan on a page, in their language",
	  pages_plan },
	{ .name = NULL },
};

static const char *const kinds[] = { "goal",    "step",
				     "stream",  "service_contact",
				     "benefit", "support_given",
				     "stock",   "outcome",
				     NULL };

const struct noun noun_plan = {
	.name = "plan",
	.summary = "goals, steps, case streams, contacts, benefits, supports",
	.details =
	    "An open goal has one next step: when that is ended, the open one "
	    "that is due first\ncomes next. foyer list goals-without-step, "
	    "no-next-step and overdue-steps tell\nwhere something is to be "
	    "done.\n",
	.verbs = verbs,
	.kinds = kinds,
};
