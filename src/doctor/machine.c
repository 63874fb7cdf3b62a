/* What the doctor looks at on the machine. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "doctor/disk.h"
#include "doctor/found.h"

#define LEAST_FREE 10 /* percent */
#define NONE_FREE 2   /* below it nothing more is filed before long */

char *doctor_record_folder(const struct doctor_place *place)
{
	char *folder = xstrdup(home_folder(place->home, HOME_RECORD));
	struct stat at;

	while (stat(folder, &at)) {
		char *slash = strrchr(folder, '/');

		if (slash <= folder) {
			free(folder);
			return xstrdup(slash ? "/" : ".");
		}
		*slash = 0;
	}
	return folder;
}

void doctor_record_network(const struct doctor_place *place,
			   struct doctor_found *found)
{
	SCOPED(char_freep) char *folder = doctor_record_folder(place);
	const long type = place->filesystem(folder);
	const char *network = network_filesystem(type);
	const struct catalogue_argument with[] = {
		{ .name = "folder", .text = folder },
		{ .name = "network", .text = network ? network : "" },
		{ 0 },
	};

	if (type == -1)
		doctor_unseen(found, "doctor.record_network_unseen", with);
	else if (network)
		doctor_wrong(found, "doctor.record_network_is", with);
	else
		doctor_well(found, "doctor.record_network_none", with);
}

void doctor_record_disk(const struct doctor_place *place,
			struct doctor_found *found)
{
	SCOPED(char_freep) char *folder = doctor_record_folder(place);
	SCOPED(char_freep) char *device = NULL;

	const enum disk_lock lock =
	    disk_of_folder(place->proc, place->sys, folder, &device);
	const struct catalogue_argument with[] = {
		{ .name = "folder", .text = folder },
		{ .name = "disk", .text = device ? device : "" },
		{ 0 },
	};

	switch (lock) {
	case DISK_LOCKED:
		doctor_well(found, "doctor.record_disk_locked", with);
		break;
	case DISK_OPEN:
		doctor_wrong(found, "doctor.record_disk_open", with);
		break;
	case DISK_MEMORY:
		doctor_wrong(found, "doctor.record_disk_memory", with);
		break;
	case DISK_UNSEEN:
		doctor_unseen(found, "doctor.record_disk_unseen", with);
	}
}

void doctor_space(const struct doctor_place *place, struct doctor_found *found)
{
	SCOPED(char_freep) char *folder = doctor_record_folder(place);
	const int percent = place->free_percent(folder);
	const struct catalogue_argument with[] = {
		{ .name = "folder", .text = folder },
		{ .name = "percent", .number = percent },
		{ 0 },
	};

	if (percent < 0)
		doctor_unseen(found, "doctor.space_unseen", with);
	else if (percent < NONE_FREE)
		doctor_grave(found, "doctor.space_free", with);
	else if (percent < LEAST_FREE)
		doctor_wrong(found, "doctor.space_free", with);
	else
		doctor_well(found, "doctor.space_free", with);
}

FILE *doctor_open(const char *folder, const char *name,
		  struct doctor_found *found)
{
	SCOPED(char_freep) char *path = xasprintf("%s/%s", folder, name);
	FILE *file = fopen(path, "re");

	if (!file)
		doctor_unseen(found, "doctor.unread",
			      DOCTOR_PUT({ .name = "path", .text = path }));
	return file;
}

/* --- swap ----------------------------------------------------------------- */

static enum disk_lock lock_of_swap(const struct doctor_place *place,
				   const char *name, bool is_file)
{
	SCOPED(char_freep) char *folder = NULL;
	SCOPED(char_freep) char *device = NULL;
	const char *slash = strrchr(name, '/');

	if (!is_file)
		return disk_lock(place->sys, name);
	folder = xstrndup(name, slash > name ? (size_t)(slash - name) : 1);
	return disk_of_folder(place->proc, place->sys, folder, &device);
}

static void tell_swap(const struct doctor_place *place, const char *line,
		      struct doctor_found *found)
{
	char name[256], kind[32];

	const struct catalogue_argument with[] = {
		{ .name = "what", .text = name }, { 0 }
	};

	if (sscanf(line, "%255s %31s", name, kind) != 2)
		return;
	switch (lock_of_swap(place, name, !strcmp(kind, "file"))) {
	case DISK_OPEN:
		doctor_wrong(found, "doctor.swap_open", with);
		break;
	case DISK_UNSEEN:
		doctor_unseen(found, "doctor.swap_unseen", with);
		break;
	default:
		doctor_well(found,
			    strstr(name, "zram") ? "doctor.swap_memory"
						 : "doctor.swap_locked",
			    with);
	}
}

void doctor_swap(const struct doctor_place *place, struct doctor_found *found)
{
	FILE *file = doctor_open(place->proc, "swaps", found);
	char line[512];

	if (!file)
		return;
	/* The first line is the heading. */
	if (fgets(line, sizeof line, file)) {
		while (fgets(line, sizeof line, file))
			tell_swap(place, line, found);
	}
	fclose(file);
	if (!doctor_count(found))
		doctor_well(found, "doctor.swap_none", NULL);
}

/* --- core dumps ----------------------------------------------------------- */

/* core(5): a pattern that begins with | hands the dump to a program, whatever
 * the limit is. */
void doctor_core_dumps(const struct doctor_place *place,
		       struct doctor_found *found)
{
	FILE *file = doctor_open(place->proc, "sys/kernel/core_pattern", found);
	char pattern[256] = "";

	if (!file)
		return;
	if (!fgets(pattern, sizeof pattern, file))
		pattern[0] = 0;
	fclose(file);
	pattern[strcspn(pattern, "\n")] = 0;
	if (pattern[0] == '|' && strcmp(pattern, "|/bin/false"))
		doctor_wrong(
		    found, "doctor.core_dumps_handed",
		    DOCTOR_PUT({ .name = "program", .text = pattern + 1 }));
	else if (pattern[0] != '|' && place->dumps())
		doctor_wrong(found, "doctor.core_dumps_file", NULL);
	else
		doctor_well(found, "doctor.core_dumps_none", NULL);
}

/* --- visitors ---------------------------------------------------------------
 */

void doctor_shut_in(const struct doctor_place *place,
		    struct doctor_found *found)
{
	const struct jail_offer offer = place->jail();

	if (!doctor_has_kiosk(place))
		doctor_well(found, "doctor.shut_in_no_kiosk", NULL);
	else if (!offer.calls)
		doctor_wrong(found, "doctor.shut_in_not", NULL);
	else
		doctor_well(found,
			    offer.files ? "doctor.shut_in_twice"
					: "doctor.shut_in_once",
			    NULL);
}

/* --- clock ---------------------------------------------------------------- */

void doctor_clock(const struct doctor_place *place, struct doctor_found *found)
{
	time_t made = (time_t)place->made;
	char day[16];
	struct tm utc;

	const struct catalogue_argument with[] = {
		{ .name = "day", .text = day }, { 0 }
	};

	strftime(day, sizeof day, "%Y-%m-%d", gmtime_r(&made, &utc));
	if (!place->made)
		doctor_unseen(found, "doctor.made_unseen", NULL);
	else if (place->now < place->made)
		doctor_wrong(found, "doctor.clock_behind", with);
	else
		doctor_well(found, "doctor.clock_after", with);
}
