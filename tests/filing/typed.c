#include "filing/typed.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/memory.h"
#include "tests/support/agency.h"
#include "tests/support/chance.h"
#include "tests/support/folder.h"
#include "tests/support/sample.h"
#include "tests/support/slow.h"
#include "tests/test.h"

/* Paper forms that are typed in, and become what a ticket would have. */

#define ZONE "America/Toronto"
#define DAY_MS ((int64_t)24 * 3600 * 1000)

static struct typed *begin(struct agency *agency, const char *id,
			   const char *language, const char *code,
			   int64_t filled)
{
	struct typed_form *forms = NULL;
	struct typed *typed = NULL;
	size_t count, at = 0;

	assert_int_equal(typed_forms(agency->filing, &forms, &count),
			 FAULT_NONE);
	while (at < count && strcmp(forms[at].id, id) != 0)
		at++;
	assert_true(at < count);
	assert_int_equal(typed_new(agency->filing,
				   &(struct typed_about){
				       .form = forms[at].reference,
				       .language = language,
				       .code = code,
				       .filled = filled,
				       .zone = ZONE,
				   },
				   AGENCY_NOON, &typed),
			 FAULT_NONE);
	typed_forms_free(forms, count);
	return typed;
}

static void answer(struct typed *typed, const char *path, const char *value)
{
	struct run *run = typed_run(typed);
	enum run_answer taken;

	if (!*value) {
		assert_int_equal(run_repeat_add(run, run_find(run, path)),
				 FAULT_NONE);
		return;
	}
	assert_non_null(run_find(run, path));
	assert_int_equal(run_set(run, run_find(run, path), value, &taken),
			 FAULT_NONE);
	assert_int_equal(taken, RUN_TAKEN);
}

static struct filing_ticket file(struct typed *typed,
				 const struct record_who *who)
{
	struct filing_ticket ticket;

	assert_int_equal(typed_file(typed, who, AGENCY_NOON, &ticket),
			 FAULT_NONE);
	return ticket;
}

/* --- as a ticket's -------------------------------------------------------- */

/* Every row that a visit has, but for what says which one it is. */
static const char dump[] =
    "SELECT group_concat(said, char(10)) FROM ("
    "SELECT json_array(level, keep, tags, language, quiet, more_to_tell,"
    " erase_at, zone, hex(form), state, arrived, desk) AS said FROM visit"
    " WHERE id = ?1 UNION ALL "
    "SELECT * FROM (SELECT json_array(position, reference, value) FROM"
    " intake_answer WHERE visit = ?1 ORDER BY position) UNION ALL "
    "SELECT * FROM (SELECT json_array(position, language, rule, reason)"
    " FROM visit_rule WHERE visit = ?1 ORDER BY position, language) UNION ALL "
    "SELECT * FROM (SELECT json_array(field, value, source, at, user) FROM"
    " fact WHERE visit = ?1 ORDER BY id) UNION ALL "
    "SELECT json_array(purpose, given, source, at, user, language,"
    " hex(form)) FROM visit_consent WHERE visit = ?1 UNION ALL "
    "SELECT json_array(kind, desk, raised) FROM alert WHERE visit = ?1"
    " UNION ALL "
    "SELECT replace(submission, instance_id, '') FROM intake WHERE visit = "
    "?1)";

static char *rows_of(const struct agency *agency, int64_t visit)
{
	SCOPED(char_freep)
	char *path = folder_file(agency->folder, RECORD_FILE);
	sqlite3_stmt *ask;
	sqlite3 *db;
	char *text;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, dump, -1, &ask, NULL),
			 SQLITE_OK);
	sqlite3_bind_int64(ask, 1, visit);
	assert_int_equal(sqlite3_step(ask), SQLITE_ROW);
	text = xstrdup((const char *)sqlite3_column_text(ask, 0));
	sqlite3_finalize(ask);
	sqlite3_close(db);
	return text;
}

#define ANSWERS 12

/* What somebody may answer; language is always the first. */
static size_t make_up(struct chance *chance, struct agency_answer *answers)
{
	static const char *const languages[] = { "en", "fr", "ti", "ar" };
	static const char *const needs[] = { "HOU", "FOO", "HOU FOO" };
	static const char *const ages[] = { "3", "17", "18", "64" };
	const char *chosen = needs[chance_below(chance, COUNT(needs))];
	size_t count = 0;

	answers[count++] = (struct agency_answer){
		"/data/language",
		languages[chance_below(chance, COUNT(languages))]
	};
	if (chance_below(chance, 3))
		answers[count++] =
		    (struct agency_answer){ "/data/name", "ሰላም \"H\" <&>" };
	if (chance_below(chance, 3))
		answers[count++] = (struct agency_answer){
			"/data/wait", chance_below(chance, 2) ? "OK" : "UNSAFE"
		};
	if (chance_below(chance, 4))
		answers[count++] =
		    (struct agency_answer){ "/data/needs", chosen };
	if (strcmp(answers[count - 1].value, "HOU FOO") == 0)
		answers[count++] = (struct agency_answer){
			"/data/first", chance_below(chance, 2) ? "HOU" : "FOO"
		};
	if (chance_below(chance, 3))
		answers[count++] = (struct agency_answer){
			"/data/age", ages[chance_below(chance, COUNT(ages))]
		};
	if (chance_below(chance, 2)) {
		answers[count++] = (struct agency_answer){ "/data/child", "" };
		answers[count++] =
		    (struct agency_answer){ "/data/child[1]/birth",
					    "2020-02-29" };
	}
	return count;
}

