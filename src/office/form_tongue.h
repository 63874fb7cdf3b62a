#pragma once

#include "base/fault.h"
#include "form/form.h"
#include "form/world.h"
#include "text/catalogue.h"
#include "text/language.h"

/*
 * A form as it reads in one language without a home: Foyer's own words and
 * those of the translations that ship, before the form's own. It is what a
 * run_world's functions are given, so it stays where it was opened.
 */
struct form_tongue {
	const struct form *form;
	const struct language *language;
	struct catalogue *words; /* of Foyer's screens, and of the form */
	struct run_world world; /* for run_new(); its clock is this machine's */
};

/*
 * tag: BCP 47; NULL: the form's default language, or English where it names
 * none. form outlives *tongue, which is released with form_tongue_done(), after
 * a fault too. FAULT_FORMAT: no known language, or a translation cannot be
 * read; it was said which.
 */
MUST_CHECK enum fault form_tongue_open(const struct form *form, const char *tag,
				       struct form_tongue *tongue);
void form_tongue_done(struct form_tongue *tongue);

/* Another language from here on. Faults as above, and nothing is changed. */
MUST_CHECK enum fault form_tongue_speak(struct form_tongue *tongue,
					const char *tag);

/* Whether the words of Foyer's screens are there in the language of a tag. */
bool form_tongue_has(const char *tag);
