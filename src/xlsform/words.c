#include <stdlib.h>
#include <string.h>

#include "xlsform/document.h"

/*
 * Texts. One that is told in a language, or with media or guidance beside it,
 * goes to itext; all others stand where they are used.
 */

static const char *const media[] = { "image", "big-image", "audio", "video" };

static const struct {
	const char *kind, *folder;
} folders[] = {
	{ "image", "images" },
	{ "big-image", "images" },
	{ "audio", "audio" },
	{ "video", "video" },
};

/* A row of either sheet, and who asks for its ${x}. */
struct row_words {
	const struct sheet *sheet;
	const struct sheet_row *row;
	const struct item *item; /* NULL: a choice */
};

static struct row_words of_item(const struct document *document,
				const struct item *item)
{
	return (struct row_words){ document->survey.sheet, item->row, item };
}

/* --- languages ------------------------------------------------------------ */

static size_t language_at(struct document *document, const char *name)
{
	for (size_t i = 0; i < document->language_count; i++)
		if (!strcmp(document->languages[i].name, name))
			return i;
	document->languages =
	    xreallocarray(document->languages, document->language_count + 1,
			  sizeof *document->languages);
	document->languages[document->language_count] =
	    (struct words_language){ .name = xstrdup(name) };
	return document->language_count++;
}

/* Whether a cell of the column has sign in it; NULL: has anything. */
static bool column_has(const struct sheet *sheet, size_t column,
		       const char *sign)
{
	for (size_t i = 0; i < sheet->row_count; i++) {
		const char *cell = sheet->rows[i].cells[column];

		if (sign ? strstr(cell, sign) != NULL : *cell)
			return true;
	}
	return false;
}

static bool is_media(const char *key)
{
	for (size_t i = 0; i < COUNT(media); i++)
		if (!strcmp(key, media[i]))
			return true;
	return false;
}

/*
 * Whether a column without a language needs itext nevertheless: what stands in
 * an attribute can hold no output and keeps no line's end.
 */
static bool needs_itext(const struct sheet *sheet, size_t column)
{
	const char *key = sheet->columns[column].key;

	if (is_media(key) || !strcmp(key, "guidance_hint"))
		return column_has(sheet, column, NULL);
	if (strstr(key, "_message"))
		return column_has(sheet, column, "${") ||
		       column_has(sheet, column, "\n");
	return sheet->kind == SHEET_CHOICES && !strcmp(key, "label") &&
	       column_has(sheet, column, "${");
}

/* Languages that a sheet names; whether it needs itext for another reason. */
static bool find_languages(struct document *document, const struct sheet *sheet)
{
	bool needed = false;

	for (size_t i = 0; i < sheet->column_count; i++) {
		if (sheet->columns[i].language)
			language_at(document, sheet->columns[i].language);
		else
			needed |= needs_itext(sheet, i);
	}
	return needed;
}

/* A label beside label::French is of no language that anyone named. */
static void warn_of_mixture(struct document *document,
			    const struct sheet *sheet)
{
	int plain = sheet_find(sheet, "label", NULL);

	if (plain < 0 || *document->heading.default_language ||
	    !column_has(sheet, (size_t)plain, NULL))
		return;
	for (size_t i = 0; i < sheet->column_count; i++)
		if (!strcmp(sheet->columns[i].key, "label") &&
		    sheet->columns[i].language) {
			findings_add(
			    document->findings, FINDING_WARNING,
			    (struct finding_place){
				sheet->file, 1, sheet->columns[plain].title },
			    "counts as the language \"default\"; name "
			    "one: label::English (en)");
			return;
		}
}

/* Sounds and films go into the form, for others; a kiosk has no use for them.
 * One word of it for each column. */
static void warn_of_silence(struct document *document,
			    const struct sheet *sheet)
{
	static const struct {
		const char *key, *instead;
	} silent[] = {
		{ "audio",
		  "the kiosk plays none of it; it shows the label, and reads "
		  "it aloud where it has a voice for the language" },
		{ "video",
		  "the kiosk plays none of it; it shows the label, so say "
		  "there what the film does" },
	};

	for (size_t i = 0; i < sheet->column_count; i++)
		for (size_t k = 0; k < COUNT(silent); k++)
			if (!strcmp(sheet->columns[i].key, silent[k].key) &&
			    column_has(sheet, i, NULL))
				findings_add(document->findings,
					     FINDING_WARNING,
					     (struct finding_place){
						 sheet->file, 1,
						 sheet->columns[i].title },
					     "%s", silent[k].instead);
}