static char *by_ticket(struct agency *agency, uint32_t seq,
		       const struct agency_answer *answers, size_t count)
{
	SCOPED(char_freep)
	char *digits = agency_ticket(agency, seq, 0, answers, count);
	struct filing_ticket ticket;
	char *rows;

	assert_int_equal(filing_scan(agency->filing, digits, &sample_sam,
				     AGENCY_NOON, &ticket),
			 FAULT_NONE);
	assert_int_equal(ticket.status, FILING_FILED);
	rows = rows_of(agency, ticket.visit);
	filing_ticket_done(&ticket);
	return rows;
}

/* It was filled in on the day on which the ticket was issued. */
static char *by_paper(struct agency *agency,
		      const struct agency_answer *answers, size_t count)
{
	SCOPED(typed_freep)
	struct typed *typed =
	    begin(agency, "visit", answers[0].value, "", AGENCY_NOON);
	struct filing_ticket ticket;
	char *rows;

	for (size_t i = 1; i < count; i++)
		answer(typed, answers[i].path, answers[i].value);
	ticket = file(typed, &sample_sam);
	assert_int_equal(ticket.status, FILING_FILED);
	rows = rows_of(agency, ticket.visit);
	filing_ticket_done(&ticket);
	return rows;
}

static void the_same_answers_are_the_same_record(void **state)
{
	struct agency *agency = *state;
	struct chance chance = { 61 };
	bool called = false, led = false;

	for (long i = loops(60); i; i--) {
		struct agency_answer answers[ANSWERS];
		const size_t count = make_up(&chance, answers);
		SCOPED(char_freep)
		char *ticket = by_ticket(agency, (uint32_t)i, answers, count);
		SCOPED(char_freep)
		char *paper = by_paper(agency, answers, count);

		assert_string_equal(paper, ticket);
		called |= strstr(paper, "\"quiet\",\"front\"") != NULL;
		led |= strstr(paper, "\"fr\",\"T2\",\"Besoins") != NULL;
	}
	if (loops(60) == 60)
		assert_true(called && led);
}

/* --- kept while it is typed ----------------------------------------------- */

static void what_was_typed_is_there_after_a_crash(void **state)
{
	struct agency *agency = *state;
	SCOPED(typed_freep)
	struct typed *typed = begin(agency, "visit", "ti", "", 0);
	SCOPED(typed_freep) struct typed *again = NULL;
	SCOPED(char_freep) char *first = NULL;
	struct draft *drafts = NULL;
	struct filing_ticket ticket;
	size_t count = 0;

	answer(typed, "/data/name", "ሰላም");
	answer(typed, "/data/wait", "UNSAFE");
	answer(typed, "/data/child", "");
	answer(typed, "/data/child[1]/birth", "2020-02-29");
	assert_int_equal(typed_keep(typed, &sample_sam, AGENCY_NOON),
			 FAULT_NONE);
	/* Nobody said goodbye: another process goes on. */
	assert_int_equal(
	    draft_read(agency->record, &sample_sam, &drafts, &count),
	    FAULT_NONE);
	assert_int_equal(count, 1);
	assert_int_equal(typed_again(agency->filing, drafts, ZONE, &again),
			 FAULT_NONE);
	draft_done(drafts);
	free(drafts);
	ticket = file(again, &sample_sam);
	first = rows_of(agency, ticket.visit);
	assert_non_null(strstr(first, "/data/name\",\"ሰላም"));
	assert_non_null(strstr(first, "/data/wait\",\"UNSAFE"));
	assert_non_null(strstr(first, "/data/child[1]/birth\",\"2020-02-29"));
	assert_non_null(strstr(first, "/data/language\",\"ti"));
	filing_ticket_done(&ticket);
	/* Filed, it is no draft any more. */
	assert_int_equal(
	    draft_read(agency->record, &sample_sam, &drafts, &count),
	    FAULT_NONE);
	assert_int_equal(count, 0);
	free(drafts);
}

