#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/findings.h"
#include "base/memory.h"
#include "record/listing.h"
#include "record/visit.h"
#include "tests/support/book.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/support/sample.h"
#include "tests/test.h"
#include "text/rows.h"

/* What a team learns about its work, its people and itself. */

static const struct listing_day day = { BOOK_NOW, "2026-11-21" };

/* A list's rows as one text: "a|b;". */
static bool tell(void *to, const struct listing_row *row)
{
	char **text = to;

	for (size_t i = 0; i < LISTING_COLUMNS; i++) {
		char *more = xasprintf("%s%s|", *text, row->values[i] ?: "");

		free(*text);
		*text = more;
	}
	return true;
}

static char *list_of(struct book *book, const char *name)
{
	char *text = xstrdup("");

	assert_int_equal(listing_each(book->record, listing_find(name), &day,
				      &book_sam, tell, &text),
			 FAULT_NONE);
	return text;
}

static void has(struct book *book, const char *list, const char *text)
{
	SCOPED(char_freep) char *told = list_of(book, list);

	if (!strstr(told, text))
		print_error("%s: %s\n", list, told);
	assert_non_null(strstr(told, text));
}

static void has_not(struct book *book, const char *list, const char *text)
{
	SCOPED(char_freep) char *told = list_of(book, list);

	assert_null(strstr(told, text));
}

/* --- contact over time ----------------------------------------------------
 */

static void row_35_who_is_still_in_contact_after_3_6_and_12_months(void **state)
{
	struct book *book = *state;
	static const struct {
		const char *person, *first, *last;
	} contacts[] = {
		{ "1", "2025-01-10", "2026-02-01" }, /* 12 months */
		{ "2", "2025-01-20", "2025-08-01" }, /* 6 */
		{ "3", "2025-01-25", "2025-04-26" }, /* 3 */
		{ "4", "2025-01-30", "2025-02-15" }, /* none */
	};

	for (size_t i = 0; i < COUNT(contacts); i++) {
		(void)book_make(book, "person", NULL);
		(void)book_make(book, "service_contact", "person",
				contacts[i].person, "day", contacts[i].first,
				"mode", "phone", NULL);
		(void)book_make(book, "service_contact", "person",
				contacts[i].person, "day", contacts[i].last,
				"mode", "phone", NULL);
	}
	has(book, "still-in-contact", "2025-01|4|3|2|1|");
}

static void
row_60_the_mode_that_is_asked_and_the_one_that_is_given(void **state)
{
	struct book *book = *state;

	(void)book_make(book, "person", "mode", "IN", NULL);
	(void)book_make(book, "service_contact", "person", "1", "day",
			"2026-11-01", "mode", "in-person", NULL);
	for (int i = 0; i < 2; i++)
		(void)book_make(book, "service_contact", "person", "1", "day",
				"2026-11-02", "mode", "video", NULL);
	has(book, "modes", "IN|in-person|1|");
	has(book, "modes", "IN|video|2|");
}

static void row_69_nothing_is_left_where_nobody_said_it_is_safe(void **state)
{
	struct book *book = *state;
	struct entity *contact = book_begin(book, "service_contact");
	enum entity_answer answer;
	const char *wrong;

	(void)book_make(book, "person", "leave_message", "0", NULL);
	(void)book_make(book, "contact", "person", "1", "what", "phone",
			"value", "613-555-0142", NULL);
	has(book, "ask-before-message", "phone|");
	assert_true(entity_set(contact, "person", "1"));
	assert_true(entity_set(contact, "day", "2026-11-21"));
	assert_true(entity_set(contact, "mode", "message"));
	assert_int_equal(entity_save(book->record, contact, SOURCE_TOLD,
				     &book_sam, BOOK_NOW, &answer, &wrong),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_WRONG);
	assert_string_equal(wrong, "safe");
	assert_true(entity_set(contact, "safe", "1")); /* the worker asked */
	(void)book_save(book, contact);
	book_change(book, "person", 1, "leave_message", "1");
	(void)book_make(book, "service_contact", "person", "1", "day",
			"2026-11-22", "mode", "message", NULL);
	has_not(book, "ask-before-message", "phone|");
}

/* --- quality ----------------------------------------------------------------
 */

