#include "xpath/xpath.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "tests/support/slow.h"
#include "tests/support/world.h"
#include "tests/test.h"

/* What an evaluation costs, and where it is stopped. */

static char *flat_document(int count, const char *name)
{
	struct bytes xml = { 0 };

	bytes_add_text(&xml, "<data>");
	for (int i = 0; i < count; i++)
		bytes_add_format(&xml, "<%s%d>%d</%s%d>", name, i, i, name, i);
	bytes_add_text(&xml, "</data>");
	return bytes_take_text(&xml);
}

static char *same_document(int count)
{
	struct bytes xml = { 0 };

	bytes_add_text(&xml, "<data>");
	for (int i = 0; i < count; i++)
		bytes_add_format(&xml, "<a>%d</a>", i % 10);
	bytes_add_text(&xml, "</data>");
	return bytes_take_text(&xml);
}

/* Steps, or 0 and the fault where it is stopped. */
static uint64_t steps_of(struct world *world, const char *expression,
			 uint64_t limit, enum fault *fault,
			 struct xpath_problem *problem)
{
	SCOPED(xpath_freep) struct xpath *xpath = NULL;
	struct xpath_place place = { .node =
					 xmlDocGetRootElement(world->primary) };
	struct xpath_value value = { 0 };

	assert_int_equal(xpath_parse(expression, &xpath, NULL), FAULT_NONE);
	world->steps = 0;
	*fault =
	    xpath_evaluate(xpath, &world->host, &place, limit, &value, problem);
	xpath_value_done(&value);
	return world->steps;
}

static void steps_are_the_nodes_visited(void **state)
{
	static const struct {
		const char *expression;
		uint64_t steps;
	} cases[] = {
		{ "1 + 2", 0 },
		{ ".", 1 },
		{ "..", 1 },
		{ "/data", 1 },
		{ "/data/sel", 1 + 8 },
		{ "/data/rep/v", 1 + 8 + 3 },
		{ "/data/rep[2]/v", 1 + 8 + 1 },
		{ "/data/*", 1 + 8 },
		{ "//v", 18 },
		{ "/data/rep[v > 1]", 1 + 8 + 3 },
		{ "/data/rep/v = /data/rep/v", 12 + 12 },
		{ "/data/rep/v > /data/rep/v + 9", 12 + 12 },
		{ "/data/rep[1]/v = /data/rep/v[. > 1]", 10 + 12 + 3 + 1 },
		{ "/data/@id", 1 + 1 },
		{ "string(/data/rep)", 1 + 8 + 2 },
		{ "string(/data)", 1 + 17 },
	};
	struct world world;

	(void)state;
	world_init(&world, NULL);
	for (size_t i = 0; i < COUNT(cases); i++) {
		enum fault fault;
		uint64_t steps =
		    steps_of(&world, cases[i].expression, 1000, &fault, NULL);

		assert_int_equal(fault, FAULT_NONE);
		if (steps != cases[i].steps)
			fail_msg("%s: %llu steps, not %llu",
				 cases[i].expression, (unsigned long long)steps,
				 (unsigned long long)cases[i].steps);
	}
	world_done(&world);
}

static void the_budget_is_exact(void **state)
{
	struct xpath_problem problem = { 0 };
	struct world world;
	enum fault fault;

	(void)state;
	world_init(&world, NULL);
	steps_of(&world, "1 + /data/rep/v", 12, &fault, &problem);
	assert_int_equal(fault, FAULT_NONE);
	assert_int_equal(
	    steps_of(&world, "1 + /data/rep/v", 11, &fault, &problem), 11);
	assert_int_equal(fault, FAULT_LIMIT);
	assert_int_equal(problem.offset, 4);
	assert_string_equal(problem.text, "more than 11 steps; it visits too "
					  "many nodes, or reads too much text");
	world_done(&world);
}

static void quadratic_expressions_are_stopped(void **state)
{
	static const char *const expressions[] = {
		"count(//a[count(//a[. > 5]) > 1])",
		"count(//a[. = //a[. = 'x']])",
		"count(//a/following::a/preceding::a)",
	};
	SCOPED(char_freep) char *xml = same_document(3000);
	uint64_t limit = (uint64_t)loops(XPATH_STEPS_LIMIT);
	struct xpath_problem problem;
	struct world world;

	(void)state;
	world_init(&world, xml);
	for (size_t i = 0; i < COUNT(expressions); i++) {
		enum fault fault;

		assert_int_equal(
		    steps_of(&world, expressions[i], limit, &fault, &problem),
		    limit);
		assert_int_equal(fault, FAULT_LIMIT);
	}
	world_done(&world);
}

