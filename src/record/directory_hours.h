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

/*
 * The same for whoever says the weekdays: {"days": "MO,WE", "opens": "09:00",
 * "closes": "16:30"}, or {"text": {"en": "..."}} in the language of rules; NULL
 * where it says nothing, or is over. The caller lets go of it.
 */
json_t *directory_hours_of(const json_t *schedule,
			   const struct directory_rules *rules);
