#pragma once

#include "form/run.h"

/*
 * A form's words without the marks that forms have in them (text/markup.h): as
 * a person hears them, and finds them in a list; or as they are seen, with
 * letters that are bold and italic. The caller frees them; NULL where the form
 * has none.
 */
char *plain_label(const struct node *node);
char *plain_short_label(const struct node *node);
char *plain_frame_label(const struct node *node);
char *plain_hint(const struct node *node);

char *styled_label(const struct node *node);
char *styled_frame_label(const struct node *node);
char *styled_hint(const struct node *node);
char *styled_guidance(const struct node *node);
char *styled_violation(const struct node *node);

/* A choice's label, or its value where it has none. */
char *plain_choice(const struct choice_item *item);
char *styled_choice(const struct choice_item *item);
