#include "print/clerk.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/process.h"
#include "print/queue.h"

#define LOOK_MS 500  /* between looks at the job */
#define HELD_LOOKS 6 /* with the same trouble: no passing one */

static const char *const kinds[] = {
	[PRINTER_PAGE] = "page",
	[PRINTER_TICKET] = "ticket",
	[PRINTER_SLIP] = "slip",
};

struct clerk {
	struct queue *queue;
	const char *name, *kiosk; /* "": no kiosk's */
	const char *kind;
	int page, told; /* descriptors: what to print, where the answer goes */
	bool vouches;
	int64_t end;               /* of its patience, by the clock */
	enum queue_trouble before; /* was there before the job */
	int held;                  /* looks that found trouble, in a row */
	bool begun; /* the job was seen printing, or given up in it */
	bool over;  /* the queue is done with it */
};

/* What nobody has to ask about: nothing is on paper. */
static const enum printer_answer troubles[QUEUE_TROUBLES] = {
	[QUEUE_WELL] = PRINTER_WORKING,     [QUEUE_NO_PAPER] = PRINTER_NO_PAPER,
	[QUEUE_COVER] = PRINTER_COVER_OPEN, [QUEUE_JAM] = PRINTER_OFFLINE,
	[QUEUE_NO_INK] = PRINTER_OFFLINE,   [QUEUE_OFFLINE] = PRINTER_OFFLINE,
	[QUEUE_STOPPED] = PRINTER_OFFLINE,
};

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

/* False, for so many ms at most: whoever asked has given it up, or is gone. */
static bool is_awaited(const struct clerk *clerk, int milliseconds)
{
	struct pollfd wait = { clerk->told, 0, 0 };

	return poll(&wait, 1, milliseconds) <= 0 || !(wait.revents & POLLERR);
}

/* --- what was left ----------------------------------------------------------
 */

static char *title_of(const char *kiosk, const char *kind)
{
	return *kiosk ? xasprintf("Foyer %s %s", kiosk, kind)
		      : xasprintf("Foyer %s", kind);
}

struct leftovers {
	const char *kiosk;
	int jobs[QUEUE_OWN_MOST];
	size_t count;
};

static void note_job(void *to, int job, const char *title)
{
	struct leftovers *left = to;

	for (size_t i = PRINTER_TICKET; i < COUNT(kinds); i++) {
		SCOPED(char_freep) char *ours = title_of(left->kiosk, kinds[i]);

		if (!strcmp(title, ours) && left->count < COUNT(left->jobs))
			left->jobs[left->count++] = job;
	}
}

/* A job that comes once this is let go of is not in the list. */
static enum queue_answer take_back(struct clerk *clerk)
{
	struct leftovers left = { .kiosk = clerk->kiosk };
	enum queue_answer answer;

	if (!*clerk->kiosk)
		return QUEUE_DONE;
	answer = queue_own(clerk->queue, clerk->name, note_job, &left);
	for (size_t i = 0; i < left.count && is_awaited(clerk, 0); i++)
		queue_cancel(clerk->queue, clerk->name, left.jobs[i]);
	return answer;
}

/* Over a connection of its own: one that fell silent says nothing more, and one
 * to a socket that waits for CUPS stands long before CUPS does. */
static enum queue_answer take_back_anew(struct clerk *clerk)
{
	enum queue_answer answer;

	queue_free(clerk->queue);
	clerk->queue = NULL;
	answer = queue_open(&clerk->queue);
	return answer ? answer : take_back(clerk);
}

static enum queue_answer take_back_at_last(struct clerk *clerk)
{
	enum queue_answer answer;

	while ((answer = take_back_anew(clerk)) == QUEUE_NO_SCHEDULER &&
	       now_ms() < clerk->end && is_awaited(clerk, LOOK_MS))
		;
	return answer;
}

static enum printer_answer clear(struct clerk *clerk)
{
	return take_back_at_last(clerk) ? PRINTER_ABSENT : PRINTER_IDLE;
}

/* --- the queue --------------------------------------------------------------
 */

struct search {
	const char *name;
	enum queue_trouble trouble;
	enum printer_answer answer; /* PRINTER_WORKING: it takes a job */
};

static void look_at(void *to, const struct queue_printer *printer)
{
	struct search *search = to;

	if (strcmp(printer->name, search->name) != 0)
		return;
	search->trouble = printer->trouble;
	search->answer = !printer->accepting ? PRINTER_OFFLINE
			 : printer->stopped  ? troubles[printer->trouble]
					     : PRINTER_WORKING;
}

/* Only a queue that takes nothing is refused: the paper that ended in the job
 * before is known to be back when the next one prints. */
static enum printer_answer check(struct clerk *clerk)
{
	struct search search = { clerk->name, QUEUE_WELL, PRINTER_ABSENT };

	if (queue_each(clerk->queue, look_at, &search))
		return PRINTER_ABSENT;
	clerk->before = search.trouble;
	return search.answer;
}

