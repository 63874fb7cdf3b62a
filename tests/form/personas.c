#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "form/answers.h"
#include "tests/support/intake.h"
#include "tests/test.h"

/*
 * The thirteen made-up visitors of tests/data/intake, through the compiled
 * intake form.
 */
#define PERSONAS "tests/data/intake/personas.json"

static json_t *personas;

static int read_personas(void **state)
{
	(void)state;
	personas = json_load_file(PERSONAS, 0, NULL);
	assert_non_null(personas);
	(void)intake_form();
	return 0;
}

static int forget_personas(void **state)
{
	(void)state;
	json_decref(personas);
	intake_done();
	return 0;
}

/* The texts of a list, parted. The caller frees it. */
static char *joined(const json_t *list, const char *between)
{
	struct bytes out = { 0 };
	const json_t *text;
	size_t i;

	json_array_foreach(list, i, text) bytes_add_format(
	    &out, "%s%s", i ? between : "", json_string_value(text));
	bytes_add_text(&out, "");
	return bytes_take_text(&out);
}

static void refuse(void *to, const char *path, const char *why,
		   enum run_answer answer)
{
	fail_msg("%s: %s does not take its answer: %s (%d)", (char *)to, path,
		 why, answer);
}

/* D7 of the file is how many of its screens are counted, not an answer. */
static struct run *run_of(const char *id, json_t *persona)
{
	json_t *given = json_deep_copy(json_object_get(persona, "answers"));
	struct run *run = intake_run();

	json_object_del(given, "D7");
	char *text = json_dumps(given, 0);

	assert_int_equal(
	    answers_apply_text(id, text, strlen(text), run, refuse, (void *)id),
	    FAULT_NONE);
	free(text);
	json_decref(given);
	return run;
}

/* Every need has its level, and no other node level_X has one. */
static void check_needs(const struct run *run, const json_t *needs)
{
	size_t found = 0;

	for (struct node *node = node_first(run_root(run)); node;
	     node = node_next(node)) {
		const char *name = node_name(node);

		if (strncmp(name, "level_", 6) || !*node_value(node))
			continue;
		const char *want =
		    json_string_value(json_object_get(needs, name + 6));

		if (!want)
			fail_msg("%s is %s", name, node_value(node));
		assert_string_equal(node_value(node), want);
		found++;
	}
	assert_int_equal(found, json_object_size(needs));
}

static void check_persona(json_t *persona)
{
	const char *id = json_string_value(json_object_get(persona, "id"));
	json_t *expected = json_object_get(persona, "expected");
	SCOPED(run_freep) struct run *run = run_of(id, persona);
	const struct {
		char *got;
		const char *key, *between;
	} lists[] = {
		{ intake_rules(run), "rules", " " },
		{ intake_reasons(run), "reasons", "\n" },
		{ xstrdup(intake_value(run, "tags")), "tags", " " },
		{ intake_screens(run), "screen_ids", " " },
	};

	print_message("%s\n", id);
	for (size_t i = 0; i < COUNT(lists); i++) {
		const json_t *list = json_object_get(expected, lists[i].key);
		SCOPED(char_freep) char *want = joined(list, lists[i].between);

		assert_string_equal(lists[i].got, want);
		free(lists[i].got);
	}
	assert_string_equal(
	    intake_value(run, "triage_level"),
	    json_string_value(json_object_get(expected, "level")));
	assert_string_equal(
	    intake_value(run, "keep"),
	    json_string_value(json_object_get(expected, "keep")));
	assert_int_equal(
	    json_array_size(json_object_get(expected, "screen_ids")),
	    json_integer_value(json_object_get(expected, "screens")));
	check_needs(run, json_object_get(expected, "needs"));
}

static void every_persona_gets_what_is_expected(void **state)
{
	json_t *list = json_object_get(personas, "personas");
	json_t *persona;
	size_t i;

	(void)state;
	assert_int_equal(json_array_size(list), 13);
	json_array_foreach(list, i, persona) check_persona(persona);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_persona_gets_what_is_expected),
	};

	return cmocka_run_group_tests(tests, read_personas, forget_personas);
}
