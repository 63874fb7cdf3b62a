#pragma once

#include "record/kind.h"
#include "record/segment.h"

/* Inside the room: every kind there is, by the file that describes it. */

/* kinds_people.c */
extern const struct kind kind_site, kind_team, kind_user, kind_person,
    kind_name, kind_contact, kind_household, kind_member, kind_identifier,
    kind_status, kind_note, kind_own_field, kind_suggestion;

/* kinds_match.c */
extern const struct kind kind_not_same, kind_merge;

/* kinds_team.c */
extern const struct kind kind_debrief, kind_shared_answer, kind_incident,
    kind_hardware_review;

/* kinds_consent.c */
extern const struct kind kind_consent, kind_proposal;

/* kinds_sponsor.c */
extern const struct kind kind_sponsor_group, kind_agreement, kind_sponsorship,
    kind_responsibility, kind_sharing, kind_shared, kind_sponsor_visit;

/* kinds_meeting.c */
extern const struct kind kind_meeting, kind_party, kind_appointment,
    kind_outreach, kind_event, kind_event_party, kind_training_need,
    kind_feedback;

/* kinds_plan.c */
extern const struct kind kind_assessment, kind_level, kind_goal, kind_step;
/* kinds_care.c */
extern const struct kind kind_service_contact, kind_stream, kind_benefit,
    kind_stock, kind_support_given, kind_outcome;

/* kinds_handover.c */
extern const struct kind kind_handover;
/* kinds_refer.c */
extern const struct kind kind_service, kind_referral;
/* kinds_caseload.c */
extern const struct kind kind_conflict;

#define MODES "in-person phone video message"
