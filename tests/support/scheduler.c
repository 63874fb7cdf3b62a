#include "tests/support/scheduler.h"

#include <arpa/inet.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/bytes.h"
#include "tests/test.h"

/* --- IPP (RFC 8010) ---------------------------------------------------------
 */

static void add_short(struct bytes *out, size_t number)
{
	bytes_add_byte(out, (uint8_t)(number >> 8));
	bytes_add_byte(out, (uint8_t)number);
}

static void add_value(struct bytes *out, int tag, const char *name,
		      const void *value, size_t length)
{
	bytes_add_byte(out, (uint8_t)tag);
	add_short(out, strlen(name));
	bytes_add(out, name, strlen(name));
	add_short(out, length);
	bytes_add(out, value, length);
}

static void add_text(struct bytes *out, int tag, const char *name,
		     const char *value)
{
	add_value(out, tag, name, value, strlen(value));
}

static void add_number(struct bytes *out, int tag, const char *name, int number)
{
	const uint32_t big = htonl((uint32_t)number);

	add_value(out, tag, name, &big, sizeof big);
}

static void add_printer(struct bytes *out, const char *name, int state,
			const char *reason, bool accepting)
{
	const uint8_t yes = accepting;

	bytes_add_byte(out, 0x04);
	add_text(out, 0x42, "printer-name", name);
	add_text(out, 0x41, "printer-info", "By the window");
	add_number(out, 0x23, "printer-state", state);
	add_value(out, 0x22, "printer-is-accepting-jobs", &yes, 1);
	add_text(out, 0x44, "printer-state-reasons", reason);
}

static void add_job(struct bytes *out, int id, int state)
{
	bytes_add_byte(out, 0x02);
	add_number(out, 0x21, "job-id", id);
	add_number(out, 0x23, "job-state", state);
}

/* The value of an attribute, roughly: names and values lie side by side. */
static void find_text(const struct bytes *body, const char *name, char *out,
		      size_t room)
{
	const char *at = memmem(body->data, body->length, name, strlen(name));
	size_t length;

	out[0] = 0;
	if (!at)
		return;
	at += strlen(name);
	length = (size_t)(uint8_t)at[0] << 8 | (uint8_t)at[1];
	if (length < room) {
		memcpy(out, at + 2, length);
		out[length] = 0;
	}
}

/* Whether the job is still on its way to what becomes of it. */
static bool is_meanwhile(const struct scheduler_state *state)
{
	return state->jobs && state->looks > 0;
}

static const char *reason_of(const struct scheduler_state *state)
{
	return is_meanwhile(state) ? state->meanwhile : state->reason;
}

static int number_of(const struct bytes *body, const char *name)
{
	const uint8_t *at =
	    memmem(body->data, body->length, name, strlen(name));

	return at ? at[strlen(name) + 4] << 8 | at[strlen(name) + 5] : 0;
}

#define LEFT 101 /* the first such job's number */

static void add_listed(struct bytes *out, int id, const char *title,
		       const char *owner)
{
	add_job(out, id, 3);
	add_text(out, 0x42, "job-name", title);
	add_text(out, 0x42, "job-originating-user-name", owner);
}

/* As a scheduler that keeps nothing private lists them: everybody's. */
static void add_left(const struct scheduler_state *state, struct bytes *out)
{
	for (size_t i = 0; i < COUNT(state->left) && *state->left[i].title;
	     i++) {
		const char *owner = state->left[i].owner;

		if (state->left[i].over)
			continue;
		add_listed(out, LEFT + (int)i, state->left[i].title,
			   owner ? owner : state->user);
	}
}

#define OVER 7 /* this state, or a later one */

/* The last job, too, while it is not over. */
static void add_last(const struct scheduler_state *state, struct bytes *out)
{
	if (state->jobs && state->job_state < OVER &&
	    state->taken_back != state->jobs)
		add_listed(out, state->jobs, state->name, state->user);
}

static void cancel(struct scheduler_state *state, int job)
{
	state->taken_back = job;
	state->cancelled++;
	if (job >= LEFT && job < LEFT + (int)COUNT(state->left))
		state->left[job - LEFT].over = true;
}

