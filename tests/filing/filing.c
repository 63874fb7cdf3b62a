#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "filing/filing.h"
#include "filing/inside.h"
#include "record/alert.h"
#include "record/enrolled.h"
#include "record/queue.h"
#include "record/ticket.h"
#include "tests/support/agency.h"
#include "tests/support/folder.h"
#include "tests/support/logged.h"
#include "tests/support/sample.h"
#include "ticket/frame.h"

static const struct agency_answer selam[] = {
	{ "/data/language", "ti" },
	{ "/data/name", "ሰላም" },
	{ "/data/wait", "OK" },
	{ "/data/needs", "HOU FOO" },
	{ "/data/first", "FOO" },
	{ "/data/age", "30" },
	{ "/data/child", "" },
	{ "/data/child", "" },
	{ "/data/child[1]/birth", "2020-02-29" },
	{ "/data/child[2]/birth", "2024-12-31" },
};

static struct filing_ticket scan_at(struct agency *agency, const char *digits,
				    int64_t now)
{
	struct filing_ticket ticket;

	assert_int_equal(
	    filing_scan(agency->filing, digits, &sample_sam, now, &ticket),
	    FAULT_NONE);
	return ticket;
}

/* Scans, and expects a status; whether it was kept aside comes back. */
static bool expect(struct agency *agency, const char *digits,
		   enum filing_status status)
{
	struct filing_ticket ticket = scan_at(agency, digits, AGENCY_NOON);
	bool aside = ticket.kept_aside;

	assert_string_equal(filing_status_word(ticket.status),
			    filing_status_word(status));
	filing_ticket_done(&ticket);
	return aside;
}

static size_t count_held(struct agency *agency, const char *reason)
{
	struct held *held;
	size_t count, same = 0;

	assert_int_equal(held_read(agency->record, &held, &count), FAULT_NONE);
	for (size_t i = 0; i < count; i++)
		same += !strcmp(held[i].reason, reason);
	free(held);
	return same;
}

static size_t count_waiting(struct agency *agency)
{
	struct queue queue;
	size_t count;

	assert_int_equal(
	    queue_read(agency->record, QUEUE_WAITING, AGENCY_NOON, 0, &queue),
	    FAULT_NONE);
	count = queue.count;
	queue_done(&queue);
	return count;
}

/* --- good tickets --------------------------------------------------------- */

static void a_good_ticket_becomes_a_visit(void **state)
{
	struct agency *agency = *state;
	SCOPED(char_freep)
	char *digits = agency_ticket(agency, 412, 0, selam, COUNT(selam));
	struct filing_ticket ticket = scan_at(agency, digits, AGENCY_NOON);
	struct visit visit;
	enum visit_found found;

	assert_int_equal(ticket.status, FILING_FILED);
	assert_string_equal(ticket.number, "K7-0412");
	assert_int_equal(ticket.level, VISIT_U4);
	assert_int_equal(ticket.keep, VISIT_KEEP_KEPT);
	assert_int_equal(ticket.issued, AGENCY_NOON);
	assert_string_equal(ticket.tags, "LANG:ti");
	assert_string_equal(ticket.language, "ti");
	assert_false(ticket.quiet);
	assert_false(ticket.old);
	assert_int_equal(ticket.reason_count, 1);
	assert_string_equal(ticket.reasons[0].rule, "T2");
	assert_string_equal(ticket.reasons[0].reason[0], "Needs: HOU FOO");
	assert_string_equal(ticket.reasons[0].reason[1], "Besoins : HOU FOO");
	assert_int_equal(
	    visit_read(agency->record, ticket.visit, &found, &visit),
	    FAULT_NONE);
	assert_int_equal(found, VISIT_FOUND);
	assert_string_equal(visit.number, "K7-0412");
	assert_int_equal(visit.level, VISIT_U4);
	assert_string_equal(visit.language, "ti");
	visit_done(&visit);
	filing_ticket_done(&ticket);
}

static void the_submission_is_kept_with_the_tickets_own_id(void **state)
{
	struct agency *agency = *state;
	SCOPED(char_freep)
	char *digits = agency_ticket(agency, 412, 0, selam, COUNT(selam));
	struct filing_ticket ticket = scan_at(agency, digits, AGENCY_NOON);
	struct bytes kept = { 0 };
	char id[WIRE_INSTANCE_BYTES];
	enum visit_found found;

	assert_int_equal(visit_submission(agency->record, ticket.visit,
					  &sample_sam, AGENCY_NOON, VISIT_SHOWN,
					  &found, &kept),
			 FAULT_NONE);
	assert_string_equal(kept.data, filing_submission(&ticket)->data);
	wire_instance_id(ticket.wire_hash, id);
	assert_non_null(strstr((char *)kept.data, id));
	assert_non_null(strstr((char *)kept.data, "<birth>2024-12-31</birth>"));
	/* today() is the day it was issued, where the kiosk stands. */
	assert_non_null(strstr((char *)kept.data, "<today>2026-06-21</today>"));
	bytes_done(&kept);
	filing_ticket_done(&ticket);
}

