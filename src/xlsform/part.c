#include "xlsform/part.h"

#include <stdlib.h>
#include <string.h>

/* What libxml2 complains of is told in our words, by part_next(). */
static void silent(void *to, const char *message, xmlParserSeverities severity,
		   xmlTextReaderLocatorPtr place)
{
	(void)to, (void)message, (void)severity, (void)place;
}

enum fault part_open(struct package *package, const char *name,
		     struct part *part)
{
	*part = (struct part){ .package = package };
	part->fault = package_read(package, name, &part->bytes);
	if (part->fault || !part->bytes.length)
		return part->fault;
	part->reader = xmlReaderForMemory(
	    (const char *)part->bytes.data, (int)part->bytes.length, NULL, NULL,
	    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	if (!part->reader)
		abort();
	xmlTextReaderSetErrorHandler(part->reader, silent, NULL);
	return FAULT_NONE;
}

void part_done(struct part *part)
{
	xmlFreeTextReader(part->reader);
	bytes_done(&part->bytes);
	*part = (struct part){ 0 };
}

static bool refuse(struct part *part, const char *words)
{
	part->fault = FAULT_FORMAT;
	package_complain(part->package, words);
	return false;
}

bool part_next(struct part *part)
{
	int more = 0;

	if (part->reader && !part->fault)
		more = xmlTextReaderRead(part->reader);
	if (more < 0)
		return refuse(part, "damaged; save it again as .xlsx in the "
				    "spreadsheet program");
	if (more && xmlTextReaderNodeType(part->reader) ==
			XML_READER_TYPE_DOCUMENT_TYPE)
		return refuse(part, "holds a document type, which no "
				    "spreadsheet program writes; it is "
				    "refused");
	return more > 0;
}

static bool is(const struct part *part, int type, const char *name)
{
	return xmlTextReaderNodeType(part->reader) == type &&
	       !strcmp((const char *)xmlTextReaderConstLocalName(part->reader),
		       name);
}

bool part_starts(const struct part *part, const char *name)
{
	return is(part, XML_READER_TYPE_ELEMENT, name);
}

bool part_ends(const struct part *part, const char *name)
{
	return is(part, XML_READER_TYPE_END_ELEMENT, name);
}

bool part_empty(const struct part *part)
{
	return xmlTextReaderIsEmptyElement(part->reader) == 1;
}

const char *part_text(const struct part *part)
{
	int type = xmlTextReaderNodeType(part->reader);

	if (type != XML_READER_TYPE_TEXT && type != XML_READER_TYPE_CDATA &&
	    type != XML_READER_TYPE_WHITESPACE &&
	    type != XML_READER_TYPE_SIGNIFICANT_WHITESPACE)
		return NULL;
	return (const char *)xmlTextReaderConstValue(part->reader);
}

/* Local names: r:id is id, however its prefix is spelt. */
char *part_attribute(const struct part *part, const char *name)
{
	char *found = NULL;

	for (int more = xmlTextReaderMoveToFirstAttribute(part->reader);
	     more == 1 && !found;
	     more = xmlTextReaderMoveToNextAttribute(part->reader))
		if (is(part, XML_READER_TYPE_ATTRIBUTE, name))
			found = xstrdup((const char *)xmlTextReaderConstValue(
			    part->reader));
	(void)xmlTextReaderMoveToElement(part->reader); /* back; 0: was there */
	return found;
}

size_t part_number(const struct part *part, const char *name, size_t otherwise)
{
	SCOPED(char_freep) char *text = part_attribute(part, name);
	size_t number = 0;

	if (!text || !*text || strlen(text) > 9)
		return otherwise;
	for (const char *c = text; *c; c++) {
		if (*c < '0' || *c > '9')
			return otherwise;
		number = 10 * number + (size_t)(*c - '0');
	}
	return number;
}

bool part_yes(const struct part *part, const char *name)
{
	SCOPED(char_freep) char *text = part_attribute(part, name);

	return text && (!strcmp(text, "1") || !strcmp(text, "true") ||
			!strcmp(text, "on"));
}

void part_add_runs(struct part *part, const char *name, struct bytes *out)
{
	bool in_text = false, spoken = false;

	if (part_empty(part))
		return;
	while (part_next(part) && !part_ends(part, name)) {
		const char *text = part_text(part);

		if (part_starts(part, "rPh"))
			spoken = !part_empty(part);
		else if (part_ends(part, "rPh"))
			spoken = false;
		else if (part_starts(part, "t"))
			in_text = !part_empty(part);
		else if (part_ends(part, "t"))
			in_text = false;
		else if (text && in_text && !spoken)
			bytes_add_text(out, text);
	}
}
