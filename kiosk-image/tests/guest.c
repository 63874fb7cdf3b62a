#include "kiosk-image/tests/guest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"

#define LINES 512

static int in_order(const void *one, const void *other)
{
	return strcmp(*(char *const *)one, *(char *const *)other);
}

/* The lines of text, sorted, each once; takes text. */
static char *each_once(char *text)
{
	char *lines[LINES], *rest = NULL;
	const char *before = "";
	struct bytes out = { 0 };
	size_t count = 0;

	for (char *line = strtok_r(text, "\n", &rest); line && count < LINES;
	     line = strtok_r(NULL, "\n", &rest))
		lines[count++] = line;
	qsort(lines, count, sizeof *lines, in_order);
	bytes_add_text(&out, "");
	for (size_t i = 0; i < count; i++) {
		if (strcmp(lines[i], before) != 0)
			bytes_add_format(&out, "%s\n", lines[i]);
		before = lines[i];
	}
	free(text);
	return bytes_take_text(&out);
}

char *guest_processes(struct machine *machine)
{
	char *said = machine_ask(machine, "processes");

	return each_once(said ? said : xstrdup("the probe is silent"));
}

/* Without the head, which is its first line. */
static void add_table(struct machine *machine, const char *name,
		      struct bytes *out)
{
	SCOPED(char_freep)
	char *table = machine_ask(machine, "read /proc/1/net/%s", name);
	const char *body = table ? strchr(table, '\n') : NULL;

	if (!body)
		bytes_add_format(out, "%s: not known\n", name);
	else if (body[1])
		bytes_add_format(out, "%s:%s", name, body);
}

char *guest_network(struct machine *machine)
{
	static const char *const tables[] = { "tcp",  "tcp6",    "udp",
					      "udp6", "udplite", "raw",
					      "raw6", "icmp",    "packet" };
	struct bytes out = { 0 };

	bytes_add_text(&out, "");
	for (size_t i = 0; i < COUNT(tables); i++)
		add_table(machine, tables[i], &out);
	return bytes_take_text(&out);
}

char *guest_sockets(struct machine *machine)
{
	SCOPED(char_freep)
	char *table = machine_ask(machine, "read /proc/1/net/unix");
	struct bytes out = { 0 };
	char *rest = NULL;

	bytes_add_text(&out, "");
	for (char *line = strtok_r(table, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest)) {
		const char *path = strrchr(line, ' ');

		if (path && (path[1] == '/' || path[1] == '@'))
			bytes_add_format(&out, "%s\n", path + 1);
	}
	return each_once(bytes_take_text(&out));
}

static long meminfo(const char *text, const char *name)
{
	const char *at = text ? strstr(text, name) : NULL;

	return at ? strtol(at + strlen(name), NULL, 10) : -1;
}

int guest_memory(struct machine *machine)
{
	SCOPED(char_freep)
	char *text = machine_ask(machine, "read /proc/meminfo");
	long all = meminfo(text, "MemTotal:");
	long left = meminfo(text, "MemAvailable:");

	return all < 0 || left < 0 ? -1 : (int)((all - left) / 1024);
}
