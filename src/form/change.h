#pragma once

#include "form/node.h"

/*
 * What a change brings with it: values and relevance change here, and who reads
 * them is asked for, by rank. settle() then evaluates.
 */

/* Asks for an aspect of a node to be evaluated in this pass. */
void change_want(struct node *node, enum aspect aspect);

/* Asks for all that node and the nodes below it have. */
void change_want_all(struct node *node);

/* The next that was asked for, lowest rank first; false if nothing is left. */
bool change_next(struct run *run, struct job *out);

/* What a node reads has changed: its dependents are wanted. */
void change_text(struct node *node);

/* Instances came to or went from a range: who reads them is wanted. */
void change_count(struct node *range);

/* Works out whether node and those below it are relevant, from what their
 * expressions last said. */
void change_relevance(struct node *node);

/* Stores a computed or default value, as its type has it. */
void change_store(struct node *node, const char *text);

/* Makes a node's text what its value is, as far as it is offered. */
void change_show(struct node *node);
