#include "tests/test.h"

#include "ask/review.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "tests/support/asks.h"
#include "tests/support/forms.h"

#define INPUT(name, looks)                                                \
	"<input ref='/data/" name "' appearance='" looks "'><label>" name \
	"?</label></input>"

/* A list whose choice B is marked private. */
static const char hiding[] =
    "<instance id='n'><root>"
    "<item><name>A</name><label>Food</label></item>"
    "<item><name>B</name><label>Being safe</label><private>yes</private></item>"
    "<item><name>C</name><label>Work</label></item>"
    "</root></instance>";

static const char needs[] =
    "<select ref='/data/s'><label>Needs?</label>"
    "<itemset nodeset=\"instance('n')/root/item\">"
    "<value ref='name'/><label ref='label'/></itemset></select>";

/* "a? one | b? two": the rows; the caller frees it. */
static char *rows_of(struct asks *asks)
{
	struct bytes out = { 0 };
	struct review review;

	review_make(asks->run, &asks->look, &review);
	for (size_t i = 0; i < review.count; i++)
		bytes_add_format(&out, "%s%s %s", i ? " | " : "",
				 review.rows[i].question,
				 review.rows[i].answer);
	review_done(&review);
	return bytes_take_text(&out);
}

static void expect_rows(struct asks *asks, const char *expected)
{
	SCOPED(char_freep) char *rows = rows_of(asks);

	assert_string_equal(rows, expected);
}

static void what_was_answered_is_listed_in_the_forms_order(void **state)
{
	struct asks asks;

	(void)state;
	asks_start(&asks, "en", "<a/><b/><g><c/></g>",
		   "<bind nodeset='/data/b' type='date'/>"
		   "<bind nodeset='/data/g/c' type='int'/>",
		   INPUT("a", "") INPUT("b", "") "<group ref='/data/g'>" INPUT(
		       "g/c", "") "</group>");
	expect_rows(&asks, "");
	forms_set(asks.run, "/data/g/c", "3");
	forms_set(asks.run, "/data/b", "1990-05-07");
	expect_rows(&asks, "b? 7 May 1990 | g/c? 3");
	forms_set(asks.run, "/data/a", "Hello");
	expect_rows(&asks, "a? Hello | b? 7 May 1990 | g/c? 3");
	asks_done(&asks);
}

static void what_must_not_be_seen_again_is_not_listed(void **state)
{
	static const struct {
		const char *looks, *rows;
	} cases[] = {
		{ "", "a? x" },   { "private", "" },   { "unlisted", "" },
		{ "review", "" }, { "on-review", "" }, { "bar", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(char_freep)
		char *body = xasprintf("<input ref='/data/a' appearance='%s'>"
				       "<label>a?</label></input>",
				       cases[i].looks);
		struct asks asks;

		asks_start(&asks, "en", "<a/>", "", body);
		forms_set(asks.run, "/data/a", "x");
		expect_rows(&asks, cases[i].rows);
		asks_done(&asks);
	}
}

static void what_is_no_longer_asked_is_not_listed(void **state)
{
	struct asks asks;

	(void)state;
	asks_start(&asks, "en", "<a/><b/>",
		   "<bind nodeset='/data/b' relevant=\"/data/a = 'x'\"/>",
		   INPUT("a", "") INPUT("b", ""));
	forms_set(asks.run, "/data/a", "x");
	forms_set(asks.run, "/data/b", "y");
	expect_rows(&asks, "a? x | b? y");
	forms_set(asks.run, "/data/a", "z");
	expect_rows(&asks, "a? z");
	asks_done(&asks);
}

static void a_private_choice_is_left_out_of_its_row(void **state)
{
	static const struct {
		const char *picked, *rows;
	} cases[] = {
		{ "A C", "Needs? Food · Work" },
		{ "A B C", "Needs? Food · Work" },
		{ "B C", "Needs? Work" },
		/* Alone, it leaves no row that would tell of it. */
		{ "B", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct asks asks;

		asks_start(&asks, "en", "<s/>", hiding, needs);
		forms_set(asks.run, "/data/s", cases[i].picked);
		expect_rows(&asks, cases[i].rows);
		asks_done(&asks);
	}
}

static void rows_of_a_repeat_say_whose_they_are(void **state)
{
	struct review review;
	struct asks asks;

	(void)state;
	asks_open(&asks, "en", "repeats");
	for (int i = 0; i < 2; i++)
		assert_int_equal(
		    run_repeat_add(asks.run,
				   forms_node(asks.run, "/data/child")),
		    FAULT_NONE);
	assert_int_equal(
	    run_repeat_add(asks.run,
			   forms_node(asks.run, "/data/child[1]/toy")),
	    FAULT_NONE);
	forms_set(asks.run, "/data/start", "High Street");
	forms_set(asks.run, "/data/child[1]/name", "Amira");
	forms_set(asks.run, "/data/child[1]/age", "4");
	forms_set(asks.run, "/data/child[1]/toy[1]/what", "Bear");
	forms_set(asks.run, "/data/child[2]/age", "7");
	expect_rows(&asks, "Your street High Street | "
			   "Child 1 · Name of the child Amira | "
			   "Amira · Age of the child 4 | "
			   "Amira · Toy 1 · Which toy? Bear | "
			   "Child 2 · Age of the child 7");
	/* A name in a question is not for everybody's ears. */
	review_make(asks.run, &asks.look, &review);
	assert_false(review.rows[0].quotes);
	assert_true(review.rows[2].quotes);
	review_done(&review);
	asks_done(&asks);
}

static void its_own_nodes_are_found_while_they_are_relevant(void **state)
{
	struct asks asks;

	(void)state;
	asks_start(&asks, "en", "<a/><g><o/></g><r/>",
		   "<bind nodeset='/data/r' readonly='true()'/>"
		   "<bind nodeset='/data/g/o' relevant=\"/data/a = 'x'\"/>",
		   INPUT("a", "") "<group ref='/data/g'>" INPUT(
		       "g/o", "on-review") "</group>" INPUT("r", "review"));
	assert_string_equal(node_name(review_node(asks.run)), "r");
	assert_null(review_asks(asks.run));
	forms_set(asks.run, "/data/a", "x");
	assert_string_equal(node_name(review_asks(asks.run)), "o");
	asks_done(&asks);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    what_was_answered_is_listed_in_the_forms_order),
		cmocka_unit_test(what_must_not_be_seen_again_is_not_listed),
		cmocka_unit_test(what_is_no_longer_asked_is_not_listed),
		cmocka_unit_test(a_private_choice_is_left_out_of_its_row),
		cmocka_unit_test(rows_of_a_repeat_say_whose_they_are),
		cmocka_unit_test(
		    its_own_nodes_are_found_while_they_are_relevant),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
