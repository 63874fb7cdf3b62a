/* Tickets that a desk took in while the server of its record was away. */
#include <time.h>

#include "doctor/found.h"
#include "ticket/kept_name.h"

void doctor_kept_tickets(const struct doctor_place *place,
			 struct doctor_found *found)
{
	SCOPED(char_freep)
	char *folder = home_path(place->home, HOME_RECORD, KEPT_FOLDER);
	struct kept_names names;
	struct tm local;
	char since[32];
	time_t first;

	if (kept_names_read(folder, &names)) {
		doctor_unseen(found, "doctor.unread",
			      DOCTOR_PUT({ .name = "path", .text = folder }));
		return;
	}
	if (!names.count) {
		doctor_well(found, "doctor.kept_none", NULL);
		return;
	}
	first = (time_t)(kept_name_time(names.rows[0]) / 1000);
	localtime_r(&first, &local);
	strftime(since, sizeof since, "%Y-%m-%d %H:%M", &local);
	doctor_wrong(
	    found, "doctor.kept_some",
	    DOCTOR_PUT({ .name = "count", .number = (double)names.count },
		       { .name = "since", .text = since }));
	kept_names_done(&names);
}
