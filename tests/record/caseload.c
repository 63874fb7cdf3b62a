#include "record/caseload.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/file.h"
#include "record/consent.h"
#include "record/listing.h"
#include "record/names.h"
#include "record/queue.h"
#include "record/ticket.h"
#include "tests/support/child.h"
#include "tests/support/disk.h"
#include "tests/support/folder.h"
#include "tests/support/logged.h"
#include "tests/support/pair.h"
#include "tests/support/sample.h"
#include "tests/support/server.h"
#include "tests/test.h"

static bool tell(void *to, const struct listing_row *row)
{
	struct bytes *text = to;

	for (size_t i = 0; i < LISTING_COLUMNS; i++)
		bytes_add_format(text, "%s|", row->values[i] ?: "");
	return true;
}

/* The list of conflicts as one text; the caller frees it. */
static char *conflicts(struct book *book, const struct record_who *who)
{
	static const struct listing_day day = { BOOK_NOW, "2026-11-21" };
	struct bytes text = { 0 };

	bytes_add_text(&text, "");
	assert_int_equal(listing_each(book->record, listing_find("conflicts"),
				      &day, who, tell, &text),
			 FAULT_NONE);
	return bytes_take_text(&text);
}

/* --- out -------------------------------------------------------------------
 */

static void only_what_is_theirs_goes_out(void **state)
{
	struct pair *pair = *state;
	struct book *home = &pair->home;
	const int64_t anna = book_make(home, "person", "language", "ti", NULL);
	struct caseload_told told;

	(void)book_make(home, "person", "language", "ar", NULL);
	(void)book_make(home, "name", "person", "1", "latin", "Selam Haile",
			NULL);
	(void)book_make(home, "name", "person", "2", "latin", "Omar Zanzibar",
			NULL);
	(void)book_make(home, "note", "person", "1", "text", "Likes maths",
			"guard", "open", NULL);
	(void)book_make(home, "note", "person", "1", "text", "Zanzibar",
			"guard", "safety", NULL);
	(void)book_make(home, "goal", "person", "2", "domain", "HOU", "words",
			"Zanzibar", NULL);
	(void)book_make(home, "step", "goal", "1", "person", "2", "action",
			"Zanzibar", NULL);
	(void)book_make(home, "suggestion", "text", "Zanzibar", NULL);
	take_out(pair, &anna, 1);
	assert_int_equal(total(&pair->away, "person"), 1);
	assert_int_equal(total(&pair->away, "note"), 1);
	assert_int_equal(total(&pair->away, "goal"), 0);
	assert_int_equal(total(&pair->away, "step"), 0);
	is_value(&pair->away, "name", 1, "latin", "Selam Haile");
	assert_true(folder_holds(pair->away.folder, "Likes maths"));
	assert_false(folder_holds(pair->away.folder, "Zanzibar"));
	/* A laptop gives nothing out, and is not merged into. */
	assert_int_equal(
	    caseload_check_out(
		pair->away.record, "none", agency_key_public(pair->key),
		&(struct caseload_scope){ .people = &anna, .count = 1 }, &mira,
		BOOK_NOW, NULL, &(enum caseload_answer){ CASELOAD_DONE },
		&told),
	    FAULT_NONE);
	assert_false(file_exists("none"));
}

static void a_team_goes_with_its_households_and_no_other(void **state)
{
	struct pair *pair = *state;
	struct book *home = &pair->home;
	struct caseload_scope scope = { .team = 1 };
	struct caseload_told told;

	(void)book_make(home, "team", "name", "North", NULL);
	(void)book_make(home, "team", "name", "South", NULL);
	(void)book_make(home, "person", "team", "1", NULL);
	(void)book_make(home, "person", "team", "2", NULL);
	(void)book_make(home, "person", NULL);
	(void)book_make(home, "household", "team", "1", NULL);
	(void)book_make(home, "member", "household", "1", "person", "3", NULL);
	assert_int_equal(check_out(pair, &scope), CASELOAD_DONE);
	assert_int_equal(open_file(pair, &pair->away, &told), CASELOAD_DONE);
	assert_int_equal(told.held.people, 2);
	assert_int_equal(total(&pair->away, "member"), 1);
	assert_int_equal(first(&pair->away, "person", "team", "2"), 0);
	scope.team = 3;
	assert_int_equal(check_out(pair, &scope), CASELOAD_NOBODY);
}

