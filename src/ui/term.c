#include "ui/term.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/timerfd.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define NCURSES_WIDECHAR 1
#include <curses.h>

#include "base/bytes.h"
#include "base/log.h"
#include "ui/gallery.h"
#include "ui/grid.h"
#include "ui/input.h"
#include "ui/probe.h"
#include "ui/theme.h"

#define ROWS_MOST 1000 /* a terminal that claims more is mistaken */
#define COLUMNS_MOST 1000

#define SYNC_ON "\033[?2026h"
#define SYNC_OFF "\033[?2026l"
/* No bracketed paste; presses of the first button and the wheel, as numbers. */
#define MODES_ON "\033[?2004l\033[?1000h\033[?1006h"
#define MODES_OFF "\033[?1006l\033[?1000l"
/* Pictures at the cursor, which stays right of them; registers of their own. */
#define PICTURES_ON "\033[?80l\033[?8452h\033[?1070h"
#define PICTURES_OFF "\033[?8452l"

struct term {
	int in, out;
	int events, timer; /* epoll, timerfd */
	struct termios as_found;
	struct sigaction old_resize, old_continue;
	SCREEN *screen;
	enum term_theme theme;
	int rows, columns;
	struct probe probe;
	struct gallery *gallery;
	struct input input;
	struct probe_keys early; /* keys pressed before we were ready */
	size_t early_taken;
	bool forgot, resized;
	/* What is on the screen. */
	int shown_rows, shown_columns;
	struct cell *cells;
	bool is_recoloured[256]; /* colours that init_color() has set */
	struct theme_colour colours[256];
};

/* --- signals -------------------------------------------------------------- */

/* Written to by the signal handlers, so that poll() wakes. */
static volatile int wake_descriptor = -1;
static volatile sig_atomic_t was_continued;

static void wake(int signal)
{
	int saved = errno;
	uint64_t one = 1;

	if (signal == SIGCONT)
		was_continued = 1;
	if (wake_descriptor >= 0)
		(void)!write(wake_descriptor, &one, sizeof one);
	errno = saved;
}

static void watch_signals(struct term *term)
{
	struct sigaction action = { .sa_handler = wake,
				    .sa_flags = SA_RESTART };

	wake_descriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	sigaction(SIGWINCH, &action, &term->old_resize);
	sigaction(SIGCONT, &action, &term->old_continue);
}

static void leave_signals(struct term *term)
{
	sigaction(SIGWINCH, &term->old_resize, NULL);
	sigaction(SIGCONT, &term->old_continue, NULL);
	close(wake_descriptor);
	wake_descriptor = -1;
}

/* --- colours -------------------------------------------------------------- */

/*
 * Each colour of a theme is written over the one of the 256 that is nearest
 * to it: a terminal that only claims to take new colours still shows nearly
 * the right ones.
 */
static int find_slot(struct term *term, struct theme_colour colour)
{
	int slot = theme_nearest(colour);

	while (term->is_recoloured[slot] &&
	       memcmp(&term->colours[slot], &colour, sizeof colour) != 0)
		slot = slot < 255 ? slot + 1 : 16;
	return slot;
}

static short colour_number(struct term *term, struct theme_colour colour,
			   int of_eight)
{
	int slot;

	if (COLORS < 256)
		return (short)of_eight;
	if (!can_change_color())
		return (short)theme_nearest(colour);
	slot = find_slot(term, colour);
	if (!term->is_recoloured[slot])
		init_color((short)slot, (short)(colour.red * 10),
			   (short)(colour.green * 10),
			   (short)(colour.blue * 10));
	term->is_recoloured[slot] = true;
	term->colours[slot] = colour;
	return (short)slot;
}

/* Curses reverses this pair again when it shows it, so that the row with the
 * focus is reversed on a terminal without colours, too. */
static bool is_reversed(enum canvas_colour colour)
{
	return colour == CANVAS_FOCUS || colour == CANVAS_SYMBOL;
}

static void set_colours(struct term *term)
{
	if (!has_colors())
		return;
	for (int i = 0; i < CANVAS_COLOURS; i++) {
		const struct theme_pair *pair =
		    theme_pair(term->theme, (enum canvas_colour)i);
		short ink = colour_number(term, pair->ink, pair->ink8);
		short paper = colour_number(term, pair->paper, pair->paper8);

		if (is_reversed((enum canvas_colour)i))
			init_pair((short)(i + 1), paper, ink);
		else
			init_pair((short)(i + 1), ink, paper);
	}
	bkgd(COLOR_PAIR(CANVAS_INK + 1) | ' ');
}

