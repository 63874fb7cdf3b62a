#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/memory.h"
#include "xlsform/nearest.h"

/* What the type column says, in every spelling that XLSForm tools accept. */

enum type_role {
	TYPE_QUESTION, /* has a control, or is a value without one */
	TYPE_SELECT,
	TYPE_BEGIN_GROUP,
	TYPE_END_GROUP,
	TYPE_BEGIN_REPEAT,
	TYPE_END_REPEAT,
	TYPE_INSTANCE, /* csv-external: a file to look things up in */
	TYPE_AUDIT,
};

struct type {
	const char *name;
	enum type_role role;
	const char *bind;    /* XForms type, "string" */
	const char *control; /* "input"; NULL: a value without a control */
	bool readonly;
	const char *preload, *parameter; /* jr:preload, jr:preloadParams */
	const char *mediatype;           /* of an upload */
	const char *refused; /* why the form cannot have it, and the mend */
	const char *warning; /* what becomes of it on the kiosk */
};

/* A type cell, taken apart. */
struct type_cell {
	const struct type *type; /* NULL: unknown */
	char *list;              /* of a select: list or file name; NULL */
	bool from_file;
	bool from_repeat; /* ${repeat} */
	bool or_other;
};

/* Offers every type there is to somebody who wrote another. */
void type_offer(struct nearest *nearest);

/* The caller releases *out with type_cell_done(). */
void type_read(const char *cell, struct type_cell *out);
void type_cell_done(struct type_cell *cell);
