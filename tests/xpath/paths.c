#include <string.h>

#include "base/bytes.h"
#include "tests/test.h"
#include "xpath/xpath.h"

static const char *const axes[] = { "", "", "", "//", "~" };

/* A path as a line: where from, steps, "[]" if something filters it. */
static void write_path(void *to, const struct xpath_path *path)
{
	struct bytes *lines = to;

	if (lines->length)
		bytes_add_text(lines, "; ");
	if (path->from == XPATH_FROM_INSTANCE)
		bytes_add_format(lines, "{%s}",
				 path->instance ? path->instance : "?");
	else if (path->from == XPATH_FROM_CONTEXT)
		bytes_add_text(lines, ".");
	for (size_t i = 0; i < path->count; i++) {
		const struct xpath_step *step = &path->steps[i];

		if (step->axis == XPATH_PARENT)
			bytes_add_text(lines, "/..");
		else
			bytes_add_format(
			    lines, "%s%s%s%s",
			    step->axis == XPATH_CHILD ? "/" : axes[step->axis],
			    step->prefix ? step->prefix : "",
			    step->prefix ? ":" : "", step->name);
	}
	if (path->filtered)
		bytes_add_text(lines, "[]");
}

static void expressions_tell_what_they_read(void **state)
{
	static const char *const cases[][2] = {
		{ "1 + 2", "" },
		{ "today()", "" },
		{ ".", "." },
		{ ". > 5 and . < 10", ".; ." },
		{ "../a", "./../a" },
		{ "current()/../a", "./../a" },
		{ "current()", "." },
		{ "/data/a + /data/b", "/data/a; /data/b" },
		{ "/data/orx:meta/@id", "/data/orx:meta" },
		{ "/data/a/text()", "/data/a" },
		{ "/data/*", "/data/*" },
		{ "//a", "//a" },
		{ "/data//a/b", "/data//a/b" },
		{ "//a[1]", "//*/a[]" },
		{ "../descendant::x", "./..//x" },
		{ "a/ancestor::b", "./a~b" },
		{ "a/following::b", "./a~b" },
		{ "../preceding-sibling::rep/v", "./../../rep/v" },
		{ "if(/c, /a, ../b)", "/c; /a; ./../b" },
		{ "if(/c, /a, /b)/d", "/c; /a; /b; /a/d; /b/d" },
		{ "coalesce(/a, /b)", "/a; /b" },
		/* Inside a predicate: joined to what it filters. */
		{ "/data/rep[v > 1]/w", "/data/rep/v[]; /data/rep/w[]" },
		{ "/data/rep[../x = v]/w",
		  "/data/rep/../x[]; /data/rep/v[]; /data/rep/w[]" },
		{ "/data/rep[. = current()/../y]",
		  "/data/rep[]; ./../y; /data/rep[]" },
		{ "/data/rep[a[b] = /data/z]",
		  "/data/rep/a/b[]; /data/rep/a[]; /data/z; /data/rep[]" },
		{ "sum(/data/rep[position() = /data/n]/v)",
		  "/data/n; /data/rep/v[]" },
		{ "(/data/a | /data/b)[c]/d",
		  "/data/a/c[]; /data/a/d[]; /data/b/c[]; /data/b/d[]" },
		{ "(../a)[1]", "./../a[]" },
		/* Other instances. */
		{ "instance('c')/root/item[name = /data/sel]/label",
		  "{c}/root/item/name[]; /data/sel; {c}/root/item/label[]" },
		{ "instance('c')/root/item[name = current()/../sel]",
		  "{c}/root/item/name[]; ./../sel; {c}/root/item[]" },
		{ "count(instance('c'))", "{c}" },
		{ "instance(/data/which)/root", "/data/which; {?}/root" },
		{ "pulldata('c', 'x', 'y', /data/k)", "/data/k; {c}" },
		{ "randomize(instance('c')/root/item, /data/seed)",
		  "{c}/root/item; /data/seed" },
		{ "randomize(/data/rep)/v", "/data/rep; /data/rep/v" },
		/* Functions that look elsewhere. */
		{ "jr:choice-name(/data/sel, '/data/sel')",
		  "/data/sel; /data/sel" },
		{ "jr:choice-name(../s, ' ../s ')", "./../s; ./../s" },
		{ "jr:choice-name(../s, /data/which)", "./../s; /data/which" },
		{ "indexed-repeat(/d/p/v, /d/p, /d/i)", "/d/p/v; /d/p; /d/i" },
		{ "indexed-repeat(/d/p/v, /d/p, 1)/w",
		  "/d/p/v; /d/p; /d/p/v/w" },
		{ "position(..)", "./.." },
		{ "position(/data/rep[2])", "/data/rep[]" },
		{ "string-length()", "." },
		{ "/data/a[string-length() > 2]", "/data/a[]; /data/a[]" },
		/* Its own value, which is no reason to calculate it again. */
		{ "once(random())", "" },
		{ "once(/data/a)", "/data/a" },
		{ "-/data/a", "/data/a" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(xpath_freep) struct xpath *xpath = NULL;
		struct xpath_problem problem;
		struct bytes lines = { 0 };

		if (xpath_parse(cases[i][0], &xpath, &problem))
			fail_msg("%s: %s", cases[i][0], problem.text);
		bytes_add_text(&lines, "");
		xpath_each_path(xpath, write_path, &lines);
		if (strcmp((char *)lines.data, cases[i][1]) != 0)
			fail_msg("%s reads \"%s\", not \"%s\"", cases[i][0],
				 (char *)lines.data, cases[i][1]);
		bytes_done(&lines);
	}
}

static void count_path(void *to, const struct xpath_path *path)
{
	size_t *count = to;

	assert_int_equal(path->from, XPATH_FROM_ROOT);
	++*count;
}

/* (a | b) in (a | b) in ... doubles each time; it ends as "everything". */
static void doubling_unions_end(void **state)
{
	SCOPED(xpath_freep) struct xpath *xpath = NULL;
	char text[4000] = "";
	size_t count = 0;

	(void)state;
	for (int i = 0; i < 90; i++)
		strcat(text, "(/a | /b)[");
	strcat(text, "/c");
	for (int i = 0; i < 90; i++)
		strcat(text, "]");
	assert_int_equal(xpath_parse(text, &xpath, NULL), FAULT_NONE);
	xpath_each_path(xpath, count_path, &count);
	assert_true(count > 0 && count < 20001);
}

static void keep_last(void *to, const struct xpath_path *path)
{
	struct bytes *line = to;

	line->length = 0;
	write_path(line, path);
}

static void what_cannot_be_told_is_everything(void **state)
{
	SCOPED(xpath_freep) struct xpath *xpath = NULL;
	char text[4000] = "";
	struct bytes line = { 0 };

	(void)state;
	for (int i = 0; i < 60; i++)
		strcat(text, "(/a | /b)[");
	strcat(text, "/c");
	for (int i = 0; i < 60; i++)
		strcat(text, "]");
	assert_int_equal(xpath_parse(text, &xpath, NULL), FAULT_NONE);
	xpath_each_path(xpath, keep_last, &line);
	assert_string_equal((char *)line.data, "//*[]");
	bytes_done(&line);
}

static void write_call(void *to, const char *function, size_t arguments,
		       size_t offset)
{
	bytes_add_format(to, "%s/%zu@%zu ", function, arguments, offset);
}

static void calls_are_listed(void **state)
{
	SCOPED(xpath_freep) struct xpath *xpath = NULL;
	struct bytes lines = { 0 };

	(void)state;
	assert_int_equal(xpath_parse("if(/a[position() = 1], -now(), "
				     "jr:choice-name('x', '/b[last()]'))",
				     &xpath, NULL),
			 FAULT_NONE);
	xpath_each_call(xpath, write_call, &lines);
	assert_string_equal((char *)lines.data,
			    "if/3@0 position/0@6 now/0@24 jr:choice-name/2@31 "
			    "last/0@55 ");
	bytes_done(&lines);
	assert_true(xpath_calls(xpath, "now"));
	assert_true(xpath_calls(xpath, "jr:choice-name"));
	assert_true(xpath_calls(xpath, "if"));
	assert_false(xpath_calls(xpath, "today"));
	assert_false(xpath_calls(xpath, "choice-name"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(expressions_tell_what_they_read),
		cmocka_unit_test(doubling_unions_end),
		cmocka_unit_test(what_cannot_be_told_is_everything),
		cmocka_unit_test(calls_are_listed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
