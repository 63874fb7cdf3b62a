#include "filing/seen.h"

#include <string.h>

#include "base/file.h"
#include "base/log.h"

static char *path_of(const struct home *home)
{
	return home_path(home, HOME_RECORD, SEEN_FILE);
}

enum fault seen_read(const struct home *home, struct seen *seen,
		     struct makers *makers)
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
	if ((fault = settings_read(path, &settings)))
		return fault;
	seen->signs_in = settings_flag(settings, "users", "sign_in", false);
	makers_recall(makers, settings);
	return FAULT_NONE;
}

enum fault seen_write(const struct home *home, struct seen *seen,
		      const struct makers *makers)
{
	SCOPED(char_freep) char *path = path_of(home);
	SCOPED(bytes_done) struct bytes now = { 0 };
	enum fault fault;

	bytes_add_format(&now,
			 "; What this desk goes by while the server of its "
			 "record is away.\n[users]\nsign_in = %s\n[%s]\n",
			 seen->signs_in ? "yes" : "no", MAKERS_SECTION);
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
