#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"
#include "office/doubts.h"
#include "text/language.h"

/*
 * The page of a review pack: one HTML file that needs nothing beside it, no
 * network and no account, for a native reader with any browser. Remarks stay in
 * the browser until the reader saves them as a file.
 */
struct handout_picture {
	char *name, *english, *about; /* about may be NULL */
	struct bytes png;
};

struct handout_text {
	char *key, *english, *translation;
	bool first; /* a mistake in it could harm */
};

struct handout {
	const struct language *language;
	bool reviewed;     /* somebody did review it before */
	const char *form;  /* its title */
	const char *files; /* names of the PO files beside the page */
	const struct doubts *doubts;
	const char *missed; /* questions on no picture; "": none */
	struct handout_picture *pictures;
	size_t picture_count;
	struct handout_text *texts;
	size_t text_count;
};

/* Minutes that the parts of a review take, as planned, not measured: a little
 * more for what must be weighed. */
struct handout_minutes {
	size_t pictures, first, others;
};

struct handout_minutes handout_minutes(const struct handout *handout);

void handout_write(const struct handout *handout, struct bytes *out);
void handout_done(struct handout *handout); /* pictures and texts */
