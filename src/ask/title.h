#pragma once

#include <stddef.h>

#include "ask/step.h"

/*
 * What stands at the head of a step's screen: the label of its group, or that
 * of its first question.
 */

/* Whose label it is; NULL: of no node, but of the group around the step that
 * has none (node_frame_label() of its head). */
struct node *title_node(const struct step *step);

/* The place of the first question that is asked: the title's, where the step
 * has no group. */
size_t title_first(const struct step *step);

/* As words, and as they are seen (text/emphasis.h). The caller frees it. */
char *title_words(const struct step *step);
char *title_styled(const struct step *step);

/* The address of its picture, a jr:// one; NULL where the form has none. The
 * caller frees it. */
char *title_picture(const struct step *step);