enum { PRINT_JOB = 0x0002, GET_JOBS = 0x000A };
enum { OK = 0x0000, NOT_ACCEPTING = 0x0506, NOT_FOUND = 0x0406 };

static int operation_of(const struct bytes *body)
{
	return body->data[2] << 8 | body->data[3];
}

/* What the request is answered with; its status. */
static int answer(struct scheduler_state *state, const struct bytes *body,
		  struct bytes *out)
{
	const int operation = operation_of(body);
	char uri[128];
	const char *pdf = memmem(body->data, body->length, "%PDF", 4);

	find_text(body, "printer-uri", uri, sizeof uri);
	if (operation == 0x4002) {
		add_printer(out, "Front", state->printer_state,
			    reason_of(state), state->accepting);
		add_printer(out, "Back", 3, "none", true);
		return OK;
	}
	if (strcmp(uri, "ipp://localhost/printers/Front") != 0)
		return NOT_FOUND;
	find_text(body, "requesting-user-name", state->user,
		  sizeof state->user);
	if (operation == 0x000B) {
		add_printer(out, "Front", state->printer_state,
			    reason_of(state), state->accepting);
	} else if (operation == 0x0009 && !state->job_state) {
		return NOT_FOUND;
	} else if (operation == 0x0008) {
		cancel(state, number_of(body, "job-id"));
	} else if (operation == 0x0009) {
		add_job(out, state->jobs,
			is_meanwhile(state) ? 5 : state->job_state);
		state->looks--;
	} else if (operation == GET_JOBS) {
		add_left(state, out);
		add_last(state, out);
	} else if (!state->accepting) {
		return NOT_ACCEPTING;
	} else {
		state->bytes =
		    pdf ? body->length - (size_t)(pdf - (char *)body->data) : 0;
		if (state->bytes > 8 * sizeof state->piece)
			memcpy(state->piece, pdf + 4 * sizeof state->piece,
			       sizeof state->piece);
		find_text(body, "job-name", state->name, sizeof state->name);
		find_text(body, "print-scaling", state->scaling,
			  sizeof state->scaling);
		state->jobs++;
		add_job(out, state->jobs, 3);
	}
	return OK;
}

/* --- HTTP -------------------------------------------------------------------
 */

static bool read_request(FILE *from, FILE *to, struct bytes *body)
{
	char line[1024];
	size_t length = 0;
	bool any = false, asks = false;

	while (fgets(line, sizeof line, from) && strcmp(line, "\r\n") != 0) {
		any = true;
		if (!strncasecmp(line, "Content-Length:", 15))
			length = strtoul(line + 15, NULL, 10);
		asks |= !strncasecmp(line, "Expect:", 7);
	}
	if (asks) {
		fputs("HTTP/1.1 100 Continue\r\n\r\n", to);
		fflush(to);
	}
	body->length = 0;
	while (any && body->length < length) {
		const int c = fgetc(from);

		if (c == EOF)
			return false;
		bytes_add_byte(body, (uint8_t)c);
	}
	return any && body->length >= 8;
}

static void wait_until(const volatile int *count)
{
	while (!*count)
		(void)poll(NULL, 0, 10);
}

/* How it keeps whoever asks waiting before it looks at what they want. */
static void delay(struct scheduler_state *state, int operation)
{
	while (*(volatile bool *)&state->silent)
		(void)poll(NULL, 0, 10);
	if (state->ignored) {
		state->ignored--;
		(void)poll(NULL, 0, -1);
	}
	if (operation == GET_JOBS && state->late_lists) {
		state->late_lists--;
		wait_until(&state->jobs);
	}
}

static bool hangs_up(struct scheduler_state *state, int operation)
{
	if (operation == GET_JOBS && state->unlisted) {
		state->unlisted--;
		return true;
	}
	return operation == PRINT_JOB && state->hangs_up;
}

