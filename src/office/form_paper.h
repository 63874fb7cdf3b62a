#pragma once

#include "base/fault.h"
#include "form/run.h"
#include "office/form_tongue.h"
#include "text/page.h"

/*
 * A form's twin on paper, in one language: every question that some answers
 * would bring onto a screen, numbered, each with what it hangs on
 * (office/form_when.h), its hint, and boxes, lines or cells for the answer;
 * groups by their headings; of a repeat FORM_PAPER_COPIES copies. What must not
 * lie about in sight is not on it: questions and choices of appearance
 * `private`, what hangs on them, and notes to staff.
 *
 * run is one of tongue's form, without answers; it is changed. code stands on
 * each sheet, so that no paper is typed in twice (filing/paper_code.h); NULL:
 * none. The caller frees *out. Faults are the run's.
 */
#define FORM_PAPER_COPIES 3

MUST_CHECK enum fault form_paper(const struct form_tongue *tongue,
				 struct run *run, const char *code,
				 struct page **out);