static enum printer_answer ask(struct clerk *clerk)
{
	enum printer_answer answer =
	    queue_open(&clerk->queue) ? PRINTER_ABSENT : check(clerk);

	if (answer != PRINTER_WORKING)
		return answer;
	return clerk->before ? troubles[clerk->before] : PRINTER_IDLE;
}

/* --- the job ----------------------------------------------------------------
 */

/* Whether trouble lasts which is of this job, not left over. */
static bool is_held_up(struct clerk *clerk, const struct queue_view *view)
{
	const bool held = view->stopped || view->state == QUEUE_HELD ||
			  (view->trouble && view->trouble != clerk->before);

	if (view->trouble != clerk->before)
		clerk->before = QUEUE_WELL;
	clerk->held = held ? clerk->held + 1 : 0;
	return clerk->held >= HELD_LOOKS;
}

/* All of it was taken, which is not yet on paper. */
static enum printer_answer printed(const struct clerk *clerk,
				   const struct queue_view *view)
{
	return clerk->vouches && !view->trouble ? PRINTER_CONFIRMED
						: PRINTER_UNKNOWN;
}

/* Nothing was printed, and why. */
static enum printer_answer unprinted(const struct queue_view *view)
{
	return view->trouble ? troubles[view->trouble] : PRINTER_OFFLINE;
}

static enum printer_answer look(struct clerk *clerk, int job)
{
	struct queue_view view;
	bool late;

	if (queue_look(clerk->queue, clerk->name, job, &view))
		return PRINTER_UNKNOWN;
	clerk->begun |=
	    view.state != QUEUE_WAITING && view.state != QUEUE_CANCELLED;
	clerk->over = view.state >= QUEUE_PRINTED;
	if (view.state == QUEUE_PRINTED)
		return printed(clerk, &view);
	late = now_ms() >= clerk->end;
	if (!clerk->over && !is_held_up(clerk, &view) && !late)
		return PRINTER_WORKING;
	return clerk->begun ? PRINTER_UNKNOWN : unprinted(&view);
}

static enum printer_answer follow(struct clerk *clerk, int job)
{
	enum printer_answer answer = PRINTER_WORKING;

	while (answer == PRINTER_WORKING && is_awaited(clerk, LOOK_MS))
		answer = look(clerk, job);
	if (!clerk->over)
		queue_cancel(clerk->queue, clerk->name, job);
	return answer;
}

/* Of a job without an answer nobody knows whether the queue has it: it is not
 * to come out once whoever waits has been asked about it. */
static enum printer_answer put(struct clerk *clerk)
{
	SCOPED(char_freep)
	char *path = xasprintf("/proc/self/fd/%d", clerk->page);
	SCOPED(char_freep) char *title = title_of(clerk->kiosk, clerk->kind);
	int job;

	switch (
	    queue_send(clerk->queue, clerk->name, title, path, "none", &job)) {
	case QUEUE_DONE:
		return follow(clerk, job);
	case QUEUE_NO_SCHEDULER:
		if (*clerk->kiosk)
			(void)take_back_at_last(clerk);
		return PRINTER_UNKNOWN;
	default:
		return PRINTER_OFFLINE;
	}
}

static enum printer_answer print(struct clerk *clerk)
{
	enum printer_answer answer;

	if (queue_open(&clerk->queue)) {
		log_warning("CUPS does not answer, or libcups is not there");
		return PRINTER_ABSENT;
	}
	/* What could not be listed hinders nobody from printing. */
	(void)take_back(clerk);
	answer = check(clerk);
	if (answer != PRINTER_WORKING)
		return answer;
	/* Whoever left meanwhile has no paper come out behind them. */
	return is_awaited(clerk, 0) ? put(clerk) : PRINTER_OFFLINE;
}

/* --- the process ------------------------------------------------------------
 */

#define PROGRAM "foyer-clerk"
enum { TASK = 1, QUEUE, KIOSK, KIND, PAGE, TOLD, VOUCHES, PATIENCE, WORDS };
#define ALARM_S 5 /* beyond its patience: then it hangs */

static const struct {
	const char *name;
	enum printer_answer (*serve)(struct clerk *clerk);
} tasks[] = { { "print", print }, { "clear", clear }, { "ask", ask } };

/* What it complains of has no place on a full screen. */
static void keep_off_the_screen(void)
{
	const int nowhere = isatty(STDERR_FILENO)
				? open("/dev/null", O_WRONLY | O_CLOEXEC)
				: -1;

	if (nowhere < 0)
		return;
	(void)dup2(nowhere, STDERR_FILENO);
	close(nowhere);
}

/* A signal to all, as when the machine goes down, ends whoever asks: that is
 * seen, and the job is taken back. */
static void end_with_the_asker(void)
{
	static const int ignored[] = { SIGPIPE, SIGHUP, SIGINT, SIGTERM };

	for (size_t i = 0; i < COUNT(ignored); i++)
		(void)signal(ignored[i], SIG_IGN);
}

