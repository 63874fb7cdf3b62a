#pragma once

#include "base/fault.h"
#include "office/demo_write.h"

/*
 * The invented agency of the pilot's size: 23 sponsor groups, 68 privately
 * sponsored people in households, 5 workers, three sites, in every state of the
 * path. The same each time, counted from today.
 */
#define PILOT_HOUSEHOLDS 17

struct pilot {
	struct demo demo;
	int64_t workers[8], groups[32];
	/* The households that are here, in the order of demo_families. */
	struct pilot_home {
		int64_t household, sponsorship, adult;
		int arrived; /* days ago */
	} homes[PILOT_HOUSEHOLDS];
	int home_count;
	int64_t awaited[8]; /* sponsorships of those who are not here yet */
	int awaited_count;
};

MUST_CHECK enum fault pilot_write(struct record *record,
				  const struct record_who *who, int64_t now,
				  const char *today);

/* What days bring: appointments, contacts, orientations, trainings, feedback,
 * plans and assessments. */
void pilot_write_days(struct pilot *pilot);

/* Services that were given, and what people agreed to. */
void pilot_write_services(struct pilot *pilot);

/* The directory of an invented town, referrals to it and from elsewhere. */
void pilot_write_referrals(struct pilot *pilot);
