#include "tests/test.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "tests/support/demo.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/support/pty.h"
#include "tests/support/shift.h"

/*
 * A day at the desk, through its real screens in a pseudo-terminal: tickets
 * are scanned, called in their order, and whatever a visit brings is done. At
 * the end nobody waits, and every list and count says what was done.
 */
#define HOME_KEY "\033[H"
#define FEW 10 /* visits where a sanitizer makes each slow */

struct day {
	char *folder, *home;
	struct pty *pty;
	size_t count;
};

/* Whose visit it becomes. */
enum whose {
	NOBODYS,   /* they said no, or nobody asks: served without a record */
	NEW,       /* kept at the kiosk: a person is made */
	AGREES,    /* asked alone, they agree now: a person is made */
	DISAGREES, /* asked alone, they do not */
	KNOWN,     /* the first who is offered */
	TYPED,     /* found by typing: the ticket has no name */
	WHOSE
};

enum outcome { SERVED = 1, REFERRED, DIVERTED, LEFT, SAFETY };

/* What it brings. */
enum deed {
	NOTHING,
	PLAN,
	MEET,
	REFER_OUT,
	REFER_IN,
	FLAG,
	STOP_KEEPING,
	STOP_COUNTING,
	DEEDS
};

struct visitor {
	const char *persona, *name, *contact; /* NULL: the persona's own */
	int level;                            /* of the kiosk */
	enum whose whose;
	const char *called; /* who it is, where it is somebody */
	enum outcome outcome;
	enum deed deed;
};

/* --- the record ------------------------------------------------------------
 */

static void expect_answer(const struct day *day, const char *question,
			  const char *wanted)
{
	SCOPED(char_freep) char *answer = demo_ask(day->home, question);

	if (strcmp(answer, wanted) != 0)
		fail_msg("%s: %s, not %s", question, answer, wanted);
}

static void expect_number(const struct day *day, const char *question,
			  size_t wanted)
{
	SCOPED(char_freep) char *text = xasprintf("%zu", wanted);

	expect_answer(day, question, text);
}

static char *number_of(size_t visitor)
{
	return xasprintf("K7-%04zu", 1 + 64 * visitor);
}

/* Lines that a command prints. */
static size_t count_lines(const struct day *day, const char *words)
{
	struct output output =
	    program_run("", "foyer %s --home %s", words, day->home);
	size_t count = 0;

	if (output.status)
		fail_msg("%s: %s", words, output.err);
	for (const char *at = output.out; (at = strchr(at, '\n')); at++)
		count++;
	output_done(&output);
	return count;
}

static void expect_lines(const struct day *day, const char *words,
			 size_t wanted)
{
	size_t count = count_lines(day, words);

	if (count != wanted)
		fail_msg("%s: %zu, not %zu", words, count, wanted);
}

static void set_up(struct day *day, const char *words)
{
	(void)count_lines(day, words);
}

/* --- moving about ----------------------------------------------------------
 */

static void go_back_to(struct day *day, const char *title)
{
	for (int i = 0; i < 8 && !pty_shows(day->pty, title); i++) {
		pty_send(day->pty, PTY_ESCAPE);
		pty_settle(day->pty, 150);
	}
	shift_expect(day->pty, title);
}

/* ":" knows every list by its name. */
static void open_list(struct day *day, const char *typed, const char *title)
{
	SCOPED(char_freep) char *shown = xasprintf("── %s ──", title);

	shift_press(day->pty, ":", "Do: write some letters of it");
	shift_type(day->pty, typed);
	shift_press(day->pty, PTY_ENTER, shown);
}

/* A line of the field that is edited, or of the reason that is asked. */
static void write_line(struct day *day, const char *text)
{
	shift_type(day->pty, text);
	shift_enter(day->pty);
}

static void step_down(struct day *day, int rows)
{
	while (rows--) {
		pty_send(day->pty, PTY_DOWN);
		pty_settle(day->pty, 40);
	}
}

/* What is added seldom stands on the list's second page. */
static void add_to_them(struct day *day, const char *choice, const char *title)
{
	shift_press(day->pty, "+", "What do you want to add?");
	shift_press(day->pty, "0", "Household member");
	shift_press(day->pty, choice, title);
}