void words_start(struct document *document)
{
	const struct sheet *survey = &document->sheets->of[SHEET_SURVEY];
	const struct sheet *choices = &document->sheets->of[SHEET_CHOICES];
	const char *usual = document->heading.default_language;
	bool needed = find_languages(document, survey);

	warn_of_silence(document, survey);
	warn_of_silence(document, choices);
	needed |= find_languages(document, choices);
	if (!needed && !document->language_count)
		return;
	if (*usual || !document->language_count ||
	    sheet_find(survey, "label", NULL) >= 0 ||
	    sheet_find(choices, "label", NULL) >= 0)
		document->usual_language =
		    language_at(document, *usual ? usual : "default");
	warn_of_mixture(document, survey);
	warn_of_mixture(document, choices);
	document->itext = document_element(document, document->model, "itext");
	for (size_t i = 0; i < document->language_count; i++) {
		xmlNode *node =
		    document_element(document, document->itext, "translation");

		document_set(node, "lang", document->languages[i].name);
		if (i == document->usual_language &&
		    (*usual || document->language_count > 1))
			document_set(node, "default", "true()");
		document->languages[i].node = node;
	}
}

/* --- one text ------------------------------------------------------------- */

static const char *cell_in(const struct row_words *words, const char *key,
			   const char *language)
{
	int column = sheet_find(words->sheet, key, language);

	return column < 0 ? "" : words->row->cells[column];
}

/*
 * The text of key in a language: its own, or the one without a language where
 * that is the usual one. Media without a language serve all.
 */
static const char *told(const struct document *document,
			const struct row_words *words, const char *key,
			size_t language)
{
	const char *own =
	    cell_in(words, key, document->languages[language].name);

	if (*own || (language != document->usual_language && !is_media(key)))
		return own;
	return cell_in(words, key, NULL);
}

static bool told_in_languages(const struct row_words *words, const char *key)
{
	for (size_t i = 0; i < words->sheet->column_count; i++)
		if (words->sheet->columns[i].language &&
		    !strcmp(words->sheet->columns[i].key, key) &&
		    *words->row->cells[i])
			return true;
	return false;
}

static bool told_at_all(const struct row_words *words, const char *key)
{
	return told_in_languages(words, key) || *cell_in(words, key, NULL);
}

static bool has_media(const struct row_words *words)
{
	for (size_t i = 0; i < COUNT(media); i++)
		if (told_at_all(words, media[i]))
			return true;
	return false;
}

/* Text into node, ${x} as outputs. */
static void fill(struct document *document, xmlNode *node,
		 const struct row_words *words, const char *key,
		 const char *text)
{
	struct reference asker = {
		.survey = &document->survey,
		.from = words->item,
		.where = sheet_place(words->sheet, words->row, key),
		.findings = document->findings,
	};

	/* A text node of its own keeps the serialiser from adding blanks. */
	xmlAddChild(node, xmlNewDocText(document->xml, (const xmlChar *)""));
	for (const char *next; (next = strstr(text, "${"));) {
		xmlNodeAddContentLen(node, (const xmlChar *)text,
				     (int)(next - text));
		const struct item *to = reference_target(&asker, next, &text);

		if (!to)
			return;
		SCOPED(char_freep) char *path = reference_path(words->item, to);
		SCOPED(char_freep) char *value = xasprintf(" %s ", path);

		document_set(document_element(document, node, "output"),
			     "value", value);
	}
	xmlAddChild(node, xmlNewDocText(document->xml, (const xmlChar *)text));
}

/* <value> of a text in itext; form is NULL for the plain one. */
static void add_value(struct document *document, xmlNode **entry,
		      size_t language, const char *id, const char *form,
		      const struct row_words *words, const char *key)
{
	const char *text = told(document, words, key, language);

	if (!*text)
		return;
	if (!*entry) {
		*entry = document_element(
		    document, document->languages[language].node, "text");
		document_set(*entry, "id", id);
	}
	xmlNode *value = document_element(document, *entry, "value");

	if (form)
		document_set(value, "form", form);
	fill(document, value, words, key, text);
}

