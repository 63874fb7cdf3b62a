#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "tests/support/folder.h"
#include "tests/support/forms.h"
#include "tests/support/sheets.h"
#include "tests/test.h"
#include "text/catalogue.h"

/*
 * One form in four languages: two in columns, one of which has a gap; one of
 * these and a third in PO files, too.
 */
static const char *const survey =
    "type,name,label::English (en),label::French (fr)\n"
    "text,a,Your name,Votre nom\n"
    "text,b,Your town,\n"
    "select_one l,c,Your trade,Votre métier\n"
    "note,d,\"So you are ${a}, of ${b}\",\n";
static const char *const choices =
    "list_name,name,label::English (en),label::French (fr)\n"
    "l,x,Baker,Boulangère\n";

#define HEADER(tag)                                           \
	"msgid \"\"\nmsgstr \"\"\n\"Language: " tag "\\n\"\n" \
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\n"    \
	"\"X-Foyer-Status: draft\\n\"\n"
#define WORD(key, english, said)                             \
	"\nmsgctxt \"kin:" key "\"\nmsgid \"" english "\"\n" \
	"msgstr \"" said "\"\n"

static const struct {
	const char *tag, *text;
} files[] = {
	{ "fr", HEADER("fr") WORD("/data/b:label", "Your town", "Votre ville")
		    WORD("/data/c:label", "Your trade", "Votre profession") },
	{ "ar", HEADER("ar") WORD("/data/a:label", "Your name", "اسمك")
		    WORD("choices/l/x:label", "Baker", "خباز") WORD(
			"/data/d:label", "So you are {output1}, of {output2}",
			"{output2}: {output1}") },
};

/* The PO file that is open, by the tag of its language. */
struct tongue {
	const char *tag;
	struct catalogue *words;
};

static const char *translate(void *to, const char *language, const char *key)
{
	const struct tongue *tongue = to;
	SCOPED(char_freep) char *full = xasprintf("kin:%s", key);

	return tongue->words && !strcmp(language, tongue->tag)
		   ? catalogue_shown(tongue->words, full)
		   : NULL;
}

static void open_words(struct tongue *tongue, const char *tag)
{
	catalogue_free(tongue->words);
	*tongue = (struct tongue){ .tag = tag };
	for (size_t i = 0; i < COUNT(files); i++) {
		SCOPED(folder_freep) char *folder = NULL;

		if (strcmp(files[i].tag, tag))
			continue;
		folder = folder_new();
		SCOPED(char_freep) char *path = folder_file(folder, "w.po");

		assert_int_equal(file_write(path, files[i].text,
					    strlen(files[i].text), 0600),
				 FAULT_NONE);
		tongue->words = catalogue_new(tag);
		assert_int_equal(catalogue_add(tongue->words, path),
				 FAULT_NONE);
	}
}

static void says(struct run *run, const char *path, const char *wanted)
{
	SCOPED(char_freep) char *said = node_label(forms_node(run, path));

	assert_string_equal(said, wanted);
}

static void columns_and_po_files_make_one_form(void **state)
{
	static const struct {
		const char *tag, *a, *b, *c, *d, *choice;
	} languages[] = {
		{ "en", "Your name", "Your town", "Your trade",
		  "So you are Ana, of Rio", "Baker" },
		/* A file fills the gap of a column, and mends it. */
		{ "fr", "Votre nom", "Votre ville", "Votre profession",
		  "So you are Ana, of Rio", "Boulangère" },
		/* What neither has is said in the default language. */
		{ "ar", "اسمك", "Your town", "Your trade", "Rio: Ana", "خباز" },
		{ "ti", "Your name", "Your town", "Your trade",
		  "So you are Ana, of Rio", "Baker" },
	};
	SCOPED(char_freep)
	char *document = sheets_sound(
	    (struct sheets_text){ .survey = survey, .choices = choices });
	struct tongue tongue = { 0 };
	struct run_world world = forms_world;
	SCOPED(form_freep) struct form *form = NULL;
	SCOPED(run_freep) struct run *run = NULL;

	(void)state;
	world.to = &tongue;
	world.translate = translate;
	assert_int_equal(
	    form_parse("test", document, strlen(document), NULL, &form),
	    FAULT_NONE);
	assert_int_equal(run_new(form, &world, &run), FAULT_NONE);
	forms_set(run, "/data/a", "Ana");
	forms_set(run, "/data/b", "Rio");
	for (size_t i = 0; i < COUNT(languages); i++) {
		const struct choice_item *items;
		size_t count;

		open_words(&tongue, languages[i].tag);
		run_set_language(run, languages[i].tag);
		says(run, "/data/a", languages[i].a);
		says(run, "/data/b", languages[i].b);
		says(run, "/data/c", languages[i].c);
		says(run, "/data/d", languages[i].d);
		assert_int_equal(
		    node_choices(forms_node(run, "/data/c"), &items, &count),
		    FAULT_NONE);
		assert_string_equal(items[0].label, languages[i].choice);
	}
	catalogue_free(tongue.words);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_and_po_files_make_one_form),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
