#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "base/bytes.h"
#include "print/queue.h"
#include "tests/fuzz/folder.h"

/*
 * What a print scheduler answers, which is not always CUPS on this machine: a
 * thread takes the calls of libcups and answers each with attributes that the
 * input names. Its first three bytes are the status of IPP and of HTTP, and
 * what is asked for; then each attribute is its name, its tag, and its values,
 * a byte for the length of each; an attribute of the first name alone ends a
 * printer or a job.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int __lsan_is_turned_off(void);

/* What the thread holds makes every input look like a leak, and all memory
 * would be looked through after each. */
int __lsan_is_turned_off(void)
{
	return 1;
}

static const char *const names[] = {
	"",
	"printer-name",
	"printer-info",
	"printer-state",
	"printer-state-reasons",
	"printer-is-accepting-jobs",
	"job-id",
	"job-name",
	"job-state",
	"job-originating-user-name",
	"job-state-reasons",
	"something-else",
};

/* Of groups, numbers, enums, booleans and texts. */
static const uint8_t tags[] = { 0x04, 0x02, 0x21, 0x23, 0x22, 0x41,
				0x42, 0x44, 0x45, 0x35, 0x30, 0x10 };

static const int statuses[] = { 0,      0x0001, 0x0400, 0x0406,
				0x0506, 0x0500, 0x1000, 0xffff };
static const int replies[] = { 200, 200, 200, 401, 404, 426, 500, 100 };

/* --- the scheduler -------------------------------------------------------- */

static struct bytes groups; /* what every call is answered with */
static int status, reply;

static void add_short(struct bytes *out, size_t number)
{
	bytes_add_byte(out, (uint8_t)(number >> 8));
	bytes_add_byte(out, (uint8_t)number);
}

static void add_value(struct bytes *out, uint8_t tag, const char *name,
		      const void *value, size_t length)
{
	bytes_add_byte(out, tag);
	add_short(out, strlen(name));
	bytes_add(out, name, strlen(name));
	add_short(out, length);
	bytes_add(out, value, length);
}

static void make_answer(const uint8_t id[4], struct bytes *out)
{
	add_short(out, 0x0200);
	add_short(out, (size_t)status);
	bytes_add(out, id, 4);
	bytes_add_byte(out, 0x01);
	add_value(out, 0x47, "attributes-charset", "utf-8", 5);
	add_value(out, 0x48, "attributes-natural-language", "en", 2);
	bytes_add(out, groups.data, groups.length);
	bytes_add_byte(out, 0x03);
}

/* A request up to its end; false: whoever asked hung up. */
static bool take_request(FILE *from, uint8_t id[4])
{
	char line[1024];
	size_t length = 0;
	int c = 0;

	while (fgets(line, sizeof line, from) && strcmp(line, "\r\n") != 0) {
		if (!strncasecmp(line, "Content-Length:", 15))
			length = strtoul(line + 15, NULL, 10);
	}
	for (size_t i = 0; i < length && (c = fgetc(from)) != EOF; i++) {
		if (i >= 4 && i < 8)
			id[i - 4] = (uint8_t)c;
	}
	return length && c != EOF;
}

static void serve(int caller)
{
	FILE *from = fdopen(caller, "r"), *to = fdopen(dup(caller), "w");
	uint8_t id[4] = { 0 };

	while (take_request(from, id)) {
		SCOPED(bytes_done) struct bytes out = { 0 };

		make_answer(id, &out);
		fprintf(to,
			"HTTP/1.1 %d X\r\nContent-Type: application/ipp\r\n"
			"Content-Length: %zu\r\n\r\n",
			reply, out.length);
		fwrite(out.data, 1, out.length, to);
		fflush(to);
		if (reply == 100)
			break;
	}
	fclose(from);
	fclose(to);
}

static void *run(void *to)
{
	const int door = *(const int *)to;
	int caller;

	while ((caller = accept(door, NULL, NULL)) >= 0)
		serve(caller);
	return NULL;
}

static void begin(void)
{
	static struct sockaddr_un at = { .sun_family = AF_UNIX };
	static int door;
	SCOPED(char_freep) char *path = NULL;
	sigset_t all, before;
	pthread_t thread;

	fuzz_begin();
	path = fuzz_path("cups");
	strcpy(at.sun_path, path);
	door = socket(AF_UNIX, SOCK_STREAM, 0);
	must(!bind(door, (struct sockaddr *)&at, sizeof at));
	must(!listen(door, 8));
	setenv("CUPS_SERVER", path, 1);
	/* The fuzzer's own alarm is not for the scheduler. */
	sigfillset(&all);
	must(!pthread_sigmask(SIG_BLOCK, &all, &before));
	must(!pthread_create(&thread, NULL, run, &door));
	must(!pthread_sigmask(SIG_SETMASK, &before, NULL));
}

/* --- what is made of it --------------------------------------------------- */

/* Attributes; what the lengths promise and is not there, is not there. */
static void read_groups(const uint8_t *data, size_t size)
{
	groups.length = 0;
	while (size >= 3) {
		const char *name = names[data[0] % COUNT(names)];
		const uint8_t tag = tags[data[1] % COUNT(tags)];
		size_t length = data[2] < size - 3 ? data[2] : size - 3;

		if (tag < 0x10)
			bytes_add_byte(&groups, tag);
		else
			add_value(&groups, tag, name, data + 3, length);
		data += 3 + (tag < 0x10 ? 0 : length);
		size -= 3 + (tag < 0x10 ? 0 : length);
	}
}

static void see(void *to, const struct queue_printer *printer)
{
	size_t *seen = to;

	assert(printer->name);
	*seen += strlen(printer->name);
	*seen += printer->info ? strlen(printer->info) : 0;
	assert(queue_trouble_word(printer->trouble));
	assert(!printer->stopped || printer->trouble);
}

static void see_own(void *to, int job, const char *title)
{
	size_t *seen = to;

	assert(job);
	*seen += strlen(title);
}

static void ask(struct queue *queue)
{
	struct queue_view view = { 0 };
	size_t seen = 0;
	int job = 0;

	(void)queue_each(queue, see, &seen);
	(void)queue_own(queue, "Front", see_own, &seen);
	if (!queue_look(queue, "Front", 1, &view)) {
		assert(view.state <= QUEUE_CANCELLED);
		assert(queue_trouble_word(view.trouble));
	}
	(void)queue_send(queue, "Front", "page", "/dev/null", NULL, &job);
	queue_cancel(queue, "Front", job);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool begun;
	struct queue *queue = NULL;

	if (!begun)
		begin();
	begun = true;
	if (size < 2)
		return 0;
	status = statuses[data[0] % COUNT(statuses)];
	reply = replies[data[1] % COUNT(replies)];
	read_groups(data + 2, size - 2);
	must(!queue_open(&queue));
	ask(queue);
	queue_free(queue);
	return 0;
}
