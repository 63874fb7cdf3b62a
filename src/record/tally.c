#include "record/tally.h"

#include <string.h>

#include "base/memory.h"
#include "record/statement.h"
#include "record/tallies.h"

static const struct tally *const tallies[] = {
	&tally_visits_by_month,
	&tally_waits_by_level,
	&tally_waits_by_language,
	&tally_waits_by_hour,
	&tally_waits_by_site,
	&tally_left_before_service,
	&tally_alert_answers,
	&tally_alert_outcomes,
	&tally_diverted,
	&tally_kiosks,
	&tally_languages_asked,
	&tally_dialects_asked,
	&tally_kiosk_consents,
	&tally_nobodys_visits,
	&tally_visits_kept,
	&tally_digital_access,
	&tally_modes_asked,
	&tally_levels_overridden,
	&tally_last_answers,

	&tally_assessments,
	&tally_needs_by_level,
	&tally_needs_wanted,
	&tally_needs_changed,
	&tally_segments,
	&tally_segment_stages,
	&tally_streams,
	&tally_stream_clock,
	&tally_caseload,
	&tally_reassessments,
	&tally_stream_reviews,
	&tally_modes_given,
	&tally_no_shows,
	&tally_no_show_reasons,

	&tally_referrals_by_state,
	&tally_referrals_by_service,
	&tally_referrals_by_age,
	&tally_referral_ends,
	&tally_referral_feedback,
	&tally_sponsor_cases,
	&tally_sponsor_steps,
	&tally_duplicates_merged,
	&tally_consents,
	&tally_new_and_returning,
	&tally_retained,

	&tally_quality_missing,
	&tally_quality_found,
	&tally_staff_load,
	&tally_incidents,
	&tally_suggestions,
};

size_t tally_count(void)
{
	return COUNT(tallies);
}

const struct tally *tally_at(size_t index)
{
	return tallies[index];
}

const struct tally *tally_find(const char *name)
{
	for (size_t i = 0; i < COUNT(tallies); i++) {
		if (strcmp(tallies[i]->name, name) == 0)
			return tallies[i];
	}
	return NULL;
}

size_t tally_width(const struct tally *tally)
{
	size_t count = 0;

	while (count < TALLY_COLUMNS && tally->columns[count].name)
		count++;
	return count;
}

const struct field *tally_field(const struct tally *tally, size_t column,
				const struct kind **kind)
{
	static const struct field plain = { .name = "text",
					    .type = FIELD_TEXT };
	/* Words that only tallies say: codes without a kind. */
	static const struct field words[] = {
		{ .name = "level", .type = FIELD_CODE },
		{ .name = "age", .type = FIELD_CODE },
		{ .name = "answer", .type = FIELD_CODE },
		{ .name = "clock", .type = FIELD_CODE },
		{ .name = "ended", .type = FIELD_CODE },
		{ .name = "found", .type = FIELD_CODE },
		{ .name = "missing", .type = FIELD_CODE },
		{ .name = "purpose", .type = FIELD_CODE },
		{ .name = "segment", .type = FIELD_CODE },
		{ .name = "step", .type = FIELD_CODE },
	};
	const struct tally_column *as = &tally->columns[column];

	*kind = as->kind ? kind_find(as->kind) : NULL;
	if (*kind)
		return kind_field(*kind, as->field);
	for (size_t i = 0; as->field && i < COUNT(words); i++) {
		if (strcmp(words[i].name, as->field) == 0)
			return &words[i];
	}
	return &plain;
}

static void bind_period(struct store_ask *ask,
			const struct tally_period *period)
{
	/* A parameter that the statement does not have is none of its. */
	(void)store_bind(ask, 1, period->from);
	(void)store_bind(ask, 2, period->until);
	(void)store_bind_text(ask, 3, period->first);
	(void)store_bind_text(ask, 4, period->last);
	(void)store_bind(ask, 5, period->now);
	(void)store_bind_text(ask, 6, period->today);
}

enum fault tally_each(struct record *record, const struct tally *tally,
		      const struct tally_period *period, tally_visit *visit,
		      void *to)
{
	const size_t width = tally_width(tally);
	const char *values[TALLY_COLUMNS] = { 0 };
	struct store_ask *ask;
	enum fault fault;
	bool row;

	if ((fault = statement_take(record, tally->sql, &ask)))
		return fault;
	bind_period(ask, period);
	while (!(fault = statement_row(record, ask, &row)) && row) {
		for (size_t i = 0; i < width; i++)
			values[i] = store_text(ask, (int)i);
		visit(to, values);
	}
	statement_give_back(record, ask);
	return fault;
}

enum fault tally_people(struct record *record,
			const struct tally_period *period, int64_t *out)
{
	return statement_value(
	    record,
	    "SELECT (SELECT count(*) FROM person WHERE gone = 0 AND"
	    " merged_into IS NULL AND made_at < ?2) + (SELECT count(*) FROM"
	    " visit WHERE person IS NULL AND arrived >= ?1 AND arrived < ?2)",
	    0, out, "ii", period->from, period->until);
}