/*
 * Whichever program prints is run again for this, and never comes to its
 * main(): none of them has to know, and the clerk is always of the same
 * release.
 */
__attribute__((constructor)) static void be_the_clerk(int argc, char **argv)
{
	struct clerk clerk = { 0 };
	uint8_t answer = PRINTER_OFFLINE;
	int patience;

	if (argc != WORDS || strcmp(argv[0], PROGRAM) != 0)
		return;
	patience = atoi(argv[PATIENCE]);
	(void)alarm((unsigned)patience / 1000 + ALARM_S);
	end_with_the_asker();
	keep_off_the_screen();
	clerk.name = argv[QUEUE];
	clerk.kiosk = argv[KIOSK];
	clerk.kind = argv[KIND];
	clerk.page = atoi(argv[PAGE]);
	clerk.told = atoi(argv[TOLD]);
	clerk.vouches = atoi(argv[VOUCHES]);
	clerk.end = now_ms() + patience - CLERK_SPARE;
	for (size_t i = 0; i < COUNT(tasks) && !process_hide(); i++) {
		if (!strcmp(argv[TASK], tasks[i].name))
			answer = (uint8_t)tasks[i].serve(&clerk);
	}
	queue_free(clerk.queue);
	(void)!write(clerk.told, &answer, 1);
	process_wipe_and_exit(0);
}

static bool is_handed_on(int descriptor)
{
	return descriptor < 0 || !fcntl(descriptor, F_SETFD, 0);
}

/* What the parent held back must not be held back here: signals, and the two
 * descriptors. False: it could not become one. */
static bool become_clerk(char **words, int page, int told)
{
	const int kept[] = { told, page };
	char self[4096];
	const ssize_t length =
	    readlink("/proc/self/exe", self, sizeof self - 1);
	sigset_t none;

	sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	if (process_keep_only(kept, page < 0 ? 1 : COUNT(kept)) ||
	    !is_handed_on(page) || !is_handed_on(told) || length < 0)
		return false;
	self[length] = 0;
	execv(self, words);
	/* A release that was put in its place meanwhile has taken its name. */
	execv("/proc/self/exe", words);
	return false;
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
static bool start(char **words, int page, int told)
{
	const pid_t between = fork();
	int status = 0;

	if (!between) {
		const uint8_t unprinted = PRINTER_ABSENT;
		const pid_t clerk = fork();

		if (!clerk && !become_clerk(words, page, told))
			(void)!write(told, &unprinted, 1);
		process_wipe_and_exit(clerk < 0);
	}
	while (between > 0 && waitpid(between, &status, 0) < 0 &&
	       errno == EINTR)
		;
	return between > 0 && status == 0;
}

static bool send_out(const char *task, const struct clerk_wish *wish, int page,
		     int told)
{
	SCOPED(char_freep) char *what = xstrdup(task);
	SCOPED(char_freep) char *queue = xstrdup(wish->queue);
	SCOPED(char_freep)
	char *kiosk = xstrdup(wish->kiosk ? wish->kiosk : "");
	SCOPED(char_freep) char *kind = xstrdup(kinds[wish->paper]);
	SCOPED(char_freep) char *page_text = xasprintf("%d", page);
	SCOPED(char_freep) char *told_text = xasprintf("%d", told);
	SCOPED(char_freep) char *patience = xasprintf("%d", wish->patience);
	char program[] = PROGRAM, yes[] = "1", no[] = "0";
	char *words[WORDS + 1] = {
		[0] = program,         [TASK] = what,
		[QUEUE] = queue,       [KIOSK] = kiosk,
		[KIND] = kind,         [PAGE] = page_text,
		[TOLD] = told_text,    [VOUCHES] = wish->vouches ? yes : no,
		[PATIENCE] = patience,
	};

	return start(words, page, told);
}

static int set_to(const char *task, const struct clerk_wish *wish, int page)
{
	int ends[2];

	if (!pipe2(ends, O_CLOEXEC)) {
		const bool sent = send_out(task, wish, page, ends[1]);

		close(ends[1]);
		if (sent)
			return ends[0];
		close(ends[0]);
	}
	log_error("no process for the queue %s: %s", wish->queue,
		  strerror(errno));
	return -1;
}

int clerk_send(const struct clerk_wish *wish, const struct picture *picture)
{
	const int page = page_of(picture);
	int told;

	if (page < 0) {
		log_error("no room for a page: %s", strerror(errno));
		return -1;
	}
	told = set_to("print", wish, page);
	close(page);
	return told;
}

int clerk_clear(const struct clerk_wish *wish)
{
	return set_to("clear", wish, -1);
}

int clerk_ask(const struct clerk_wish *wish)
{
	return set_to("ask", wish, -1);
}

enum printer_answer clerk_answer(int descriptor)
{
	uint8_t answer;

	return read(descriptor, &answer, 1) == 1 && answer <= PRINTER_ABSENT
		   ? (enum printer_answer)answer
		   : PRINTER_UNKNOWN;
}
