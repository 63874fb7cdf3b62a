#pragma once

#include <stdbool.h>

#include "base/fault.h"
#include "base/memory.h"

/*
 * An agency's settings: an INI file that can be edited on any laptop. Read
 * whole; asked by section and name. A value takes one line, of at most 198
 * bytes with its name; blanks before a name do not matter; " ;" begins a
 * comment, and so does # or ; at the beginning of a line.
 */
struct settings;

#define SETTINGS_LIMIT (256 * 1024) /* bytes in the file */
/* More would be cut without a word: bytes */
#define SETTINGS_LINE 198   /* of a line without the blanks before it */
#define SETTINGS_SECTION 49 /* of a section's name */

/*
 * Reads path. A file that is not there gives settings without a value in
 * them, so that every asker's usual value serves. The caller frees *out.
 *
 * FAULT_FORMAT: a line is not INI or too long; the log names file, line and
 * mend.
 * FAULT_LIMIT: more than SETTINGS_LIMIT bytes. FAULT_SYSTEM: unreadable.
 */
MUST_CHECK enum fault settings_read(const char *path, struct settings **out);
void settings_free(struct settings *settings); /* NULL is fine */
DEFINE_SCOPED(struct settings, settings_free)

/* The value, or usual where there is none; belongs to settings (or caller). */
const char *settings_text(const struct settings *settings, const char *section,
			  const char *name, const char *usual);

/* yes/no, true/false, on/off, 1/0; anything else is usual. */
bool settings_flag(const struct settings *settings, const char *section,
		   const char *name, bool usual);

/* A whole number within the bounds that base/setting_known.h has for it, and it
 * has some; anything else is usual. */
long settings_number(const struct settings *settings, const char *section,
		     const char *name, long usual);

/*
 * Warns of each setting that Foyer does not have, and of each whose value is
 * not allowed: file, line and what may stand there. Every program that people
 * start calls it once.
 */
void settings_check(const struct settings *settings);

/* Walks one section's names and values in file order. */
typedef void settings_visit(void *to, const char *name, const char *value);
void settings_each(const struct settings *settings, const char *section,
		   settings_visit *visit, void *to);

/* Walks every setting with its section and line (from 1), in file order. */
typedef void settings_line(void *to, int line, const char *section,
			   const char *name, const char *value);
void settings_lines(const struct settings *settings, settings_line *visit,
		    void *to);
