#include "form/xml.h"

#include <assert.h>
#include <libxml/c14n.h>
#include <libxml/chvalid.h>
#include <libxml/parser.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "form/limits.h"

/* No network, no HUGE; without NOENT and DTDLOAD entities stay unread. */
#define READ_OPTIONS (XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING)

static void refuse_doctype(void *to, const xmlChar *name, const xmlChar *id,
			   const xmlChar *system)
{
	xmlParserCtxt *context = to;

	(void)name, (void)id, (void)system; /* what it declares is not read */
	context->_private = context;        /* "a DOCTYPE was met" */
	xmlStopParser(context);
}

static enum fault complain(const char *name, xmlParserCtxt *context)
{
	const xmlError *error = xmlCtxtGetLastError(context);

	if (context->_private) {
		log_error("%s: has a DOCTYPE, which could pull in other files; "
			  "remove it",
			  name);
	} else if (error && error->message) {
		log_error("%s:%d: not well-formed XML: %.*s", name, error->line,
			  (int)strcspn(error->message, "\n"), error->message);
	} else {
		log_error("%s: not an XML document", name);
	}
	return FAULT_FORMAT;
}

static void quiet(void *to, xmlErrorPtr error)
{
	(void)to, (void)error; /* read from the context when parsing ends */
}

enum fault xml_read(const char *name, const void *bytes, size_t length,
		    xmlDoc **out)
{
	static_assert(FORM_BYTES_LIMIT < INT_MAX, "libxml2 counts in int");
	if (length > FORM_BYTES_LIMIT) {
		log_error("%s: larger than %d MiB", name,
			  FORM_BYTES_LIMIT / (1024 * 1024));
		return FAULT_LIMIT;
	}

	xmlParserCtxt *context = xmlNewParserCtxt();
	if (!context)
		abort();
	context->sax->internalSubset = refuse_doctype;
	context->sax->serror = quiet;

	xmlDoc *doc = xmlCtxtReadMemory(context, bytes, (int)length, NULL, NULL,
					READ_OPTIONS);
	enum fault fault = FAULT_NONE;
	if (!doc || context->_private) {
		fault = complain(name, context);
		xmlFreeDoc(doc);
	} else {
		*out = doc;
	}
	xmlFreeParserCtxt(context);
	return fault;
}

enum fault xml_canonical(const char *name, xmlDoc *doc, struct bytes *out)
{
	xmlChar *text = NULL;
	int length =
	    xmlC14NDocDumpMemory(doc, NULL, XML_C14N_1_1, NULL, 0, &text);

	if (length < 0) {
		log_error("%s: cannot be made canonical XML", name);
		return FAULT_FORMAT;
	}
	bytes_add(out, text, (size_t)length);
	xmlFree(text);
	return FAULT_NONE;
}

xmlNode *xml_element(xmlNode *node)
{
	while (node && node->type != XML_ELEMENT_NODE)
		node = node->next;
	return node;
}

bool xml_is_named(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE &&
	       strcmp((const char *)node->name, name) == 0;
}

xmlNode *xml_named(xmlNode *node, const char *name)
{
	while (node && !xml_is_named(node, name))
		node = node->next;
	return node;
}

static bool same_namespace(const xmlNs *ns, const char *href)
{
	return ns ? href && strcmp((const char *)ns->href, href) == 0 : !href;
}

bool xml_is(const xmlNode *node, const char *ns, const char *name)
{
	return xml_is_named(node, name) && same_namespace(node->ns, ns);
}

const char *xml_attribute_value(const xmlAttr *attribute)
{
	const xmlNode *text = attribute->children;

	/* Without a DTD there are no entities, so at most one text node. */
	return text && text->content ? (const char *)text->content : "";
}

bool xml_holds(const char *text)
{
	static const int least[] = { 0, 0, 0x80, 0x800, 0x10000 };

	while (*text) {
		int length = (int)strnlen(text, 4);
		int letter =
		    xmlGetUTF8Char((const unsigned char *)text, &length);

		if (letter < least[letter < 0 ? 0 : length] ||
		    !xmlIsCharQ((unsigned)letter))
			return false;
		text += length;
	}
	return true;
}

const char *xml_attribute_of(const xmlNode *element, const char *ns,
			     const char *name)
{
	for (const xmlAttr *a = element->properties; a; a = a->next) {
		if (same_namespace(a->ns, ns) &&
		    strcmp((const char *)a->name, name) == 0)
			return xml_attribute_value(a);
	}
	return NULL;
}

const char *xml_attribute(const xmlNode *element, const char *name)
{
	return xml_attribute_of(element, NULL, name);
}

char *xml_text(const xmlNode *node)
{
	xmlChar *content = xmlNodeGetContent(node);
	char *text = xstrdup(content ? (const char *)content : "");

	xmlFree(content);
	return text;
}

char *xml_qualified(const xmlNode *node)
{
	if (node->ns && node->ns->prefix)
		return xasprintf("%s:%s", (const char *)node->ns->prefix,
				 (const char *)node->name);
	return xstrdup((const char *)node->name);
}