static attr_t attributes(const struct cell *cell)
{
	bool reversed = is_reversed((enum canvas_colour)cell->colour);

	return (cell->bold ? A_BOLD : A_NORMAL) |
	       (cell->underlined ? A_UNDERLINE : A_NORMAL) |
	       (cell->italic ? A_ITALIC : A_NORMAL) |
	       (reversed != cell->caret ? A_REVERSE : A_NORMAL);
}

void term_set_theme(struct term *term, enum term_theme theme)
{
	term->theme = theme;
	set_colours(term);
	term_forget(term);
}

/* --- the clock ------------------------------------------------------------ */

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

/* The timer wakes poll() when a half sequence is to be settled, and for keys
 * that came before we listened. */
static void set_timer(const struct term *term, int64_t now)
{
	int64_t due = input_deadline(&term->input);
	bool early = term->early_taken < term->early.count;
	int64_t left = early ? 1 : due < 0 ? 0 : due > now ? due - now : 1;
	struct itimerspec after = {
		.it_value = { .tv_sec = left / 1000,
			      .tv_nsec = left % 1000 * 1000000 },
	};

	(void)timerfd_settime(term->timer, 0, &after, NULL);
}

/* --- opening and closing -------------------------------------------------- */

static void use_utf8(void)
{
	setlocale(LC_CTYPE, "");
	if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		setlocale(LC_CTYPE, "C.UTF-8");
}

static void measure_window(struct term *term)
{
	struct winsize size = { 0 };

	(void)ioctl(term->out, TIOCGWINSZ, &size);
	term->rows = size.ws_row ? size.ws_row : 24;
	term->columns = size.ws_col ? size.ws_col : 80;
	if (term->rows > ROWS_MOST)
		term->rows = ROWS_MOST;
	if (term->columns > COLUMNS_MOST)
		term->columns = COLUMNS_MOST;
}

static void put_text(const struct term *term, const char *text)
{
	probe_write(term->out, text, strlen(text));
}

/* From here on nothing is echoed, and ^C is a key. */
static enum fault take_terminal(struct term *term)
{
	struct termios raw;

	if (tcgetattr(term->in, &term->as_found) || !isatty(term->out)) {
		log_error("standard input or output is no terminal; start the "
			  "program in one");
		return FAULT_SYSTEM;
	}
	raw = term->as_found;
	cfmakeraw(&raw);
	if (tcsetattr(term->in, TCSANOW, &raw)) {
		log_error("the terminal cannot be set up: %s", strerror(errno));
		return FAULT_SYSTEM;
	}
	return FAULT_NONE;
}

static enum fault start_curses(struct term *term)
{
	use_utf8();
	term->screen = newterm(NULL, stdout, stdin);
	if (term->screen && !tigetstr("cup")) {
		delscreen(term->screen);
		term->screen = NULL;
	}
	if (!term->screen) {
		log_error("the terminal %s is not known, or cannot place its "
			  "cursor; set TERM to one that can, or install "
			  "ncurses-term",
			  getenv("TERM") ? getenv("TERM") : "(TERM is unset)");
		return FAULT_SYSTEM;
	}
	raw();
	noecho();
	nonl();
	resize_term(term->rows, term->columns);
	/* No characters are moved along a line: pictures would be, too. */
	idlok(stdscr, FALSE);
	idcok(stdscr, FALSE);
	leaveok(stdscr, TRUE);
	curs_set(0);
	if (has_colors())
		start_color();
	set_colours(term);
	put_text(term, MODES_ON);
	if (term_has_plates(term))
		put_text(term, PICTURES_ON);
	return FAULT_NONE;
}

static void watch(struct term *term, int descriptor)
{
	struct epoll_event event = { .events = EPOLLIN, .data.fd = descriptor };

	(void)epoll_ctl(term->events, EPOLL_CTL_ADD, descriptor, &event);
}

static void open_descriptors(struct term *term)
{
	watch_signals(term);
	term->timer =
	    timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	term->events = epoll_create1(EPOLL_CLOEXEC);
	watch(term, term->in);
	watch(term, wake_descriptor);
	watch(term, term->timer);
}

enum fault term_open(enum term_theme theme, struct term **out)
{
	struct term *term = xcalloc(1, sizeof *term);
	enum fault fault;