static void what_did_not_change_is_not_written(void **state)
{
	struct agency *agency = *state;
	SCOPED(typed_freep)
	struct typed *typed = begin(agency, "visit", "en", "", 0);

	answer(typed, "/data/name", "Zoe");
	assert_int_equal(typed_keep(typed, &sample_sam, AGENCY_NOON),
			 FAULT_NONE);
	assert_int_equal(typed_keep(typed, &sample_sam, AGENCY_NOON + 5),
			 FAULT_NONE);
	assert_int_equal(typed_draft(typed)->changed, AGENCY_NOON);
	assert_int_equal(typed_drop(typed, &sample_sam, AGENCY_NOON),
			 FAULT_NONE);
}

/* --- the paper's number --------------------------------------------------- */

static void a_number_is_told_from_a_mistyped_one(void **state)
{
	static const struct {
		const char *typed, *code; /* NULL: refused */
	} rows[] = {
		{ "123456782", "123456782" },
		{ "123 456 782", "123456782" },
		{ " 123-456.782 ", "123456782" },
		{ "١٢٣ ٤٥٦ ٧٨٢", "123456782" },
		{ "123456783", NULL },
		{ "213456782", NULL }, /* two changed places */
		{ "12345678", NULL },
		{ "1234567820", NULL },
		{ "12345678x", NULL },
		{ "", NULL },
	};
	static const uint8_t chance[PAPER_CODE_CHANCE] = { 1, 2, 3, 4,
							   5, 6, 7, 8 };
	char code[PAPER_CODE_BYTES], shown[PAPER_CODE_SHOWN];

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_int_equal(paper_code_read(rows[i].typed, code),
				 rows[i].code != NULL);
		if (rows[i].code)
			assert_string_equal(code, rows[i].code);
	}
	paper_code_make(chance, code);
	assert_string_equal(code, "123456782");
	paper_code_show(code, shown);
	assert_string_equal(shown, "123 456 782");
}

static void a_paper_is_typed_in_once(void **state)
{
	struct agency *agency = *state;
	SCOPED(typed_freep)
	struct typed *typed = begin(agency, "visit", "en", "123456782", 0);
	SCOPED(typed_freep)
	struct typed *again = begin(agency, "visit", "en", "123456782", 0);
	struct ticket_filed filed;
	struct filing_ticket ticket;
	bool before;

	assert_int_equal(
	    typed_before(agency->filing, "123456782", &before, &filed),
	    FAULT_NONE);
	assert_false(before);
	ticket = file(typed, &sample_sam);
	assert_int_equal(ticket.status, FILING_FILED);
	assert_string_equal(ticket.number, "FP-0001");
	filing_ticket_done(&ticket);
	ticket = file(again, &sample_ana);
	assert_int_equal(ticket.status, FILING_ALREADY_FILED);
	assert_string_equal(ticket.number, "FP-0001");
	assert_string_equal(ticket.filed_by, "Sam");
	filing_ticket_done(&ticket);
	assert_int_equal(
	    typed_before(agency->filing, "123456782", &before, &filed),
	    FAULT_NONE);
	assert_true(before);
	assert_string_equal(filed.by, "Sam");
	ticket_filed_done(&filed);
	/* A paper without a number is no other's. */
	assert_int_equal(typed_before(agency->filing, "", &before, &filed),
			 FAULT_NONE);
	assert_false(before);
}

/* --- left blank ----------------------------------------------------------- */

static const char strict[] =
    "<h:html xmlns='http://www.w3.org/2002/xforms'"
    " xmlns:h='http://www.w3.org/1999/xhtml'><h:head><h:title>Strict</h:title>"
    "<model><instance><data id='strict' version='2'><a/><b/><c/></data>"
    "</instance><bind nodeset='/data/a' type='string' required='true()'/>"
    "<bind nodeset='/data/b' type='int' constraint='. &lt; 120'/>"
    "<bind nodeset='/data/c' type='string' required='true()'"
    " relevant='/data/b != \"\"'/></model></h:head><h:body>"
    "<input ref='/data/a'><label>A</label></input>"
    "<input ref='/data/b'><label>B</label></input>"
    "<input ref='/data/c'><label>C</label></input></h:body></h:html>";

static void what_was_left_blank_stays_blank_and_is_told(void **state)
{
	struct agency *agency = *state;
	SCOPED(char_freep)
	char *path = home_path(agency->home, HOME_FORMS, "strict.xml");
	SCOPED(typed_freep) struct typed *typed = NULL;
	struct filing_ticket ticket;
	struct visit visit;
	enum visit_found found;

	assert_int_equal(file_write(path, strict, strlen(strict), 0600),
			 FAULT_NONE);
	typed = begin(agency, "strict", "en", "", 0);
	assert_null(typed_refused(typed));
	answer(typed, "/data/b", "300");
	assert_string_equal(node_name(typed_refused(typed)), "b");
	answer(typed, "/data/b", "30");
	assert_null(typed_refused(typed));
	ticket = file(typed, &sample_sam);
	assert_int_equal(
	    visit_read(agency->record, ticket.visit, &found, &visit),
	    FAULT_NONE);
	assert_string_equal(visit.blank, "a c");
	visit_done(&visit);
	filing_ticket_done(&ticket);
}

