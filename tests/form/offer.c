#include "tests/test.h"

#include <string.h>

#include "base/bytes.h"
#include "tests/support/forms.h"

static const char places[] =
    "<instance id='p'><root>"
    "<item><name>on</name><label>Ontario</label><kind>land</kind></item>"
    "<item><name>qc</name><label>Quebec</label><kind>land</kind></item>"
    "<item><name>ott</name><label>Ottawa</label><in>on</in>"
    "<kind>town</kind></item>"
    "<item><name>tor</name><label>Toronto</label><in>on</in>"
    "<kind>town</kind><private>true</private></item>"
    "<item><name>mtl</name><label>Montreal</label><in>qc</in>"
    "<kind>town</kind></item></root></instance>";

static const char body[] =
    "<select1 ref='/data/land'>"
    "<itemset nodeset=\"instance('p')/root/item[kind = 'land']\">"
    "<value ref='name'/><label ref='label'/></itemset></select1>"
    "<select ref='/data/towns'>"
    "<itemset nodeset=\"instance('p')/root/item[kind = 'town' and "
    "in = /data/land]\"><value ref='name'/><label ref='label'/></itemset>"
    "</select>";

static struct form *places_form(void)
{
	return forms_data("<land/><towns/><n/>", places, body);
}

/* "on qc": the values offered, parted by blanks. */
static void expect_offer(struct run *run, const char *path,
			 const char *expected)
{
	const struct choice_item *items;
	struct bytes values = { 0 };
	size_t count;

	bytes_add_text(&values, "");
	assert_int_equal(node_choices(forms_node(run, path), &items, &count),
			 FAULT_NONE);
	for (size_t i = 0; i < count; i++)
		bytes_add_format(&values, "%s%s", i ? " " : "", items[i].value);
	assert_string_equal((char *)values.data, expected);
	bytes_done(&values);
}

static void a_filter_reads_the_answers(void **state)
{
	SCOPED(form_freep) struct form *form = places_form();
	SCOPED(run_freep) struct run *run = forms_run(form);

	(void)state;
	expect_offer(run, "/data/land", "on qc");
	expect_offer(run, "/data/towns", "");
	forms_set(run, "/data/land", "on");
	expect_offer(run, "/data/towns", "ott tor");
	assert_int_equal(forms_set(run, "/data/towns", "mtl"),
			 RUN_NOT_A_CHOICE);
	assert_int_equal(forms_set(run, "/data/towns", "tor ott"), RUN_TAKEN);
	assert_string_equal(forms_value(run, "/data/towns"), "ott tor");
	assert_int_equal(forms_set(run, "/data/land", "ott"), RUN_NOT_A_CHOICE);
}

static void what_is_no_longer_offered_reads_as_empty(void **state)
{
	SCOPED(form_freep) struct form *form = places_form();
	SCOPED(run_freep) struct run *run = forms_run(form);

	(void)state;
	forms_set(run, "/data/land", "on");
	forms_set(run, "/data/towns", "ott");
	forms_set(run, "/data/land", "qc");
	assert_string_equal(forms_value(run, "/data/towns"), "");
	forms_set(run, "/data/land", "on");
	assert_string_equal(forms_value(run, "/data/towns"), "ott");
}

static void a_ticket_may_put_any_choice_of_the_full_list(void **state)
{
	SCOPED(form_freep) struct form *form = places_form();
	SCOPED(run_freep) struct run *run = forms_run(form);
	struct node *towns = forms_node(run, "/data/towns");
	enum run_answer answer;

	(void)state;
	assert_int_equal(run_put(run, towns, "mtl", &answer), FAULT_NONE);
	assert_int_equal(answer, RUN_TAKEN);
	assert_string_equal(node_value(towns), "");
	forms_set(run, "/data/land", "qc");
	assert_string_equal(node_value(towns), "mtl");
	assert_int_equal(run_put(run, towns, "nyc", &answer), FAULT_NONE);
	assert_int_equal(answer, RUN_NOT_A_CHOICE);
}

