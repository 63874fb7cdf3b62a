#pragma once

#include <netinet/in.h>
#include <stdbool.h>
#include <sys/socket.h>

#include "base/fault.h"

/* Where a printer is; printer.h describes how it is written. */
enum address_kind {
	ADDRESS_NONE,
	ADDRESS_FILE,
	ADDRESS_TTY,
	ADDRESS_USB,
	ADDRESS_TCP,
	ADDRESS_QUEUE,
	ADDRESS_KINDS,
};

struct address {
	enum address_kind kind;
	char *text;   /* as it was written */
	char *path;   /* file, tty and usb; of a queue its name */
	int speed;    /* tty: bits a second */
	bool xonxoff; /* tty: flow control by characters, else RTS/CTS */
	union {
		struct sockaddr any;
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
	} host; /* tcp */
	socklen_t host_length;
};

/* FAULT_FORMAT: the log shows the mend. Release with address_done(). */
MUST_CHECK enum fault address_read(const char *text, struct address *out);
void address_done(struct address *address);