static void comparing_all_pairs_is_stopped(void **state)
{
	SCOPED(char_freep) char *xml = same_document(3000);
	struct xpath_problem problem;
	struct world world;
	enum fault fault;

	(void)state;
	world_init(&world, xml);
	steps_of(&world, "//a > (//a)[. = 9]", XPATH_STEPS_LIMIT, &fault,
		 &problem);
	assert_int_equal(fault, FAULT_NONE);
	steps_of(&world, "//a > //a[. = 9]", 10000, &fault, &problem);
	assert_int_equal(fault, FAULT_LIMIT);
	world_done(&world);
}

static void large_results_are_stopped(void **state)
{
	SCOPED(char_freep) char *xml = same_document(3000);
	struct bytes text = { 0 };
	struct xpath_problem problem;
	struct world world;
	enum fault fault;

	(void)state;
	world_init(&world, xml);
	bytes_add_text(&text, "string-length(join(join('");
	for (int i = 0; i < 10000; i++)
		bytes_add_byte(&text, 'x');
	bytes_add_text(&text, "', //a), //a))");
	steps_of(&world, (char *)text.data, XPATH_STEPS_LIMIT, &fault,
		 &problem);
	assert_int_equal(fault, FAULT_LIMIT);
	assert_string_equal(problem.text, "the result is too large");
	bytes_done(&text);
	world_done(&world);
}

/*
 * A pattern that its time limit stopped does not match, and counts as 50,000
 * steps, so that a predicate cannot wait for it on every node.
 */
static void endless_patterns_use_up_the_budget(void **state)
{
	static const char *const pattern =
	    "regex('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab', "
	    "'(a+)+')";
	struct xpath_problem problem;
	struct world world;
	enum fault fault;

	(void)state;
	world_init(&world, NULL);
	world_expect(&world, NULL, pattern, "false");
	assert_int_equal(
	    steps_of(&world, pattern, XPATH_STEPS_LIMIT, &fault, &problem),
	    50000);
	assert_int_equal(fault, FAULT_NONE);
	steps_of(&world, pattern, 49999, &fault, &problem);
	assert_int_equal(fault, FAULT_LIMIT);
	world_done(&world);
}

/* A text of length bytes beside count nodes. */
static char *long_document(int length, int count)
{
	struct bytes xml = { 0 };

	bytes_add_text(&xml, "<data><long>");
	for (int i = 0; i < length; i++)
		bytes_add_byte(&xml, (uint8_t)('0' + i % 10));
	bytes_add_text(&xml, "</long>");
	for (int i = 0; i < count; i++)
		bytes_add_text(&xml, "<a/>");
	bytes_add_text(&xml, "</data>");
	return bytes_take_text(&xml);
}

static void long_texts_use_up_the_budget(void **state)
{
	static const struct {
		const char *expression;
		uint64_t steps;
	} rows[] = {
		/* past all children, 100,000 bytes */
		{ "string-length(/data/long)", 1 + 1001 + 390 },
		/* and once more to make the text */
		{ "substr(/data/long, 0)", 1 + 1001 + 2 * 390 },
		/* once for each of its characters */
		{ "translate('abcde', /data/long, '')",
		  1 + 1001 + 390 + 5 * 390 },
	};
	SCOPED(char_freep) char *xml = long_document(100000, 1000);
	struct world world;
	enum fault fault;

	(void)state;
	world_init(&world, xml);
	world.host.index = NULL;
	for (size_t i = 0; i < COUNT(rows); i++) {
		uint64_t steps = steps_of(&world, rows[i].expression,
					  XPATH_STEPS_LIMIT, &fault, NULL);

		if (fault || steps != rows[i].steps)
			fail_msg("%s: %llu steps, not %llu", rows[i].expression,
				 (unsigned long long)steps,
				 (unsigned long long)rows[i].steps);
	}
	steps_of(&world, "count(//a[contains(/data/long, 'x')])", 1000000,
		 &fault, NULL);
	assert_int_equal(fault, FAULT_LIMIT);
	steps_of(&world, "translate(/data/long, /data/long, '')",
		 XPATH_STEPS_LIMIT, &fault, NULL);
	assert_int_equal(fault, FAULT_LIMIT);
	world_done(&world);
}

