#include "desk/reach.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "desk/desk.h"
#include "desk/screens.h"
#include "record/entity.h"
#include "record/kind.h"
#include "record/user.h"

#define TRY_MS 3000    /* between two tries, where each fails at once */
#define REST 4         /* of a slow one: so many times as long as it took */
#define LOOK_MS 2000   /* between looks for kept scans */
#define LATER_MS 60000 /* where those cannot be filed */
#define SOME_MS 200    /* of filing or reading them, then keys again */

/* --- losing it ------------------------------------------------------------ */

/* "14:32"; "" where nothing of the record is in sight. */
static void write_time(const struct desk *desk, char text[8])
{
	const time_t seconds = (time_t)(desk->lists.at / 1000);
	struct tm local;

	text[0] = 0;
	if (!desk->lists.at)
		return;
	localtime_r(&seconds, &local);
	strftime(text, 8, "%H:%M", &local);
}

static void say_lost(struct desk *desk)
{
	desk_say(desk, desk_word(desk, "reach.lost"), true);
}

/* What became of the change that was on its way when the record was lost; true
 * where there was one, and it is said. */
static bool settle(struct desk *desk)
{
	static const char *const keys[] = {
		[RECORD_WAS_SAVED] = "reach.was_saved",
		[RECORD_WAS_NOT_SAVED] = "reach.was_not_saved",
		[RECORD_NOT_KNOWN] = "reach.not_known",
	};
	const enum record_settled settled = record_settled(desk->record);

	if (settled == RECORD_NOTHING_UNSURE)
		return false;
	log_warning("a change was on its way when the record was lost: %s",
		    settled == RECORD_WAS_SAVED       ? "it was saved"
		    : settled == RECORD_WAS_NOT_SAVED ? "it was not saved"
						      : "nobody knows");
	desk_say(desk, desk_word(desk, keys[settled]),
		 settled != RECORD_WAS_SAVED);
	return true;
}

bool reach_lose(struct desk *desk)
{
	const bool unsure = record_trouble(desk->record) == RECORD_UNSURE;
	int64_t changes;

	if (desk->reach.lost)
		return true;
	/* What failed may be long past, and the connection made again. */
	if (!record_away(desk->record) ||
	    !record_changed(desk->record, &changes))
		return settle(desk);
	desk->reach.lost = true;
	desk->reach.next = desk->clock.moment + TRY_MS;
	if (unsure)
		desk_say(desk, desk_word(desk, "reach.unsure"), true);
	else
		say_lost(desk);
	return true;
}

bool reach_refuses(struct desk *desk)
{
	if (desk->reach.lost)
		say_lost(desk);
	return desk->reach.lost;
}

/* --- keeping -------------------------------------------------------------- */

static void count_kept(struct desk *desk)
{
	const struct kept_state before = desk->reach.kept;
	struct kept_state now;

	/* Where the folder cannot be read, which the log tells, it is as it
	 * was. */
	if (!kept_look(desk->home, &now))
		desk->reach.kept = now;
	desk->dirty = desk->dirty || desk->reach.kept.count != before.count ||
		      desk->reach.kept.calls != before.calls;
}

static void say_kept(struct desk *desk, const struct filing_ticket *ticket,
		     enum kept_answer answer)
{
	const struct catalogue_argument arguments[] = {
		{ .name = "number", .text = ticket->number },
		{ .name = "level", .text = visit_level_word(ticket->level) },
	};
	const char *key = answer == KEPT_BEFORE            ? "reach.kept_before"
			  : ticket->status == FILING_FILED ? "reach.kept_filed"
			  : ticket->status == FILING_LOCKED
			      ? "reach.kept_locked"
			      : "reach.kept_unsure";

	desk_say(desk,
		 desk_words(desk, ticket->number ? key : "reach.kept_unknown",
			    arguments, COUNT(arguments)),
		 false);
}

/* A visit that is in no record yet: records count from 1. */
static int64_t visit_of(size_t index)
{
	return -1 - (int64_t)index;
}

const struct reach_read *reach_read_of(const struct desk *desk, int64_t visit)
{
	for (size_t i = 0; i < desk->reach.read_count; i++) {
		if (visit_of(i) == visit)
			return &desk->reach.read[i];
	}
	return NULL;
}

