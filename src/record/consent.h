#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "record/entity.h"

/*
 * What people allow, each purpose apart (kind consent): use today, keep, share
 * with somebody, contact the sponsor, count without a name, research. Refusing
 * or withdrawing costs nothing.
 *
 * The person takes one back: entity_move() to "withdrawn". Of `keep` that
 * erases everything about the person at once, the consent itself too, and
 * leaves a tombstone. Of `share` the list withdrawals-to-tell names it until
 * the recipient was told.
 */

/*
 * Whether the last that the person said of a purpose holds today
 * ("2026-11-22"). recipient: of share, with whom; NULL for other purposes.
 */
MUST_CHECK enum fault consent_holds(struct record *record, int64_t person,
				    const char *purpose, const char *recipient,
				    const char *today, bool *holds);

/* What was said at the kiosk becomes the person's own, with source self. */
MUST_CHECK enum fault consent_from_visit(struct record *record, int64_t visit,
					 int64_t person,
					 const struct record_who *who,
					 int64_t now);

/*
 * Erases a person with everything that belongs to them: names, contacts,
 * visits' answers, assessments, plans, notes. What is shared with others (a
 * household, a meeting) stays without them. One tombstone says how much it
 * was; age band, level and month are in it only where the person agreed to be
 * counted (purpose count).
 */
MUST_CHECK enum fault person_erase(struct record *record, int64_t person,
				   const char *rule,
				   const struct record_who *who, int64_t now);
