#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/forms.h"
#include "tests/support/logged.h"

static size_t instances(const struct run *run, const char *reference)
{
	size_t count = 0;

	for (const struct node *i = node_first(forms_node(run, reference)); i;
	     i = node_next(i))
		count++;
	return count;
}

static void add(struct run *run, const char *reference)
{
	assert_int_equal(run_repeat_add(run, forms_node(run, reference)),
			 FAULT_NONE);
}

static void remove_at(struct run *run, const char *reference)
{
	assert_int_equal(run_repeat_remove(run, forms_node(run, reference)),
			 FAULT_NONE);
}

static void a_person_adds_and_removes_instances(void **state)
{
	SCOPED(form_freep)
	struct form *form =
	    forms_data("<r "
		       "jr:template=''><n>new</n><at/></r><all/><count/"
		       ">",
		       "<bind nodeset='/data/r/at' "
		       "calculate='position(..)'/>"
		       "<bind nodeset='/data/all' "
		       "calculate=\"join('-', /data/r/n)\"/>"
		       "<bind nodeset='/data/count' "
		       "calculate='count(/data/r)'/>",
		       "<group ref='/data/r'><label>People</label>"
		       "<repeat nodeset='/data/r'><input "
		       "ref='/data/r/n'/></repeat>"
		       "</group>");
	SCOPED(run_freep) struct run *run = forms_run(form);

	(void)state;
	/* Only a template: none at first. */
	assert_int_equal(instances(run, "/data/r"), 0);
	assert_false(node_counted(forms_node(run, "/data/r")));
	assert_string_equal(forms_value(run, "/data/count"), "0");
	add(run, "/data/r");
	add(run, "/data/r");
	add(run, "/data/r");
	assert_string_equal(forms_value(run, "/data/r[1]/n"), "new");
	forms_set(run, "/data/r[2]/n", "two");
	forms_set(run, "/data/r[3]/n", "three");
	assert_string_equal(forms_value(run, "/data/all"), "new-two-three");
	assert_string_equal(forms_value(run, "/data/r[3]/at"), "3");

	remove_at(run, "/data/r[2]");
	assert_string_equal(forms_value(run, "/data/all"), "new-three");
	assert_string_equal(forms_value(run, "/data/r[2]/at"), "2");
	assert_string_equal(forms_value(run, "/data/count"), "2");
	assert_int_equal(instances(run, "/data/r"), 2);
}

static void without_a_template_new_ones_begin_empty(void **state)
{
	SCOPED(form_freep)
	struct form *form =
	    forms_data("<r><n>first</n></r>", "",
		       "<group ref='/data/r'><repeat nodeset='/data/r'>"
		       "<input ref='/data/r/n'/></repeat></group>");
	SCOPED(run_freep) struct run *run = forms_run(form);

	(void)state;
	assert_string_equal(forms_value(run, "/data/r[1]/n"), "first");
	add(run, "/data/r");
	assert_string_equal(forms_value(run, "/data/r[2]/n"), "");
}

static void a_count_adds_and_takes_from_the_end(void **state)
{
	SCOPED(form_freep)
	struct form *form =
	    forms_data("<n>2</n><r><v>own</v></r><sum/>",
		       "<bind nodeset='/data/n' "
		       "type='int'/>"
		       "<bind nodeset='/data/sum' "
		       "calculate=\"join('', "
		       "/data/r/v)\"/>",
		       "<input ref='/data/n'/><group ref='/data/r'>"
		       "<repeat nodeset='/data/r' jr:count=' /data/n '>"
		       "<input ref='/data/r/v'/></repeat></group>");
	SCOPED(run_freep) struct run *run = forms_run(form);

	(void)state;
	assert_true(node_counted(forms_node(run, "/data/r")));
	assert_int_equal(instances(run, "/data/r"), 2);
	assert_string_equal(forms_value(run, "/data/r[1]/v"), "own");
	assert_string_equal(forms_value(run, "/data/r[2]/v"), "");
	forms_set(run, "/data/r[2]/v", "b");
	forms_set(run, "/data/n", "3");
	forms_set(run, "/data/r[3]/v", "c");
	assert_string_equal(forms_value(run, "/data/sum"), "ownbc");

	forms_set(run, "/data/n", "1");
	assert_string_equal(forms_value(run, "/data/sum"), "own");
	forms_set(run, "/data/n", ""); /* decides nothing yet */
	assert_int_equal(instances(run, "/data/r"), 1);
	forms_set(run, "/data/n", "-4");
	assert_int_equal(instances(run, "/data/r"), 0);
	forms_set(run, "/data/n", "2");
	assert_string_equal(forms_value(run, "/data/r[2]/v"), "");

	logged_start();
	forms_set(run, "/data/n", "5000");
	assert_non_null(
	    strstr(logged(), "/data/r: asked for more than 100 instances"));
	logged_stop();
	assert_int_equal(instances(run, "/data/r"), FORM_REPEAT_LIMIT);
}