/* --- back ------------------------------------------------------------------
 */

static void what_was_done_away_comes_back_and_nothing_collides(void **state)
{
	struct pair *pair = *state;
	struct book *home = &pair->home, *away = &pair->away;
	const int64_t person = book_make(home, "person", NULL);
	SCOPED(entity_freep) struct entity *note = NULL;
	struct caseload_told told;
	int64_t id;

	take_out(pair, &person, 1);
	/* Both sides give out the same ids. */
	(void)book_make(home, "person", "language", "fa", NULL);
	(void)book_make(home, "goal", "person", "2", "domain", "HOU", "words",
			"A flat", NULL);
	(void)book_make(away, "person", "language", "uk", NULL);
	(void)book_make(away, "name", "person", "2", "latin", "Iryna", NULL);
	(void)book_make(away, "goal", "person", "2", "domain", "LAN", "words",
			"English", NULL);
	(void)book_make(away, "step", "goal", "1", "person", "2", "action",
			"Call the school", NULL);
	(void)book_make(away, "note", "person", "1", "text", "Seen at home",
			"guard", "open", NULL);
	save_as(away, "person", person, "gender", "W", &mira, BOOK_NOW + HOUR);
	told = bring_back(pair);
	assert_int_equal(told.acts, 6);
	assert_int_equal(told.conflicts, 0);
	assert_int_equal(told.left, 0);
	is_value(home, "person", person, "gender", "W");
	is_value(home, "person", 2, "language", "fa");
	is_value(home, "goal", 1, "words", "A flat");
	id = first(home, "person", "language", "uk");
	assert_int_equal(id, 3);
	is_value(home, "person", id, "number", "L1-2");
	is_value(home, "name", 1, "person", "3");
	id = first(home, "goal", "words", "English");
	is_value(home, "goal", id, "person", "3");
	is_value(home, "step", 1, "goal", "2");
	is_value(home, "goal", id, "next", "1");
	note = book_read(home, "person", person);
	assert_string_equal(note->changed_by, "Mira");
	assert_int_equal(note->changed_at, BOOK_NOW + HOUR);

	/* Once more brings nothing; later work comes, to the same rows. */
	told = bring_back(pair);
	assert_int_equal(told.acts, 0);
	assert_int_equal(total(home, "person"), 3);
	save_as(away, "person", 2, "gender", "M", &mira, BOOK_NOW + 2 * HOUR);
	told = bring_back(pair);
	assert_int_equal(told.acts, 1);
	is_value(home, "person", 3, "gender", "M");
	is_value(home, "person", 2, "gender", "");
}

static void a_field_that_both_changed_is_a_conflict_by_name(void **state)
{
	struct pair *pair = *state;
	struct book *home = &pair->home, *away = &pair->away;
	const int64_t person =
	    book_make(home, "person", "language", "ti", NULL);
	SCOPED(char_freep) char *open = NULL;
	SCOPED(char_freep) char *left = NULL;
	struct caseload_told told;

	take_out(pair, &person, 1);
	save_as(home, "person", 1, "language", "am", &book_ana, BOOK_NOW);
	save_as(home, "person", 1, "dialect", "same", &book_ana, BOOK_NOW);
	save_as(away, "person", 1, "language", "ar", &mira, BOOK_NOW + HOUR);
	save_as(away, "person", 1, "dialect", "same", &mira, BOOK_NOW + HOUR);
	save_as(away, "person", 1, "mode", "PH", &mira, BOOK_NOW + HOUR);
	told = bring_back(pair);
	assert_int_equal(told.conflicts, 1);
	is_value(home, "person", 1, "language", "am");
	is_value(home, "person", 1, "mode", "PH");
	open = conflicts(home, &book_sam);
	assert_string_equal(open, "person.language|P-1|am|Ana|ar|Mira|||||");

	/* It changed there again: the same conflict says so. */
	save_as(away, "person", 1, "language", "fa", &mira, BOOK_NOW + HOUR);
	assert_int_equal(bring_back(pair).conflicts, 0);
	assert_int_equal(total(home, "conflict"), 1);
	is_value(home, "conflict", 1, "theirs", "fa");

	assert_int_equal(book_move(home, "conflict", 1, "theirs"), ENTITY_DONE);
	is_value(home, "person", 1, "language", "fa");
	left = conflicts(home, &book_sam);
	assert_string_equal(left, "");
}

