#include "form/choices.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "form/evaluate.h"
#include "form/itemset.h"
#include "form/offer.h"
#include "form/say.h"
#include "form/value.h"
#include "form/word.h"
#include "form/xml.h"

static const struct itemset *itemset_of(const struct node *node)
{
	return node->field->control ? node->field->control->itemset : NULL;
}

/* What node_each_choice() lists: the choices, or the marks of a range. */
static const struct itemset *listed_of(const struct node *node)
{
	const struct itemset *itemset = itemset_of(node);

	return itemset || !node->field->control ? itemset
						: node->field->control->marks;
}

void choices_forget(struct node *node)
{
	if (node->offer)
		node->offer->known = false;
}

static void add_row(struct offer *offer, const struct form_choice *choice,
		    xmlNode *row, const struct words *label)
{
	offer->rows[offer->count++] = (struct row){
		.value = choice->value,
		.row = row,
		.label = label,
	};
}

static void add_found(struct node *node, struct offer *offer,
		      const struct xpath_value *rows)
{
	const struct itemset *itemset = itemset_of(node);

	for (size_t i = 0; i < rows->count; i++) {
		SCOPED(char_freep)
		char *value =
		    itemset_value(node->run->form, itemset, rows->nodes[i]);
		int index = value ? itemset_index(itemset, value) : -1;

		if (index >= 0)
			add_row(offer, &itemset->list->choices[index],
				rows->nodes[i], &itemset->label);
	}
}

static enum fault find_rows(struct node *node, struct offer *offer)
{
	const struct itemset *itemset = itemset_of(node);
	struct xpath_value rows = { 0 };
	enum fault fault = run_evaluate(node->run, itemset->nodeset, node->xml,
					node->xml, &rows);

	if (!fault && rows.count) {
		offer->rows = xcalloc(rows.count, sizeof *offer->rows);
		add_found(node, offer, &rows);
	}
	xpath_value_done(&rows);
	return fault;
}

static void list_items(const struct itemset *itemset, struct offer *offer)
{
	offer->rows = xcalloc(itemset->list->count + 1, sizeof *offer->rows);
	for (size_t i = 0; i < itemset->list->count; i++) {
		const struct form_choice *choice = &itemset->list->choices[i];

		add_row(offer, choice, choice->row, &choice->label);
	}
}

/* The offer with its rows as they are now. A filter that failed would fail
 * again, and take as long, until an answer that it reads has changed: its fault
 * is noted in run->fault each time. */
static enum fault look(struct node *node, struct offer **out)
{
	const struct itemset *itemset = itemset_of(node);

	if (!node->offer)
		node->offer = xcalloc(1, sizeof *node->offer);
	if (!node->offer->known) {
		offer_forget_rows(node->offer);
		if (itemset->nodeset)
			node->offer->fault = find_rows(node, node->offer);
		else
			list_items(itemset, node->offer);
		node->offer->known = true;
	}
	if (!node->run->fault)
		node->run->fault = node->offer->fault;
	*out = node->offer;
	return node->offer->fault;
}

enum fault choices_try(struct node *node)
{
	struct offer *offer;
	enum fault fault = itemset_of(node) ? look(node, &offer) : FAULT_NONE;

	node->run->fault = FAULT_NONE; /* said; it is no fault of an answer */
	return fault;
}

bool choices_none(struct node *node)
{
	return itemset_of(node) && (choices_try(node) || !node->offer->count);
}

bool choices_has(struct node *node, const char *value, size_t length)
{
	struct offer *offer;

	return look(node, &offer) == FAULT_NONE &&
	       offer_find(offer, value, length) != NULL;
}

static char *shown_words(const struct offer *offer, const char *value)
{
	struct bytes out = { 0 };

	bytes_add_text(&out, "");
	while (*(value += strspn(value, " \t\r\n"))) {
		size_t length = strcspn(value, " \t\r\n");

		if (offer_find(offer, value, length)) {
			if (out.length)
				bytes_add_byte(&out, ' ');
			bytes_add(&out, value, length);
		}
		value += length;
	}
	return bytes_take_text(&out);
}

char *choices_shown(struct node *node)
{
	const char *value = node->value;
	struct offer *offer;

	/* Where the filter fails the answer is left as it is. */
	if (!itemset_of(node) || !value || !*value || look(node, &offer))
		return NULL;
	if (node->field->control->multiple)
		return shown_words(offer, value);
	return xstrdup(offer_find(offer, value, strlen(value)) ? value : "");
}

/* Its picture in the run's language; NULL where there is none. */
static char *row_image(struct node *node, const struct row *row)
{
	const struct itemset *itemset = listed_of(node);

	return itemset->label_name
		   ? NULL
		   : say(node, row->label,
			 itemset->nodeset ? row->row : node->xml, "image");
}

/* The words of the full list's choice. */
static const struct words *words_in(const struct itemset *itemset, size_t index)
{
	return itemset->nodeset ? &itemset->label
				: &itemset->list->choices[index].label;
}

/* Where its words are seen from. */
static xmlNode *place_of(const struct node *node, const struct row *row)
{
	return listed_of(node)->nodeset ? row->row : node->xml;
}

