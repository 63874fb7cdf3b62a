#include "ask/plain.h"

#include <stdlib.h>

#include "base/memory.h"
#include "text/markup.h"

/* Takes text over. */
static char *without_marks(char *text)
{
	char *out = text ? markup_plain(text) : NULL;

	char_wipe(text);
	return out;
}

char *plain_label(const struct node *node)
{
	return without_marks(node_label(node));
}

char *plain_short_label(const struct node *node)
{
	return without_marks(node_short_label(node));
}

char *plain_hint(const struct node *node)
{
	return without_marks(node_hint(node));
}

char *plain_guidance(const struct node *node)
{
	return without_marks(node_guidance(node));
}

char *plain_violation(const struct node *node)
{
	return without_marks(node_violation_message(node));
}

char *plain_choice(const struct choice_item *item)
{
	return markup_plain(item->label[0] ? item->label : item->value);
}