static void repeats_nest(void **state)
{
	SCOPED(form_freep)
	struct form *form = forms_data(
	    "<r jr:template=''><n>1</n><s jr:template=''><v/><w/></s>"
	    "<t/></r><total/>",
	    "<bind nodeset='/data/r/s/w' "
	    "calculate=\"concat(../../n, '/', "
	    "position(..))\"/>"
	    "<bind nodeset='/data/r/t' "
	    "calculate='sum(../s/v)'/>"
	    "<bind nodeset='/data/total' "
	    "calculate='sum(/data/r/t)'/>",
	    "<group ref='/data/r'><repeat nodeset='/data/r'>"
	    "<input ref='/data/r/n'/><group ref='/data/r/s'>"
	    "<repeat nodeset='/data/r/s' jr:count='../n'>"
	    "<input ref='/data/r/s/v'/></repeat></group>"
	    "</repeat></group>");
	SCOPED(run_freep) struct run *run = forms_run(form);

	(void)state;
	add(run, "/data/r");
	add(run, "/data/r");
	forms_set(run, "/data/r[2]/n", "3");
	assert_int_equal(instances(run, "/data/r[1]/s"), 1);
	assert_int_equal(instances(run, "/data/r[2]/s"), 3);
	assert_string_equal(forms_value(run, "/data/r[2]/s[3]/w"), "3/3");
	forms_set(run, "/data/r[1]/s[1]/v", "1");
	for (int i = 1; i <= 3; i++) {
		SCOPED(char_freep)
		char *path = xasprintf("/data/r[2]/s[%d]/v", i);
		forms_set(run, path, "10");
	}
	assert_string_equal(forms_value(run, "/data/r[1]/t"), "1");
	assert_string_equal(forms_value(run, "/data/r[2]/t"), "30");
	assert_string_equal(forms_value(run, "/data/total"), "31");
	remove_at(run, "/data/r[1]");
	assert_string_equal(forms_value(run, "/data/total"), "30");
}

static void an_instance_may_read_the_one_before(void **state)
{
	SCOPED(form_freep)
	struct form *form = forms_data("<r "
				       "jr:template=''><x/><open/><close/></"
				       "r>",
				       "<bind nodeset='/data/r/open' "
				       "calculate=\"if(position(..) = "
				       "1, 0, "
				       "indexed-repeat(/data/r/close, "
				       "/data/r, position(..) - 1))\"/>"
				       "<bind nodeset='/data/r/close' "
				       "calculate='../open + ../x'/>",
				       "<group ref='/data/r'><repeat "
				       "nodeset='/data/r'>"
				       "<input "
				       "ref='/data/r/x'/></repeat></group>");
	SCOPED(run_freep) struct run *run = forms_run(form);

	(void)state;
	for (int i = 1; i <= 5; i++) {
		SCOPED(char_freep) char *path = xasprintf("/data/r[%d]/x", i);

		add(run, "/data/r");
		forms_set(run, path, "1");
	}
	assert_string_equal(forms_value(run, "/data/r[5]/close"), "5");
	forms_set(run, "/data/r[1]/x", "10");
	assert_string_equal(forms_value(run, "/data/r[5]/close"), "14");
	remove_at(run, "/data/r[2]");
	assert_string_equal(forms_value(run, "/data/r[4]/close"), "13");
}

static void instances_that_chase_each_other_come_to_an_end(void **state)
{
	SCOPED(form_freep)
	struct form *form =
	    forms_data("<r><n>1</n></r><r><n>2</n></r>",
		       "<bind nodeset='/data/r/n' calculate='(1 + sum(/data/r"
		       "[position() != position(current()/..)]/n)) mod 1000'/>",
		       "<group ref='/data/r'><repeat nodeset='/data/r'>"
		       "<input ref='/data/r/n'/></repeat></group>");
	struct run *run;

	(void)state;
	logged_start();
	run = forms_run(form);
	assert_non_null(strstr(logged(), "does not come to rest"));
	logged_stop();
	run_free(run);
}

static void no_more_than_the_limit_can_be_added(void **state)
{
	SCOPED(form_freep)
	struct form *form =
	    forms_data("<r jr:template=''><x/></r>", "",
		       "<group ref='/data/r'><repeat nodeset='/data/r'>"
		       "<input ref='/data/r/x'/></repeat></group>");
	SCOPED(run_freep) struct run *run = forms_run(form);
	struct node *range = forms_node(run, "/data/r");

	(void)state;
	for (int i = 0; i < FORM_REPEAT_LIMIT; i++)
		add(run, "/data/r");
	logged_start();
	assert_int_equal(run_repeat_add(run, range), FAULT_LIMIT);
	assert_non_null(strstr(
	    logged(), "/data/r: no more than 100 instances of one repeat"));
	logged_stop();
	assert_int_equal(instances(run, "/data/r"), FORM_REPEAT_LIMIT);
}

