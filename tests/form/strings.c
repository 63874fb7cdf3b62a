#include "form/strings.h"
#include "tests/test.h"

#include <string.h>

#include "base/bytes.h"
#include "tests/support/forms.h"

static const char model[] =
    "<itext><translation lang='French (fr)'>"
    "<text id='/data/a:label'><value>Ne pas lire</value></text>"
    "</translation><translation lang='English (en)' default='true()'>"
    "<text id='/data/a:label'><value>You wrote <output value='/data/b'/> and "
    "<output value='/data/c'/>, it's {so}</value>"
    "<value form='image'>jr://images/a.png</value></text>"
    "<text id='/data/a:hint'><value form='guidance'>More '{'</value></text>"
    "<text id='/data/c:label'><value>For <output value='/data/b'/></value>"
    "</text></translation></itext>"
    "<instance><data id='f'><a/><b>B</b><c/></data></instance>"
    "<bind nodeset='/data/c' type='string'/>";

static const char body[] =
    "<input ref='/data/a'><label ref=\"jr:itext('/data/a:label')\"/></input>"
    "<input ref='/data/c' appearance='minimal staff'>"
    "<label ref=\"jr:itext('/data/c:label')\"/></input>";

static void add_line(void *to, const struct form_string *string)
{
	bytes_add_format(to, "%s%s=%s\n", string->staff ? "staff " : "",
			 string->key, string->pattern);
}

static void the_default_language_is_listed_as_patterns(void **state)
{
	SCOPED(form_freep) struct form *form = forms_of(model, body);
	struct bytes lines = { 0 };

	(void)state;
	form_strings(form, add_line, &lines);
	bytes_add_byte(&lines, '\0');
	assert_string_equal(
	    (const char *)lines.data,
	    "/data/a:label=You wrote {output1} and {output2}, it's '{'so'}'\n"
	    "/data/a:hint#guidance=More '''{'''\n"
	    "staff /data/c:label=For {output1}\n");
	bytes_done(&lines);
}

static void a_form_without_itext_lists_nothing(void **state)
{
	SCOPED(form_freep)
	struct form *form =
	    forms_of("<instance><data id='f'><a/></data></instance>",
		     "<input ref='/data/a'><label>A</label></input>");
	struct bytes lines = { 0 };

	(void)state;
	form_strings(form, add_line, &lines);
	assert_int_equal(lines.length, 0);
	bytes_done(&lines);
}

/* --- said back --------------------------------------------------------- */

static const char *translation; /* of /data/a:label */

static const char *translate(void *to, const char *language, const char *key)
{
	(void)to;
	(void)language;
	return strcmp(key, "/data/a:label") == 0 ? translation : NULL;
}

static void a_translation_puts_the_outputs_where_it_wants_them(void **state)
{
	static const struct {
		const char *translation, *said;
	} cases[] = {
		{ "{output2}, {output1}!", "C, B!" },
		{ "{output1}{output1}", "BB" },
		{ "l'eau '{'so'}' d''ici", "l'eau {so} d'ici" },
		/* no output of the form's: it stays to be seen */
		{ "{output3} {output0} {output} {output1", "{output3} "
							   "{output0} "
							   "{output} "
							   "{output1" },
	};
	struct run_world world = forms_world;
	SCOPED(form_freep) struct form *form = forms_of(model, body);
	SCOPED(run_freep) struct run *run = NULL;

	(void)state;
	world.translate = translate;
	assert_int_equal(run_new(form, &world, &run), FAULT_NONE);
	assert_int_equal(forms_set(run, "/data/c", "C"), RUN_TAKEN);
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(char_freep) char *said = NULL;

		translation = cases[i].translation;
		said = node_label(forms_node(run, "/data/a"));
		assert_string_equal(said, cases[i].said);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_default_language_is_listed_as_patterns),
		cmocka_unit_test(a_form_without_itext_lists_nothing),
		cmocka_unit_test(
		    a_translation_puts_the_outputs_where_it_wants_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
