#pragma once

#include <stdio.h>

#include "base/findings.h"
#include "form/form.h"

/* The verbs of `foyer form`, one file each; argv[0] is the verb. */
int form_build(int argc, char **argv);
int form_check(int argc, char **argv);
int form_run(int argc, char **argv);
int form_preview(int argc, char **argv);
int form_list_strings(int argc, char **argv);

/*
 * A form in any of its shapes: a folder of sheets, an .xlsx workbook, or an
 * XForms document. The
 * caller frees *out. FAULT_*: those of building and parsing; what is wrong was
 * said on standard error.
 */
MUST_CHECK enum fault form_load(const char *path, struct form **out);

/*
 * Tells which of a form's texts are not those that its translations were made
 * of any more, and how they become so again. sheets is what it was made of.
 */
void form_tell_stale(FILE *to, const char *sheets, const struct form *form);

/* The folder of a form's own pictures, "forms/intake-media" for forms/intake,
 * forms/intake/ and forms/intake.xml; the caller frees it. */
char *form_media_beside(const char *form);

/* Every finding a line; what is only doubtful begins with "warning: ". */
void form_print_findings(FILE *to, const struct findings *findings);