static void a_conflict_that_was_settled_otherwise_is_not_taken(void **state)
{
	struct pair *pair = *state;
	struct book *home = &pair->home, *away = &pair->away;
	const int64_t person =
	    book_make(home, "person", "language", "ti", NULL);

	take_out(pair, &person, 1);
	save_as(home, "person", 1, "language", "am", &book_ana, BOOK_NOW);
	save_as(away, "person", 1, "language", "ar", &mira, BOOK_NOW);
	(void)bring_back(pair);
	save_as(home, "person", 1, "language", "en", &book_ana, BOOK_NOW);
	assert_int_equal(book_move(home, "conflict", 1, "theirs"),
			 ENTITY_WRONG);
	is_value(home, "person", 1, "language", "en");
	assert_int_equal(book_move(home, "conflict", 1, "ours"), ENTITY_DONE);
	is_value(home, "person", 1, "language", "en");
}

static void what_one_removed_and_the_other_changed_is_decided(void **state)
{
	struct pair *pair = *state;
	struct book *home = &pair->home, *away = &pair->away;
	const int64_t person = book_make(home, "person", NULL);
	enum entity_answer answer;

	(void)book_make(home, "note", "person", "1", "text", "one", "guard",
			"open", NULL);
	(void)book_make(home, "note", "person", "1", "text", "two", "guard",
			"open", NULL);
	take_out(pair, &person, 1);
	for (int64_t id = 1; id <= 2; id++)
		assert_int_equal(entity_remove(away->record, kind_find("note"),
					       id, "wrong", &mira, BOOK_NOW,
					       &answer),
				 FAULT_NONE);
	save_as(home, "note", 1, "text", "one and more", &book_ana, BOOK_NOW);
	assert_int_equal(bring_back(pair).conflicts, 1);
	assert_int_equal(total(home, "note"), 1);
	is_value(home, "note", 1, "text", "one and more");
	is_value(home, "conflict", 1, "what", "note.");
	is_value(home, "conflict", 1, "theirs", "gone");
	assert_int_equal(book_move(home, "conflict", 1, "theirs"), ENTITY_DONE);
	assert_int_equal(total(home, "note"), 0);
}

static void nothing_is_written_over_a_signature(void **state)
{
	struct pair *pair = *state;
	struct book *home = &pair->home, *away = &pair->away;
	const int64_t person = book_make(home, "person", NULL);

	(void)book_make(home, "assessment", "person", "1", "number", "1",
			"what", "first", "day", "2026-11-01", "next_due",
			"2027-01-01", NULL);
	take_out(pair, &person, 1);
	save_as(home, "assessment", 1, "signed_at", "1795300000000", &book_ana,
		BOOK_NOW);
	save_as(away, "assessment", 1, "note", "Away", &mira, BOOK_NOW);
	assert_int_equal(bring_back(pair).conflicts, 1);
	is_value(home, "assessment", 1, "note", "");
	is_value(home, "conflict", 1, "theirs", "Away");
	assert_int_equal(book_move(home, "conflict", 1, "theirs"),
			 ENTITY_WRONG);
}

static void two_laptops_with_one_file_do_not_mix(void **state)
{
	struct pair *pair = *state;
	struct book *home = &pair->home;
	const int64_t person = book_make(home, "person", NULL);
	struct book other = { .folder = folder_new() };
	struct caseload_told told;

	take_out(pair, &person, 1);
	assert_int_equal(open_file(pair, &other, &told), CASELOAD_DONE);
	(void)book_make(&pair->away, "note", "person", "1", "text", "one",
			"guard", "open", NULL);
	(void)book_make(&other, "note", "person", "1", "text", "two", "guard",
			"open", NULL);
	assert_int_equal(bring_back(pair).acts, 1);
	check_in(pair, &other);
	assert_int_equal(merge_file(pair, &told), CASELOAD_DONE);
	assert_int_equal(told.acts, 1);
	is_value(home, "note", 1, "text", "one");
	is_value(home, "note", 2, "text", "two");
	record_close(other.record);
	folder_freep(&other.folder);
}