	*term = (struct term){
		.in = STDIN_FILENO,
		.out = STDOUT_FILENO,
		.theme = theme,
		.forgot = true,
	};
	if ((fault = take_terminal(term))) {
		free(term);
		return fault;
	}
	open_descriptors(term);
	measure_window(term);
	term->probe =
	    probe_terminal(term->in, term->out, &term->input, &term->early);
	term->gallery = gallery_new();
	gallery_set_cells(term->gallery, &term->probe);
	fault = start_curses(term);
	if (fault) {
		term_free(term);
		return fault;
	}
	set_timer(term, now_ms());
	*out = term;
	return FAULT_NONE;
}

static void forget_cells(struct term *term)
{
	if (term->cells)
		explicit_bzero(term->cells, (size_t)term->shown_rows *
						(size_t)term->shown_columns *
						sizeof *term->cells);
	free(term->cells);
	term->cells = NULL;
}

static void stop_curses(struct term *term)
{
	erase();
	clearok(curscr, TRUE);
	refresh();
	if (term_has_plates(term))
		put_text(term, PICTURES_OFF);
	put_text(term, MODES_OFF);
	endwin();
	delscreen(term->screen);
}

void term_free(struct term *term)
{
	if (!term)
		return;
	if (term->screen)
		stop_curses(term);
	leave_signals(term);
	close(term->timer);
	close(term->events);
	(void)tcsetattr(term->in, TCSANOW, &term->as_found);
	forget_cells(term);
	gallery_free(term->gallery);
	explicit_bzero(term, sizeof *term);
	free(term);
}

int term_rows(const struct term *term)
{
	return term->rows;
}

int term_columns(const struct term *term)
{
	return term->columns;
}

bool term_has_plates(const struct term *term)
{
	return term->probe.sixel && term->probe.cell_height > 0;
}

void term_forget(struct term *term)
{
	term->forgot = true;
}

/* --- showing -------------------------------------------------------------- */

static int least(int a, int b)
{
	return a < b ? a : b;
}

static void show_row(const struct canvas *canvas, int y, int width)
{
	cchar_t row[COLUMNS_MOST];
	int count = 0;

	for (int x = 0; x < width; x++) {
		const struct cell *cell = canvas_cell(canvas, y, x);

		if (cell->covered)
			continue;
		if (setcchar(&row[count], cell->text, attributes(cell),
			     (short)(cell->colour + 1), NULL) == ERR)
			(void)setcchar(&row[count], L"?", attributes(cell),
				       (short)(cell->colour + 1), NULL);
		count++;
	}
	mvadd_wchnstr(y, 0, row, count);
}

/* Marks the rows that differ from what is shown; false when none does. */
static bool find_changes(const struct term *term, const struct canvas *canvas,
			 bool *changed)
{
	size_t width = (size_t)canvas->columns;
	bool whole = term->forgot || !term->cells ||
		     term->shown_rows != canvas->rows ||
		     term->shown_columns != canvas->columns;
	bool any = whole;

	for (size_t y = 0; y < (size_t)least(canvas->rows, ROWS_MOST); y++) {
		changed[y] = whole || memcmp(term->cells + y * width,
					     canvas->cells + y * width,
					     width * sizeof *term->cells) != 0;
		any |= changed[y];
	}
	return any;
}

/* A plate that another one will partly cover is blanked first: its cells hold
 * the same no-break spaces before and after, so curses would leave it there. */
static void blank_moved(const struct term *term, const struct canvas *canvas,
			bool *changed)
{
	const struct plate *old = NULL;

	while ((old = gallery_moved(term->gallery, canvas, old))) {
		for (int y = old->y; y < old->y + old->h; y++) {
			mvhline(y, old->x, ' ', old->w);
			changed[y] = true;
			refresh();
		}
	}
}

/*
 * One row at a time: where curses finds several new rows that are old ones
 * elsewhere, it scrolls the screen, whatever idlok() says, and the pictures
 * with it. Of a single new row it has nowhere to find the old one.
 */
static void show_cells(const struct term *term, const struct canvas *canvas,
		       const bool *changed)
{
	int columns = least(term->columns, canvas->columns);

	for (int y = 0; y < least(term->rows, canvas->rows); y++) {
		if (!changed[y])
			continue;
		show_row(canvas, y, columns);
		refresh();
	}
}

static void write_pictures(const struct term *term,
			   const struct bytes *pictures)
{
	struct bytes all = { 0 };

	if (pictures->length) {
		bytes_add_text(&all, "\0337\033[?25l");
		bytes_add(&all, pictures->data, pictures->length);
		bytes_add_text(&all, "\0338");
	}
	bytes_add_text(&all, SYNC_OFF);
	probe_write(term->out, all.data, all.length);
	bytes_wipe(&all);
}

