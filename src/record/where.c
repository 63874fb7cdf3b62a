#include "record/where.h"

#include "base/log.h"
#include "base/settings.h"
#include "record/postgres.h"
#include "record/statement.h"

enum fault record_where(const struct home *home, char **where)
{
	SCOPED(char_freep)
	char *path = home_path(home, HOME_SETTINGS, "foyer.ini");
	SCOPED(settings_freep) struct settings *settings = NULL;
	enum fault fault = settings_read(path, &settings);
	const char *at;

	if (fault)
		return fault;
	at = settings_text(settings, "record", "at", "");
	if (*at && !postgres_is(at)) {
		log_error("%s: [record] at is no address of a server; write "
			  "postgresql://USER@HOST/DATABASE, or take the line "
			  "out for the file in this home",
			  path);
		return FAULT_FORMAT;
	}
	*where = *at ? xstrdup(at) : home_path(home, HOME_RECORD, RECORD_FILE);
	return FAULT_NONE;
}

bool record_where_server(const char *where)
{
	return postgres_is(where);
}

typedef enum fault opener(const char *path, struct record **out);

static enum fault open_with(const struct home *home, opener *open,
			    struct record **out)
{
	SCOPED(char_freep) char *where = NULL;
	enum fault fault = record_where(home, &where);

	if (!fault && !(fault = open(where, out)) && postgres_is(where))
		(*out)->beside = home_path(home, HOME_RECORD, RECORD_FILE);
	return fault;
}

enum fault record_open_home(const struct home *home, struct record **out)
{
	return open_with(home, record_open, out);
}

enum fault record_open_home_away(const struct home *home, struct record **out)
{
	return open_with(home, record_open_away, out);
}
