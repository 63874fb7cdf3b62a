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

/*
 * One line stays one line: what a file's name or a message from outside brings
 * along could otherwise forge a second one, or steer the terminal.
 */
static void make_plain(char *line)
{
	for (; *line; line++) {
		unsigned char byte = (unsigned char)*line;
		unsigned char next = (unsigned char)line[1];

		if (byte < ' ' || byte == 0x7f)
			*line = '?';
		else if (byte == 0xc2 && next >= 0x80 && next < 0xa0)
			line[0] = line[1] = '?';
	}
}

/* A line that was cut ends before a letter, not in one. */
static void drop_half_letter(char *line, size_t length)
{
	while (length && ((unsigned char)line[length - 1] & 0xc0) == 0x80)
		length--;
	if (length && (unsigned char)line[length - 1] >= 0xc0)
		length--;
	line[length] = 0;
}

void log_line(enum log_level level, const char *format, ...)
{
	char line[1024];
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vsnprintf(line, sizeof line, format, arguments);
	va_end(arguments);
	if (length >= (int)sizeof line)
		drop_half_letter(line, sizeof line - 1);
	make_plain(line);
	if (current)
		current(current_to, level, line);
	else if (level != LOG_NOTE)
		fprintf(stderr, "%s\n", line);
}
