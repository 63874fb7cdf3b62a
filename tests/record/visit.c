#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "record/alert.h"
#include "record/ticket.h"
#include "record/visit.h"
#include "tests/support/folder.h"
#include "tests/support/look.h"
#include "tests/support/sample.h"
#include "tests/support/server.h"

struct office {
	char *folder;
	struct record *record;
	struct sample sample;
};

static int open_office(void **state)
{
	struct office *office = xcalloc(1, sizeof *office);

	office->folder = folder_new();
	office->record = sample_record(office->folder);
	sample_init(&office->sample, 412);
	*state = office;
	return 0;
}

static int close_office(void **state)
{
	struct office *office = *state;

	record_close(office->record);
	folder_freep(&office->folder);
	free(office);
	return 0;
}

static enum visit_acted act(struct office *office, int64_t id,
			    enum visit_act what, const struct record_who *who,
			    int64_t now)
{
	enum visit_acted answer;

	assert_int_equal(
	    visit_act(office->record, id, what,
		      what == VISIT_END ? VISIT_SERVED : VISIT_NO_OUTCOME, who,
		      now, &answer),
	    FAULT_NONE);
	return answer;
}

static struct visit read_visit(struct office *office, int64_t id)
{
	struct visit visit;
	enum visit_found found;

	assert_int_equal(visit_read(office->record, id, &found, &visit),
			 FAULT_NONE);
	assert_int_equal(found, VISIT_FOUND);
	return visit;
}

/* How often the secret stands in the files of the record. */
static int count_secrets(const struct office *office)
{
	static const char *const names[] = { RECORD_FILE, RECORD_FILE "-wal" };
	int count = 0;

	for (size_t i = 0; i < COUNT(names); i++) {
		SCOPED(char_freep)
		char *path = folder_file(office->folder, names[i]);
		struct bytes bytes = { 0 };
		uint8_t *at;

		if (!file_exists(path))
			continue;
		assert_int_equal(file_read(path, 64 << 20, &bytes), FAULT_NONE);
		for (at = bytes.data; at; count += !!at, at += !!at)
			at =
			    memmem(at, bytes.length - (size_t)(at - bytes.data),
				   SAMPLE_SECRET, strlen(SAMPLE_SECRET));
		bytes_done(&bytes);
	}
	return count;
}

static int64_t ask_sql(struct office *office, const char *sql)
{
	return look_number(office->folder, sql);
}

/* --- words ---------------------------------------------------------------- */

static void words_and_values_answer_to_each_other(void **state)
{
	(void)state;
	for (int i = VISIT_NO_LEVEL; i <= VISIT_U5; i++)
		assert_int_equal(
		    visit_level_of(visit_level_word((enum visit_level)i)), i);
	for (int i = VISIT_KEEP_NO; i <= VISIT_KEEP_KEPT; i++)
		assert_int_equal(
		    visit_keep_of(visit_keep_word((enum visit_keep)i)), i);
	for (int i = VISIT_NO_OUTCOME; i <= VISIT_SAFETY; i++)
		assert_int_equal(
		    visit_outcome_of(visit_outcome_word((enum visit_outcome)i)),
		    i);
	assert_int_equal(visit_level_of("U9"), VISIT_NO_LEVEL);
	assert_int_equal(visit_keep_of(""), VISIT_KEEP_TODAY);
	assert_int_equal(visit_outcome_of("lost"), VISIT_NO_OUTCOME);
}

/* --- life-cycle ----------------------------------------------------------- */

