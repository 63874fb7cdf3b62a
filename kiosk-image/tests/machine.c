#include "kiosk-image/tests/machine.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"
#include "kiosk-image/tests/start.h"

#define TAIL 4000       /* bytes of the serial line that are printed */
#define HEARD_MOST 4000 /* ends of lines whose time is known */
#define CONNECT 60      /* seconds for QEMU to start */
#define ANSWER 60       /* seconds for a command's answer */
#define STILL 300       /* ms between two looks at a screen */
#define QUIET 4  /* looks alike in a row: what was chosen is seen a while */
#define KEY 20   /* seconds for a screen to answer a key */
#define TRIES 2  /* to press a key */
#define TURN 180 /* seconds for the next question */
#define HEAD 170 /* rows of dots at the top that tell questions apart */

/* When the line had said so many bytes: some come one by one, so only those up
 * to a line's end are told. */
struct heard {
	size_t length;
	double at;
};

struct line {
	int socket;
	struct bytes said;
	size_t from; /* what was waited for before ends here */
	struct heard heard[HEARD_MOST];
	size_t count;
};

struct machine {
	pid_t process;
	double started;
	char *folder;
	struct emulator *printer;
	struct line lines[MACHINE_LINES];
	int printing;        /* the printer's socket */
	struct screen *page; /* the question that was waited for last */
};

static double seconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

double machine_age(const struct machine *machine)
{
	return seconds_now() - machine->started;
}

static void give_up(const char *why)
{
	fprintf(stderr, "the machine cannot be started: %s\n", why);
	exit(1);
}

/* --- hearing ---------------------------------------------------------------
 */

static void hear(struct machine *machine, struct line *line)
{
	uint8_t data[16384];
	ssize_t got = read(line->socket, data, sizeof data);

	if (got <= 0) {
		close(line->socket);
		line->socket = -1;
		return;
	}
	bytes_add(&line->said, data, (size_t)got);
	if (memchr(data, '\n', (size_t)got) && line->count < HEARD_MOST)
		line->heard[line->count++] =
		    (struct heard){ line->said.length, machine_age(machine) };
}

/* Bytes of a job, and what the printer says to them. */
static void print(struct machine *machine)
{
	struct bytes *replies = &machine->printer->replies;
	uint8_t data[4096];
	ssize_t got = read(machine->printing, data, sizeof data);

	if (got <= 0) {
		close(machine->printing);
		machine->printing = -1;
		return;
	}
	emulator_take(machine->printer, data, (size_t)got);
	if (replies->length &&
	    write(machine->printing, replies->data, replies->length) < 0)
		perror("printer");
	replies->length = 0;
}

/* Hears whatever is said within milliseconds; false: nothing was. */
static bool listen_on(struct machine *machine, int milliseconds)
{
	struct pollfd ways[MACHINE_LINES + 1];

	for (int i = 0; i < MACHINE_LINES; i++)
		ways[i] =
		    (struct pollfd){ machine->lines[i].socket, POLLIN, 0 };
	ways[MACHINE_LINES] = (struct pollfd){ machine->printing, POLLIN, 0 };
	if (poll(ways, MACHINE_LINES + 1, milliseconds) <= 0)
		return false;
	for (int i = 0; i < MACHINE_LINES; i++) {
		if (ways[i].revents)
			hear(machine, &machine->lines[i]);
	}
	if (ways[MACHINE_LINES].revents)
		print(machine);
	return true;
}

void machine_wait(struct machine *machine, int milliseconds)
{
	double end = machine_age(machine) + milliseconds / 1000.0;

	for (double left; (left = end - machine_age(machine)) > 0;)
		listen_on(machine, (int)(left * 1000) + 1);
}

const char *machine_said(const struct machine *machine, enum machine_line line)
{
	const struct bytes *said = &machine->lines[line].said;

	return said->data ? (const char *)said->data : "";
}

/* The kernel may print a zero byte; no line is searched behind the first. */
static bool find_on(struct line *line, const char *text)
{
	const char *at =
	    line->said.data
		? memmem(line->said.data + line->from,
			 line->said.length - line->from, text, strlen(text))
		: NULL;

	if (at)
		line->from =
		    (size_t)(at - (const char *)line->said.data) + strlen(text);
	return at;
}

bool machine_hears(struct machine *machine, enum machine_line which,
		   const char *text, int milliseconds)
{
	struct line *line = &machine->lines[which];
	double end = machine_age(machine) + milliseconds / 1000.0;

	while (!find_on(line, text)) {
		double left = end - machine_age(machine);

		if (left <= 0 || line->socket < 0)
			return false;
		listen_on(machine, (int)(left * 1000) + 1);
	}
	return true;
}

bool machine_expect(struct machine *machine, enum machine_line which,
		    const char *text, int seconds)
{
	const struct bytes *said = &machine->lines[MACHINE_SERIAL].said;
	size_t tail = said->length < TAIL ? said->length : TAIL;

	if (machine_hears(machine, which, text, seconds * 1000))
		return true;
	fprintf(stderr, "\"%s\" was not said within %d s. The serial line:\n",
		text, seconds);
	if (tail)
		fwrite(said->data + said->length - tail, 1, tail, stderr);
	fputc('\n', stderr);
	return false;
}