/* --- what visits bring ------------------------------------------------------
 */

static void raise_level(struct day *day)
{
	shift_press(day->pty, "o", "Which level?");
	shift_press(day->pty, "1", "Why? It is kept beside the level.");
	write_line(day, "Sleeps outside tonight");
	shift_expect(day->pty, "U1 now");
}

static void answer_flag(struct day *day)
{
	shift_press(day->pty, "a", "· Quiet flag");
	shift_press(day->pty, "1", "── Waiting ──");
	shift_press(day->pty, "a", "· Quiet flag");
	shift_press(day->pty, "2", "── Waiting ──");
}

/* What they told the kiosk, then what a worker found; one need becomes a goal
 * with its next step. */
static void assess_and_plan(struct day *day)
{
	shift_press(day->pty, "v", "Assessment ");
	shift_press(day->pty, "b", "not signed");
	step_down(day, 1);
	shift_press(day->pty, "1", "crisis");
	shift_press(day->pty, "2", "vulnerable");
	shift_press(day->pty, HOME_KEY, "crisis");
	step_down(day, 1);
	shift_press(day->pty, "+", "A goal: A place to live");
	write_line(day, "A warm home");
	shift_expect(day->pty, "The step");
	write_line(day, "Call the co-op");
	shift_press(day->pty, "s", "It never changes afterwards.");
	shift_press(day->pty, "1", "signed by Sam");
	shift_press(day->pty, "y", "→ Call the co-op");
}

static void move_referral(struct day *day, const char *choice,
			  const char *state)
{
	shift_press(day->pty, "m", "Where does it stand now?");
	shift_press(day->pty, choice, state);
}

static void refer_out(struct day *day)
{
	shift_press(day->pty, "d", "── Directory · ");
	shift_press(day->pty, "r", "Referral · new");
	shift_press(day->pty, "s", "Saved: Referral");
	open_list(day, "referrals still", "Referrals that stand still");
	shift_press(day->pty, PTY_ENTER, "Proposed · changed");
	step_down(day, 9);
	shift_press(day->pty, PTY_ENTER, "A day: ");
	write_line(day, "today");
	shift_press(day->pty, "s", "Saved: Referral");
	move_referral(day, "1", "Person agreed · changed");
	move_referral(day, "1", "Made · changed");
	move_referral(day, "1", "Contacted · changed");
}

/* A hospital sent them; they were reached. */
static void take_referral_in(struct day *day)
{
	add_to_them(day, "2", "Referral · new");
	step_down(day, 1);
	shift_press(day->pty, PTY_ENTER, "Sent to us");
	shift_press(day->pty, "2", "● Sent to us");
	step_down(day, 4);
	shift_press(day->pty, PTY_ENTER, "Hospital");
	shift_press(day->pty, "4", "● Hospital");
	shift_press(day->pty, "s", "Saved: Referral");
	open_list(day, "sent to us", "Sent to us");
	shift_press(day->pty, PTY_ENTER, "Received · changed");
	move_referral(day, "2", "Reached · changed");
}

/* Those who were awaited are here: their sponsor, a worker and they meet. */
static void hold_post_meeting(struct day *day)
{
	open_list(day, "expected", "Expected arrivals");
	shift_press(day->pty, PTY_ENTER, "Meeting before arrival");
	shift_press(day->pty, "a", "Who");
	write_line(day, "Omar");
	shift_expect(day->pty, "No joint meeting after arrival yet.");
	step_down(day, 2);
	shift_press(day->pty, PTY_ENTER, "Meeting · new");
	step_down(day, 4);
	shift_press(day->pty, PTY_ENTER, "A day: ");
	write_line(day, "today");
	shift_press(day->pty, "s", "Saved: Meeting");
	shift_press(day->pty, PTY_ENTER, "Who came");
	shift_press(day->pty, "1", "newcomer came");
	shift_press(day->pty, "2", "sponsor came");
	shift_press(day->pty, "4", "worker came");
	shift_press(day->pty, "h", "held · ");
}

