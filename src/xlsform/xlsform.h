#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"
#include "base/fault.h"
#include "base/findings.h"
#include "xlsform/sheet.h"

/*
 * XLSForm (https://xlsform.org/en/ref-table/): a form written in a spreadsheet
 * becomes an ODK XForms document, the one shape that the kiosk loads. The same
 * sheets give the same bytes.
 *
 * Beyond the standard, a sheet may use:
 *
 *   flat = yes        on `begin group` (pyxform has it in settings, for all
 *                     groups at once; so do we): the group is drawn but has
 *                     no node of its own, so what is in it lies directly in
 *                     the group around it. In one with appearance `field-list`
 *                     every question but the first gets the appearance
 *                     `same-screen`, since no node is left to carry it.
 *   bind::jr:preload, bind::jr:preloadParams
 *                     on `hidden`: "property" and the name of an agency
 *                     setting, as jr:preload has it.
 *   bind::foyer:X     the namespace urn:foyer:xforms:1 needs no declaration.
 *                     A value ${x} stands for that question's path.
 *   default on `note` a note may carry a value, read where it is relevant.
 *
 * Texts get ids in itext, which translations are kept by: "/data/A3:label",
 * "/data/A3:hint", "/data/A3:jr:constraintMsg", "choices/A3/SELF:label".
 */

/*
 * Compiles sheets. Adds the document to *xml, unless something is wrong: then
 * every error and warning found is in findings and *xml is untouched. The
 * finished document was loaded as the kiosk would load it; what that finds
 * (a cycle) is told by row too. attachments is the folder for jr://file-csv
 * and the like, or NULL.
 *
 * FAULT_FORMAT: findings has errors. FAULT_LIMIT: larger than the kiosk takes.
 */
MUST_CHECK enum fault xlsform_compile(const struct sheets *sheets,
				      const char *attachments,
				      struct findings *findings,
				      struct bytes *xml);

/* Whether path is a folder, of CSV sheets then, or an .xlsx workbook. */
bool xlsform_is_sheets(const char *path);

/* The folder of what a form reads beside its sheets; the caller frees it. */
char *xlsform_attachments(const char *path);

/*
 * The same from a folder of CSV sheets or an .xlsx workbook. Files that the
 * form reads are looked for beside the sheets.
 * FAULT_SYSTEM: it cannot be read; the log says why.
 */
MUST_CHECK enum fault xlsform_build(const char *path, struct findings *findings,
				    struct bytes *xml);

/*
 * Looks a form over, in any of its shapes: a folder of sheets, an .xlsx
 * workbook, or an XForms document. Beside the errors that building finds, warns
 * of: a number compared without a look whether it is empty; a calculation on a
 * question that a person answers; if() on a bare path; a regex without ^ and $;
 * an absolute path to a neighbour in the same repeat; texts missing in a
 * language.
 *
 * FAULT_FORMAT: findings has errors. FAULT_SYSTEM: it cannot be read (logged).
 */
MUST_CHECK enum fault xlsform_check(const char *path,
				    struct findings *findings);
