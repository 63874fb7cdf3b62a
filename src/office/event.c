#include <stddef.h>

#include "office/noun.h"

/* The nouns about learning and listening, which have the common verbs alone. */

static const struct verb none[] = { { .name = NULL } };

static const char *const event_kinds[] = { "event", "event_party",
					   "training_need", NULL };
const struct noun noun_event = {
	.name = "event",
	.summary = "orientations, trainings, workshops; who was invited, who "
		   "came",
	.details = "Lists: orientations, training-log, training-overdue, "
		   "community-training,\nteam-days, sponsors-never-invited.\n",
	.verbs = none,
	.kinds = event_kinds,
};

static const char *const feedback_kinds[] = { "feedback", NULL };
const struct noun noun_feedback = {
	.name = "feedback",
	.summary = "short feedback at a ticket, a meeting, a referral",
	.details = "The report of two months: foyer list feedback-two-months; "
		   "what was written:\nfoyer list feedback-words.\n",
	.verbs = none,
	.kinds = feedback_kinds,
};
