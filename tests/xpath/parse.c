#include <string.h>

#include "tests/support/slow.h"
#include "tests/support/world.h"
#include "tests/test.h"

static enum fault parse(const char *text, struct xpath_problem *problem)
{
	SCOPED(xpath_freep) struct xpath *xpath = NULL;

	*problem = (struct xpath_problem){ .offset = 12345 };
	return xpath_parse(text, &xpath, problem);
}

#define OPERATOR "an operator is expected here, such as and, or, =, +"

static void mistakes_are_found_where_they_are(void **state)
{
	static const struct {
		const char *text;
		size_t offset;
		const char *problem;
	} cases[] = {
		{ "", 0, "the expression is empty" },
		{ "  ", 0, "the expression is empty" },
		{ "1e3", 1, OPERATOR },
		{ "1 +", 3, "a value is missing at the end" },
		{ "1 + + 2", 4, "a value is expected before \"+\"" },
		{ "(1", 2, ") is missing at the end" },
		{ "1)", 1, "an operator is expected before \")\"" },
		{ "/data/", 6, "a step is missing at the end" },
		{ "//", 2, "a step is missing at the end" },
		{ "/data/a[", 8, "a value is missing at the end" },
		{ "/data/a[1", 9, "] is missing at the end" },
		{ "/data/a[]", 8, "a value is expected before \"]\"" },
		{ "a b", 2, OPERATOR },
		{ "a AND b", 2,
		  "and, or, div and mod are written in small letters" },
		{ "a == 1", 2, "write one = only" },
		{ "a => 1", 2, "write >= instead" },
		{ "a <> 1", 2, "write != instead" },
		{ "a ≥ 1", 2, "write >= instead" },
		{ "a && b", 2, "write and instead" },
		{ "a % b", 2, "write mod for what is left of a division" },
		{ "a; b", 1, "write a comma between the parts" },
		{ "{x} > 1", 0, "write ${name}, with the $ before it" },
		{ "a 'b'", 2, "an operator is expected before \"b\"" },
		{ "'abc", 0,
		  "this text has no closing quote; write the same quote after "
		  "it" },
		{ "1 + \"abc", 4,
		  "this text has no closing quote; write the same quote after "
		  "it" },
		{ "1.2.3", 3, "an operator is expected before \".3\"" },
		{ "$x", 0,
		  "write ${name} for the answer to a question (in XForms: its "
		  "path)" },
		{ "a ! b", 2, "write not(...), or != for is not" },
		{ "a # b", 2, "this character has no meaning here" },
		{ "namespace::a", 0, "unknown axis namespace::" },
		{ "a/foo::b", 2, "unknown axis foo::" },
		{ "child::", 7, "a name is missing at the end" },
		{ "@", 1, "a name is missing at the end" },
		{ ".[1]", 1, "an operator is expected before \"[\"" },
		{ "concat('a' 'b')", 11, ", or ) is expected before \"b\"" },
		{ "concat(1,", 9, "a value is missing at the end" },
		{ "concat(1,)", 9, "a value is expected before \")\"" },
		{ "1[1]", 1, "only a path can go on with [" },
		{ "'a'/b", 3, "only a path can go on with /" },
		{ "true()/b", 6, "only a path can go on with /" },
		{ "/a | 1", 3, "both sides of | must be paths" },
		{ "count('x')", 6, "argument 1 of count() must be a path" },
		{ "1 + count(1 = 1)", 12,
		  "argument 1 of count() must be a path" },
		{ "jr:choice-name(/a, '/b +')", 24,
		  "a value is missing at the end" },
		{ "jr:choice-name(/a, '1')", 20,
		  "argument 2 of jr:choice-name() must be a path in quotes" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct xpath_problem problem;

		if (parse(cases[i].text, &problem) != FAULT_FORMAT)
			fail_msg("%s is accepted", cases[i].text);
		if (problem.offset != cases[i].offset ||
		    strcmp(problem.text, cases[i].problem))
			fail_msg("%s: at %zu: %s", cases[i].text,
				 problem.offset, problem.text);
	}
}

static void functions_are_refused_by_name(void **state)
{
	static const struct {
		const char *text;
		size_t offset;
		const char *problem;
	} cases[] = {
		{ "unknown(1)", 0, "unknown function unknown()" },
		{ "1 + jr:other(1)", 4, "unknown function jr:other()" },
		{ "x:count(/a)", 0, "unknown function x:count()" },
		{ "area('0 0')", 0,
		  "area() is not available here: Foyer asks no places on a "
		  "map" },
		{ "2 * distance(/a)", 4,
		  "distance() is not available here: Foyer asks no places on "
		  "a map" },
		{ "enclosed-area(/a)", 0,
		  "enclosed-area() is not available here: Foyer asks no places "
		  "on a map" },
		{ "geofence(/a, /b)", 0,
		  "geofence() is not available here: Foyer asks no places on a "
		  "map" },
		{ "intersects(/a)", 0,
		  "intersects() is not available here: Foyer asks no places on "
		  "a map" },
		{ "depend(/a)", 0,
		  "depend() is not available here: only JavaRosa has it" },
		{ "property('x')", 0,
		  "property() is not available here: only JavaRosa has it" },
		{ "version()", 0,
		  "version() is not available here: only JavaRosa has it" },
		{ "add-date(/a, 1)", 0,
		  "add-date() is not available here: only the Community Health "
		  "Toolkit has it; write date(X + 7) for 7 days" },
		{ "difference-in-months(/a, /b)", 0,
		  "difference-in-months() is not available here: only the "
		  "Community Health Toolkit has it; write int((A - B) div "
		  "30.4375)" },
		{ "extract-signed('a', 'b')", 0,
		  "extract-signed() is not available here: signed codes cannot "
		  "be checked yet" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct xpath_problem problem;

		if (parse(cases[i].text, &problem) != FAULT_FORMAT)
			fail_msg("%s is accepted", cases[i].text);
		if (problem.offset != cases[i].offset ||
		    strcmp(problem.text, cases[i].problem))
			fail_msg("%s: at %zu: %s", cases[i].text,
				 problem.offset, problem.text);
	}
}

/* Every function with the fewest and the most arguments it takes. */
static void arguments_are_counted(void **state)
{
	enum { ANY = 99 };
	static const struct {
		const char *name;
		int least, most, parity; /* 1 odd, 2 even */
	} cases[] = {
		{ "string", 0, 1, 0 },
		{ "concat", 1, ANY, 0 },
		{ "join", 1, ANY, 0 },
		{ "substr", 2, 3, 0 },
		{ "substring", 2, 3, 0 },
		{ "substring-before", 2, 2, 0 },
		{ "substring-after", 2, 2, 0 },
		{ "translate", 3, 3, 0 },
		{ "string-length", 0, 1, 0 },
		{ "normalize-space", 0, 1, 0 },
		{ "contains", 2, 2, 0 },
		{ "starts-with", 2, 2, 0 },
		{ "ends-with", 2, 2, 0 },
		{ "uuid", 0, 1, 0 },
		{ "digest", 2, 3, 0 },
		{ "base64-decode", 1, 1, 0 },
		{ "pulldata", 4, 4, 0 },
		{ "if", 3, 3, 0 },
		{ "coalesce", 2, 2, 0 },
		{ "once", 1, 1, 0 },
		{ "true", 0, 0, 0 },
		{ "false", 0, 0, 0 },
		{ "boolean", 1, 1, 0 },
		{ "boolean-from-string", 1, 1, 0 },
		{ "not", 1, 1, 0 },
		{ "regex", 2, 2, 0 },
		{ "checklist", 2, ANY, 0 },
		{ "weighted-checklist", 2, ANY, 2 },
		{ "number", 0, 1, 0 },
		{ "random", 0, 0, 0 },
		{ "int", 1, 1, 0 },
		{ "floor", 1, 1, 0 },
		{ "ceiling", 1, 1, 0 },
		{ "sum", 1, 1, 0 },
		{ "max", 1, ANY, 0 },
		{ "min", 1, ANY, 0 },
		{ "round", 1, 2, 0 },
		{ "pow", 2, 2, 0 },
		{ "log", 1, 1, 0 },
		{ "log10", 1, 1, 0 },
		{ "abs", 1, 1, 0 },
		{ "sin", 1, 1, 0 },
		{ "cos", 1, 1, 0 },
		{ "tan", 1, 1, 0 },
		{ "asin", 1, 1, 0 },
		{ "acos", 1, 1, 0 },
		{ "atan", 1, 1, 0 },
		{ "atan2", 2, 2, 0 },
		{ "sqrt", 1, 1, 0 },
		{ "exp", 1, 1, 0 },
		{ "exp10", 1, 1, 0 },
		{ "pi", 0, 0, 0 },
		{ "count", 1, 1, 0 },
		{ "count-non-empty", 1, 1, 0 },
		{ "position", 0, 1, 0 },
		{ "last", 0, 0, 0 },
		{ "name", 0, 1, 0 },
		{ "local-name", 0, 1, 0 },
		{ "instance", 1, 1, 0 },
		{ "current", 0, 0, 0 },
		{ "randomize", 1, 2, 0 },
		{ "indexed-repeat", 3, 7, 1 },
		{ "today", 0, 0, 0 },
		{ "now", 0, 0, 0 },
		{ "date", 1, 1, 0 },
		{ "date-time", 1, 1, 0 },
		{ "format-date", 2, 2, 0 },
		{ "format-date-time", 2, 2, 0 },
		{ "decimal-date-time", 1, 1, 0 },
		{ "decimal-time", 1, 1, 0 },
		{ "selected", 2, 2, 0 },
		{ "is-selected", 2, 2, 0 },
		{ "selected-at", 2, 2, 0 },
		{ "count-selected", 1, 1, 0 },
		{ "jr:choice-name", 2, 2, 0 },
		{ "jr:itext", 1, 1, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		for (int count = 0; count < 10; count++) {
			bool right =
			    count >= cases[i].least && count <= cases[i].most &&
			    !(cases[i].parity == 1 && count % 2 == 0) &&
			    !(cases[i].parity == 2 && count % 2 == 1);
			char text[100];
			struct xpath_problem problem;

			strcpy(text, cases[i].name);
			strcat(text, "(");
			for (int n = 0; n < count; n++)
				strcat(text, n ? ",/a" : "/a");
			strcat(text, ")");
			if ((parse(text, &problem) == FAULT_NONE) != right)
				fail_msg("%s: %s", text, problem.text);
			if (!right)
				assert_int_equal(problem.offset, 0);
		}
}

static void wrong_counts_are_explained(void **state)
{
	static const char *const cases[][2] = {
		{ "round()", "round() takes 1 to 2 arguments, not 0" },
		{ "not()", "not() takes 1 argument, not 0" },
		{ "true(1)", "true() takes 0 arguments, not 1" },
		{ "concat()", "concat() takes 1 or more arguments, not 0" },
		{ "indexed-repeat(/a, /b, 1, 2)",
		  "indexed-repeat() takes 3 to 7 arguments, an odd number, not "
		  "4" },
		{ "weighted-checklist(1, 2, 3)",
		  "weighted-checklist() takes 2 or more arguments, an even "
		  "number, not 3" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct xpath_problem problem;

		assert_int_equal(parse(cases[i][0], &problem), FAULT_FORMAT);
		assert_string_equal(problem.text, cases[i][1]);
	}
}

/* depth times "(" and then 1; or "a[" and then a. */
static enum fault parse_nested(const char *open, const char *core,
			       const char *close, int depth,
			       struct xpath_problem *problem)
{
	char text[4000] = "";

	for (int i = 0; i < depth; i++)
		strcat(text, open);
	strcat(text, core);
	for (int i = 0; i < depth; i++)
		strcat(text, close);
	return parse(text, problem);
}

static void nesting_has_a_limit(void **state)
{
	static const char *const cases[][3] = {
		{ "(", "1", ")" },
		{ "a[", "a", "]" },
		{ "not(", "1", ")" },
		{ "-(", "1", ")" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct xpath_problem problem;
		const char *const *c = cases[i];

		assert_int_equal(parse_nested(c[0], c[1], c[2],
					      XPATH_DEPTH_LIMIT - 1, &problem),
				 FAULT_NONE);
		assert_int_equal(
		    parse_nested(c[0], c[1], c[2], XPATH_DEPTH_LIMIT, &problem),
		    FAULT_LIMIT);
		assert_string_equal(problem.text, "nested deeper than 200");
		assert_int_equal(problem.offset,
				 XPATH_DEPTH_LIMIT * strlen(c[0]));
	}
}

static void length_has_a_limit(void **state)
{
	static char text[XPATH_LENGTH_LIMIT + 2];
	struct xpath_problem problem;

	(void)state;
	memset(text, ' ', sizeof text - 1);
	text[0] = '1';
	assert_int_equal(parse(text, &problem), FAULT_LIMIT);
	assert_string_equal(problem.text, "longer than 16384 bytes");
	text[XPATH_LENGTH_LIMIT] = '\0';
	assert_int_equal(parse(text, &problem), FAULT_NONE);
}

/* Chains and signs nest nothing, so they may fill the whole length. */
static void long_chains_are_evaluated(void **state)
{
	static char text[XPATH_LENGTH_LIMIT + 1];
	struct world world;

	(void)state;
	world_init(&world, NULL);
	for (size_t i = 0; i < XPATH_LENGTH_LIMIT; i++)
		text[i] = i % 2 ? '+' : '1';
	text[XPATH_LENGTH_LIMIT - 1] = '\0';
	world_expect(&world, NULL, text, "8192");
	memset(text, '-', XPATH_LENGTH_LIMIT - 1);
	text[XPATH_LENGTH_LIMIT - 1] = '1';
	world_expect(&world, NULL, text, "-1");
	world_done(&world);
}

static void names_may_be_in_any_script(void **state)
{
	struct world world;

	(void)state;
	world_init(&world, "<data><prénom>x</prénom><ስም>y</ስም>"
			   "<نام>z</نام><a.b_c-1>w</a.b_c-1></data>");
	world_expect(&world, NULL, "prénom", "x");
	world_expect(&world, NULL, "/data/ስም", "y");
	world_expect(&world, NULL, "نام", "z");
	world_expect(&world, NULL, "a.b_c-1", "w");
	world_done(&world);
}

static const char *const soup[] = {
	"1",
	".5",
	"'a'",
	"\"",
	"a",
	"orx:meta",
	"*",
	"@",
	"/",
	"//",
	"..",
	".",
	"(",
	")",
	"[",
	"]",
	",",
	"and",
	"or",
	"div",
	"mod",
	"+",
	"-",
	"=",
	"!=",
	"<=",
	">",
	"|",
	"::",
	"child",
	"self",
	"last",
	"()",
	"count(",
	"if(",
	"node(",
	"text()",
	"jr:",
	"$",
	"current()",
	"instance('cities')",
	"position()",
	"concat(",
	"\xC3\xA9",
	"\xFF",
	" ",
	"ancestor::",
	"jr:choice-name('a','",
	"randomize(",
	"once(",
	"regex(",
};

/* Whatever it is, it is refused with a reason, or it can be evaluated. */
static void nothing_crashes_on_a_soup_of_tokens(void **state)
{
	uint32_t chance = 2463534242;
	struct world world;

	(void)state;
	world_init(&world, NULL);
	for (int i = 0; i < loops(60000); i++) {
		char text[400] = "";
		SCOPED(char_freep) char *got = NULL;
		int count;

		chance = chance * 1664525 + 1013904223;
		count = 1 + (int)(chance >> 16) % 12;
		while (count--) {
			chance = chance * 1664525 + 1013904223;
			strcat(text, soup[(chance >> 16) % COUNT(soup)]);
		}
		got = world_ask(&world, NULL, text);
		assert_true(strcmp(got, "!") != 0);
	}
	world_done(&world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mistakes_are_found_where_they_are),
		cmocka_unit_test(functions_are_refused_by_name),
		cmocka_unit_test(arguments_are_counted),
		cmocka_unit_test(wrong_counts_are_explained),
		cmocka_unit_test(nesting_has_a_limit),
		cmocka_unit_test(length_has_a_limit),
		cmocka_unit_test(long_chains_are_evaluated),
		cmocka_unit_test(names_may_be_in_any_script),
		cmocka_unit_test(nothing_crashes_on_a_soup_of_tokens),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
