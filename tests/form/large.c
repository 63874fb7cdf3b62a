#include "tests/test.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "tests/support/forms.h"
#include "tests/support/long_form.h"
#include "tests/support/slow.h"

static struct form *many_questions(int count)
{
	SCOPED(char_freep) char *text = forms_many(count);
	struct form *form = NULL;

	assert_int_equal(form_parse("test", text, strlen(text), NULL, &form),
			 FAULT_NONE);
	return form;
}

static double milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static uint64_t cost(struct run *run, const char *reference, const char *value)
{
	uint64_t before = run_evaluations(run);

	assert_int_equal(forms_set(run, reference, value), RUN_TAKEN);
	return run_evaluations(run) - before;
}

static void an_answer_costs_what_depends_on_it(void **state)
{
	double start = milliseconds();
	SCOPED(form_freep) struct form *form = many_questions(5000);
	double parsed = milliseconds();
	SCOPED(run_freep) struct run *run = forms_run(form);
	double loaded = milliseconds();

	(void)state;
	/* Each expression once: 4,500 relevances, the sum has no relevance. */
	assert_int_equal(run_evaluations(run), 4500);
	assert_int_equal(cost(run, "/data/q10", "1"), 9);
	assert_int_equal(cost(run, "/data/q11", "x"), 0);
	assert_int_equal(cost(run, "/data/q10", "1"), 0);
	/* Ten of the last block are relevant now, the sum among them. */
	assert_int_equal(cost(run, "/data/q4990", "1"), 9 + 1);
	assert_int_equal(cost(run, "/data/q100", "4"), 9 + 1);
	double answered = milliseconds();
	print_message("5,000 questions: parsed in %.0f ms, begun in %.0f ms, "
		      "five answers in %.1f ms\n",
		      parsed - start, loaded - parsed, answered - loaded);
}

static void a_chain_in_worst_order_settles_in_one_pass(void **state)
{
	int count = (int)loops(4000) + 10;
	SCOPED(char_freep) char *text = long_chain(count);
	SCOPED(form_freep) struct form *form = NULL;
	SCOPED(run_freep) struct run *run = NULL;
	SCOPED(char_freep) char *last = xasprintf("/data/c%d", count);
	SCOPED(char_freep) char *sum = xasprintf("%d", count + 1);

	(void)state;
	assert_int_equal(form_parse("chain", text, strlen(text), NULL, &form),
			 FAULT_NONE);
	run = forms_run(form);
	assert_int_equal(run_evaluations(run), count);
	assert_int_equal(cost(run, "/data/c0", "1"), count);
	assert_string_equal(forms_value(run, last), sum);
}

/* Words are looked up as they are shown: what a language costs is what is
 * worked out in it, not how many questions there are. */
static void a_language_costs_what_is_said_in_it(void **state)
{
	SCOPED(char_freep) char *text = long_form((int)loops(4000) + 40);
	SCOPED(form_freep) struct form *form = NULL;
	SCOPED(form_freep)
	struct form *one = forms_of(
	    "<itext><translation lang='en'><text id='w'><value>Yes</value>"
	    "</text></translation><translation lang='fr'><text id='w'>"
	    "<value>Oui</value></text></translation></itext>"
	    "<instance><data id='f'><a/><r><x/></r><r><x/></r><b/></data>"
	    "</instance>"
	    "<bind nodeset='/data/r/x' calculate=\"jr:itext('w')\"/>"
	    "<bind nodeset='/data/b' calculate='/data/a + 1'/>",
	    "<group ref='/data/r'><repeat nodeset='/data/r'/></group>");
	SCOPED(run_freep) struct run *run = NULL;
	SCOPED(run_freep) struct run *said = forms_run(one);
	uint64_t before;

	(void)state;
	assert_int_equal(form_parse("long", text, strlen(text), NULL, &form),
			 FAULT_NONE);
	run = forms_run(form);
	before = run_evaluations(run);
	run_set_language(run, "fr");
	assert_int_equal(run_evaluations(run) - before, 0);
	before = run_evaluations(said);
	run_set_language(said, "fr");
	assert_int_equal(run_evaluations(said) - before, 2);
	assert_string_equal(forms_value(said, "/data/r[2]/x"), "Oui");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_answer_costs_what_depends_on_it),
		cmocka_unit_test(a_language_costs_what_is_said_in_it),
		cmocka_unit_test(a_chain_in_worst_order_settles_in_one_pass),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