static void choices_have_columns_and_some_are_not_to_be_shown(void **state)
{
	SCOPED(form_freep) struct form *form = places_form();
	SCOPED(run_freep) struct run *run = forms_run(form);
	struct node *towns = forms_node(run, "/data/towns");
	const struct choice_item *items;
	size_t count;

	(void)state;
	forms_set(run, "/data/land", "on");
	assert_int_equal(node_choices(towns, &items, &count), FAULT_NONE);
	assert_int_equal(count, 2);
	assert_string_equal(items[1].label, "Toronto");
	assert_false(items[0].hides);
	assert_true(items[1].hides);
	assert_string_equal(node_choice_column(towns, "ott", "in"), "on");
	assert_null(node_choice_column(towns, "ott", "none"));
	assert_null(node_choice_column(towns, "mtl", "in"));
	assert_null(node_choice_column(forms_node(run, "/data/n"), "x", "in"));
}

static void the_full_list_knows_no_filter(void **state)
{
	SCOPED(form_freep) struct form *form = places_form();

	(void)state;
	assert_int_equal(form_choice_count(form, "/data/towns"), 5);
	assert_string_equal(form_choice_value(form, "/data/towns", 4), "mtl");
	assert_null(form_choice_value(form, "/data/towns", 5));
	assert_null(form_choice_value(form, "/data/towns", -1));
	assert_int_equal(form_choice_count(form, "/data/n"), -1);
	assert_int_equal(form_choice_count(form, "/data/none"), -1);
}

static void a_choice_may_depend_on_what_others_chose(void **state)
{
	SCOPED(form_freep)
	struct form *form = forms_data(
	    "<r><who/></r><r><who/></r>",
	    "<instance id='w'><root><item><name>a</name></item>"
	    "<item><name>b</name></item></root></instance>",
	    "<group ref='/data/r'><repeat nodeset='/data/r'>"
	    "<select1 ref='/data/r/who'>"
	    "<itemset nodeset=\"instance('w')/root/item["
	    "name = current()/. or not(selected(join(' ', /data/r/who), name))"
	    "]\"><value ref='name'/><label ref='name'/></itemset></select1>"
	    "</repeat></group>");
	SCOPED(run_freep) struct run *run = forms_run(form);

	(void)state;
	forms_set(run, "/data/r[1]/who", "a");
	expect_offer(run, "/data/r[1]/who", "a b");
	expect_offer(run, "/data/r[2]/who", "b");
	assert_string_equal(forms_value(run, "/data/r[1]/who"), "a");
	assert_int_equal(forms_set(run, "/data/r[2]/who", "a"),
			 RUN_NOT_A_CHOICE);
	assert_int_equal(forms_set(run, "/data/r[2]/who", "b"), RUN_TAKEN);
	expect_offer(run, "/data/r[1]/who", "a");
}

static void chance_may_order_what_is_offered(void **state)
{
	SCOPED(form_freep)
	struct form *form = forms_data(
	    "<a/>",
	    "<instance id='cities'><root><item><name>a</name></item>"
	    "<item><name>b</name></item><item><name>c</name></item>"
	    "<item><name>d</name></item></root></instance>",
	    "<select ref='/data/a'>"
	    "<itemset nodeset=\"randomize(instance('cities')/root/item, 42)\">"
	    "<value ref='name'/><label ref='name'/></itemset></select>");
	SCOPED(run_freep) struct run *run = forms_run(form);

	(void)state;
	expect_offer(run, "/data/a", "a d c b");
	assert_int_equal(forms_set(run, "/data/a", "d b a"), RUN_TAKEN);
	assert_string_equal(forms_value(run, "/data/a"), "a b d");
	assert_string_equal(form_choice_value(form, "/data/a", 1), "b");
}

static void add_mark(void *to, const struct choice_item *item)
{
	bytes_add_format(to, "%s=%s ", item->value, item->label);
}

