#include "tests/test.h"

#include <string.h>

#include "base/bytes.h"
#include "form/trace.h"
#include "tests/support/forms.h"

static void relevance_is_inherited_and_values_come_back(void **state)
{
	SCOPED(form_freep)
	struct form *form = forms_data("<on>1</on><g><h><a/><b/></h></g><sum/"
				       ">",
				       "<bind nodeset='/data/g' "
				       "relevant=\"/data/on = '1'\"/>"
				       "<bind nodeset='/data/g/h/b' "
				       "relevant=\"../a != ''\"/>"
				       "<bind nodeset='/data/sum' "
				       "calculate=\"concat('[', "
				       "/data/g/h/a, /data/g/h/b, ']', "
				       "count(/data/g/h/a))\"/>",
				       "<input ref='/data/on'/>"
				       "<group ref='/data/g'><group "
				       "ref='/data/g/h'>"
				       "<input ref='/data/g/h/a'/><input "
				       "ref='/data/g/h/b'/>"
				       "</group></group>");
	SCOPED(run_freep) struct run *run = forms_run(form);

	(void)state;
	assert_int_equal(forms_set(run, "/data/g/h/b", "b"), RUN_NOT_RELEVANT);
	forms_set(run, "/data/g/h/a", "a");
	assert_int_equal(forms_set(run, "/data/g/h/b", "b"), RUN_TAKEN);
	assert_string_equal(forms_value(run, "/data/sum"), "[ab]1");

	/* It reads as empty and is counted all the same. */
	forms_set(run, "/data/on", "0");
	assert_false(node_relevant(forms_node(run, "/data/g/h/b")));
	assert_string_equal(forms_value(run, "/data/sum"), "[]1");
	assert_string_equal(node_value(forms_node(run, "/data/g/h/a")), "a");

	forms_set(run, "/data/on", "1");
	assert_string_equal(forms_value(run, "/data/sum"), "[ab]1");
}

static void read_only_is_inherited(void **state)
{
	SCOPED(form_freep)
	struct form *form =
	    forms_data("<on>1</on><g><h><a/></h></g>",
		       "<bind nodeset='/data/g' "
		       "readonly=\"/data/on = '1'\"/>",
		       "<input ref='/data/on'/><input ref='/data/g/h/a'/>");
	SCOPED(run_freep) struct run *run = forms_run(form);

	(void)state;
	assert_true(node_readonly(forms_node(run, "/data/g/h/a")));
	assert_int_equal(forms_set(run, "/data/g/h/a", "x"), RUN_READONLY);
	forms_set(run, "/data/on", "0");
	assert_int_equal(forms_set(run, "/data/g/h/a", "x"), RUN_TAKEN);
}

static void a_hidden_calculate_waits_until_it_is_seen(void **state)
{
	SCOPED(form_freep)
	struct form *form =
	    forms_data("<on/><x>1</x><c/>",
		       "<bind nodeset='/data/c' "
		       "relevant=\"/data/on = '1'\" "
		       "calculate='/data/x * 10'/>",
		       "<input ref='/data/on'/><input ref='/data/x'/>");
	SCOPED(run_freep) struct run *run = forms_run(form);

	(void)state;
	assert_int_equal(run_evaluations(run), 1);
	forms_set(run, "/data/x", "2");
	assert_int_equal(run_evaluations(run), 1);
	forms_set(run, "/data/on", "1");
	assert_string_equal(forms_value(run, "/data/c"), "20");
}

static void a_group_may_read_what_is_in_it(void **state)
{
	SCOPED(form_freep)
	struct form *form = forms_data(
	    "<on/><g><a>x</a></g><b>keep</b>",
	    "<bind nodeset='/data/g' "
	    "relevant=\"./a = 'x' or "
	    "/data/on = '1'\"/>"
	    "<bind nodeset='/data/b' "
	    "relevant=\". != 'hide'\"/>",
	    "<input ref='/data/on'/><group ref='/data/g'>"
	    "<input ref='/data/g/a'/></group><input ref='/data/b'/>");
	SCOPED(run_freep) struct run *run = forms_run(form);

	(void)state;
	/* Hidden at first, it reads nothing of itself. */
	assert_false(node_relevant(forms_node(run, "/data/g")));
	forms_set(run, "/data/on", "1");
	assert_true(node_relevant(forms_node(run, "/data/g/a")));
	/* Seen, it reads itself, and so it stays. */
	forms_set(run, "/data/on", "0");
	assert_true(node_relevant(forms_node(run, "/data/g/a")));
	forms_set(run, "/data/g/a", "y");
	assert_false(node_relevant(forms_node(run, "/data/g/a")));

	assert_true(node_relevant(forms_node(run, "/data/b")));
	forms_set(run, "/data/b", "hide");
	assert_false(node_relevant(forms_node(run, "/data/b")));
}

