#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "tests/support/forms.h"
#include "tests/support/logged.h"

#define DATA(inside) "<instance><data id='f'>" inside "</data></instance>"

static void an_answer_is_kept_and_read_by_what_depends_on_it(void **state)
{
	SCOPED(form_freep)
	struct form *form =
	    forms_data("<a/><b/><c>7</c>",
		       "<bind nodeset='/data/a' type='int'/>"
		       "<bind nodeset='/data/b' "
		       "calculate='/data/a * 2 + ../c'/>",
		       "<input ref='/data/a'><label>A</label></input>");
	SCOPED(run_freep) struct run *run = forms_run(form);

	(void)state;
	assert_string_equal(forms_value(run, "/data/b"), "");
	assert_int_equal(forms_set(run, "/data/a", "4"), RUN_TAKEN);
	assert_string_equal(forms_value(run, "/data/a"), "4");
	assert_string_equal(forms_value(run, "/data/b"), "15");
	assert_int_equal(forms_set(run, "/data/a", ""), RUN_TAKEN);
	assert_string_equal(forms_value(run, "/data/b"), "");
}

static const char typed_model[] = DATA(
    "<i/><d/><day/><time/><moment/><b/><range/><ok/><t/><note/><calc/>"
    "<shut/><gone/><one/><many/><pic/><grp><x/></grp>") "<bind "
							"nodeset='/data/i' "
							"type='int'/>"
							"<bind "
							"nodeset='/data/d' "
							"type='xsd:decimal'/>"
							"<bind "
							"nodeset='/data/day' "
							"type='date'/>"
							"<bind "
							"nodeset='/data/time' "
							"type='time'/>"
							"<bind "
							"nodeset='/data/"
							"moment' "
							"type='dateTime'/>"
							"<bind "
							"nodeset='/data/b' "
							"type='boolean'/>"
							"<bind "
							"nodeset='/data/range' "
							"type='int'/>"
							"<bind "
							"nodeset='/data/note' "
							"readonly='true()'/>"
							"<bind "
							"nodeset='/data/shut' "
							"readonly='1 = 1'/>"
							"<bind "
							"nodeset='/data/gone' "
							"relevant='false()'/>"
							"<bind "
							"nodeset='/data/calc' "
							"calculate='1'/>"
							"<bind "
							"nodeset='/data/pic' "
							"required='true()'/>";

static const char typed_body[] =
    "<input ref='/data/i'/><input ref='/data/d'/><input ref='/data/day'/>"
    "<input ref='/data/time'/><input ref='/data/moment'/>"
    "<input ref='/data/b'/><input ref='/data/t'/>"
    "<range ref='/data/range' start='1' end='5' step='1'/>"
    "<trigger ref='/data/ok'/>"
    "<input ref='/data/note'><label>n</label></input>"
    "<input ref='/data/shut'/><input ref='/data/gone'/>"
    "<select1 ref='/data/one'><item><value>x</value></item>"
    "<item><value>y</value></item></select1>"
    "<select ref='/data/many'><item><value>x</value></item>"
    "<item><value>y</value></item><item><value>z</value></item></select>"
    "<upload ref='/data/pic' mediatype='image/*'/>"
    "<group ref='/data/grp'><input ref='/data/grp/x'/></group>";

