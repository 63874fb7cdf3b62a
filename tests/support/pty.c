#include "tests/support/pty.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

#include "base/bytes.h"
#include "base/memory.h"
#include "tests/support/sixel.h"

struct pty {
	int master;
	pid_t child;
	bool ended;
	int status;
	int rows, columns;
	size_t written;
	VTerm *vterm;
	VTermScreen *screen;
	struct bytes pending; /* the beginning of a sequence */
	size_t frames;
	int copy; /* -1: nobody else sees it */
	bool flashed;
	/* With pixels only: */
	struct pty_pixels pixels;
	struct sixel_picture *pictures;
	size_t picture_count;
	size_t *glass; /* rows x columns */
	bool scrolled, overlaid;
};

static long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000L + now.tv_nsec / 1000000;
}

/* What the terminal answers (cursor reports, attributes) goes to the child. */
static void answer(const char *bytes, size_t length, void *to)
{
	const struct pty *pty = to;

	(void)!write(pty->master, bytes, length);
}

static void become(const char *const *argv, const char *const *extra)
{
	for (; extra && *extra; extra++)
		putenv(xstrdup(*extra));
	execvp(argv[0], (char *const *)argv);
	perror(argv[0]);
	_exit(127);
}

static void name_terminal(const struct pty_pixels *pixels)
{
	setenv("TERM", pixels ? "foot" : "xterm-256color", 1);
}

static struct winsize window_of(const struct pty *pty)
{
	return (struct winsize){
		.ws_row = (unsigned short)pty->rows,
		.ws_col = (unsigned short)pty->columns,
		.ws_xpixel =
		    (unsigned short)(pty->columns * pty->pixels.cell_width),
		.ws_ypixel =
		    (unsigned short)(pty->rows * pty->pixels.cell_height),
	};
}

/* --- the glass ------------------------------------------------------------ */

static size_t *glass_at(const struct pty *pty, int row, int column)
{
	return &pty->glass[(size_t)row * (size_t)pty->columns + (size_t)column];
}

static void put_glass(const struct pty *pty, VTermRect rect, size_t what)
{
	for (int y = rect.start_row; y < rect.end_row && y < pty->rows; y++) {
		for (int x = rect.start_col;
		     x < rect.end_col && x < pty->columns; x++)
			*glass_at(pty, y, x) = what;
	}
}

static int on_damage(VTermRect rect, void *to)
{
	put_glass(to, rect, 0);
	return 1;
}

static int on_move(VTermRect to_rect, VTermRect from, void *to)
{
	struct pty *pty = to;

	(void)to_rect;
	(void)from;
	pty->scrolled = true;
	return 0;
}

static const VTermScreenCallbacks on_screen = { .damage = on_damage,
						.moverect = on_move };

static void new_glass(struct pty *pty)
{
	free(pty->glass);
	pty->glass = xcalloc((size_t)pty->rows * (size_t)pty->columns,
			     sizeof *pty->glass);
}

/* Whether what lies under a picture lies there exactly. */
static void look_under(struct pty *pty, VTermRect rect)
{
	for (int y = rect.start_row; y < rect.end_row && y < pty->rows; y++) {
		for (int x = rect.start_col;
		     x < rect.end_col && x < pty->columns; x++) {
			size_t under = *glass_at(pty, y, x);
			const struct sixel_picture *old;

			if (!under)
				continue;
			old = &pty->pictures[under - 1];
			if ((old->row != rect.start_row ||
			     old->column != rect.start_col ||
			     old->width != (rect.end_col - rect.start_col) *
					       pty->pixels.cell_width))
				pty->overlaid = true;
		}
	}
}

