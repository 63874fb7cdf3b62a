#include "kiosk/proof.h"

#include <stdlib.h>

#include "base/log.h"
#include "form/run.h"
#include "issue/paper.h"

static enum fault draw(struct hall *hall, struct proof *proof)
{
	return issue_paper(hall->lobby, &proof->issued, NULL, hall->paper_width,
			   &proof->picture);
}

static enum fault seal(struct hall *hall, struct run *run, struct proof *proof)
{
	const unsigned flags =
	    PLAIN_TEST | (hall->clock.trusted ? 0 : PLAIN_CLOCK_UNSURE);
	enum issue_answer answer = ISSUE_DONE;
	uint32_t number;
	enum fault fault;

	if ((fault = issuer_take(hall->issuer, &number)) ||
	    (fault =
		 issue_seal(hall->issuer, hall->slots, run, number,
			    hall_now(hall), flags, &answer, &proof->issued)))
		return fault;
	if (answer == ISSUE_TOO_LONG) {
		log_error("an empty form does not fit on a ticket");
		return FAULT_LIMIT;
	}
	/* Nobody misses it: it is not kept for a reprint. */
	return issue_confirm(hall->issuer);
}

enum fault proof_make(struct hall *hall, struct proof **out)
{
	const struct run_world world = hall_world(hall);
	SCOPED(run_freep) struct run *run = NULL;
	SCOPED(proof_freep) struct proof *proof = xcalloc(1, sizeof *proof);
	enum fault fault;

	if ((fault = run_new(hall->form, &world, &run)) ||
	    (fault = seal(hall, run, proof)) || (fault = draw(hall, proof)))
		return fault;
	*out = proof;
	proof = NULL;
	return FAULT_NONE;
}

enum fault proof_waiting(struct hall *hall, uint32_t sequence, bool *found,
			 struct proof **out)
{
	SCOPED(proof_freep) struct proof *proof = xcalloc(1, sizeof *proof);
	SCOPED(picture_freep) struct picture *drawn = NULL;
	enum fault fault =
	    issue_waiting(hall->issuer, sequence, found, &proof->issued);

	if (fault || !*found)
		return fault;
	if ((fault = issue_paper(hall->lobby, &proof->issued, NULL,
				 hall->paper_width, &drawn)))
		return fault;
	proof->picture = picture_moved(drawn, PICTURE_REPRINT);
	*out = proof;
	proof = NULL;
	return FAULT_NONE;
}

void proof_free(struct proof *proof)
{
	if (!proof)
		return;
	issued_done(&proof->issued);
	picture_free(proof->picture);
	free(proof);
}
