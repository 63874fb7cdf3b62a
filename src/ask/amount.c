#include "ask/amount.h"

#include <string.h>

#include "base/memory.h"
#include "text/digits.h"

static const char *tag_of(const struct field *field)
{
	return field->look->language->tag;
}

static bool is_number(const struct node *node)
{
	return node_type(node) == TYPE_INT || node_type(node) == TYPE_DECIMAL;
}

bool amount_is(const struct node *node)
{
	return is_number(node) || amount_is_parted(node);
}

bool amount_is_parted(const struct node *node)
{
	return node_appears(node, "thousands-sep");
}

char *amount_as_written(const char *value)
{
	size_t length = strlen(value);
	bool whole = length > 2 && strcmp(value + length - 2, ".0") == 0;

	return xstrndup(value, whole ? length - 2 : length);
}

char *amount_shown(const struct field *field)
{
	SCOPED(char_wipep)
	char *written = amount_as_written(node_value(field->node));

	if (amount_is_parted(field->node))
		return digits_parted(tag_of(field), written);
	return is_number(field->node) ? digits_written(tag_of(field), written)
				      : xstrdup(node_value(field->node));
}

char *amount_parted(const struct field *field, const char *text)
{
	return digits_parted(tag_of(field), text);
}

char *amount_kept(const struct field *field, const char *text)
{
	if (amount_is_parted(field->node))
		return digits_joined(tag_of(field), text);
	return is_number(field->node) ? digits_plain(text) : xstrdup(text);
}