static void a_fixed_repeat_is_counted_by_the_form(void **state)
{
	SCOPED(form_freep)
	struct form *form =
	    forms_data("<r><x>1</x></r><r><x>2</x></r><r><x>3</x></r>", "",
		       "<group ref='/data/r'>"
		       "<repeat nodeset='/data/r' jr:noAddRemove='true()'>"
		       "<input ref='/data/r/x'/></repeat></group>");
	SCOPED(run_freep) struct run *run = forms_run(form);

	(void)state;
	assert_true(node_counted(forms_node(run, "/data/r")));
	assert_int_equal(instances(run, "/data/r"), 3);
	assert_string_equal(forms_value(run, "/data/r[3]/x"), "3");
}

static void each_instance_is_asked_for_its_own_relevance(void **state)
{
	SCOPED(form_freep)
	struct form *form =
	    forms_data("<r><x>1</x></r><r><x>2</x></r>",
		       "<bind nodeset='/data/r' "
		       "relevant='position(.) = 2 and count(self::r) = 1'/>",
		       "<group ref='/data/r'><repeat nodeset='/data/r'>"
		       "<input ref='/data/r/x'/></repeat></group>");
	SCOPED(run_freep) struct run *run = forms_run(form);

	(void)state;
	/* The range is no element: it is not relevant, its second part is. */
	assert_false(node_relevant(forms_node(run, "/data/r")));
	assert_false(node_relevant(forms_node(run, "/data/r[1]/x")));
	assert_true(node_relevant(forms_node(run, "/data/r[2]/x")));
}

static void an_absolute_path_means_the_first_instance(void **state)
{
	SCOPED(form_freep)
	struct form *form =
	    forms_data("<r><x>1</x><y/></r><r><x>2</x><y/></r>",
		       "<bind "
		       "nodeset='/data/r/y' "
		       "calculate='/data/r/"
		       "x'/>",
		       "<group ref='/data/r'><repeat nodeset='/data/r'>"
		       "<input ref='/data/r/x'/></repeat></group>");
	SCOPED(run_freep) struct run *run = forms_run(form);

	(void)state;
	assert_string_equal(forms_value(run, "/data/r[2]/y"), "1");
	forms_set(run, "/data/r[1]/x", "9");
	assert_string_equal(forms_value(run, "/data/r[2]/y"), "9");
}

/* As text a repeat is all that is in it; asked how many, it is not read. */
static void who_reads_a_repeat_as_text_sees_what_is_in_it(void **state)
{
	SCOPED(form_freep)
	struct form *form = forms_data(
	    "<r><a/></r><r><a/></r><text/><some/><count/>",
	    "<bind nodeset='/data/text' calculate='string(/data/r)'/>"
	    "<bind nodeset='/data/some' "
	    "calculate=\"count(/data/r[. != ''])\"/>"
	    "<bind nodeset='/data/count' calculate='count(/data/r)'/>",
	    "<group ref='/data/r'><repeat nodeset='/data/r'>"
	    "<input ref='/data/r/a'/></repeat></group>");
	SCOPED(run_freep) struct run *run = forms_run(form);
	uint64_t before = run_evaluations(run);

	(void)state;
	assert_int_equal(forms_set(run, "/data/r[1]/a", "x"), RUN_TAKEN);
	assert_string_equal(forms_value(run, "/data/text"), "x");
	assert_string_equal(forms_value(run, "/data/some"), "1");
	assert_int_equal(run_evaluations(run) - before, 2);
	assert_int_equal(forms_set(run, "/data/r[2]/a", "y"), RUN_TAKEN);
	assert_string_equal(forms_value(run, "/data/some"), "2");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_reads_a_repeat_as_text_sees_what_is_in_it),
		cmocka_unit_test(a_person_adds_and_removes_instances),
		cmocka_unit_test(without_a_template_new_ones_begin_empty),
		cmocka_unit_test(a_count_adds_and_takes_from_the_end),
		cmocka_unit_test(repeats_nest),
		cmocka_unit_test(an_instance_may_read_the_one_before),
		cmocka_unit_test(
		    instances_that_chase_each_other_come_to_an_end),
		cmocka_unit_test(no_more_than_the_limit_can_be_added),
		cmocka_unit_test(a_fixed_repeat_is_counted_by_the_form),
		cmocka_unit_test(each_instance_is_asked_for_its_own_relevance),
		cmocka_unit_test(an_absolute_path_means_the_first_instance),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
