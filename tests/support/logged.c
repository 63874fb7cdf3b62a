#include "tests/support/logged.h"

#include "base/bytes.h"
#include "base/log.h"

static struct bytes lines;

static void take(void *to, enum log_level level, const char *line)
{
	(void)level;
	bytes_add_format(to, "%s\n", line);
}

void logged_start(void)
{
	bytes_done(&lines);
	lines = (struct bytes){ 0 };
	log_to(take, &lines);
}

void logged_stop(void)
{
	log_to(NULL, NULL);
	bytes_done(&lines);
	lines = (struct bytes){ 0 };
}

const char *logged(void)
{
	return lines.data ? (const char *)lines.data : "";
}
