#include "office/demo_tour.h"

#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>

#include "office/desk.h"
#include "office/noun.h"
#include "office/options.h"
#include "office/printed.h"
#include "report/facts_page.h"

/* Ten steps of about a minute: the words "desk.tour_1" to "desk.tour_10". */
#define TOUR_STEPS 10

struct work {
	const char *home, *output;
	bool print;
};

static int read_arguments(int argc, char **argv, struct work *work)
{
	const struct options_place places[] = {
		{ "home", &work->home, NULL },
		{ "print", NULL, &work->print },
		{ "output", &work->output, NULL },
		{ NULL, NULL, NULL },
	};

	*work = (struct work){ 0 };
	if (!options_read(argc, argv, places))
		return noun_usage("demo", argv[0], OPTIONS_COMPLAINT);
	return optind == argc ? EXIT_DONE
			      : noun_usage("demo", argv[0], "too many words");
}

static enum fault print_tour(const struct home *home)
{
	SCOPED(printed_done) struct printed printed;
	enum fault fault = printed_open(&printed, home, NULL);

	for (int i = 1; !fault && i <= TOUR_STEPS; i++) {
		SCOPED(char_freep) char *key = xasprintf("desk.tour_%d", i);
		SCOPED(char_freep)
		char *step = catalogue_say(printed.words, key, NULL, 0);

		printf("%2d  %s\n", i, step);
	}
	return fault;
}

int demo_tour(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	struct work work;
	enum fault fault;
	int status = read_arguments(argc, argv, &work);

	if (status)
		return status;
	fault = desk_home(work.home, &home);
	return fault_exit(fault ? fault : print_tour(home));
}

/* --- the card --------------------------------------------------------------
 */

/* What is done most, by the words that the desk itself has of it. */
static const struct key {
	const char *key, *about;
} everywhere[] = {
	{ "/", "desk.find_about" }, { "g", "desk.lists_about" },
	{ ":", "desk.do_about" },   { "?", "desk.help_about" },
	{ "u", "desk.undo_last_about" }, { "!", "desk.suggest_about" },
	{ "l", "desk.lock_about" },
}, waiting[] = {
	{ "c", "desk.call_about" },     { "n", "desk.miss_about" },
	{ "t", "desk.take_in_about" },  { "b", "desk.errand_about" },
	{ "o", "desk.level_about" },    { "e", "desk.end_about" },
	{ "a", "desk.alert_about" },
}, sponsors[] = {
	{ "m", "desk.new_meeting_about" }, { "n", "desk.new_task_about" },
	{ "a", "desk.arrive_about" },      { "w", "desk.worker_about" },
	{ "v", "desk.private_about" },     { "p", "desk.print_matrix_about" },
};

#define CARD_KEYS 8

static const struct {
	const char *heading;
	const struct key *keys;
	size_t count;
} parts[] = {
	{ "desk.card_everywhere", everywhere, COUNT(everywhere) },
	{ "desk.card_waiting", waiting, COUNT(waiting) },
	{ "desk.card_sponsors", sponsors, COUNT(sponsors) },
};

static struct page *card_of(const struct printed *printed)
{
	struct facts facts[COUNT(parts)];
	struct fact rows[COUNT(parts)][CARD_KEYS];
	char *texts[COUNT(parts)][CARD_KEYS + 1] = { { NULL } };
	SCOPED(char_freep)
	char *title = catalogue_say(printed->words, "desk.card", NULL, 0);
	struct page *page;

	for (size_t i = 0; i < COUNT(parts); i++) {
		for (size_t j = 0; j < parts[i].count; j++) {
			texts[i][j] = catalogue_say(
			    printed->words, parts[i].keys[j].about, NULL, 0);
			rows[i][j] =
			    (struct fact){ parts[i].keys[j].key, texts[i][j] };
		}
		texts[i][CARD_KEYS] =
		    catalogue_say(printed->words, parts[i].heading, NULL, 0);
		facts[i] = (struct facts){ texts[i][CARD_KEYS], rows[i],
					   parts[i].count };
	}
	page = facts_page(&printed->about, title, facts, COUNT(parts));
	for (size_t i = 0; i < COUNT(parts); i++) {
		for (size_t j = 0; j <= CARD_KEYS; j++)
			char_free(texts[i][j]);
	}
	return page;
}

static enum fault print_card(const struct home *home, const char *output)
{
	SCOPED(printed_done) struct printed printed;
	SCOPED(page_freep) struct page *page = NULL;
	enum fault fault = printed_open(&printed, home, NULL);

	if (fault)
		return fault;
	page = card_of(&printed);
	return printed_put(&printed, page, "card", output);
}

int demo_card(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	struct work work;
	enum fault fault;
	int status = read_arguments(argc, argv, &work);

	if (status)
		return status;
	if (!work.print && !work.output)
		return noun_usage("demo", argv[0],
				  "say where with --print or -o FILE.pdf");
	fault = desk_home(work.home, &home);
	return fault_exit(fault ? fault : print_card(home, work.output));
}
