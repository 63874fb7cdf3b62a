#include "office/doctor.h"

#include <getopt.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "office/line.h"
#include "office/noun.h"
#include "record/network.h"
#include "ui/probe.h"

static int free_percent(const char *folder)
{
	struct statvfs about;

	if (statvfs(folder, &about) || !about.f_blocks)
		return -1;
	return (int)(about.f_bavail * 100 / about.f_blocks);
}

/* When this program was put here; the clock cannot be before it. */
static int64_t made_at(void)
{
	struct stat at;

	return stat("/proc/self/exe", &at) ? 0 : at.st_mtime;
}

static enum doctor_pictures ask_terminal(void)
{
	struct termios as_found, raw;
	struct input input = { 0 };
	struct probe_keys keys = { 0 };
	struct probe probe;

	if (!isatty(STDOUT_FILENO) || tcgetattr(STDIN_FILENO, &as_found))
		return DOCTOR_PICTURES_UNSEEN;
	raw = as_found;
	cfmakeraw(&raw);
	if (tcsetattr(STDIN_FILENO, TCSANOW, &raw))
		return DOCTOR_PICTURES_UNSEEN;
	probe = probe_terminal(STDIN_FILENO, STDOUT_FILENO, &input, &keys);
	tcsetattr(STDIN_FILENO, TCSANOW, &as_found);
	return probe.sixel && probe.cell_height ? DOCTOR_PICTURES_SHOWN
						: DOCTOR_PICTURES_NONE;
}

/* --- telling -------------------------------------------------------------- */

static void tell_line(void *to, const struct doctor_finding *finding)
{
	const struct doctor_check *check = finding->check;

	(void)to;
	line_print(json_pack("{s:s, s:s, s:s, s:s, s:s}", "check", check->id,
			     "level", doctor_level_name(finding->level),
			     "found", finding->found, "reason", check->reason,
			     "mend", check->mend));
}

static void tell_text(void *to, const struct doctor_finding *finding)
{
	const struct doctor_check **last = to;
	const struct doctor_check *check = finding->check;

	if (finding->level == DOCTOR_LOW) {
		printf("LOW     %s: %s\n", check->id, finding->found);
		return;
	}
	printf("%-7s %s: %s\n", doctor_level_name(finding->level), check->id,
	       finding->found);
	/* Once for findings in a row. */
	if (*last != check)
		printf("        why:  %s\n        mend: %s\n", check->reason,
		       check->mend);
	*last = check;
}

static int examine(const struct home *home, bool json)
{
	const struct doctor_place place = {
		.home = home,
		.proc = "/proc",
		.sys = "/sys",
		.now = time(NULL),
		.made = made_at(),
		.pictures = json ? DOCTOR_PICTURES_UNSEEN : ask_terminal(),
		.filesystem = network_ask_system,
		.free_percent = free_percent,
	};
	const struct doctor_check *last = NULL;
	enum doctor_level level =
	    doctor_examine(&place, json ? tell_line : tell_text, &last);

	if (json)
		line_print(
		    json_pack("{s:s}", "result", doctor_level_name(level)));
	else
		printf("\nThe risk here is %s.\n", doctor_level_name(level));
	return EXIT_DONE;
}

static int run(int argc, char **argv)
{
	static const struct option known[] = {
		{ "home", required_argument, NULL, 'h' },
		{ "json", no_argument, NULL, 'j' },
		{ 0 },
	};
	SCOPED(home_freep) struct home *home = NULL;
	const char *folder = NULL;
	bool json = false;
	int option;
	enum fault fault;

	optind = 0;
	opterr = 0;
	while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
		if (option == '?')
			return noun_usage("doctor", "",
					  "an option it does not know, or one "
					  "without its value");
		if (option == 'h')
			folder = optarg;
		else
			json = true;
	}
	if (optind < argc)
		return noun_usage("doctor", "", "one argument too many");
	if ((fault = home_find(folder, &home)))
		return fault_exit(fault);
	return examine(home, json);
}

static const struct verb verbs[] = {
	{ "", "[--home DIR] [--json]",
	  "look for what puts people at risk here: LOW, MEDIUM or HIGH, and "
	  "mends",
	  run },
	{ 0 },
};

const struct noun noun_doctor = {
	.name = "doctor",
	.summary = "what on this machine and in this home puts people at risk",
	.details =
	    "Every check tells its level, what was found, why it matters and "
	    "how to mend it;\nwhat could not be seen is MEDIUM. With --json a "
	    "line each, and the result last.\nThe exit status is 0 whatever "
	    "was found.\n",
	.verbs = verbs,
};