static bool is_read(const struct reach *reach,
		    const struct filing_ticket *ticket)
{
	for (size_t i = 0; i < reach->read_count; i++) {
		if (!memcmp(reach->read[i].ticket.wire_hash, ticket->wire_hash,
			    sizeof ticket->wire_hash))
			return true;
	}
	return false;
}

/* What the minimum card says; the answers themselves are not held on to. */
static void read_ticket(struct desk *desk, struct filing_ticket *ticket)
{
	struct reach *reach = &desk->reach;
	struct filing_answers answers = { 0 };
	struct reach_read *read;

	reach->read = xreallocarray(reach->read, reach->read_count + 1,
				    sizeof *reach->read);
	read = &reach->read[reach->read_count++];
	if (filing_ticket_answers(ticket, desk->staff.language, &answers))
		log_warning("the first need of a kept ticket cannot be read");
	*read = (struct reach_read){
		.ticket = *ticket,
		.first_need =
		    xstrdup(answers.first_need ? answers.first_need : ""),
	};
	*ticket = (struct filing_ticket){ 0 };
	filing_answers_done(&answers);
	filing_ticket_close(&read->ticket);
}

static bool may_see(const struct desk *desk)
{
	return staff_may(&desk->staff, ROLES_FRONT);
}

/* It stands among those who wait, since it was scanned. */
static void show_read(struct desk *desk, int64_t arrived)
{
	const size_t last = desk->reach.read_count - 1;
	const struct filing_ticket *ticket = &desk->reach.read[last].ticket;
	const int64_t waited = desk->clock.now - arrived;

	lists_add(&desk->lists, &(struct queue_row){
				    .visit = visit_of(last),
				    .number = ticket->number,
				    .level = ticket->level,
				    .computed = ticket->level,
				    .quiet = ticket->quiet,
				    .state = VISIT_WAITING,
				    .arrived = arrived,
				    .waited = waited > 0 ? waited : 0,
				    .language = ticket->language,
				    .tags = ticket->tags,
				});
	desk->dirty = true;
}

static bool some_time_went(const struct desk *desk)
{
	struct clock now;

	clock_read(&now);
	return now.moment - desk->clock.moment >= SOME_MS;
}

/* Those that nobody has read since the desk was unlocked. One that cannot be
 * read is told where it is filed. */
static void read_some(struct desk *desk)
{
	struct reach *reach = &desk->reach;

	while (!reach->reading.over && !some_time_went(desk)) {
		struct filing_ticket ticket;
		int64_t arrived;

		if (kept_next(desk->filing, &reach->reading, desk->clock.now,
			      &arrived, &ticket))
			continue;
		if (ticket.status == FILING_FILED && !is_read(reach, &ticket)) {
			read_ticket(desk, &ticket);
			show_read(desk, arrived);
		}
		filing_ticket_done(&ticket);
	}
	/* One of them may call. */
	count_kept(desk);
}

/* Whether there are some to be read: whoever may see them is here. */
static bool is_reading(const struct desk *desk)
{
	return desk->reach.lost && !desk->reach.reading.over &&
	       !desk_locked(desk) && !filing_locked(desk->filing) &&
	       may_see(desk);
}

bool reach_keep(struct desk *desk, const char *digits,
		struct filing_ticket *out)
{
	struct filing_ticket ticket;
	enum kept_answer answer;

	if (kept_add(desk->filing, digits, desk->clock.now, &answer, &ticket)) {
		desk_say(desk, desk_word(desk, "reach.not_kept"), true);
		return true;
	}
	if (answer == KEPT_NOT) {
		*out = ticket;
		return false;
	}
	if (answer == KEPT_FULL)
		desk_say(desk, desk_word(desk, "reach.not_kept"), true);
	else
		say_kept(desk, &ticket, answer);
	if (answer == KEPT_NOW && ticket.status == FILING_FILED &&
	    may_see(desk) && desk->reach.lost) {
		read_ticket(desk, &ticket);
		show_read(desk, desk->clock.now);
		desk_select(desk, visit_of(desk->reach.read_count - 1));
	}
	count_kept(desk);
	filing_ticket_done(&ticket);
	return true;
}

void reach_forget(struct desk *desk)
{
	struct reach *reach = &desk->reach;

	while (reach->read_count) {
		struct reach_read *read = &reach->read[--reach->read_count];

		filing_ticket_done(&read->ticket);
		char_wipe(read->first_need);
	}
	free(reach->read);
	reach->read = NULL;
	reach->reading = (struct kept_place){ 0 };
}

