#pragma once

#include <jansson.h>

#include "base/bytes.h"
#include "record/directory.h"

/* Inside the room: the schedules of a gathered service. */

/* Open where any of them says so; unknown where none says it clearly. */
enum directory_open directory_open(const json_t *service,
				   const struct directory_rules *rules);

/*
 * One schedule in a line: "Mon, Wed 09:00-16:30" with the weekdays of a
 * language (BCP 47), else what its description says; nothing where it says
 * nothing, or is over.
 */
void directory_hours(const json_t *schedule,
		     const struct directory_rules *rules, const char *language,
		     struct bytes *out);
