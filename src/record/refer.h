#pragma once

#include "record/entity.h"

/*
 * Referrals, to other services and from them (kind referral). Each move is
 * timed by the history. Nobody is told about a person who has not agreed to
 * it: agreeing is a consent to share with the service's organization (or with
 * what `elsewhere` names), and a referral stands still once it is withdrawn.
 */

/* The person agreed today ("2026-11-22"): the consent is kept, and what was
 * only proposed is consented. Answers are those of entity_move(). */
MUST_CHECK enum fault refer_agreed(struct record *record, int64_t referral,
				   const char *today,
				   const struct record_who *who, int64_t now,
				   enum entity_answer *answer);

/* Over, as one of closed_as: helped, not-suitable, full, no-answer, refused or
 * moved. ENTITY_WRONG: not one of them. */
MUST_CHECK enum fault refer_close(struct record *record, int64_t referral,
				  const char *as, const char *reason,
				  const struct record_who *who, int64_t now,
				  enum entity_answer *answer);

/* With whom a referral shares: the service's organization, else what it has as
 * elsewhere; "" for neither. The caller frees *out. */
MUST_CHECK enum fault refer_recipient(struct record *record,
				      const struct entity *referral,
				      char **out);