/* --- filing --------------------------------------------------------------- */

/* What is said of one: nothing where it is filed with all that is in it. The
 * caller frees it. */
static char *became_words(const struct desk *desk,
			  const struct filing_ticket *ticket)
{
	if (!ticket)
		return desk_word(desk, "reach.damaged");
	if (ticket->status == FILING_FILED && !ticket->too_late)
		return NULL;
	return filing_message(ticket, desk->staff.words);
}

static void take(void *to, int64_t arrived, const struct filing_ticket *ticket)
{
	struct desk *desk = to;
	struct kept_lines *lines = &desk->reach.became;
	const bool filed = ticket && ticket->status == FILING_FILED;
	char *words = became_words(desk, ticket);

	(void)arrived;
	desk->reach.filing.filed += filed;
	desk->reach.filing.others += !filed;
	if (ticket && words)
		log_warning("a ticket that was kept here: %s, %s%s",
			    ticket->number ? ticket->number : "no number",
			    filing_status_word(ticket->status),
			    filed ? " without its answers: its day was over"
				  : "");
	if (!words)
		return;
	lines->rows =
	    xreallocarray(lines->rows, lines->count + 1, sizeof *lines->rows);
	lines->rows[lines->count++] = words;
}

static void say_became(struct desk *desk)
{
	const struct reach_filing *filing = &desk->reach.filing;
	const struct catalogue_argument counts[] = {
		{ .name = "count",
		  .number = (double)(filing->filed + filing->others) },
		{ .name = "filed", .number = (double)filing->filed },
	};
	const char *key = filing->others             ? "reach.filed_some"
			  : desk->reach.became.count ? "reach.filed_late"
						     : "reach.filed";

	desk_say(desk, desk_words(desk, key, counts, COUNT(counts)),
		 desk->reach.became.count > 0);
}

static void forget_became(struct kept_lines *lines)
{
	while (lines->count)
		free(lines->rows[--lines->count]);
	free(lines->rows);
	lines->rows = NULL;
}

static void show_became(struct desk *desk)
{
	struct kept_lines *lines = &desk->reach.became;

	if (!lines->count || stack_top(&desk->stack) != &desk_waiting_screen)
		return;
	desk_open(desk, &desk_kept_screen, lines);
	forget_became(lines);
	desk->dirty = true;
}

void reach_done(struct desk *desk)
{
	forget_became(&desk->reach.became);
}

static bool can_file(const struct desk *desk)
{
	return desk->reach.kept.count && !desk->reach.lost &&
	       !desk_locked(desk) && !filing_locked(desk->filing);
}

static void begin_filing(struct desk *desk)
{
	desk->reach.filing = (struct reach_filing){
		.runs = true,
		.all = desk->reach.kept.count,
	};
}

static void end_filing(struct desk *desk)
{
	struct reach_filing *filing = &desk->reach.filing;

	filing->runs = false;
	desk->dirty = true;
	if (filing->fault)
		desk->reach.look = desk->clock.moment + LATER_MS;
	if (!desk->reach.lost && (filing->filed || filing->others)) {
		desk_changed(desk);
		say_became(desk);
	}
	if (filing->fault == FAULT_SYSTEM)
		desk_say(desk, desk_word(desk, "reach.unread"), true);
	else if (filing->fault)
		desk_say_trouble(desk);
}

void reach_file(struct desk *desk)
{
	struct reach_filing *filing = &desk->reach.filing;

	count_kept(desk);
	if (!filing->runs && can_file(desk))
		begin_filing(desk);
	while (filing->runs && can_file(desk) && !filing->place.over) {
		const enum fault fault =
		    kept_file(desk->filing, &desk->staff.who, desk->clock.now,
			      &filing->place, take, desk);

		filing->fault = filing->fault ? filing->fault : fault;
		if (some_time_went(desk))
			break;
	}
	count_kept(desk);
	if (filing->runs && (filing->place.over || !can_file(desk)))
		end_filing(desk);
}

bool reach_busy(const struct desk *desk)
{
	return desk->reach.filing.runs || is_reading(desk);
}

/* --- reaching it again ---------------------------------------------------- */

