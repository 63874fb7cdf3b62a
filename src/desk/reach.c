#include "desk/reach.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "desk/desk.h"
#include "desk/screens.h"
#include "filing/kept.h"
#include "record/entity.h"
#include "record/kind.h"

#define TRY_MS 3000    /* between two tries, where each fails at once */
#define REST 4         /* of a slow one: so many times as long as it took */
#define LOOK_MS 2000   /* between looks for kept scans */
#define LATER_MS 60000 /* where those cannot be filed */

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

bool reach_lose(struct desk *desk)
{
	int64_t changes;

	if (desk->reach.lost)
		return true;
	/* What failed may be long past, and the connection made again. */
	if (record_trouble(desk->record) != RECORD_AWAY ||
	    !record_changed(desk->record, &changes))
		return false;
	desk->reach.lost = true;
	desk->reach.next = desk->clock.moment + TRY_MS;
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
	const size_t before = desk->reach.kept;
	size_t count;

	/* Where the folder cannot be read, which the log tells, it is as it
	 * was. */
	if (!kept_count(desk->filing, &count))
		desk->reach.kept = count;
	desk->reach.calls = desk->reach.calls && desk->reach.kept;
	desk->dirty = desk->dirty || desk->reach.kept != before;
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

/* What the minimum card says; the answers themselves are not held on to. */
static void read_ticket(struct desk *desk, struct filing_ticket *ticket)
{
	struct reach *reach = &desk->reach;
	struct filing_answers answers = { 0 };
	struct reach_read *read;

	reach->read = xreallocarray(reach->read, reach->read_count + 1,
				    sizeof *reach->read);
	read = &reach->read[reach->read_count++];
	/* It calls until the record has it, on a locked desk, too. */
	reach->calls = reach->calls || ticket->quiet;
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

/* It stands among those who wait, for whoever may see them. */
static void show_read(struct desk *desk)
{
	const size_t last = desk->reach.read_count - 1;
	const struct filing_ticket *ticket = &desk->reach.read[last].ticket;
	const unsigned roles = desk->staff.who.roles;

	if (roles && !(roles & ROLES_FRONT))
		return;
	lists_add(&desk->lists, &(struct queue_row){
				    .visit = visit_of(last),
				    .number = ticket->number,
				    .level = ticket->level,
				    .computed = ticket->level,
				    .quiet = ticket->quiet,
				    .state = VISIT_WAITING,
				    .language = ticket->language,
				    .tags = ticket->tags,
				});
	desk_select(desk, visit_of(last));
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
	if (answer == KEPT_NOW && ticket.status == FILING_FILED) {
		read_ticket(desk, &ticket);
		show_read(desk);
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
}

/* --- filing --------------------------------------------------------------- */

struct became {
	struct desk *desk;
	size_t filed, others;
};

static void take(void *to, int64_t arrived, const struct filing_ticket *ticket)
{
	struct became *became = to;
	struct kept_lines *lines = &became->desk->reach.became;

	(void)arrived;
	if (ticket && ticket->status == FILING_FILED) {
		became->filed++;
		return;
	}
	if (ticket)
		log_warning("a ticket that was kept here was not filed: %s, %s",
			    ticket->number ? ticket->number : "no number",
			    filing_status_word(ticket->status));
	became->others++;
	lines->rows =
	    xreallocarray(lines->rows, lines->count + 1, sizeof *lines->rows);
	lines->rows[lines->count++] =
	    ticket ? filing_message(ticket, became->desk->staff.words)
		   : desk_word(became->desk, "reach.damaged");
}

static void say_became(struct desk *desk, const struct became *became)
{
	const struct catalogue_argument counts[] = {
		{ .name = "count",
		  .number = (double)(became->filed + became->others) },
		{ .name = "filed", .number = (double)became->filed },
	};

	desk_say(desk,
		 desk_words(desk,
			    became->others ? "reach.filed_some" : "reach.filed",
			    counts, COUNT(counts)),
		 became->others > 0);
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

void reach_file(struct desk *desk)
{
	struct became became = { .desk = desk };
	enum fault fault;

	count_kept(desk);
	if (!desk->reach.kept || desk->reach.lost || desk_locked(desk) ||
	    filing_locked(desk->filing))
		return;
	fault = kept_file(desk->filing, &desk->staff.who, desk->clock.now, take,
			  &became);
	if (became.filed || became.others) {
		desk_changed(desk);
		say_became(desk, &became);
	}
	count_kept(desk);
	if (fault)
		desk->reach.look = desk->clock.moment + LATER_MS;
	if (fault == FAULT_SYSTEM)
		desk_say(desk, desk_word(desk, "reach.unread"), true);
	else if (fault)
		desk_say_trouble(desk);
}

/* --- reaching it again ---------------------------------------------------- */

/* A server that lets one wait is tried the more seldom. */
static void try_again(struct desk *desk)
{
	struct clock after;
	int64_t changes, rest;

	if (desk->clock.moment < desk->reach.next)
		return;
	if (record_changed(desk->record, &changes)) {
		clock_read(&after);
		rest = REST * (after.moment - desk->clock.moment);
		desk->reach.next =
		    after.moment + (rest > TRY_MS ? rest : TRY_MS);
		return;
	}
	desk->reach.lost = false;
	reach_forget(desk);
	if (desk_locked(desk))
		desk_look_for_calls(desk);
	else
		desk_changed(desk);
	desk_say_key(desk, "reach.back");
	reach_file(desk);
}

void reach_look(struct desk *desk)
{
	show_became(desk);
	if (desk->reach.lost) {
		try_again(desk);
		return;
	}
	if (desk->clock.moment < desk->reach.look)
		return;
	desk->reach.look = desk->clock.moment + LOOK_MS;
	reach_file(desk);
}

/* --- on the screen -------------------------------------------------------- */

static char *kept_words(const struct desk *desk)
{
	const struct catalogue_argument count = {
		.name = "count",
		.number = (double)desk->reach.kept,
	};

	return desk->reach.kept
		   ? desk_words(desk, "reach.count_kept", &count, 1)
		   : NULL;
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
		lost = desk_words(desk, text[0] ? "reach.as_of" : "reach.away",
				  &time, 1);
	if (lost && kept)
		return xasprintf("%s · %s", lost, kept);
	return lost ? xstrdup(lost) : kept ? xstrdup(kept) : NULL;
}