/* What was said at the kiosk last stands first; counting is taken back. */
static void withdraw(struct day *day, const char *purpose)
{
	add_to_them(day, "1", "Consent · new");
	step_down(day, 1);
	shift_press(day->pty, PTY_ENTER, "count");
	shift_press(day->pty, purpose, "● ");
	shift_press(day->pty, "s", "How is this known?");
	shift_press(day->pty, "1", "Saved: Consent");
	shift_press(day->pty, HOME_KEY, "given");
	shift_press(day->pty, PTY_ENTER, "Consent · ");
	shift_press(day->pty, "m", "Where does it stand now?");
}

static void withdraw_counting(struct day *day)
{
	withdraw(day, "5");
	shift_press(day->pty, "1", "withdrawn · changed");
}

/* Taking back that they are kept at all erases them. */
static void withdraw_keeping(struct day *day)
{
	withdraw(day, "2");
	shift_press(day->pty, "1", "");
}

/* --- who comes --------------------------------------------------------------
 */

#define FAMILY "gar-family-day6-ti"
#define SPONSORED "psr-couple-2months-ar"
#define SHELTER "claimant-shelter-es"
#define JOB "economic-jobsearch-en"
#define MOTHER "emergency-program-mother-uk"
#define RETURNING "returning-ticket-prs"
#define UNSAFE "not-safe-finishes-pa"
#define NUMBER_ONLY "no-consent-number-fr"
#define TALK_ALONE "no-consent-talk-alone-fr"
#define QUESTION "information-only-fr"
#define STATUS "talk-about-status-pt"
#define ALL "gar-answers-everything-prs"
#define YOUTH "youth-16-alone-so"

/* Where it is done: on the ticket as it was filed, on the list once they are
 * taken in, on their screen. */
static const struct {
	void (*on_ticket)(struct day *day);
	void (*on_list)(struct day *day);
	void (*on_person)(struct day *day);
} deeds[DEEDS] = {
	[PLAN] = { .on_person = assess_and_plan },
	[MEET] = { .on_person = hold_post_meeting },
	[REFER_OUT] = { .on_ticket = raise_level, .on_person = refer_out },
	[REFER_IN] = { .on_person = take_referral_in },
	[FLAG] = { .on_list = answer_flag },
	[STOP_KEEPING] = { .on_person = withdraw_keeping },
	[STOP_COUNTING] = { .on_person = withdraw_counting },
};

/* The first FEW bring everything once. */
static const struct visitor visitors[] = {
	{ FAMILY, NULL, NULL, 3, NEW, "Selam H", SERVED, PLAN },
	{ SPONSORED, NULL, NULL, 3, AGREES, "Omar K", SERVED, MEET },
	{ SHELTER, NULL, NULL, 2, NEW, "Ana P", REFERRED, REFER_OUT },
	{ JOB, NULL, NULL, 4, NEW, "Priya S", SERVED, REFER_IN },
	{ UNSAFE, NULL, NULL, 1, NOBODYS, NULL, SAFETY, FLAG },
	{ NUMBER_ONLY, NULL, NULL, 4, NOBODYS, NULL, SERVED, NOTHING },
	{ FAMILY, NULL, NULL, 3, KNOWN, "Selam H", SERVED, NOTHING },
	{ JOB, "Chen W", "chen@example.org", 4, NEW, NULL, SERVED,
	  STOP_KEEPING },
	{ MOTHER, NULL, NULL, 4, NEW, "Oksana", SERVED, STOP_COUNTING },
	{ STATUS, NULL, NULL, 2, DISAGREES, NULL, LEFT, NOTHING },
	/* The others make it a full day. */
	{ ALL, NULL, NULL, 2, NEW, "Zahra", SERVED, NOTHING },
	{ RETURNING, NULL, NULL, 3, TYPED, "Zahra", SERVED, NOTHING },
	{ TALK_ALONE, NULL, NULL, 2, NOBODYS, NULL, SERVED, NOTHING },
	{ QUESTION, NULL, NULL, 5, NOBODYS, NULL, DIVERTED, NOTHING },
	{ YOUTH, NULL, NULL, 1, NEW, "Hodan", SERVED, NOTHING },
	{ SHELTER, NULL, NULL, 2, KNOWN, "Ana P", SERVED, NOTHING },
	{ JOB, NULL, NULL, 4, KNOWN, "Priya S", SERVED, NOTHING },
	{ MOTHER, NULL, NULL, 4, KNOWN, "Oksana", SERVED, NOTHING },
	{ YOUTH, NULL, NULL, 1, KNOWN, "Hodan", SERVED, NOTHING },
	{ ALL, NULL, NULL, 2, KNOWN, "Zahra", REFERRED, NOTHING },
	{ FAMILY, "Rahwa T", "613-555-0111", 3, NEW, "Rahwa T", SERVED,
	  NOTHING },
	{ SHELTER, "Luis M", "613-555-0112", 2, NEW, "Luis M", REFERRED,
	  NOTHING },
	{ JOB, "Fatou D", "fatou@example.org", 4, NEW, "Fatou D", SERVED,
	  NOTHING },
	{ MOTHER, "Iryna B", "613-555-0113", 4, NEW, "Iryna B", SERVED,
	  NOTHING },
	{ SPONSORED, "Yusuf A", "613-555-0114", 3, DISAGREES, NULL, LEFT,
	  NOTHING },
	{ UNSAFE, NULL, NULL, 1, NOBODYS, NULL, SAFETY, FLAG },
	{ NUMBER_ONLY, NULL, NULL, 4, NOBODYS, NULL, SERVED, NOTHING },
	{ QUESTION, NULL, NULL, 5, NOBODYS, NULL, DIVERTED, NOTHING },
	{ FAMILY, "Rahwa T", "613-555-0111", 3, KNOWN, "Rahwa T", SERVED,
	  NOTHING },
	{ JOB, "Fatou D", "fatou@example.org", 4, KNOWN, "Fatou D", SERVED,
	  NOTHING },
};

