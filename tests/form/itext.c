#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/forms.h"

static const char translations[] =
    "<itext>"
    "<translation lang='English (en)'>"
    "<text id='/data/a:label'><value>Hello <output value='/data/n'/>, "
    "<output value='../b'/></value><value form='short'>Hi</value>"
    "<value form='image'>jr://images/a.png</value></text>"
    "<text id='/data/a:hint'><value>A hint</value>"
    "<value form='guidance'>More</value></text>"
    "<text id='only-en'><value>Only English</value></text>"
    "<text id='c-x'><value>Ex</value></text>"
    "<text id='c-y'><value>Why</value></text>"
    "<text id='msg'><value>Not so</value></text>"
    "</translation>"
    "<translation lang='French (fr)' default='true()'>"
    "<text id='/data/a:label'><value>Bonjour <output value='/data/n'/>"
    "</value></text>"
    "<text id='c-x'><value>Ixe</value></text>"
    "<text id='c-y'><value>I grec</value></text>"
    "<text id='msg'><value>Pas ainsi</value></text>"
    "</translation></itext>"
    "<instance id='l'><root><item><itextId>c-x</itextId><name>x</name>"
    "</item><item><itextId>c-y</itextId><name>y</name></item></root>"
    "</instance>"
    "<bind nodeset='/data/a' constraint=\". = ''\" "
    "jr:constraintMsg=\"jr:itext('msg')\"/>"
    "<bind nodeset='/data/said' "
    "calculate=\"jr:choice-name(/data/sel, ' /data/sel ')\"/>"
    "<bind nodeset='/data/month' "
    "calculate=\"format-date('2020-03-05', '%b')\"/>";

static const char body[] =
    "<input ref='/data/a'><label ref=\"jr:itext('/data/a:label')\"/>"
    "<hint ref=\"jr:itext('/data/a:hint')\"/></input>"
    "<input ref='/data/b'><label ref=\"jr:itext('only-en')\"/></input>"
    "<select1 ref='/data/sel'><label>In <b>line</b> "
    "<output ref='/data/n'/></label>"
    "<itemset nodeset=\"instance('l')/root/item\"><value ref='name'/>"
    "<label ref='jr:itext(itextId)'/></itemset></select1>"
    "<input ref='/data/n'><label ref='/data/a'/></input>";

static struct form *spoken(void)
{
	return forms_data("<a/><b>B</b><n>Ann</n><sel>y</sel><said/><month/>",
			  translations, body);
}

typedef char *words(const struct node *node);

static void expect(const struct run *run, const char *path, words *of,
		   const char *expected)
{
	char *text = of(forms_node(run, path));

	if (!expected)
		assert_null(text);
	else
		assert_string_equal(text, expected);
	free(text);
}

static void words_come_in_the_language_and_change_with_it(void **state)
{
	SCOPED(form_freep) struct form *form = spoken();
	SCOPED(run_freep) struct run *run = forms_run(form);

	(void)state;
	assert_string_equal(run_language(run), "French (fr)");
	expect(run, "/data/a", node_label, "Bonjour Ann");
	run_set_language(run, "en");
	assert_string_equal(run_language(run), "English (en)");
	expect(run, "/data/a", node_label, "Hello Ann, B");
	forms_set(run, "/data/n", "<Bo>");
	expect(run, "/data/a", node_label, "Hello <Bo>, B");
	expect(run, "/data/a", node_hint, "A hint");
	expect(run, "/data/a", node_guidance, "More");
	expect(run, "/data/a", node_short_label, "Hi");
	expect(run, "/data/b", node_short_label, "Only English");
	expect(run, "/data/sel", node_label, "In line <Bo>");
	expect(run, "/data/n", node_label, "");
	expect(run, "/data/n", node_hint, NULL);
	forms_set(run, "/data/a", "wrong");
	expect(run, "/data/n", node_label, "wrong");
	expect(run, "/data/a", node_violation_message, "Not so");
	char *image = node_media(forms_node(run, "/data/a"), "image");
	assert_string_equal(image, "jr://images/a.png");
	free(image);
	assert_null(node_media(forms_node(run, "/data/a"), "audio"));
}

