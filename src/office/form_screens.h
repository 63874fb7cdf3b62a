#pragma once

#include "base/fault.h"
#include "office/form_tongue.h"

/*
 * A form on this terminal, screen by screen as at a kiosk: the same questions,
 * keys, languages and review, by the same room `ask`. The first screen says
 * that it is a preview. Nothing is kept, sealed or printed.
 */

/* What is said on standard output of the answers, once they were checked. */
enum form_told {
	FORM_TOLD_NOTHING,
	FORM_TOLD_JSON, /* every node as `foyer form run` has it */
	FORM_TOLD_XML,  /* the submission */
};

/*
 * Until the person is through, or leaves by Escape at the first screen, or by
 * F9. path is the form's, beside which its pictures lie. tongue speaks what was
 * chosen last. Faults are term_open()'s and the
 * run's.
 */
MUST_CHECK enum fault form_screens(struct form_tongue *tongue, const char *path,
				   enum form_told told);