/* Whoever was let in while nobody could be asked who they are shows it now,
 * where people sign in; and it is written down. */
static enum fault ask_who(struct desk *desk)
{
	enum fault fault;

	if (!desk->reach.let_in)
		return FAULT_NONE;
	if ((fault = user_any(desk->record, &desk->reach.signs_in)))
		return fault;
	if (!desk->reach.signs_in)
		return FAULT_NONE;
	return record_note(desk->record, "open-away", "record", NULL,
			   &desk->staff.who, desk->clock.now);
}

/* A server that lets one wait is tried the more seldom. */
static void rest(struct desk *desk)
{
	struct clock after;
	int64_t rest_ms;

	clock_read(&after);
	rest_ms = REST * (after.moment - desk->clock.moment);
	desk->reach.next = after.moment + (rest_ms > TRY_MS ? rest_ms : TRY_MS);
}

static void try_again(struct desk *desk)
{
	int64_t changes;

	if (desk->clock.moment < desk->reach.next)
		return;
	/* Nobody works on at its word before it said who they are. */
	if (record_changed(desk->record, &changes) || ask_who(desk)) {
		rest(desk);
		return;
	}
	desk->reach.lost = false;
	reach_forget(desk);
	if (desk->reach.let_in && desk->reach.signs_in && !desk_locked(desk))
		desk_lock(desk);
	if (desk_locked(desk))
		desk_look_for_calls(desk);
	else
		desk_changed(desk);
	if (!settle(desk))
		desk_say_key(desk, desk->reach.let_in && desk->reach.signs_in
				       ? "reach.sign_in"
				       : "reach.back");
	desk->reach.let_in = false;
	reach_file(desk);
}

static void look_away(struct desk *desk)
{
	if (desk->clock.moment >= desk->reach.look) {
		desk->reach.look = desk->clock.moment + LOOK_MS;
		count_kept(desk);
	}
	if (is_reading(desk))
		read_some(desk);
	try_again(desk);
}

void reach_look(struct desk *desk)
{
	show_became(desk);
	if (desk->reach.lost) {
		look_away(desk);
		return;
	}
	if (!desk->reach.filing.runs && desk->clock.moment < desk->reach.look)
		return;
	desk->reach.look = desk->clock.moment + LOOK_MS;
	/* Another may have held up the answer when it came back. */
	(void)settle(desk);
	reach_file(desk);
}

/* Where it cannot be written the desk goes on: it only could not begin while
 * the record is away. */
void reach_remember(struct desk *desk)
{
	if (desk->reach.lost || user_any(desk->record, &desk->reach.signs_in))
		return;
	if (filing_remember(desk->filing, desk->reach.signs_in))
		log_warning("what this desk goes by while the record is away "
			    "is not remembered");
}

void reach_begin(struct desk *desk, bool away)
{
	count_kept(desk);
	if (!away) {
		reach_remember(desk);
		return;
	}
	desk->reach.lost = true;
	desk->reach.signs_in = filing_remembers_sign_in(desk->filing);
	say_lost(desk);
}

/* --- on the screen -------------------------------------------------------- */

static char *kept_words(const struct desk *desk)
{
	const struct reach_filing *filing = &desk->reach.filing;
	const struct catalogue_argument counts[] = {
		{ .name = "count", .number = (double)desk->reach.kept.count },
		{ .name = "done",
		  .number = (double)(filing->filed + filing->others) },
		{ .name = "all", .number = (double)filing->all },
	};

	if (!desk->reach.kept.count)
		return NULL;
	return desk_words(desk,
			  filing->runs ? "reach.filing" : "reach.count_kept",
			  counts, COUNT(counts));
}

char *reach_words(const struct desk *desk)
{
	SCOPED(char_freep) char *kept = kept_words(desk);
	SCOPED(char_freep) char *lost = NULL;
	struct catalogue_argument time = { .name = "time" };
	char text[8];

	write_time(desk, text);
	time.text = text;
	if (desk->reach.lost)
		lost =
		    desk_words(desk,
			       record_is_another(desk->record) ? "reach.another"
			       : text[0]                       ? "reach.as_of"
							       : "reach.away",
			       &time, 1);
	if (lost && kept)
		return xasprintf("%s · %s", lost, kept);
	return lost ? xstrdup(lost) : kept ? xstrdup(kept) : NULL;
}
