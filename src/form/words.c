#include "form/words.h"

#include <stdlib.h>
#include <string.h>

#include "form/expression.h"
#include "form/xml.h"

bool words_any(const struct words *words)
{
	return words->itext || words->itext_id || words->reference ||
	       words->inside || words->literal;
}

void words_done(struct words *words)
{
	free(words->itext);
	free(words->literal);
	*words = (struct words){ 0 };
}

/* The text of a string literal that is all of it, or NULL. */
static char *whole_literal(const char *text, size_t length)
{
	if (length < 2 || (*text != '\'' && *text != '"') ||
	    text[length - 1] != *text || memchr(text + 1, *text, length - 2))
		return NULL;
	return xstrndup(text + 1, length - 2);
}

static const char *trimmed(const char *text, size_t *length)
{
	static const char blanks[] = " \t\r\n";

	text += strspn(text, blanks);
	*length = strlen(text);
	while (*length && strchr(blanks, text[*length - 1]))
		(*length)--;
	return text;
}

/* The argument of jr:itext(...) where that call is all of text; or NULL. */
static char *itext_argument(const char *text)
{
	static const char call[] = "jr:itext(";
	size_t length;

	text = trimmed(text, &length);
	if (strncmp(text, call, sizeof call - 1) != 0 ||
	    text[length - 1] != ')')
		return NULL;
	return xstrndup(text + sizeof call - 1, length - sizeof call);
}

/* Whether it was a jr:itext() is in *found. */
static enum fault read_itext(struct form *form, const char *text,
			     const char *place, struct words *out, bool *found)
{
	SCOPED(char_freep) char *argument = itext_argument(text);
	size_t length;

	*found = argument != NULL;
	if (!argument)
		return FAULT_NONE;
	const char *inner = trimmed(argument, &length);
	out->itext = whole_literal(inner, length);
	return out->itext
		   ? FAULT_NONE
		   : form_expression(form, place, argument, &out->itext_id);
}

enum fault words_read_text(struct form *form, const char *text,
			   const char *place, struct words *out)
{
	bool found;
	enum fault fault = read_itext(form, text, place, out, &found);

	if (!found)
		out->literal = xstrdup(text);
	return fault;
}

enum fault words_read_outputs(struct form *form, xmlNode *element,
			      const char *place)
{
	for_each_element(child, element)
	{
		const char *value = xml_attribute(child, "value");
		enum fault fault;

		if (strcmp((const char *)child->name, "output") != 0) {
			fault = words_read_outputs(form, child, place);
		} else {
			struct expression *expression = NULL;

			if (!value)
				value = xml_attribute(child, "ref");
			if (!value)
				continue;
			fault =
			    form_expression(form, place, value, &expression);
			child->_private = expression;
		}
		if (fault)
			return fault;
	}
	return FAULT_NONE;
}

enum fault words_read(struct form *form, xmlNode *element, const char *place,
		      struct words *out)
{
	const char *ref = xml_attribute(element, "ref");
	enum fault fault;
	bool found;

	if (!ref) {
		out->inside = element;
		return words_read_outputs(form, element, place);
	}
	fault = read_itext(form, ref, place, out, &found);
	return fault || found
		   ? fault
		   : form_expression(form, place, ref, &out->reference);
}