static void row_73_a_quality_page_names_what_to_mend(void **state)
{
	struct book *book = *state;

	(void)book_make(book, "person", "birth_from", "2026-10-01", "arrived",
			"2026-09-01", NULL);
	(void)book_make(book, "person", "birth_from", "1990-05-01", NULL);
	(void)book_make(book, "person", "birth_from", "1990-05-01", NULL);
	(void)book_make(book, "name", "person", "2", "latin", "Selam Haile",
			NULL);
	(void)book_make(book, "name", "person", "3", "latin", "selam haile",
			NULL);
	(void)book_make(book, "stream", "person", "2", NULL);
	assert_int_equal(book_move(book, "stream", 1, "screened"), ENTITY_DONE);
	has(book, "quality-missing", "language name consent status");
	has(book, "quality-contradictory", "born-after-arrival");
	has(book, "quality-duplicates", "name-and-birth");
	has_not(book, "quality-stale", "screened");
	(void)book_make(book, "not_same", "person", "3", "other", "2", NULL);
	has_not(book, "quality-duplicates", "name-and-birth");
	{
		const struct listing_day later = { BOOK_NOW + 200 * BOOK_DAY,
						   "2027-06-09" };
		char *text = xstrdup("");

		assert_int_equal(listing_each(book->record,
					      listing_find("quality-stale"),
					      &later, &book_sam, tell, &text),
				 FAULT_NONE);
		assert_non_null(strstr(text, "screened"));
		free(text);
	}
}

static void row_47_a_suggestion_names_its_question_and_is_decided(void **state)
{
	struct book *book = *state;
	const int64_t id =
	    book_make(book, "suggestion", "screen", "ticket", "question", "F1",
		      "text", "People ask for phone cards", NULL);
	SCOPED(char_freep) char *decision = NULL;

	has(book, "open-suggestions", "People ask for phone cards|ticket|F1|");
	book_change(book, "suggestion", id, "decision", "Asked in DIG");
	assert_int_equal(book_move(book, "suggestion", id, "accepted"),
			 ENTITY_DONE);
	has_not(book, "open-suggestions", "phone cards");
	decision = book_value(book, "suggestion", id, "decision");
	assert_string_equal(decision, "Asked in DIG");
}

/* --- the team ---------------------------------------------------------------
 */

static void
row_57_urgent_visits_and_silent_calls_by_worker_and_week(void **state)
{
	struct book *book = *state;
	struct sample sample;
	enum visit_acted acted;

	for (uint32_t i = 1; i <= 12; i++) {
		int64_t id;

		sample_init(&sample, i);
		sample.visit.level = i == 12 ? VISIT_U4 : VISIT_U2;
		id = sample_file(book->record, &sample);
		assert_int_equal(visit_act(book->record, id, VISIT_TAKE_IN,
					   VISIT_NO_OUTCOME, &book_sam,
					   SAMPLE_NOON, &acted),
				 FAULT_NONE);
	}
	has(book, "staff-load", "Sam|2026-W25|11|0|0|1|"); /* offer one */
	(void)book_make(book, "user", "name", "Sam", NULL);
	(void)book_make(book, "debrief", "worker", "1", "day", "2026-06-21",
			"taken", "1", NULL);
	has(book, "staff-load", "Sam|2026-W25|11|0|1|0|");
}

static void
row_85_questions_and_answers_are_shared_with_owner_and_date(void **state)
{
	struct book *book = *state;

	(void)book_make(book, "shared_answer", "question",
			"Who interprets Tigrinya on Fridays?", "topic",
			"interpreters", "owner", "Noor", "site", "Riverside",
			"day", "2026-11-02", NULL);
	book_change(book, "shared_answer", 1, "answer", "Line 3, till noon");
	has(book, "shared-answers",
	    "interpreters|Who interprets Tigrinya on Fridays?|Line 3, till "
	    "noon|Noor|Riverside|");
}

static void row_72_a_yearly_self_rating_form_is_data(void **state)
{
	struct output output = program_run(
	    "", "foyer form build %s/screens/maturity -o %s/m.xml",
	    getenv("FOYER_SOURCE"), ((struct book *)*state)->folder);

	if (output.status)
		print_error("%s", output.err);
	assert_int_equal(output.status, 0);
	output_done(&output);
}

