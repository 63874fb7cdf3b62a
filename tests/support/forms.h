#pragma once

#include <stdint.h>

#include "form/form.h"
#include "form/run.h"

/*
 * Small forms for tests, and a world without chance or clock. Everything here
 * fails the test where it cannot do what it says.
 */

/*
 * A form whose model and body are these elements:
 *   model: what stands in <model>, its first <instance> included
 * The usual namespaces are declared; the default one is XForms.
 */
struct form *forms_of(const char *model, const char *body);

/* The same, with data inside the root of the instance, "/data", in a model
 * that goes on with rest: binds, other instances. */
struct form *forms_data(const char *data, const char *rest, const char *body);

/* The same document as text, for the caller to free. */
char *forms_text(const char *model, const char *body);

/* Noon UTC of 3 February 2020, bytes that count up, property "p" is "set". */
extern const struct run_world forms_world;

struct run *forms_run(const struct form *form);

/*
 * The document of a form of count questions, side by side: every tenth decides
 * about the nine behind it. The last is a sum that reads the first of each
 * hundred. The caller frees it.
 */
char *forms_many(int count);

/* Sets an answer by reference; gives what came of it. */
enum run_answer forms_set(struct run *run, const char *reference,
			  const char *value);

/* The value of a node by reference; "" too where it is not relevant. */
const char *forms_value(const struct run *run, const char *reference);

/* The node; there must be one. */
struct node *forms_node(const struct run *run, const char *reference);

/* Asserts that the form is refused with a fault, and that what is logged holds
 * each of the words (NULL ends them). */
void forms_refused(const char *model, const char *body, enum fault fault, ...);
