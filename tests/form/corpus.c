#include "tests/test.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "tests/support/forms.h"
#include "tests/support/logged.h"

/*
 * The public forms of other projects, in FOYER_CORPUS: each runs, or is refused
 * with words that name what we do not run.
 */
static const struct {
	const char *form, *word;
} refused[] = {
	{ "cht__clinic-edit.xml", "none can be worked out first" },
	{ "cht__death_report_es.xml", "difference-in-months" },
	{ "cht__pnc_danger_sign_follow_up_baby.xml", "difference-in-months" },
	{ "cht__select_from_file.xml", "colors.xml" },
	{ "collect__all-widgets.xml", "the calendar myanmar" },
	{ "collect__different-search-appearances.xml", "search()" },
	{ "collect__external-csv-search.xml", "search()" },
	{ "collect__fieldlist-updates.xml", "search()" },
	{ "collect__form_styling.xml", "a rank is not supported" },
	{ "collect__ranking_widget.xml", "a rank is not supported" },
	{ "collect__selectOneExternal.xml", "select_one_external" },
	{ "enketocore__all-widgets.xml", "cities.geojson" },
	{ "enketocore__calcs.xml", "version" },
	{ "enketocore__setvalue.xml", "some-unsupported-event" },
	{ "webforms__1-rank.xml", "a rank is not supported" },
	{ "webforms__2-rank-with-choice-filter.xml",
	  "a rank is not supported" },
	{ "webforms__3-notes-with-markdown.xml", "a rank is not supported" },
	{ "webforms__xpath-syntax-error.xml", "second-question" },
};

static const char *expected_refusal(const char *path)
{
	const char *name = strrchr(path, '/') + 1;

	for (size_t i = 0; i < COUNT(refused); i++) {
		if (strcmp(refused[i].form, name) == 0)
			return refused[i].word;
	}
	return NULL;
}

/* Begins, answers what it can, switches languages, writes the submission. */
static void run_through(const char *path, const struct form *form)
{
	SCOPED(run_freep) struct run *run = forms_run(form);
	struct bytes xml = { 0 };
	enum run_answer answer;

	for (struct node *node = node_first(run_root(run)); node;
	     node = node_next(node)) {
		if (run_set(run, node, "1", &answer) != FAULT_NONE)
			fail_msg("%s: %s", path, node_path(node));
	}
	for (size_t i = 0; i < form_language_count(form); i++)
		run_set_language(run, form_language(form, i));
	assert_int_equal(run_submission(run, &xml), FAULT_NONE);
	assert_int_equal(xml.data[0], '<');
	bytes_done(&xml);
}

static void every_public_form_runs_or_says_why_not(void **state)
{
	const char *corpus = getenv("FOYER_CORPUS");
	size_t ran = 0;
	glob_t found;

	(void)state;
	if (!corpus) {
		print_message("skipped: FOYER_CORPUS is not set\n");
		skip();
	}
	SCOPED(char_freep) char *pattern = xasprintf("%s/forms/*.xml", corpus);
	SCOPED(char_freep)
	char *lists = xasprintf("%s/attachments/collect", corpus);
	assert_int_equal(glob(pattern, 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		const char *path = found.gl_pathv[i];
		const char *word = expected_refusal(path);
		struct form *form = NULL;

		logged_start();
		enum fault fault = form_read(path, lists, &form);
		if ((fault != FAULT_NONE) != (word != NULL) ||
		    (word && !strstr(logged(), word)))
			fail_msg("%s: %s", path, logged());
		if (!fault) {
			run_through(path, form);
			ran++;
		}
		form_free(form);
		logged_stop();
	}
	print_message("%zu forms run, %zu are refused\n", ran,
		      found.gl_pathc - ran);
	globfree(&found);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_public_form_runs_or_says_why_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
