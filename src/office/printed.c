#include "office/printed.h"

#include <string.h>

#include "base/data.h"
#include "office/desk.h"
#include "office/line.h"

static enum fault open_tongues(struct printed *printed, const struct home *home,
			       const char *tag)
{
	SCOPED(char_freep) char *shipped = data_path("translations");
	SCOPED(char_freep)
	char *dropped = home_path(home, HOME_SETTINGS, "translations");
	const struct tongues_options options = {
		.shipped = shipped,
		.dropped = dropped,
		.drafts =
		    settings_text(printed->settings, "languages", "drafts", ""),
		.own = tag,
		.staff = catalogue_language(printed->words),
	};

	return tongues_open(&options, &printed->about.tongues);
}

static enum fault read_words(struct printed *printed)
{
	SCOPED(char_freep) char *shipped = data_path("translations");
	const char *language =
	    settings_text(printed->settings, "desk", "language", "en");

	printed->words =
	    catalogue_new(strcmp(language, "fr") == 0 ? "fr" : "en");
	return catalogue_add_family(printed->words, shipped, "desk");
}

static const char *set_or_null(const struct settings *settings,
			       const char *name)
{
	const char *value = settings_text(settings, "agency", name, "");

	return *value ? value : NULL;
}

enum fault printed_open(struct printed *printed, const struct home *home,
			const char *tag)
{
	enum fault fault;

	*printed = (struct printed){ .who = desk_who(), .now = desk_now() };
	if ((fault = desk_settings(home, &printed->settings)) ||
	    (fault = read_words(printed)) ||
	    (fault = open_tongues(printed, home, tag)))
		return fault;
	desk_today(printed->now, printed->day);
	printed->about.agency = set_or_null(printed->settings, "name");
	printed->about.phone = set_or_null(printed->settings, "helpline");
	printed->about.day = printed->day;
	printed->about.made_up = home_is_demo(home);
	printed->spool = spool_of(printed->settings, home);
	return FAULT_NONE;
}

void printed_done(struct printed *printed)
{
	tongues_free(printed->about.tongues);
	catalogue_free(printed->words);
	settings_free(printed->settings);
}

struct wording printed_wording(const struct printed *printed,
			       struct record *record)
{
	return (struct wording){ record, printed->words, &printed->who };
}

static bool is_sent(const struct printed *printed, const char *path)
{
	struct spool_job job;

	return *printed->spool.printer &&
	       !spool_send(&printed->spool, path, false, &job) &&
	       spool_wait(&job, path) == SPOOL_SENT;
}

enum fault printed_put(const struct printed *printed, const struct page *page,
		       const char *name, const char *output)
{
	SCOPED(char_freep) char *path = NULL;
	bool sent = false;
	enum fault fault;

	if (output)
		fault = spool_write(&printed->spool, page, output);
	else
		fault =
		    spool_put(&printed->spool, page, name, printed->now, &path);
	if (fault)
		return fault;
	if (!output)
		output = path;
	sent = path && is_sent(printed, path);
	line_print(
	    json_pack("{s:s?, s:s?, s:s, s:b}", "file", sent ? NULL : output,
		      "printer", sent ? printed->spool.printer : NULL,
		      "language", tongues_own(printed->about.tongues)->tag,
		      "fell_back", tongues_fell_back(printed->about.tongues)));
	return FAULT_NONE;
}