static void list_fact(void *to, const char *field, const char *value,
		      const char *source)
{
	bytes_add_format(to, "%s=%s (%s);", field, value, source);
}

static void list_act(void *to, const struct record_audit *row)
{
	bytes_add_format(to, "%s;", row->act);
}

static void fields_to_save_are_facts_the_person_told(void **state)
{
	struct agency *agency = *state;
	SCOPED(char_freep)
	char *digits = agency_ticket(agency, 412, 0, selam, COUNT(selam));
	struct filing_ticket ticket = scan_at(agency, digits, AGENCY_NOON);
	struct bytes facts = { 0 };

	assert_int_equal(
	    visit_facts(agency->record, ticket.visit, list_fact, &facts),
	    FAULT_NONE);
	assert_string_equal(facts.data,
			    "latin_name=ሰላም (self);first_need=FOO (self);");
	bytes_done(&facts);
	filing_ticket_done(&ticket);
}

static void assert_answers(const struct filing_answers *answers,
			   const char *wanted)
{
	struct bytes list = { 0 };

	for (size_t i = 0; i < answers->count; i++)
		bytes_add_format(&list, "%s|%s|%s|%s%s\n",
				 answers->rows[i].name, answers->rows[i].label,
				 answers->rows[i].value, answers->rows[i].raw,
				 answers->rows[i].hidden ? "|hidden" : "");
	assert_string_equal(list.data, wanted);
	bytes_done(&list);
}

static void answers_show_in_the_staffs_language(void **state)
{
	static const char english[] =
	    "name|Your name|ሰላም|ሰላም\n"
	    "wait|Can you wait?|Yes, I can wait|OK|hidden\n"
	    "needs|What do you need?|A place to live, Food and clothes|HOU "
	    "FOO\n"
	    "first|Which one first?|Food and clothes|FOO\n"
	    "age|How old are you?|30|30\n"
	    "birth|A child's birthday|2020-02-29|2020-02-29\n"
	    "birth|A child's birthday|2024-12-31|2024-12-31\n";
	static const char french[] =
	    "name|Votre nom|ሰላም|ሰላም\n"
	    "wait|Pouvez-vous attendre ?|Oui, je peux attendre|OK|hidden\n"
	    "needs|De quoi avez-vous besoin ?|Un logement, De la nourriture "
	    "et des vêtements|HOU FOO\n"
	    "first|Quoi en premier ?|De la nourriture et des vêtements|FOO\n"
	    "age|Quel âge avez-vous ?|30|30\n"
	    "birth|La date de naissance d’un enfant|2020-02-29|2020-02-29\n"
	    "birth|La date de naissance d’un enfant|2024-12-31|2024-12-31\n";
	struct agency *agency = *state;
	SCOPED(char_freep)
	char *digits = agency_ticket(agency, 412, 0, selam, COUNT(selam));
	struct filing_ticket ticket = scan_at(agency, digits, AGENCY_NOON);
	struct filing_answers answers;
	enum visit_found found;

	assert_int_equal(filing_ticket_answers(&ticket, "en", &answers),
			 FAULT_NONE);
	assert_answers(&answers, english);
	assert_string_equal(answers.first_need, "Food and clothes");
	assert_string_equal(answers.name_latin, "ሰላም");
	assert_string_equal(answers.name_own, "");
	filing_answers_done(&answers);
	/* The same out of the record, later. */
	assert_int_equal(filing_visit_answers(agency->filing, ticket.visit,
					      "fr", &sample_ana, AGENCY_NOON,
					      &found, &answers),
			 FAULT_NONE);
	assert_int_equal(found, VISIT_FOUND);
	assert_answers(&answers, french);
	filing_answers_done(&answers);
	filing_ticket_done(&ticket);
}

static void the_first_need_is_told_without_a_view(void **state)
{
	static const char *const languages[] = { "en", "fr" };
	static const char *const needs[] = { "Food and clothes",
					     "De la nourriture et des "
					     "vêtements" };
	struct agency *agency = *state;
	SCOPED(char_freep)
	char *digits = agency_ticket(agency, 412, 0, selam, COUNT(selam));
	struct filing_ticket ticket = scan_at(agency, digits, AGENCY_NOON);
	struct bytes audit = { 0 };
	char *need;

	for (size_t i = 0; i < COUNT(needs); i++) {
		assert_int_equal(filing_first_need(agency->filing, ticket.visit,
						   languages[i], &need),
				 FAULT_NONE);
		assert_string_equal(need, needs[i]);
		free(need);
	}
	assert_int_equal(filing_first_need(agency->filing, 4711, "en", &need),
			 FAULT_NONE);
	assert_string_equal(need, "");
	free(need);
	assert_int_equal(record_audit_each(agency->record, 0, list_act, &audit),
			 FAULT_NONE);
	assert_null(strstr((char *)audit.data, "view"));
	bytes_done(&audit);
	filing_ticket_done(&ticket);
}