static void a_type_takes_its_own_and_bends_nothing(void **state)
{
	static const struct {
		const char *node, *value;
		enum run_answer answer;
		const char *stored; /* NULL: as it was */
	} rows[] = {
		{ "i", "3", RUN_TAKEN, "3" },
		{ "i", "-12", RUN_TAKEN, "-12" },
		{ "i", "007", RUN_TAKEN, "7" },
		{ "i", "3.7", RUN_NOT_OF_TYPE, NULL },
		{ "i", "abc", RUN_NOT_OF_TYPE, NULL },
		{ "i", " 3", RUN_NOT_OF_TYPE, NULL },
		{ "i", "1e3", RUN_NOT_OF_TYPE, NULL },
		{ "i", "2147483648", RUN_NOT_OF_TYPE, NULL },
		{ "d", "1,5", RUN_NOT_OF_TYPE, NULL },
		{ "d", "1.5", RUN_TAKEN, "1.5" },
		{ "d", "2", RUN_TAKEN, "2.0" },
		{ "d", ".5", RUN_NOT_OF_TYPE, NULL },
		{ "d", "2.", RUN_NOT_OF_TYPE, NULL },
		{ "d", "0.0000001", RUN_TAKEN, "0.0000001" },
		{ "day", "2020-02-29", RUN_TAKEN, "2020-02-29" },
		{ "day", "2020-02-30", RUN_NOT_OF_TYPE, NULL },
		{ "day", "2019-02-29", RUN_NOT_OF_TYPE, NULL },
		{ "day", "2020-13-01", RUN_NOT_OF_TYPE, NULL },
		{ "day", "2020-2-9", RUN_NOT_OF_TYPE, NULL },
		{ "day", "2020-02-28T10:00", RUN_NOT_OF_TYPE, NULL },
		{ "time", "23:59:00", RUN_TAKEN, "23:59:00" },
		{ "time", "23:59:00.5+04:30", RUN_TAKEN, "23:59:00.5+04:30" },
		{ "time", "24:00:00", RUN_NOT_OF_TYPE, NULL },
		{ "time", "10:00:00+99:00", RUN_NOT_OF_TYPE, NULL },
		{ "moment", "2020-01-01T00:00:00Z", RUN_TAKEN,
		  "2020-01-01T00:00:00Z" },
		{ "moment", "2020-01-01", RUN_NOT_OF_TYPE, NULL },
		{ "b", "true", RUN_TAKEN, "true" },
		{ "b", "yes", RUN_NOT_OF_TYPE, NULL },
		{ "range", "5", RUN_TAKEN, "5" },
		{ "range", "6", RUN_NOT_OF_TYPE, NULL },
		{ "ok", "OK", RUN_TAKEN, "OK" },
		{ "ok", "no", RUN_NOT_OF_TYPE, NULL },
		{ "t", "two\nlines", RUN_TAKEN, "two\nlines" },
		{ "t", "a\x01", RUN_NOT_OF_TYPE, NULL },
		{ "t", "\xff", RUN_NOT_OF_TYPE, NULL },
		/* a long way to write A, half a pair, no character */
		{ "t", "\xc1\x81", RUN_NOT_OF_TYPE, NULL },
		{ "t", "\xed\xa0\x80", RUN_NOT_OF_TYPE, NULL },
		{ "t", "\xef\xbf\xbf", RUN_NOT_OF_TYPE, NULL },
		{ "t", "\xf0\x9f\x98\x80", RUN_TAKEN, "\xf0\x9f\x98\x80" },
		{ "one", "y", RUN_TAKEN, "y" },
		{ "one", "x y", RUN_NOT_A_CHOICE, NULL },
		{ "many", "z x x", RUN_TAKEN, "x z" },
		{ "many", "z q", RUN_NOT_A_CHOICE, NULL },
		{ "many", "", RUN_TAKEN, "" },
		{ "note", "x", RUN_NO_ANSWER_HERE, NULL },
		{ "calc", "x", RUN_NO_ANSWER_HERE, NULL },
		{ "grp", "x", RUN_NO_ANSWER_HERE, NULL },
		{ "pic", "x", RUN_NO_ANSWER_HERE, NULL },
		{ "shut", "x", RUN_READONLY, NULL },
		{ "gone", "x", RUN_NOT_RELEVANT, NULL },
	};
	SCOPED(form_freep)
	struct form *form = forms_of(typed_model, typed_body);
	SCOPED(run_freep) struct run *run = forms_run(form);

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		SCOPED(char_freep)
		char *path = xasprintf("/data/%s", rows[i].node);
		SCOPED(char_freep)
		char *before = xstrdup(node_value(forms_node(run, path)));
		const char *stored = rows[i].stored ? rows[i].stored : before;

		if (forms_set(run, path, rows[i].value) != rows[i].answer)
			fail_msg("%s: \"%s\"", path, rows[i].value);
		assert_string_equal(node_value(forms_node(run, path)), stored);
	}
}

