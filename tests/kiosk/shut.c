#include "tests/test.h"

#include "kiosk/shut.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "base/data.h"
#include "base/memory.h"
#include "kiosk/shelf.h"
#include "kiosk/visit.h"
#include "tests/support/bare.h"
#include "tests/support/stand.h"

/*
 * The real kiosk's process with the answers is shut in before the first
 * question, with nothing that its parent has open. Its own rules are tried in
 * one that has a porter and no screen; tests/base/jail.c tries all ways that no
 * rule opens.
 */

/* "2" for "Seccomp:" of /proc/PID/status; the caller frees it. */
static char *status_of(pid_t process, const char *name)
{
	SCOPED(char_freep) char *path = xasprintf("/proc/%d/status", process);
	FILE *file = fopen(path, "re");
	char line[256], *found = NULL;

	assert_non_null(file);
	while (!found && fgets(line, sizeof line, file)) {
		line[strcspn(line, "\n")] = 0;
		if (strncmp(line, name, strlen(name)) == 0)
			found = xstrdup(line + strlen(name) + 1);
	}
	fclose(file);
	assert_non_null(found);
	return found;
}

static void expect_status(pid_t process, const char *name, const char *wanted)
{
	SCOPED(char_freep) char *found = status_of(process, name);

	assert_string_equal(found, wanted);
}

static bool may_be_open(const char *target)
{
	static const char *const known[] = { "/dev/pts/", "pipe:", "socket:",
					     "anon_inode:" };

	for (size_t i = 0; i < COUNT(known); i++) {
		if (strncmp(target, known[i], strlen(known[i])) == 0)
			return true;
	}
	/* What it overwrites, at its end. */
	return strncmp(target, "/proc/", 6) == 0 && strstr(target, "/maps");
}

static void expect_no_file(pid_t process)
{
	SCOPED(char_freep) char *folder = xasprintf("/proc/%d/fd", process);
	DIR *files = opendir(folder);
	const struct dirent *each;
	char target[512];

	assert_non_null(files);
	while ((each = readdir(files))) {
		ssize_t length = readlinkat(dirfd(files), each->d_name, target,
					    sizeof target - 1);

		if (length < 0)
			continue;
		target[length] = 0;
		if (!may_be_open(target))
			fail_msg("%s is open", target);
	}
	closedir(files);
}

static void it_is_shut_in_before_the_first_question(void **state)
{
	struct stand stand;

	(void)state;
	stand_start(&stand, 24, 80, "");
	stand_begin(&stand);
	expect_status(stand_visitor(&stand), "Seccomp:", "2");
	expect_status(stand_visitor(&stand), "NoNewPrivs:", "1");
	expect_no_file(stand_visitor(&stand));
	expect_status(stand_porter(&stand), "Seccomp:", "0");
	stand_done(&stand);
}

/* The visitor's process can write down nothing any more, nor keep a ticket. */
static void a_porter_that_died_is_written_down(void **state)
{
	struct stand stand;
	bool told = false;

	(void)state;
	stand_start(&stand, 24, 80, "");
	stand_begin(&stand);
	assert_int_equal(kill(stand_porter(&stand), SIGKILL), 0);
	for (int i = 0; i < 400 && !told; i++) {
		SCOPED(char_freep)
		char *log = stand_file(&stand, "kiosk/kiosk.log");

		told = strstr(log, "has lost the one that prints");
		pty_wait(stand.pty, 50);
	}
	assert_true(told);
	stand_finish(&stand);
	stand_expect(&stand, "Please go to the desk");
	stand_done(&stand);
}

/* --- its own rules ---------------------------------------------------------
 */

enum outcome { REFUSED = 100, DONE, TRESPASSED };

static struct {
	struct bare bare;
	int terminal;
	pid_t parent, porter;
} tried;

static bool opens(const char *path)
{
	return open(path, O_RDONLY) >= 0;
}

static bool reads_the_kiosks_key(void)
{
	SCOPED(char_freep)
	char *key = home_path(tried.bare.hall.home, HOME_KIOSK, "kiosk.key");

	return opens(key);
}

static bool reads_the_settings(void)
{
	SCOPED(char_freep)
	char *settings =
	    home_path(tried.bare.hall.home, HOME_SETTINGS, "foyer.ini");

	return opens(settings);
}

static bool reads_the_machine(void)
{
	return opens("/sys/devices") || opens("/proc/cpuinfo") ||
	       opens("/etc/passwd") || opens("/dev/tty");
}

static bool reads_its_porter(void)
{
	SCOPED(char_freep)
	char *memory = xasprintf("/proc/%d/mem", (int)tried.porter);

	return opens(memory);
}

static bool reaches_the_network(void)
{
	return socket(AF_INET, SOCK_STREAM, 0) >= 0 ||
	       socket(AF_UNIX, SOCK_STREAM, 0) >= 0;
}

static bool starts_a_program(void)
{
	(void)execl("/bin/true", "true", NULL);
	return false;
}

static bool multiplies(void)
{
	return fork() >= 0;
}

static bool traces_its_porter(void)
{
	return !ptrace(PTRACE_ATTACH, tried.porter, NULL, NULL);
}

static bool signals_others(void)
{
	return !kill(tried.parent, 0) || !kill(-1, 0) || !kill(0, 0) ||
	       !kill(tried.porter, SIGTERM);
}

static bool runs_what_it_wrote(void)
{
	return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
}

