#include "ask/pick_rows.h"

#include <stdlib.h>
#include <string.h>

#include "ask/plain.h"
#include "text/emphasis.h"
#include "text/fold.h"
#include "text/search.h"

#define ACKNOWLEDGED "OK"

static bool is_named(const char *list, const char *value)
{
	size_t length = strlen(value);

	for (const char *at = list; (at = strstr(at, value)); at += length) {
		if ((at == list || at[-1] == ' ') &&
		    (!at[length] || at[length] == ' '))
			return true;
	}
	return false;
}

/* A question may come back blank, whatever was answered before. */
static bool is_answered(const struct field *field, const char *value)
{
	return !field_comes_back_blank(field) &&
	       is_named(node_value(field->node), value);
}

static void add(const struct field *field, struct pick_rows *out,
		const struct pick_row *like)
{
	struct pick_row *row;

	out->rows = xreallocarray(out->rows, out->count + 1, sizeof *out->rows);
	row = &out->rows[out->count++];
	*row = *like;
	row->value = xstrdup(like->value);
	row->label = xstrdup(like->label);
	row->answered = is_answered(field, like->value);
}

/* --- choices, and languages beside them ------------------------------------
 */

/* Names of languages stand each in their own script. */
static bool is_language_list(const struct field *field)
{
	return node_appears(field->node, "language");
}

static bool is_offered(const struct field *field, const char *value)
{
	return !is_language_list(field) || !field->look->offers ||
	       field->look->offers(field->look->to, value);
}

static bool is_listed(const struct language *language,
		      const struct choice_item *items, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (language_find(items[i].value) == language)
			return true;
	}
	return false;
}

/* Those that the form does not list. */
static void add_languages(const struct field *field, struct pick_rows *out,
			  const struct choice_item *items, size_t count)
{
	const struct ask_look *look = field->look;
	const struct language *language;

	for (size_t i = 0; (language = look->beside(look->to, i)); i++) {
		if (is_listed(language, items, count))
			continue;
		add(field, out,
		    &(struct pick_row){
			.value = (char *)language->tag,
			.label = (char *)language->own_name,
			.language = language->tag,
			.beyond = language,
		    });
	}
}

/* "Another language", which is none, stands behind all of them. */
static bool is_no_language(const struct choice_item *item)
{
	return !language_find(item->value);
}

static const struct drawing *picture_of(const struct field *field,
					const struct choice_item *item)
{
	return item->image && field->look->picture
		   ? field->look->picture(field->look->to, item->image)
		   : NULL;
}

static void add_choice(const struct field *field, struct pick_rows *out,
		       const struct choice_item *item)
{
	SCOPED(char_wipep) char *label = styled_choice(item);

	if (is_offered(field, item->value))
		add(field, out,
		    &(struct pick_row){
			.value = (char *)item->value,
			.label = label,
			.language =
			    is_language_list(field) ? item->value : NULL,
			.picture = picture_of(field, item),
			.quotes = item->quotes,
			.hides = item->hides || field_comes_back_blank(field),
		    });
}

/* A filter that failed, or took too long, is in the log and offers none. */
static void add_choices(const struct field *field, struct pick_rows *out)
{
	bool beside = is_language_list(field) && field->look->beside;
	const struct choice_item *items;
	size_t count;

	if (node_choices(field->node, &items, &count))
		return;
	for (size_t i = 0; i < count; i++) {
		if (beside && is_no_language(&items[i])) {
			add_languages(field, out, items, count);
			beside = false;
		}
		add_choice(field, out, &items[i]);
	}
	/* A form without choices asks for none. */
	if (beside && count)
		add_languages(field, out, items, count);
}

/* --- the others ------------------------------------------------------------
 */

static void add_truths(const struct field *field, struct pick_rows *out)
{
	static const struct {
		const char *value, *word;
	} truths[] = { { "true", "kiosk.yes" }, { "false", "kiosk.no" } };

	for (size_t i = 0; i < COUNT(truths); i++) {
		SCOPED(char_freep)
		char *label =
		    catalogue_word(field->look->words, truths[i].word);

		add(field, out,
		    &(struct pick_row){ .value = (char *)truths[i].value,
					.label = label,
					.hides =
					    field_comes_back_blank(field) });
	}
}

static void add_acknowledgement(const struct field *field,
				struct pick_rows *out)
{
	SCOPED(char_freep)
	char *yes = catalogue_word(field->look->words, "kiosk.yes");

	add(field, out,
	    &(struct pick_row){ .value = (char *)ACKNOWLEDGED,
				.label = yes,
				.hides = field_comes_back_blank(field) });
}

void pick_rows_make(const struct field *field, struct pick_rows *out)
{
	*out = (struct pick_rows){ 0 };
	switch (node_kind(field->node)) {
	case NODE_TRIGGER:
		add_acknowledgement(field, out);
		break;
	case NODE_INPUT:
		add_truths(field, out);
		break;
	default:
		add_choices(field, out);
		break;
	}
}

void pick_rows_done(struct pick_rows *rows)
{
	for (size_t i = 0; i < rows->count; i++) {
		char_wipe(rows->rows[i].value);
		char_wipe(rows->rows[i].label);
		free(rows->rows[i].folded);
	}
	if (rows->rows)
		explicit_bzero(rows->rows, rows->count * sizeof *rows->rows);
	free(rows->rows);
	*rows = (struct pick_rows){ 0 };
}

bool pick_rows_same(const struct pick_rows *one, const struct pick_rows *other)
{
	for (size_t i = 0; i < one->count && i < other->count; i++) {
		if (strcmp(one->rows[i].value, other->rows[i].value) != 0 ||
		    strcmp(one->rows[i].label, other->rows[i].label) != 0)
			return false;
	}
	return one->count == other->count;
}

bool pick_row_fits(struct pick_row *row, const char *folded)
{
	if (!row->folded) {
		SCOPED(char_wipep)
		char *words = emphasis_bare(row->label, NULL);

		row->folded = fold_words(words);
	}
	return search_fits(row->folded, folded);
}
