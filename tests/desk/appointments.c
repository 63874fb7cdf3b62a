#include "desk/appointments.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "desk/open.h"
#include "desk/sheet.h"
#include "tests/support/book.h"
#include "tests/support/seat.h"
#include "tests/test.h"

/* A worker with two people: at 10:00 tomorrow, and at 14:00. */
struct day {
	struct seat *sam;
	int64_t selam, ten, two;
};

static int64_t make_person(struct seat *seat, const char *number,
			   const char *latin)
{
	const int64_t person =
	    seat_make(seat, "person", "number", number, NULL);
	SCOPED(char_freep) char *id = xasprintf("%lld", (long long)person);

	seat_make(seat, "name", "person", id, "latin", latin, NULL);
	return person;
}

#define HOUR ((int64_t)60 * 60 * 1000)
#define TEN_TOMORROW (SEAT_NOW - 2 * 60 * 1000 + 21 * HOUR)

static int64_t book_at(struct seat *seat, int64_t person, int64_t worker,
		       int64_t when)
{
	SCOPED(char_freep) char *whose = xasprintf("%lld", (long long)person);
	SCOPED(char_freep) char *by = xasprintf("%lld", (long long)worker);
	SCOPED(char_freep) char *at = xasprintf("%lld", (long long)when);

	return seat_make(seat, "appointment", "person", whose, "worker", by,
			 "at", at, "mode", "in-person", NULL);
}

static struct day make_day(struct office *office)
{
	struct seat *sam = &office->sam;
	const int64_t worker = seat_make(sam, "user", "name", "Ana Ruiz", NULL);
	struct day day = { .sam = sam,
			   .selam = make_person(sam, "P-1", "Selam Haile") };

	day.ten = book_at(sam, day.selam, worker, TEN_TOMORROW);
	day.two = book_at(sam, make_person(sam, "P-2", "Omar Farah"), worker,
			  TEN_TOMORROW + 4 * HOUR);
	return day;
}

static void has(struct seat *seat, int64_t id, const char *field,
		const char *value)
{
	struct book book = { .record = seat->record };
	SCOPED(char_freep)
	char *is = book_value(&book, "appointment", id, field);

	assert_string_equal(is, value);
}

static void write_text(struct seat *seat, const char *text)
{
	seat_type(seat, text);
	seat_press(seat, UI_KEY_ENTER);
}

static void the_days_are_a_key_apart(void **state)
{
	struct day day = make_day(*state);

	seat_type(day.sam, "D");
	seat_sees(day.sam, "── Appointments · Sun 22 Nov 2026 ──");
	seat_sees(day.sam, "No appointment is booked for this day.");
	seat_type(day.sam, ">");
	seat_sees(day.sam, "── Appointments · Mon 23 Nov 2026 ──");
	seat_golden(day.sam, "desk-appointments-80x24");
	seat_type(day.sam, "<<");
	seat_sees(day.sam, "Sat 21 Nov 2026");
	seat_misses(day.sam, "Selam");
}

static void one_key_gives_an_appointment_another_time(void **state)
{
	struct day day = make_day(*state);
	struct seat *sam = day.sam;

	seat_type(sam, "D>w");
	seat_sees(sam, "New time for Selam Haile · P-1, until now Mon 23 Nov");
	write_text(sam, "yesterday 9:00");
	seat_sees(sam, "That is over already");
	for (int i = 0; i < 14; i++)
		seat_press(sam, UI_KEY_BACKSPACE);
	write_text(sam, "tomorrow 14:15");
	seat_sees(sam, "Ana Ruiz has Omar Farah · P-2 then: Mon 23 Nov");
	seat_type(sam, "1"); /* another time */
	write_text(sam, "tomorrow 14:30");
	seat_sees(sam, "Why is it moved?");
	seat_type(sam, "1");
	seat_sees(sam, "Moved to Mon 23 Nov 2026 14:30.");
	has(sam, day.ten, "state", "moved");
	has(sam, day.ten, "reason", "transport");
	has(sam, day.two + 1, "state", "booked");
	seat_type(sam, "u");
	has(sam, day.ten, "state", "booked");
}

static void a_clash_may_be_meant(void **state)
{
	struct day day = make_day(*state);
	struct seat *sam = day.sam;

	seat_type(sam, "D>w");
	write_text(sam, "tomorrow 13:31");
	seat_sees(sam, "Ana Ruiz has Omar Farah · P-2 then");
	seat_type(sam, "2");
	seat_type(sam, "1");
	seat_sees(sam, "Moved to Mon 23 Nov 2026 13:31.");
}

/* A sheet with what is typed of one for Selam, by the worker that both have. */
static void open_booking(struct day *day, int64_t at)
{
	SCOPED(char_freep) char *who = xasprintf("%lld", (long long)day->selam);
	SCOPED(char_freep) char *when = xasprintf("%lld", (long long)at);
	const struct entity_match given[] = {
		{ "person", who },       { "worker", "1" }, { "at", when },
		{ "mode", "in-person" }, { NULL, NULL },
	};

	open_new(&day->sam->desk,
		 &(struct sheet_about){ .kind = kind_find("appointment"),
					.given = given });
}