static void a_quiet_flag_raises_the_alert_at_the_scan(void **state)
{
	static const struct agency_answer unsafe[] = {
		{ "/data/wait", "UNSAFE" },
		{ "/data/age", "30" },
	};
	struct agency *agency = *state;
	SCOPED(char_freep)
	char *digits = agency_ticket(agency, 7, 0, unsafe, COUNT(unsafe));
	struct filing_ticket ticket = scan_at(agency, digits, AGENCY_NOON + 5);
	struct alert *alerts;
	size_t count;

	assert_int_equal(ticket.status, FILING_FILED);
	assert_int_equal(ticket.level, VISIT_U1);
	assert_true(ticket.quiet);
	assert_int_equal(alert_read(agency->record, &sample_sam, AGENCY_NOON,
				    &alerts, &count),
			 FAULT_NONE);
	assert_int_equal(count, 1);
	assert_int_equal(alerts->raised, AGENCY_NOON + 5);
	assert_string_equal(alerts->number, "K7-0007");
	free(alerts);
	filing_ticket_done(&ticket);
}

static void keep_no_is_known_by_form_or_cover(void **state)
{
	static const struct agency_answer nothing[] = {
		{ "/data/wait", "OK" },
	};
	struct agency *agency = *state;
	SCOPED(char_freep)
	char *digits = agency_ticket(agency, 7, 0, nothing, COUNT(nothing));
	struct filing_ticket ticket = scan_at(agency, digits, AGENCY_NOON);

	assert_int_equal(ticket.keep, VISIT_KEEP_NO);
	assert_string_equal(ticket.tags, "LANG:");
	filing_ticket_done(&ticket);
}

static void an_old_or_unsure_clock_only_warns(void **state)
{
	static const int64_t day = 24 * SAMPLE_HOUR;
	struct agency *agency = *state;
	SCOPED(char_freep)
	char *unsure = agency_ticket(agency, 1, PLAIN_CLOCK_UNSURE, selam, 3);
	SCOPED(char_freep)
	char *old = agency_ticket(agency, 2, PLAIN_MORE_TO_TELL, selam, 3);
	struct filing_ticket ticket =
	    scan_at(agency, unsure, AGENCY_NOON + 90 * day);

	assert_int_equal(ticket.status, FILING_FILED);
	assert_int_equal(ticket.issued, 0);
	assert_false(ticket.old);
	assert_false(ticket.more_to_tell);
	filing_ticket_done(&ticket);
	ticket = scan_at(agency, old, AGENCY_NOON + 30 * day);
	assert_int_equal(ticket.status, FILING_FILED);
	assert_true(ticket.old);
	assert_true(ticket.more_to_tell);
	filing_ticket_done(&ticket);
}

/* A kiosk lets a person go on who has nothing to choose from. */
static const char bare[] =
    "<h:html xmlns='http://www.w3.org/2002/xforms'"
    " xmlns:h='http://www.w3.org/1999/xhtml'><h:head><h:title>Bare</h:title>"
    "<model><instance><data id='bare' version='1'><name/><town/></data>"
    "</instance><instance id='l'><root xmlns=''><item><name>x</name></item>"
    "</root></instance><bind nodeset='/data/name' required='true()'/>"
    "<bind nodeset='/data/town' required='true()'/></model></h:head><h:body>"
    "<input ref='/data/name'><label>Name</label></input>"
    "<select1 ref='/data/town'><label>Town</label><itemset "
    "nodeset=\"instance('l')/root/item[name = 'none']\"><value ref='name'/>"
    "<label ref='name'/></itemset></select1></h:body></h:html>";

static void take_form(struct agency *agency, const char *name, const char *xml)
{
	SCOPED(char_freep)
	char *path = home_path(agency->home, HOME_FORMS, name);

	assert_int_equal(file_write(path, xml, strlen(xml), 0600), FAULT_NONE);
	slots_free(agency->slots);
	form_free(agency->form);
	assert_int_equal(form_read(path, NULL, &agency->form), FAULT_NONE);
	assert_int_equal(slots_new(agency->form, &agency->slots), FAULT_NONE);
}

static void what_nobody_could_answer_is_told_with_the_visit(void **state)
{
	static const struct agency_answer named[] = { { "/data/name",
							"Zanzibar" } };
	struct agency *agency = *state;
	struct filing_ticket ticket;
	enum visit_found found;
	struct visit visit;

	take_form(agency, "bare.xml", bare);
	SCOPED(char_freep)
	char *digits = agency_ticket(agency, 1, 0, named, COUNT(named));

	ticket = scan_at(agency, digits, AGENCY_NOON);
	assert_int_equal(ticket.status, FILING_FILED);
	assert_string_equal(ticket.blank, "town");
	assert_int_equal(
	    visit_read(agency->record, ticket.visit, &found, &visit),
	    FAULT_NONE);
	assert_int_equal(visit.source, VISIT_TICKET);
	assert_string_equal(visit.blank, "town");
	visit_done(&visit);
	filing_ticket_done(&ticket);
}

