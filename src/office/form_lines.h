#pragma once

#include <jansson.h>

#include "form/run.h"

/*
 * Nodes of a running form as JSON, one object each: path, node, relevant,
 * required, readonly; of what holds a value also value, type, valid and what
 * is wrong; of what takes choices those offered; label and hint, if any.
 */
json_t *form_line(struct node *node); /* for the caller to release */

/* Prints an object in one line, and releases it. */
void form_print_line(json_t *object);

/* Prints node and all below it, in document order. */
void form_print_lines(struct node *node);