static void take_picture(struct pty *pty, const char *bytes, size_t length)
{
	struct sixel_picture picture;
	VTermRect rect;
	VTermPos at;

	if (!sixel_decode(bytes, length, &picture)) {
		fprintf(stderr, "a picture that is none: %.*s\n",
			(int)(length < 80 ? length : 80), bytes);
		abort();
	}
	vterm_state_get_cursorpos(vterm_obtain_state(pty->vterm), &at);
	picture.row = at.row;
	picture.column = at.col;
	rect = (VTermRect){
		.start_row = at.row,
		.end_row =
		    at.row + (picture.height + pty->pixels.cell_height - 1) /
				 pty->pixels.cell_height,
		.start_col = at.col,
		.end_col =
		    at.col + (picture.width + pty->pixels.cell_width - 1) /
				 pty->pixels.cell_width,
	};
	look_under(pty, rect);
	pty->pictures = xreallocarray(pty->pictures, pty->picture_count + 1,
				      sizeof *pty->pictures);
	pty->pictures[pty->picture_count++] = picture;
	put_glass(pty, rect, pty->picture_count);
}

/* --- a terminal with pixels ----------------------------------------------- */

static void reply(const struct pty *pty, const char *text)
{
	(void)!write(pty->master, text, strlen(text));
}

/* Answers a question as foot does; false for what is no question. */
static bool answer_question(const struct pty *pty, const char *sequence,
			    size_t length)
{
	SCOPED(char_freep) char *asked = xstrndup(sequence, length);
	SCOPED(char_freep) char *text = NULL;

	if (strcmp(asked, "\033[c") == 0)
		text = xstrdup("\033[?62;4;22c");
	else if (strcmp(asked, "\033[5n") == 0)
		text = xstrdup("\033[0n");
	else if (strcmp(asked, "\033[16t") == 0)
		text = pty->pixels.silent_about_cells
			   ? xstrdup("")
			   : xasprintf("\033[6;%d;%dt", pty->pixels.cell_height,
				       pty->pixels.cell_width);
	else if (strcmp(asked, "\033[?2;1;0S") == 0)
		text =
		    pty->pixels.most_width
			? xasprintf("\033[?2;0;%d;%dS", pty->pixels.most_width,
				    pty->pixels.most_height)
			: xstrdup("");
	else
		return false;
	reply(pty, text);
	return true;
}

/* The length of the sequence at from; 0: it is not whole yet. A picture that
 * another sequence tears, as its program was killed, ends there. */
static size_t sequence_length(const char *from, size_t length)
{
	if (length < 2)
		return 0;
	if (from[1] == '[') {
		for (size_t i = 2; i < length; i++) {
			if (from[i] >= 0x40 && from[i] <= 0x7e)
				return i + 1;
		}
		return 0;
	}
	if (from[1] == 'P') {
		for (size_t i = 2; i + 1 < length; i++) {
			if (from[i] == '\033')
				return from[i + 1] == '\\' ? i + 2 : i;
		}
		return 0;
	}
	return 2;
}

static bool is_sequence(const char *from, size_t length, const char *sequence)
{
	return length == strlen(sequence) &&
	       memcmp(from, sequence, length) == 0;
}

static bool any_cell_blinks(const struct pty *pty)
{
	VTermScreenCell cell;

	for (int row = 0; row < pty->rows; row++) {
		for (int column = 0; column < pty->columns; column++) {
			VTermPos at = { row, column };

			vterm_screen_get_cell(pty->screen, at, &cell);
			if (cell.attrs.blink)
				return true;
		}
	}
	return false;
}

/* A frame's end; and the whole screen reversed, as terminfo's flash does. */
static void note_sequence(struct pty *pty, const char *from, size_t length)
{
	if (is_sequence(from, length, "\033[?5h"))
		pty->flashed = true;
	if (!is_sequence(from, length, "\033[?2026l"))
		return;
	pty->frames++;
	pty->flashed |= any_cell_blinks(pty);
}