static void a_ticket_without_a_form_is_a_number(void **state)
{
	struct agency *agency = *state;
	uint8_t plain[128] = { PLAIN_FORMAT, PLAIN_NOT_KEPT };
	struct wire wire;
	char *digits;
	struct filing_ticket ticket;
	struct filing_answers answers;

	plain[14] = PLAIN_NO_LANGUAGE;
	wire = agency_wire(agency->key, agency->seed, agency->kiosk_key, 9,
			   plain, sizeof plain);
	digits = agency_digits(&wire, 9);
	ticket = scan_at(agency, digits, AGENCY_NOON);
	assert_int_equal(ticket.status, FILING_FILED);
	assert_int_equal(ticket.level, VISIT_NO_LEVEL);
	assert_int_equal(ticket.keep, VISIT_KEEP_NO);
	assert_null(filing_submission(&ticket));
	assert_int_equal(filing_ticket_answers(&ticket, "en", &answers),
			 FAULT_NONE);
	assert_int_equal(answers.count, 0);
	filing_answers_done(&answers);
	filing_ticket_done(&ticket);
	/* Anything behind the cover is no ticket of ours. */
	plain[20] = 1;
	wire = agency_wire(agency->key, agency->seed, agency->kiosk_key, 10,
			   plain, sizeof plain);
	free(digits);
	digits = agency_digits(&wire, 10);
	assert_true(expect(agency, digits, FILING_UNREADABLE));
	free(digits);
}

/* --- the same paper again ------------------------------------------------- */

static void a_second_scan_opens_the_same_visit(void **state)
{
	struct agency *agency = *state;
	SCOPED(char_freep)
	char *digits = agency_ticket(agency, 412, 0, selam, COUNT(selam));
	struct filing_ticket first = scan_at(agency, digits, AGENCY_NOON);
	struct filing_ticket again =
	    scan_at(agency, digits, AGENCY_NOON + SAMPLE_HOUR);

	assert_int_equal(again.status, FILING_ALREADY_FILED);
	assert_int_equal(again.visit, first.visit);
	assert_string_equal(again.filed_by, "Sam");
	assert_string_equal(again.filed_at, "2026-06-21T16:00:00.000Z");
	assert_int_equal(again.reason_count, 1);
	assert_int_equal(count_waiting(agency), 1);
	filing_ticket_done(&first);
	filing_ticket_done(&again);
}

static void an_erased_visits_paper_brings_nothing_back(void **state)
{
	static const struct agency_answer nothing[] = {
		{ "/data/wait", "UNSAFE" },
	};
	struct agency *agency = *state;
	SCOPED(char_freep)
	char *digits = agency_ticket(agency, 7, 0, nothing, COUNT(nothing));
	struct filing_ticket ticket = scan_at(agency, digits, AGENCY_NOON);
	enum visit_acted acted;
	int64_t id = ticket.visit;

	filing_ticket_done(&ticket);
	assert_int_equal(visit_act(agency->record, id, VISIT_END, VISIT_SERVED,
				   &sample_sam, AGENCY_NOON, &acted),
			 FAULT_NONE);
	ticket = scan_at(agency, digits, AGENCY_NOON);
	assert_int_equal(ticket.status, FILING_ALREADY_FILED);
	assert_int_equal(ticket.visit, id);
	assert_int_equal(ticket.level, VISIT_U1);
	assert_int_equal(ticket.keep, VISIT_KEEP_NO);
	assert_int_equal(ticket.reason_count, 0);
	assert_null(filing_submission(&ticket));
	filing_ticket_done(&ticket);
}

static void a_reused_number_is_the_counter_alarm(void **state)
{
	struct agency *agency = *state;
	SCOPED(char_freep)
	char *one = agency_ticket(agency, 412, 0, selam, COUNT(selam));
	SCOPED(char_freep)
	char *other = agency_ticket(agency, 412, 0, selam, 3);

	expect(agency, one, FILING_FILED);
	assert_true(expect(agency, other, FILING_CLONE_ALARM));
	assert_int_equal(count_held(agency, "clone-alarm"), 1);
	assert_int_equal(count_waiting(agency), 1);
}

/* --- everything that is not filed ----------------------------------------- */

static void other_barcodes_and_cut_scans_have_their_own_words(void **state)
{
	struct agency *agency = *state;
	SCOPED(char_freep)
	char *digits = agency_ticket(agency, 412, 0, selam, COUNT(selam));
	struct bytes card = { 0 };
	struct filing_ticket ticket;
	size_t whole = strlen(digits);

	assert_false(expect(agency, "", FILING_NOT_A_TICKET));
	assert_false(expect(agency, "9780306406157", FILING_NOT_A_TICKET));
	frame_write(FRAME_ENROLMENT, 0, "card", 4, &card);
	assert_false(expect(agency, (char *)card.data, FILING_NOT_A_TICKET));
	bytes_done(&card);
	digits[whole - 7] = 0;
	ticket = scan_at(agency, digits, AGENCY_NOON);
	assert_int_equal(ticket.status, FILING_INCOMPLETE);
	assert_int_equal(ticket.digits, whole - 7);
	assert_int_equal(ticket.digits_due, whole);
	filing_ticket_done(&ticket);
	assert_int_equal(count_waiting(agency), 0);
}

