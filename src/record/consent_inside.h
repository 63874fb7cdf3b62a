#pragma once

#include "record/entity.h"

/* Inside the room: hooks of the kinds consent and proposal. */
enum fault consent_saved(struct record *record, const struct entity *before,
			 const struct entity *after,
			 const struct record_who *who, int64_t now);
enum fault retention_decided(struct record *record, const struct entity *before,
			     const struct entity *after,
			     const struct record_who *who, int64_t now);