/* The questionnaire with answers, "yes" to all that is not named. */
static char *judged(struct book *book, const char *named, const char *language)
{
	static const char *const asked[] = {
		"accounts",   "leaving", "disk",  "backup",  "restore",
		"paper_key",  "lock",    "seen",  "updates", "messages",
		"own_phones", "lost",    "paper", "threats",
	};
	SCOPED(char_freep) char *answers = folder_file(book->folder, "a.json");
	SCOPED(char_freep) char *form = folder_file(book->folder, "s.xml");
	struct bytes json = { 0 };
	struct output output =
	    program_run("", "foyer form build %s/screens/security -o %s",
			getenv("FOYER_SOURCE"), form);
	char *told;

	assert_int_equal(output.status, 0);
	output_done(&output);
	bytes_add_text(&json, "{\"day\":\"2026-11-22\"");
	for (size_t i = 0; i < COUNT(asked); i++)
		bytes_add_format(&json, ",\"%s\":\"%s\"", asked[i],
				 strcmp(asked[i], named) ? "yes" : "unsure");
	bytes_add_text(&json, "}");
	assert_int_equal(file_write(answers, json.data, json.length, 0600),
			 FAULT_NONE);
	bytes_done(&json);
	output = program_run("", "foyer form run %s --answers %s --lang %s",
			     form, answers, language);
	assert_int_equal(output.status, 0);
	told = xstrdup(output.out);
	output_done(&output);
	return told;
}

/* Whether the node is shown, and what it is worth or says. */
static void shows(const char *told, const char *node, const char *relevant,
		  const char *words)
{
	SCOPED(char_freep) char *path = xasprintf("\"/data/%s\"", node);
	const char *line = strstr(told, path);
	SCOPED(char_freep) char *one = NULL;

	assert_non_null(line);
	one = xstrndup(line, strcspn(line, "\n"));
	if (!strstr(one, relevant) || !strstr(one, words))
		fail_msg("%s, %s: not in %s", relevant, words, one);
}

static void
row_70_an_agency_asks_itself_how_safe_it_is_and_learns_why(void **state)
{
	struct book *book = *state;
	SCOPED(char_freep) char *well = judged(book, "", "en");
	SCOPED(char_freep) char *medium = judged(book, "paper", "fr");
	SCOPED(char_freep) char *high = judged(book, "backup", "en");

	shows(well, "risk", "", "\"value\":\"LOW\"");
	shows(well, "why_backup", "\"relevant\":false", "");
	shows(medium, "risk", "", "\"value\":\"MEDIUM\"");
	shows(medium, "why_paper", "\"relevant\":true", "déchiqueteuse");
	shows(medium, "why_backup", "\"relevant\":false", "");
	shows(high, "risk", "", "\"value\":\"HIGH\"");
	shows(high, "why_backup", "\"relevant\":true", "`foyer record backup`");
}

/* The other half: a device, here one whose agency has no key. */
static void
row_70_a_device_is_looked_at_and_tells_why_and_the_mend(void **state)
{
	SCOPED(folder_freep) char *home = folder_new();
	struct output output =
	    program_run("", "foyer doctor --json --lang fr --home %s", home);

	(void)state;
	assert_int_equal(output.status, 0);
	assert_non_null(strstr(output.out, "\"check\":\"agency-key\","
					   "\"level\":\"HIGH\","
					   "\"code\":\"doctor.absent\""));
	assert_non_null(strstr(output.out, "une borne ne peut sceller aucun"));
	assert_non_null(strstr(output.out, "\"mend\":\"`foyer key new`"));
	assert_non_null(strstr(output.out, "{\"result\":\"HIGH\"}"));
	output_done(&output);
}

static void
row_71_incidents_are_noted_and_counted_without_a_person(void **state)
{
	struct book *book = *state;

	(void)book_make(book, "incident", "day", "2026-10-04", "what", "lost",
			"effect", "data-seen", "told", "lead privacy-office",
			NULL);
	(void)book_make(book, "incident", "day", "2026-10-19", "what", "lost",
			"effect", "none", "words", "a telephone, found again",
			NULL);
	(void)book_make(book, "incident", "day", "2026-11-02", "what", "trick",
			"effect", "nearly", NULL);
	has(book, "open-incidents",
	    "2026-10-19|lost|none|a telephone, found again|");
	has(book, "incidents-counted", "2026-11|trick|1|0|1|");
	has(book, "incidents-counted", "2026-10|lost|2|1|2|");
	assert_int_equal(book_move(book, "incident", 1, "closed"), ENTITY_DONE);
	has(book, "incidents-counted", "2026-10|lost|2|1|1|");
	has_not(book, "open-incidents", "data-seen");
	/* Nothing in it leads to somebody. */
	for (size_t i = 0; i < kind_find("incident")->field_count; i++) {
		const char *link = kind_find("incident")->fields[i].link;

		assert_true(!link || strcmp(link, "site") == 0);
	}
}

