#pragma once

#include "record/entity.h"

/* Inside the room: what a save of these kinds has to keep. */
const char *meeting_check(struct record *record, const struct entity *before,
			  const struct entity *after);
enum fault meeting_saved(struct record *record, const struct entity *before,
			 const struct entity *after,
			 const struct record_who *who, int64_t now);
const char *party_check(struct record *record, const struct entity *before,
			const struct entity *after);
const char *appointment_check(struct record *record,
			      const struct entity *before,
			      const struct entity *after);
const char *outreach_check(struct record *record, const struct entity *before,
			   const struct entity *after);
const char *event_party_check(struct record *record,
			      const struct entity *before,
			      const struct entity *after);