static void what_was_erased_here_stays_erased(void **state)
{
	struct pair *pair = *state;
	struct book *home = &pair->home, *away = &pair->away;
	const int64_t people[] = { book_make(home, "person", NULL),
				   book_make(home, "person", NULL) };
	struct caseload_told told;

	take_out(pair, people, 2);
	(void)book_make(away, "note", "person", "1", "text", "Zanzibar",
			"guard", "open", NULL);
	save_as(away, "person", 1, "dialect", "Zanzibar", &mira, BOOK_NOW);
	assert_int_equal(
	    person_erase(home->record, 1, "withdrawn", &book_sam, BOOK_NOW),
	    FAULT_NONE);
	/* And the reverse: erased on the laptop, it goes here. */
	assert_int_equal(
	    person_erase(away->record, 2, "withdrawn", &mira, BOOK_NOW),
	    FAULT_NONE);
	told = bring_back(pair);
	assert_int_equal(told.left, 2);
	assert_int_equal(total(home, "person"), 0);
	assert_int_equal(total(home, "note"), 0);
	assert_false(folder_holds(home->folder, "Zanzibar"));
}

static void what_is_guarded_comes_back_guarded(void **state)
{
	static const struct record_who worker = { .user = "Wes",
						  .desk = "",
						  .roles = ROLE_WORKER };
	struct pair *pair = *state;
	struct book *home = &pair->home, *away = &pair->away;
	const int64_t person = book_make(home, "person", NULL);
	SCOPED(char_freep) char *seen = NULL;
	SCOPED(char_freep) char *hidden = NULL;
	struct entity *note = NULL;
	enum entity_answer answer;

	(void)book_make(home, "note", "person", "1", "text", "open", "guard",
			"open", NULL);
	take_out(pair, &person, 1);
	(void)book_make(away, "note", "person", "1", "text", "Zanzibar",
			"guard", "restricted", NULL);
	save_as(home, "note", 1, "text", "ours", &book_ana, BOOK_NOW);
	save_as(home, "note", 1, "guard", "restricted", &book_ana, BOOK_NOW);
	save_as(away, "note", 1, "text", "theirs", &mira, BOOK_NOW);
	(void)bring_back(pair);
	assert_int_equal(entity_read(home->record, kind_find("note"), 2,
				     &worker, BOOK_NOW, &answer, &note),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_REFUSED);
	/* So is a conflict about one. */
	hidden = conflicts(home, &worker);
	assert_string_equal(hidden, "");
	seen = conflicts(home, &book_sam);
	assert_non_null(strstr(seen, "note.text|P-1|ours|Ana|theirs|Mira|"));
}

static void users_are_changed_at_the_agency_alone(void **state)
{
	struct pair *pair = *state;
	struct book *home = &pair->home, *away = &pair->away;
	const int64_t person = book_make(home, "person", NULL);

	(void)book_make(home, "user", "name", "Wes", "roles", "reception",
			NULL);
	take_out(pair, &person, 1);
	save_as(away, "user", 1, "roles", "supervisor", &mira, BOOK_NOW);
	assert_int_equal(bring_back(pair).left, 1);
	is_value(home, "user", 1, "roles", "reception");
}

/* --- tickets ---------------------------------------------------------------
 */

static int64_t visits(struct book *book, enum queue_part part)
{
	struct queue queue;
	int64_t count;

	assert_int_equal(
	    queue_read(book->record, part, SAMPLE_NOON + HOUR, 0, &queue),
	    FAULT_NONE);
	count = (int64_t)queue.count;
	queue_done(&queue);
	return count;
}

static void act(struct book *book, int64_t visit, enum visit_act what)
{
	enum visit_acted answer;

	assert_int_equal(
	    visit_act(book->record, visit, what,
		      what == VISIT_END ? VISIT_SERVED : VISIT_NO_OUTCOME,
		      &mira, SAMPLE_NOON + HOUR, &answer),
	    FAULT_NONE);
	assert_int_equal(answer, VISIT_ACTED);
}

static int64_t held(struct book *book)
{
	struct held *rows;
	size_t count;

	assert_int_equal(held_read(book->record, &rows, &count), FAULT_NONE);
	free(rows);
	return (int64_t)count;
}

