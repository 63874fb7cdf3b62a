#pragma once

#include "report/statistics.h"
#include "tests/support/chance.h"

/*
 * A made-up site's referrals by age, shared, without a record: a row an age,
 * all of them as those that go out and those that come in.
 */
#define SITES_ROWS 4
extern const char *const sites_ages[SITES_ROWS];

struct site {
	char name[16];
	int64_t counts[SITES_ROWS][2]; /* out, in */
	int64_t now;                   /* its file is made */
	struct kiosk_key *key;
	struct bytes file;
};

/* "Site 3" and its counts, drawn. */
void site_init(struct site *site, int number, struct chance *chance);
void site_done(struct site *site);

/* Its file of a month, "2026-10", in the place of an earlier one; and what
 * comes of reading it. */
void site_write(const struct wording *wording, struct site *site,
		const char *month);
enum fault site_read(const struct site *site, struct statistics *out);
