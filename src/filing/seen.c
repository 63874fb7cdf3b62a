#include "filing/seen.h"

#include <string.h>

#include "base/file.h"
#include "base/log.h"

static char *path_of(const struct home *home)
{
	return home_path(home, HOME_RECORD, SEEN_FILE);
}

#define PLACE 150 /* bytes of a server's address, so that a line holds it */

/* On one line, as settings read it: what would end it there is left out. */
static char *line_of(const char *record)
{
	char *line = xasprintf("%.*s", PLACE, record);

	for (char *each = line; *each; each++) {
		if ((unsigned char)*each <= ' ' || strchr("\";#", *each))
			*each = '_';
	}
	return line;
}

/* As where the address in foyer.ini was changed by mistake: another agency's
 * kiosks say nothing of ours. */
static enum fault check_record(const struct settings *settings,
			       const char *path, const char *record)
{
	SCOPED(char_freep) char *line = line_of(record);
	const char *of = settings_text(settings, "record", "of", "");

	if (!strcmp(of, line))
		return FAULT_NONE;
	log_error("%s: this desk was last on the record at %s, and not on %s: "
		  "nothing can be scanned while its server is away. See "
		  "[record] at in foyer.ini; if that is right, open the desk "
		  "once while the server answers",
		  path, *of ? of : "another place", record);
	return FAULT_STORE;
}

enum fault seen_read(const struct home *home, const char *record,
		     struct seen *seen, struct makers *makers)
{
	SCOPED(settings_freep) struct settings *settings = NULL;
	SCOPED(char_freep) char *path = path_of(home);
	enum fault fault;

	if (!file_exists(path)) {
		log_error("%s: the record was never opened from here, so "
			  "nothing can be scanned while its server is away",
			  path);
		return FAULT_STORE;
	}
	if ((fault = settings_read(path, &settings)) ||
	    (fault = check_record(settings, path, record)))
		return fault;
	seen->signs_in = settings_flag(settings, "users", "sign_in", false);
	makers_recall(makers, settings);
	return FAULT_NONE;
}

enum fault seen_write(const struct home *home, const char *record,
		      struct seen *seen, const struct makers *makers)
{
	SCOPED(char_freep) char *path = path_of(home);
	SCOPED(char_freep) char *line = line_of(record);
	SCOPED(bytes_done) struct bytes now = { 0 };
	enum fault fault;

	bytes_add_format(&now,
			 "; What this desk goes by while the server of its "
			 "record is away.\n[record]\nof = %s\n"
			 "[users]\nsign_in = %s\n[%s]\n",
			 line, seen->signs_in ? "yes" : "no", MAKERS_SECTION);
	makers_write(makers, &now);
	if (now.length == seen->written.length &&
	    !memcmp(now.data, seen->written.data, now.length))
		return FAULT_NONE;
	if ((fault = file_write(path, now.data, now.length, 0600)))
		return fault;
	bytes_done(&seen->written);
	seen->written = now;
	now = (struct bytes){ 0 };
	return FAULT_NONE;
}