static void tickets_filed_at_both_sides_are_one_visit(void **state)
{
	struct pair *pair = *state;
	struct book *home = &pair->home, *away = &pair->away;
	const int64_t person = book_make(home, "person", NULL);
	struct caseload_told told;
	struct sample sample;
	int64_t both;

	take_out(pair, &person, 1);
	sample_init(&sample, 1);
	(void)sample_file(home->record, &sample);
	both = sample_file(away->record, &sample);
	sample_init(&sample, 2);
	(void)sample_file(home->record, &sample);
	sample.hash[31] ^= 1; /* the same number, other bytes */
	(void)sample_file(away->record, &sample);
	sample_init(&sample, 3);
	sample.visit.keep = VISIT_KEEP_KEPT;
	act(away, sample_file(away->record, &sample), VISIT_CALL);
	act(away, both, VISIT_TAKE_IN);
	act(away, both, VISIT_END);
	told = bring_back(pair);
	assert_int_equal(told.same, 1);
	assert_int_equal(told.alarms, 1);
	assert_int_equal(told.visits, 1);
	assert_int_equal(told.conflicts, 0);
	assert_int_equal(sample_state(home->record, 1), VISIT_ENDED);
	assert_int_equal(sample_state(home->record, 2), VISIT_WAITING);
	assert_int_equal(sample_state(home->record, 3), VISIT_CALLED);
	assert_int_equal(visits(home, QUEUE_ENDED), 1);
	assert_int_equal(held(home), 1);
	told = bring_back(pair);
	assert_int_equal(told.same + told.alarms + told.visits, 0);
	assert_int_equal(held(home), 1);
}

static void papers_typed_in_away_come_back_as_papers(void **state)
{
	static const struct visit_paper paper = { "12345674", SAMPLE_NOON, 0 };
	struct pair *pair = *state;
	struct book *home = &pair->home, *away = &pair->away;
	const int64_t person = book_make(home, "person", NULL);
	struct caseload_told told;
	struct sample sample;
	enum visit_found found;
	struct visit visit;

	take_out(pair, &person, 1);
	sample_on_paper(&sample, &paper, 1); /* at both sides */
	(void)sample_file(home->record, &sample);
	(void)sample_file(away->record, &sample);
	sample_on_paper(&sample, &paper, 2);
	sample.visit.blank = "C1";
	(void)sample_file(away->record, &sample);
	told = bring_back(pair);
	assert_int_equal(told.same, 1);
	assert_int_equal(told.visits, 1);
	assert_int_equal(visit_read(home->record, 2, &found, &visit),
			 FAULT_NONE);
	assert_int_equal(visit.source, VISIT_PAPER);
	assert_string_equal(visit.number, "FP-L1-0002");
	assert_string_equal(visit.paper, "12345674");
	assert_int_equal(visit.filled, SAMPLE_NOON);
	assert_string_equal(visit.blank, "C1");
	visit_done(&visit);
}

static void a_visit_that_both_sides_ended_is_a_conflict(void **state)
{
	struct pair *pair = *state;
	struct book *home = &pair->home, *away = &pair->away;
	const int64_t person = book_make(home, "person", NULL);
	SCOPED(char_freep) char *open = NULL;
	struct sample sample;
	int64_t both;

	take_out(pair, &person, 1);
	sample_init(&sample, 1);
	act(home, sample_file(home->record, &sample), VISIT_CALL);
	both = sample_file(away->record, &sample);
	act(away, both, VISIT_END);
	assert_int_equal(bring_back(pair).conflicts, 1);
	assert_int_equal(sample_state(home->record, 1), VISIT_CALLED);
	open = conflicts(home, &book_sam);
	assert_string_equal(open,
			    "visit.state||called|Mira|ended served|Mira|||||");
}

/* --- refused ---------------------------------------------------------------
 */

static void damage(const struct pair *pair, long at)
{
	struct bytes bytes = { 0 };

	assert_int_equal(file_read(pair->file, 64 << 20, &bytes), FAULT_NONE);
	if (at < 0)
		bytes.length += (size_t)at;
	else
		bytes.data[at] ^= 0x40;
	assert_int_equal(file_write(pair->file, bytes.data, bytes.length, 0600),
			 FAULT_NONE);
	bytes_done(&bytes);
}

static void is_refused(struct pair *pair, enum caseload_answer answer,
		       enum backup_answer file)
{
	struct caseload_told told;

	assert_int_equal(merge_file(pair, &told), answer);
	assert_int_equal(told.file, file);
	assert_int_equal(total(&pair->home, "note"), 0);
}

