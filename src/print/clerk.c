#include "print/clerk.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "base/process.h"
#include "print/queue.h"

#define LOOK_MS 500 /* between looks at the job */
#define LOOKS (CLERK_MS / LOOK_MS)

struct clerk {
	struct queue *queue;
	const char *name;
	int told; /* where the answer goes */
	bool vouches;
	bool begun; /* the job was seen printing */
	bool over;  /* the queue is done with it */
};

/* What nobody has to ask about: nothing is on paper. */
static const enum printer_answer troubles[QUEUE_TROUBLES] = {
	[QUEUE_WELL] = PRINTER_WORKING,     [QUEUE_NO_PAPER] = PRINTER_NO_PAPER,
	[QUEUE_COVER] = PRINTER_COVER_OPEN, [QUEUE_JAM] = PRINTER_OFFLINE,
	[QUEUE_NO_INK] = PRINTER_OFFLINE,   [QUEUE_OFFLINE] = PRINTER_OFFLINE,
	[QUEUE_STOPPED] = PRINTER_OFFLINE,
};

/* --- the job ----------------------------------------------------------------
 */

struct search {
	const char *name;
	enum printer_answer answer; /* PRINTER_WORKING: it takes a job */
};

static void look_at(void *to, const struct queue_printer *printer)
{
	struct search *search = to;

	if (strcmp(printer->name, search->name) != 0)
		return;
	search->answer =
	    printer->accepting ? troubles[printer->trouble] : PRINTER_OFFLINE;
}

static enum printer_answer check(const struct clerk *clerk)
{
	struct search search = { clerk->name, PRINTER_ABSENT };

	return queue_each(clerk->queue, look_at, &search) ? PRINTER_ABSENT
							  : search.answer;
}

/* False: whoever sent it has given it up, or is gone. */
static bool is_awaited(const struct clerk *clerk)
{
	struct pollfd wait = { clerk->told, 0, 0 };

	return poll(&wait, 1, LOOK_MS) <= 0 || !(wait.revents & POLLERR);
}

static enum printer_answer look(struct clerk *clerk, int job)
{
	enum queue_state state;
	enum queue_trouble trouble;

	if (queue_look(clerk->queue, clerk->name, job, &state, &trouble))
		return PRINTER_UNKNOWN;
	clerk->begun |= state == QUEUE_PRINTING;
	clerk->over = state >= QUEUE_PRINTED;
	if (state == QUEUE_PRINTED)
		return clerk->vouches ? PRINTER_CONFIRMED : PRINTER_UNKNOWN;
	if (state == QUEUE_GIVEN_UP)
		return clerk->begun ? PRINTER_UNKNOWN : PRINTER_OFFLINE;
	return trouble && clerk->begun ? PRINTER_UNKNOWN : troubles[trouble];
}

static enum printer_answer follow(struct clerk *clerk, int job)
{
	enum printer_answer answer = PRINTER_WORKING;

	for (int i = 0; i < LOOKS && answer == PRINTER_WORKING; i++) {
		if (!is_awaited(clerk))
			break;
		answer = look(clerk, job);
	}
	if (clerk->over)
		return answer;
	queue_cancel(clerk->queue, clerk->name, job);
	if (answer == PRINTER_WORKING)
		return clerk->begun ? PRINTER_UNKNOWN : PRINTER_OFFLINE;
	return answer;
}

static enum printer_answer serve(struct clerk *clerk, int page)
{
	SCOPED(char_freep) char *path = xasprintf("/proc/self/fd/%d", page);
	enum printer_answer answer;
	int job;

	if (queue_open(&clerk->queue)) {
		log_warning("CUPS does not answer, or libcups is not there");
		return PRINTER_ABSENT;
	}
	answer = check(clerk);
	if (answer != PRINTER_WORKING)
		return answer;
	if (queue_send(clerk->queue, clerk->name, path, "none", &job))
		return PRINTER_OFFLINE;
	return follow(clerk, job);
}

/* --- the process ------------------------------------------------------------
 */

static void be_the_clerk(const char *name, int page, int told, bool vouches)
{
	const int kept[] = { page, told };
	struct clerk clerk = { .name = name, .told = told, .vouches = vouches };
	uint8_t answer = PRINTER_OFFLINE;

	if (!process_keep_only(kept, COUNT(kept)))
		answer = (uint8_t)serve(&clerk, page);
	queue_free(clerk.queue);
	(void)!write(told, &answer, 1);
	process_wipe_and_exit(0);
}

/* Memory with the page in it, which no disk sees; -1: there is none. */
static int page_of(const struct picture *picture)
{
	const int page = memfd_create("ticket", MFD_CLOEXEC);
	struct bytes pdf = { 0 };
	bool written;

	picture_pdf(picture, PICTURE_MARGIN, &pdf);
	written = page >= 0 &&
		  write(page, pdf.data, pdf.length) == (ssize_t)pdf.length;
	bytes_wipe(&pdf);
	if (written || page < 0)
		return page;
	close(page);
	return -1;
}

/* By a process between, which ends at once: whoever sends has no child that it
 * must wait for later. */
static bool start(const char *name, int page, int told, bool vouches)
{
	const pid_t between = fork();

	if (!between) {
		const pid_t clerk = fork();

		if (!clerk)
			be_the_clerk(name, page, told, vouches);
		process_wipe_and_exit(clerk < 0);
	}
	if (between > 0)
		(void)waitpid(between, NULL, 0);
	return between > 0;
}

int clerk_send(const char *queue, const struct picture *picture, bool vouches)
{
	const int page = page_of(picture);
	int ends[2] = { -1, -1 };

	if (page < 0 || pipe2(ends, O_CLOEXEC) ||
	    !start(queue, page, ends[1], vouches)) {
		log_error("no process to print at %s: %s", queue,
			  strerror(errno));
		if (ends[0] >= 0)
			close(ends[0]);
		ends[0] = -1;
	}
	if (page >= 0)
		close(page);
	if (ends[1] >= 0)
		close(ends[1]);
	return ends[0];
}

enum printer_answer clerk_answer(int descriptor)
{
	uint8_t answer;

	return read(descriptor, &answer, 1) == 1 && answer <= PRINTER_ABSENT
		   ? (enum printer_answer)answer
		   : PRINTER_UNKNOWN;
}
