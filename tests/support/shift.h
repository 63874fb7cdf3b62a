#pragma once

#include "tests/support/pty.h"

/*
 * A shift at the real desk, in a pseudo-terminal: somebody sits down in front
 * of it, types as people type and scans as a wedge does, and reads the screen.
 */
#define SHIFT_LATER 8000 /* ms; what a sanitizer may make slow */

/* Starts the desk of a home as Sam; option and value may be NULL. */
struct pty *shift_sit_down(const char *home, const char *desk, int rows,
			   int columns, const char *option, const char *value);

/* Types the shift's passphrase of a demo home, and Enter. */
void shift_unlock(struct pty *pty, const char *home);

/* Key by key, slower than a scanner. */
void shift_type(struct pty *pty, const char *text);
void shift_enter(struct pty *pty);

/* Waits for text; the test fails where it does not come. */
void shift_expect(struct pty *pty, const char *text);

/* A key, after a pause, and what it has to bring. */
void shift_press(struct pty *pty, const char *key, const char *text);

/* As a wedge types it: all at once, and Enter. */
void shift_scan(struct pty *pty, const char *digits);