double machine_when(const struct machine *machine, enum machine_line which,
		    const char *text)
{
	const struct line *line = &machine->lines[which];
	const char *at =
	    line->said.data
		? memmem(line->said.data, line->said.length, text, strlen(text))
		: NULL;
	size_t end;

	if (!at)
		return -1;
	end = (size_t)(at - (const char *)line->said.data) + strlen(text);
	for (size_t i = 0; i < line->count; i++) {
		if (line->heard[i].length >= end)
			return line->heard[i].at;
	}
	return -1;
}

/* --- starting and ending ----------------------------------------------------
 */

static int listen_at(const char *folder, const char *name)
{
	struct sockaddr_un where = { .sun_family = AF_UNIX };
	int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (snprintf(where.sun_path, sizeof where.sun_path, "%s/%s", folder,
		     name) >= (int)sizeof where.sun_path)
		give_up("its folder's name is too long");
	unlink(where.sun_path);
	if (bind(listener, (struct sockaddr *)&where, sizeof where) ||
	    listen(listener, 1))
		give_up(where.sun_path);
	return listener;
}

static int accept_at(int listener)
{
	struct pollfd wait = { listener, POLLIN, 0 };
	int line = -1;

	if (poll(&wait, 1, CONNECT * 1000) > 0)
		line = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
	close(listener);
	return line;
}

