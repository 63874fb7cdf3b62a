#include "desk/saved.h"

#include <stdlib.h>

#include "base/file.h"
#include "desk/day.h"
#include "print/spool.h"

static char *free_path(const struct desk *desk, const char *name,
		       const char *ending)
{
	SCOPED(char_freep) char *file = xasprintf("%s%s", name, ending);
	char *path = home_path(desk->home, HOME_EXPORTS, file);

	for (int i = 2; file_exists(path); i++) {
		SCOPED(char_freep)
		char *other = xasprintf("%s-%d%s", name, i, ending);

		free(path);
		path = home_path(desk->home, HOME_EXPORTS, other);
	}
	return path;
}

enum fault saved_path(const struct desk *desk, const char *name,
		      const char *ending, char **out)
{
	const struct spool spool = spool_of(desk->settings, desk->home);
	SCOPED(char_freep) char *dated = NULL;
	char day[DAY_BYTES];
	enum fault fault;

	if (desk->vault) {
		if (!(fault = folder_make(spool.folder)))
			*out =
			    spool_path(&spool, name, ending, desk->clock.now);
		return fault;
	}
	if ((fault = folder_make(home_folder(desk->home, HOME_EXPORTS))))
		return fault;
	day_of(desk->clock.now, day);
	dated = xasprintf("%s-%s", name, day);
	*out = free_path(desk, dated, ending);
	return FAULT_NONE;
}

void saved_say(struct desk *desk, enum fault fault, const char *path)
{
	const struct catalogue_argument file = { .name = "file",
						 .text = path ? path : "" };

	desk_say(desk,
		 desk_words(desk, fault ? "desk.not_exported" : "desk.exported",
			    &file, 1),
		 fault != FAULT_NONE);
}

void saved_put(struct desk *desk, const char *name, const char *ending,
	       const struct bytes *bytes)
{
	SCOPED(char_freep) char *path = NULL;
	enum fault fault = saved_path(desk, name, ending, &path);

	if (!fault)
		fault = file_write(path, bytes->data, bytes->length, 0600);
	saved_say(desk, fault, path);
}