static void remember(struct term *term, const struct canvas *canvas)
{
	size_t count = (size_t)canvas->rows * (size_t)canvas->columns;

	forget_cells(term);
	term->shown_rows = canvas->rows;
	term->shown_columns = canvas->columns;
	term->cells = xcalloc(count, sizeof *term->cells);
	memcpy(term->cells, canvas->cells, count * sizeof *term->cells);
	term->forgot = false;
}

static void show_plates(struct term *term, const struct canvas *canvas,
			const bool *changed, struct bytes *pictures)
{
	if (term_has_plates(term))
		gallery_show(term->gallery, canvas,
			     &(struct gallery_screen){
				 .rows = term->rows,
				 .columns = term->columns,
				 .theme = term->theme,
				 .changed = changed,
			     },
			     pictures);
}

void term_show(struct term *term, const struct canvas *canvas)
{
	bool changed[ROWS_MOST] = { 0 };
	struct bytes pictures = { 0 };

	if (!find_changes(term, canvas, changed) &&
	    gallery_is_showing(term->gallery, canvas))
		return;
	put_text(term, SYNC_ON);
	if (term->forgot) {
		gallery_forget(term->gallery);
		erase();
		clearok(curscr, TRUE);
	}
	blank_moved(term, canvas, changed);
	show_cells(term, canvas, changed);
	show_plates(term, canvas, changed, &pictures);
	write_pictures(term, &pictures);
	bytes_wipe(&pictures);
	remember(term, canvas);
}

/* --- events --------------------------------------------------------------- */

int term_input(const struct term *term)
{
	return term->events;
}

static void read_waiting(struct term *term)
{
	struct pollfd ready = { term->in, POLLIN, 0 };
	char bytes[512];
	size_t room = input_room(&term->input);

	while (room && poll(&ready, 1, 0) > 0 && ready.revents & POLLIN) {
		ssize_t got = read(term->in, bytes,
				   room < sizeof bytes ? room : sizeof bytes);

		if (got <= 0)
			break;
		input_add(&term->input, bytes, (size_t)got, now_ms());
		room = input_room(&term->input);
	}
	explicit_bzero(bytes, sizeof bytes);
}

static void new_cell_size(struct term *term, const struct probe *before)
{
	if (term->probe.cell_height == before->cell_height &&
	    term->probe.cell_width == before->cell_width)
		return;
	gallery_set_cells(term->gallery, &term->probe);
	term_forget(term);
	term->resized = true;
}

/* After a signal: another size of the window, of its cells, or both. */
static void look_again(struct term *term)
{
	struct probe before = term->probe;

	measure_window(term);
	resize_term(term->rows, term->columns);
	term_forget(term);
	term->resized = true;
	if (!term_has_plates(term))
		return;
	(void)probe_window(term->out, &term->probe.cell_height,
			   &term->probe.cell_width);
	new_cell_size(term, &before);
	put_text(term, PROBE_CELL_SIZE);
}

static void take_signals(struct term *term)
{
	uint64_t count;

	if (read(wake_descriptor, &count, sizeof count) != sizeof count)
		return;
	if (was_continued) {
		was_continued = 0;
		put_text(term, MODES_ON);
		if (term_has_plates(term))
			put_text(term, PICTURES_ON);
	}
	look_again(term);
}

/* A reply changes what we know; a key is an event. False: neither. */
static bool take_token(struct term *term, const struct input_token *token,
		       struct ui_event *event)
{
	struct probe before = term->probe;

	switch (token->what) {
	case INPUT_EVENT:
		*event = token->event;
		return true;
	case INPUT_REDRAW:
		term_forget(term);
		term->resized = true;
		return false;
	case INPUT_REPLY:
		if (probe_took_cell_size(&term->probe, &token->reply))
			new_cell_size(term, &before);
		return false;
	default:
		return false;
	}
}

static bool take_resize(struct term *term, struct ui_event *event)
{
	if (!term->resized)
		return false;
	term->resized = false;
	*event = (struct ui_event){ .key = UI_KEY_RESIZE, .at = now_ms() };
	return true;
}

struct ui_event term_event(struct term *term)
{
	struct ui_event event = { .key = UI_KEY_NONE };
	struct input_token token;
	uint64_t times;

	(void)!read(term->timer, &times, sizeof times);
	take_signals(term);
	if (take_resize(term, &event))
		return event;
	if (term->early_taken < term->early.count)
		return term->early.events[term->early_taken++];
	read_waiting(term);
	do {
		token = input_next(&term->input, now_ms());
		if (take_token(term, &token, &event))
			return event;
	} while (token.what != INPUT_NOTHING);
	set_timer(term, now_ms());
	(void)take_resize(term, &event);
	return event;
}
