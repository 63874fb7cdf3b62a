#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/memory.h"
#include "card/services.h"
#include "print/picture.h"
#include "text/catalogue.h"
#include "text/language.h"

/*
 * What a newcomer is told of one service, part by part, for the screen, for the
 * ear and for paper. Labels are in their language; the directory's own texts
 * in it too, where it has them, and marked where it has not.
 */
enum leaflet_kind {
	LEAFLET_NOTE,  /* of the kiosk's */
	LEAFLET_LABEL, /* of the kiosk's, above the text that follows */
	LEAFLET_TEXT,  /* the directory's */
};

struct leaflet_part {
	enum leaflet_kind kind;
	const char *key;      /* of the word, for its recording; NULL: none */
	const char *language; /* tag; belongs to leaflet or language */
	char *text;
};

#define LEAFLET_PARTS 40

struct leaflet {
	char *name, *name_language;
	struct leaflet_part parts[LEAFLET_PARTS];
	char *tags[LEAFLET_PARTS]; /* that the parts' languages point to */
	size_t count;
};

/* Whom it is told. */
struct leaflet_reader {
	const struct language *language;
	const struct catalogue *words;
	bool stale; /* nobody checked the service lately */
};

/* The caller releases it with leaflet_done(). */
void leaflet_make(const struct service *service,
		  const struct leaflet_reader *reader, struct leaflet *out);
void leaflet_done(struct leaflet *leaflet);

/*
 * A slip of it for a printer of width dots: no number, no symbol, nothing of
 * whoever takes it, and above all else that it is no ticket. agency may be "".
 * The caller frees *out with picture_free(). FAULT_LIMIT: it is too long.
 */
MUST_CHECK enum fault leaflet_slip(const struct leaflet *leaflet,
				   const struct leaflet_reader *reader,
				   const char *agency, int width,
				   struct picture **out);
