#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>

static log_sink *current;
static void *current_to;

void log_to(log_sink *sink, void *to)
{
	current = sink;
	current_to = to;
}

log_sink *log_sink_now(void **to)
{
	*to = current_to;
	return current;
}

void log_line(enum log_level level, const char *format, ...)
{
	char line[1024];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(line, sizeof line, format, arguments);
	va_end(arguments);
	if (current)
		current(current_to, level, line);
	else if (level != LOG_NOTE)
		fprintf(stderr, "%s\n", line);
}
