#include "tests/test.h"

#include <jansson.h>
#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "form/answers.h"
#include "issue/issue.h"
#include "tests/support/folder.h"
#include "tests/support/intake.h"
#include "tests/support/program.h"

/*
 * An invented agency, made and used by the programs as a person would: the
 * thirteen visitors' tickets are issued as the kiosk does and filed by
 * `foyer record file`.
 */
#define PERSONAS "tests/data/intake/personas.json"

static struct demo {
	char *folder, *home_folder;
	struct home *home;
	struct lobby *lobby;
	struct issuer *issuer;
	struct form *form;
	struct slots *slots;
} demo;

static json_t *personas;

static void demo_init(struct demo *made)
{
	SCOPED(char_freep) char *form = NULL;
	struct output output;

	made->folder = folder_new();
	made->home_folder = folder_file(made->folder, "demo");
	output = program_run("", "foyer demo new --home %s", made->home_folder);
	if (output.status)
		fail_msg("%s", output.err);
	output_done(&output);
	assert_int_equal(home_open(made->home_folder, &made->home), FAULT_NONE);
	assert_int_equal(lobby_read(made->home, &made->lobby), FAULT_NONE);
	assert_int_equal(issuer_open(made->home, made->lobby, &made->issuer),
			 FAULT_NONE);
	assert_int_equal(issuer_state(made->issuer), ISSUER_READY);
	form = home_path(made->home, HOME_FORMS, "intake.xml");
	assert_int_equal(form_read(form, NULL, &made->form), FAULT_NONE);
	assert_int_equal(slots_new(made->form, &made->slots), FAULT_NONE);
}

static void demo_done(struct demo *made)
{
	slots_free(made->slots);
	form_free(made->form);
	issuer_free(made->issuer);
	lobby_free(made->lobby);
	home_free(made->home);
	free(made->home_folder);
	folder_freep(&made->folder);
}

static int open_demo(void **state)
{
	(void)state;
	demo_init(&demo);
	personas = json_load_file(PERSONAS, 0, NULL);
	assert_non_null(personas);
	return 0;
}

static int close_demo(void **state)
{
	(void)state;
	json_decref(personas);
	demo_done(&demo);
	return 0;
}

/* --- issuing -------------------------------------------------------------- */

static int64_t now_ms(void)
{
	return (int64_t)time(NULL) * 1000;
}

static int64_t now_of(void *to)
{
	(void)to;
	return now_ms();
}

static void refuse(void *to, const char *path, const char *why,
		   enum run_answer answer)
{
	fail_msg("%s: %s: %s (%d)", (char *)to, path, why, (int)answer);
}

static void answer(struct run *run, const json_t *persona)
{
	const char *id = json_string_value(json_object_get(persona, "id"));
	json_t *given = json_deep_copy(json_object_get(persona, "answers"));
	char *text;

	json_object_del(given, "D7"); /* how many of its screens are counted */
	text = json_dumps(given, 0);
	assert_int_equal(
	    answers_apply_text(id, text, strlen(text), run, refuse, (void *)id),
	    FAULT_NONE);
	free(text);
	json_decref(given);
}

/* The digits on the paper of a visitor; the caller frees them. */
static char *issue(const struct demo *from, const json_t *persona)
{
	const struct run_world world = {
		.to = from->lobby,
		.now = now_of,
		.zone = from->lobby->zone,
		.property = lobby_property,
	};
	SCOPED(run_freep) struct run *run = NULL;
	struct issued issued;
	enum issue_answer done;
	uint32_t number;
	char *digits;

	assert_int_equal(run_new(from->form, &world, &run), FAULT_NONE);
	answer(run, persona);
	assert_int_equal(issuer_take(from->issuer, &number), FAULT_NONE);
	assert_int_equal(issue_seal(from->issuer, from->slots, run, number,
				    now_ms(), 0, &done, &issued),
			 FAULT_NONE);
	assert_int_equal(done, ISSUE_DONE);
	digits = xstrdup((char *)issued.digits.data);
	issued_done(&issued);
	return digits;
}

/* --- filing --------------------------------------------------------------- */

/* What `foyer record file` says of digits; its exit status too. */
static json_t *file_with(const char *digits, const char *options, int *status)
{
	struct output output =
	    program_run(digits, "foyer record file --home %s %s",
			demo.home_folder, options);
	json_t *line = json_loads(output.out, 0, NULL);

	*status = output.status;
	if (!line)
		fail_msg("%s%s", output.out, output.err);
	output_done(&output);
	return line;
}

static const char *text_at(const json_t *line, const char *key)
{
	const char *text = json_string_value(json_object_get(line, key));

	return text ? text : "";
}