static void a_language_is_found_by_name_tag_or_primary_subtag(void **state)
{
	static const struct {
		const char *asked, *got;
	} rows[] = {
		{ "English (en)", "English (en)" },
		{ "en", "English (en)" },
		{ "EN", "English (en)" },
		{ "fr-CA", "French (fr)" },
		{ "ti", "ti" },
	};
	SCOPED(form_freep) struct form *form = spoken();
	SCOPED(run_freep) struct run *run = forms_run(form);

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		run_set_language(run, rows[i].asked);
		assert_string_equal(run_language(run), rows[i].got);
	}
	/* Word by word from the default language, and from there no further. */
	expect(run, "/data/a", node_label, "Bonjour Ann");
	expect(run, "/data/b", node_label, "");
}

static void a_form_told_as_it_is_written_has_gaps(void **state)
{
	struct run_world world = forms_world;
	SCOPED(form_freep) struct form *form = spoken();
	SCOPED(run_freep) struct run *run = NULL;

	(void)state;
	world.as_written = true;
	assert_int_equal(run_new(form, &world, &run), FAULT_NONE);
	run_set_language(run, "ti");
	expect(run, "/data/a", node_label, "");
	run_set_language(run, "fr");
	expect(run, "/data/a", node_label, "Bonjour Ann");
}

static void a_language_switch_reruns_what_speaks(void **state)
{
	SCOPED(form_freep) struct form *form = spoken();
	SCOPED(run_freep) struct run *run = forms_run(form);
	uint64_t before;

	(void)state;
	assert_string_equal(forms_value(run, "/data/said"), "I grec");
	assert_string_equal(forms_value(run, "/data/month"), "mars");
	before = run_evaluations(run);
	run_set_language(run, "en");
	/* The two, and the id of the choice's label. */
	assert_int_equal(run_evaluations(run) - before, 3);
	assert_string_equal(forms_value(run, "/data/said"), "Why");
	assert_string_equal(forms_value(run, "/data/month"), "Mar");
	assert_string_equal(forms_value(run, "/data/sel"), "y");
}

/* In an attribute, and in what a filter compares. */
static void attributes_and_filters_speak_too(void **state)
{
	SCOPED(form_freep)
	struct form *form = forms_data(
	    "<sel>y</sel><a said=''/><b/>",
	    "<itext><translation lang='en'><text id='y'><value>Why</value>"
	    "</text></translation><translation lang='fr'><text id='y'><value>"
	    "I grec</value></text></translation></itext>"
	    "<instance id='w'><root><item><name>Why</name></item><item>"
	    "<name>I grec</name></item></root></instance>"
	    "<bind nodeset='/data/a/@said' "
	    "calculate=\"jr:choice-name(/data/sel, ' /data/sel ')\"/>",
	    "<select1 ref='/data/sel'><item><label ref=\"jr:itext('y')\"/>"
	    "<value>y</value></item></select1>"
	    "<select1 ref='/data/b'><itemset nodeset=\"instance('w')/root/item"
	    "[name = jr:choice-name(/data/sel, ' /data/sel ')]\">"
	    "<value ref='name'/><label ref='name'/></itemset></select1>");
	SCOPED(run_freep) struct run *run = forms_run(form);
	struct bytes xml = { 0 };

	(void)state;
	assert_int_equal(forms_set(run, "/data/b", "I grec"), RUN_NOT_A_CHOICE);
	run_set_language(run, "fr");
	assert_int_equal(forms_set(run, "/data/b", "I grec"), RUN_TAKEN);
	assert_int_equal(run_submission(run, &xml), FAULT_NONE);
	assert_non_null(strstr((char *)xml.data, "said=\"I grec\""));
	bytes_done(&xml);
}