/* Memory that predicates use is given back after each node. */
static void predicates_do_not_pile_up_memory(void **state)
{
	SCOPED(char_freep) char *xml = long_document(100000, 1000);
	struct world world;

	(void)state;
	world_init(&world, xml);
	world_expect(&world, NULL, "count(//a[concat(/data/long, .) != ''])",
		     "1000");
	world_done(&world);
}

/* With the index a child among many costs as one among few. */
static void wide_parents_are_not_searched(void **state)
{
	SCOPED(char_freep) char *xml = flat_document(5000, "q");
	struct world world;
	enum fault fault;

	(void)state;
	world_init(&world, xml);
	assert_int_equal(steps_of(&world, "/data/q4999", 100, &fault, NULL), 2);
	assert_int_equal(
	    steps_of(&world, "/data/q0 + /data/q2500", 100, &fault, NULL), 4);
	assert_int_equal(steps_of(&world, "/data/none", 100, &fault, NULL), 1);
	world_expect(&world, NULL, "/data/q4999 + ../data/q17", "5016");
	/* A few nodes are put in order without a walk through all. */
	assert_int_equal(steps_of(&world, "/data/q1 | /data/q4 | /data/q3", 100,
				  &fault, NULL),
			 6);
	world.host.index = NULL;
	assert_int_equal(steps_of(&world, "/data/q4999", 10000, &fault, NULL),
			 5001);
	world_done(&world);
}

static void the_index_hears_of_changes(void **state)
{
	SCOPED(char_freep) char *xml = same_document(40);
	struct world world;
	xmlNode *root, *node;

	(void)state;
	world_init(&world, xml);
	root = xmlDocGetRootElement(world.primary);
	world_expect(&world, NULL, "count(/data/a)", "40");
	world_expect(&world, NULL, "count(/data/b)", "0");
	node = xmlNewChild(root, NULL, (xmlChar *)"b", (xmlChar *)"new");
	xpath_index_forget(world.index, root);
	world_expect(&world, NULL, "/data/b", "new");
	xmlUnlinkNode(node);
	xmlFreeNode(node);
	xpath_index_forget_all(world.index);
	world_expect(&world, NULL, "count(/data/b)", "0");
	world_expect(&world, NULL, "count(/data/a)", "40");
	world_done(&world);
}

/* The index and the plain search find the same, whatever the parents. */
static void many_parents_are_indexed(void **state)
{
	struct bytes xml = { 0 };
	struct world world;
	SCOPED(char_freep) char *text = NULL;

	(void)state;
	bytes_add_text(&xml, "<data>");
	for (int i = 0; i < 100; i++) {
		bytes_add_text(&xml, "<g>");
		for (int n = 0; n < 20; n++)
			bytes_add_format(&xml, "<x%d>%d</x%d>", n % 7, i + n,
					 n % 7);
		bytes_add_text(&xml, "</g>");
	}
	bytes_add_text(&xml, "</data>");
	text = bytes_take_text(&xml);
	world_init(&world, text);
	for (int pass = 0; pass < 3; pass++) {
		world_expect(&world, NULL, "count(/data/g/x0)", "300");
		world_expect(&world, NULL, "sum(/data/g/x6)", "11800");
		world_expect(&world, NULL, "/data/g[100]/x3", "102");
		world_expect(&world, NULL, "count(/data/g/x9)", "0");
		if (pass == 1)
			world.host.index = NULL;
	}
	world_done(&world);
}