/* What a form says by itself, and nobody said, is no answer: a default that was
 * deleted, the first of a repeat that was removed, and all of another. What
 * nobody may change is. */
static const char telling[] =
    "<h:html xmlns='http://www.w3.org/2002/xforms'"
    " xmlns:h='http://www.w3.org/1999/xhtml'><h:head><h:title>Telling</h:title>"
    "<model><instance><data id='telling' "
    "version='1'><a>Zanzibar</a><b/><c>Massawa</c>"
    "<row><x>Aleppo</x></row><one><y>Asmara</y></one></data></instance>"
    "<bind nodeset='/data/a' type='string'/>"
    "<bind nodeset='/data/c' type='string' readonly='true()'/>"
    "<bind nodeset='/data/row/x' type='string'/></model></h:head><h:body>"
    "<input ref='/data/a'><label>A</label></input>"
    "<input ref='/data/b'><label>B</label></input>"
    "<input ref='/data/c'><label>C</label></input>"
    "<group><repeat nodeset='/data/row'><input ref='/data/row/x'>"
    "<label>X</label></input></repeat></group>"
    "<group><repeat nodeset='/data/one'><input ref='/data/one/y'>"
    "<label>Y</label></input></repeat></group></h:body></h:html>";

static void take_away(struct typed *typed, const char *path)
{
	struct run *run = typed_run(typed);

	assert_int_equal(run_repeat_remove(run, run_find(run, path)),
			 FAULT_NONE);
}

static void what_the_form_said_first_is_not_filed(void **state)
{
	struct agency *agency = *state;
	SCOPED(char_freep)
	char *path = home_path(agency->home, HOME_FORMS, "telling.xml");
	SCOPED(typed_freep) struct typed *typed = NULL;
	SCOPED(char_freep) char *rows = NULL;
	struct filing_ticket ticket;
	enum run_answer taken;

	assert_int_equal(file_write(path, telling, strlen(telling), 0600),
			 FAULT_NONE);
	typed = begin(agency, "telling", "en", "", 0);
	assert_int_equal(run_set(typed_run(typed),
				 run_find(typed_run(typed), "/data/a"), "",
				 &taken),
			 FAULT_NONE);
	answer(typed, "/data/row", "");
	answer(typed, "/data/row[2]/x", "Keren");
	take_away(typed, "/data/row[1]");
	take_away(typed, "/data/one[1]");
	ticket = file(typed, &sample_sam);
	rows = rows_of(agency, ticket.visit);
	assert_non_null(strstr(rows, "/data/row[1]/x\",\"Keren"));
	assert_null(strstr(rows, "/data/row[2]"));
	assert_non_null(strstr(rows, "<c>Massawa</c>"));
	assert_null(strstr(rows, "Zanzibar"));
	assert_null(strstr(rows, "Aleppo"));
	assert_null(strstr(rows, "Asmara"));
	filing_ticket_done(&ticket);
}

static void older_versions_of_a_form_are_offered_behind(void **state)
{
	struct agency *agency = *state;
	SCOPED(char_freep)
	char *path = home_path(agency->home, HOME_FORMS, "visit.xml");
	struct typed_form *forms = NULL;
	size_t count;

	assert_int_equal(file_write(path, strict, strlen(strict), 0600),
			 FAULT_NONE);
	assert_int_equal(typed_forms(agency->filing, &forms, &count),
			 FAULT_NONE);
	assert_int_equal(count, 2);
	assert_string_equal(forms[0].id, "strict");
	assert_true(forms[0].current);
	assert_string_equal(forms[1].title, "Visit");
	assert_string_equal(forms[1].version, "1");
	assert_false(forms[1].current);
	typed_forms_free(forms, count);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_AGENCY(the_same_answers_are_the_same_record),
		WITH_AGENCY(what_was_typed_is_there_after_a_crash),
		WITH_AGENCY(what_did_not_change_is_not_written),
		cmocka_unit_test(a_number_is_told_from_a_mistyped_one),
		WITH_AGENCY(a_paper_is_typed_in_once),
		WITH_AGENCY(what_was_left_blank_stays_blank_and_is_told),
		WITH_AGENCY(what_the_form_said_first_is_not_filed),
		WITH_AGENCY(older_versions_of_a_form_are_offered_behind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
