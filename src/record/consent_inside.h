#pragma once

#include "record/entity.h"

/* Inside the room: hooks of the kinds consent and proposal. */
enum fault consent_saved(struct record *record, const struct entity *before,
			 const struct entity *after,
			 const struct record_who *who, int64_t now);
enum fault retention_decided(struct record *record, const struct entity *before,
			     const struct entity *after,
			     const struct record_who *who, int64_t now);

/* Erases an entity with all that cannot be without it; what can be, lets go of
 * it. Inside the caller's transaction. */
MUST_CHECK enum fault erase_tree(struct record *record, const struct kind *kind,
				 int64_t id, const char *rule,
				 const struct record_who *who, int64_t now);
