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

static char *with_emphasis(char *text)
{
	char *out = text ? markup_styled(text) : NULL;

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

char *plain_frame_label(const struct node *node)
{
	return without_marks(node_frame_label(node));
}

char *plain_hint(const struct node *node)
{
	return without_marks(node_hint(node));
}

char *styled_label(const struct node *node)
{
	return with_emphasis(node_label(node));
}

char *styled_frame_label(const struct node *node)
{
	return with_emphasis(node_frame_label(node));
}

char *styled_hint(const struct node *node)
{
	return with_emphasis(node_hint(node));
}

char *styled_guidance(const struct node *node)
{
	return with_emphasis(node_guidance(node));
}

char *styled_violation(const struct node *node)
{
	return with_emphasis(node_violation_message(node));
}

static const char *words_of(const struct choice_item *item)
{
	return item->label[0] ? item->label : item->value;
}

char *plain_choice(const struct choice_item *item)
{
	return markup_plain(words_of(item));
}

char *styled_choice(const struct choice_item *item)
{
	return markup_styled(words_of(item));
}