static void a_visit_goes_from_waiting_to_ended(void **state)
{
	static const struct {
		enum visit_act act;
		enum visit_acted answer;
		enum visit_state after;
	} steps[] = {
		{ VISIT_MISS, VISIT_WRONG_STATE, VISIT_WAITING },
		{ VISIT_RECALL, VISIT_WRONG_STATE, VISIT_WAITING },
		{ VISIT_REQUEUE, VISIT_WRONG_STATE, VISIT_WAITING },
		{ VISIT_CALL, VISIT_ACTED, VISIT_CALLED },
		{ VISIT_CALL, VISIT_WRONG_STATE, VISIT_CALLED },
		{ VISIT_MISS, VISIT_ACTED, VISIT_NO_ANSWER },
		{ VISIT_RECALL, VISIT_ACTED, VISIT_CALLED },
		{ VISIT_RECALL, VISIT_ACTED, VISIT_CALLED },
		{ VISIT_REQUEUE, VISIT_ACTED, VISIT_WAITING },
		{ VISIT_TAKE_IN, VISIT_ACTED, VISIT_IN_SERVICE },
		{ VISIT_CALL, VISIT_WRONG_STATE, VISIT_IN_SERVICE },
		{ VISIT_END, VISIT_ACTED, VISIT_ENDED },
		{ VISIT_END, VISIT_WRONG_STATE, VISIT_ENDED },
		{ VISIT_REQUEUE, VISIT_WRONG_STATE, VISIT_ENDED },
	};
	struct office *office = *state;
	int64_t id = sample_file(office->record, &office->sample);
	struct visit visit;

	for (size_t i = 0; i < COUNT(steps); i++) {
		assert_int_equal(act(office, id, steps[i].act, &sample_sam,
				     SAMPLE_NOON + (int64_t)i),
				 steps[i].answer);
		assert_int_equal(sample_state(office->record, id),
				 steps[i].after);
	}
	visit = read_visit(office, id);
	assert_int_equal(visit.arrived, SAMPLE_NOON); /* the first time */
	assert_int_equal(visit.called, SAMPLE_NOON + 7);
	assert_int_equal(visit.calls, 3);
	assert_int_equal(visit.started, SAMPLE_NOON + 9);
	assert_int_equal(visit.ended, SAMPLE_NOON + 11);
	assert_int_equal(visit.outcome, VISIT_SERVED);
	assert_string_equal(visit.by, "Sam");
	visit_done(&visit);
	assert_int_equal(act(office, 999, VISIT_CALL, &sample_sam, 0),
			 VISIT_UNKNOWN);
}

