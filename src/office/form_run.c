#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "base/bytes.h"
#include "base/log.h"
#include "form/answers.h"
#include "form/run.h"
#include "office/form.h"
#include "office/form_lines.h"
#include "office/form_walk.h"
#include "office/noun.h"

#define PROPERTIES_LIMIT 32

struct settings_of_run {
	const char *form, *answers, *walk, *language, *attachments;
	int64_t now;                              /* ms; 0: the clock */
	const char *properties[PROPERTIES_LIMIT]; /* "NAME=VALUE" */
	size_t property_count;
	bool xml;
};

/* --- the world ----------------------------------------------------------- */

static int64_t now(void *to)
{
	const struct settings_of_run *settings = to;
	struct timespec time;

	if (settings->now)
		return settings->now;
	clock_gettime(CLOCK_REALTIME, &time);
	return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static void random_bytes(void *to, uint8_t *bytes, size_t count)
{
	(void)to;
	while (count) {
		ssize_t got = getrandom(bytes, count < 256 ? count : 256, 0);

		if (got > 0) {
			bytes += got;
			count -= (size_t)got;
		}
	}
}

static const char *property(void *to, const char *name)
{
	const struct settings_of_run *settings = to;
	size_t length = strlen(name);

	for (size_t i = 0; i < settings->property_count; i++) {
		const char *own = settings->properties[i];

		if (strncmp(own, name, length) == 0 && own[length] == '=')
			return own + length + 1;
	}
	return NULL;
}

/* --- running ------------------------------------------------------------- */

static enum fault print_submission(struct run *run)
{
	struct bytes bytes = { 0 };
	enum fault fault = run_submission(run, &bytes);

	if (!fault)
		printf("%s\n", (const char *)bytes.data);
	bytes_wipe(&bytes);
	return fault;
}

static void note(void *to, const char *path, const char *why,
		 enum run_answer answer)
{
	(void)answer;
	json_array_append_new(to,
			      json_pack("{ssss}", "path", path, "note", why));
}

static enum fault print_run(const struct settings_of_run *settings,
			    struct run *run)
{
	json_t *notes = json_array();
	enum fault fault = FAULT_NONE;

	if (settings->language)
		run_set_language(run, settings->language);
	if (settings->answers)
		fault = answers_apply(settings->answers, run, note, notes);
	if (!fault && settings->walk)
		fault = form_walk(settings->walk, run);
	else if (!fault)
		form_print_lines(run_root(run));
	if (json_array_size(notes))
		form_print_line(json_pack("{sO}", "notes", notes));
	if (!fault && settings->xml)
		fault = print_submission(run);
	json_decref(notes);
	return fault;
}

/* Keeps the last complaint for the loadError line, and passes it on. */
static void keep_complaint(void *to, enum log_level level, const char *line)
{
	char **kept = to;

	if (level == LOG_NOTE)
		return;
	fprintf(stderr, "%s\n", line);
	free(*kept);
	*kept = xstrdup(line);
}

static int run_form(const struct settings_of_run *settings)
{
	const struct run_world world = {
		.to = (void *)settings,
		.now = now,
		.zone = getenv("TZ"),
		.random_bytes = random_bytes,
		.property = property,
		.as_written = true,
	};
	SCOPED(form_freep) struct form *form = NULL;
	SCOPED(run_freep) struct run *run = NULL;
	SCOPED(char_freep) char *complaint = NULL;
	enum fault fault;

	log_to(keep_complaint, &complaint);
	fault = form_read(settings->form, settings->attachments, &form);
	if (!fault)
		fault = run_new(form, &world, &run);
	log_to(NULL, NULL);
	if (fault)
		form_print_line(
		    json_pack("{ss}", "loadError",
			      complaint ? complaint : fault_text(fault)));
	else
		fault = print_run(settings, run);
	return fault_exit(fault);
}

/* --- arguments ----------------------------------------------------------- */

/* "2020-02-03T12:00:00Z", or the same with an offset. */
static bool read_time(const char *text, int64_t *out)
{
	struct tm tm = { 0 };
	const char *end = strptime(text, "%Y-%m-%dT%H:%M:%S", &tm);
	int hours = 0, minutes = 0;

	if (!end)
		return false;
	if (*end == '.')
		end += 1 + strspn(end + 1, "0123456789");
	if (*end == '+' || *end == '-') {
		if (sscanf(end + 1, "%2d:%2d", &hours, &minutes) != 2)
			return false;
		minutes += hours * 60;
		if (*end == '-')
			minutes = -minutes;
	} else if (strcmp(end, "Z") != 0) {
		return false;
	}
	*out = ((int64_t)timegm(&tm) - minutes * 60) * 1000;
	return true;
}

static const char *take_option(struct settings_of_run *settings, int option)
{
	switch (option) {
	case 'a':
		settings->answers = optarg;
		return NULL;
	case 'w':
		settings->walk = optarg;
		return NULL;
	case 'l':
		settings->language = optarg;
		return NULL;
	case 'n':
		return read_time(optarg, &settings->now)
			   ? NULL
			   : "--now wants a time like 2020-02-03T12:00:00Z";
	case 'p':
		if (!strchr(optarg, '=') ||
		    settings->property_count == PROPERTIES_LIMIT)
			return "--property wants NAME=VALUE, at most 32 times";
		settings->properties[settings->property_count++] = optarg;
		return NULL;
	case 'd':
		settings->attachments = optarg;
		return NULL;
	case 'x':
		settings->xml = true;
		return NULL;
	default:
		return "unknown option, or an option without its value";
	}
}

int form_run(int argc, char **argv)
{
	static const struct option options[] = {
		{ "answers", required_argument, NULL, 'a' },
		{ "walk", required_argument, NULL, 'w' },
		{ "lang", required_argument, NULL, 'l' },
		{ "now", required_argument, NULL, 'n' },
		{ "property", required_argument, NULL, 'p' },
		{ "attachments", required_argument, NULL, 'd' },
		{ "xml", no_argument, NULL, 'x' },
		{ NULL, 0, NULL, 0 },
	};
	struct settings_of_run settings = { 0 };
	int option;

	optind = 0;
	opterr = 1; /* it names which */
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		const char *complaint = take_option(&settings, option);

		if (complaint)
			return noun_usage("form", "run", complaint);
	}
	if (optind + 1 != argc)
		return noun_usage("form", "run", "name one form");
	settings.form = argv[optind];
	return run_form(&settings);
}
