#pragma once

#include "record/listing.h"

/* Inside the room: every list there is, by the file that describes it. */

/* listings_people.c */
extern const struct listing listing_open_suggestions, listing_people;

/* listings_consent.c */
extern const struct listing listing_withdrawals_to_tell, listing_retention;

/* listings_sponsor.c */
extern const struct listing listing_expected_arrivals, listing_arrived_not_seen,
    listing_pre_missing, listing_post_overdue, listing_checks_due,
    listing_private_paths, listing_tasks_without_owner,
    listing_tasks_with_two_owners, listing_tasks_overdue,
    listing_agreements_ending, listing_sponsor_groups, listing_g5_groups,
    listing_never_invited, listing_sponsor_visits;

/* listings_meeting.c */
extern const struct listing listing_appointments_today, listing_no_shows,
    listing_no_show_rate, listing_no_show_reasons, listing_contacts_planned,
    listing_contact_overdue, listing_meetings_planned, listing_training_overdue,
    listing_training_log, listing_orientations, listing_community_training,
    listing_team_days, listing_feedback_two_months, listing_feedback_words;

/* listings_plan.c */
extern const struct listing listing_overdue_assessments, listing_drafts,
    listing_no_next_step, listing_goals_without_step, listing_overdue_steps,
    listing_blocked_goals, listing_journey, listing_template_goals;

/* listings_care.c */
extern const struct listing listing_reviews_due, listing_caseload,
    listing_stream_suggested, listing_stream_assigned, listing_said_and_seen,
    listing_measures, listing_segments, listing_stabilization, listing_benefits,
    listing_stock, listing_newly_known;

/* listings_refer.c */
extern const struct listing listing_referrals_still, listing_referrals_in,
    listing_referral_feedback, listing_services_to_check,
    listing_informal_supports;

/* listings_caseload.c */
extern const struct listing listing_conflicts;

/* listings_quality.c */
extern const struct listing listing_quality_missing,
    listing_quality_contradictory, listing_quality_stale,
    listing_quality_duplicates, listing_ask_before_message, listing_staff_load,
    listing_open_incidents, listing_incidents_counted, listing_hardware_reviews,
    listing_still_in_contact, listing_modes, listing_shared_answers;