static char *row_label(struct node *node, const struct row *row)
{
	const struct itemset *itemset = listed_of(node);
	xmlNode *at = place_of(node, row);
	char *label = NULL;

	if (itemset->label_name)
		label = itemset_column(row->row, itemset->label_name);
	else
		label = say(node, row->label, at, NULL);
	return label ? label : xstrdup(row->value);
}

char *choices_label(struct node *node, const char *value)
{
	struct offer *offer;
	const struct row *row;

	if (!itemset_of(node) || look(node, &offer))
		return NULL;
	row = offer_find(offer, value, strlen(value));
	return row ? row_label(node, row) : NULL;
}

/* Offered now, or one of a range's marks; NULL: neither. */
static const struct words *words_of(struct node *node, const char *value,
				    xmlNode **place)
{
	const struct itemset *listed = listed_of(node);
	int mark = itemset_of(node) ? -1 : itemset_index(listed, value);
	struct offer *offer;
	const struct row *row;

	if (mark >= 0) {
		*place = listed->list->choices[mark].row;
		return words_in(listed, (size_t)mark);
	}
	if (!itemset_of(node) || look(node, &offer) ||
	    !(row = offer_find(offer, value, strlen(value))))
		return NULL;
	*place = place_of(node, row);
	return row->label;
}

char *choices_key(struct node *node, const char *value)
{
	const struct itemset *listed = listed_of(node);
	const struct words *words;
	xmlNode *place;

	if (!listed || listed->label_name ||
	    !(words = words_of(node, value, &place)))
		return NULL;
	if (words->itext)
		return xstrdup(words->itext);
	return words->itext_id
		   ? run_evaluate_text(node->run, words->itext_id, place, place)
		   : NULL;
}

/* The text of a row's column, as the document holds it; NULL if none. */
static const char *column_of(const xmlNode *row, const char *name)
{
	const xmlNode *child = xml_named(row->children, name);

	if (!child)
		return NULL;
	return child->children && child->children->content
		   ? (const char *)child->children->content
		   : "";
}

static bool is_yes(const char *text)
{
	static const char *const yes[] = { "true", "yes", "1", "true()" };

	for (size_t i = 0; text && i < COUNT(yes); i++) {
		if (strcasecmp(text, yes[i]) == 0)
			return true;
	}
	return false;
}

static void label_items(struct node *node, struct offer *offer)
{
	offer->items = xcalloc(offer->count + 1, sizeof *offer->items);
	offer->generation = node->run->generation;
	for (size_t i = 0; i < offer->count; i++) {
		const struct row *row = &offer->rows[i];

		offer->items[i] = (struct choice_item){
			.value = row->value,
			.label = row_label(node, row),
			.image = row_image(node, row),
			.hides = is_yes(column_of(row->row, "private")),
			.quotes =
			    say_quotes(node, row->label, place_of(node, row)),
		};
	}
}

char *choices_in_order(const struct node *node, const char *value)
{
	const struct itemset *itemset = itemset_of(node);
	struct bytes out = { 0 };

	bytes_add_text(&out, "");
	for (size_t i = 0; i < itemset->list->count; i++) {
		const char *choice = itemset->list->choices[i].value;

		if (itemset_index(itemset, choice) != (int)i ||
		    !word_in(value, choice))
			continue;
		if (out.length)
			bytes_add_byte(&out, ' ');
		bytes_add_text(&out, choice);
	}
	return bytes_take_text(&out);
}

enum fault choices_items(struct node *node, const struct choice_item **items,
			 size_t *count)
{
	struct offer *offer;
	enum fault fault;

	*items = NULL;
	*count = 0;
	if (!itemset_of(node))
		return FAULT_NONE;
	fault = look(node, &offer);
	if (!fault && offer->items &&
	    offer->generation != node->run->generation)
		offer_forget_items(offer);
	if (!fault && !offer->items)
		label_items(node, offer);
	node->run->fault = FAULT_NONE; /* told here, not at the next answer */
	if (fault)
		return fault;
	*items = offer->items;
	*count = offer->count;
	return FAULT_NONE;
}

const char *choices_column(struct node *node, const char *value,
			   const char *column)
{
	struct offer *offer;
	const struct row *row;

	if (!itemset_of(node) || look(node, &offer))
		return NULL;
	row = offer_find(offer, value, strlen(value));
	return row ? column_of(row->row, column) : NULL;
}

void choices_each(struct node *node,
		  void (*visit)(void *to, const struct choice_item *item),
		  void *to)
{
	const struct itemset *itemset = listed_of(node);
	struct offer offer = { 0 };

	if (!itemset)
		return;
	offer.rows = xcalloc(itemset->list->count + 1, sizeof *offer.rows);
	for (size_t i = 0; i < itemset->list->count; i++) {
		const struct form_choice *choice = &itemset->list->choices[i];

		add_row(&offer, choice, choice->row, words_in(itemset, i));
	}
	label_items(node, &offer);
	for (size_t i = 0; i < offer.count; i++)
		visit(to, &offer.items[i]);
	offer_forget_rows(&offer);
}
