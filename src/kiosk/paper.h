#pragma once

#include "base/fault.h"
#include "kiosk/errands.h"
#include "kiosk/visit.h"

/* A ticket's paper for whoever reads that language; the caller frees *out.
 * Faults as issue_paper(). */
MUST_CHECK enum fault paper_in(struct hall *hall, const struct offered *offered,
			       const struct issued *issued,
			       struct picture **out);

/*
 * The visit's paper: seals the confirmed answers and draws what the printer
 * gets. Fills visit->issued and visit->picture, and sets visit->sealed.
 *
 * PAPER_TOO_LONG: the answers do not fit on a ticket; nothing was issued.
 * Faults as issue_seal() and paper_draw().
 */
enum paper_answer { PAPER_READY, PAPER_TOO_LONG };

MUST_CHECK enum fault visit_paper(struct visit *visit,
				  enum paper_answer *answer);

/* Sends it to the printer: the same bytes again from the second time on, moved
 * aside so that a dead heater dot hits another place. */
#define PAPER_COPIES ERRAND_PAPERS /* the first, and two on their word */
void visit_print(struct visit *visit);
