#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "office/care.h"
#include "office/entity.h"
#include "office/line.h"
#include "record/assess.h"

/* --- showing -------------------------------------------------------------- */

static json_t *level_line(const struct assess_level *level)
{
	json_t *line = json_pack(
	    "{s:s, s:s, s:b, s:b, s:b}", "level", level_word(level->level),
	    "source", source_word(level->source), "unchanged", level->unchanged,
	    "wanted", level->wanted, "first", level->foremost);

	json_object_set_new(line, "note", line_text(level->note));
	json_object_set_new(line, "strengths", line_text(level->strengths));
	return line;
}

static json_t *stream_line(const struct assess *assess)
{
	enum domain pressing[DOMAIN_COUNT];
	json_t *reasons = json_array();
	size_t count;
	bool suggested = assess_suggests(assess, pressing, &count);

	for (size_t i = 0; i < count; i++)
		json_array_append_new(reasons,
				      json_string(domain_word(pressing[i])));
	return json_pack("{s:s, s:o}", "suggested",
			 suggested ? "intensive" : "usual", "pressing",
			 reasons);
}

static json_t *assess_line(const struct assess *assess)
{
	json_t *line = json_object(), *levels = json_object();

	for (int i = 0; i < DOMAIN_COUNT; i++) {
		if (assess->levels[i].id)
			json_object_set_new(levels, domain_word((enum domain)i),
					    level_line(&assess->levels[i]));
	}
	json_object_set_new(line, "id", json_integer(assess->id));
	json_object_set_new(line, "person", json_integer(assess->person));
	json_object_set_new(line, "number", json_integer(assess->number));
	json_object_set_new(line, "what", line_text(assess->what));
	json_object_set_new(line, "day", line_text(assess->day));
	json_object_set_new(line, "author", line_text(assess->author));
	json_object_set_new(line, "signed_at", line_instant(assess->signed_at));
	json_object_set_new(line, "next_due", line_text(assess->next_due));
	json_object_set_new(line, "form", line_text(assess->form));
	json_object_set_new(line, "note", line_text(assess->note));
	json_object_set_new(line, "strengths", line_text(assess->strengths));
	json_object_set_new(line, "corrects",
			    assess->corrects ? json_integer(assess->corrects)
					     : json_null());
	json_object_set_new(line, "levels", levels);
	json_object_set_new(line, "stream", stream_line(assess));
	return line;
}

static int answered(const struct care *care, enum fault fault,
		    enum entity_answer answer, const char *wrong, int64_t id)
{
	struct assess assess = { 0 };

	if (!fault && answer == ENTITY_DONE)
		fault = assess_read(care->record, id, &care->who, care->now,
				    &answer, &assess);
	if (fault)
		return fault_exit(fault);
	if (answer != ENTITY_DONE)
		return entity_complain("assess", care->verb,
				       kind_find("assessment"), answer, wrong);
	line_print(assess_line(&assess));
	assess_done(&assess);
	return EXIT_DONE;
}

static int do_read(struct care *care)
{
	return answered(care, FAULT_NONE, ENTITY_DONE, NULL, care->id);
}

static int run_read(int argc, char **argv)
{
	return care_run("assess", argc, argv, 0, 0, do_read);
}

/* --- making --------------------------------------------------------------- */

static int do_new(struct care *care)
{
	enum entity_answer answer = ENTITY_WRONG;
	int64_t id = 0;
	enum fault fault =
	    assess_begin(care->record, care->id, care->what ?: "full",
			 care->day ?: care->today, care->corrects, &care->who,
			 care->now, &answer, &id);

	return answered(care, fault, answer, NULL, id);
}

static int run_new(int argc, char **argv)
{
	return care_run("assess", argc, argv, 0, 0, do_new);
}

static int do_self(struct care *care)
{
	const int64_t person = strtoll(care->words[0], NULL, 10);
	enum entity_answer answer;
	int64_t id = 0;
	enum fault fault = assess_self(care->record, care->id, person,
				       &care->who, care->now, &answer, &id);

	return answered(care, fault, answer, NULL, id);
}

static int run_self(int argc, char **argv)
{
	return care_run("assess", argc, argv, 1, 1, do_self);
}

/* "HOU=crisis", or its letter "HOU=C"; false for what is neither. */
static bool read_level(const char *word, struct assess_said *said)
{
	const char *equals = strchr(word, '=');
	SCOPED(char_freep)
	char *domain = equals ? xstrndup(word, (size_t)(equals - word)) : NULL;

	if (!equals || !domain_of(domain, &said->domain))
		return false;
	said->level = equals[1] && !equals[2] ? level_of_letter(equals[1])
					      : level_of(equals + 1);
	return said->level != LEVEL_UNKNOWN ||
	       strcmp(equals + 1, "unknown") == 0 ||
	       strcmp(equals + 1, "U") == 0;
}

