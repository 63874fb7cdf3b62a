#pragma once

#include "desk/desk.h"
#include "tests/support/agency.h"

/*
 * A desk without a terminal: screens are drawn to a canvas and read as text,
 * keys are events. It is unlocked, shows the waiting list, and its clock
 * stands. Several may share an agency's record, each with its own connection.
 */
struct seat {
	struct record *record;
	struct filing *filing;
	struct settings *settings;
	struct desk desk;
	int rows, columns;
};

#define SEAT_NOW 1795370520000 /* 2026-11-22 13:02 in Toronto, a Sunday */

/* language is the staff's; 24 rows of 80 columns. */
void seat_open(struct seat *seat, const struct agency *agency, const char *user,
	       const char *language);
void seat_close(struct seat *seat);

/* Letters, then whole keys: "s", SEAT_ENTER. */
void seat_type(struct seat *seat, const char *text);
void seat_press(struct seat *seat, enum ui_key key);
void seat_click(struct seat *seat, const char *text); /* where it stands */

/* What is seen now, without the blanks at the ends of lines; the caller frees
 * it. */
char *seat_picture(struct seat *seat);

/* Fails the test unless text is seen, white space of any length equal; or, the
 * other, is not. */
void seat_sees(struct seat *seat, const char *text);
void seat_misses(struct seat *seat, const char *text);

/* Half a second passes: what another desk changed is looked at. */
void seat_look(struct seat *seat);

/* Two desks of one agency: Sam's in English, Ana's in French. */
struct office {
	struct agency agency;
	struct seat sam, ana;
};

int office_open(void **state); /* *state becomes a struct office */
int office_close(void **state);
#define WITH_OFFICE(test) \
	cmocka_unit_test_setup_teardown(test, office_open, office_close)

/* Saves a new entity from "field", "value" pairs that end with NULL, which has
 * to go well, as whoever sits there was told it. */
int64_t seat_make(struct seat *seat, const char *kind, ...)
    __attribute__((sentinel));

/* So often down. */
void seat_down(struct seat *seat, int rows);

/* How often the act stands in the audit. */
int seat_audited(const struct seat *seat, const char *act);

/* The picture is tests/golden/NAME.txt. */
void seat_golden(struct seat *seat, const char *name);
