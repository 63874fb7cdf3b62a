#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/home.h"
#include "base/memory.h"
#include "form/form.h"
#include "record/visit.h"
#include "text/catalogue.h"
#include "ticket/slots.h"

/*
 * Inside the room: every version of every form that tickets here may be made
 * of. What lies in the home's forms folder is copied to kept/REFERENCE.xml
 * below it, so that a form rebuilt under its old name does not take the key to
 * last week's tickets along. Parsed when a ticket first asks.
 */
struct forms;

#define FORMS_LIMIT 2000 /* versions */

struct filed_form {
	uint8_t reference[8];
	char *path;
	struct form *form; /* NULL until it is asked for */
	bool current;      /* it lies in the home's forms folder */
	struct slots *slots;
	/* The words of the staff languages, from FORM.TAG.po and
	 * FORM_staff.TAG.po. */
	struct catalogue *words[VISIT_LANGUAGES];
};

/* FAULT_SYSTEM: the folder cannot be made or read. */
MUST_CHECK enum fault forms_open(const struct home *home, struct forms **out);
void forms_free(struct forms *forms); /* NULL is fine */
DEFINE_SCOPED(struct forms, forms_free)

/*
 * The form with this reference, parsed; *out is NULL where there is none, or
 * none that this Foyer can run. It belongs to forms.
 */
MUST_CHECK enum fault forms_find(struct forms *forms,
				 const uint8_t reference[8],
				 struct filed_form **out);

/*
 * Visits every form that this Foyer can run, parsed, those of the home's folder
 * first; false stops.
 */
typedef bool forms_visit(void *to, const struct filed_form *form);
MUST_CHECK enum fault forms_each(struct forms *forms, forms_visit *visit,
				 void *to);

/* As filing_import_form(). */
MUST_CHECK enum fault forms_import(struct forms *forms, const char *path);