static void expect_status(const char *digits, const char *options,
			  const char *wanted, int exit)
{
	int status;
	json_t *line = file_with(digits, options, &status);

	assert_string_equal(text_at(line, "status"), wanted);
	assert_int_equal(status, exit);
	assert_true(strlen(text_at(line, "message")) > 10);
	json_decref(line);
}

static void check(const json_t *line, const json_t *expected, const char *key)
{
	const json_t *want = json_object_get(expected, key);
	const json_t *got = json_object_get(line, key);
	char *text;

	if (json_equal(got, want))
		return;
	text = json_dumps(got, JSON_ENCODE_ANY);
	fail_msg("%s is %s", key, text);
	free(text);
}

static void every_persona_is_filed_as_expected(void **state)
{
	static const char *const keys[] = { "level", "rules", "reasons",
					    "tags",  "keep",  "screens" };
	const json_t *persona;
	size_t i;

	(void)state;
	json_array_foreach(json_object_get(personas, "personas"), i, persona)
	{
		const json_t *expected = json_object_get(persona, "expected");
		SCOPED(char_freep) char *digits = issue(&demo, persona);
		int status;
		json_t *line = file_with(digits, "", &status);

		print_message("%s\n", text_at(persona, "id"));
		assert_string_equal(text_at(line, "status"), "filed");
		assert_int_equal(status, 0);
		for (size_t k = 0; k < COUNT(keys); k++)
			check(line, expected, keys[k]);
		json_decref(line);
		if (i == 0)
			expect_status(digits, "", "already-filed", 0);
	}
}

static const json_t *first_persona(void)
{
	return json_array_get(json_object_get(personas, "personas"), 0);
}

static void every_other_scan_has_its_status_and_exit(void **state)
{
	SCOPED(char_freep) char *digits = issue(&demo, first_persona());
	SCOPED(char_freep) char *cut = xstrndup(digits, 900);

	(void)state;
	expect_status("9780306406157\n", "", "not-a-ticket", 1);
	expect_status("", "", "not-a-ticket", 1);
	expect_status(cut, "", "incomplete", 1);
	expect_status(digits, "--locked", "locked", 1);
	/* The next file finds it aside, and files it first. */
	expect_status(digits, "", "already-filed", 0);
}

static void a_keyboards_layout_does_not_matter(void **state)
{
	static const char *const azerty[] = { "à", "&", "é", "\"", "'",
					      "(", "-", "è", "_",  "ç" };
	SCOPED(char_freep) char *digits = issue(&demo, first_persona());
	struct bytes typed = { 0 };

	(void)state;
	for (const char *digit = digits; *digit; digit++)
		bytes_add_text(&typed, azerty[*digit - '0']);
	bytes_add_text(&typed, "\r\n");
	expect_status((char *)typed.data, "", "filed", 0);
	bytes_done(&typed);
}

/* A second agency's ticket here: its kiosk is unknown, then its key is. */
static void another_agencys_ticket_is_refused_twice_over(void **state)
{
	struct demo other;
	struct bytes card = { 0 };
	struct output output;
	char *digits;

	(void)state;
	demo_init(&other);
	digits = issue(&other, first_persona());
	expect_status(digits, "", "unknown-kiosk", 1);
	issuer_enrolment(other.issuer, &card);
	output = program_run((char *)card.data,
			     "foyer kiosk enrol --compared --home %s -",
			     demo.home_folder);
	assert_int_equal(output.status, 0);
	output_done(&output);
	expect_status(digits, "", "other-agency", 1);
	bytes_done(&card);
	free(digits);
	demo_done(&other);
}

static void the_queue_lists_who_waits_in_order(void **state)
{
	struct output output =
	    program_run("", "foyer record queue --home %s", demo.home_folder);
	char *rest = NULL, *text;
	int last = 0, lines = 0;

	(void)state;
	assert_int_equal(output.status, 0);
	for (text = strtok_r(output.out, "\n", &rest); text;
	     text = strtok_r(NULL, "\n", &rest)) {
		json_t *line = json_loads(text, 0, NULL);
		const char *level = text_at(line, "level");
		int rank = !strcmp(level, "U1")   ? 1
			   : !strcmp(level, "U2") ? 2
						  : 3;

		assert_string_equal(text_at(line, "state"), "waiting");
		assert_true(rank >= last);
		assert_int_equal(strncmp(text_at(line, "number"), "K7-", 3), 0);
		last = rank;
		lines++;
		json_decref(line);
	}
	/* Thirteen visitors, the unlocked one, and the typed one. */
	assert_int_equal(lines, 15);
	output_done(&output);
}

