#pragma once

#include <stddef.h>

#include "report/about.h"

/*
 * A receipt of what a person decided: each purpose by itself, also what was
 * taken back, and that they may change it at any time.
 */
enum consent_purpose {
	CONSENT_USE_TODAY,
	CONSENT_KEEP,
	CONSENT_SHARE,
	CONSENT_SPONSOR,
	CONSENT_COUNT,
	CONSENT_RESEARCH,
	CONSENT_PURPOSES,
};

enum consent_answer { CONSENT_GIVEN, CONSENT_REFUSED, CONSENT_WITHDRAWN };

struct consent_row {
	enum consent_purpose purpose;
	const char *with; /* to whom answers go; NULL where nobody */
	enum consent_answer answer;
	const char *day; /* it was said on */
	const char *by;  /* the worker who wrote it down; NULL: the kiosk */
};

struct consent_page {
	const char *name, *number;
	const struct consent_row *rows;
	size_t count;
};

/* The caller frees it. */
struct page *consent_page(const struct about *about,
			  const struct consent_page *consent);
