#pragma once

#include <stdbool.h>

#include "base/bytes.h"
#include "base/fault.h"
#include "base/home.h"
#include "print/escpos.h"

/*
 * What one model of printer can do, as data: an INI file that anybody can
 * write, copy and send to others. Those that ship lie in screens/printers;
 * an agency's own lie in the folder printers of its settings.
 *
 *	[profile]
 *	name = Epson TM-T20   1 to 40 bytes, the first no ;
 *	paper_mm = 80         58 or 80
 *	status = yes          it tells whether it has paper: no, if what it
 *	                      tells is always the same, or nothing
 *	acknowledges = yes    it tells when it has printed
 *	cuts = yes
 *	band = 64             rows sent at a time, 24 to 112, no multiple of 48
 *	pause = 0             milliseconds after each band, 0 to 50
 *	feed = 3              lines before the cut, 0 to 12
 *
 * What is left out is as print/escpos.h has it for any printer.
 */
#define PROFILE_NAME 40 /* bytes of a name, at most */

struct profile {
	char name[PROFILE_NAME + 1];
	int paper_mm; /* 0: not said */
	bool status;
	int pause;               /* ms */
	struct escpos_ways ways; /* of the job */
	bool vouches; /* acknowledges = yes stands in it: a queue, which says
		       * only that all was taken, is believed too */
};

extern const struct profile profile_usual;

/*
 * Reads the file at path. FAULT_FORMAT: it is no such file, or a value is not
 * allowed; FAULT_SYSTEM: it is not there. The log says what to write.
 */
MUST_CHECK enum fault profile_read(const char *path, struct profile *out);

/*
 * The profile of a name ("learnt", "pos58"): the agency's own, or one that
 * ships. "" is profile_usual. FAULT_SYSTEM: there is none; the log says which
 * there are.
 */
MUST_CHECK enum fault profile_find(const struct home *home, const char *name,
				   struct profile *out);

/* Where an agency's own of that name lies; the caller frees it. */
char *profile_path(const struct home *home, const char *name);

/* Letters, digits, '-' and '_': what a profile may be called. */
bool profile_may_be_called(const char *name);

/* The file's text. */
void profile_write(const struct profile *profile, struct bytes *out);
