#include "tests/test.h"

#include <glob.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/memory.h"
#include "print/printer.h"
#include "print/profile.h"
#include "print/queue.h"
#include "tests/support/folder.h"
#include "tests/support/logged.h"

/*
 * Tickets at queues of a real CUPS, all of whose files lie in a folder of the
 * test's own. It is looked for where FOYER_CUPSD says, else in /usr/sbin;
 * where it is not, these are skipped.
 */
static const char *scheduler(void)
{
	const char *given = getenv("FOYER_CUPSD");

	return given ? given : "/usr/sbin/cupsd";
}

struct office {
	char *folder, *paper;
	pid_t cupsd;
};

/* What a queue's driver does with a job: Front prints it, Empty says in the
 * middle of it that the paper ended. */
static const char backend[] =
    "#!/bin/sh\n"
    "[ $# -gt 0 ] || exit 0\n"
    "echo 'STATE: +connecting-to-device' >&2; sleep 1\n"
    "echo 'STATE: -connecting-to-device' >&2\n"
    "case $PRINTER in\n"
    "Front) cat \"$6\" >\"%s.new\" && mv \"%s.new\" \"%s\" ;;\n"
    "*) echo 'STATE: +media-empty-error' >&2; exec sleep 60 ;;\n"
    "esac\n";

static const char queues[] =
    "<Printer Front>\nDeviceURI paper:/front\nState Idle\n"
    "Accepting Yes\nShared No\n</Printer>\n"
    "<Printer Empty>\nDeviceURI paper:/empty\nState Idle\n"
    "Accepting Yes\nShared No\n</Printer>\n"
    "<Printer Paused>\nDeviceURI paper:/paused\nState Stopped\n"
    "Reason paused\nAccepting Yes\nShared No\n</Printer>\n";

/* As CUPS is installed: a job is its owner's, who is believed at its socket. */
static const char policy[] =
    "<Policy default>\nJobPrivateAccess default\nJobPrivateValues default\n"
    "<Limit Create-Job Print-Job>\nOrder deny,allow\n</Limit>\n"
    "<Limit Cancel-Job>\nRequire user @OWNER @SYSTEM\nOrder deny,allow\n"
    "</Limit>\n<Limit All>\nOrder deny,allow\n</Limit>\n</Policy>\n";

static void put(const struct office *office, const char *name, mode_t mode,
		char *text)
{
	SCOPED(char_freep) char *path = folder_file(office->folder, name);
	SCOPED(char_freep) char *above = xstrdup(path);
	SCOPED(char_freep) char *own = text;

	*strrchr(above, '/') = 0;
	assert_int_equal(folder_make(above), FAULT_NONE);
	assert_int_equal(file_write(path, own, strlen(own), 0600), FAULT_NONE);
	assert_int_equal(chmod(path, mode), 0);
}

/* What starts a driver comes with the scheduler. */
static void link_daemons(const struct office *office)
{
	SCOPED(char_freep) char *bin = xstrdup(scheduler());
	SCOPED(char_freep)
	char *here = folder_file(office->folder, "bin/daemon");
	SCOPED(char_freep) char *there = NULL;

	*strrchr(bin, '/') = 0;
	there = xasprintf("%s/../lib/cups/daemon", bin);
	assert_int_equal(symlink(there, here), 0);
}

