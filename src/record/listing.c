#include "record/listing.h"

#include <string.h>

#include "base/memory.h"
#include "record/conflict.h"
#include "record/entity_sql.h"
#include "record/listings.h"

static const struct listing *const listings[] = {
	&listing_people,
	&listing_open_suggestions,
	&listing_referrals_still,
	&listing_referrals_in,
	&listing_referral_feedback,
	&listing_services_to_check,
	&listing_informal_supports,
	&listing_withdrawals_to_tell,
	&listing_retention,
	&listing_conflicts,
	&listing_quality_missing,
	&listing_quality_contradictory,
	&listing_quality_stale,
	&listing_quality_duplicates,
	&listing_ask_before_message,
	&listing_staff_load,
	&listing_open_incidents,
	&listing_incidents_counted,
	&listing_hardware_reviews,
	&listing_still_in_contact,
	&listing_modes,
	&listing_shared_answers,
	&listing_expected_arrivals,
	&listing_arrived_not_seen,
	&listing_pre_missing,
	&listing_post_overdue,
	&listing_checks_due,
	&listing_private_paths,
	&listing_tasks_without_owner,
	&listing_tasks_with_two_owners,
	&listing_tasks_overdue,
	&listing_agreements_ending,
	&listing_sponsor_groups,
	&listing_g5_groups,
	&listing_never_invited,
	&listing_sponsor_visits,
	&listing_appointments_today,
	&listing_no_shows,
	&listing_no_show_rate,
	&listing_no_show_reasons,
	&listing_contacts_planned,
	&listing_contact_overdue,
	&listing_meetings_planned,
	&listing_training_overdue,
	&listing_training_log,
	&listing_orientations,
	&listing_community_training,
	&listing_team_days,
	&listing_feedback_two_months,
	&listing_feedback_words,
	&listing_overdue_assessments,
	&listing_drafts,
	&listing_no_next_step,
	&listing_goals_without_step,
	&listing_overdue_steps,
	&listing_blocked_goals,
	&listing_journey,
	&listing_template_goals,
	&listing_reviews_due,
	&listing_caseload,
	&listing_stream_suggested,
	&listing_stream_assigned,
	&listing_said_and_seen,
	&listing_measures,
	&listing_segments,
	&listing_stabilization,
	&listing_benefits,
	&listing_stock,
	&listing_newly_known,
};

size_t listing_count(void)
{
	return COUNT(listings);
}

const struct listing *listing_at(size_t index)
{
	return listings[index];
}

const struct listing *listing_find(const char *name)
{
	for (size_t i = 0; i < COUNT(listings); i++) {
		if (strcmp(listings[i]->name, name) == 0)
			return listings[i];
	}
	return NULL;
}

size_t listing_width(const struct listing *listing)
{
	size_t count = 0;

	while (count < LISTING_COLUMNS && listing->columns[count].name)
		count++;
	return count;
}

/* Words that only lists say. */
static const struct field words[] = {
	{ .name = "missing", .type = FIELD_CODES },
	{ .name = "contradiction", .type = FIELD_CODES },
	{ .name = "likeness", .type = FIELD_CODES },
};

/* What the row says that a column's value is of; NULL: nothing. */
static const char *about_of(const struct listing *listing, size_t column,
			    const char *const *values)
{
	const char *about = listing->columns[column].about;

	for (size_t i = 0; about && i < listing_width(listing); i++) {
		if (strcmp(listing->columns[i].name, about) == 0)
			return values[i];
	}
	return NULL;
}

const struct field *listing_field(const struct listing *listing, size_t column,
				  const char *const *values,
				  const struct kind **kind)
{
	static const struct field plain = { .name = "text",
					    .type = FIELD_TEXT };
	const struct listing_column *as = &listing->columns[column];
	const struct kind *of = as->kind ? kind_find(as->kind) : NULL;
	const char *about = about_of(listing, column, values);
	const struct field *field = NULL;

	if (about)
		field = conflict_field(about, &of);
	if (!field && of && !about)
		field = kind_field(of, as->field);
	for (size_t i = 0; !field && as->field && i < COUNT(words); i++) {
		if (strcmp(words[i].name, as->field) == 0)
			field = &words[i];
	}
	if (kind)
		*kind = of;
	return field ?: &plain;
}

enum fixed_column { ID, SINCE, PERSON, FIRST_VALUE };

/* Whether it stands behind no wall of another team, and is not guarded. */
static enum fault may_see(struct record *record, const struct listing *listing,
			  const struct listing_row *row,
			  const struct record_who *who, bool *may)
{
	const struct kind *kind = kind_find(listing->kind);
	bool hidden = false;
	enum fault fault = FAULT_NONE;

	if (kind && row->id)
		fault = entity_hidden(record, kind, row->id, who, &hidden);
	if (!fault && !hidden && row->person)
		fault = entity_walled(record, kind_find("person"), row->person,
				      who, &hidden);
	*may = !hidden;
	return fault;
}

static void take_row(struct store_ask *ask, const struct listing *listing,
		     size_t width, struct listing_row *row)
{
	*row = (struct listing_row){
		.id = store_number(ask, ID),
		.since = store_number(ask, SINCE),
		.person = store_number(ask, PERSON),
	};
	for (size_t i = 0; i < width; i++)
		row->values[i] = store_text(ask, FIRST_VALUE + (int)i);
	for (size_t i = 0; i < width; i++) {
		const char *about = about_of(listing, i, row->values);

		if (about)
			row->values[i] = conflict_value(about, row->values[i]);
	}
}

static void bind_day(struct store_ask *ask, const struct listing_day *day,
		     const struct record_who *who)
{
	/* A parameter that the statement does not have is none of its. */
	(void)store_bind(ask, 1, day->now);
	(void)store_bind_text(ask, 2, day->today);
	(void)store_bind(ask, 3, who->id);
	(void)store_bind_text(ask, SQL_TEAMS, who->teams);
}

enum fault listing_each(struct record *record, const struct listing *listing,
			const struct listing_day *day,
			const struct record_who *who, listing_visit *visit,
			void *to)
{
	const size_t width = listing_width(listing);
	struct listing_row values;
	struct store_ask *ask;
	enum fault fault;
	bool row, may, more = true;

	if (who->roles && listing->read && !(listing->read & who->roles))
		return FAULT_NONE;
	if ((fault = statement_take(record, listing->sql, &ask)))
		return fault;
	bind_day(ask, day, who);
	while (more && !fault && !(fault = statement_row(record, ask, &row)) &&
	       row) {
		take_row(ask, listing, width, &values);
		if (!(fault = may_see(record, listing, &values, who, &may)) &&
		    may)
			more = visit(to, &values);
	}
	statement_give_back(record, ask);
	return fault;
}
