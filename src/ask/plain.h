#pragma once

#include "form/run.h"

/*
 * A form's words as a person reads and hears them: without the marks that
 * forms have in them (text/markup.h). The caller frees them; NULL where the
 * form has none.
 */
char *plain_label(const struct node *node);
char *plain_short_label(const struct node *node);
char *plain_hint(const struct node *node);
char *plain_guidance(const struct node *node);
char *plain_violation(const struct node *node);

/* A choice's label, or its value where it has none. */
char *plain_choice(const struct choice_item *item);
