#include <stdlib.h>

#include "base/data.h"
#include "base/log.h"
#include "doctor/found.h"

/* A check, what it found in words, why that matters and how to mend it all go
 * by one name. */
#define CHECK(name, risk, word)                                               \
	{                                                                     \
		name, DOCTOR_##risk, "doctor." #word, "doctor." #word "_why", \
		    "doctor." #word "_mend", doctor_##word                    \
	}

static const struct doctor_check checks[] = {
	CHECK("settings", MEDIUM, settings),
	CHECK("agency-key", HIGH, agency_key),
	CHECK("key-age", MEDIUM, key_age),
	CHECK("key-paper", MEDIUM, key_paper),
	CHECK("old-keys", MEDIUM, old_keys),
	CHECK("key-beside-kiosk", MEDIUM, key_beside_kiosk),
	CHECK("demo", MEDIUM, demo),
	CHECK("permissions", HIGH, permissions),
	CHECK("staff-pin", HIGH, staff_pin),
	CHECK("form-pinned", HIGH, form_pinned),
	CHECK("record-network", HIGH, record_network),
	CHECK("record-disk", HIGH, record_disk),
	CHECK("space", MEDIUM, space),
	CHECK("swap", MEDIUM, swap),
	CHECK("core-dumps", MEDIUM, core_dumps),
	CHECK("shut-in", HIGH, shut_in),
	CHECK("clock", HIGH, clock),
	CHECK("printer", MEDIUM, printer),
	CHECK("scanner", MEDIUM, scanner),
	CHECK("wear", MEDIUM, wear),
	CHECK("listening", MEDIUM, listening),
	CHECK("logins", HIGH, logins),
	CHECK("update-age", MEDIUM, update_age),
	CHECK("languages-unknown", MEDIUM, languages_unknown),
	CHECK("languages-incomplete", MEDIUM, languages_incomplete),
	CHECK("languages-draft", MEDIUM, languages_draft),
	CHECK("languages-pictures", MEDIUM, languages_pictures),
	CHECK("fonts", HIGH, fonts),
	CHECK("kiosk-log", MEDIUM, kiosk_log),
};

struct doctor_found {
	const struct doctor_check *check;
	const struct catalogue *words;
	struct doctor_round *round;
	size_t count;
	char *said;
	bool tells_log;
};

static void add(struct doctor_found *found, enum doctor_level level,
		const char *code, const struct catalogue_argument *with)
{
	struct doctor_round *round = found->round;
	size_t count = 0;

	while (with && with[count].name)
		count++;
	round->list =
	    xreallocarray(round->list, round->count + 1, sizeof *round->list);
	round->list[round->count++] = (struct doctor_finding){
		.check = found->check,
		.level = level,
		.code = code,
		.found = catalogue_say(found->words, code, with, count),
	};
	found->count++;
	if (level > round->level)
		round->level = level;
}

void doctor_well(struct doctor_found *found, const char *code,
		 const struct catalogue_argument *with)
{
	add(found, DOCTOR_LOW, code, with);
}

void doctor_wrong(struct doctor_found *found, const char *code,
		  const struct catalogue_argument *with)
{
	add(found, found->check->level, code, with);
}

void doctor_unseen(struct doctor_found *found, const char *code,
		   const struct catalogue_argument *with)
{
	const enum doctor_level level = found->check->level;

	add(found, level < DOCTOR_MEDIUM ? level : DOCTOR_MEDIUM, code, with);
}

size_t doctor_count(const struct doctor_found *found)
{
	return found->count;
}

const char *doctor_said(const struct doctor_found *found)
{
	return found->said ? found->said : "";
}

void doctor_tell_log(struct doctor_found *found)
{
	found->tells_log = true;
}

static void keep_line(void *to, enum log_level level, const char *line)
{
	struct doctor_found *found = to;

	if (level == LOG_NOTE)
		return;
	free(found->said);
	found->said = xstrdup(line);
	if (found->tells_log)
		doctor_wrong(found, "doctor.line",
			     DOCTOR_PUT({ .name = "line", .text = line }));
}

static void sort(struct doctor_round *round)
{
	size_t at = 0;

	round->worst = xcalloc(round->count, sizeof *round->worst);
	for (int level = DOCTOR_HIGH; level >= DOCTOR_LOW; level--) {
		for (size_t i = 0; i < round->count; i++) {
			if ((int)round->list[i].level == level)
				round->worst[at++] = &round->list[i];
		}
	}
}

void doctor_examine(const struct doctor_place *place,
		    const struct catalogue *words, struct doctor_round *out)
{
	struct doctor_found found = { .words = words, .round = out };
	void *log_before_to;
	log_sink *log_before = log_sink_now(&log_before_to);

	*out = (struct doctor_round){ .level = DOCTOR_LOW };
	log_to(keep_line, &found);
	for (size_t i = 0; i < COUNT(checks); i++) {
		found.check = &checks[i];
		found.count = 0;
		found.tells_log = false;
		free(found.said);
		found.said = NULL;
		checks[i].look(place, &found);
	}
	log_to(log_before, log_before_to);
	free(found.said);
	sort(out);
}

void doctor_round_done(struct doctor_round *round)
{
	for (size_t i = 0; i < round->count; i++)
		free(round->list[i].found);
	free(round->list);
	free(round->worst);
	*round = (struct doctor_round){ 0 };
}

/* --- in words ----------------------------------------------------------------
 */

static const struct {
	const char *name, *word;
} levels[] = {
	[DOCTOR_LOW] = { "LOW", "doctor.low" },
	[DOCTOR_MEDIUM] = { "MEDIUM", "doctor.medium" },
	[DOCTOR_HIGH] = { "HIGH", "doctor.high" },
};

const char *doctor_level_name(enum doctor_level level)
{
	return levels[level].name;
}

const char *doctor_level_word(enum doctor_level level)
{
	return levels[level].word;
}

enum fault doctor_words(const char *language, struct catalogue **out)
{
	SCOPED(char_freep) char *folder = data_path("translations");
	SCOPED(catalogue_freep)
	struct catalogue *words = catalogue_new(language);
	enum fault fault = catalogue_add_family(words, folder, "doctor");

	if (fault)
		return fault;
	*out = words;
	words = NULL;
	return FAULT_NONE;
}

char *doctor_result(const struct catalogue *words, enum doctor_level level)
{
	SCOPED(char_freep)
	char *word = catalogue_word(words, doctor_level_word(level));

	return catalogue_say(
	    words, "doctor.result",
	    &(struct catalogue_argument){ .name = "level", .text = word }, 1);
}

char *doctor_advice(const struct catalogue *words,
		    const struct doctor_check *check)
{
	SCOPED(char_freep) char *reason = catalogue_word(words, check->reason);
	SCOPED(char_freep) char *mend = catalogue_word(words, check->mend);
	const struct catalogue_argument with[] = {
		{ .name = "reason", .text = reason },
		{ .name = "mend", .text = mend },
	};

	return catalogue_say(words, "doctor.advice", with, COUNT(with));
}
