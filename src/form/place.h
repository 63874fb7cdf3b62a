#pragma once

#include <stdbool.h>

#include "form/form.h"
#include "form/kind.h"

/*
 * The places of a form that a run makes nodes of, in document order, with what
 * is the same in every run. A repeat is one place, followed by the places
 * inside it; so a form can be numbered without running it.
 */
struct form_place {
	const char *path; /* without positions, as node_path() */
	const char *name;
	enum node_kind kind; /* NODE_REPEAT for a repeat, never an instance */
	enum node_type type;
	bool multiple;          /* select: several answers */
	bool control;           /* as node_has_control() */
	bool set;               /* some setvalue sets it */
	bool meta;              /* meta, or inside it */
	bool private;           /* as node_is_private() */
	const char *appearance; /* of its control; "" if none */
};

typedef void form_visit_place(void *to, const struct form_place *place);
void form_each_place(const struct form *form, form_visit_place *visit,
		     void *to);

/* Whether the appearance has the word. */
bool form_place_appears(const struct form_place *place, const char *word);