static void reply(FILE *to, const struct bytes *body, int status,
		  const struct bytes *groups)
{
	struct bytes out = { 0 };

	add_short(&out, 0x0200);
	add_short(&out, (size_t)status);
	bytes_add(&out, body->data + 4, 4);
	bytes_add_byte(&out, 0x01);
	add_text(&out, 0x47, "attributes-charset", "utf-8");
	add_text(&out, 0x48, "attributes-natural-language", "en");
	bytes_add(&out, groups->data, groups->length);
	bytes_add_byte(&out, 0x03);
	fprintf(to,
		"HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\n"
		"Content-Length: %zu\r\n\r\n",
		out.length);
	fwrite(out.data, 1, out.length, to);
	fflush(to);
	bytes_done(&out);
}

static void refuse(FILE *to, int status)
{
	fprintf(to,
		"HTTP/1.1 %d No\r\nWWW-Authenticate: Basic realm=\"CUPS\"\r\n"
		"Content-Length: 0\r\n\r\n",
		status);
	fflush(to);
}

/* False: it hung up. */
static bool serve_one(struct scheduler_state *state, const struct bytes *body,
		      FILE *to)
{
	const int operation = operation_of(body);
	struct bytes groups = { 0 };
	bool goes_on = true;
	int status;

	delay(state, operation);
	if (operation == PRINT_JOB && state->refuses) {
		refuse(to, state->refuses);
		return true;
	}
	status = answer(state, body, &groups);
	while (*(volatile bool *)&state->falls_silent && state->jobs)
		(void)poll(NULL, 0, 10);
	if (hangs_up(state, operation))
		goes_on = false;
	else
		reply(to, body, status, &groups);
	bytes_done(&groups);
	return goes_on;
}

static void serve(struct scheduler_state *state, FILE *from, FILE *to)
{
	struct bytes body = { 0 };

	while (read_request(from, to, &body) && serve_one(state, &body, to))
		;
	bytes_done(&body);
}

static void end_with_the_test(void)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
}

/* Callers are served beside each other. */
static void run(struct scheduler_state *state, int door)
{
	(void)signal(SIGCHLD, SIG_IGN);
	(void)signal(SIGPIPE, SIG_IGN);
	for (;;) {
		const int caller = accept(door, NULL, NULL);
		FILE *from, *to;

		if (caller < 0)
			_exit(1);
		if (fork()) {
			close(caller);
			continue;
		}
		end_with_the_test();
		if ((from = fdopen(caller, "r")) &&
		    (to = fdopen(dup(caller), "w")))
			serve(state, from, to);
		_exit(0);
	}
}

void scheduler_start(struct scheduler *scheduler)
{
	scheduler_start_late(scheduler, 0);
}

void scheduler_start_late(struct scheduler *scheduler, int milliseconds)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
				  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t length = sizeof at;
	const int door = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	char name[32];

	assert_true(door >= 0);
	assert_int_equal(bind(door, (struct sockaddr *)&at, sizeof at), 0);
	assert_int_equal(milliseconds ? 0 : listen(door, 8), 0);
	assert_int_equal(getsockname(door, (struct sockaddr *)&at, &length), 0);
	snprintf(name, sizeof name, "127.0.0.1:%d", ntohs(at.sin_port));
	setenv("CUPS_SERVER", name, 1);
	scheduler->state =
	    mmap(NULL, sizeof *scheduler->state, PROT_READ | PROT_WRITE,
		 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	*scheduler->state = (struct scheduler_state){ .printer_state = 3,
						      .reason = "none",
						      .accepting = true,
						      .job_state = 9 };
	if (!(scheduler->child = fork())) {
		end_with_the_test();
		if (milliseconds &&
		    (poll(NULL, 0, milliseconds) || listen(door, 8)))
			_exit(1);
		run(scheduler->state, door);
	}
	close(door);
}

void scheduler_stop(struct scheduler *scheduler)
{
	kill(scheduler->child, SIGKILL);
	waitpid(scheduler->child, NULL, 0);
	munmap(scheduler->state, sizeof *scheduler->state);
	unsetenv("CUPS_SERVER");
}