static void a_lost_or_doubled_digit_is_repaired(void **state)
{
	struct agency *agency = *state;
	SCOPED(char_freep)
	char *digits = agency_ticket(agency, 412, 0, selam, COUNT(selam));
	SCOPED(char_freep) char *doubled = NULL;
	size_t at = 200;

	doubled =
	    xasprintf("%.*s%c%s", (int)at, digits, digits[at], digits + at);
	memmove(digits + at, digits + at + 1, strlen(digits + at));
	expect(agency, digits, FILING_FILED);
	expect(agency, doubled, FILING_ALREADY_FILED);
}

static void a_changed_bit_is_never_taken(void **state)
{
	struct agency *agency = *state;
	uint8_t plain[WIRE_PLAIN_MAX];
	struct wire good;
	size_t length;

	agency_pack(agency, 0, AGENCY_NOON, selam, COUNT(selam), plain,
		    &length);
	good = agency_wire(agency->key, agency->seed, agency->kiosk_key, 412,
			   plain, length);
	for (size_t bit = 0; bit < good.length * 8; bit += 131) {
		struct wire bad = good;
		uint32_t seq;
		SCOPED(char_freep) char *digits = NULL;
		struct filing_ticket ticket;

		bad.bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
		seq = (uint32_t)bad.bytes[5] << 24 | bad.bytes[6] << 16 |
		      bad.bytes[7] << 8 | bad.bytes[8];
		digits = agency_digits(&bad, seq);
		ticket = scan_at(agency, digits, AGENCY_NOON);
		assert_int_not_equal(ticket.status, FILING_FILED);
		assert_false(ticket.kept_aside);
		assert_null(ticket.content);
		filing_ticket_done(&ticket);
	}
	assert_int_equal(count_waiting(agency), 0);
}

/* A second agency's ticket: first its kiosk is unknown, then its key. */
static void a_strangers_ticket_is_unknown_kiosk_then_other_agency(void **state)
{
	struct agency *agency = *state;
	struct agency other;
	char *digits;

	agency_init(&other, 0x55);
	digits = agency_ticket(&other, 412, 0, selam, COUNT(selam));
	assert_false(expect(agency, digits, FILING_UNKNOWN_KIOSK));
	assert_int_equal(count_held(agency, "unknown-kiosk"), 0);
	agency_enrol(agency, other.kiosk_key, "K8");
	assert_true(expect(agency, digits, FILING_OTHER_AGENCY));
	assert_int_equal(count_held(agency, "other-agency"), 1);
	free(digits);
	agency_done(&other);
}

/* The kiosk's own key id with another signature. */
/* The id on a ticket only chooses which keys are tried. */
static void of_two_keys_with_one_id_each_opens_its_tickets(void **state)
{
	static const uint8_t secret[KEY_BYTES] = { 0x00, 0x01, 0xCF,
						   0x9E, [31] = 0x40 };
	struct agency *agency = *state;
	struct agency_key *twin = agency_key_of_secret(secret, "", 0);
	const uint16_t id = key_id(KEY_AGENCY, agency->key);
	SCOPED(char_freep)
	char *own = agency_ticket(agency, 412, 0, selam, COUNT(selam));
	SCOPED(char_freep) char *twins = NULL;

	memcpy(agency->key, agency_key_public(twin), KEY_BYTES);
	assert_int_equal(key_id(KEY_AGENCY, agency->key), id);
	twins = agency_ticket(agency, 413, 0, selam, COUNT(selam));
	assert_true(expect(agency, twins, FILING_UNREADABLE));
	ring_add(agency->filing->ring, twin);
	expect(agency, own, FILING_FILED);
	expect(agency, twins, FILING_FILED);
}

static void a_forged_ticket_is_not_genuine(void **state)
{
	struct agency *agency = *state;
	uint8_t plain[128] = { PLAIN_FORMAT };
	struct wire wire =
	    agency_wire(agency->key, agency->seed, agency->kiosk_key, 3, plain,
			sizeof plain);
	SCOPED(char_freep) char *digits = NULL;

	wire.bytes[wire.length - 40] ^= 4;
	digits = agency_digits(&wire, 3);
	assert_false(expect(agency, digits, FILING_NOT_GENUINE));
}

