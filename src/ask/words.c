#include "ask/words.h"

#include <stdlib.h>

#include "base/memory.h"
#include "text/markup.h"

/* Takes text over. */
static char *plain(char *text)
{
	char *out = text ? markup_plain(text) : NULL;

	char_wipe(text);
	return out;
}

char *words_label(const struct node *node)
{
	return plain(node_label(node));
}

char *words_short_label(const struct node *node)
{
	return plain(node_short_label(node));
}

char *words_hint(const struct node *node)
{
	return plain(node_hint(node));
}

char *words_guidance(const struct node *node)
{
	return plain(node_guidance(node));
}

char *words_violation(const struct node *node)
{
	return plain(node_violation_message(node));
}

char *words_choice(const struct choice_item *item)
{
	return markup_plain(item->label[0] ? item->label : item->value);
}
