#pragma once

#include <libxml/tree.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"
#include "base/fault.h"
#include "base/memory.h"

/* XML as forms use it: read safely, walked by local name and namespace. */

#define NS_XFORMS "http://www.w3.org/2002/xforms"
#define NS_XHTML "http://www.w3.org/1999/xhtml"
#define NS_JAVAROSA "http://openrosa.org/javarosa"
#define NS_OPENROSA "http://openrosa.org/xforms"
#define NS_ODK "http://www.opendatakit.org/xforms"
#define NS_ENTITIES "http://www.opendatakit.org/xforms/entities"
#define NS_FOYER "urn:foyer:xforms:1"

DEFINE_SCOPED(xmlDoc, xmlFreeDoc)

/*
 * Parses a document of at most FORM_BYTES_LIMIT bytes. Nothing is fetched, no
 * entity is replaced, and a DOCTYPE is refused where it is met, before a byte
 * of it is worked through. The caller frees *out with xmlFreeDoc().
 *
 * FAULT_FORMAT: not well-formed, or a DOCTYPE; the log names line and mend.
 * FAULT_LIMIT: too many bytes.
 */
MUST_CHECK enum fault xml_read(const char *name, const void *bytes,
			       size_t length, xmlDoc **out);

/* Adds the document as Canonical XML 1.1 without comments (W3C, 2008).
 * FAULT_FORMAT: it has no such form, with a relative namespace, say. */
MUST_CHECK enum fault xml_canonical(const char *name, xmlDoc *doc,
				    struct bytes *out);

/* The first element at node or behind it among its siblings; NULL if none. */
xmlNode *xml_element(xmlNode *node);

/* The next element of that local name, at node or behind it; NULL if none. */
xmlNode *xml_named(xmlNode *node, const char *name);
bool xml_is(const xmlNode *node, const char *ns, const char *name);
/* The same in whatever namespace. */
bool xml_is_named(const xmlNode *node, const char *name);

#define for_each_element(child, parent)                               \
	for (xmlNode *child = xml_element((parent)->children); child; \
	     child = xml_element(child->next))

/* An attribute's value, of no namespace or of ns; NULL where it is not. It
 * belongs to the document. */
const char *xml_attribute(const xmlNode *element, const char *name);
const char *xml_attribute_of(const xmlNode *element, const char *ns,
			     const char *name);
const char *xml_attribute_value(const xmlAttr *attribute);

/* Whether XML can hold the text (XML 1.0 §2.2): UTF-8 in its shortest form,
 * without control characters and what is no character. */
bool xml_holds(const char *text);

/* All text below node, for the caller to free. */
char *xml_text(const xmlNode *node);

/* "orx:meta", or "meta" where it has no prefix; the caller frees it. */
char *xml_qualified(const xmlNode *node);