static int do_say(struct care *care)
{
	SCOPED(record_act_endp) struct record_act *act = NULL;
	enum entity_answer answer = ENTITY_DONE;
	enum fault fault = record_act_begin(care->record, &act);

	for (int i = 0; i < care->count && !fault && answer == ENTITY_DONE;
	     i++) {
		struct assess_said said = { .source = care->source,
					    .note = care->note,
					    .strengths = care->strengths };

		if (!read_level(care->words[i], &said))
			return care_wrong(care, "a level is HOU=crisis: a "
						"need, and " LEVELS);
		fault = assess_say(care->record, care->id, &said, &care->who,
				   care->now, &answer);
	}
	if (!fault && answer == ENTITY_DONE)
		fault = record_act_done(&act);
	return answered(care, fault, answer, NULL, care->id);
}

static int run_say(int argc, char **argv)
{
	return care_run("assess", argc, argv, 1, DOMAIN_COUNT, do_say);
}

static int do_sign(struct care *care)
{
	SCOPED(settings_freep) struct settings *settings = NULL;
	enum entity_answer answer = ENTITY_DONE;
	const char *wrong = NULL;
	enum fault fault = desk_settings(care->where, &settings);

	if (!fault)
		fault =
		    assess_sign(care->record, care->id, assess_days(settings),
				&care->who, care->now, &answer, &wrong);
	return answered(care, fault, answer, wrong, care->id);
}

static int run_sign(int argc, char **argv)
{
	return care_run("assess", argc, argv, 0, 0, do_sign);
}

/* --- comparing ------------------------------------------------------------ */

static void print_changes(const struct assess *before,
			  const struct assess *after)
{
	enum assess_change change[DOMAIN_COUNT];

	(void)assess_compare_all(before, after, change);
	for (int i = 0; i < DOMAIN_COUNT; i++) {
		const struct assess_level *old = &before->levels[i];
		const struct assess_level *new = &after->levels[i];

		if (!old->id && !new->id)
			continue;
		line_print(json_pack(
		    "{s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:i, s:i}",
		    "domain", domain_word((enum domain)i), "before",
		    level_word(old->level), "after", level_word(new->level),
		    "change", assess_change_word(change[i]), "source_before",
		    source_word(old->source), "source_after",
		    source_word(new->source), "strengths_before",
		    line_text(old->strengths), "strengths_after",
		    line_text(new->strengths), "version_before", before->number,
		    "version_after", after->number));
	}
}

static int compare(const struct care *care, int64_t ids[2])
{
	struct assess both[2] = { 0 };
	enum entity_answer answer = ENTITY_DONE;
	enum fault fault = FAULT_NONE;

	for (int i = 0; i < 2 && !fault && answer == ENTITY_DONE; i++)
		fault = assess_read(care->record, ids[i], &care->who, care->now,
				    &answer, &both[i]);
	if (!fault && answer == ENTITY_DONE)
		print_changes(&both[0], &both[1]);
	assess_done(&both[0]);
	assess_done(&both[1]);
	if (fault)
		return fault_exit(fault);
	return entity_complain("assess", care->verb, kind_find("assessment"),
			       answer, NULL);
}

/* One beside the one before it, or beside another. */
static int do_compare(struct care *care)
{
	int64_t ids[2] = { 0, care->id };
	enum fault fault = FAULT_NONE;

	if (care->count) {
		ids[0] = care->id;
		ids[1] = strtoll(care->words[0], NULL, 10);
	} else {
		fault = assess_before(care->record, care->id, &ids[0]);
	}
	return fault ? fault_exit(fault) : compare(care, ids);
}

static int run_compare(int argc, char **argv)
{
	return care_run("assess", argc, argv, 0, 1, do_compare);
}

static const struct verb verbs[] = {
	{ "new",
	  "[--home DIR] [--what first|full|reassessment|exit] [--day DAY] "
	  "[--corrects ID] PERSON",
	  "begin a version with the levels of the last, or go on with one",
	  run_new },
	{ "say",
	  "[--home DIR] [--source told|seen|self] [--note TEXT] "
	  "[--strengths TEXT] ID NEED=LEVEL...",
	  "say how needs stand in a version that is not signed: HOU=crisis",
	  run_say },
	{ "sign", "[--home DIR] ID",
	  "sign a version: it never changes, and the next is due", run_sign },
	{ "read", "[--home DIR] ID",
	  "a version with its levels, and the stream it suggests", run_read },
	{ "compare", "[--home DIR] ID [ID]",
	  "a version beside the one before it, or two, a line a need",
	  run_compare },
	{ "self", "[--home DIR] VISIT PERSON",
	  "make version 0 of what a visit's person said at the kiosk",
	  run_self },
	{ .name = NULL },
};

static const char *const kinds[] = { "assessment", "level", NULL };

const struct noun noun_assess = {
	.name = "assess",
	.summary = "assessments of needs, each version signed for ever",
	.details =
	    "Needs are " DOMAINS "\n"
	    "and levels " LEVELS ", or their first letters. A version\n"
	    "that is signed is put right by another: --corrects. When the next "
	    "is due stands in\n[record] reassess_days of foyer.ini.\n",
	.verbs = verbs,
	.kinds = kinds,
};
