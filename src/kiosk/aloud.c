#include "kiosk/aloud.h"

#include <stdlib.h>

struct aloud {
	const struct speaker_ways *ways;
	struct speaker *speaker; /* NULL: there is no sound */
	struct prompts said;
	bool reads, worn;
	bool helped; /* how to answer was said */
};

struct aloud *aloud_new(const struct speaker_ways *ways)
{
	struct aloud *aloud = xcalloc(1, sizeof *aloud);

	aloud->ways = ways;
	/* Without it the visit goes on in silence; the log has the reason. */
	if (speaker_is_heard(ways))
		(void)!speaker_start(ways, &aloud->speaker);
	return aloud;
}

void aloud_free(struct aloud *aloud)
{
	if (!aloud)
		return;
	speaker_free(aloud->speaker);
	prompts_done(&aloud->said);
	free(aloud);
}

bool aloud_serves(const struct aloud *aloud, const char *tag)
{
	return aloud->speaker && speaker_serves(aloud->ways, tag);
}

bool aloud_reads(const struct aloud *aloud)
{
	return aloud->reads;
}

void aloud_switch(struct aloud *aloud, bool on)
{
	aloud->reads = on && aloud->speaker;
	aloud_forget(aloud);
	if (!on)
		aloud_hush(aloud);
}

bool aloud_watch(struct aloud *aloud)
{
	bool worn = aloud->speaker && speaker_is_worn(aloud->ways);

	if (aloud->speaker)
		speaker_take(aloud->speaker);
	if (worn == aloud->worn)
		return false;
	aloud->worn = worn;
	aloud_switch(aloud, worn);
	return true;
}

pid_t aloud_process(const struct aloud *aloud)
{
	return aloud->speaker ? speaker_process(aloud->speaker) : 0;
}

void aloud_hush(struct aloud *aloud)
{
	if (aloud->speaker)
		speaker_stop(aloud->speaker);
}

void aloud_forget(struct aloud *aloud)
{
	prompts_done(&aloud->said);
}

static bool has_row(const struct prompts *prompts)
{
	for (size_t i = 0; i < prompts->count; i++) {
		if (prompts->items[i].number)
			return true;
	}
	return false;
}

/* What somebody answered is left out where others would hear it, and nothing
 * stands for it: only for what they are asked. */
static bool asks_in_private(const struct prompts *prompts)
{
	for (size_t i = 0; i < prompts->count; i++) {
		if (prompts->items[i].private &&
		    prompts->items[i].part != PROMPT_STATE)
			return true;
	}
	return false;
}

void aloud_say(struct aloud *aloud, struct prompts *now,
	       const struct prompt *instead, const struct prompt *help)
{
	struct prompts news = { 0 };

	prompts_news(&aloud->said, now, &news);
	if (!aloud->helped && has_row(&news)) {
		prompts_add(&news, help);
		aloud->helped = true;
	}
	if (news.count)
		speaker_say(aloud->speaker, &news,
			    asks_in_private(&news) ? instead : NULL);
	prompts_done(&news);
	prompts_done(&aloud->said);
	aloud->said = *now;
	*now = (struct prompts){ 0 };
}