static void a_revoked_kiosk_files_up_to_its_last_good(void **state)
{
	struct agency *agency = *state;
	SCOPED(char_freep)
	char *good = agency_ticket(agency, 412, 0, selam, COUNT(selam));
	SCOPED(char_freep)
	char *late = agency_ticket(agency, 413, 0, selam, COUNT(selam));
	enum enrolled_answer answer;

	assert_int_equal(enrolled_revoke(agency->record, agency->kiosk_key, 412,
					 &sample_sam, AGENCY_NOON, &answer),
			 FAULT_NONE);
	expect(agency, good, FILING_FILED);
	assert_true(expect(agency, late, FILING_REVOKED));
	assert_int_equal(count_held(agency, "revoked"), 1);
}

static void what_does_not_decode_is_kept_aside(void **state)
{
	static const struct {
		size_t at;
		uint8_t byte;
		enum filing_status status;
	} cases[] = {
		{ 0, 0x02, FILING_UNKNOWN_FORM }, /* a newer format */
		{ 1, 0x10, FILING_UNKNOWN_FORM }, /* a newer flag */
		{ 6, 0xEE, FILING_UNKNOWN_FORM }, /* another form */
		{ 15, 0x7F, FILING_UNREADABLE },  /* no such question */
		{ 127, 0x01, FILING_UNREADABLE }, /* after the end */
	};
	struct agency *agency = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		uint8_t plain[WIRE_PLAIN_MAX];
		SCOPED(char_freep) char *digits = NULL;
		struct wire wire;
		size_t length;

		agency_pack(agency, 0, AGENCY_NOON, selam, 3, plain, &length);
		plain[cases[i].at] = cases[i].byte;
		wire = agency_wire(agency->key, agency->seed, agency->kiosk_key,
				   20 + (uint32_t)i, plain, length);
		digits = agency_digits(&wire, 20 + (uint32_t)i);
		assert_true(expect(agency, digits, cases[i].status));
	}
	assert_int_equal(count_held(agency, "unknown-form"), 3);
	assert_int_equal(count_held(agency, "unreadable"), 2);
	assert_int_equal(count_waiting(agency), 0);
}

static void a_test_ticket_shows_and_is_never_filed(void **state)
{
	struct agency *agency = *state;
	SCOPED(char_freep)
	char *digits =
	    agency_ticket(agency, 412, PLAIN_TEST, selam, COUNT(selam));
	struct filing_ticket ticket = scan_at(agency, digits, AGENCY_NOON);

	assert_int_equal(ticket.status, FILING_TEST);
	assert_int_equal(ticket.reason_count, 1);
	assert_non_null(filing_submission(&ticket));
	filing_ticket_done(&ticket);
	assert_false(expect(agency, digits, FILING_TEST));
	assert_int_equal(count_waiting(agency), 0);
}

/* --- kept aside, and tried again ------------------------------------------ */

static size_t retry(struct agency *agency, int64_t now)
{
	size_t filed;

	assert_int_equal(filing_retry(agency->filing, &sample_sam, now, &filed),
			 FAULT_NONE);
	return filed;
}

static void a_locked_desk_keeps_tickets_until_it_is_unlocked(void **state)
{
	struct agency *agency = *state;
	SCOPED(char_freep)
	char *digits = agency_ticket(agency, 412, 0, selam, COUNT(selam));
	SCOPED(char_freep)
	char *test = agency_ticket(agency, 413, PLAIN_TEST, selam, 3);
	enum filing_unlock unlock;
	struct queue queue;

	filing_lock(agency->filing);
	assert_true(filing_locked(agency->filing));
	assert_true(expect(agency, digits, FILING_LOCKED));
	assert_true(expect(agency, test, FILING_LOCKED));
	assert_int_equal(retry(agency, AGENCY_NOON), 0);
	assert_int_equal(filing_unlock(agency->filing, "wrong", &unlock),
			 FAULT_NONE);
	assert_int_equal(unlock, FILING_WRONG_PASSPHRASE);
	assert_true(filing_locked(agency->filing));
	assert_int_equal(
	    filing_unlock(agency->filing, AGENCY_PASSPHRASE, &unlock),
	    FAULT_NONE);
	assert_int_equal(unlock, FILING_UNLOCKED);
	assert_int_equal(retry(agency, AGENCY_NOON + SAMPLE_HOUR), 1);
	assert_int_equal(count_held(agency, "locked"), 0);
	assert_int_equal(count_held(agency, "test"), 0);
	/* It came when it was scanned, not when the desk was unlocked. */
	assert_int_equal(queue_read(agency->record, QUEUE_WAITING,
				    AGENCY_NOON + SAMPLE_HOUR, 0, &queue),
			 FAULT_NONE);
	assert_int_equal(queue.count, 1);
	assert_int_equal(queue.rows[0].arrived, AGENCY_NOON);
	queue_done(&queue);
	assert_int_equal(retry(agency, AGENCY_NOON + SAMPLE_HOUR), 0);
}