static void who_reads_a_group_reads_all_that_is_in_it(void **state)
{
	SCOPED(form_freep)
	struct form *form = forms_data(
	    "<g><a/><h><b/></h></g><all/><n/>",
	    "<bind nodeset='/data/all' calculate='/data/g'/>"
	    "<bind nodeset='/data/g/h/b' calculate=\"concat(../../a, '!')\"/>"
	    "<bind nodeset='/data/n' calculate='name(/data/g)'/>",
	    "<input ref='/data/g/a'/>");
	SCOPED(run_freep) struct run *run = forms_run(form);

	(void)state;
	assert_string_equal(forms_value(run, "/data/all"), "!");
	forms_set(run, "/data/g/a", "x");
	assert_string_equal(forms_value(run, "/data/all"), "xx!");
	assert_string_equal(forms_value(run, "/data/n"), "g");
}

static void a_group_is_given_no_value(void **state)
{
	SCOPED(form_freep)
	struct form *form = forms_data(
	    "<g><a>x</a></g><r><b>y</b></r>",
	    "<bind nodeset='/data/g' calculate='1' jr:preload='uid'/>"
	    "<bind nodeset='/data/r' calculate='position(..)'/>"
	    "<setvalue event='odk-instance-first-load' ref='/data/g'>z"
	    "</setvalue>",
	    "<group ref='/data/r'><repeat nodeset='/data/r'>"
	    "<input ref='/data/r/b'/></repeat></group>");
	SCOPED(run_freep) struct run *run = forms_run(form);

	(void)state;
	assert_int_equal(run_evaluations(run), 0);
	assert_string_equal(forms_value(run, "/data/g"), "");
	assert_string_equal(forms_value(run, "/data/g/a"), "x");
	assert_string_equal(forms_value(run, "/data/r[1]/b"), "y");
	assert_string_equal(forms_value(run, "/data/r"), "");
}

static void a_calculate_may_read_its_own_value(void **state)
{
	SCOPED(form_freep)
	struct form *form = forms_data("<a>5</a><b>1</b><c>keep</c><n/>",
				       "<bind nodeset='/data/a' "
				       "type='int' "
				       "calculate='if(. &gt; 10, "
				       "10, .)'/>"
				       "<bind nodeset='/data/b' "
				       "calculate='/data/b + 1'/>"
				       "<bind nodeset='/data/c' "
				       "calculate='.'/>"
				       "<bind nodeset='/data/n' "
				       "calculate='once(/data/a)'/"
				       ">",
				       "<input ref='/data/a'/>");
	SCOPED(run_freep) struct run *run = forms_run(form);

	(void)state;
	assert_string_equal(forms_value(run, "/data/b"), "2");
	assert_string_equal(forms_value(run, "/data/c"), "keep");
	assert_string_equal(forms_value(run, "/data/n"), "5");
	forms_set(run, "/data/a", "12");
	assert_string_equal(forms_value(run, "/data/a"), "10");
	assert_string_equal(forms_value(run, "/data/n"), "5");
	forms_set(run, "/data/a", "3");
	assert_string_equal(forms_value(run, "/data/a"), "3");
}

static void the_submission_leaves_out_what_is_not_relevant(void **state)
{
	SCOPED(form_freep)
	struct form *form = forms_of(
	    "<instance><data id='f' version='1' orx:x='o'>"
	    "<a>1 &lt; 2 &amp; \"so\"</a><empty/><gone>x</gone>"
	    "<g><in/></g><hidden><in>x</in></hidden>"
	    "<r jr:template=''><v/></r><r><v>1</v></r><r><v>2</v></r>"
	    "<m kept='k' lost='l'/></data></instance>"
	    "<bind nodeset='/data/gone' relevant='false()'/>"
	    "<bind nodeset='/data/hidden' relevant='false()'/>"
	    "<bind nodeset='/data/m/@lost' relevant='false()'/>"
	    "<bind nodeset='/data/m/@kept' "
	    "calculate=\"concat('k', /data/a)\"/>"
	    "<bind nodeset='/data/r/v' relevant=\"position(..) = 2\"/>",
	    "<group ref='/data/r'><repeat nodeset='/data/r'>"
	    "<input ref='/data/r/v'/></repeat></group>");
	SCOPED(run_freep) struct run *run = forms_run(form);
	struct bytes xml = { 0 };

	(void)state;
	assert_int_equal(run_submission(run, &xml), FAULT_NONE);
	assert_string_equal(
	    (char *)xml.data,
	    "<data xmlns:orx=\"http://openrosa.org/xforms\" id=\"f\" "
	    "version=\"1\" orx:x=\"o\">"
	    "<a>1 &lt; 2 &amp; &quot;so&quot;</a><empty/><g><in/></g>"
	    "<r/><r><v>2</v></r>"
	    "<m kept=\"k1 &lt; 2 &amp; &quot;so&quot;\"/>"
	    "<orx:meta><orx:instanceID>"
	    "uuid:00010203-0405-4607-8809-0a0b0c0d0e0f"
	    "</orx:instanceID></orx:meta></data>");
	bytes_done(&xml);
}

