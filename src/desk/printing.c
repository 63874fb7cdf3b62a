#include "desk/printing.h"

#include <stdlib.h>
#include <string.h>

#include "base/data.h"
#include "desk/day.h"
#include "desk/desk.h"

enum fault printing_about(const struct desk *desk, const char *own,
			  struct about *out)
{
	SCOPED(char_freep) char *shipped = data_path("translations");
	SCOPED(char_freep)
	char *dropped = home_path(desk->home, HOME_SETTINGS, "translations");
	char day[DAY_BYTES];
	struct tongues *tongues;
	enum fault fault = tongues_open(
	    &(struct tongues_options){
		.shipped = shipped,
		.dropped = dropped,
		.drafts =
		    settings_text(desk->settings, "languages", "drafts", ""),
		.own = own,
		.staff = desk->staff.language,
	    },
	    &tongues);

	if (fault)
		return fault;
	day_of(desk->clock.now, day);
	*out = (struct about){
		.tongues = tongues,
		.agency = settings_text(desk->settings, "agency", "name", NULL),
		.phone =
		    settings_text(desk->settings, "agency", "helpline", NULL),
		.day = xstrdup(day),
		.made_up = home_is_demo(desk->home),
	};
	return FAULT_NONE;
}

void printing_about_done(struct about *about)
{
	tongues_free(about->tongues);
	free((char *)about->day);
	*about = (struct about){ 0 };
}

static void say(struct desk *desk, const char *key, const char *path)
{
	const struct catalogue_argument file = { .name = "file", .text = path };

	desk_say(desk, desk_words(desk, key, &file, 1), false);
}

/* Takes the path over. */
static void send(struct desk *desk, const struct spool *spool, char *path)
{
	struct printing *printing = &desk->printing;
	struct spool_job job;

	if (!spool->printer[0] || printing->count == PRINTING_MOST) {
		say(desk, "desk.printed_file", path);
		free(path);
	} else if (spool_send(spool, path, true, &job)) {
		say(desk, "desk.print_refused", path);
		free(path);
	} else {
		say(desk, "desk.printing", path);
		printing->jobs[printing->count++] =
		    (struct printing_job){ .job = job, .path = path };
	}
}

void printing_put(struct desk *desk, const struct page *page, const char *name)
{
	const struct spool spool = spool_of(desk->settings, desk->home);
	char *path;

	if (spool_put(&spool, page, name, desk->clock.now, &path))
		desk_say_key(desk, "desk.print_failed");
	else
		send(desk, &spool, path);
}

/* What somebody has to do at the printer; words of print/queue.h. */
static const struct {
	const char *word, *key; /* key: catalogue */
} troubles[] = {
	{ "no-paper", "desk.printer_paper" },
	{ "cover-open", "desk.printer_cover" },
	{ "jam", "desk.printer_jam" },
	{ "no-ink", "desk.printer_ink" },
	{ "offline", "desk.printer_offline" },
	{ "stopped", "desk.printer_stopped" },
};

/* Once for each that comes. */
static void say_trouble(struct desk *desk, struct printing_job *job)
{
	if (!strcmp(job->said, job->job.word))
		return;
	memcpy(job->said, job->job.word, sizeof job->said);
	for (size_t i = 0; i < COUNT(troubles); i++) {
		if (!strcmp(troubles[i].word, job->said))
			desk_say_key(desk, troubles[i].key);
	}
}

void printing_look(struct desk *desk)
{
	struct printing *printing = &desk->printing;

	for (size_t i = printing->count; i; i--) {
		struct printing_job *job = &printing->jobs[i - 1];
		enum spool_answer answer = spool_look(&job->job, job->path);

		if (answer == SPOOL_SENDING) {
			say_trouble(desk, job);
			continue;
		}
		say(desk,
		    answer == SPOOL_SENT ? "desk.printed"
					 : "desk.print_refused",
		    job->path);
		free(job->path);
		*job = printing->jobs[--printing->count];
	}
}

void printing_done(struct printing *printing)
{
	while (printing->count) {
		spool_leave(&printing->jobs[--printing->count].job);
		free(printing->jobs[printing->count].path);
	}
}
