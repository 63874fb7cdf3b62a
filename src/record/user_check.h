#pragma once

#include "record/entity.h"

/* Inside the room: hooks of the kind user. */

/* A name is one person's; an administrator who can sign in always remains:
 * "away" is wrong, whatever took the last one away. */
const char *user_check(struct record *record, const struct entity *before,
		       const struct entity *after);

/* Takes the agency key's passphrase from somebody whose roles need none, or who
 * may not sign in; inside the caller's transaction. */
MUST_CHECK enum fault user_keep_key(struct record *record, int64_t id);

/* Who holds no role for the agency key any more loses its passphrase. */
enum fault user_saved(struct record *record, const struct entity *before,
		      const struct entity *after, const struct record_who *who,
		      int64_t now);