/* Both ways in which compilers write it; none of them is an answer's limit. */
static void a_range_may_have_words_at_its_values(void **state)
{
	static const struct {
		const char *range, *marks, *key;
	} cases[] = {
		{ ">"
		  "<itemset nodeset=\"instance('p')/root/item\">"
		  "<value ref='name'/><label ref='label'/></itemset>",
		  "1=Bad 5=Good ", NULL },
		{ " odk:tick-labelset='p'>", "1=Bad 5=Good ", NULL },
		{ " odk:tick-labelset='t'>", "1=Ill ", "i" },
		{ " odk:tick-labelset='none'>", "", NULL },
		{ ">", "", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(char_freep)
		char *range = xasprintf("<range ref='/data/n' start='1' "
					"end='5' step='1'%s</range>",
					cases[i].range);
		SCOPED(form_freep)
		struct form *form = forms_data(
		    "<n/>",
		    "<bind nodeset='/data/n' type='int'/>"
		    "<itext><translation lang='en'><text id='i'>"
		    "<value>Ill</value></text></translation></itext>"
		    "<instance id='p'><root>"
		    "<item><name>1</name><label>Bad</label></item>"
		    "<item><name>5</name><label>Good</label></item>"
		    "</root></instance><instance id='t'><root><item>"
		    "<itextId>i</itextId><name>1</name></item></root>"
		    "</instance>",
		    range);
		SCOPED(run_freep) struct run *run = forms_run(form);
		struct bytes marks = { 0 };

		bytes_add_text(&marks, "");
		node_each_choice(forms_node(run, "/data/n"), add_mark, &marks);
		assert_string_equal((char *)marks.data, cases[i].marks);
		bytes_done(&marks);
		SCOPED(char_freep)
		char *key = node_choice_key(forms_node(run, "/data/n"), "1");

		if (cases[i].key)
			assert_string_equal(key, cases[i].key);
		else
			assert_null(key);
		assert_int_equal(forms_set(run, "/data/n", "3"), RUN_TAKEN);
		assert_string_equal(forms_value(run, "/data/n"), "3");
		assert_int_equal(forms_set(run, "/data/n", "6"),
				 RUN_NOT_OF_TYPE);
	}
}

#define ROWS 4000 /* each with each is above any budget */

/* What it is told does not hang on whether the filter was tried before. */
static void
an_answer_under_a_failing_filter_is_told_the_same_each_time(void **state)
{
	static const char each[] = "instance('l')/root/item";
	SCOPED(char_freep)
	char *control =
	    xasprintf("<select1 ref='/data/c'><itemset nodeset=\"%s[. = %s]\">"
		      "<value ref='.'/><label ref='.'/></itemset></select1>"
		      "<input ref='/data/a'/>",
		      each, each);
	struct bytes list = { 0 };
	enum run_answer answer;

	(void)state;
	bytes_add_text(&list, "<instance id='l'><root xmlns=''>");
	for (int i = 0; i < ROWS; i++)
		bytes_add_format(&list, "<item>n%d</item>", i);
	bytes_add_text(&list, "</root></instance>");
	SCOPED(char_freep) char *rest = bytes_take_text(&list);
	SCOPED(form_freep)
	struct form *form = forms_data("<c/><a/>", rest, control);
	SCOPED(run_freep) struct run *run = forms_run(form);
	struct node *c = forms_node(run, "/data/c");

	for (int i = 0; i < 2; i++) {
		assert_int_equal(run_set(run, c, "n1", &answer), FAULT_LIMIT);
		assert_int_equal(answer, RUN_NOT_A_CHOICE);
	}
	/* Whoever looks at a choice leaves no fault for another answer. */
	assert_null(node_choice_column(c, "n1", "x"));
	assert_null(node_choice_key(c, "n1"));
	assert_int_equal(run_set(run, forms_node(run, "/data/a"), "A", &answer),
			 FAULT_NONE);
	assert_int_equal(answer, RUN_TAKEN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_filter_reads_the_answers),
		cmocka_unit_test(a_range_may_have_words_at_its_values),
		cmocka_unit_test(what_is_no_longer_offered_reads_as_empty),
		cmocka_unit_test(a_ticket_may_put_any_choice_of_the_full_list),
		cmocka_unit_test(
		    choices_have_columns_and_some_are_not_to_be_shown),
		cmocka_unit_test(the_full_list_knows_no_filter),
		cmocka_unit_test(a_choice_may_depend_on_what_others_chose),
		cmocka_unit_test(chance_may_order_what_is_offered),
		cmocka_unit_test(
		    an_answer_under_a_failing_filter_is_told_the_same_each_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
