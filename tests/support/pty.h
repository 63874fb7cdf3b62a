#pragma once

#include <stdbool.h>
#include <stddef.h>

/*
 * A whole program in a pseudo-terminal, as a person meets it: libvterm keeps
 * the screen, keys are sent as bytes, and the screen is read as text.
 */
struct pty;

/*
 * Starts argv (ends with NULL) with the environment's variables and those of
 * extra ("NAME=value", ends with NULL; may be NULL). TERM is xterm-256color.
 * The terminal answers what libvterm answers; it shows no sixel.
 */
struct pty *pty_start(const char *const *argv, const char *const *extra,
		      int rows, int columns);

/*
 * A terminal that shows sixel: cells are of a size in pixels, and it answers
 * as foot does. Pictures are decoded, and kept.
 */
struct pty_pixels {
	int cell_height, cell_width;
	int most_height, most_width; /* the largest picture; 0: not told */
	bool silent_about_cells;     /* gives no answer to CSI 16t */
};

struct pty *pty_start_with_pixels(const char *const *argv,
				  const char *const *extra, int rows,
				  int columns, const struct pty_pixels *pixels);

/* A function of the test itself in place of a program: its result is the exit
 * status. pixels may be NULL. */
typedef int pty_body(void *to);
struct pty *pty_start_body(pty_body *body, void *to, int rows, int columns,
			   const struct pty_pixels *pixels);

/* All that it writes from now on is written to a descriptor, too, which is the
 * caller's: another terminal sees the same. -1: no longer. */
void pty_copy(struct pty *pty, int to);

/* Ends it with SIGTERM, then SIGKILL, if it still runs; the exit status. */
int pty_stop(struct pty *pty);

/* Waits until it has ended by itself; its exit status, -1 after milliseconds.
 * The screen stays readable; pty_stop() still frees. */
int pty_wait(struct pty *pty, int milliseconds);

void pty_send(struct pty *pty, const char *bytes);
#define PTY_UP "\033[A"
#define PTY_DOWN "\033[B"
#define PTY_RIGHT "\033[C"
#define PTY_LEFT "\033[D"
#define PTY_END "\033[F"
#define PTY_ENTER "\r"
#define PTY_ESCAPE "\033"
#define PTY_F1 "\033OP"
#define PTY_F2 "\033OQ"
#define PTY_F3 "\033OR"
#define PTY_F9 "\033[20~"

/* A press and a release of a finger on a cell, as xterm reports them. */
void pty_touch(struct pty *pty, int row, int column);

/* Reads what it writes until the screen has been quiet for milliseconds. */
void pty_settle(struct pty *pty, int milliseconds);

/* How many frames it has ended so far (CSI ?2026 l), and waiting until there
 * were so many; false after milliseconds. */
size_t pty_frames(const struct pty *pty);
bool pty_expect_frames(struct pty *pty, size_t frames, int milliseconds);

/* Whether a cell blinked in any frame, or the whole screen was reversed. */
bool pty_has_flashed(const struct pty *pty);

/* Waits until it has written so many bytes in all; false after milliseconds. */
bool pty_expect_bytes(struct pty *pty, size_t bytes, int milliseconds);

/*
 * Reads until the screen has text on it (white space of any length equal);
 * false after milliseconds. The rest of the frame that brought it has come
 * too, so the whole screen may be looked at. It is printed when it fails.
 */
bool pty_expect(struct pty *pty, const char *text, int milliseconds);

/* The same without waiting for the rest, and nothing is printed: for clocks. */
bool pty_await(struct pty *pty, const char *text, int milliseconds);
bool pty_shows(struct pty *pty, const char *text); /* now, without waiting */

/* The screen, a line a row, trailing blanks cut; the caller frees it. */
char *pty_screen(struct pty *pty);

/* One cell: its colours as libvterm has them, for tests of the focus. */
bool pty_is_reversed(struct pty *pty, int row, int column);

/* The character of one cell as it was sent: U+00A0 stays. 0: nothing. */
unsigned pty_character(struct pty *pty, int row, int column);

/* Two columns at least: libvterm cannot put a wide character into one. */
void pty_resize(struct pty *pty, int rows, int columns);

/* The pictures it has sent so far, in order; they belong to the pty. */
struct sixel_picture;
size_t pty_pictures(const struct pty *pty);
const struct sixel_picture *pty_picture(const struct pty *pty, size_t index);

/* What lies on the glass over a cell: 0 nothing, else 1 and the index of a
 * picture. As in foot, whatever is written to a cell wipes it. */
size_t pty_glass(const struct pty *pty, int row, int column);

/* Whether lines were ever moved about, which would tear pictures; whether one
 * was ever drawn over a part of another that was still there. */
bool pty_has_scrolled(const struct pty *pty);
bool pty_has_overlaid(const struct pty *pty);
int pty_child(const struct pty *pty);    /* its process id */
size_t pty_bytes(const struct pty *pty); /* bytes it has written so far */
