#pragma once

#include <stdint.h>

#include "scan/feed.h"

/*
 * A scanner's feed as a desk has it, at a time that only a test moves on, and
 * what came of it in words: digits, "foreign 5" and "garbled 5" with how many
 * characters, each with a semicolon behind it. Percents are left out: they
 * depend on how what came was cut up.
 */
struct plugged {
	struct feed *feed;
	int64_t now;
	char said[512];
};

/* The scanner at path, not opened yet. Its feed is the caller's to free. */
struct plugged plugged_new(enum feed_kind kind, const char *path);

void plugged_look(struct plugged *plugged); /* what came */
void plugged_pass(struct plugged *plugged, int64_t ms);