static void a_range_may_count_down(void **state)
{
	SCOPED(form_freep)
	struct form *form =
	    forms_data("<a/>", "<bind nodeset='/data/a' type='decimal'/>",
		       "<range ref='/data/a' start='2.5' end='-1' "
		       "step='-0.5'/>");
	SCOPED(run_freep) struct run *run = forms_run(form);

	(void)state;
	assert_int_equal(forms_set(run, "/data/a", "2.5"), RUN_TAKEN);
	assert_int_equal(forms_set(run, "/data/a", "-1"), RUN_TAKEN);
	assert_int_equal(forms_set(run, "/data/a", "3"), RUN_NOT_OF_TYPE);
	assert_int_equal(forms_set(run, "/data/a", "-1.5"), RUN_NOT_OF_TYPE);
	assert_string_equal(forms_value(run, "/data/a"), "-1.0");
}

static void put_asks_neither_for_relevance_nor_for_a_control(void **state)
{
	static const char *const paths[] = { "/data/gone", "/data/shut",
					     "/data/calc", "/data/note" };
	SCOPED(form_freep)
	struct form *form = forms_of(typed_model, typed_body);
	SCOPED(run_freep) struct run *run = forms_run(form);
	enum run_answer answer;

	(void)state;
	for (size_t i = 0; i < COUNT(paths); i++) {
		struct node *node = forms_node(run, paths[i]);

		assert_int_equal(run_put(run, node, "x", &answer), FAULT_NONE);
		assert_int_equal(answer, RUN_TAKEN);
		assert_string_equal(node_value(node), "x");
	}
	assert_int_equal(run_put(run, forms_node(run, "/data/i"), "x", &answer),
			 FAULT_NONE);
	assert_int_equal(answer, RUN_NOT_OF_TYPE);
	assert_int_equal(
	    run_put(run, forms_node(run, "/data/grp"), "x", &answer),
	    FAULT_NONE);
	assert_int_equal(answer, RUN_NO_ANSWER_HERE);
}

static void what_is_not_here_takes_no_answer_and_binds_none(void **state)
{
	SCOPED(form_freep)
	struct form *form = forms_of(typed_model, typed_body);
	SCOPED(run_freep) struct run *run = forms_run(form);
	const struct node *picture = forms_node(run, "/data/pic");

	(void)state;
	assert_false(node_available(picture));
	assert_true(node_has_control(picture));
	assert_int_equal(node_kind(picture), NODE_UPLOAD);
	assert_false(node_required(picture));
	assert_int_equal(node_violation(picture), VALID);
}

