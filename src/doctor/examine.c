#include <stdlib.h>

#include "base/data.h"
#include "base/log.h"
#include "doctor/found.h"

static const struct doctor_check checks[] = {
	{ "settings", DOCTOR_MEDIUM, "doctor.settings", "doctor.settings_why",
	  "doctor.settings_mend", doctor_settings },
	{ "agency-key", DOCTOR_HIGH, "doctor.agency_key",
	  "doctor.agency_key_why", "doctor.agency_key_mend",
	  doctor_agency_key },
	{ "key-age", DOCTOR_MEDIUM, "doctor.key_age", "doctor.key_age_why",
	  "doctor.key_age_mend", doctor_key_age },
	{ "key-paper", DOCTOR_MEDIUM, "doctor.key_paper",
	  "doctor.key_paper_why", "doctor.key_paper_mend", doctor_key_paper },
	{ "old-keys", DOCTOR_MEDIUM, "doctor.old_keys", "doctor.old_keys_why",
	  "doctor.old_keys_mend", doctor_old_keys },
	{ "key-beside-kiosk", DOCTOR_MEDIUM, "doctor.key_beside_kiosk",
	  "doctor.key_beside_kiosk_why", "doctor.key_beside_kiosk_mend",
	  doctor_key_beside_kiosk },
	{ "demo", DOCTOR_MEDIUM, "doctor.demo", "doctor.demo_why",
	  "doctor.demo_mend", doctor_demo },
	{ "permissions", DOCTOR_HIGH, "doctor.permissions",
	  "doctor.permissions_why", "doctor.permissions_mend",
	  doctor_permissions },
	{ "staff-pin", DOCTOR_HIGH, "doctor.staff_pin", "doctor.staff_pin_why",
	  "doctor.staff_pin_mend", doctor_staff_pin },
	{ "form-pinned", DOCTOR_HIGH, "doctor.form_pinned",
	  "doctor.form_pinned_why", "doctor.form_pinned_mend",
	  doctor_form_pinned },
	{ "record-network", DOCTOR_HIGH, "doctor.record_network",
	  "doctor.record_network_why", "doctor.record_network_mend",
	  doctor_record_network },
	{ "record-disk", DOCTOR_HIGH, "doctor.record_disk",
	  "doctor.record_disk_why", "doctor.record_disk_mend",
	  doctor_record_disk },
	{ "kept-tickets", DOCTOR_MEDIUM, "doctor.kept", "doctor.kept_why",
	  "doctor.kept_mend", doctor_kept_tickets },
	{ "space", DOCTOR_MEDIUM, "doctor.space", "doctor.space_why",
	  "doctor.space_mend", doctor_space },
	{ "swap", DOCTOR_MEDIUM, "doctor.swap", "doctor.swap_why",
	  "doctor.swap_mend", doctor_swap },
	{ "core-dumps", DOCTOR_MEDIUM, "doctor.core_dumps",
	  "doctor.core_dumps_why", "doctor.core_dumps_mend",
	  doctor_core_dumps },
	{ "shut-in", DOCTOR_HIGH, "doctor.shut_in", "doctor.shut_in_why",
	  "doctor.shut_in_mend", doctor_shut_in },
	{ "clock", DOCTOR_HIGH, "doctor.clock", "doctor.clock_why",
	  "doctor.clock_mend", doctor_clock },
	{ "printer", DOCTOR_MEDIUM, "doctor.printer", "doctor.printer_why",
	  "doctor.printer_mend", doctor_printer },
	{ "scanner", DOCTOR_MEDIUM, "doctor.scanner", "doctor.scanner_why",
	  "doctor.scanner_mend", doctor_scanner },
	{ "wear", DOCTOR_MEDIUM, "doctor.wear", "doctor.wear_why",
	  "doctor.wear_mend", doctor_wear },
	{ "listening", DOCTOR_MEDIUM, "doctor.listening",
	  "doctor.listening_why", "doctor.listening_mend", doctor_listening },
	{ "logins", DOCTOR_HIGH, "doctor.logins", "doctor.logins_why",
	  "doctor.logins_mend", doctor_logins },
	{ "update-age", DOCTOR_MEDIUM, "doctor.update_age",
	  "doctor.update_age_why", "doctor.update_age_mend",
	  doctor_update_age },
	{ "languages-unknown", DOCTOR_MEDIUM, "doctor.languages_unknown",
	  "doctor.languages_unknown_why", "doctor.languages_unknown_mend",
	  doctor_languages_unknown },
	{ "languages-incomplete", DOCTOR_MEDIUM, "doctor.languages_incomplete",
	  "doctor.languages_incomplete_why", "doctor.languages_incomplete_mend",
	  doctor_languages_incomplete },
	{ "languages-draft", DOCTOR_MEDIUM, "doctor.languages_draft",
	  "doctor.languages_draft_why", "doctor.languages_draft_mend",
	  doctor_languages_draft },
	{ "languages-pictures", DOCTOR_MEDIUM, "doctor.languages_pictures",
	  "doctor.languages_pictures_why", "doctor.languages_pictures_mend",
	  doctor_languages_pictures },
	{ "fonts", DOCTOR_HIGH, "doctor.fonts", "doctor.fonts_why",
	  "doctor.fonts_mend", doctor_fonts },
	{ "kiosk-log", DOCTOR_MEDIUM, "doctor.kiosk_log",
	  "doctor.kiosk_log_why", "doctor.kiosk_log_mend", doctor_kiosk_log },
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
	add(found, DOCTOR_WELL, code, with);
}

void doctor_wrong(struct doctor_found *found, const char *code,
		  const struct catalogue_argument *with)
{
	add(found, found->check->level, code, with);
}

void doctor_grave(struct doctor_found *found, const char *code,
		  const struct catalogue_argument *with)
{
	add(found, DOCTOR_HIGH, code, with);
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
	for (int level = DOCTOR_HIGH; level >= DOCTOR_WELL; level--) {
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
	[DOCTOR_WELL] = { "OK", "doctor.ok" },
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