static const char *translate(void *to, const char *language, const char *key)
{
	static const struct {
		const char *language, *key, *text;
	} rows[] = {
		{ "ar", "/data/a:label",
		  "mar7aba {output1}! l''{x} '{'0} {output7}" },
		{ "ar", "/data/a:hint#guidance", "akthar" },
		{ "ar", "c-y", "waw" },
		{ "en", "/data/a:label", "{output2} before {output1}" },
	};

	(void)to;
	for (size_t i = 0; i < COUNT(rows); i++) {
		if (strcmp(rows[i].language, language) == 0 &&
		    strcmp(rows[i].key, key) == 0)
			return rows[i].text;
	}
	return NULL;
}

static void words_from_outside_go_before_the_forms_own(void **state)
{
	SCOPED(form_freep) struct form *form = spoken();
	struct run_world world = forms_world;
	struct run *run = NULL;
	const struct choice_item *items;
	size_t count;

	(void)state;
	world.translate = translate;
	assert_int_equal(run_new(form, &world, &run), FAULT_NONE);
	run_set_language(run, "ar");
	/* {output1} is the first output of the form's own words; others stay.
	 */
	expect(run, "/data/a", node_label, "mar7aba Ann! l'{x} {0} {output7}");
	expect(run, "/data/a", node_guidance, "akthar");
	assert_int_equal(
	    node_choices(forms_node(run, "/data/sel"), &items, &count),
	    FAULT_NONE);
	assert_int_equal(count, 2);
	assert_string_equal(items[0].label, "Ixe");
	assert_string_equal(items[1].label, "waw");
	assert_string_equal(forms_value(run, "/data/said"), "waw");

	run_set_language(run, "en");
	expect(run, "/data/a", node_label, "B before Ann");
	run_free(run);
}

static void a_choices_name_follows_what_its_label_puts_in(void **state)
{
	SCOPED(form_freep)
	struct form *form = forms_data(
	    "<who>Ann</who><of>home</of><said/>",
	    "<itext><translation lang='en'><text id='c'><value>"
	    "<output value='/data/who'/>'s home</value></text></translation>"
	    "</itext><bind nodeset='/data/said' "
	    "calculate=\"jr:choice-name(/data/of, '/data/of')\"/>",
	    "<input ref='/data/who'/><select1 ref='/data/of'><item>"
	    "<label ref=\"jr:itext('c')\"/><value>home</value></item>"
	    "</select1>");
	SCOPED(run_freep) struct run *run = forms_run(form);

	(void)state;
	assert_string_equal(forms_value(run, "/data/said"), "Ann's home");
	forms_set(run, "/data/who", "Bo");
	assert_string_equal(forms_value(run, "/data/said"), "Bo's home");
}

static void the_form_names_its_languages(void **state)
{
	static const struct {
		const char *language, *tag;
	} rows[] = {
		{ "French (fr)", "fr" },
		{ "Chinese (Han) (zh-Hans)", "zh-Hans" },
		{ "default", "default" },
		{ "Odd ()", "Odd ()" },
	};
	SCOPED(form_freep) struct form *form = spoken();

	(void)state;
	assert_int_equal(form_language_count(form), 2);
	assert_string_equal(form_language(form, 0), "English (en)");
	assert_int_equal(form_default_language(form), 1);
	for (size_t i = 0; i < COUNT(rows); i++) {
		char *tag = form_language_tag(rows[i].language);
		assert_string_equal(tag, rows[i].tag);
		free(tag);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_come_in_the_language_and_change_with_it),
		cmocka_unit_test(
		    a_language_is_found_by_name_tag_or_primary_subtag),
		cmocka_unit_test(a_form_told_as_it_is_written_has_gaps),
		cmocka_unit_test(a_language_switch_reruns_what_speaks),
		cmocka_unit_test(attributes_and_filters_speak_too),
		cmocka_unit_test(words_from_outside_go_before_the_forms_own),
		cmocka_unit_test(a_choices_name_follows_what_its_label_puts_in),
		cmocka_unit_test(the_form_names_its_languages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