static void
an_override_needs_a_reason_and_keeps_the_computed_level(void **state)
{
	struct office *office = *state;
	int64_t id = sample_file(office->record, &office->sample);
	enum visit_acted answer;
	struct visit visit;

	assert_int_equal(visit_override(office->record, id, VISIT_U1, " \t",
					&sample_sam, SAMPLE_NOON, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, VISIT_NO_REASON);
	assert_int_equal(visit_override(office->record, id, VISIT_U1, "fainted",
					&sample_sam, SAMPLE_NOON, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, VISIT_ACTED);
	visit = read_visit(office, id);
	assert_int_equal(visit.level, VISIT_U3);
	assert_int_equal(visit_effective_level(&visit), VISIT_U1);
	assert_string_equal(visit.staff_reason, "fainted");
	visit_done(&visit);
	assert_int_equal(visit_override(office->record, id, VISIT_NO_LEVEL,
					"is fine", &sample_sam, SAMPLE_NOON,
					&answer),
			 FAULT_NONE);
	visit = read_visit(office, id);
	assert_int_equal(visit_effective_level(&visit), VISIT_U3);
	visit_done(&visit);
}

static enum visit_acted undo(struct office *office, int64_t id,
			     const struct record_who *who)
{
	enum visit_acted answer;

	assert_int_equal(
	    visit_undo(office->record, id, who, SAMPLE_NOON, &answer),
	    FAULT_NONE);
	return answer;
}

static void the_last_act_is_undone_by_who_did_it(void **state)
{
	struct office *office = *state;
	int64_t id = sample_file(office->record, &office->sample);
	enum visit_acted answer;
	struct visit visit;

	assert_int_equal(undo(office, id, &sample_sam), VISIT_NOTHING);
	act(office, id, VISIT_CALL, &sample_sam, SAMPLE_NOON + 1);
	assert_int_equal(visit_override(office->record, id, VISIT_U1, "pain",
					&sample_sam, SAMPLE_NOON, &answer),
			 FAULT_NONE);
	act(office, id, VISIT_END, &sample_sam, SAMPLE_NOON + 2);
	assert_int_equal(undo(office, id, &sample_ana), VISIT_NOTHING);
	assert_int_equal(undo(office, id, &sample_sam), VISIT_ACTED);
	visit = read_visit(office, id);
	assert_int_equal(visit.state, VISIT_CALLED);
	assert_int_equal(visit.outcome, VISIT_NO_OUTCOME);
	assert_int_equal(visit.ended, 0);
	assert_int_equal(visit.staff_level, VISIT_U1);
	visit_done(&visit);
	assert_int_equal(undo(office, id, &sample_sam), VISIT_ACTED);
	visit = read_visit(office, id);
	assert_int_equal(visit.staff_level, VISIT_NO_LEVEL);
	assert_string_equal(visit.staff_reason, "");
	visit_done(&visit);
	assert_int_equal(undo(office, id, &sample_sam), VISIT_ACTED);
	assert_int_equal(sample_state(office->record, id), VISIT_WAITING);
	assert_int_equal(undo(office, id, &sample_sam), VISIT_NOTHING);
}

static void not_this_person_gives_the_ticket_back(void **state)
{
	struct office *office = *state;
	struct held *held;
	enum visit_acted answer;
	size_t count;
	int64_t id;

	id = sample_file(office->record, &office->sample);
	assert_int_equal(
	    visit_unfile(office->record, id, &sample_sam, SAMPLE_NOON, &answer),
	    FAULT_NONE);
	assert_int_equal(answer, VISIT_ACTED);
	assert_int_equal(ask_sql(office, "SELECT count(*) FROM visit"), 0);
	assert_int_equal(ask_sql(office, "SELECT count(*) FROM fact"), 0);
	assert_int_equal(held_read(office->record, &held, &count), FAULT_NONE);
	assert_int_equal(count, 1);
	assert_string_equal(held->reason, "not-this-person");
	free(held);
	/* Its owner comes: the same paper files, and is no longer aside. */
	assert_true(sample_file(office->record, &office->sample) > id);
	assert_int_equal(held_read(office->record, &held, &count), FAULT_NONE);
	assert_int_equal(count, 0);
	free(held);
}

/* Whoever asked for help is called for until somebody answers, and that it was
 * answered stays counted. */
static void no_call_for_help_goes_with_its_ticket(void **state)
{
	struct office *office = *state;
	enum visit_acted answer;
	enum alert_answer closed;
	struct alert *alerts = NULL;
	size_t count = 0;
	int64_t id;

	office->sample.visit.quiet = true;
	id = sample_file(office->record, &office->sample);
	assert_int_equal(
	    visit_unfile(office->record, id, &sample_sam, SAMPLE_NOON, &answer),
	    FAULT_NONE);
	assert_int_equal(answer, VISIT_CALLS);
	assert_int_equal(sample_state(office->record, id), VISIT_WAITING);
	assert_int_equal(alert_read(office->record, &sample_sam, SAMPLE_NOON,
				    &alerts, &count),
			 FAULT_NONE);
	assert_int_equal(count, 1);
	assert_int_equal(alert_close(office->record, alerts->id, ALERT_MISTAKE,
				     &sample_sam, SAMPLE_NOON, &closed),
			 FAULT_NONE);
	assert_int_equal(closed, ALERT_DONE);
	free(alerts);
	assert_int_equal(
	    visit_unfile(office->record, id, &sample_sam, SAMPLE_NOON, &answer),
	    FAULT_NONE);
	assert_int_equal(answer, VISIT_ACTED);
	assert_int_equal(ask_sql(office, "SELECT count(*) FROM alert"
					 " WHERE outcome = 'mistake'"
					 " AND visit IS NULL"),
			 1);
}

static void a_visit_somebody_acted_on_stays(void **state)
{
	struct office *office = *state;
	int64_t id = sample_file(office->record, &office->sample);
	enum visit_acted answer;

	act(office, id, VISIT_CALL, &sample_ana, SAMPLE_NOON);
	assert_int_equal(
	    visit_unfile(office->record, id, &sample_sam, SAMPLE_NOON, &answer),
	    FAULT_NONE);
	assert_int_equal(answer, VISIT_WRONG_STATE);
	act(office, id, VISIT_REQUEUE, &sample_ana, SAMPLE_NOON);
	assert_int_equal(
	    visit_unfile(office->record, id, &sample_sam, SAMPLE_NOON, &answer),
	    FAULT_NONE);
	assert_int_equal(answer, VISIT_NOTHING);
	assert_int_equal(sample_state(office->record, id), VISIT_WAITING);
}

/* --- rules and facts ------------------------------------------------------ */

static void list_rule(void *to, const char *rule, const char *reason)
{
	bytes_add_format(to, "%s=%s;", rule, reason);
}

static void list_fact(void *to, const char *field, const char *value,
		      const char *source)
{
	bytes_add_format(to, "%s=%s(%s);", field, value, source);
}

static void rules_and_facts_come_back_in_order(void **state)
{
	struct office *office = *state;
	int64_t id = sample_file(office->record, &office->sample);
	struct bytes list = { 0 };

	assert_int_equal(
	    visit_rules(office->record, id, "fr", list_rule, &list),
	    FAULT_NONE);
	assert_string_equal(list.data, "T203=Rien;T401=;");
	bytes_done(&list);
	list = (struct bytes){ 0 };
	assert_int_equal(visit_facts(office->record, id, list_fact, &list),
			 FAULT_NONE);
	assert_string_equal(list.data, "latin_name=Zanzibar H(self);"
				       "own_script_name=ሰላም Zanzibar(self);"
				       "phone=613-555-0142(self);");
	bytes_done(&list);
}

/* --- consent and clocks --------------------------------------------------- */

/* Number, level and times stay; everything a person said is gone. */
static void assert_erased(struct office *office, int64_t id)
{
	struct visit visit = read_visit(office, id);
	struct ticket_filed filed;
	enum ticket_seen seen;

	assert_true(visit.erased);
	assert_string_equal(visit.number, "K7-0412");
	assert_int_equal(visit.level, VISIT_U3);
	assert_int_equal(visit.arrived, office->sample.visit.arrived);
	assert_string_equal(visit.tags, "");
	assert_string_equal(visit.language, "");
	assert_string_equal(visit.staff_reason, "");
	assert_false(visit.quiet);
	visit_done(&visit);
	assert_int_equal(count_secrets(office), 0);
	assert_int_equal(ask_sql(office,
				 "SELECT (SELECT count(*) FROM intake)"
				 " + (SELECT count(*) FROM intake_answer)"
				 " + (SELECT count(*) FROM fact)"
				 " + (SELECT count(*) FROM visit_rule)"),
			 0);
	/* A replay is still seen. */
	assert_int_equal(ticket_look(office->record, office->sample.kiosk, 412,
				     office->sample.hash, &seen, &filed),
			 FAULT_NONE);
	assert_int_equal(seen, TICKET_FILED);
	assert_int_equal(filed.visit, id);
	ticket_filed_done(&filed);
}

static void kept_answers_stay(void **state)
{
	struct office *office = *state;
	int64_t id = sample_file(office->record, &office->sample);
	size_t erased;

	server_need_file();
	act(office, id, VISIT_END, &sample_sam, SAMPLE_NOON);
	assert_int_equal(record_expire(office->record,
				       SAMPLE_NOON + 400 * 24 * SAMPLE_HOUR,
				       &erased),
			 FAULT_NONE);
	assert_int_equal(erased, 0);
	assert_true(count_secrets(office) >= 4);
}

static void answers_not_kept_go_at_the_end_of_the_visit(void **state)
{
	struct office *office = *state;
	enum visit_acted answer;
	int64_t id;

	server_need_file();
	office->sample.visit.keep = VISIT_KEEP_NO;
	id = sample_file(office->record, &office->sample);
	assert_true(count_secrets(office) > 0);
	assert_int_equal(visit_override(office->record, id, VISIT_U3,
					"spoke of " SAMPLE_SECRET, &sample_sam,
					SAMPLE_NOON, &answer),
			 FAULT_NONE);
	assert_int_equal(visit_override(office->record, id, VISIT_U3, "again",
					&sample_sam, SAMPLE_NOON, &answer),
			 FAULT_NONE);
	act(office, id, VISIT_TAKE_IN, &sample_sam, SAMPLE_NOON);
	assert_true(count_secrets(office) > 0);
	act(office, id, VISIT_END, &sample_sam, SAMPLE_NOON + 5);
	assert_erased(office, id);
	assert_int_equal(
	    ask_sql(office,
		    "SELECT rule = 'end' AND json_extract(counts, '$.facts')"
		    " = 3 AND json_extract(counts, '$.rules') = 2"
		    " AND json_extract(counts, '$.answers') = 2"
		    " FROM tombstone"),
	    1);
	/* An ending taken back brings the visit back, not the answers. */
	assert_int_equal(undo(office, id, &sample_sam), VISIT_ACTED);
	assert_int_equal(sample_state(office->record, id), VISIT_IN_SERVICE);
	assert_erased(office, id);
}

/* 24:00 in Toronto on 21 June is 04:00 UTC on the 22nd. */
#define MIDNIGHT (SAMPLE_NOON + 12 * SAMPLE_HOUR)

static void answers_of_today_go_at_local_midnight(void **state)
{
	static const enum visit_keep keeps[] = { VISIT_KEEP_TODAY,
						 VISIT_KEEP_NO };
	struct office *office = *state;

	server_need_file();
	for (size_t i = 0; i < COUNT(keeps); i++) {
		size_t erased;
		int64_t id;

		sample_init(&office->sample, 412);
		office->sample.kiosk[0] = (uint8_t)i;
		office->sample.visit.keep = keeps[i];
		id = sample_file(office->record, &office->sample);
		assert_int_equal(
		    record_expire(office->record, MIDNIGHT - 1, &erased),
		    FAULT_NONE);
		assert_int_equal(erased, 0);
		assert_true(count_secrets(office) > 0);
		assert_int_equal(
		    record_expire(office->record, MIDNIGHT, &erased),
		    FAULT_NONE);
		assert_int_equal(erased, 1);
		assert_erased(office, id);
		/* Who still waits is still in the queue. */
		assert_int_equal(sample_state(office->record, id),
				 VISIT_WAITING);
		assert_int_equal(
		    record_expire(office->record, MIDNIGHT, &erased),
		    FAULT_NONE);
		assert_int_equal(erased, 0);
	}
}

static void midnight_is_the_zones_own(void **state)
{
	static const struct {
		const char *zone;
		const char *why;
		int64_t at, midnight; /* s since 1970 */
	} days[] = {
		{ "UTC", "noon", 1782057600, 1782086400 },
		{ "UTC", "midnight itself begins the day", 1782086400,
		  1782172800 },
		{ "UTC", "the last second", 1782086399, 1782086400 },
		{ "America/Toronto", "summer", 1782057600, 1782100800 },
		{ "America/Toronto", "23 hours: 8 March 2026", 1772949600,
		  1773028800 },
		{ "America/Toronto", "25 hours: 1 November 2026", 1793509200,
		  1793595600 },
		{ "America/St_Johns", "a half hour", 1782057600, 1782095400 },
		{ "Asia/Kathmandu", "three quarters", 1782057600, 1782065700 },
		{ "Africa/Cairo", "no midnight on 24 April 2026", 1776974400,
		  1776981600 },
		{ "America/Havana", "midnight comes twice on 1 November 2026",
		  1793462400, 1793505600 },
		{ "Mars/Olympus", "unknown is UTC", 1782057600, 1782086400 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(days); i++) {
		int64_t got =
		    record_midnight_after(days[i].at * 1000, days[i].zone);

		if (got != days[i].midnight * 1000)
			fail_msg("%s, %s: %lld", days[i].zone, days[i].why,
				 (long long)got / 1000);
	}
}

static void a_worker_may_confirm_keeping_unless_the_answer_was_no(void **state)
{
	static const struct {
		enum visit_keep keep;
		enum visit_acted answer;
		size_t erased; /* at midnight */
	} cases[] = {
		{ VISIT_KEEP_TODAY, VISIT_ACTED, 0 },
		{ VISIT_KEEP_KEPT, VISIT_NOTHING, 0 },
		{ VISIT_KEEP_NO, VISIT_REFUSED, 1 },
	};
	struct office *office = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		enum visit_acted answer;
		size_t erased;
		int64_t id;

		office->sample.kiosk[0] = (uint8_t)i;
		office->sample.visit.keep = cases[i].keep;
		id = sample_file(office->record, &office->sample);
		assert_int_equal(visit_confirm_keep(office->record, id,
						    &sample_ana, SAMPLE_NOON,
						    &answer),
				 FAULT_NONE);
		assert_int_equal(answer, cases[i].answer);
		assert_int_equal(
		    record_expire(office->record, MIDNIGHT, &erased),
		    FAULT_NONE);
		assert_int_equal(erased, cases[i].erased);
	}
	/* No from the kiosk; yes told to a worker later: both stand. */
	assert_int_equal(
	    ask_sql(office, "SELECT group_concat(given || source) ="
			    " '0self,1told,1self,0self' FROM visit_consent"),
	    1);
}

static void
a_ticket_kept_aside_past_its_day_is_filed_without_answers(void **state)
{
	struct office *office = *state;
	enum visit_filing answer;
	struct alert *alerts;
	size_t count;
	int64_t id;

	office->sample.visit.keep = VISIT_KEEP_TODAY;
	office->sample.visit.quiet = true;
	assert_int_equal(visit_file(office->record, &office->sample.visit,
				    &sample_sam, MIDNIGHT, &answer, &id),
			 FAULT_NONE);
	assert_int_equal(answer, VISIT_FILED);
	assert_erased(office, id);
	/* The silent call is not lost. */
	assert_int_equal(
	    alert_read(office->record, &sample_sam, MIDNIGHT, &alerts, &count),
	    FAULT_NONE);
	assert_int_equal(count, 1);
	assert_string_equal(alerts->number, "K7-0412");
	free(alerts);
}

static void withdrawing_erases_at_once(void **state)
{
	struct office *office = *state;
	int64_t id = sample_file(office->record, &office->sample);
	enum visit_acted answer;

	assert_int_equal(visit_withdraw(office->record, id, &sample_sam,
					SAMPLE_NOON, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, VISIT_ACTED);
	assert_erased(office, id);
	assert_int_equal(visit_withdraw(office->record, id, &sample_sam,
					SAMPLE_NOON, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, VISIT_NOTHING);
}

static void too_many_fields_are_refused(void **state)
{
	struct office *office = *state;
	enum visit_filing answer;
	int64_t id;

	office->sample.visit.fact_count = VISIT_FACTS_LIMIT + 1;
	assert_int_equal(visit_file(office->record, &office->sample.visit,
				    &sample_sam, SAMPLE_NOON, &answer, &id),
			 FAULT_LIMIT);
	assert_int_equal(ask_sql(office, "SELECT count(*) FROM visit"), 0);
}

#define IN_OFFICE(test) \
	cmocka_unit_test_setup_teardown(test, open_office, close_office)

/* As a copy that went wrong, or somebody's own tool, leaves a row. */
static void a_row_of_the_wrong_length_is_damage_and_no_crash(void **state)
{
	static const char *const spoils[] = {
		"UPDATE visit SET form = x'00' RETURNING 1",
		"UPDATE intake SET wire = zeroblob(5000) RETURNING 1",
		"UPDATE intake SET wire = x'' RETURNING 1",
		"UPDATE ticket SET wire_hash = x'00' RETURNING 1",
		"DELETE FROM ticket RETURNING 1",
	};

	server_need_file(); /* zeroblob() is SQLite's */
	for (size_t i = 0; i < COUNT(spoils); i++) {
		struct office *office;
		enum visit_acted answer = VISIT_ACTED;
		struct visit_basis basis;
		enum visit_found found;
		int64_t id;

		assert_int_equal(open_office(state), 0);
		office = *state;
		id = sample_file(office->record, &office->sample);
		(void)ask_sql(office, spoils[i]);
		if (i == 0)
			assert_int_equal(visit_basis_read(office->record, id,
							  &found, &basis),
					 FAULT_STORE);
		else
			assert_int_equal(visit_unfile(office->record, id,
						      &sample_sam, SAMPLE_NOON,
						      &answer),
					 FAULT_STORE);
		/* Nothing went, and the record goes on. */
		assert_int_equal(ask_sql(office, "SELECT count(*) FROM visit"),
				 1);
		assert_int_equal(
		    ask_sql(office, "SELECT count(*) FROM ticket_held"), 0);
		assert_int_equal(
		    act(office, id, VISIT_CALL, &sample_sam, SAMPLE_NOON),
		    VISIT_ACTED);
		close_office(state);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_and_values_answer_to_each_other),
		cmocka_unit_test(midnight_is_the_zones_own),
		IN_OFFICE(a_visit_goes_from_waiting_to_ended),
		IN_OFFICE(
		    an_override_needs_a_reason_and_keeps_the_computed_level),
		IN_OFFICE(the_last_act_is_undone_by_who_did_it),
		IN_OFFICE(not_this_person_gives_the_ticket_back),
		IN_OFFICE(no_call_for_help_goes_with_its_ticket),
		IN_OFFICE(a_visit_somebody_acted_on_stays),
		IN_OFFICE(rules_and_facts_come_back_in_order),
		IN_OFFICE(kept_answers_stay),
		IN_OFFICE(answers_not_kept_go_at_the_end_of_the_visit),
		IN_OFFICE(answers_of_today_go_at_local_midnight),
		IN_OFFICE(
		    a_worker_may_confirm_keeping_unless_the_answer_was_no),
		IN_OFFICE(
		    a_ticket_kept_aside_past_its_day_is_filed_without_answers),
		IN_OFFICE(withdrawing_erases_at_once),
		IN_OFFICE(too_many_fields_are_refused),
		cmocka_unit_test(
		    a_row_of_the_wrong_length_is_damage_and_no_crash),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