static void who_books_is_told_of_a_clash(void **state)
{
	struct day day = make_day(*state);
	struct seat *sam = day.sam;

	open_booking(&day, TEN_TOMORROW + 4 * HOUR + 1);
	seat_type(sam, "s");
	seat_sees(sam, "Ana Ruiz has Omar Farah · P-2 then: Mon 23 Nov");
	seat_type(sam, "1"); /* another time: on the sheet, at that row */
	seat_sees(sam, "Not saved");
	seat_press(sam, UI_KEY_ENTER);
	for (int i = 0; i < 20; i++)
		seat_press(sam, UI_KEY_BACKSPACE);
	write_text(sam, "tomorrow 10:29"); /* her own, with the same worker */
	seat_type(sam, "s");
	seat_sees(sam, "Ana Ruiz has Selam Haile · P-1 then: Mon 23 Nov");
	seat_type(sam, "2"); /* all the same */
	has(sam, day.two + 1, "state", "booked");
	/* Saved again with the same time it is not asked again. */
	open_entity(&sam->desk, kind_find("appointment"), day.two + 1);
	seat_press(sam, UI_KEY_END);
	seat_press(sam, UI_KEY_ENTER);
	write_text(sam, "brings a letter");
	seat_type(sam, "s");
	has(sam, day.two + 1, "note", "brings a letter");
}

#define TIME_ROW 2 /* of an appointment's sheet */

static void type_time(struct seat *seat, const char *when)
{
	seat_press(seat, UI_KEY_HOME);
	seat_down(seat, TIME_ROW);
	seat_press(seat, UI_KEY_ENTER);
	for (int i = 0; i < 24; i++)
		seat_press(seat, UI_KEY_BACKSPACE);
	write_text(seat, when);
}

/* Escape at the question goes back to the sheet, and the next save stays
 * there. */
static void who_escapes_the_clash_stays_on_the_sheet(void **state)
{
	struct day day = make_day(*state);
	struct seat *sam = day.sam;

	open_entity(&sam->desk, kind_find("appointment"), day.two);
	type_time(sam, "tomorrow 10:10");
	seat_press(sam, UI_KEY_ESCAPE);
	seat_type(sam, "1"); /* save, and leave */
	seat_sees(sam, "Ana Ruiz has Selam Haile · P-1 then");
	seat_press(sam, UI_KEY_ESCAPE);
	seat_misses(sam, "Ana Ruiz has");
	type_time(sam, "tomorrow 16:00");
	seat_type(sam, "s");
	seat_sees(sam, "Saved: Appointment");
	seat_sees(sam, "── Appointment ·");
}

static void where_nobody_else_is_booked_nothing_is_asked(void **state)
{
	struct day day = make_day(*state);

	open_booking(&day, TEN_TOMORROW + 2 * HOUR);
	seat_type(day.sam, "s");
	has(day.sam, day.two + 1, "state", "booked");
}

static void the_persons_page_has_the_same_key(void **state)
{
	struct day day = make_day(*state);
	struct seat *sam = day.sam;

	open_entity(&sam->desk, kind_find("person"), day.selam);
	seat_type(sam, "w");
	write_text(sam, "tomorrow 16:00");
	seat_type(sam, "3");
	seat_sees(sam, "Moved to Mon 23 Nov 2026 16:00.");
	seat_sees(sam, "moved"); /* the old one, among what happened */
	seat_type(sam, "a");
	seat_sees(sam, "── Appointments · Selam Haile · P-1 ──");
	seat_sees(sam, "Mon 23 Nov 2026 16:00");
	seat_type(sam, "x");
	seat_sees(sam, "Why is it called off?");
	seat_type(sam, "2");
	has(sam, day.two + 1, "state", "cancelled");
	has(sam, day.two + 1, "reason", "childcare");
	seat_sees(sam, "On their page + adds one.");
	seat_press(sam, UI_KEY_ESCAPE);
	seat_type(sam, "w"); /* the old one may be under the cursor */
	seat_misses(sam, "New time");
}

static void a_sheet_moves_it_the_same_way(void **state)
{
	struct day day = make_day(*state);
	struct seat *sam = day.sam;

	open_entity(&sam->desk, kind_find("appointment"), day.ten);
	seat_type(sam, "m");
	seat_misses(sam, "moved"); /* not without its new time */
	seat_press(sam, UI_KEY_ESCAPE);
	seat_type(sam, "w");
	write_text(sam, "tomorrow 11:00");
	seat_type(sam, "1");
	has(sam, day.ten, "state", "moved");
	seat_type(sam, "w");
	seat_misses(sam, "New time");
}

static void a_reason_is_picked_where_nobody_came(void **state)
{
	struct day day = make_day(*state);

	seat_type(day.sam, "D>m8"); /* forgot */
	has(day.sam, day.ten, "state", "no-show");
	has(day.sam, day.ten, "reason", "forgot");
	seat_sees(day.sam, "Written down, with the reason.");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_OFFICE(the_days_are_a_key_apart),
		WITH_OFFICE(one_key_gives_an_appointment_another_time),
		WITH_OFFICE(a_clash_may_be_meant),
		WITH_OFFICE(who_books_is_told_of_a_clash),
		WITH_OFFICE(who_escapes_the_clash_stays_on_the_sheet),
		WITH_OFFICE(where_nobody_else_is_booked_nothing_is_asked),
		WITH_OFFICE(the_persons_page_has_the_same_key),
		WITH_OFFICE(a_sheet_moves_it_the_same_way),
		WITH_OFFICE(a_reason_is_picked_where_nobody_came),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
