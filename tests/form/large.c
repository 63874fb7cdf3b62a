#include "tests/test.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/bytes.h"
#include "tests/support/forms.h"
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

static struct form *chain(int count)
{
	struct bytes model = { 0 };
	struct form *form;

	bytes_add_text(&model, "<instance><data id='chain'>");
	for (int i = count; i >= 0; i--)
		bytes_add_format(&model, "<c%d/>", i);
	bytes_add_text(&model, "</data></instance>");
	for (int i = count; i > 0; i--)
		bytes_add_format(
		    &model,
		    "<bind nodeset='/data/c%d' calculate='/data/c%d + 1'/>", i,
		    i - 1);
	form = forms_of((char *)model.data, "<input ref='/data/c0'/>");
	bytes_done(&model);
	return form;
}

static void a_chain_in_worst_order_settles_in_one_pass(void **state)
{
	int count = (int)loops(4000) + 10;
	SCOPED(form_freep) struct form *form = chain(count);
	SCOPED(run_freep) struct run *run = forms_run(form);
	SCOPED(char_freep) char *last = xasprintf("/data/c%d", count);
	SCOPED(char_freep) char *sum = xasprintf("%d", count + 1);

	(void)state;
	assert_int_equal(run_evaluations(run), count);
	assert_int_equal(cost(run, "/data/c0", "1"), count);
	assert_string_equal(forms_value(run, last), sum);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_answer_costs_what_depends_on_it),
		cmocka_unit_test(a_chain_in_worst_order_settles_in_one_pass),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