/* U1, U2, then all others as they came. */
static int band_of(const struct visitor *visitor)
{
	const int level = visitor->deed == REFER_OUT ? 1 : visitor->level;

	return level < 3 ? level : 3;
}

static size_t find_order(size_t count, size_t *order)
{
	size_t at = 0;

	for (int band = 1; band <= 3; band++) {
		for (size_t i = 0; i < count; i++) {
			if (band_of(&visitors[i]) == band)
				order[at++] = i;
		}
	}
	return at;
}

/* --- a visit ----------------------------------------------------------------
 */

static void scan(struct day *day, size_t which)
{
	const struct visitor *visitor = &visitors[which];
	SCOPED(char_freep) char *number = number_of(which);
	SCOPED(char_freep) char *filed = xasprintf("Filed: %s.", number);
	SCOPED(char_freep)
	char *waiting = xasprintf("· %zu waiting", which + 1);
	SCOPED(char_freep)
	char *digits = demo_ticket_as(day->home, visitor->persona,
				      visitor->name, visitor->contact);

	shift_scan(day->pty, digits);
	shift_expect(day->pty, filed);
	if (deeds[visitor->deed].on_ticket)
		deeds[visitor->deed].on_ticket(day);
	go_back_to(day, "── Waiting ──");
	shift_expect(day->pty, waiting);
}

static void say_who(struct day *day, const struct visitor *visitor)
{
	shift_press(day->pty, "p", "── Who is K7-");
	switch (visitor->whose) {
	case NEW:
		shift_press(day->pty, "+", "This is their visit now.");
		break;
	case AGREES:
		shift_press(day->pty, "+", "do they agree now?");
		shift_press(day->pty, "1", "This is their visit now.");
		break;
	case DISAGREES:
		shift_press(day->pty, "+", "do they agree now?");
		shift_press(day->pty, "2", "Nothing was kept.");
		break;
	case TYPED:
		shift_press(day->pty, "f", "/");
		write_line(day, visitor->called);
		shift_expect(day->pty, visitor->called);
		__attribute__((fallthrough));
	default:
		shift_press(day->pty, PTY_ENTER, "This is their visit now.");
		break;
	}
}

static void expect_whose(const struct day *day, const char *number,
			 const char *called)
{
	SCOPED(char_freep)
	char *question =
	    xasprintf("SELECT coalesce(name.latin, '') FROM visit LEFT JOIN"
		      " name ON name.person = visit.person AND name.gone = 0"
		      " WHERE visit.number = '%s'",
		      number);

	expect_answer(day, question, called ? called : "");
}

