#pragma once

#include "record/entity.h"

/* Inside the room: what follows from changing a service at the desk. What is
 * said of it there is said in its rows of the directory, too. */
enum fault service_saved(struct record *record, const struct entity *before,
			 const struct entity *after,
			 const struct record_who *who, int64_t now);