static void computed_values_take_the_shape_of_their_type(void **state)
{
	static const struct {
		const char *type, *calculate, *stored;
	} rows[] = {
		{ "int", "3.7", "3" },
		{ "int", "-0.2", "0" },
		{ "int", "'x'", "" },
		{ "int", "1 div 0", "" },
		{ "decimal", "10", "10.0" },
		{ "decimal", "1 div 8", "0.125" },
		{ "decimal", "1 div 100000000", "0.00000001" },
		{ "decimal", "pow(10, 21)", "1000000000000000000000.0" },
		{ "date", "'2020-02-03T10:00:00'", "2020-02-03" },
		{ "date", "'tomorrow'", "" },
		{ "string", "3.70", "3.7" },
		{ "time", "'7 pm'", "" },
		{ "select1", "'x'", "x" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		SCOPED(char_freep)
		char *model =
		    xasprintf(DATA("<c/>") "<bind nodeset='/data/c' type='%s' "
					   "calculate=\"%s\"/>",
			      rows[i].type, rows[i].calculate);
		SCOPED(form_freep) struct form *form = forms_of(model, "");
		SCOPED(run_freep) struct run *run = forms_run(form);

		assert_string_equal(forms_value(run, "/data/c"),
				    rows[i].stored);
	}
}

static void constraint_and_required_say_which_and_why(void **state)
{
	SCOPED(form_freep)
	struct form *form =
	    forms_data("<age/><on>1</on>",
		       "<bind nodeset='/data/age' "
		       "type='int' required='true()' "
		       "relevant=\"/data/on = '1'\" "
		       "constraint='. &gt; 17' "
		       "jr:requiredMsg='Say it' "
		       "jr:constraintMsg='Too young'/>",
		       "<input ref='/data/age'/><input ref='/data/on'/>");
	SCOPED(run_freep) struct run *run = forms_run(form);
	const struct node *age = forms_node(run, "/data/age");
	char *message;

	(void)state;
	assert_int_equal(node_violation(age), VIOLATES_REQUIRED);
	message = node_violation_message(age);
	assert_string_equal(message, "Say it");
	free(message);

	forms_set(run, "/data/age", "17");
	assert_int_equal(node_violation(age), VIOLATES_CONSTRAINT);
	message = node_violation_message(age);
	assert_string_equal(message, "Too young");
	free(message);

	forms_set(run, "/data/age", "18");
	assert_int_equal(node_violation(age), VALID);
	assert_null(node_violation_message(age));

	/* What is not asked can break no rule. */
	forms_set(run, "/data/age", "");
	forms_set(run, "/data/on", "0");
	assert_int_equal(node_violation(age), VALID);
	assert_true(node_required(age));
}

static void nodes_are_found_by_reference_and_by_name(void **state)
{
	SCOPED(form_freep)
	struct form *form =
	    forms_data("<orx:a/><g><b/></g><r><c>1</c></r><r><c>2</c></r>", "",
		       "<group ref='/data/r'><repeat nodeset='/data/r'>"
		       "<input ref='/data/r/c'/></repeat></group>");
	SCOPED(run_freep) struct run *run = forms_run(form);
	static const char *const there[] = { "/data",      "/data/orx:a",
					     "/data/g",    "/data/g/b",
					     "/data/r",    "/data/r[1]",
					     "/data/r[2]", "/data/r[2]/c" };
	static const char *const not_there[] = {
		"",           "/dat",       "/data/",       "/data/g/c",
		"/data/r[3]", "/data/g[1]", "/data/r[0]/c", "data"
	};

	(void)state;
	for (size_t i = 0; i < COUNT(there); i++) {
		SCOPED(char_freep)
		char *reference = node_reference(forms_node(run, there[i]));
		assert_string_equal(reference, there[i]);
	}
	for (size_t i = 0; i < COUNT(not_there); i++)
		assert_null(run_find(run, not_there[i]));
	assert_ptr_equal(run_named(run, "b"), run_find(run, "/data/g/b"));
	assert_ptr_equal(run_named(run, "c"), run_find(run, "/data/r[1]/c"));
	assert_null(run_named(run, "data"));
	assert_string_equal(node_path(run_named(run, "c")), "/data/r/c");
}

static void preloads_read_the_world_and_tell_no_one(void **state)
{
	SCOPED(form_freep)
	struct form *form = forms_data("<u/><s/><e/><t/><p/><n/><x/>",
				       "<bind nodeset='/data/u' "
				       "jr:preload='uid'/>"
				       "<bind nodeset='/data/s' "
				       "type='dateTime' "
				       "jr:preload='timestamp' "
				       "jr:preloadParams='start'/>"
				       "<bind nodeset='/data/e' "
				       "type='dateTime' "
				       "jr:preload='timestamp' "
				       "jr:preloadParams='end'/>"
				       "<bind nodeset='/data/t' "
				       "type='date' jr:preload='date' "
				       "jr:preloadParams='today'/>"
				       "<bind nodeset='/data/p' "
				       "jr:preload='property' "
				       "jr:preloadParams='p'/>"
				       "<bind nodeset='/data/n' "
				       "jr:preload='property' "
				       "jr:preloadParams='username'/>"
				       "<bind nodeset='/data/x' "
				       "jr:preload='property' "
				       "jr:preloadParams='other'/>",
				       "");
	SCOPED(run_freep) struct run *run = forms_run(form);
	struct bytes xml = { 0 };

	(void)state;
	assert_string_equal(forms_value(run, "/data/u"),
			    "uuid:00010203-0405-4607-8809-0a0b0c0d0e0f");
	assert_string_equal(forms_value(run, "/data/s"),
			    "2020-02-03T12:00:00.000+00:00");
	assert_string_equal(forms_value(run, "/data/e"), "");
	assert_string_equal(forms_value(run, "/data/t"), "2020-02-03");
	assert_string_equal(forms_value(run, "/data/p"), "set");
	assert_string_equal(forms_value(run, "/data/n"), "");
	assert_string_equal(forms_value(run, "/data/x"), "");
	assert_int_equal(run_submission(run, &xml), FAULT_NONE);
	bytes_done(&xml);
	assert_string_equal(forms_value(run, "/data/e"),
			    "2020-02-03T12:00:00.000+00:00");
}

static void a_given_instance_id_is_used(void **state)
{
	SCOPED(form_freep) struct form *form = forms_data("<a/>", "", "");
	struct run_world world = forms_world;
	struct run *run = NULL;

	(void)state;
	world.instance_id = "uuid:given";
	assert_int_equal(run_new(form, &world, &run), FAULT_NONE);
	assert_string_equal(forms_value(run, "/data/orx:meta/orx:instanceID"),
			    "uuid:given");
	run_free(run);

	world = (struct run_world){ 0 };
	assert_int_equal(run_new(form, &world, &run), FAULT_NONE);
	assert_string_equal(forms_value(run, "/data/orx:meta/orx:instanceID"),
			    "");
	run_free(run);
}

static void a_failing_expression_keeps_what_was(void **state)
{
	SCOPED(form_freep)
	struct form *form = forms_data("<a>x</a><b/><c/>",
				       "<bind nodeset='/data/b' "
				       "calculate=\"if(/data/a = 'bad', "
				       "instance('no')/root/x + "
				       "digest('a', /data/a), concat('v', "
				       "/data/a))\"/>"
				       "<bind nodeset='/data/c' "
				       "calculate=\"concat('c', /data/a)\"/>",
				       "<input ref='/data/a'/>");
	SCOPED(run_freep) struct run *run = forms_run(form);
	enum run_answer answer = RUN_READONLY;

	(void)state;
	assert_string_equal(forms_value(run, "/data/b"), "vx");
	logged_start();
	assert_int_equal(
	    run_set(run, forms_node(run, "/data/a"), "bad", &answer),
	    FAULT_FORMAT);
	assert_non_null(strstr(logged(), "/data/b, calculate"));
	logged_stop();
	assert_int_equal(answer, RUN_TAKEN);
	assert_string_equal(forms_value(run, "/data/a"), "bad");
	assert_string_equal(forms_value(run, "/data/b"), "vx");
	assert_string_equal(forms_value(run, "/data/c"), "cbad");
	assert_int_equal(forms_set(run, "/data/a", "y"), RUN_TAKEN);
	assert_string_equal(forms_value(run, "/data/b"), "vy");
}

static void what_is_logged_quotes_no_answer(void **state)
{
	SCOPED(form_freep)
	struct form *form = forms_data(
	    "<a/><b/><c/><d/>",
	    "<bind nodeset='/data/b' "
	    "calculate=\"if(/data/a != '', regex('x', /data/a), '')\"/>"
	    "<bind nodeset='/data/c' "
	    "calculate=\"if(/data/a != '', digest('x', /data/a), '')\"/>"
	    "<bind nodeset='/data/d' calculate=\"if(/data/a != '', "
	    "digest('x', 'MD5', /data/a), '')\"/>",
	    "<input ref='/data/a'/>");
	SCOPED(run_freep) struct run *run = forms_run(form);
	enum run_answer answer = RUN_READONLY;

	(void)state;
	logged_start();
	assert_int_equal(
	    run_set(run, forms_node(run, "/data/a"), "(Amina", &answer),
	    FAULT_FORMAT);
	assert_non_null(strstr(logged(), "argument of regex()"));
	assert_non_null(strstr(logged(), "digest() knows"));
	assert_non_null(strstr(logged(), "digest() gives"));
	assert_null(strstr(logged(), "Amina"));
	logged_stop();
}

static void appearances_and_attributes_are_read_from_the_control(void **state)
{
	SCOPED(form_freep)
	struct form *form = forms_data(
	    "<a/><r><b/></r>", "",
	    "<input ref='/data/a' appearance='multiline  private' rows='4'/>"
	    "<group ref='/data/r' appearance='field-list'>"
	    "<repeat nodeset='/data/r'><input ref='/data/r/b'/></repeat>"
	    "</group>");
	SCOPED(run_freep) struct run *run = forms_run(form);
	const struct node *a = forms_node(run, "/data/a");

	(void)state;
	assert_true(node_appears(a, "private"));
	assert_true(node_appears(a, "multiline"));
	assert_false(node_appears(a, "multi"));
	assert_string_equal(node_attribute(a, "rows"), "4");
	assert_null(node_attribute(a, "start"));
	assert_true(node_appears(forms_node(run, "/data/r[1]"), "field-list"));
	assert_false(
	    node_has_control(forms_node(run, "/data/orx:meta/orx:instanceID")));
}

/* What ODK Central asks of a submission: the form's id and version on the
 * root, and an instanceID, be it in either namespace. */
static void a_submission_has_its_forms_id_and_one_of_its_own(void **state)
{
	static const struct {
		const char *instance, *start, *end;
	} rows[] = {
		{ "<data id='f' "
		  "version='3'><a/><meta><instanceID/></meta></data>",
		  "<data id=\"f\" version=\"3\"><a/><meta><instanceID>uuid:",
		  "</instanceID></meta></data>" },
		{ "<data id='f' orx:version='3'><a/><orx:meta><orx:instanceID/>"
		  "</orx:meta></data>",
		  "<data xmlns:orx=\"http://openrosa.org/xforms\" id=\"f\" "
		  "orx:version=\"3\"><a/><orx:meta><orx:instanceID>uuid:",
		  "</orx:instanceID></orx:meta></data>" },
		{ "<data id='f'><a/></data>",
		  "<data xmlns:orx=\"http://openrosa.org/xforms\" id=\"f\"><a/>"
		  "<orx:meta><orx:instanceID>uuid:",
		  "</orx:instanceID></orx:meta></data>" },
		{ "<data id='f'><a/><meta><instanceID>mine</instanceID></meta>"
		  "</data>",
		  "<data id=\"f\"><a/><meta><instanceID>mine", "</data>" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		SCOPED(char_freep)
		char *model =
		    xasprintf("<instance>%s</instance>", rows[i].instance);
		SCOPED(form_freep)
		struct form *form = forms_of(model, "<input ref='/data/a'/>");
		SCOPED(run_freep) struct run *run = forms_run(form);
		struct bytes xml = { 0 };
		const char *text;

		assert_int_equal(run_submission(run, &xml), FAULT_NONE);
		text = (const char *)xml.data;
		assert_memory_equal(text, rows[i].start, strlen(rows[i].start));
		assert_string_equal(text + xml.length - strlen(rows[i].end),
				    rows[i].end);
		bytes_done(&xml);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_submission_has_its_forms_id_and_one_of_its_own),
		cmocka_unit_test(
		    an_answer_is_kept_and_read_by_what_depends_on_it),
		cmocka_unit_test(a_type_takes_its_own_and_bends_nothing),
		cmocka_unit_test(a_range_may_count_down),
		cmocka_unit_test(
		    put_asks_neither_for_relevance_nor_for_a_control),
		cmocka_unit_test(
		    what_is_not_here_takes_no_answer_and_binds_none),
		cmocka_unit_test(computed_values_take_the_shape_of_their_type),
		cmocka_unit_test(constraint_and_required_say_which_and_why),
		cmocka_unit_test(nodes_are_found_by_reference_and_by_name),
		cmocka_unit_test(preloads_read_the_world_and_tell_no_one),
		cmocka_unit_test(a_given_instance_id_is_used),
		cmocka_unit_test(a_failing_expression_keeps_what_was),
		cmocka_unit_test(what_is_logged_quotes_no_answer),
		cmocka_unit_test(
		    appearances_and_attributes_are_read_from_the_control),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