static void serve(struct day *day, size_t which, size_t left)
{
	const struct visitor *visitor = &visitors[which];
	SCOPED(char_freep) char *number = number_of(which);
	SCOPED(char_freep) char *waiting = xasprintf("· %zu waiting", left);
	SCOPED(char_freep)
	char *ending = xasprintf("%s · How did the visit end?", number);
	SCOPED(char_freep) char *ended = xasprintf("%s ended: ", number);

	shift_press(day->pty, HOME_KEY, "── Waiting ──");
	shift_press(day->pty, "c", "n no answer");
	shift_press(day->pty, "t", waiting);
	expect_answer(
	    day, "SELECT number FROM visit WHERE state = 'in-service'", number);
	if (deeds[visitor->deed].on_list)
		deeds[visitor->deed].on_list(day);
	if (visitor->whose != NOBODYS)
		say_who(day, visitor);
	if (deeds[visitor->deed].on_person)
		deeds[visitor->deed].on_person(day);
	go_back_to(day, "── Waiting ──");
	expect_whose(day, number, visitor->called);
	shift_press(day->pty, "e", ending);
	shift_press(day->pty, (char[]){ (char)('0' + visitor->outcome), 0 },
		    ended);
}

/* --- what it came to
 * ----------------------------------------------------------
 */

static size_t count_whose(size_t count, unsigned set)
{
	size_t found = 0;

	for (size_t i = 0; i < count; i++)
		found += (set >> visitors[i].whose) & 1u;
	return found;
}

static size_t count_attached(const struct day *day)
{
	return count_whose(day->count, ~(1u << NOBODYS | 1u << DISAGREES));
}

static void expect_outcomes(const struct day *day)
{
	static const char *const words[] = {
		[SERVED] = "served",     [REFERRED] = "referred",
		[DIVERTED] = "diverted", [LEFT] = "left",
		[SAFETY] = "safety",
	};

	for (size_t i = SERVED; i <= SAFETY; i++) {
		SCOPED(char_freep)
		char *question =
		    xasprintf("SELECT count(*) FROM visit WHERE state ="
			      " 'ended' AND outcome = '%s'",
			      words[i]);
		size_t wanted = 0;

		for (size_t j = 0; j < day->count; j++)
			wanted += visitors[j].outcome == (enum outcome)i;
		expect_number(day, question, wanted);
	}
}

static size_t count_flags(const struct day *day)
{
	size_t count = 0;

	for (size_t i = 0; i < day->count; i++)
		count += visitors[i].deed == FLAG;
	return count;
}

static void expect_visits(const struct day *day)
{
	expect_lines(day, "record queue --part waiting", 0);
	expect_lines(day, "record queue --part in-service", 0);
	expect_lines(day, "record queue --part ended", day->count);
	expect_outcomes(day);
	expect_answer(day,
		      "SELECT group_concat(staff_level || staff_reason)"
		      " FROM visit WHERE staff_level > 0",
		      "1Sleeps outside tonight");
	expect_number(day,
		      "SELECT count(*) FROM alert WHERE acknowledged_by ="
		      " 'Sam' AND closed_by = 'Sam' AND outcome = 'talked'",
		      count_flags(day));
	expect_number(day, "SELECT count(*) FROM alert", count_flags(day));
}

static void expect_people(const struct day *day)
{
	const size_t made = count_whose(day->count, 1u << NEW | 1u << AGREES);

	/* Of those one took back that they are kept. */
	expect_lines(day, "people list", made - 1);
	expect_lines(day, "list people", made - 1);
	expect_number(
	    day, "SELECT count(*) FROM visit WHERE person IS NOT NULL",
	    count_whose(day->count, ~(1u << NOBODYS | 1u << DISAGREES)) - 1);
	expect_answer(day,
		      "SELECT group_concat(subject) FROM tombstone WHERE"
		      " subject = 'person'",
		      "person");
	expect_answer(day, "SELECT count(*) FROM name WHERE latin = 'Chen W'",
		      "0");
	expect_answer(
	    day,
	    "SELECT count(*) FROM change WHERE coalesce(before, '') ||"
	    " coalesce(after, '') LIKE '%chen@%'",
	    "0");
	expect_answer(day,
		      "SELECT group_concat(state) FROM consent WHERE purpose ="
		      " 'count'",
		      "withdrawn");
}

