#pragma once

#include "desk/desk.h"
#include "record/directory.h"

/* What is looked for at first. */
struct directory_about {
	int64_t person;   /* whose language and status count; 0: nobody's */
	const char *need; /* "HOU"; NULL: any */
};

/* Opens the directory, for a person where there is one. */
void directory_open_for(struct desk *desk, int64_t person, const char *need);

/* --- what its screen and a service's card share ----------------------------
 */

struct directory_rules directory_rules_of(const struct desk *desk);

/* "Checked today": says what became of it. */
void directory_check(struct desk *desk, int64_t service);

/* One page of the service in a language (NULL: the staff's); a stale one is
 * not printed, and the message line says so. */
void directory_print(struct desk *desk, int64_t service, const char *language);

/* A referral to the service as a sheet to save; 0 for the person: asks who.
 * *service must outlive the panel: it lies in the screen's state. */
struct directory_referral {
	int64_t service, person;
	const char *need; /* NULL: not said */
};
void directory_refer(struct desk *desk, struct directory_referral *referral);