static pid_t run(char *const *words, const char *folder)
{
	SCOPED(char_freep) char *log = xasprintf("%s/qemu.log", folder);
	pid_t process = fork();
	int said;

	if (process != 0)
		return process;
	/* A test that is killed takes its machine along. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	said = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	dup2(said, STDOUT_FILENO);
	dup2(said, STDERR_FILENO);
	execvp(words[0], words);
	_exit(127);
}

static bool greet(struct machine *machine)
{
	struct line *control = &machine->lines[MACHINE_CONTROL];

	return machine_hears(machine, MACHINE_CONTROL, "\"QMP\"",
			     CONNECT * 1000) &&
	       dprintf(control->socket,
		       "{\"execute\":\"qmp_capabilities\"}\n") > 0 &&
	       machine_hears(machine, MACHINE_CONTROL, "\"return\"",
			     CONNECT * 1000);
}

struct machine *machine_start(const struct machine_plan *plan)
{
	static const char *const names[MACHINE_LINES] = {
		[MACHINE_CONTROL] = START_CONTROL,
		[MACHINE_SERIAL] = START_SERIAL,
		[MACHINE_READY] = START_READY,
		[MACHINE_PROBE] = START_PROBE,
	};
	bool virt = plan->board == MACHINE_VIRT;
	struct machine *machine = xcalloc(1, sizeof *machine);
	SCOPED(words_freep) struct words *words = start_words(plan);
	int listeners[MACHINE_LINES], printer;

	machine->printer = plan->printer;
	machine->folder = xstrdup(plan->folder);
	for (int i = 0; i < MACHINE_LINES; i++)
		listeners[i] = listen_at(plan->folder, names[i]);
	printer = listen_at(plan->folder, START_PRINTER);
	machine->started = seconds_now();
	machine->process = run(words->word, plan->folder);
	for (int i = 0; i < MACHINE_LINES; i++)
		machine->lines[i].socket = -1;
	machine->printing = -1;
	for (int i = 0; i < (virt ? MACHINE_LINES : MACHINE_READY); i++) {
		if ((machine->lines[i].socket = accept_at(listeners[i])) < 0)
			give_up("see qemu.log in its folder");
	}
	if (plan->printer)
		machine->printing = accept_at(printer);
	if (!greet(machine))
		give_up("it does not answer");
	return machine;
}

void machine_cut(struct machine *machine)
{
	if (!machine)
		return;
	kill(machine->process, SIGKILL);
	waitpid(machine->process, NULL, 0);
	for (int i = 0; i < MACHINE_LINES; i++) {
		if (machine->lines[i].socket >= 0)
			close(machine->lines[i].socket);
		bytes_done(&machine->lines[i].said);
	}
	if (machine->printing >= 0)
		close(machine->printing);
	screen_free(machine->page);
	free(machine->folder);
	free(machine);
}

/* --- asking ------------------------------------------------------------------
 */

char *machine_ask(struct machine *machine, const char *format, ...)
{
	struct line *probe = &machine->lines[MACHINE_PROBE];
	size_t from = probe->said.length;
	va_list arguments;

	if (probe->socket < 0)
		return NULL;
	va_start(arguments, format);
	vdprintf(probe->socket, format, arguments);
	va_end(arguments);
	if (write(probe->socket, "\n", 1) < 0)
		return NULL;
	/* An empty answer is the full stop alone. */
	probe->from = from;
	for (double end = machine_age(machine) + ANSWER;
	     machine_age(machine) < end;) {
		const char *said = (const char *)probe->said.data + from;
		size_t length = probe->said.length - from;

		if (length >= 2 && strcmp(said + length - 2, ".\n") == 0 &&
		    (length == 2 || said[length - 3] == '\n'))
			return xstrndup(said, length - 2);
		listen_on(machine, 1000);
	}
	return NULL;
}

static bool command(struct machine *machine, const char *text)
{
	struct line *control = &machine->lines[MACHINE_CONTROL];

	return control->socket >= 0 &&
	       dprintf(control->socket, "%s\n", text) > 0 &&
	       machine_hears(machine, MACHINE_CONTROL, "\"return\"",
			     ANSWER * 1000);
}

/* All of them go down, or up. */
static bool move_keys(struct machine *machine, const char *keys, bool down)
{
	struct bytes text = { 0 };
	SCOPED(char_freep) char *each = xstrdup(keys);
	char *rest = NULL;
	const char *between = "";
	bool taken;

	bytes_add_text(&text, "{\"execute\":\"input-send-event\","
			      "\"arguments\":{\"events\":[");
	for (char *key = strtok_r(each, "-", &rest); key;
	     key = strtok_r(NULL, "-", &rest)) {
		bytes_add_format(
		    &text,
		    "%s{\"type\":\"key\",\"data\":{\"down\":%s,"
		    "\"key\":{\"type\":\"qcode\",\"data\":\"%s\"}}}",
		    between, down ? "true" : "false", key);
		between = ",";
	}
	bytes_add_text(&text, "]}}");
	taken = command(machine, (const char *)text.data);
	bytes_done(&text);
	return taken;
}

/* Up at once: a slow computer would take a key that is held for many. */
void machine_press(struct machine *machine, const char *keys)
{
	if (!move_keys(machine, keys, true) || !move_keys(machine, keys, false))
		fprintf(stderr, "the key %s was not taken\n", keys);
}

struct screen *machine_screen(struct machine *machine)
{
	SCOPED(char_freep)
	char *path = xasprintf("%s/screen.ppm", machine->folder);
	SCOPED(char_freep)
	char *text = xasprintf("{\"execute\":\"screendump\",\"arguments\":"
			       "{\"filename\":\"%s\"}}",
			       path);
	struct screen *screen =
	    command(machine, text) ? screen_read(path) : NULL;

	if (!screen)
		give_up("its screen cannot be seen");
	return screen;
}

struct screen *machine_settled(struct machine *machine,
			       const struct screen *before, int seconds)
{
	double end = machine_age(machine) + seconds;
	struct screen *now = machine_screen(machine);

	for (int alike = 1; alike < QUIET && machine_age(machine) < end;) {
		SCOPED(screen_freep) struct screen *then = now;

		machine_wait(machine, STILL);
		now = machine_screen(machine);
		alike = screen_same(then, now) &&
				(!before || !screen_same(before, now))
			    ? alike + 1
			    : 1;
	}
	return now;
}

/* --- typing ------------------------------------------------------------------
 */

/* The key of a letter, as QEMU names it on a United States keyboard. */
static char *key_of(char letter)
{
	static const struct {
		char letter;
		const char *name;
	} others[] = {
		{ ' ', "spc" },         { '-', "minus" },
		{ '.', "dot" },         { ',', "comma" },
		{ '/', "slash" },       { ';', "semicolon" },
		{ '@', "shift-2" },     { '+', "shift-equal" },
		{ '\'', "apostrophe" },
	};

	for (size_t i = 0; i < COUNT(others); i++) {
		if (others[i].letter == letter)
			return xstrdup(others[i].name);
	}
	if (letter >= 'A' && letter <= 'Z')
		return xasprintf("shift-%c", letter - 'A' + 'a');
	return xasprintf("%c", letter);
}

/* What is marked as chosen is seen for a while before the next question is. */
static void await_page(struct machine *machine)
{
	double end = machine_age(machine) + TURN;

	for (;;) {
		struct screen *now = machine_settled(machine, NULL, KEY);

		if (!machine->page || machine_age(machine) > end ||
		    screen_differs(machine->page, now, 0, HEAD)) {
			screen_free(machine->page);
			machine->page = now;
			return;
		}
		screen_free(now);
	}
}

/* A key that the screen does not answer was lost, or changes nothing: either
 * way it may be pressed again. */
static void type_key(struct machine *machine, const char *key)
{
	SCOPED(screen_freep) struct screen *before = machine_screen(machine);
	bool answered = false;

	for (int i = 0; i < TRIES && !answered; i++) {
		SCOPED(screen_freep) struct screen *after = NULL;

		machine_press(machine, key);
		after = machine_settled(machine, before, KEY);
		answered = !screen_same(before, after);
	}
}

void machine_type(struct machine *machine, const char *text)
{
	while (*text) {
		const char *end = *text == '{' ? strchr(text, '}') : text;
		SCOPED(char_freep)
		char *key = end > text
				? xstrndup(text + 1, (size_t)(end - text - 1))
				: key_of(*text);

		if (*text == '\n')
			await_page(machine);
		else
			type_key(machine, key);
		text = end + 1;
	}
}
