#include <stdlib.h>
#include <string.h>

#include "form/change.h"
#include "form/event.h"
#include "form/run.h"
#include "form/settle.h"
#include "form/xml.h"

static void add_escaped(struct bytes *out, const char *text)
{
	for (; *text; text++) {
		switch (*text) {
		case '&':
			bytes_add_text(out, "&amp;");
			break;
		case '<':
			bytes_add_text(out, "&lt;");
			break;
		case '>':
			bytes_add_text(out, "&gt;");
			break;
		case '"':
			bytes_add_text(out, "&quot;");
			break;
		case '\r': /* a reader would make it a line feed */
			bytes_add_text(out, "&#13;");
			break;
		default:
			bytes_add_byte(out, (uint8_t)*text);
		}
	}
}

static void add_name(struct bytes *out, const xmlNode *xml)
{
	if (xml->ns && xml->ns->prefix)
		bytes_add_format(out, "%s:", (const char *)xml->ns->prefix);
	bytes_add_text(out, (const char *)xml->name);
}

static bool is_hidden(const xmlAttr *attribute)
{
	const struct node *node = attribute->_private;

	return node && !node->relevant;
}

static void add_start(struct bytes *out, const xmlNode *xml)
{
	bytes_add_byte(out, '<');
	add_name(out, xml);
	for (const xmlNs *ns = xml->nsDef; ns; ns = ns->next) {
		bytes_add_format(out, " xmlns:%s=\"", (const char *)ns->prefix);
		add_escaped(out, (const char *)ns->href);
		bytes_add_byte(out, '"');
	}
	for (const xmlAttr *a = xml->properties; a; a = a->next) {
		if (is_hidden(a))
			continue;
		bytes_add_byte(out, ' ');
		add_name(out, (const xmlNode *)a);
		bytes_add_text(out, "=\"");
		add_escaped(out, xml_attribute_value(a));
		bytes_add_byte(out, '"');
	}
}

static void add_node(struct bytes *out, const struct node *node);

static void add_children(struct bytes *out, const struct node *node)
{
	for (const struct node *child = node->first; child;
	     child = child->next) {
		if (node_is_range(child))
			add_children(out, child);
		else if (child->relevant)
			add_node(out, child);
	}
}

static void add_node(struct bytes *out, const struct node *node)
{
	size_t before;

	add_start(out, node->xml);
	before = out->length;
	bytes_add_byte(out, '>');
	if (node->field->child_count)
		add_children(out, node);
	else
		add_escaped(out, node_text(node));
	if (out->length == before + 1) {
		out->length = before;
		bytes_add_text(out, "/>");
		return;
	}
	bytes_add_text(out, "</");
	add_name(out, node->xml);
	bytes_add_byte(out, '>');
}

/* The moment of finishing, which only now is known. */
static void take_end(struct node *node)
{
	if (node->field->preload.kind == PRELOAD_END) {
		char *now = event_preload(node->run, &node->field->preload);

		if (now)
			change_store(node, now);
		free(now);
	}
	for (struct node *a = node->attributes; a; a = a->next)
		take_end(a);
	for (struct node *child = node->first; child; child = child->next)
		take_end(child);
}

/* No receiver takes a submission without an id, whatever the form says. */
static void complete_id(struct run *run)
{
	const struct preload uid = { .kind = PRELOAD_UID };
	const struct field *field = run->form->instance_id;
	struct node *node = field ? node_seen(run->root, field->path) : NULL;

	if (!node || *node_text(node))
		return;
	char *id = event_preload(run, &uid);
	if (id)
		change_store(node, id);
	free(id);
}

enum fault run_submission(struct run *run, struct bytes *out)
{
	run->now = run->world->now ? run->world->now(run->world->to) : 0;
	take_end(run->root);
	complete_id(run);
	enum fault fault = settle(run);

	if (!fault)
		add_node(out, run->root);
	return fault;
}