static void take_sequence(struct pty *pty, const char *from, size_t length)
{
	bool pixels = pty->pixels.cell_height > 0;

	note_sequence(pty, from, length);
	if (pixels && from[1] == 'P' && from[length - 1] != '\\')
		return; /* torn */
	if (pixels && from[1] == 'P')
		take_picture(pty, from + 2, length - 4);
	else if (!pixels || from[1] != '[' ||
		 !answer_question(pty, from, length))
		vterm_input_write(pty->vterm, from, length);
}

/* Sequences are taken one by one, so that each picture finds the cursor where
 * the program has put it. */
static void take_stream(struct pty *pty, const char *bytes, size_t length)
{
	size_t at = 0;

	bytes_add(&pty->pending, bytes, length);
	bytes = (const char *)pty->pending.data;
	while (at < pty->pending.length) {
		size_t left = pty->pending.length - at, used;
		const char *escape = memchr(bytes + at, '\033', left);

		used = escape ? (size_t)(escape - bytes) - at : left;
		if (used) {
			vterm_input_write(pty->vterm, bytes + at, used);
			at += used;
			continue;
		}
		used = sequence_length(bytes + at, left);
		if (!used)
			break;
		take_sequence(pty, bytes + at, used);
		at += used;
	}
	memmove(pty->pending.data, pty->pending.data + at,
		pty->pending.length - at);
	pty->pending.length -= at;
}

/* --- starting ------------------------------------------------------------- */

static void watch(struct pty *pty)
{
	fcntl(pty->master, F_SETFL, O_NONBLOCK);
	pty->vterm = vterm_new(pty->rows, pty->columns);
	vterm_set_utf8(pty->vterm, 1);
	vterm_output_set_callback(pty->vterm, answer, pty);
	pty->screen = vterm_obtain_screen(pty->vterm);
	vterm_screen_enable_altscreen(pty->screen, 1);
	if (pty->pixels.cell_height) {
		new_glass(pty);
		vterm_screen_set_callbacks(pty->screen, &on_screen, pty);
		vterm_screen_set_damage_merge(pty->screen, VTERM_DAMAGE_CELL);
	}
	vterm_screen_reset(pty->screen, 1);
}

/* True in the child. */
static bool fork_off(struct pty *pty)
{
	struct winsize size = window_of(pty);

	pty->child = forkpty(&pty->master, NULL, NULL, &size);
	if (pty->child)
		watch(pty);
	return !pty->child;
}

static struct pty *new_pty(int rows, int columns,
			   const struct pty_pixels *pixels)
{
	struct pty *pty = xcalloc(1, sizeof *pty);

	pty->rows = rows;
	pty->columns = columns;
	pty->copy = -1;
	if (pixels)
		pty->pixels = *pixels;
	return pty;
}

struct pty *pty_start(const char *const *argv, const char *const *extra,
		      int rows, int columns)
{
	return pty_start_with_pixels(argv, extra, rows, columns, NULL);
}

struct pty *pty_start_with_pixels(const char *const *argv,
				  const char *const *extra, int rows,
				  int columns, const struct pty_pixels *pixels)
{
	struct pty *pty = new_pty(rows, columns, pixels);

	if (fork_off(pty)) {
		name_terminal(pixels);
		become(argv, extra);
	}
	return pty;
}

struct pty *pty_start_body(pty_body *body, void *to, int rows, int columns,
			   const struct pty_pixels *pixels)
{
	struct pty *pty = new_pty(rows, columns, pixels);

	if (fork_off(pty)) {
		name_terminal(pixels);
		_exit(body(to));
	}
	return pty;
}

void pty_copy(struct pty *pty, int to)
{
	pty->copy = to;
}

static void copy(const struct pty *pty, const char *bytes, size_t length)
{
	while (pty->copy >= 0 && length) {
		ssize_t put = write(pty->copy, bytes, length);

		if (put < 0)
			return;
		bytes += put;
		length -= (size_t)put;
	}
}

