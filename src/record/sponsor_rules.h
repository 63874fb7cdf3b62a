#pragma once

#include "record/entity.h"

/* Inside the room: what a save of these kinds has to keep. */
const char *sponsor_group_check(struct record *record,
				const struct entity *before,
				const struct entity *after);
const char *agreement_check(struct record *record, const struct entity *before,
			    const struct entity *after);
const char *sponsorship_check(struct record *record,
			      const struct entity *before,
			      const struct entity *after);
enum fault sponsorship_saved(struct record *record, const struct entity *before,
			     const struct entity *after,
			     const struct record_who *who, int64_t now);
const char *responsibility_check(struct record *record,
				 const struct entity *before,
				 const struct entity *after);
const char *shared_check(struct record *record, const struct entity *before,
			 const struct entity *after);
