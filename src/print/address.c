#include "print/address.h"

#include <arpa/inet.h>
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"

static enum fault refuse(const char *text, const char *mend)
{
	log_error("[printer] address = %s: %s", text, mend);
	return FAULT_FORMAT;
}

static enum fault read_file(const char *text, const char *rest,
			    struct address *out)
{
	if (rest[0] != '/')
		return refuse(text, "write the whole path: file:/path");
	out->path = xstrdup(rest);
	return FAULT_NONE;
}

static enum fault read_usb(const char *text, const char *rest,
			   struct address *out)
{
	if (rest[0] != '/')
		return refuse(text, "write the whole path: usb:/dev/usb/lp0");
	out->path = xstrdup(rest);
	return FAULT_NONE;
}

/* One word behind the device's path: a speed or a flow control. */
static bool read_option(const char *word, struct address *out)
{
	static const int speeds[] = { 38400, 57600, 115200, 230400 };
	char *end;
	long speed = strtol(word, &end, 10);

	if (strcmp(word, "xonxoff") == 0 || strcmp(word, "rtscts") == 0) {
		out->xonxoff = word[0] == 'x';
		return true;
	}
	for (size_t i = 0; i < COUNT(speeds); i++) {
		if (!*end && speed == speeds[i]) {
			out->speed = speeds[i];
			return true;
		}
	}
	return false;
}

static enum fault read_tty(const char *text, const char *rest,
			   struct address *out)
{
	SCOPED(char_freep) char *words = xstrdup(rest);
	char *next = words, *word;

	if (rest[0] != '/')
		return refuse(text, "write the whole path: tty:/dev/ttyUSB0");
	out->speed = 38400;
	out->path = xstrdup(strsep(&next, ","));
	while ((word = strsep(&next, ","))) {
		if (!read_option(word, out))
			return refuse(text, "after the path only 38400, 57600, "
					    "115200, 230400, rtscts and "
					    "xonxoff are known");
	}
	return FAULT_NONE;
}

/* Numbers only: asking a name server would make the screen wait. */
static enum fault read_tcp(const char *text, const char *rest,
			   struct address *out)
{
	static const char mend[] = "write the printer's IP address and port, "
				   "such as tcp:192.168.1.50:9100";
	const char *colon = strrchr(rest, ':');
	SCOPED(char_freep) char *host = NULL;
	char *end;
	long port;

	if (!colon || colon == rest)
		return refuse(text, mend);
	port = strtol(colon + 1, &end, 10);
	if (end == colon + 1 || *end || port < 1 || port > 65535)
		return refuse(text, mend);
	if (rest[0] == '[' && colon[-1] == ']') {
		host = xstrndup(rest + 1, (size_t)(colon - rest) - 2);
		out->host.v6.sin6_family = AF_INET6;
		out->host.v6.sin6_port = htons((uint16_t)port);
		out->host_length = sizeof out->host.v6;
		if (inet_pton(AF_INET6, host, &out->host.v6.sin6_addr) == 1)
			return FAULT_NONE;
		return refuse(text, mend);
	}
	host = xstrndup(rest, (size_t)(colon - rest));
	out->host.v4.sin_family = AF_INET;
	out->host.v4.sin_port = htons((uint16_t)port);
	out->host_length = sizeof out->host.v4;
	if (inet_pton(AF_INET, host, &out->host.v4.sin_addr) == 1)
		return FAULT_NONE;
	return refuse(text, mend);
}

static enum fault read_queue(const char *text, const char *rest,
			     struct address *out)
{
	if (!*rest || strpbrk(rest, "/#?% ") || rest[0] == '.')
		return refuse(text, "write a printer's name as `foyer printer "
				    "list` has it: cups:Front");
	out->path = xstrdup(rest);
	return FAULT_NONE;
}

static enum fault read_none(const char *text, const char *rest,
			    struct address *out)
{
	(void)out;
	return *rest ? refuse(text, "nothing comes after none") : FAULT_NONE;
}

static const struct {
	const char *prefix;
	enum fault (*read)(const char *text, const char *rest,
			   struct address *out);
} kinds[] = {
	[ADDRESS_NONE] = { "none", read_none },
	[ADDRESS_FILE] = { "file:", read_file },
	[ADDRESS_TTY] = { "tty:", read_tty },
	[ADDRESS_USB] = { "usb:", read_usb },
	[ADDRESS_TCP] = { "tcp:", read_tcp },
	[ADDRESS_QUEUE] = { "cups:", read_queue },
};

static_assert(COUNT(kinds) == ADDRESS_KINDS, "every kind is read");

enum fault address_read(const char *text, struct address *out)
{
	for (size_t i = 0; i < COUNT(kinds); i++) {
		const size_t length = strlen(kinds[i].prefix);

		if (strncmp(text, kinds[i].prefix, length) != 0)
			continue;
		struct address address = {
			.kind = (enum address_kind)i,
			.text = xstrdup(text),
		};
		enum fault fault;

		fault = kinds[i].read(text, text + length, &address);
		if (fault)
			address_done(&address);
		else
			*out = address;
		return fault;
	}
	return refuse(text, "write none, file:/path, usb:/dev/usb/lp0, "
			    "tty:/dev/..., tcp:ADDRESS:PORT or cups:NAME");
}

void address_done(struct address *address)
{
	free(address->text);
	free(address->path);
	*address = (struct address){ 0 };
}
