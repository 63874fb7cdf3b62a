#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/data.h"
#include "base/memory.h"
#include "record/assign.h"
#include "record/meeting.h"
#include "record/people_visit.h"
#include "record/sponsor.h"
#include "report/read_matrix.h"
#include "tests/support/case.h"
#include "tests/support/intake.h"
#include "tests/support/sample.h"
#include "tests/test.h"

/* The sponsor's path, from an awaited family to one that is a year here. */

static void expect_list(struct book *book, const char *name, size_t rows,
			const char *first)
{
	SCOPED(char_freep) char *text = NULL;

	assert_int_equal(case_list(book, name, &text), rows);
	if (first && !strstr(text, first))
		fail_msg("%s: %s is not in %s", name, first, text);
}

static struct path path_of(struct book *book, const struct sponsored *it)
{
	struct path path;

	assert_int_equal(
	    sponsor_path(book->record, it->sponsorship, CASE_TODAY, &path),
	    FAULT_NONE);
	return path;
}

static void
row_18_a_meeting_before_arrival_is_held_without_the_newcomer(void **state)
{
	struct book *book = *state;
	struct sponsored it;
	enum entity_answer answer;
	int64_t pre, person;
	SCOPED(char_freep) char *household = NULL;
	SCOPED(char_freep) char *resources = NULL;

	/* Nobody is here, and the case is. */
	case_await(book, "2026-12-10", &it);
	household =
	    book_value(book, "sponsorship", it.sponsorship, "household");
	assert_string_equal(household, "");
	expect_list(book, "pre-missing", 1, "St Invented Parish");
	pre = case_meeting(book, &it, "PRE", "2026-11-20");
	assert_int_equal(meeting_attend(book->record, pre, "newcomer", true,
					&book_sam, BOOK_NOW, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_WRONG);
	book_change(book, "meeting", pre, "agenda", "who does what");
	book_change(book, "meeting", pre, "resources", "Sponsor handbook");
	case_party(book, pre, "sponsor", true);
	case_party(book, pre, "worker", true);
	assert_int_equal(book_move(book, "meeting", pre, "held"), ENTITY_DONE);
	expect_list(book, "pre-missing", 0, NULL);
	assert_int_equal(path_of(book, &it).steps[PATH_PRE].state, PATH_DONE);

	/* The person is attached on arrival, to all that was prepared. */
	person = book_make(book, "person", "language", "ti", NULL);
	assert_int_equal(sponsor_arrive(book->record, it.sponsorship, 0, person,
					CASE_TODAY, &book_sam, BOOK_NOW,
					&answer),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
	free(household);
	household = book_value(book, "meeting", pre, "household");
	assert_string_not_equal(household, "");
	resources = book_value(book, "meeting", pre, "resources");
	assert_string_equal(resources, "Sponsor handbook");
	expect_list(book, "expected-arrivals", 0, NULL);
}

/* What the kiosk's form says of somebody sponsored who came so long ago. */
static bool kiosk_asks_for_post(const char *arrived, const char *met)
{
	SCOPED(run_freep) struct run *run = intake_run();
	SCOPED(char_freep) char *rules = NULL;

	intake_answer(run, "A1", "en");
	intake_answer(run, "A3", "SELF");
	intake_answer(run, "A4", "NO");
	intake_answer(run, "B1", "YES");
	intake_answer(run, "E2", "RES_PRV");
	intake_answer(run, "E3", "SAH");
	intake_answer(run, "E1", arrived);
	intake_answer(run, "E5", met);
	rules = intake_rules(run);
	return strstr(rules, "T309") != NULL;
}

static void row_19_a_joint_meeting_has_three_parties_and_is_missed_as_t309_says(
    void **state)
{
	static const struct {
		const char *arrived, *kiosk;
		bool met;
	} cases[] = {
		{ "2026-11-01", "M1", false },  { "2026-11-01", "M1", true },
		{ "2026-06-20", "M6", false },  { "2026-06-20", "M6", true },
		{ "2026-03-01", "M12", false }, { "2026-03-01", "M12", true },
	};
	struct book *book = *state;
	struct sponsored it;
	size_t missing = 0;
	int64_t post;
	bool complete;

	for (size_t i = 0; i < COUNT(cases); i++) {
		case_arrive(book, cases[i].arrived, &it);
		if (cases[i].met)
			(void)case_held(book, &it, "POST", CASE_TODAY);
		assert_int_equal(
		    path_of(book, &it).post_missing,
		    kiosk_asks_for_post(cases[i].kiosk,
					cases[i].met ? "YES" : "NO"));
		missing += path_of(book, &it).post_missing;
	}
	assert_int_equal(missing, 2);
	expect_list(book, "post-overdue", missing, "2026-06-20|2026-07-20");

	case_arrive(book, "2026-06-01", &it);
	post = case_meeting(book, &it, "POST", "2026-06-20");
	case_party(book, post, "newcomer", true);
	case_party(book, post, "worker", true);
	assert_int_equal(book_move(book, "meeting", post, "held"),
			 ENTITY_WRONG); /* and the sponsor? */
	case_party(book, post, "sponsor", true);
	book_change(book, "meeting", post, "checklist", MEETING_CHECKS);
	assert_int_equal(book_move(book, "meeting", post, "held"), ENTITY_DONE);
	assert_int_equal(meeting_is_complete(book->record, post, &complete),
			 FAULT_NONE);
	assert_true(complete);
	assert_true(path_of(book, &it).connection_complete);
}

static int64_t a_task(struct book *book, const struct sponsored *it,
		      const char *task, const char *owners)
{
	SCOPED(char_freep) char *id = case_id(it->sponsorship);

	return book_make(book, "responsibility", "sponsorship", id, "task",
			 task, "owners", owners, "agreed_on", "2026-11-01",
			 "due", "2026-12-01", NULL);
}

/* All that stands on a page, in both languages. */
static char *text_of(const struct page *page)
{
	const struct page_block *block;
	struct bytes text = { 0 };

	for (size_t i = 0; (block = page_block(page, i)); i++) {
		for (size_t j = 0; j < block->count; j++)
			bytes_add_format(&text, "%s|%s|%s\n",
					 block->texts[j].own ?: "",
					 block->texts[j].staff ?: "",
					 block->texts[j].typed ?: "");
	}
	return bytes_take_text(&text);
}

/* The matrix as a printed page: its text. */
static char *page_of(struct book *book, const struct sponsored *it)
{
	SCOPED(char_freep) char *shipped = data_path("translations");
	SCOPED(tongues_freep) struct tongues *tongues = NULL;
	SCOPED(catalogue_freep) struct catalogue *words = catalogue_new("en");
	SCOPED(page_freep) struct page *page = NULL;
	const struct tongues_options options = {
		.shipped = shipped, .drafts = "fr", .own = "fr", .staff = "en"
	};
	struct about about = { .agency = "Made up", .day = CASE_TODAY };
	struct wording wording = { book->record, words, &book_sam };

	assert_int_equal(tongues_open(&options, &tongues), FAULT_NONE);
	assert_int_equal(catalogue_add_family(words, shipped, "desk"),
			 FAULT_NONE);
	about.tongues = tongues;
	assert_int_equal(
	    read_matrix(&about, &wording, it->sponsorship, BOOK_NOW, &page),
	    FAULT_NONE);
	assert_non_null(page);
	return text_of(page);
}

static void row_20_roles_are_divided_on_one_page_in_two_languages(void **state)
{
	struct book *book = *state;
	struct sponsored it;
	struct matrix matrix;
	SCOPED(char_freep) char *page = NULL;
	static const char *const said[] = {
		"Qui fait quoi",      "Who does what",      "Bank account",
		"St Invented Parish", "Diocese of Made Up", "Sam",
	};

	case_arrive(book, "2026-10-01", &it);
	(void)a_task(book, &it, "bank", "sponsor");
	(void)a_task(book, &it, "bank", "worker");
	assert_int_equal(sponsor_matrix(book->record, it.sponsorship,
					MATRIX_OURS, CASE_TODAY, &book_sam,
					&matrix),
			 FAULT_NONE);
	assert_int_equal(matrix.count, 2);
	assert_int_equal(matrix.rows[0].doubts, TASK_TWICE);
	assert_int_equal(matrix.rows[1].doubts, TASK_TWICE);
	matrix_done(&matrix);

	page = page_of(book, &it);
	for (size_t i = 0; i < COUNT(said); i++) {
		if (!strstr(page, said[i]))
			fail_msg("%s is not on the page:\n%s", said[i], page);
	}
}

static void row_21_what_is_done_twice_or_by_nobody_is_found(void **state)
{
	struct book *book = *state;
	struct sponsored it;
	int64_t orientation;
	SCOPED(char_freep) char *event = NULL;
	SCOPED(char_freep) char *group = NULL;

	case_arrive(book, "2026-10-01", &it);
	(void)a_task(book, &it, "health", "sponsor worker");
	(void)a_task(book, &it, "school", NULL);
	(void)a_task(book, &it, "bank", "sponsor");
	(void)a_task(book, &it, "bank", "SAH");
	expect_list(book, "tasks-with-two-owners", 3, "bank");
	expect_list(book, "tasks-without-owner", 1, "school");

	/* Neither the group nor its SAH was ever asked to anything. */
	expect_list(book, "sponsors-never-invited", 2, "Diocese of Made Up");
	orientation = book_make(book, "event", "what", "orientation", "topic",
				"Settling in", "day", "2026-11-30", NULL);
	event = case_id(orientation);
	group = case_id(it.sah);
	(void)book_make(book, "event_party", "event", event, "sponsor_group",
			group, "invited_on", CASE_TODAY, NULL);
	expect_list(book, "sponsors-never-invited", 1, "St Invented Parish");
	(void)case_held(book, &it, "POST", "2026-11-10");
	expect_list(book, "sponsors-never-invited", 0, NULL);
}

static unsigned bars_to(struct book *book, const struct sponsored *it,
			int64_t to, const char *scope)
{
	const struct share share = { it->sponsorship, it->mother, to, scope };
	unsigned bars;

	assert_int_equal(
	    sponsor_may_share(book->record, &share, CASE_TODAY, &bars),
	    FAULT_NONE);
	return bars;
}

static void row_22_a_sah_is_an_equal_party_within_what_was_agreed(void **state)
{
	static const char *const whats[] = { "SAH", "CG", "G5", "CS", "COSP" };
	struct book *book = *state;
	struct sponsored it;
	SCOPED(char_freep) char *parent = NULL;
	SCOPED(char_freep) char *representative = NULL;
	SCOPED(char_freep) char *sah = NULL;
	int64_t post;

	case_arrive(book, "2026-10-01", &it);
	for (size_t i = 0; i < COUNT(whats); i++)
		(void)book_make(book, "sponsor_group", "what", whats[i], "name",
				whats[i], NULL);
	parent = book_value(book, "sponsor_group", it.group, "parent");
	sah = case_id(it.sah);
	assert_string_equal(parent, sah);
	representative =
	    book_value(book, "sponsor_group", it.group, "representative");
	assert_string_equal(representative, "Pat Example");

	/* It stands in for the sponsor at the table. */
	post = case_meeting(book, &it, "POST", "2026-11-01");
	case_party(book, post, "newcomer", true);
	case_party(book, post, "worker", true);
	case_party(book, post, "SAH", true);
	assert_int_equal(book_move(book, "meeting", post, "held"), ENTITY_DONE);

	(void)case_agree(book, it.sah);
	(void)case_consent(book, it.mother, it.sah);
	assert_int_equal(bars_to(book, &it, it.sah, "tasks"), 0);
	assert_int_equal(bars_to(book, &it, it.sah, "plan"), SHARE_NO_CONSENT);
}

static void hand_over(void *to, const struct change *change)
{
	struct bytes *text = to;

	if (strcmp(change->field, "worker") == 0)
		bytes_add_format(text, "%s>%s by %s;", change->before ?: "",
				 change->after ?: "", change->user);
}

static void row_23_one_contact_who_speaks_their_language_and_whoever_was_before(
    void **state)
{
	struct book *book = *state;
	struct sponsored it;
	struct assign assign;
	struct bytes text = { 0 };
	SCOPED(char_freep) char *expected = NULL;
	enum entity_answer answer;
	int64_t speaks;

	case_arrive(book, "2026-10-01", &it);
	book_change(book, "person", it.mother, "dialect", "Asmara");
	speaks = book_make(book, "user", "name", "Yoh", "languages", "en ti",
			   "dialects", "Asmara", "roles", "worker", NULL);
	(void)book_make(book, "user", "name", "Liya", "languages", "ti-ER",
			"roles", "worker", NULL);
	assert_int_equal(assign_read(book->record, it.household, &assign),
			 FAULT_NONE);
	assert_int_equal(assign.worker, it.worker);
	assert_int_equal(assign.count, 3);
	assert_int_equal(assign.offers[0].user, speaks);
	assert_int_equal(assign.offers[0].match, ASSIGN_DIALECT);
	assert_int_equal(assign.offers[1].match, ASSIGN_LANGUAGE);
	assert_int_equal(assign.offers[2].match, ASSIGN_NO_LANGUAGE);
	assign_done(&assign);

	assert_int_equal(assign_worker(book->record, it.household, speaks,
				       &book_ana, BOOK_NOW, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
	assert_int_equal(entity_history(book->record, kind_find("household"),
					it.household, hand_over, &text),
			 FAULT_NONE);
	expected =
	    xasprintf(">%lld by Sam;%lld>%lld by Ana;", (long long)it.worker,
		      (long long)it.worker, (long long)speaks);
	assert_string_equal((char *)text.data, expected);
	bytes_done(&text);
}

static void
row_25_who_is_awaited_who_was_not_seen_and_whom_to_call(void **state)
{
	struct book *book = *state;
	struct sponsored awaited, here;
	SCOPED(char_freep) char *household = NULL;
	int64_t call;

	case_await(book, "2026-12-10", &awaited);
	case_arrive(book, "2026-11-10", &here);
	expect_list(book, "expected-arrivals", 1, "2026-12-10");
	expect_list(book, "arrived-not-seen", 1, "2026-11-10");
	household = case_id(here.household);
	call = book_make(book, "outreach", "household", household, "day",
			 "2026-11-20", "mode", "phone", "note",
			 "Ask how they are", NULL);
	expect_list(book, "contacts-planned", 1, "2026-11-20|T-1");
	assert_int_equal(book_move(book, "outreach", call, "done"),
			 ENTITY_DONE);
	expect_list(book, "contacts-planned", 0, NULL);
	(void)case_held(book, &here, "POST", "2026-11-21");
	expect_list(book, "arrived-not-seen", 0, NULL);
}

static void
row_29_groups_of_five_have_a_list_and_a_way_of_their_own(void **state)
{
	struct book *book = *state;
	struct sponsored it;
	struct meeting_defaults defaults;
	struct entity *group;
	const int64_t five =
	    book_make(book, "sponsor_group", "what", "G5", "name", "Five of us",
		      "representative", "Kim Example", NULL);

	case_arrive(book, "2026-10-01", &it);
	expect_list(book, "g5-groups", 1, "Five of us|G5|Kim Example");
	expect_list(book, "sponsor-groups", 3, NULL);
	group = book_read(book, "sponsor_group", five);
	sponsor_meeting_defaults(group, &defaults);
	assert_string_equal(defaults.mode, "video");
	assert_int_equal(defaults.post_days, 14);
	entity_free(group);

	/* What a group says itself goes before it. */
	book_change(book, "sponsor_group", five, "post_days", "7");
	group = book_read(book, "sponsor_group", five);
	sponsor_meeting_defaults(group, &defaults);
	assert_int_equal(defaults.post_days, 7);
	entity_free(group);
}

static void row_30_nothing_is_shared_without_agreement_and_consent(void **state)
{
	struct book *book = *state;
	struct sponsored it;
	struct share share;
	int64_t agreement, consent, id;
	unsigned bars;

	case_arrive(book, "2026-10-01", &it);
	share = (struct share){ it.sponsorship, it.mother, 0, "tasks" };
	assert_int_equal(bars_to(book, &it, 0, "tasks"),
			 SHARE_NO_AGREEMENT | SHARE_NO_CONSENT);
	agreement = case_agree(book, it.group);
	consent = case_consent(book, it.mother, it.group);
	assert_int_equal(sponsor_share(book->record, &share, "bank is done",
				       &book_sam, BOOK_NOW, CASE_TODAY, &bars,
				       &id),
			 FAULT_NONE);
	assert_int_equal(bars, 0);

	book_change(book, "agreement", agreement, "until", "2026-12-01");
	expect_list(book, "agreements-ending", 1, "St Invented Parish");
	book_change(book, "agreement", agreement, "until", "2026-11-20");
	assert_int_equal(sponsor_share(book->record, &share, "and the rest",
				       &book_sam, BOOK_NOW, CASE_TODAY, &bars,
				       &id),
			 FAULT_NONE);
	assert_int_equal(bars, SHARE_NO_AGREEMENT);
	assert_int_equal(id, 0);
	book_change(book, "agreement", agreement, "until", NULL);
	assert_int_equal(book_move(book, "sharing", consent, "withdrawn"),
			 ENTITY_DONE);
	assert_int_equal(bars_to(book, &it, 0, "tasks"), SHARE_NO_CONSENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_BOOK(
		    row_18_a_meeting_before_arrival_is_held_without_the_newcomer),
		WITH_BOOK(
		    row_19_a_joint_meeting_has_three_parties_and_is_missed_as_t309_says),
		WITH_BOOK(
		    row_20_roles_are_divided_on_one_page_in_two_languages),
		WITH_BOOK(row_21_what_is_done_twice_or_by_nobody_is_found),
		WITH_BOOK(
		    row_22_a_sah_is_an_equal_party_within_what_was_agreed),
		WITH_BOOK(
		    row_23_one_contact_who_speaks_their_language_and_whoever_was_before),
		WITH_BOOK(
		    row_25_who_is_awaited_who_was_not_seen_and_whom_to_call),
		WITH_BOOK(
		    row_29_groups_of_five_have_a_list_and_a_way_of_their_own),
		WITH_BOOK(
		    row_30_nothing_is_shared_without_agreement_and_consent),
	};
	const int failed = cmocka_run_group_tests(tests, NULL, NULL);

	intake_done();
	return failed;
}