static void lay_out(const struct office *office)
{
	const char *at = office->folder;

	put(office, "files.conf", 0600,
	    xasprintf("ServerRoot %s\nServerBin %s/bin\nDataDir "
		      "%s/data\nStateDir %s/state\n"
		      "CacheDir %s/cache\nRequestRoot %s/spool\n"
		      "TempDir %s/spool\nAccessLog %s/access.log\n"
		      "ErrorLog %s/error.log\nPageLog %s/page.log\n",
		      at, at, at, at, at, at, at, at, at, at));
	put(office, "cupsd.conf", 0600,
	    xasprintf("Listen %s/sock\nDirtyCleanInterval 0\n"
		      "PreserveJobFiles No\nPreserveJobHistory 300\n"
		      "Browsing No\nWebInterface No\n"
		      "DefaultAuthType Basic\n<Location />\n"
		      "Order allow,deny\nAllow all\n</Location>\n%s",
		      at, policy));
	put(office, "printers.conf", 0600, xstrdup(queues));
	put(office, "bin/backend/paper", 0700,
	    xasprintf(backend, office->paper, office->paper, office->paper));
	link_daemons(office);
	put(office, "data/mime/mime.types", 0600,
	    xstrdup("application/pdf pdf string(0,%PDF)\n"));
	put(office, "state/here", 0600, xstrdup(""));
	put(office, "cache/here", 0600, xstrdup(""));
	put(office, "spool/here", 0600, xstrdup(""));
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static void await_file(const char *path)
{
	const int64_t end = now_ms() + 20000;

	while (!file_exists(path) && now_ms() < end)
		poll(NULL, 0, 20);
	if (!file_exists(path))
		fail_msg("%s never came", path);
}

static void start(struct office *office)
{
	SCOPED(char_freep)
	char *conf = folder_file(office->folder, "cupsd.conf");
	SCOPED(char_freep)
	char *files = folder_file(office->folder, "files.conf");
	SCOPED(char_freep) char *door = folder_file(office->folder, "sock");

	(void)unlink(door);
	if (!(office->cupsd = fork())) {
		execl(scheduler(), "cupsd", "-f", "-c", conf, "-s", files,
		      NULL);
		_exit(127);
	}
	await_file(door);
	setenv("CUPS_SERVER", door, 1);
}

static int set_up(void **state)
{
	struct office *office = xcalloc(1, sizeof *office);

	logged_start();
	office->folder = folder_new();
	office->paper = folder_file(office->folder, "paper.pdf");
	lay_out(office);
	*state = office;
	if (!access(scheduler(), X_OK))
		start(office);
	return 0;
}

static int tear_down(void **state)
{
	struct office *office = *state;

	if (office->cupsd) {
		kill(office->cupsd, SIGTERM);
		waitpid(office->cupsd, NULL, 0);
	}
	unsetenv("CUPS_SERVER");
	folder_remove(office->folder);
	free(office->folder);
	free(office->paper);
	free(office);
	logged_stop();
	return 0;
}

static void skip_without(const struct office *office)
{
	if (office->cupsd)
		return;
	print_message("skipped: there is no %s; FOYER_CUPSD says another\n",
		      scheduler());
	skip();
}

static enum printer_answer print_at(const char *address)
{
	SCOPED(picture_freep) struct picture *picture = picture_new(384, 600);
	SCOPED(printer_freep) struct printer *printer = NULL;
	struct profile profile = profile_usual;

	assert_int_equal(printer_new(address, &printer), FAULT_NONE);
	profile.vouches = true;
	printer_use(printer, &profile);
	printer_start(printer, picture, now_ms());
	while (printer_answer(printer) == PRINTER_WORKING) {
		struct pollfd wait = { printer_descriptor(printer),
				       printer_events(printer), 0 };

		poll(&wait, 1, 1000);
		printer_ready(printer, wait.revents, now_ms());
		printer_tick(printer, now_ms());
	}
	return printer_answer(printer);
}

/* What was to be printed lies in the scheduler's folder beside what it knows of
 * it: d00001-001 and c00001. */
static bool keeps_pages(const struct office *office)
{
	SCOPED(char_freep)
	char *pages = folder_file(office->folder, "spool/d*");
	glob_t found;
	bool any = !glob(pages, 0, NULL, &found);

	if (any)
		globfree(&found);
	return any;
}

/* Set up as the guide has it: nothing of it is kept. */
static void a_real_scheduler_prints_a_ticket(void **state)
{
	const struct office *office = *state;
	struct bytes page = { 0 };

	skip_without(office);
	assert_int_equal(print_at("cups:Front"), PRINTER_CONFIRMED);
	assert_int_equal(file_read(office->paper, 1 << 20, &page), FAULT_NONE);
	assert_memory_equal(page.data, "%PDF-1.4", 8);
	bytes_done(&page);
	assert_false(keeps_pages(office));
}

static void a_queue_that_is_stopped_gets_no_ticket(void **state)
{
	skip_without(*state);
	assert_int_equal(print_at("cups:Paused"), PRINTER_OFFLINE);
	assert_int_equal(print_at("cups:Nobody"), PRINTER_ABSENT);
}

/* The first is taken back, so the second finds nothing before it, and both
 * people are asked. */
static void paper_that_ends_within_a_ticket_is_asked_about(void **state)
{
	skip_without(*state);
	assert_int_equal(print_at("cups:Empty"), PRINTER_UNKNOWN);
}

/* --- a power cut ------------------------------------------------------------
 */

/* A job that a queue which is stopped keeps until somebody starts it. */
static int leave(const struct office *office, const char *title)
{
	SCOPED(queue_freep) struct queue *queue = NULL;
	SCOPED(char_freep) char *page = folder_file(office->folder, "page.pdf");
	int job = 0;

	assert_int_equal(file_write(page, "%PDF-1.4\n", 9, 0600), FAULT_NONE);
	assert_int_equal(queue_open(&queue), QUEUE_DONE);
	assert_int_equal(queue_send(queue, "Paused", title, page, NULL, &job),
			 QUEUE_DONE);
	return job;
}

static enum queue_state state_of(int job)
{
	SCOPED(queue_freep) struct queue *queue = NULL;
	struct queue_view view;

	assert_int_equal(queue_open(&queue), QUEUE_DONE);
	assert_int_equal(queue_look(queue, "Paused", job, &view), QUEUE_DONE);
	return view.state;
}

static void what_waited_before_a_power_cut_is_taken_back(void **state)
{
	struct office *office = *state;
	SCOPED(printer_freep) struct printer *printer = NULL;
	const int64_t end = now_ms() + 20000;
	int ticket, page;

	skip_without(office);
	page = leave(office, QUEUE_PAGE);
	ticket = leave(office, "Foyer K7 ticket");
	poll(NULL, 0, 1500); /* until its list of jobs is written */
	kill(office->cupsd, SIGKILL);
	waitpid(office->cupsd, NULL, 0);
	start(office);
	assert_int_equal(state_of(ticket), QUEUE_WAITING);
	assert_int_equal(printer_new("cups:Paused", &printer), FAULT_NONE);
	printer_name(printer, PRINTER_TICKET, "K7");
	printer_clear(printer);
	while (state_of(ticket) == QUEUE_WAITING && now_ms() < end)
		poll(NULL, 0, 100);
	assert_int_equal(state_of(ticket), QUEUE_CANCELLED);
	assert_int_equal(state_of(page), QUEUE_WAITING);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
	static const struct CMUnitTest tests[] = {
		TEST(a_real_scheduler_prints_a_ticket),
		TEST(a_queue_that_is_stopped_gets_no_ticket),
		TEST(paper_that_ends_within_a_ticket_is_asked_about),
		TEST(what_waited_before_a_power_cut_is_taken_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
