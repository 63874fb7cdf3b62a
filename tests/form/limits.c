#include "tests/test.h"

#include <string.h>

#include "base/bytes.h"
#include "tests/support/forms.h"
#include "tests/support/logged.h"

/* What a form that runs is stopped at, and what is said of it. */

#define MANY 4000 /* rows of a list; each with each is above any budget */

static char *rows_of_a_list(void)
{
	struct bytes out = { 0 };

	bytes_add_text(&out, "<instance id='list'><root>");
	for (int i = 0; i < MANY; i++)
		bytes_add_format(&out, "<item><name>n%d</name></item>", i);
	bytes_add_text(&out, "</root></instance>");
	return bytes_take_text(&out);
}

static struct form *form_with(const char *bind, const char *body)
{
	SCOPED(char_freep) char *rows = rows_of_a_list();
	SCOPED(char_freep) char *rest = xasprintf("%s%s", rows, bind);

	return forms_data("<a/><b>was</b><c/>", rest, body);
}

#define EACH_WITH_EACH                                                 \
	"instance('list')/root/item[name = instance('list')/root/item" \
	"[name != /data/a]/name]"

/* It keeps what it was, and all else goes on. */
static void a_calculation_without_end_is_stopped(void **state)
{
	SCOPED(form_freep)
	struct form *form = form_with(
	    "<bind nodeset='/data/b' calculate=\"if(/data/a = '', 'was', "
	    "count(" EACH_WITH_EACH "))\"/>"
	    "<bind nodeset='/data/c' calculate=\"concat('c', /data/a)\"/>",
	    "<input ref='/data/a'/>");
	SCOPED(run_freep) struct run *run = forms_run(form);
	enum run_answer answer = RUN_READONLY;

	(void)state;
	logged_start();
	assert_int_equal(run_set(run, forms_node(run, "/data/a"), "x", &answer),
			 FAULT_LIMIT);
	assert_non_null(
	    strstr(logged(), "/data/b, calculate: more than 2000000 steps; it "
			     "visits too many nodes"));
	logged_stop();
	assert_int_equal(answer, RUN_TAKEN);
	assert_string_equal(forms_value(run, "/data/b"), "was");
	assert_string_equal(forms_value(run, "/data/c"), "cx");
}

/* A list may cost more, and not without end. */
static void a_filter_without_end_is_stopped(void **state)
{
	SCOPED(form_freep)
	struct form *form = form_with(
	    "", "<input ref='/data/a'/><select1 ref='/data/c'>"
		"<itemset nodeset=\"" EACH_WITH_EACH "\">"
		"<value ref='name'/><label ref='name'/></itemset></select1>");
	SCOPED(run_freep) struct run *run = forms_run(form);
	const struct choice_item *items;
	size_t count;

	(void)state;
	logged_start();
	assert_int_equal(
	    node_choices(forms_node(run, "/data/c"), &items, &count),
	    FAULT_LIMIT);
	assert_non_null(strstr(logged(), "/data/c, choices: more than 10000000 "
					 "steps; it visits too many nodes"));
	logged_stop();
}

/* The answer does not meet it, and the form's maker finds out why. */
static void a_pattern_without_end_is_not_met(void **state)
{
	SCOPED(form_freep)
	struct form *form = forms_data("<a/>",
				       "<bind nodeset='/data/a' "
				       "constraint=\"regex(., '^(a+)+$')\"/>",
				       "<input ref='/data/a'/>");
	SCOPED(run_freep) struct run *run = forms_run(form);
	struct node *node = forms_node(run, "/data/a");

	(void)state;
	logged_start();
	forms_set(run, "/data/a", "aaaa");
	assert_int_equal(node_violation(node), VALID);
	assert_string_equal(logged(), "");
	forms_set(run, "/data/a",
		  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab");
	assert_int_equal(node_violation(node), VIOLATES_CONSTRAINT);
	assert_non_null(strstr(logged(), "/data/a, constraint: the pattern of "
					 "regex() took too long"));
	assert_null(strstr(logged(), "aaaab"));
	logged_stop();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_calculation_without_end_is_stopped),
		cmocka_unit_test(a_filter_without_end_is_stopped),
		cmocka_unit_test(a_pattern_without_end_is_not_met),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
