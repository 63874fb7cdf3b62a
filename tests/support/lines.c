#include "tests/support/lines.h"

#include "base/bytes.h"
#include "base/log.h"

static struct bytes logged;

static void keep(void *to, enum log_level level, const char *line)
{
	(void)to;
	(void)level;
	if (logged.length)
		bytes_add_byte(&logged, '\n');
	bytes_add_text(&logged, line);
}

void lines_begin(void)
{
	bytes_done(&logged);
	bytes_add_text(&logged, "");
	log_to(keep, NULL);
}

const char *lines_logged(void)
{
	return (const char *)logged.data;
}

void lines_end(void)
{
	log_to(NULL, NULL);
	bytes_done(&logged);
}
