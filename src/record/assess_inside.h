#pragma once

#include "record/assess.h"

/* Inside the room: what the files about assessments share. */

/* A new version that is not saved yet; the caller frees it. */
MUST_CHECK enum fault assess_new(struct record *record, int64_t person,
				 const char *what, const char *day,
				 struct entity **out);

/* A level that is not there yet, with all of level but its id. */
MUST_CHECK enum fault assess_put_level(struct record *record, int64_t id,
				       int64_t person, enum domain domain,
				       const struct assess_level *level,
				       const struct record_who *who,
				       int64_t now, enum entity_answer *answer);

/* The domains that suggest the intensive stream, as codes; NULL: nothing does.
 * The caller frees it. */
char *assess_suggested(const struct assess *assess);

/* Erases the version that was made of a visit's answers, which are erased; what
 * a worker assessed since stays. Inside the caller's transaction. */
MUST_CHECK enum fault assess_forget(struct record *record, int64_t visit,
				    const char *rule,
				    const struct record_who *who, int64_t now);