static void values_come_out_in_their_type(void **state)
{
	SCOPED(xpath_freep)
	struct xpath *nodes = NULL, *number = NULL, *boolean = NULL,
		     *text = NULL;
	struct xpath_place place = { 0 };
	struct xpath_value value;
	struct world world;

	(void)state;
	world_init(&world, NULL);
	place.node = world_node(&world, "sel");
	assert_int_equal(xpath_parse("../rep/v", &nodes, NULL), FAULT_NONE);
	assert_int_equal(
	    xpath_evaluate(nodes, &world.host, &place, 100, &value, NULL),
	    FAULT_NONE);
	assert_int_equal(value.type, XPATH_NODES);
	assert_int_equal(value.count, 3);
	assert_ptr_equal(value.nodes[0], world_node(&world, "rep/v"));
	assert_true(xpath_true(&world.host, &value));
	assert_true(xpath_to_number(&world.host, &value) == 1);
	xpath_value_done(&value);
	assert_int_equal(xpath_parse("2 - 2", &number, NULL), FAULT_NONE);
	assert_int_equal(
	    xpath_evaluate(number, &world.host, &place, 100, &value, NULL),
	    FAULT_NONE);
	assert_int_equal(value.type, XPATH_NUMBER);
	assert_true(value.number == 0);
	assert_false(xpath_true(&world.host, &value));
	xpath_value_done(&value);
	assert_int_equal(xpath_parse("'2020-01-01'", &text, NULL), FAULT_NONE);
	assert_int_equal(
	    xpath_evaluate(text, &world.host, &place, 100, &value, NULL),
	    FAULT_NONE);
	assert_int_equal(value.type, XPATH_TEXT);
	assert_string_equal(value.text, "2020-01-01");
	assert_true(xpath_to_number(&world.host, &value) == 18262);
	xpath_value_done(&value);
	assert_int_equal(xpath_parse("1 = 2", &boolean, NULL), FAULT_NONE);
	assert_int_equal(
	    xpath_evaluate(boolean, &world.host, &place, 100, &value, NULL),
	    FAULT_NONE);
	assert_int_equal(value.type, XPATH_BOOLEAN);
	assert_false(value.boolean);
	xpath_value_done(&value);
	world_done(&world);
}

static void position_and_size_come_with_the_place(void **state)
{
	SCOPED(xpath_freep) struct xpath *xpath = NULL;
	struct xpath_place place = { .position = 3, .size = 7 };
	struct xpath_value value;
	struct world world;

	(void)state;
	world_init(&world, NULL);
	assert_int_equal(xpath_parse("position() * 100 + last()", &xpath, NULL),
			 FAULT_NONE);
	assert_int_equal(
	    xpath_evaluate(xpath, &world.host, &place, 100, &value, NULL),
	    FAULT_NONE);
	assert_true(value.number == 307);
	place.node = world_node(&world, "sel");
	place.current = world_node(&world, "d1");
	xpath_free(xpath);
	assert_int_equal(xpath_parse("concat(., current())", &xpath, NULL),
			 FAULT_NONE);
	assert_int_equal(
	    xpath_evaluate(xpath, &world.host, &place, 100, &value, NULL),
	    FAULT_NONE);
	assert_string_equal(value.text, "a2020-01-01");
	xpath_value_done(&value);
	world_done(&world);
}

static void faults_say_where(void **state)
{
	static const struct {
		const char *expression;
		size_t offset;
		const char *problem;
	} cases[] = {
		{ "1 + count(if(1, 2, /a))", 4,
		  "argument 1 of count() is not a path" },
		{ "(if(1, 2, /a))/b", 0,
		  "only a path can be filtered or go on" },
		{ "/data | if(1, 2, /a)", 6, "both sides of | must be paths" },
		{ "concat('x', uuid(-1))", 12,
		  "uuid() makes 0 to 4096 characters" },
	};
	struct world world;

	(void)state;
	world_init(&world, NULL);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct xpath_problem problem = { 0 };
		enum fault fault;

		steps_of(&world, cases[i].expression, 1000, &fault, &problem);
		assert_int_equal(fault, FAULT_FORMAT);
		assert_string_equal(problem.text, cases[i].problem);
		assert_int_equal(problem.offset, cases[i].offset);
	}
	world_done(&world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(steps_are_the_nodes_visited),
		cmocka_unit_test(the_budget_is_exact),
		cmocka_unit_test(quadratic_expressions_are_stopped),
		cmocka_unit_test(comparing_all_pairs_is_stopped),
		cmocka_unit_test(large_results_are_stopped),
		cmocka_unit_test(endless_patterns_use_up_the_budget),
		cmocka_unit_test(long_texts_use_up_the_budget),
		cmocka_unit_test(predicates_do_not_pile_up_memory),
		cmocka_unit_test(wide_parents_are_not_searched),
		cmocka_unit_test(the_index_hears_of_changes),
		cmocka_unit_test(many_parents_are_indexed),
		cmocka_unit_test(values_come_out_in_their_type),
		cmocka_unit_test(position_and_size_come_with_the_place),
		cmocka_unit_test(faults_say_where),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