static void a_visit_is_led_by_its_number(void **state)
{
	static const struct {
		const char *words;
		int status;
		const char *says; /* on either output */
	} steps[] = {
		{ "take-in %s --outcome served", 2, "only an end" },
		{ "recall %s", 1, "as it stands now" },
		{ "call %s", 0, "" },
		{ "level %s U1", 1, "--reason" },
		{ "level %s U7 --reason pain", 2, "U1 to U5" },
		{ "level %s U1 --reason pain", 0, "" },
		{ "show %s", 0, "\"level\":\"U1\",\"computed\":\"U3\"" },
		{ "show %s --lang fr", 0, "\"name\":\"HOU1\"" },
		{ "take-in %s", 0, "" },
		{ "end %s", 2, "--outcome" },
		{ "end %s --outcome served", 0, "" },
		{ "undo %s", 0, "" },
		{ "show %s", 0, "\"state\":\"in-service\"" },
		{ "keep %s", 1, "nothing" },
		{ "unfile %s", 1, "as it stands now" },
		{ "withdraw %s", 0, "" },
		{ "show %s", 0,
		  "\"erased\":true,\"source\":\"ticket\",\"left_blank\":[],"
		  "\"reasons\":[],"
		  "\"handed\":[]}" },
	};
	SCOPED(char_freep) char *digits = issue(&demo, first_persona());
	char number[16];
	int status;
	json_t *line = file_with(digits, "", &status);

	(void)state;
	snprintf(number, sizeof number, "%s", text_at(line, "number"));
	json_decref(line);
	for (size_t i = 0; i < COUNT(steps); i++) {
		SCOPED(char_freep)
		char *head =
		    xstrndup(steps[i].words, strcspn(steps[i].words, "%"));
		const char *tail = strchr(steps[i].words, '%') + 2;
		struct output output =
		    program_run("", "foyer visit %s%s%s --home %s", head,
				number, tail, demo.home_folder);

		if (output.status != steps[i].status ||
		    (!strstr(output.out, steps[i].says) &&
		     !strstr(output.err, steps[i].says)))
			fail_msg("%s: %d %s%s", steps[i].words, output.status,
				 output.out, output.err);
		output_done(&output);
	}
}

static void an_unknown_number_is_the_inputs_fault(void **state)
{
	struct output output =
	    program_run("", "foyer visit call --home %s Q", demo.home_folder);

	(void)state;
	assert_int_equal(output.status, 1);
	assert_non_null(strstr(output.err, "no visit has this number"));
	output_done(&output);
}

