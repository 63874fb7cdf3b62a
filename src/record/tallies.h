#pragma once

#include "record/tally.h"

/* Inside the room: every table of counts, by the file that describes it. */

/* tallies_visits.c */
extern const struct tally tally_visits_by_month, tally_waits_by_level,
    tally_waits_by_language, tally_waits_by_hour, tally_waits_by_site,
    tally_left_before_service, tally_alert_answers, tally_alert_outcomes,
    tally_diverted, tally_kiosks;

/* tallies_said.c */
extern const struct tally tally_languages_asked, tally_dialects_asked,
    tally_kiosk_consents, tally_nobodys_visits, tally_visits_kept,
    tally_digital_access, tally_modes_asked, tally_levels_overridden,
    tally_last_answers;

/* tallies_care.c */
extern const struct tally tally_assessments, tally_needs_by_level,
    tally_needs_wanted, tally_needs_changed, tally_segments,
    tally_segment_stages, tally_streams, tally_stream_clock, tally_caseload,
    tally_reassessments, tally_stream_reviews, tally_modes_given,
    tally_no_shows, tally_no_show_reasons;

/* tallies_ways.c */
extern const struct tally tally_referrals_by_state, tally_referrals_by_service,
    tally_referrals_by_age, tally_referral_ends, tally_referral_feedback,
    tally_sponsor_cases, tally_sponsor_steps, tally_duplicates_merged,
    tally_consents, tally_new_and_returning, tally_retained;

/* tallies_team.c */
extern const struct tally tally_quality_missing, tally_quality_found,
    tally_staff_load, tally_incidents, tally_suggestions;
