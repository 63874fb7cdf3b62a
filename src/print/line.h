#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "print/address.h"

/*
 * The line to a printer: a descriptor that takes a job's bytes and gives the
 * printer's replies, and never blocks. What differs between devices is here;
 * what is said over the line is printer.c's.
 */
struct line_usb;

struct line {
	const struct address *address;
	int descriptor;       /* -1: it is closed */
	struct line_usb *usb; /* of ADDRESS_USB, and a tty that is none */
};

enum line_answer {
	LINE_OPEN,       /* bytes can be sent */
	LINE_CONNECTING, /* ask line_connected() once it can be written to */
	LINE_BUSY,       /* another program prints there */
	LINE_ABSENT,     /* there is no such printer */
};

/* Opens the line of an address that has one (tty, usb, tcp), which outlives
 * it. Release with line_close(). */
enum line_answer line_open(const struct address *address, struct line *out);

/* How connecting ended: LINE_OPEN or LINE_ABSENT. */
enum line_answer line_connected(const struct line *line);

/* As write(2), and no signal comes of a line that is gone. */
ssize_t line_write(const struct line *line, const void *data, size_t length);

/* Everything was sent; replies may still come. */
void line_finish(const struct line *line);

/* Whether the device has taken all of it. */
bool line_is_sent(const struct line *line);

/* Whether it broke off because the paper is out. */
bool line_broke_without_paper(const struct line *line);

/* What the device itself said of its paper when it was asked last. */
enum line_paper {
	LINE_PAPER_UNSAID, /* it was not asked, or has no say */
	LINE_PAPER_THERE,
	LINE_PAPER_OUT,
};
enum line_paper line_paper(const struct line *line);

/* Milliseconds to wait for the acknowledgement. */
int line_patience(const struct line *line);

/*
 * Closes. With give_up what the printer has not taken yet is thrown away, so
 * that no old ticket comes out later, and closing never waits for it.
 */
void line_close(struct line *line, bool give_up);
