#pragma once

#include <stdbool.h>

#include "print/address.h"

/*
 * The line to a printer: a descriptor that takes a job's bytes and gives the
 * printer's replies, and never blocks. What differs between devices is here;
 * what is said over the line is printer.c's.
 */
enum line_answer {
	LINE_OPEN,       /* bytes can be sent */
	LINE_CONNECTING, /* ask line_connected() once it can be written to */
	LINE_BUSY,       /* another program prints there */
	LINE_ABSENT,     /* there is no such printer */
};

/* Opens the line of an address that has one (tty, tcp); *descriptor is the
 * caller's, for line_close(). */
enum line_answer line_open(const struct address *address, int *descriptor);

/* How connecting ended: LINE_OPEN or LINE_ABSENT. */
enum line_answer line_connected(const struct address *address, int descriptor);

/* Everything was sent; replies may still come. */
void line_finish(const struct address *address, int descriptor);

/* Milliseconds to wait for the acknowledgement. */
int line_patience(const struct address *address);

/*
 * Closes. With give_up what the printer has not taken yet is thrown away, so
 * that no old ticket comes out later, and closing never waits for it.
 */
void line_close(const struct address *address, int descriptor, bool give_up);