static void privacy_is_inherited_from_every_group(void **state)
{
	static const struct {
		const char *reference;
		bool private;
	} cases[] = {
		{ "/data/open", false },     { "/data/alone", true },
		{ "/data/g", true },         { "/data/g/in", true },
		{ "/data/g/calc", true },    { "/data/framed", true },
		{ "/data/r[1]/deep", true },
	};
	SCOPED(form_freep)
	struct form *form = forms_data(
	    "<open/><alone/><g><in/><calc/></g><framed/><r><deep/></r>",
	    "<bind nodeset='/data/g/calc' calculate='1'/>",
	    "<input ref='/data/open'/>"
	    "<input ref='/data/alone' appearance='numbers private'/>"
	    "<group ref='/data/g' appearance='private'>"
	    "<input ref='/data/g/in'/></group>"
	    "<group appearance='field-list private'>"
	    "<group><input ref='/data/framed'/></group></group>"
	    "<group ref='/data/r' appearance='private'>"
	    "<repeat nodeset='/data/r'><input ref='/data/r/deep'/></repeat>"
	    "</group>");
	SCOPED(run_freep) struct run *run = forms_run(form);

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(
		    node_is_private(forms_node(run, cases[i].reference)),
		    cases[i].private);
}

static void what_is_left_out_is_followed_to_all_it_tells(void **state)
{
	static const struct {
		const char *path;
		enum form_tells tells;
	} cases[] = {
		{ "/data/open", TELLS_NOTHING },
		{ "/data/secret", TELLS_BY_VALUE },
		{ "/data/sum", TELLS_BY_VALUE },
		{ "/data/g", TELLS_BY_PRESENCE },
		{ "/data/g/in", TELLS_BY_PRESENCE },
		{ "/data/behind", TELLS_BY_PRESENCE },
		{ "/data/bound", TELLS_NOTHING },
		{ "/data/set", TELLS_BY_VALUE },
		{ "/data/read", TELLS_BY_VALUE },
		{ "/data/none", TELLS_NOTHING },
	};
	SCOPED(form_freep)
	struct form *form = forms_data(
	    "<open/><secret/><sum/><g><in/></g><behind/><bound/><set/><read/>",
	    "<bind nodeset='/data/sum' calculate=\"concat(/data/secret, 1)\"/>"
	    "<bind nodeset='/data/g' relevant=\"/data/sum = '1'\"/>"
	    "<bind nodeset='/data/behind' relevant=\"/data/g/in = ''\"/>"
	    "<bind nodeset='/data/bound' constraint=\". != /data/secret\"/>"
	    "<setvalue event='odk-instance-first-load' ref='/data/read' "
	    "value='/data/secret'/>",
	    "<input ref='/data/open'/><input ref='/data/secret'>"
	    "<setvalue event='xforms-value-changed' ref='/data/set'>1"
	    "</setvalue></input>"
	    "<group ref='/data/g'><input ref='/data/g/in'/></group>"
	    "<input ref='/data/behind'/><input ref='/data/bound'/>");
	struct form_trace *trace = form_trace_new(form);

	(void)state;
	form_trace_from(trace, "/data/secret", TELLS_BY_VALUE);
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(form_trace_of(trace, cases[i].path),
				 cases[i].tells);
	form_trace_free(trace);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(privacy_is_inherited_from_every_group),
		cmocka_unit_test(what_is_left_out_is_followed_to_all_it_tells),
		cmocka_unit_test(relevance_is_inherited_and_values_come_back),
		cmocka_unit_test(read_only_is_inherited),
		cmocka_unit_test(a_hidden_calculate_waits_until_it_is_seen),
		cmocka_unit_test(a_group_may_read_what_is_in_it),
		cmocka_unit_test(who_reads_a_group_reads_all_that_is_in_it),
		cmocka_unit_test(a_group_is_given_no_value),
		cmocka_unit_test(a_calculate_may_read_its_own_value),
		cmocka_unit_test(
		    the_submission_leaves_out_what_is_not_relevant),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