/* Reads what is there; false when nothing came within milliseconds. */
static bool take(struct pty *pty, int milliseconds)
{
	struct pollfd wait = { pty->master, POLLIN, 0 };
	char bytes[65536];
	ssize_t got;

	if (poll(&wait, 1, milliseconds) <= 0)
		return false;
	got = read(pty->master, bytes, sizeof bytes);
	if (got <= 0)
		return false;
	pty->written += (size_t)got;
	copy(pty, bytes, (size_t)got);
	take_stream(pty, bytes, (size_t)got);
	return true;
}

static bool has_ended(struct pty *pty)
{
	if (!pty->ended && waitpid(pty->child, &pty->status, WNOHANG) > 0)
		pty->ended = true;
	return pty->ended;
}

static int exit_status(const struct pty *pty)
{
	return WIFEXITED(pty->status) ? WEXITSTATUS(pty->status)
				      : 128 + WTERMSIG(pty->status);
}

int pty_wait(struct pty *pty, int milliseconds)
{
	long end = now_ms() + milliseconds;

	while (!has_ended(pty) && now_ms() < end)
		take(pty, 20);
	while (take(pty, 0))
		continue;
	return pty->ended ? exit_status(pty) : -1;
}

int pty_stop(struct pty *pty)
{
	int status;

	if (!has_ended(pty))
		kill(pty->child, SIGTERM);
	if (pty_wait(pty, 5000) < 0) {
		kill(pty->child, SIGKILL);
		pty_wait(pty, 5000);
	}
	status = pty->ended ? exit_status(pty) : -1;
	close(pty->master);
	vterm_free(pty->vterm);
	for (size_t i = 0; i < pty->picture_count; i++)
		sixel_picture_done(&pty->pictures[i]);
	free(pty->pictures);
	free(pty->glass);
	bytes_done(&pty->pending);
	free(pty);
	return status;
}

void pty_send(struct pty *pty, const char *bytes)
{
	size_t length = strlen(bytes);

	while (length) {
		ssize_t put = write(pty->master, bytes, length);

		if (put > 0) {
			bytes += put;
			length -= (size_t)put;
		} else if (errno != EAGAIN && errno != EINTR) {
			return;
		} else {
			take(pty, 10);
		}
	}
}

void pty_touch(struct pty *pty, int row, int column)
{
	SCOPED(char_freep)
	char *bytes = xasprintf("\033[<0;%d;%dM\033[<0;%d;%dm", column + 1,
				row + 1, column + 1, row + 1);

	pty_send(pty, bytes);
}

void pty_settle(struct pty *pty, int milliseconds)
{
	while (take(pty, milliseconds))
		continue;
}

size_t pty_frames(const struct pty *pty)
{
	return pty->frames;
}

bool pty_has_flashed(const struct pty *pty)
{
	return pty->flashed;
}

bool pty_expect_frames(struct pty *pty, size_t frames, int milliseconds)
{
	long end = now_ms() + milliseconds;

	while (pty->frames < frames && now_ms() < end)
		take(pty, 20);
	return pty->frames >= frames;
}

bool pty_expect_bytes(struct pty *pty, size_t bytes, int milliseconds)
{
	long end = now_ms() + milliseconds;

	while (pty->written < bytes && now_ms() < end)
		take(pty, 20);
	return pty->written >= bytes;
}

static size_t put_cell(struct pty *pty, struct bytes *out, int row, int column)
{
	VTermPos at = { row, column };
	VTermScreenCell cell;
	char text[8];

	vterm_screen_get_cell(pty->screen, at, &cell);
	if (!cell.chars[0] || cell.chars[0] == (uint32_t)-1) {
		if (cell.chars[0] == 0)
			bytes_add_byte(out, ' ');
		return 1;
	}
	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++) {
		uint32_t c = cell.chars[i] == 0xA0 ? ' ' : cell.chars[i];
		int length = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
		static const unsigned char lead[] = { 0, 0, 0xC0, 0xE0, 0xF0 };

		for (int j = length - 1; j > 0; j--, c >>= 6)
			text[j] = (char)(0x80 | (c & 0x3F));
		text[0] = (char)(lead[length == 1 ? 0 : length] | c);
		bytes_add(out, text, (size_t)length);
	}
	return cell.width > 1 ? (size_t)cell.width : 1;
}

