/* What the doctor looks at on the machine. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "doctor/disk.h"
#include "doctor/found.h"

#define LEAST_FREE 10 /* percent */

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
	long type = place->filesystem(folder);
	const char *network = network_filesystem(type);

	if (type == -1)
		doctor_unseen(found, "%s: what it lies on could not be seen",
			      folder);
	else if (network)
		doctor_wrong(found, "%s lies on %s", folder, network);
	else
		doctor_well(found, "%s lies on this computer", folder);
}

void doctor_record_disk(const struct doctor_place *place,
			struct doctor_found *found)
{
	SCOPED(char_freep) char *folder = doctor_record_folder(place);
	SCOPED(char_freep) char *device = NULL;

	switch (disk_of_folder(place->proc, place->sys, folder, &device)) {
	case DISK_LOCKED:
		doctor_well(found, "%s lies on %s, which is encrypted", folder,
			    device);
		break;
	case DISK_OPEN:
		doctor_wrong(
		    found, "%s lies on %s, which this system does not encrypt",
		    folder, device);
		break;
	case DISK_MEMORY:
		doctor_wrong(found,
			     "%s lies in memory: all of it is gone when the "
			     "machine is switched off",
			     folder);
		break;
	case DISK_UNSEEN:
		doctor_unseen(found,
			      "%s: whether its disk is encrypted could not be "
			      "seen",
			      folder);
	}
}

void doctor_space(const struct doctor_place *place, struct doctor_found *found)
{
	SCOPED(char_freep) char *folder = doctor_record_folder(place);
	int percent = place->free_percent(folder);

	if (percent < 0)
		doctor_unseen(found, "%s: what is free could not be seen",
			      folder);
	else if (percent < LEAST_FREE)
		doctor_wrong(found, "%s: %d %% of its disk is free", folder,
			     percent);
	else
		doctor_well(found, "%s: %d %% of its disk is free", folder,
			    percent);
}

FILE *doctor_open(const char *folder, const char *name,
		  struct doctor_found *found)
{
	SCOPED(char_freep) char *path = xasprintf("%s/%s", folder, name);
	FILE *file = fopen(path, "re");

	if (!file)
		doctor_unseen(found, "%s could not be read", path);
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

	if (sscanf(line, "%255s %31s", name, kind) != 2)
		return;
	switch (lock_of_swap(place, name, !strcmp(kind, "file"))) {
	case DISK_OPEN:
		doctor_wrong(found, "%s is swapped to, not encrypted", name);
		break;
	case DISK_UNSEEN:
		doctor_unseen(found,
			      "%s is swapped to; whether it is encrypted could "
			      "not be seen",
			      name);
		break;
	default:
		doctor_well(found, "%s is swapped to, %s", name,
			    strstr(name, "zram") ? "which is memory"
						 : "encrypted");
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
		doctor_well(found, "nothing is swapped out");
}

/* --- core dumps ----------------------------------------------------------- */

/* The soft limit of this account's processes: "0", "unlimited". */
static bool is_limited(FILE *limits)
{
	static const char name[] = "Max core file size";
	char line[256];

	while (fgets(line, sizeof line, limits)) {
		const char *soft = line + strlen(name);

		if (!strncmp(line, name, strlen(name)))
			return soft[strspn(soft, " ")] == '0';
	}
	return false;
}

/* core(5): a pattern that begins with | hands the dump to a program, whatever
 * the limit is. */
void doctor_core_dumps(const struct doctor_place *place,
		       struct doctor_found *found)
{
	FILE *file = doctor_open(place->proc, "sys/kernel/core_pattern", found);
	char pattern[256] = "";
	bool limited;

	if (!file)
		return;
	if (!fgets(pattern, sizeof pattern, file))
		pattern[0] = 0;
	fclose(file);
	pattern[strcspn(pattern, "\n")] = 0;
	if (!(file = doctor_open(place->proc, "self/limits", found)))
		return;
	limited = is_limited(file);
	fclose(file);
	if (pattern[0] == '|' && strcmp(pattern, "|/bin/false"))
		doctor_wrong(found, "a program that crashes is handed to %s",
			     pattern + 1);
	else if (pattern[0] != '|' && !limited)
		doctor_wrong(found, "a program that crashes is written to a "
				    "file (ulimit -c)");
	else
		doctor_well(found, "a program that crashes is not kept");
}

/* --- visitors ---------------------------------------------------------------
 */

void doctor_shut_in(const struct doctor_place *place,
		    struct doctor_found *found)
{
	const struct jail_offer offer = place->jail();

	if (!doctor_has_kiosk(place))
		doctor_well(found, "no kiosk asks anybody here");
	else if (!offer.calls)
		doctor_wrong(found,
			     "a visitor's process cannot be shut in here");
	else
		doctor_well(found, "a visitor's process is shut in %s",
			    offer.files ? "twice (seccomp, Landlock)"
					: "once (seccomp; this kernel has no "
					  "Landlock)");
}

/* --- clock ---------------------------------------------------------------- */

void doctor_clock(const struct doctor_place *place, struct doctor_found *found)
{
	time_t made = (time_t)place->made;
	char day[16];
	struct tm utc;

	strftime(day, sizeof day, "%Y-%m-%d", gmtime_r(&made, &utc));
	if (!place->made)
		doctor_unseen(found, "when Foyer was put here could not be "
				     "seen");
	else if (place->now < place->made)
		doctor_wrong(found,
			     "the clock is behind %s, when Foyer was put here",
			     day);
	else
		doctor_well(found,
			    "the clock is after %s, when Foyer was put "
			    "here",
			    day);
}
