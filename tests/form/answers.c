#include "form/answers.h"

#include "tests/test.h"

#include <string.h>

#include "base/bytes.h"
#include "tests/support/forms.h"
#include "tests/support/logged.h"

static struct form *household(void)
{
	return forms_data(
	    "<lang/><more/><extra/><kinds/><n/><yes/><sum/>"
	    "<p jr:template=''><who/><age/></p>"
	    "<q jr:template=''><x/></q>",
	    "<bind nodeset='/data/extra' relevant=\"/data/more = 'yes'\"/>"
	    "<bind nodeset='/data/n' type='int'/>"
	    "<bind nodeset='/data/yes' type='boolean'/>"
	    "<bind nodeset='/data/p/age' type='int'/>"
	    "<bind nodeset='/data/p' relevant=\"/data/extra != ''\"/>"
	    "<bind nodeset='/data/sum' calculate='sum(/data/p/age)'/>",
	    "<input ref='/data/more'/><input ref='/data/extra'/>"
	    "<select ref='/data/kinds'><item><value>a</value></item>"
	    "<item><value>b</value></item></select>"
	    "<input ref='/data/n'/><input ref='/data/yes'/>"
	    "<group ref='/data/p'><repeat nodeset='/data/p'>"
	    "<input ref='/data/p/who'/><input ref='/data/p/age'/></repeat>"
	    "</group><group ref='/data/q'>"
	    "<repeat nodeset='/data/q' jr:count='/data/n'>"
	    "<input ref='/data/q/x'/></repeat></group>");
}

static void take_note(void *to, const char *path, const char *why,
		      enum run_answer answer)
{
	bytes_add_format(to, "%s: %s (%d)\n", path, why, (int)answer);
}

/* Applies the text; the notes must be exactly these. */
static void apply(struct run *run, const char *json, const char *notes)
{
	struct bytes got = { 0 };

	bytes_add_text(&got, "");
	assert_int_equal(answers_apply_text("test", json, strlen(json), run,
					    take_note, &got),
			 FAULT_NONE);
	assert_string_equal((char *)got.data, notes);
	bytes_done(&got);
}

static void steps_are_applied_in_their_order(void **state)
{
	SCOPED(form_freep) struct form *form = household();
	SCOPED(run_freep) struct run *run = forms_run(form);

	(void)state;
	apply(run,
	      "[{\"path\":\"/data/extra\",\"value\":\"too soon\"},"
	      "{\"path\":\"/data/more\",\"value\":\"yes\"},"
	      "{\"path\":\"/data/extra\",\"value\":\"now\"},"
	      "{\"path\":\"/data/p\",\"add\":3},"
	      "{\"path\":\"/data/p[1]/age\",\"value\":7},"
	      "{\"path\":\"/data/p[3]/age\",\"value\":\"30\"},"
	      "{\"path\":\"/data/p[2]\",\"remove\":1},"
	      "{\"path\":\"/data/p[2]/who\",\"value\":\"x\"},"
	      "{\"path\":\"/data/kinds\",\"value\":\"b a\"},"
	      "{\"path\":\"/data/kinds\",\"value\":\"c\"},"
	      "{\"path\":\"/data/n\",\"value\":\"many\"},"
	      "{\"path\":\"/data/n\",\"value\":2},"
	      "{\"path\":\"/data/yes\",\"value\":true},"
	      "{\"path\":\"/data/q\",\"add\":1},"
	      "{\"path\":\"/data/q[1]\",\"remove\":1},"
	      "{\"path\":\"/data/more\",\"add\":1},"
	      "{\"path\":\"/data/sum\",\"value\":1},"
	      "{\"path\":\"/data/none\",\"value\":null},"
	      "{\"lang\":\"fr\"}]",
	      "/data/extra: not asked after these answers (4)\n"
	      "/data/kinds: not among the choices offered (2)\n"
	      "/data/n: not a value of its type (1)\n"
	      "/data/q: the form decides how many (3)\n"
	      "/data/q[1]: no such instance (5)\n"
	      "/data/more: no such repeat (5)\n"
	      "/data/sum: takes no answer (5)\n"
	      "/data/none: no such node (5)\n");
	assert_string_equal(forms_value(run, "/data/sum"), "37");
	assert_string_equal(forms_value(run, "/data/p[2]/who"), "x");
	assert_string_equal(forms_value(run, "/data/kinds"), "a b");
	assert_string_equal(forms_value(run, "/data/yes"), "true");
	assert_string_equal(run_language(run), "fr");
}

static void an_object_is_applied_as_questions_come_up(void **state)
{
	SCOPED(form_freep) struct form *form = household();
	SCOPED(run_freep) struct run *run = forms_run(form);

	(void)state;
	/* The people are asked for once extra is, which waits for more. */
	apply(run,
	      "{\"p\":[{\"age\":4,\"who\":\"child\"},{\"age\":40},"
	      "{\"age\":\"old\"}],"
	      "\"kinds\":[\"b\",\"a\"],\"extra\":\"e\",\"more\":\"yes\","
	      "\"n\":2,\"q\":[{\"x\":\"1\"},{\"x\":\"2\"},{\"x\":\"3\"}],"
	      "\"sum\":3,\"unknown\":1}",
	      "age: not a value of its type (1)\n"
	      "sum: takes no answer (5)\n"
	      "unknown: no such node (5)\n");
	assert_string_equal(forms_value(run, "/data/sum"), "");
	assert_string_equal(forms_value(run, "/data/p[1]/who"), "child");
	assert_string_equal(forms_value(run, "/data/p[2]/age"), "40");
	assert_string_equal(forms_value(run, "/data/p[3]/age"), "");
	assert_string_equal(forms_value(run, "/data/kinds"), "a b");
	assert_string_equal(forms_value(run, "/data/q[2]/x"), "2");
	assert_null(run_find(run, "/data/q[3]"));
}

static void what_is_no_file_of_answers_is_refused(void **state)
{
	static const struct {
		const char *json, *word;
	} rows[] = {
		{ "", "line 1" },
		{ "{\"a\":1,}", "line 1, column" },
		{ "{\"a\":1,\"a\":2}", "line 1" },
		{ "\"text\"", "line 1" },
		{ "[{\"path\":\"/data/n\"}]", "entry 1" },
		{ "[{\"lang\":\"fr\"},{\"value\":1}]", "entry 2" },
		{ "[7]", "entry 1" },
	};
	SCOPED(form_freep) struct form *form = household();
	SCOPED(run_freep) struct run *run = forms_run(form);

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		logged_start();
		assert_int_equal(answers_apply_text("test", rows[i].json,
						    strlen(rows[i].json), run,
						    NULL, NULL),
				 FAULT_FORMAT);
		if (!strstr(logged(), rows[i].word))
			fail_msg("%s: %s", rows[i].json, logged());
		logged_stop();
	}
	logged_start();
	assert_int_equal(answers_apply("/nowhere/a.json", run, NULL, NULL),
			 FAULT_SYSTEM);
	logged_stop();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(steps_are_applied_in_their_order),
		cmocka_unit_test(an_object_is_applied_as_questions_come_up),
		cmocka_unit_test(what_is_no_file_of_answers_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
