#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/memory.h"
#include "form/form.h"
#include "form/run.h"

/*
 * A form as a ticket sees it: its questions numbered in document order,
 * relevant or not, with how each one's answer is written. Both ends make the
 * same slots of the same form, so the numbers need not travel.
 *
 * Counted are nodes with a control that takes an answer, targets of setvalue,
 * and `language`; a repeat is one, and numbers its inside anew.
 */
struct slots;

enum slot_kind {
	SLOT_ONE,     /* an index into the choices */
	SLOT_SEVERAL, /* a bit for each choice */
	SLOT_INTEGER,
	SLOT_DATE,
	SLOT_DATE_PARTS, /* and a byte for precision and calendar */
	SLOT_DONE,       /* acknowledged: nothing but its index */
	SLOT_REPEAT,
	SLOT_TEXT,      /* short, with a limit in bytes; and every other type */
	SLOT_FREE_TEXT, /* long; the only kind that may raise the size class */
};

#define SLOT_NAMESPACE "urn:foyer:xforms:1"
#define SLOT_TEXT_BYTES 60 /* coded, of a short text: bind foyer:bytes */
#define SLOT_REPEAT_MAX 12 /* instances, for the floor: bind foyer:max */

struct slot {
	const char *path; /* without positions; belongs to the slots */
	enum slot_kind kind;
	unsigned index; /* among its siblings, from 0 */
	int choices;    /* SLOT_ONE, SLOT_SEVERAL */
	/*
	 * SLOT_REPEAT: instances that the floor counts on; a screen offers no
	 * more. Else the largest value in bytes, without a text's length; a
	 * person's text or number that is larger is refused.
	 */
	int most;
	bool typed;                /* a person types it */
	uint8_t parts;             /* SLOT_DATE_PARTS: the byte that follows */
	const struct slot *parent; /* the repeat it is inside of, or NULL */
	const struct slot *inside; /* SLOT_REPEAT: its first */
	size_t inside_count;
};

/*
 * Makes the slots of a form; form outlives them. The caller frees *out.
 * FAULT_FORMAT: the form cannot be run. FAULT_LIMIT: it has more than
 * FORM_NODES_LIMIT of them.
 */
MUST_CHECK enum fault slots_new(const struct form *form, struct slots **out);
void slots_free(struct slots *slots); /* NULL is fine */
DEFINE_SCOPED(struct slots, slots_free)

const struct form *slots_form(const struct slots *slots);
const struct slot *slots_first(const struct slots *slots, size_t *count);

/* The slot of a node of a run of this form, or NULL. */
const struct slot *slots_of(const struct slots *slots, const struct node *node);

/*
 * The floor: the smallest size class (0..2) that holds every answer at its
 * largest, short texts and repeats at their limits, long texts left out. Every
 * ticket of the form uses at least it, so the size tells nothing.
 */
unsigned slots_floor(const struct slots *slots);

/* Bytes of cover, answers at their largest and end, as the floor counts. */
size_t slots_largest(const struct slots *slots);

/* The most bytes that a slot takes with its index, long texts left out. */
size_t slot_largest(const struct slot *slot);
