#include "tests/test.h"

#include <string.h>

#include "tests/support/forms.h"
#include "tests/support/logged.h"

static void the_last_answer_that_was_not_empty_is_kept(void **state)
{
	SCOPED(form_freep)
	struct form *form = forms_data(
	    "<who/><C1/><c1_said/>", "",
	    "<input ref='/data/who'/>"
	    "<select1 ref='/data/C1'>"
	    "<setvalue event='xforms-value-changed' ref='/data/c1_said' "
	    "value=\"if(/data/C1 != '', /data/C1, /data/c1_said)\"/>"
	    "<item><value>OK</value></item><item><value>UNSAFE</value></item>"
	    "</select1>");
	SCOPED(run_freep) struct run *run = forms_run(form);

	(void)state;
	assert_string_equal(forms_value(run, "/data/c1_said"), "");
	forms_set(run, "/data/C1", "UNSAFE");
	assert_string_equal(forms_value(run, "/data/c1_said"), "UNSAFE");
	forms_set(run, "/data/C1", "");
	assert_string_equal(forms_value(run, "/data/c1_said"), "UNSAFE");
	forms_set(run, "/data/C1", "OK");
	assert_string_equal(forms_value(run, "/data/c1_said"), "OK");
}

static void what_is_no_longer_offered_is_kept_as_said(void **state)
{
	SCOPED(form_freep)
	struct form *form = forms_data(
	    "<who>SELF</who><C1/><c1_said/>",
	    "<instance "
	    "id='c'><root><item><name>"
	    "OK</name><only/></item>"
	    "<item><name>UNSAFE</"
	    "name><only>SELF</only></"
	    "item></root>"
	    "</instance>",
	    "<input ref='/data/who'/><select1 ref='/data/C1'>"
	    "<setvalue event='xforms-value-changed' ref='../c1_said' "
	    "value=\"if(../C1 != '', ../C1, .)\"/>"
	    "<itemset nodeset=\"instance('c')/root/item[only = '' or "
	    "only = /data/who]\"><value ref='name'/><label ref='name'/>"
	    "</itemset></select1>");
	SCOPED(run_freep) struct run *run = forms_run(form);

	(void)state;
	assert_int_equal(forms_set(run, "/data/C1", "UNSAFE"), RUN_TAKEN);
	forms_set(run, "/data/who", "FAM");
	assert_string_equal(forms_value(run, "/data/C1"), "");
	assert_string_equal(forms_value(run, "/data/c1_said"), "UNSAFE");
	assert_int_equal(forms_set(run, "/data/C1", "UNSAFE"),
			 RUN_NOT_A_CHOICE);
	forms_set(run, "/data/who", "SELF");
	assert_string_equal(forms_value(run, "/data/C1"), "UNSAFE");
}

static void first_load_sets_before_the_person_begins(void **state)
{
	SCOPED(form_freep)
	struct form *form = forms_data("<a/><b/><c/><d>x</d><gone/><double/"
				       ">",
				       "<setvalue "
				       "event='odk-instance-first-load'"
				       " ref='/data/a' "
				       "value='today()'/>"
				       "<setvalue "
				       "event='odk-instance-first-load'"
				       " ref='/data/b'>text"
				       "</setvalue>"
				       "<setvalue "
				       "event='odk-instance-first-load'"
				       " bind='by-id' "
				       "value='1 + 1'/>"
				       "<setvalue "
				       "event='odk-instance-first-load'"
				       " ref='/data/d' "
				       "value=''/>"
				       "<setvalue "
				       "event='odk-instance-first-load'"
				       " ref='/data/gone' "
				       "value='1'/>"
				       "<bind nodeset='/data/c' "
				       "id='by-id'/>"
				       "<bind nodeset='/data/gone' "
				       "relevant='false()'/>"
				       "<bind nodeset='/data/double' "
				       "calculate='/data/c * 2'/>",
				       "");
	SCOPED(run_freep) struct run *run = forms_run(form);

	(void)state;
	assert_string_equal(forms_value(run, "/data/a"), "2020-02-03");
	assert_string_equal(forms_value(run, "/data/b"), "text");
	assert_string_equal(forms_value(run, "/data/c"), "2");
	assert_string_equal(forms_value(run, "/data/d"), "");
	assert_string_equal(forms_value(run, "/data/double"), "4");
	assert_string_equal(node_value(forms_node(run, "/data/gone")), "");
}

static void a_new_instance_is_told_and_an_initial_one_is_not(void **state)
{
	SCOPED(form_freep)
	struct form *form = forms_data(
	    "<n>2</n><r><v/><w/></r><s><v/></s>", "",
	    "<group ref='/data/r'><repeat nodeset='/data/r'>"
	    "<setvalue event='odk-new-repeat' ref='/data/r/v' "
	    "value='position(..)'/>"
	    "<setvalue event='odk-instance-first-load odk-new-repeat' "
	    "ref='/data/r/w' value=\"'both'\"/>"
	    "<input ref='/data/r/v'/></repeat></group>"
	    "<input ref='/data/n'/>"
	    "<group ref='/data/s'>"
	    "<repeat nodeset='/data/s' jr:count='/data/n'>"
	    "<setvalue event='odk-new-repeat' ref='/data/s/v' "
	    "value=\"'counted'\"/>"
	    "<input ref='/data/s/v'/></repeat></group>");
	SCOPED(run_freep) struct run *run = forms_run(form);

	(void)state;
	assert_string_equal(forms_value(run, "/data/r[1]/v"), "");
	assert_string_equal(forms_value(run, "/data/r[1]/w"), "both");
	assert_int_equal(run_repeat_add(run, forms_node(run, "/data/r")),
			 FAULT_NONE);
	assert_string_equal(forms_value(run, "/data/r[2]/v"), "2");
	assert_string_equal(forms_value(run, "/data/r[2]/w"), "both");
	assert_string_equal(forms_value(run, "/data/r[1]/v"), "");
	assert_string_equal(forms_value(run, "/data/s[1]/v"), "");
	assert_string_equal(forms_value(run, "/data/s[2]/v"), "counted");
	/* One of the form's own, away and back. */
	forms_set(run, "/data/n", "0");
	forms_set(run, "/data/n", "1");
	assert_string_equal(forms_value(run, "/data/s[1]/v"), "counted");
}

