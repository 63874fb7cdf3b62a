#pragma once

#include "base/home.h"
#include "base/settings.h"
#include "filing/content.h"
#include "filing/filing.h"
#include "filing/forms.h"
#include "filing/makers.h"
#include "filing/seen.h"
#include "record/ticket.h"
#include "seal/ring.h"

/* Inside the room: what its files share. */
struct filing {
	const struct home *home;
	struct record *record;
	struct settings *settings;
	struct forms *forms;
	struct ring *ring;
	struct makers *makers;
	struct seen seen;
};

/*
 * What a scan or a wire is, as far as it can be told without the record: the
 * kiosks are those that filing->makers has. out->status is FILING_FILED for
 * what is to be filed unless it was before, and content_tell() is still to be
 * called for it; out->number is set where a kiosk of ours signed it. The caller
 * releases *out, after a fault too.
 */
MUST_CHECK enum fault judge_digits(struct filing *filing, const char *digits,
				   int64_t now, struct filing_ticket *out);
MUST_CHECK enum fault judge_wire(struct filing *filing, const struct wire *wire,
				 int64_t now, struct filing_ticket *out);

/*
 * TICKET.md §2.3 from step 3 on, for a wire that was scanned just now or has
 * been aside since arrived.
 */
MUST_CHECK enum fault read_wire(struct filing *filing, const struct wire *wire,
				const struct record_who *who, int64_t now,
				struct filing_ticket *out);

/*
 * As filing_file(), for a ticket that came at arrived, and for a paper that was
 * typed in then: the one way into the record for both. A paper has no number
 * before.
 */
MUST_CHECK enum fault file_ticket(struct filing *filing,
				  const struct record_who *who, int64_t arrived,
				  int64_t now, struct filing_ticket *ticket);

/*
 * The answers of a visit in the record as a run of its form; opening them is
 * audited as a view, but for VISIT_COUNTED. VISIT_NOT_THERE: erased, or its
 * form is not here any more (the log says which). The caller frees *out with
 * content_free().
 */
MUST_CHECK enum fault visit_content(struct filing *filing, int64_t visit,
				    const struct record_who *who, int64_t now,
				    enum visit_look look,
				    enum visit_found *found,
				    struct filing_content **out);
