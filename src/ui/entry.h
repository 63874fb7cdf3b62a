#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/memory.h"
#include "ui/canvas.h"
#include "ui/key.h"

/*
 * A field that text is written into, at a caret that stops between grapheme
 * clusters. Text is kept in NFC and in logical order. Keys come from a
 * keyboard through entry_key(), or from an on-screen one through entry_insert()
 * and entry_erase(). Backspace removes one sign in scripts whose letters are
 * built of several, a whole cluster elsewhere.
 */
struct entry;

#define ENTRY_MAX 8000 /* bytes */

/* Whether text may become the field's: room on a ticket, digits only. */
typedef bool entry_accepts(void *to, const char *text);

struct entry_options {
	const char *language;    /* BCP 47: direction, font, how to erase */
	const char *placeholder; /* shown while empty and without the focus */
	bool lines;  /* Enter starts a new line, else it is ENTERED */
	bool secret; /* a passphrase: dots are drawn for it */
	entry_accepts *accepts; /* NULL: everything up to ENTRY_MAX */
	void *to;
};

enum entry_event {
	ENTRY_IGNORED, /* not our key; the caller may use it */
	ENTRY_MOVED,   /* the caret moved */
	ENTRY_CHANGED, /* the text changed */
	ENTRY_REFUSED, /* accepts() said no, or it is full; nothing changed */
	ENTRY_ENTERED, /* Enter */
};

struct entry *entry_new(const struct entry_options *options);
void entry_free(struct entry *entry); /* NULL is fine; wipes */
DEFINE_SCOPED(struct entry, entry_free)

const char *entry_text(const struct entry *entry); /* until the next change */
size_t entry_caret(const struct entry *entry);     /* byte offset */

/* Puts text in, the caret behind it; accepts() is not asked. Cut to ENTRY_MAX
 * at a cluster. */
void entry_set_text(struct entry *entry, const char *text);

/* Writes at the caret; removes what is before it. */
enum entry_event entry_insert(struct entry *entry, const char *text);
enum entry_event entry_erase(struct entry *entry);

/* Writes text in place of so many bytes before the caret, which begin at a
 * cluster: a syllable that is being composed. */
enum entry_event entry_replace(struct entry *entry, size_t bytes,
			       const char *text);

enum entry_focus {
	ENTRY_QUIET,   /* a line to write on, without a caret */
	ENTRY_FED,     /* that with its caret: an on-screen keyboard writes */
	ENTRY_FOCUSED, /* in the focus colour */
};

void entry_draw(struct entry *entry, struct canvas *canvas,
		struct canvas_area area, enum entry_focus focus);

/* A touch inside the area last drawn is ENTRY_MOVED: it asks for the focus. */
enum entry_event entry_key(struct entry *entry, const struct ui_event *event);
