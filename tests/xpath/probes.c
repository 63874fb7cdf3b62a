#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/world.h"
#include "tests/test.h"

/*
 * The probes: expressions with what the public reference engine answers, and
 * where we differ from it on purpose.
 */
static const struct difference {
	const char *id, *zone; /* NULL: in every zone */
	const char *answer;
} differences[] = {
	{ "e2", NULL, "-2" },
	{ "e15", NULL, "18262.5" },
	{ "e25", NULL, "false" },
	{ "e27", NULL, "true" },
	{ "e28", NULL, "true" },
	{ "e29", NULL, "1" },
	{ "e60", NULL, "" },
	{ "e61", NULL, "" },
	{ "e68", NULL, "!an operator is expected here, such as and, or, =, +" },
	{ "e85", NULL,
	  "!area() is not available here: Foyer asks no places on a map" },
	{ "e98", NULL, "2020-02-01" },
	/* What an instant is elsewhere. */
	{ "e18", "Asia/Kabul", "10:38:09.123 10" },
	{ "e18", "America/New_York", "01:08:09.123 1" },
	{ "e49", "Asia/Kabul", "0.8125" },
	{ "e49", "America/New_York", "1.2083333333333333" },
	{ "e50", "Asia/Kabul", "0.4375" },
	{ "e50", "America/New_York", "0.041666666666666664" },
	{ "e88", "Asia/Kabul", "2020-01-01T04:30:00.000+04:30" },
	{ "e88", "America/New_York", "2019-12-31T19:00:00.000-05:00" },
};

static const char *difference(const char *id, const char *zone)
{
	for (size_t i = 0; i < COUNT(differences); i++)
		if (!strcmp(differences[i].id, id) &&
		    (!differences[i].zone ||
		     !strcmp(differences[i].zone, zone)))
			return differences[i].answer;
	return NULL;
}

/* A line of the table: id, expression, answer as JSON. */
static int ask_line(struct world *world, char *line)
{
	char *id = strtok(line, "\t"), *expression = strtok(NULL, "\t");
	char *answer = strtok(NULL, "\n");
	const char *other = difference(id, world->host.zone);
	json_t *json = json_loads(answer, JSON_DECODE_ANY, NULL);
	const char *expected = other ? other : json_string_value(json);
	SCOPED(char_freep)
	char *got = world_ask(world, world_node(world, "own"), expression);
	int wrong = !expected || strcmp(got, expected) != 0;

	if (wrong)
		print_error("%s in %s: %s gives %s, not %s\n", id,
			    world->host.zone, expression, got, answer);
	json_decref(json);
	return wrong;
}

static void probes_answer_as_pinned(void **state)
{
	struct world world;
	char line[1000];
	FILE *table = fopen("tests/data/form/webforms.tsv", "r");
	int count = 0, wrong = 0;

	assert_non_null(table);
	world_init(&world, NULL);
	world.host.zone = *state;
	/* The machine's own zone must not show. */
	setenv("TZ", *state, 1);
	while (fgets(line, sizeof line, table)) {
		wrong += ask_line(&world, line);
		count++;
	}
	unsetenv("TZ");
	fclose(table);
	world_done(&world);
	assert_int_equal(count, 99);
	assert_int_equal(wrong, 0);
}

int main(void)
{
	static char utc[] = "UTC", kabul[] = "Asia/Kabul",
		    new_york[] = "America/New_York";
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_prestate(probes_answer_as_pinned, utc),
		cmocka_unit_test_prestate(probes_answer_as_pinned, kabul),
		cmocka_unit_test_prestate(probes_answer_as_pinned, new_york),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