static void expect_work(const struct day *day)
{
	expect_lines(day, "assess list what=first", 1);
	expect_answer(day,
		      "SELECT count(*) FROM assessment WHERE what = 'first'"
		      " AND signed_at > 0 AND changed_by = 'Sam'",
		      "1");
	/* Each visit of somebody brought what they told the kiosk. */
	expect_lines(day, "assess list what=self", count_attached(day) - 1);
	expect_lines(day, "list unsigned-assessments", 0);
	expect_lines(day, "plan list goal", 1);
	expect_lines(day, "plan list step state=open", 1);
	expect_lines(day, "list goals-without-step", 0);
	expect_lines(day, "list no-next-step", 0);
	expect_lines(day, "refer list direction=out state=contacted", 1);
	expect_lines(day, "refer list direction=in state=reached", 1);
	expect_lines(day, "refer list", 2);
	expect_lines(day, "list referrals-still", 1);
	expect_lines(day, "list referrals-in", 1);
	expect_lines(day, "sponsor list meeting what=POST state=held", 1);
	expect_lines(day, "sponsor list meeting", 1);
	expect_lines(day, "list expected-arrivals", 0);
	expect_lines(day, "list post-overdue", 0);
}

/* Whatever was done was written down, and by whom. */
static void expect_audit(const struct day *day)
{
	const size_t flags = count_flags(day);
	const struct {
		const char *act;
		size_t count;
	} acts[] = {
		{ "file", day->count },
		{ "call", day->count },
		{ "take-in", day->count },
		{ "end", day->count },
		{ "attach", count_attached(day) },
		{ "override", 1 },
		{ "raise", flags },
		{ "acknowledge", flags },
		{ "close", flags },
	};

	for (size_t i = 0; i < COUNT(acts); i++) {
		SCOPED(char_freep)
		char *question = xasprintf(
		    "SELECT count(*) FROM audit WHERE act = '%s'", acts[i].act);

		expect_number(day, question, acts[i].count);
	}
	expect_answer(day,
		      "SELECT (SELECT count(*) FROM audit WHERE act = 'erase')"
		      " - (SELECT count(*) FROM tombstone)",
		      "0");
	expect_answer(day, "SELECT count(*) FROM audit WHERE user = ''", "0");
	expect_answer(day, "PRAGMA integrity_check", "ok");
	expect_answer(day, "SELECT count(*) FROM pragma_foreign_key_check()",
		      "0");
}

static bool is_sanitized(void)
{
	return strstr(getenv("FOYER_BUILD"), "sanitize") != NULL;
}

static void begin(struct day *day)
{
	*day = (struct day){
		.folder = folder_new(),
		.count = is_sanitized() ? FEW : COUNT(visitors),
	};
	day->home = folder_file(day->folder, "home");
	demo_new(day->home);
	set_up(day, "directory add --name Housing-desk --organization Open-Door"
		    " --codes need:HOU");
	set_up(day, "sponsor add sponsor_group what=CG name=St-Invented");
	set_up(day, "sponsor add sponsorship sponsor_group=1"
		    " expected_on=2026-11-20 expected_people=2");
	day->pty = shift_sit_down(day->home, "front", 24, 80, NULL, NULL);
	shift_expect(day->pty, "Passphrase of the agency");
	shift_unlock(day->pty, day->home);
	shift_expect(day->pty, "Nobody is waiting.");
}

static void a_day_at_the_desk_adds_up(void **state)
{
	size_t order[COUNT(visitors)];
	struct day day;

	(void)state;
	begin(&day);
	for (size_t i = 0; i < day.count; i++)
		scan(&day, i);
	assert_int_equal(find_order(day.count, order), day.count);
	for (size_t i = 0; i < day.count; i++)
		serve(&day, order[i], day.count - i - 1);
	shift_expect(day.pty, "Nobody is waiting.");
	pty_send(day.pty, "q");
	assert_int_equal(pty_wait(day.pty, SHIFT_LATER), 0);
	expect_visits(&day);
	expect_people(&day);
	expect_work(&day);
	expect_audit(&day);
	pty_stop(day.pty);
	free(day.home);
	folder_freep(&day.folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_day_at_the_desk_adds_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
