/* What the doctor reads in the kiosk's log. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "doctor/found.h"

#define TAIL 65536 /* bytes of the log's end that are looked at */
#define TOLD 5     /* different lines, the latest first */
#define WEEK (7 * 24 * 3600)

/* Its last lines, whole; NULL: it is not there. The caller frees it. */
static char *tail_of(const char *path)
{
	FILE *file = fopen(path, "re");
	char *text;
	size_t length;

	if (!file)
		return NULL;
	text = xcalloc(1, TAIL + 1);
	if (fseek(file, -TAIL, SEEK_END))
		rewind(file);
	length = fread(text, 1, TAIL, file);
	fclose(file);
	text[length] = 0;
	if (length == TAIL) {
		char *whole = xstrdup(strchrnul(text, '\n'));

		free(text);
		return whole;
	}
	return text;
}

/* "2026-11-22T10:00:00Z warning printer: ...": what was said; NULL for notes
 * and what is older than a week. */
static const char *complaint_of(const char *line, int64_t now)
{
	struct tm utc = { 0 };
	const char *rest = strptime(line, "%Y-%m-%dT%H:%M:%SZ ", &utc);

	if (!rest || timegm(&utc) < now - WEEK)
		return NULL;
	if (strncmp(rest, "warning ", 8) && strncmp(rest, "error ", 6))
		return NULL;
	return strchr(rest, ' ') + 1;
}

static bool was_told(char *const *told, size_t count, const char *said)
{
	for (size_t i = 0; i < count; i++) {
		if (!strcmp(told[i], said))
			return true;
	}
	return false;
}

/* From the last line of text up, which it cuts to pieces. */
static void tell_lines(char *text, int64_t now, struct doctor_found *found)
{
	char *told[TOLD];
	size_t count = 0;

	while (count < TOLD && *text) {
		char *end = strrchr(text, '\n');
		char *line = end ? end + 1 : text;
		const char *said = complaint_of(line, now);

		if (said && !was_told(told, count, said)) {
			told[count++] = xstrdup(said);
			doctor_wrong(
			    found, "doctor.line",
			    DOCTOR_PUT({ .name = "line", .text = line }));
		}
		*(end ? end : text) = 0;
	}
	while (count)
		free(told[--count]);
}

void doctor_kiosk_log(const struct doctor_place *place,
		      struct doctor_found *found)
{
	SCOPED(char_freep)
	char *path = home_path(place->home, HOME_KIOSK, "kiosk.log");
	SCOPED(char_freep) char *text = tail_of(path);

	if (text)
		tell_lines(text, place->now, found);
	if (!doctor_count(found))
		doctor_well(found,
			    text ? "doctor.kiosk_log_quiet"
				 : "doctor.kiosk_log_none",
			    DOCTOR_PUT({ .name = "path", .text = path }));
}
