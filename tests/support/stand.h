#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include "tests/support/pty.h"

/*
 * The real kiosk in a pseudo-terminal, in a demo home of its own. The home is
 * made once a program and copied for each stand.
 */
struct stand {
	char *folder, *home;
	struct pty *pty;
};

/* For cmocka's group: makes the home that is copied, and removes it. */
int stand_prepare(void **state);
int stand_clear(void **state);

/* A home with settings added to its foyer.ini ("[kiosk]\nidle = 1\n"). */
void stand_home(struct stand *stand, const char *settings);

/* Puts the services of an invented town there, to be looked through. */
void stand_services(const struct stand *stand);

/* Opens the kiosk there; the welcome is up. */
void stand_open(struct stand *stand, int rows, int columns);

/* Both, and what ends both. */
void stand_start(struct stand *stand, int rows, int columns,
		 const char *settings);
void stand_done(struct stand *stand);

/* Waits for text; the test fails where it does not come. */
void stand_expect(struct stand *stand, const char *text);

/* The same for what goes away: text is no longer shown. */
void stand_expect_gone(struct stand *stand, const char *text);

/* Waits for text, and then presses a key as a person does. */
void stand_press(struct stand *stand, const char *text, const char *key);

/* From the welcome on to "Have you been here before?", in English. */
void stand_begin(struct stand *stand);

/* From there to the paper, the short way of somebody with an appointment. */
void stand_finish(struct stand *stand);

/* The visitor's process. */
pid_t stand_visitor(const struct stand *stand);

/* Whoever runs its errands. */
pid_t stand_porter(const struct stand *stand);

/* A file of the home as text; the caller frees it. */
char *stand_file(const struct stand *stand, const char *name);

/* Runs `foyer WORDS --home HOME`; its output; the caller frees it. */
char *stand_office(const struct stand *stand, const char *words);