static void an_imported_form_reads_what_waited_for_it(void **state)
{
	struct agency *agency = *state;
	struct agency other;
	SCOPED(char_freep) char *there = NULL;
	SCOPED(char_freep) char *elsewhere = NULL;
	struct bytes xml = { 0 };
	uint8_t plain[WIRE_PLAIN_MAX];
	struct wire wire;
	size_t length;
	char *digits;

	/* The same kiosk, with next week's version of the form. */
	other = *agency;
	there = folder_file(agency->folder, "forms/visit.xml");
	elsewhere = folder_file(agency->folder, "visit.xml");
	assert_int_equal(file_read(there, FORM_BYTES_LIMIT, &xml), FAULT_NONE);
	bytes_add_text(&xml, "");
	memcpy(strstr((char *)xml.data, "version=\"1\""), "version=\"2\"", 11);
	assert_int_equal(file_write(elsewhere, xml.data, xml.length, 0600),
			 FAULT_NONE);
	assert_int_equal(form_read(elsewhere, NULL, &other.form), FAULT_NONE);
	assert_int_equal(slots_new(other.form, &other.slots), FAULT_NONE);
	agency_pack(&other, 0, AGENCY_NOON, selam, 3, plain, &length);
	wire = agency_wire(agency->key, agency->seed, agency->kiosk_key, 5,
			   plain, length);
	digits = agency_digits(&wire, 5);
	assert_true(expect(agency, digits, FILING_UNKNOWN_FORM));
	assert_int_equal(retry(agency, AGENCY_NOON), 0);
	assert_int_equal(filing_import_form(agency->filing, elsewhere),
			 FAULT_NONE);
	assert_int_equal(retry(agency, AGENCY_NOON), 1);
	expect(agency, digits, FILING_ALREADY_FILED);
	free(digits);
	slots_free(other.slots);
	form_free(other.form);
	bytes_done(&xml);
}

static void a_form_that_was_replaced_still_reads_its_tickets(void **state)
{
	struct agency *agency = *state;
	SCOPED(char_freep)
	char *path = folder_file(agency->folder, "forms/visit.xml");
	SCOPED(char_freep)
	char *digits = agency_ticket(agency, 412, 0, selam, COUNT(selam));
	enum filing_unlock unlock;

	assert_int_equal(file_remove(path), FAULT_NONE);
	filing_free(agency->filing);
	assert_int_equal(
	    filing_open(agency->home, agency->record, &agency->filing),
	    FAULT_NONE);
	assert_int_equal(
	    filing_unlock(agency->filing, AGENCY_PASSPHRASE, &unlock),
	    FAULT_NONE);
	expect(agency, digits, FILING_FILED);
}

static void a_broken_form_stops_nobody(void **state)
{
	static const char broken[] = "<h:html><!DOCTYPE x>";
	struct agency *agency = *state;
	SCOPED(char_freep)
	char *path = folder_file(agency->folder, "forms/broken.xml");
	SCOPED(char_freep)
	char *digits = agency_ticket(agency, 412, 0, selam, COUNT(selam));
	enum filing_unlock unlock;

	assert_int_equal(file_write(path, broken, strlen(broken), 0600),
			 FAULT_NONE);
	filing_free(agency->filing);
	assert_int_equal(
	    filing_open(agency->home, agency->record, &agency->filing),
	    FAULT_NONE);
	assert_non_null(strstr(logged(), "broken.xml"));
	assert_int_equal(
	    filing_unlock(agency->filing, AGENCY_PASSPHRASE, &unlock),
	    FAULT_NONE);
	expect(agency, digits, FILING_FILED);
}

static void staff_may_keep_an_unknown_kiosks_ticket(void **state)
{
	struct agency *agency = *state;
	uint8_t seed[32], key[32], plain[WIRE_PLAIN_MAX];
	SCOPED(char_freep) char *digits = NULL;
	struct filing_ticket ticket;
	struct wire wire;
	size_t length;

	agency_kiosk(0x77, seed, key);
	agency_pack(agency, 0, AGENCY_NOON, selam, 3, plain, &length);
	wire = agency_wire(agency->key, seed, key, 5, plain, length);
	digits = agency_digits(&wire, 5);
	ticket = scan_at(agency, digits, AGENCY_NOON);
	assert_int_equal(ticket.status, FILING_UNKNOWN_KIOSK);
	assert_false(ticket.kept_aside);
	assert_int_equal(filing_keep_aside(agency->filing, &sample_sam,
					   AGENCY_NOON, &ticket),
			 FAULT_NONE);
	assert_true(ticket.kept_aside);
	filing_ticket_done(&ticket);
	assert_int_equal(count_held(agency, "unknown-kiosk"), 1);
	assert_int_equal(retry(agency, AGENCY_NOON), 0);
	agency_enrol(agency, key, "K9");
	assert_int_equal(retry(agency, AGENCY_NOON), 1);
	assert_int_equal(count_held(agency, "unknown-kiosk"), 0);
}

static void count_row(void *to, const struct record_audit *row)
{
	(void)row;
	++*(size_t *)to;
}