static void row_87_hardware_is_reviewed_and_what_changed_is_kept(void **state)
{
	struct book *book = *state;

	(void)book_make(book, "hardware_review", "day", "2025-11-20", "what",
			"kiosk", "least", "512 MB, camera not needed", "found",
			"Zero 2 W, well", NULL);
	(void)book_make(book, "hardware_review", "day", "2026-11-18", "what",
			"kiosk", "least", "512 MB", "found", "3A+, well",
			"changed", "a board with a better socket", NULL);
	has(book, "hardware-reviews",
	    "kiosk|2026-11-18|3A+, well|a board with a better socket||");
	has_not(book, "hardware-reviews", "Zero 2 W");
}

static void read_sheet(const char *name, struct rows *rows)
{
	SCOPED(char_freep)
	char *path =
	    xasprintf("%s/screens/intake/%s", getenv("FOYER_SOURCE"), name);
	struct findings findings = { 0 };
	struct bytes bytes = { 0 };

	assert_int_equal(file_read(path, 1 << 22, &bytes), FAULT_NONE);
	assert_int_equal(
	    rows_read(name, bytes.data, bytes.length, &findings, rows),
	    FAULT_NONE);
	bytes_done(&bytes);
	findings_done(&findings);
}

static bool is_asked(const struct rows *survey, size_t row)
{
	static const char *const asking[] = { "select", "text", "date",
					      "integer" };
	const char *type = rows_cell(survey, row, "type");

	for (size_t i = 0; i < COUNT(asking); i++) {
		if (strncmp(type, asking[i], strlen(asking[i])) == 0)
			return true;
	}
	return false;
}

static void
row_80_each_question_has_owner_reason_date_and_who_was_asked(void **state)
{
	static const char *const columns[] = { "owner", "reason", "date",
					       "asked" };
	struct rows survey, questions;

	(void)state;
	read_sheet("survey.csv", &survey);
	read_sheet("questions.csv", &questions);
	for (size_t i = 0; i < survey.count; i++) {
		const char *name = rows_cell(&survey, i, "name");
		size_t at = 0;

		if (!is_asked(&survey, i))
			continue;
		while (at < questions.count &&
		       strcmp(rows_cell(&questions, at, "name"), name) != 0)
			at++;
		if (at == questions.count)
			fail_msg("nobody stands by %s in questions.csv", name);
		for (size_t j = 0; j < COUNT(columns); j++)
			assert_true(rows_cell(&questions, at, columns[j])[0]);
	}
	rows_done(&survey);
	rows_done(&questions);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_BOOK(
		    row_35_who_is_still_in_contact_after_3_6_and_12_months),
		WITH_BOOK(
		    row_47_a_suggestion_names_its_question_and_is_decided),
		WITH_BOOK(
		    row_57_urgent_visits_and_silent_calls_by_worker_and_week),
		WITH_BOOK(
		    row_60_the_mode_that_is_asked_and_the_one_that_is_given),
		WITH_BOOK(row_69_nothing_is_left_where_nobody_said_it_is_safe),
		WITH_BOOK(
		    row_70_an_agency_asks_itself_how_safe_it_is_and_learns_why),
		WITH_BOOK(
		    row_70_a_device_is_looked_at_and_tells_why_and_the_mend),
		WITH_BOOK(
		    row_71_incidents_are_noted_and_counted_without_a_person),
		WITH_BOOK(row_72_a_yearly_self_rating_form_is_data),
		WITH_BOOK(row_73_a_quality_page_names_what_to_mend),
		WITH_BOOK(
		    row_80_each_question_has_owner_reason_date_and_who_was_asked),
		WITH_BOOK(
		    row_85_questions_and_answers_are_shared_with_owner_and_date),
		WITH_BOOK(row_87_hardware_is_reviewed_and_what_changed_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