static void what_is_not_to_be_merged_is_refused_by_its_reason(void **state)
{
	static const uint8_t secret[KEY_BYTES] = { 0x77 };
	struct pair *pair = *state;
	const int64_t person = book_make(&pair->home, "person", NULL);
	struct agency_key *own = pair->key;
	struct book stranger = { .folder = folder_new() };
	struct caseload_told told;
	struct backup_told backed;
	struct pair other = *pair;

	take_out(pair, &person, 1);
	is_refused(pair, CASELOAD_UNOPENED, BACKUP_SOUND);
	(void)book_make(&pair->away, "note", "person", "1", "text", "a",
			"guard", "open", NULL);
	check_in(pair, &pair->away);
	assert_int_equal(open_file(pair, &stranger, &told), CASELOAD_RETURNED);

	pair->key = agency_key_of_secret(secret, "", 0);
	is_refused(pair, CASELOAD_FILE, BACKUP_NOT_OURS);
	agency_key_free(pair->key);
	pair->key = own;

	damage(pair, 900);
	is_refused(pair, CASELOAD_FILE, BACKUP_DAMAGED);
	damage(pair, 900);
	damage(pair, 7); /* "FOYERCLq" */
	is_refused(pair, CASELOAD_FILE, BACKUP_NEWER);
	damage(pair, 7);
	damage(pair, 51); /* the record's version */
	is_refused(pair, CASELOAD_FILE, BACKUP_NEWER);
	damage(pair, 51);
	damage(pair, -1);
	is_refused(pair, CASELOAD_FILE, BACKUP_CUT_SHORT);

	/* Another record of the same agency knows nothing of it. */
	check_in(pair, &pair->away);
	open_book(&stranger);
	other.home = stranger;
	is_refused(&other, CASELOAD_FOREIGN, BACKUP_SOUND);
	record_close(stranger.record);
	folder_freep(&stranger.folder);

	assert_int_equal(file_remove(pair->file), FAULT_NONE);
	assert_int_equal(backup_make(pair->home.record, pair->file,
				     agency_key_public(pair->key), &book_sam,
				     BOOK_NOW, NULL, &backed),
			 FAULT_NONE);
	is_refused(pair, CASELOAD_FILE, BACKUP_OF_OTHER);
}

/* --- audited ---------------------------------------------------------------
 */

static void note_act(void *to, const struct record_audit *row)
{
	struct bytes *text = to;

	bytes_add_format(text, "%s %s %lld by %s;", row->act, row->subject,
			 (long long)row->id, row->user);
}

static void each_way_is_audited_and_so_is_what_was_seen_away(void **state)
{
	struct pair *pair = *state;
	const int64_t person = book_make(&pair->home, "person", NULL);
	SCOPED(entity_freep) struct entity *note = NULL;
	struct bytes text = { 0 };

	(void)book_make(&pair->home, "note", "person", "1", "text", "a",
			"guard", "open", NULL);
	take_out(pair, &person, 1);
	note = book_read(&pair->away, "note", 1); /* a view, as Sam */
	(void)bring_back(pair);
	assert_int_equal(
	    record_audit_each(pair->home.record, 0, note_act, &text),
	    FAULT_NONE);
	assert_string_equal((char *)text.data,
			    "add person 1 by Sam;add note 1 by Sam;"
			    "check-out record 0 by Sam;"
			    "open-caseload record 0 by Ana;"
			    "view note 1 by Sam;merge record 0 by Ana;");
	bytes_done(&text);
}

/* --- names apart -----------------------------------------------------------
 */

static void where_names_lie_apart_people_go_by_their_numbers(void **state)
{
	struct pair *pair = *state;
	struct book *home = &pair->home;
	const int64_t person = book_make(home, "person", NULL);
	SCOPED(char_freep) char *path = NULL;
	enum names_answer answer;
	int64_t rows;
	bool opened;

	server_need_file();
	path = folder_file(home->folder, RECORD_FILE);
	(void)book_make(home, "name", "person", "1", "latin", "Selam", NULL);
	record_close(home->record);
	assert_int_equal(names_part(path, agency_key_public(pair->key),
				    &book_sam, BOOK_NOW, &answer, &rows),
			 FAULT_NONE);
	assert_int_equal(answer, NAMES_DONE);
	open_book(home);
	take_out(pair, &person, 1);
	assert_int_equal(names_state(pair->away.record), NAMES_TOGETHER);
	assert_int_equal(total(&pair->away, "name"), 0);
	is_value(&pair->away, "person", 1, "number", "P-1");
	(void)book_make(&pair->away, "person", NULL);
	(void)book_make(&pair->away, "name", "person", "2", "latin", "Iryna",
			NULL);
	(void)bring_back(pair);
	is_value(home, "name", 2, "latin", "Iryna");
	assert_false(folder_holds(home->folder, "Iryna"));
	names_lock(home->record);
	assert_int_equal(names_unlock(home->record, pair->key, &opened),
			 FAULT_NONE);
	is_value(home, "name", 2, "latin", "Iryna");
}

