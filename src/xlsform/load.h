#pragma once

#include "base/bytes.h"
#include "base/fault.h"
#include "base/findings.h"
#include "xlsform/survey.h"

/*
 * Loads a document, begins it as the kiosk would, and looks for the choices of
 * each of its questions. What that complains of becomes findings under file,
 * or, with a survey (may be NULL), under the row of the first question that a
 * complaint names by its path, and where the complaint begins with the path and
 * an attribute, under the attribute's column.
 *
 * Faults as form_parse(), run_new() and run_try_choices().
 */
MUST_CHECK enum fault load_check(const struct bytes *xml, const char *file,
				 const char *attachments,
				 const struct survey *survey,
				 struct findings *findings);