static void a_change_sets_in_its_own_instance(void **state)
{
	SCOPED(form_freep)
	struct form *form = forms_data(
	    "<r><a/><b/></r><r><a/><b/></r><last/>", "",
	    "<group ref='/data/r'><repeat nodeset='/data/r'>"
	    "<input ref='/data/r/a'>"
	    "<setvalue event='xforms-value-changed' ref='/data/r/b' "
	    "value=\"concat('b', ../a)\"/>"
	    "<setvalue event='xforms-value-changed' ref='/data/last' "
	    "value=\"'changed'\"/></input></repeat></group>");
	SCOPED(run_freep) struct run *run = forms_run(form);

	(void)state;
	forms_set(run, "/data/r[2]/a", "x");
	assert_string_equal(forms_value(run, "/data/r[1]/b"), "");
	assert_string_equal(forms_value(run, "/data/r[2]/b"), "bx");
	assert_string_equal(forms_value(run, "/data/last"), "changed");
}

static void what_a_new_instance_begins_with_is_no_change(void **state)
{
	SCOPED(form_freep)
	struct form *form = forms_data(
	    "<r><a/><b/></r>", "",
	    "<group ref='/data/r'><repeat nodeset='/data/r'>"
	    "<setvalue event='odk-new-repeat' ref='/data/r/a' "
	    "value=\"'begun'\"/>"
	    "<input ref='/data/r/a'>"
	    "<setvalue event='xforms-value-changed' ref='/data/r/b' "
	    "value=\"concat('b ', ../a)\"/></input></repeat></group>");
	SCOPED(run_freep) struct run *run = forms_run(form);

	(void)state;
	forms_set(run, "/data/r[1]/a", "said");
	assert_string_equal(forms_value(run, "/data/r[1]/b"), "b said");
	assert_int_equal(run_repeat_add(run, forms_node(run, "/data/r")),
			 FAULT_NONE);
	assert_string_equal(forms_value(run, "/data/r[2]/a"), "begun");
	assert_string_equal(forms_value(run, "/data/r[2]/b"), "");
	forms_set(run, "/data/r[2]/a", "said");
	assert_string_equal(forms_value(run, "/data/r[2]/b"), "b said");
}

static void what_is_gone_sets_nothing(void **state)
{
	SCOPED(form_freep)
	struct form *form = forms_data(
	    "<n>2</n><r><x/><y/></r><last/>", "",
	    "<group ref='/data/r'>"
	    "<repeat nodeset='/data/r' jr:count='/data/n'>"
	    "<input ref='/data/r/x'>"
	    "<setvalue event='xforms-value-changed' ref='/data/n' value='1'/>"
	    "<setvalue event='xforms-value-changed' ref='../y' value='2'/>"
	    "</input><input ref='/data/r/y'>"
	    "<setvalue event='xforms-value-changed' ref='/data/last' "
	    "value=\"concat(., 'y')\"/></input></repeat></group>");
	SCOPED(run_freep) struct run *run = forms_run(form);

	(void)state;
	/* The instance goes with its own answer, before y could tell. */
	forms_set(run, "/data/r[2]/x", "x");
	assert_null(run_find(run, "/data/r[2]"));
	assert_string_equal(forms_value(run, "/data/last"), "");
	forms_set(run, "/data/r[1]/x", "x");
	assert_string_equal(forms_value(run, "/data/r[1]/y"), "2");
	assert_string_equal(forms_value(run, "/data/last"), "y");
}

static void changes_set_each_other_off_only_so_long(void **state)
{
	SCOPED(form_freep)
	struct form *form =
	    forms_data("<a>0</a><b/>", "",
		       "<input ref='/data/a'>"
		       "<setvalue event='xforms-value-changed' ref='/data/b' "
		       "value='/data/a + 1'/></input>"
		       "<input ref='/data/b'>"
		       "<setvalue event='xforms-value-changed' ref='/data/a' "
		       "value='/data/b + 1'/></input>");
	SCOPED(run_freep) struct run *run = forms_run(form);

	(void)state;
	logged_start();
	forms_set(run, "/data/a", "1");
	assert_non_null(strstr(logged(), "setting each other off"));
	logged_stop();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_last_answer_that_was_not_empty_is_kept),
		cmocka_unit_test(what_is_no_longer_offered_is_kept_as_said),
		cmocka_unit_test(first_load_sets_before_the_person_begins),
		cmocka_unit_test(
		    a_new_instance_is_told_and_an_initial_one_is_not),
		cmocka_unit_test(a_change_sets_in_its_own_instance),
		cmocka_unit_test(what_a_new_instance_begins_with_is_no_change),
		cmocka_unit_test(what_is_gone_sets_nothing),
		cmocka_unit_test(changes_set_each_other_off_only_so_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