/* --- killed ----------------------------------------------------------------
 */

struct errand {
	struct pair *pair;
	int point;
};

static int merge_killed(void *to)
{
	const struct errand *errand = to;
	struct pair *pair = errand->pair;
	SCOPED(char_freep)
	char *path = folder_file(pair->home.folder, RECORD_FILE);
	const struct caseload_file file = file_for(pair, path);
	struct caseload_told told;
	enum caseload_answer answer;

	logged_start();
	open_book(&pair->home);
	disk_set(DISK_KILLS, errand->point);
	return caseload_merge(pair->home.record, &file, &answer, &told) ? 2 : 0;
}

static void killed_at_any_write_nothing_of_the_merge_came(void **state)
{
	struct pair *pair = *state;
	struct book *home = &pair->home;
	const int64_t person = book_make(home, "person", NULL);
	int result = CHILD_KILLED, kills = 0;
	struct sample sample;
	int64_t notes;

	server_need_file();
	take_out(pair, &person, 1);
	for (int i = 0; i < 4; i++)
		(void)book_make(&pair->away, "note", "person", "1", "text",
				"away", "guard", "open", NULL);
	sample_init(&sample, 1);
	act(&pair->away, sample_file(pair->away.record, &sample), VISIT_CALL);
	save_as(home, "person", 1, "language", "am", &book_ana, BOOK_NOW);
	save_as(&pair->away, "person", 1, "language", "ar", &mira, BOOK_NOW);
	check_in(pair, &pair->away);
	record_close(home->record);
	home->record = NULL;
	for (int point = 3; result == CHILD_KILLED; point += 9, kills++) {
		struct errand errand = { pair, point };

		result = child_result(merge_killed, &errand);
		open_book(home);
		assert_int_equal(record_check(home->record), FAULT_NONE);
		notes = total(home, "note");
		assert_true(notes == 0 || notes == 4);
		assert_int_equal(total(home, "conflict"), notes / 4);
		record_close(home->record);
		home->record = NULL;
	}
	assert_int_equal(result, 0);
	assert_true(kills > 2);
	open_book(home);
	assert_int_equal(total(home, "note"), 4);
	assert_int_equal(total(home, "conflict"), 1);
	assert_int_equal(sample_state(home->record, 1), VISIT_CALLED);
	assert_int_equal(bring_back(pair).acts, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_PAIR(only_what_is_theirs_goes_out),
		WITH_PAIR(what_was_done_away_comes_back_and_nothing_collides),
		WITH_PAIR(a_field_that_both_changed_is_a_conflict_by_name),
		WITH_PAIR(what_was_erased_here_stays_erased),
		WITH_PAIR(tickets_filed_at_both_sides_are_one_visit),
		WITH_PAIR(papers_typed_in_away_come_back_as_papers),
		WITH_PAIR(where_names_lie_apart_people_go_by_their_numbers),
	};
	/* Each takes seconds under valgrind, and those above pass most lines.
	 */
	const struct CMUnitTest more[] = {
		WITH_PAIR(a_team_goes_with_its_households_and_no_other),
		WITH_PAIR(a_conflict_that_was_settled_otherwise_is_not_taken),
		WITH_PAIR(what_one_removed_and_the_other_changed_is_decided),
		WITH_PAIR(nothing_is_written_over_a_signature),
		WITH_PAIR(two_laptops_with_one_file_do_not_mix),
		WITH_PAIR(what_is_guarded_comes_back_guarded),
		WITH_PAIR(users_are_changed_at_the_agency_alone),
		WITH_PAIR(a_visit_that_both_sides_ended_is_a_conflict),
		WITH_PAIR(what_is_not_to_be_merged_is_refused_by_its_reason),
		WITH_PAIR(each_way_is_audited_and_so_is_what_was_seen_away),
		WITH_PAIR(killed_at_any_write_nothing_of_the_merge_came),
	};
	int failed;

	disk_install();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	if (!getenv("FOYER_SLOW"))
		failed += cmocka_run_group_tests(more, NULL, NULL);
	return failed;
}
