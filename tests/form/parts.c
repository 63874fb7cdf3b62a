#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "form/order.h"
#include "form/path.h"

static void references_become_paths(void **state)
{
	static const struct {
		const char *context, *reference, *path;
	} rows[] = {
		{ NULL, "/data/a", "/data/a" },
		{ NULL, " /data/a ", "/data/a" },
		{ NULL, "/ data / a", "/data/a" },
		{ "/data", "a", "/data/a" },
		{ "/data/g", "./a", "/data/g/a" },
		{ "/data/g", "../a", "/data/a" },
		{ "/data/g/h", "../../a/b", "/data/a/b" },
		{ "/data/g", "current()/../a", "/data/a" },
		{ "/data/g", "/data/r[position() = 2]/a", "/data/r/a" },
		{ "/data/g", "/data/r[x = ']']/a", "/data/r/a" },
		{ "/data", "orx:meta/@id", "/data/orx:meta/@id" },
		{ "/data", "..", NULL },
		{ "/data", "../..", NULL },
		{ "/data", "", NULL },
		{ "/data", "/", NULL },
		{ "/data", "a/", NULL },
		{ "/data", "instance('x')/root", NULL },
		{ "/data", "a + b", NULL },
		{ "/data", "//a", NULL },
		{ "/data", "'a'", NULL },
		{ "/data", "12", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		SCOPED(char_freep)
		char *path = path_resolve(rows[i].context, rows[i].reference);

		if (!rows[i].path) {
			if (path)
				fail_msg("%s: %s", rows[i].reference, path);
		} else {
			assert_non_null(path);
			assert_string_equal(path, rows[i].path);
		}
	}
}

static void predicates_are_left_out(void **state)
{
	static const struct {
		const char *with, *without;
	} rows[] = {
		{ "instance('x')/root/item[a = 1]", "instance('x')/root/item" },
		{ "a[b[c = ']']]/d[1]", "a/d" },
		{ "instance('[x]')/r", "instance('[x]')/r" },
		{ "a[b = \"[\"]", "a" },
		{ "a[never closed", "a" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		SCOPED(char_freep)
		char *without = path_without_predicates(rows[i].with);
		assert_string_equal(without, rows[i].without);
	}
}

static void what_is_needed_comes_first(void **state)
{
	/* 0 needs 1 needs 2; 3 and 4 need each other, and 2. */
	static const struct order_edge edges[] = {
		{ 0, 1, false }, { 1, 2, false }, { 3, 4, false },
		{ 4, 3, true },  { 4, 2, false },
	};
	uint32_t component[5];

	(void)state;
	order_components(5, edges, COUNT(edges), false, component);
	assert_true(component[2] < component[1]);
	assert_true(component[1] < component[0]);
	assert_true(component[4] < component[3]);
	assert_true(component[2] < component[4]);

	order_components(5, edges, COUNT(edges), true, component);
	assert_int_equal(component[3], component[4]);
	assert_true(component[2] < component[4]);
	assert_int_not_equal(component[0], component[1]);
}

static void a_circle_is_named_by_its_shortest_way(void **state)
{
	/* 0 to 1 to 2 to 3 to 0, from 1 also straight to 3; 4 is beside it, and
	 * by a soft edge only there would be a shorter way. */
	static const struct order_edge edges[] = {
		{ 0, 1, false }, { 1, 2, false }, { 2, 3, false },
		{ 3, 0, false }, { 1, 3, false }, { 1, 0, true },
		{ 1, 4, false }, { 4, 4, false },
	};
	uint32_t circle[5];

	(void)state;
	assert_int_equal(order_circle(5, edges, COUNT(edges), 0, circle), 3);
	assert_int_equal(circle[0], 0);
	assert_int_equal(circle[1], 1);
	assert_int_equal(circle[2], 3);
	assert_int_equal(order_circle(5, edges, COUNT(edges), 2, circle), 4);
	assert_int_equal(circle[0], 2);
	assert_int_equal(circle[3], 1);
	assert_int_equal(order_circle(5, edges, COUNT(edges), 4, circle), 1);
	assert_int_equal(circle[0], 4);
}

static void a_long_chain_needs_no_deep_stack(void **state)
{
	enum { LENGTH = 100000 };
	struct order_edge *edges = xcalloc(LENGTH, sizeof *edges);
	uint32_t *component = xcalloc(LENGTH, sizeof *component);

	(void)state;
	for (uint32_t i = 0; i + 1 < LENGTH; i++)
		edges[i] = (struct order_edge){ i, i + 1, false };
	order_components(LENGTH, edges, LENGTH - 1, false, component);
	assert_int_equal(component[LENGTH - 1], 0);
	assert_int_equal(component[0], LENGTH - 1);
	/* One that closes the circle makes all of them one. */
	edges[LENGTH - 1] = (struct order_edge){ LENGTH - 1, 0, false };
	order_components(LENGTH, edges, LENGTH, false, component);
	assert_int_equal(component[0], component[LENGTH / 2]);
	free(edges);
	free(component);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(references_become_paths),
		cmocka_unit_test(predicates_are_left_out),
		cmocka_unit_test(what_is_needed_comes_first),
		cmocka_unit_test(a_circle_is_named_by_its_shortest_way),
		cmocka_unit_test(a_long_chain_needs_no_deep_stack),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