static bool steers_its_terminal(void)
{
	int discipline = 0;
	char paste = 3; /* of TIOCLINUX, on a text console */

	return !ioctl(tried.terminal, TIOCSTI, "x") ||
	       !ioctl(tried.terminal, TIOCLINUX, &paste) ||
	       !ioctl(tried.terminal, TIOCSCTTY, 1) ||
	       !ioctl(tried.terminal, TIOCSETD, &discipline);
}

static bool reads_its_words(void)
{
	SCOPED(char_freep) char *words = data_path("translations/kiosk.en.po");
	struct winsize size;

	return opens(words) && !ioctl(tried.terminal, TIOCGWINSZ, &size) &&
	       !kill(tried.porter, SIGKILL);
}

typedef bool way_out(void);

/* Nothing of it is freed: the process ends. */
static int try_in_a_visit(way_out *attempt)
{
	static char none[] = "none";
	static struct speaker_ways silent = { .output = none };
	struct visit visit = { .hall = &tried.bare.hall,
			       .aloud = aloud_new(&silent) };

	tried.parent = getppid();
	if (porter_start(visit.hall, 1, PORTER_PATIENCE, &visit.porter))
		return 0;
	tried.porter = porter_process(visit.porter);
	if (shut_in(&visit))
		return 0;
	return attempt() ? DONE : REFUSED;
}

static enum outcome outcome_of(way_out *attempt)
{
	const pid_t child = fork();
	int status;

	if (!child)
		_exit(try_in_a_visit(attempt));
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status) == VISITOR_TROUBLE
		   ? TRESPASSED
		   : (enum outcome)WEXITSTATUS(status);
}

static void a_visitors_process_has_no_way_out(void **state)
{
	static const struct {
		const char *what;
		way_out *attempt;
		enum outcome outcome;
	} cases[] = {
		{ "the kiosk's key", reads_the_kiosks_key, REFUSED },
		{ "its settings", reads_the_settings, REFUSED },
		{ "the machine's files", reads_the_machine, REFUSED },
		{ "its porter's memory", reads_its_porter, REFUSED },
		{ "a socket", reaches_the_network, REFUSED },
		{ "a program", starts_a_program, TRESPASSED },
		{ "a process", multiplies, REFUSED },
		{ "its porter, traced", traces_its_porter, TRESPASSED },
		{ "others, signalled", signals_others, REFUSED },
		{ "code that it wrote", runs_what_it_wrote, REFUSED },
		{ "its terminal, steered", steers_its_terminal, REFUSED },
		{ "what it needs", reads_its_words, DONE },
	};

	(void)state;
	bare_open(&tried.bare);
	tried.terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC);
	for (size_t i = 0; i < COUNT(cases); i++) {
		print_message("%s\n", cases[i].what);
		assert_int_equal(outcome_of(cases[i].attempt),
				 cases[i].outcome);
	}
	close(tried.terminal);
	bare_close(&tried.bare);
}

/* No machine of a test has a sound card: the names alone. */
static void of_the_machine_only_sound_cards_are_lent(void **state)
{
	static const struct {
		const char *path;
		bool lent;
	} cases[] = {
		{ "/sys/devices/pci0000:00/0000:00:1f.3/sound/card0", true },
		{ "/sys/devices/platform/soc/a.usb/usb1/1-1/1-1:1.0/sound/"
		  "card12",
		  true },
		{ "/sys/devices/platform/soc/a.usb/usb1/1-1/descriptors",
		  true },
		{ "/sys/devices/platform/soc/a.usb/usb1/1-1/serial", false },
		{ "/sys/devices/pci0000:00/0000:00:1f.3/sound/card0/id",
		  false },
		{ "/sys/devices/pci0000:00/0000:00:1f.3/descriptors", false },
		{ "/sys/devices/virtual/dmi/id/product_uuid", false },
		{ "/sys/devices", false },
	};
	const struct shelf empty = { 0 };
	const struct lender_shelf lent = shelf_lent(&empty);

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		bool matches = false;

		for (size_t j = 0; j < lent.pattern_count; j++)
			matches = matches ||
				  !fnmatch(lent.patterns[j], cases[i].path, 0);
		print_message("%s\n", cases[i].path);
		assert_int_equal(matches, cases[i].lent);
	}
}

/* --- where it cannot be ----------------------------------------------------
 */

/* A kernel, for this program and those it starts, that takes no filter. */
static void take_no_filter(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);

	assert_non_null(filter);
	assert_int_equal(seccomp_rule_add(filter, SCMP_ACT_ERRNO(EINVAL),
					  SCMP_SYS(seccomp), 1,
					  SCMP_A2(SCMP_CMP_NE, 0)),
			 0);
	assert_int_equal(seccomp_load(filter), 0);
	seccomp_release(filter);
}

/* The last test: this program cannot go back. */
static void who_cannot_be_shut_in_is_asked_nothing(void **state)
{
	struct stand stand;

	(void)state;
	take_no_filter();
	stand_start(&stand, 24, 80, "");
	stand_press(&stand, "Welcome", PTY_ENTER);
	stand_expect(&stand, "Please go to the desk");
	SCOPED(char_freep) char *log = stand_file(&stand, "kiosk/kiosk.log");

	assert_non_null(strstr(log, "cannot be shut in (seccomp)"));
	stand_done(&stand);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_shut_in_before_the_first_question),
		cmocka_unit_test(a_porter_that_died_is_written_down),
		cmocka_unit_test(a_visitors_process_has_no_way_out),
		cmocka_unit_test(of_the_machine_only_sound_cards_are_lent),
		cmocka_unit_test(who_cannot_be_shut_in_is_asked_nothing),
	};

	return cmocka_run_group_tests(tests, stand_prepare, stand_clear);
}