static void add_media(struct document *document, xmlNode **entry,
		      size_t language, const char *id,
		      const struct row_words *words)
{
	for (size_t i = 0; i < COUNT(folders); i++) {
		const char *name =
		    told(document, words, folders[i].kind, language);

		if (!*name)
			continue;
		if (!*entry) {
			*entry = document_element(
			    document, document->languages[language].node,
			    "text");
			document_set(*entry, "id", id);
		}
		SCOPED(char_freep)
		char *address =
		    xasprintf("jr://%s/%s", folders[i].folder, name);
		xmlNode *value = document_element(document, *entry, "value");

		document_set(value, "form", folders[i].kind);
		xmlNodeAddContent(value, (const xmlChar *)address);
	}
}

/* Every language's entry of an id. extra is the guidance's key, or NULL. */
static void add_entries(struct document *document, const char *id,
			const struct row_words *words, const char *key,
			const char *extra, bool with_media)
{
	for (size_t i = 0; i < document->language_count; i++) {
		xmlNode *entry = NULL;

		add_value(document, &entry, i, id, NULL, words, key);
		if (extra)
			add_value(document, &entry, i, id, "guidance", words,
				  extra);
		if (with_media)
			add_media(document, &entry, i, id, words);
	}
}

/* --- items ---------------------------------------------------------------- */

/* "/data/A3:label"; a flat group has no path of its own, but a name. */
static char *id_of(const struct item *item, const char *what)
{
	return item->flat ? xasprintf("%s/%s:%s", item->path,
				      item->name ? item->name : "group", what)
			  : xasprintf("%s:%s", item->path, what);
}

/* <label> or <hint>: with a reference to itext, or the text itself. */
static void add_text(struct document *document, xmlNode *control,
		     const struct row_words *words, const char *key,
		     const char *extra, bool with_media)
{
	bool in_itext = told_in_languages(words, key) ||
			(extra && told_at_all(words, extra)) ||
			(with_media && has_media(words));
	const char *text = cell_in(words, key, NULL);

	if (!in_itext && !*text)
		return;
	xmlNode *node = document_element(document, control, key);

	if (!in_itext) {
		fill(document, node, words, key, text);
		return;
	}
	SCOPED(char_freep) char *id = id_of(words->item, key);
	SCOPED(char_freep) char *reference = xasprintf("jr:itext('%s')", id);

	document_set(node, "ref", reference);
	add_entries(document, id, words, key, extra, with_media);
}

void words_add_label(struct document *document, xmlNode *control,
		     const struct item *item)
{
	struct row_words words = of_item(document, item);

	add_text(document, control, &words, "label", NULL, true);
	add_text(document, control, &words, "hint", "guidance_hint", false);
}

void words_message(struct document *document, xmlNode *bind,
		   const struct item *item, const char *key,
		   const char *attribute)
{
	struct row_words words = of_item(document, item);
	const char *text = cell_in(&words, key, NULL);
	bool in_itext = told_in_languages(&words, key) ||
			(*text && (strstr(text, "${") || strchr(text, '\n')));

	if (!in_itext) {
		if (*text)
			document_set(bind, attribute, text);
		return;
	}
	SCOPED(char_freep) char *id = id_of(item, attribute);
	SCOPED(char_freep) char *reference = xasprintf("jr:itext('%s')", id);

	document_set(bind, attribute, reference);
	add_entries(document, id, &words, key, NULL, false);
}

/* --- choices -------------------------------------------------------------- */

bool words_choices_translated(const struct document *document,
			      const struct choice_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		struct row_words words = { document->choices.sheet,
					   list->rows[i], NULL };

		if (told_in_languages(&words, "label") || has_media(&words) ||
		    strstr(cell_in(&words, "label", NULL), "${"))
			return true;
	}
	return false;
}

void words_add_choice(struct document *document, const struct sheet_row *row,
		      const char *id)
{
	struct row_words words = { document->choices.sheet, row, NULL };

	add_entries(document, id, &words, "label", NULL, true);
}
