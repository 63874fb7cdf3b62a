#pragma once

#include "record/entity.h"

/* Inside the room: the hooks of kind referral. */
const char *referral_check(struct record *record, const struct entity *before,
			   const struct entity *after);
enum fault referral_saved(struct record *record, const struct entity *before,
			  const struct entity *after,
			  const struct record_who *who, int64_t now);
