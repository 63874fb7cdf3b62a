#pragma once

#include "base/fault.h"
#include "base/memory.h"
#include "issue/issue.h"
#include "kiosk/hall.h"
#include "print/picture.h"

/*
 * A test ticket: what the kiosk would print for a visitor who answered nothing,
 * marked so that a desk shows it and never files it. Or a real one that is
 * printed again.
 */
struct proof {
	struct issued issued;
	struct picture *picture;
};

/* The caller frees *out. Faults as issue_seal() and issue_paper(). */
MUST_CHECK enum fault proof_make(struct hall *hall, struct proof **out);

/* The same of a ticket that waits for its paper, moved as a reprint is; *found:
 * it is there. Faults as issue_waiting() and issue_paper(). */
MUST_CHECK enum fault proof_waiting(struct hall *hall, uint32_t sequence,
				    bool *found, struct proof **out);
void proof_free(struct proof *proof); /* NULL is fine */
DEFINE_SCOPED(struct proof, proof_free)