char *pty_screen(struct pty *pty)
{
	struct bytes out = { 0 };

	for (int row = 0; row < pty->rows; row++) {
		for (int column = 0; column < pty->columns;)
			column += (int)put_cell(pty, &out, row, column);
		while (out.length && out.data[out.length - 1] == ' ')
			out.data[--out.length] = 0;
		bytes_add_byte(&out, '\n');
	}
	return bytes_take_text(&out);
}

/* Any white space as one blank, so that a wrapped line still matches. */
static char *squeezed(const char *text)
{
	struct bytes out = { 0 };
	bool blank = true;

	for (; *text; text++) {
		if (!isspace((unsigned char)*text))
			bytes_add_byte(&out, (uint8_t)*text);
		else if (!blank)
			bytes_add_byte(&out, ' ');
		blank = isspace((unsigned char)*text);
	}
	return bytes_take_text(&out);
}

bool pty_shows(struct pty *pty, const char *text)
{
	SCOPED(char_freep) char *screen = pty_screen(pty);
	SCOPED(char_freep) char *flat = squeezed(screen);
	SCOPED(char_freep) char *wanted = squeezed(text);

	return strstr(flat, wanted) != NULL;
}

bool pty_await(struct pty *pty, const char *text, int milliseconds)
{
	long end = now_ms() + milliseconds;
	bool shows;

	while (!(shows = pty_shows(pty, text)) && now_ms() < end &&
	       !(has_ended(pty) && !take(pty, 0)))
		take(pty, 20);
	return shows || pty_shows(pty, text);
}

#define FRAME_MS 30 /* without a byte: the rest of the frame is there, too */

bool pty_expect(struct pty *pty, const char *text, int milliseconds)
{
	if (pty_await(pty, text, milliseconds)) {
		pty_settle(pty, FRAME_MS);
		return true;
	}

	SCOPED(char_freep) char *screen = pty_screen(pty);

	fprintf(stderr, "expected \"%s\" on this screen:\n%s\n", text, screen);
	return false;
}

bool pty_is_reversed(struct pty *pty, int row, int column)
{
	VTermPos at = { row, column };
	VTermScreenCell cell;

	vterm_screen_get_cell(pty->screen, at, &cell);
	return cell.attrs.reverse;
}

unsigned pty_character(struct pty *pty, int row, int column)
{
	VTermPos at = { row, column };
	VTermScreenCell cell;

	vterm_screen_get_cell(pty->screen, at, &cell);
	return cell.chars[0];
}

void pty_resize(struct pty *pty, int rows, int columns)
{
	struct winsize size;

	pty->rows = rows;
	pty->columns = columns;
	if (pty->glass)
		new_glass(pty);
	size = window_of(pty);
	vterm_set_size(pty->vterm, rows, columns);
	ioctl(pty->master, TIOCSWINSZ, &size);
}

size_t pty_pictures(const struct pty *pty)
{
	return pty->picture_count;
}

const struct sixel_picture *pty_picture(const struct pty *pty, size_t index)
{
	return &pty->pictures[index];
}

size_t pty_glass(const struct pty *pty, int row, int column)
{
	return *glass_at(pty, row, column);
}

bool pty_has_scrolled(const struct pty *pty)
{
	return pty->scrolled;
}

bool pty_has_overlaid(const struct pty *pty)
{
	return pty->overlaid;
}

int pty_child(const struct pty *pty)
{
	return pty->child;
}

size_t pty_bytes(const struct pty *pty)
{
	return pty->written;
}
