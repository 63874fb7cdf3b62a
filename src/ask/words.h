#pragma once

#include "form/run.h"

/*
 * A form's words as a person reads and hears them: without the marks that
 * forms have in them (text/markup.h). The caller frees them; NULL where the
 * form has none.
 */
char *words_label(const struct node *node);
char *words_short_label(const struct node *node);
char *words_hint(const struct node *node);
char *words_guidance(const struct node *node);
char *words_violation(const struct node *node);

/* A choice's label, or its value where it has none. */
char *words_choice(const struct choice_item *item);