static void trying_again_in_vain_writes_nothing(void **state)
{
	struct agency *agency = *state;
	SCOPED(char_freep) char *digits = agency_ticket(agency, 4, 0, selam, 3);
	size_t before = 0, after = 0;

	filing_lock(agency->filing);
	expect(agency, digits, FILING_LOCKED);
	assert_int_equal(
	    record_audit_each(agency->record, 0, count_row, &before),
	    FAULT_NONE);
	retry(agency, AGENCY_NOON);
	expect(agency, digits, FILING_LOCKED);
	assert_int_equal(
	    record_audit_each(agency->record, 0, count_row, &after),
	    FAULT_NONE);
	assert_int_equal(before, after);
}

/* A key is not opened: why, each with its own answer. */
static void why_no_key_opens_is_told_apart(void **state)
{
	static const struct {
		const char *content; /* of the only key file; NULL: none */
		enum filing_unlock answer;
	} rows[] = {
		{ "x", FILING_KEY_DAMAGED },
		{ "", FILING_KEY_DAMAGED },
		{ NULL, FILING_NO_KEY },
	};
	struct agency *agency = *state;
	SCOPED(char_freep)
	char *key = folder_file(agency->folder, "keys/agency.key");
	enum filing_unlock unlock;

	filing_lock(agency->filing);
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_int_equal(file_remove(key), FAULT_NONE);
		if (rows[i].content)
			assert_int_equal(file_write(key, rows[i].content,
						    strlen(rows[i].content),
						    0600),
					 FAULT_NONE);
		assert_int_equal(
		    filing_unlock(agency->filing, AGENCY_PASSPHRASE, &unlock),
		    FAULT_NONE);
		assert_int_equal(unlock, rows[i].answer);
		assert_true(filing_locked(agency->filing));
	}
}

/* A pasted passphrase has a blank or a line's end to it. */
static void blanks_around_and_between_the_words_do_not_matter(void **state)
{
	struct agency *agency = *state;
	SCOPED(char_freep)
	char *around = xasprintf("  %s \n", AGENCY_PASSPHRASE);
	SCOPED(char_freep) char *endless = xcalloc(1, 5000);
	enum filing_unlock unlock;

	filing_lock(agency->filing);
	memset(endless, 'a', 4999);
	assert_int_equal(filing_unlock(agency->filing, endless, &unlock),
			 FAULT_NONE);
	assert_int_equal(unlock, FILING_WRONG_PASSPHRASE);
	assert_int_equal(filing_unlock(agency->filing, around, &unlock),
			 FAULT_NONE);
	assert_int_equal(unlock, FILING_UNLOCKED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_AGENCY(a_good_ticket_becomes_a_visit),
		WITH_AGENCY(the_submission_is_kept_with_the_tickets_own_id),
		WITH_AGENCY(fields_to_save_are_facts_the_person_told),
		WITH_AGENCY(answers_show_in_the_staffs_language),
		WITH_AGENCY(the_first_need_is_told_without_a_view),
		WITH_AGENCY(a_quiet_flag_raises_the_alert_at_the_scan),
		WITH_AGENCY(keep_no_is_known_by_form_or_cover),
		WITH_AGENCY(an_old_or_unsure_clock_only_warns),
		WITH_AGENCY(what_nobody_could_answer_is_told_with_the_visit),
		WITH_AGENCY(a_ticket_without_a_form_is_a_number),
		WITH_AGENCY(a_second_scan_opens_the_same_visit),
		WITH_AGENCY(an_erased_visits_paper_brings_nothing_back),
		WITH_AGENCY(a_reused_number_is_the_counter_alarm),
		WITH_AGENCY(other_barcodes_and_cut_scans_have_their_own_words),
		WITH_AGENCY(a_lost_or_doubled_digit_is_repaired),
		WITH_AGENCY(a_changed_bit_is_never_taken),
		WITH_AGENCY(
		    a_strangers_ticket_is_unknown_kiosk_then_other_agency),
		WITH_AGENCY(of_two_keys_with_one_id_each_opens_its_tickets),
		WITH_AGENCY(a_forged_ticket_is_not_genuine),
		WITH_AGENCY(a_revoked_kiosk_files_up_to_its_last_good),
		WITH_AGENCY(what_does_not_decode_is_kept_aside),
		WITH_AGENCY(a_test_ticket_shows_and_is_never_filed),
		WITH_AGENCY(a_locked_desk_keeps_tickets_until_it_is_unlocked),
		WITH_AGENCY(an_imported_form_reads_what_waited_for_it),
		WITH_AGENCY(a_form_that_was_replaced_still_reads_its_tickets),
		WITH_AGENCY(a_broken_form_stops_nobody),
		WITH_AGENCY(staff_may_keep_an_unknown_kiosks_ticket),
		WITH_AGENCY(trying_again_in_vain_writes_nothing),
		WITH_AGENCY(why_no_key_opens_is_told_apart),
		WITH_AGENCY(blanks_around_and_between_the_words_do_not_matter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