/* Thirteen wait, so one digit is several people's. */
static void the_end_of_a_number_will_do_if_it_is_one_persons(void **state)
{
	static const struct {
		const char *number;
		int status;
		const char *said;
	} rows[] = {
		{ "0001", 0, "\"number\":\"K7-0001\"" },
		{ "k7-0001", 0, "\"number\":\"K7-0001\"" },
		{ "7-0001", 0, "\"number\":\"K7-0001\"" },
		{ "99", 1, "no visit has this number" },
		{ "1", 1, "several visits of today" },
		{ "%", 1, "no visit has this number" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct output output =
		    program_run("", "foyer visit show --home %s %s",
				demo.home_folder, rows[i].number);

		if (output.status != rows[i].status ||
		    (!strstr(output.out, rows[i].said) &&
		     !strstr(output.err, rows[i].said)))
			fail_msg("%s: %s%s", rows[i].number, output.out,
				 output.err);
		output_done(&output);
	}
}

/* What ODK Central asks of a document: that it is sound, says which form and
 * version it answers, and has in meta an id of its own, once. */
static void expect_submission(const char *text)
{
	xmlDoc *doc =
	    xmlReadMemory(text, (int)strlen(text), NULL, NULL, XML_PARSE_NONET);
	xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
	int ids = 0;

	assert_non_null(root);
	assert_true(xmlHasProp(root, (const xmlChar *)"id") &&
		    xmlHasProp(root, (const xmlChar *)"version"));
	for (xmlNode *meta = root->children; meta; meta = meta->next) {
		if (strcmp((const char *)meta->name, "meta") != 0)
			continue;
		for (xmlNode *node = meta->children; node; node = node->next)
			ids +=
			    !strcmp((const char *)node->name, "instanceID") &&
			    node->children &&
			    !strncmp((const char *)node->children->content,
				     "uuid:", 5);
	}
	assert_int_equal(ids, 1);
	xmlFreeDoc(doc);
}

/* What another server takes: one document with the form's id and an id of its
 * own. Looking at it is looking at answers. */
static void a_visits_answers_leave_as_their_submission(void **state)
{
	struct output output = program_run(
	    "", "foyer visit submission --home %s 0001", demo.home_folder);

	(void)state;
	assert_int_equal(output.status, 0);
	assert_memory_equal(output.out, "<data id=\"intake\" version=\"",
			    strlen("<data id=\"intake\" version=\""));
	assert_non_null(strstr(output.out, "instanceID>uuid:"));
	expect_submission(output.out);
	output_done(&output);
	output = program_run("", "foyer visit submission --home %s 99",
			     demo.home_folder);
	assert_int_equal(output.status, 1);
	assert_non_null(strstr(output.err, "no visit has this number"));
	assert_string_equal(output.out, "");
	output_done(&output);
}

/* A form that is there already is fine to import again. */
static void a_form_is_imported_and_a_bad_one_is_not(void **state)
{
	SCOPED(char_freep)
	char *bad = folder_file(demo.folder, "bad.xml");
	struct output output =
	    program_run("", "foyer record import --home %s %s/forms/intake.xml",
			demo.home_folder, demo.home_folder);

	(void)state;
	assert_int_equal(output.status, 0);
	assert_non_null(strstr(output.out, "0 that were kept aside"));
	output_done(&output);
	assert_int_equal(file_write(bad, "<a>", 3, 0600), FAULT_NONE);
	output = program_run("", "foyer record import --home %s %s",
			     demo.home_folder, bad);
	assert_int_equal(output.status, 1);
	assert_non_null(strstr(output.err, bad));
	output_done(&output);
}

/* The stranger's ticket of the test before is aside: a supervisor looks. */
static void what_is_aside_is_listed_and_dropped_with_a_reason(void **state)
{
	struct output output =
	    program_run("", "foyer record held --home %s", demo.home_folder);
	json_t *line = json_loads(output.out, 0, NULL);
	char id[16];

	(void)state;
	assert_int_equal(output.status, 0);
	assert_string_equal(text_at(line, "reason"), "other-agency");
	snprintf(id, sizeof id, "%s", text_at(line, "id"));
	json_decref(line);
	output_done(&output);
	output = program_run("", "foyer record drop --home %s %s",
			     demo.home_folder, id);
	assert_int_equal(output.status, 2);
	output_done(&output);
	output = program_run("", "foyer record drop --home %s --reason no %s",
			     demo.home_folder, id);
	assert_int_equal(output.status, 0);
	output_done(&output);
	output = program_run("", "foyer record drop --home %s --reason no %s",
			     demo.home_folder, id);
	assert_int_equal(output.status, 1);
	output_done(&output);
	output =
	    program_run("", "foyer record held --home %s", demo.home_folder);
	assert_string_equal(output.out, "");
	output_done(&output);
}

static void wrong_usage_and_a_wrong_passphrase_are_told_apart(void **state)
{
	static const struct {
		const char *words;
		int status;
		const char *complaint;
	} cases[] = {
		{ "file --nonsense", 2, "usage" },
		{ "file --lang xx", 2, "usage" },
		{ "file a.png b.png", 2, "usage" },
		{ "queue --part nobody", 2, "usage" },
		{ "file --passphrase-fd 0", 1, "passphrase" },
		{ "file /nonexistent.png", 3, "/nonexistent.png" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct output output =
		    program_run("wrong words\n", "foyer record %s --home %s",
				cases[i].words, demo.home_folder);

		assert_int_equal(output.status, cases[i].status);
		assert_non_null(strstr(output.err, cases[i].complaint));
		assert_string_equal(output.out, "");
		output_done(&output);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_persona_is_filed_as_expected),
		cmocka_unit_test(every_other_scan_has_its_status_and_exit),
		cmocka_unit_test(a_keyboards_layout_does_not_matter),
		cmocka_unit_test(the_queue_lists_who_waits_in_order),
		cmocka_unit_test(a_visit_is_led_by_its_number),
		cmocka_unit_test(an_unknown_number_is_the_inputs_fault),
		cmocka_unit_test(
		    the_end_of_a_number_will_do_if_it_is_one_persons),
		cmocka_unit_test(a_visits_answers_leave_as_their_submission),
		cmocka_unit_test(a_form_is_imported_and_a_bad_one_is_not),
		cmocka_unit_test(another_agencys_ticket_is_refused_twice_over),
		cmocka_unit_test(
		    what_is_aside_is_listed_and_dropped_with_a_reason),
		cmocka_unit_test(
		    wrong_usage_and_a_wrong_passphrase_are_told_apart),
	};

	return cmocka_run_group_tests(tests, open_demo, close_demo);
}
