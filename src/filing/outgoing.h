#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "filing/filing.h"

/*
 * A visit's submission as it may leave the agency for another system. Left out,
 * unless the agency's foyer.ini says otherwise:
 *
 *  - what names somebody (`[submit] names = yes`): what is saved as a name, a
 *    contact or a birthday, every text that a person wrote, and any answer in
 *    which one of these is repeated;
 *  - questions that are `private`, or in a group that is, notes, and what the
 *    form works out (`[submit] private = yes`).
 *
 * Their elements stay, empty; but those whose relevance or number depends on an
 * answer that is left out, as form/trace.h follows it, go altogether, so that
 * visits that differ in such answers alone look the same. The instanceID is the
 * ticket's, so that the same visit is the same submission whenever it is sent.
 */
struct outgoing {
	struct bytes xml;
	char *instance_id; /* "uuid:..." */
	size_t left_out;   /* answers */
};
void outgoing_done(struct outgoing *outgoing); /* wipes */

/*
 * What may be shown or sent is audited as a view; with VISIT_COUNTED it is not,
 * and only left_out is for use. VISIT_NOT_THERE: its answers are erased, or its
 * form is not here. FAULT_FORMAT: the submission in the record is none.
 */
MUST_CHECK enum fault filing_outgoing(struct filing *filing, int64_t visit,
				      const struct record_who *who, int64_t now,
				      enum visit_look look,
				      enum visit_found *found,
				      struct outgoing *out);

/* Whether a visit was answered with the form of this id, in any version. False
 * where its answers are erased or the form is not here. */
MUST_CHECK enum fault filing_is_of_form(struct filing *filing, int64_t visit,
					const char *id, bool *is);
