#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "tests/support/forms.h"
#include "tests/support/logged.h"
#include "xpath/xpath.h"

#define DATA "<instance><data id='f'><a/><b/><c/></data></instance>"
#define SELECT(itemset) "<select1 ref='/data/a'>" itemset "</select1>"

static void what_we_do_not_run_is_refused_by_name(void **state)
{
	static const struct {
		const char *model, *body, *first, *second;
	} rows[] = {
		/* circles */
		{ DATA "<bind nodeset='/data/a' calculate='/data/b + 1'/>"
		       "<bind nodeset='/data/b' calculate='../c'/>"
		       "<bind nodeset='/data/c' calculate='/data/a'/>",
		  "", "/data/a, calculate: a needs b, b needs c",
		  "/data/c, calculate" },
		{ DATA "<bind nodeset='/data/a' relevant=\"/data/b = 1\"/>"
		       "<bind nodeset='/data/b' calculate='/data/a'/>",
		  "", "/data/a, relevant", "/data/b, calculate" },
		/* expressions */
		{ DATA "<bind nodeset='/data/a' constraint='frob(1)'/>", "",
		  "/data/a, constraint", "frob" },
		{ DATA "<bind nodeset='/data/a' relevant='area(/data/b)'/>", "",
		  "/data/a, relevant", "area" },
		{ DATA "<bind nodeset='/data/a' calculate='1 +'/>", "",
		  "/data/a, calculate", "1 +" },
		{ DATA,
		  "<input ref='/data/a'><label><output value='x('/>"
		  "</label></input>",
		  "/data/a, label", "x(" },
		{ DATA "<itext><translation lang='en'><text id='t'><value>"
		       "<output value='frob()'/></value></text></translation>"
		       "</itext>",
		  "", "text t", "frob" },
		/* actions */
		{ DATA "<setvalue event='xforms-recalculate' ref='/data/a'/>",
		  "", "unknown event", "xforms-recalculate" },
		{ DATA "<setvalue event='odk-new-repeat' ref='/data/a'/>", "",
		  "odk-new-repeat", "into the repeat" },
		{ DATA "<setvalue event='odk-instance-first-load'/>", "",
		  "setvalue", "without ref" },
		{ "<instance><data id='f'><a/><r><b/></r></data></instance>",
		  "<input ref='/data/a'><setvalue ref='/data/r/b' "
		  "event='xforms-value-changed' value='1'/></input>"
		  "<group ref='/data/r'><repeat nodeset='/data/r'/></group>",
		  "/data/r/b", "repeat" },
		/* choices */
		{ DATA, SELECT("<item><label>x</label></item>"), "/data/a",
		  "value" },
		{ DATA,
		  SELECT("<itemset nodeset='/data/b'><value ref='x'/>"
			 "</itemset>"),
		  "/data/a", "repeat" },
		{ DATA,
		  SELECT("<itemset nodeset=\"instance('n')/r/i\">"
			 "</itemset>"),
		  "/data/a", "value ref" },
		{ DATA,
		  "<select1 ref='/data/a' appearance=\"search('x')\">"
		  "<item><value>1</value></item></select1>",
		  "search()", "select_one_from_file" },
		{ DATA, "<input ref='/data/a' query='x'/>",
		  "select_one_external", "select_one_from_file" },
		{ DATA,
		  "<odk:rank xmlns:odk='http://www.opendatakit.org/xforms' "
		  "ref='a'><item><value>1</value></item></odk:rank>",
		  "/data/a", "a rank is not supported yet" },
		{ DATA, "<input ref='/data/a' appearance='w1 myanmar'/>",
		  "/data/a", "calendar myanmar" },
		/* lists from elsewhere */
		{ DATA "<instance id='x' src='jr://instance/last-saved'/>", "",
		  "instance x", "last-saved" },
		{ DATA "<instance id='x' src='jr://file/x.xml'/>", "",
		  "instance x", "jr://file/x.xml" },
		{ DATA "<instance id='x' src='jr://file/x.geojson'/>", "",
		  "instance x", "CSV" },
		{ DATA "<instance/>", "", "instance", "id" },
		/* shape */
		{ "<instance><data><a/></data></instance>", "", "no instance",
		  "id" },
		{ "", "", "no instance", "id" },
		{ "<instance><data id='f'><a/><b/><a/></data></instance>", "",
		  "/data/a", "twice" },
		{ DATA, "<input/>", "<input>", "ref" },
		{ DATA "<bind nodeset='/data/a' type='string'/>",
		  "<range ref='/data/a' start='1' end='2' step='1'/>",
		  "/data/a", "int" },
		{ DATA "<bind nodeset='/data/a' type='int'/>",
		  "<range ref='/data/a' start='1' step='1'/>", "/data/a",
		  "end" },
		{ DATA "<bind nodeset='/data/a' type='int'/>",
		  "<range ref='/data/a' start='1' end='nan' step='1'/>",
		  "/data/a", "end" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		forms_refused(rows[i].model, rows[i].body, FAULT_FORMAT,
			      rows[i].first, rows[i].second, NULL);
}

/* A long expression leaves room for the rest of the circle; what only hangs on
 * the circle is no part of it. */
static void only_the_circle_is_named(void **state)
{
	struct bytes sum = { 0 };
	struct form *form = NULL;

	(void)state;
	for (int i = 0; i < 300; i++)
		bytes_add_text(&sum, " + /data/c");
	SCOPED(char_freep)
	char *model =
	    xasprintf(DATA "<bind nodeset='/data/a' calculate='/data/b%s'/>"
			   "<bind nodeset='/data/b' calculate='/data/a * 7'/>"
			   "<bind nodeset='/data/c' calculate='/data/b * 8'/>",
		      (const char *)sum.data);
	SCOPED(char_freep) char *text = forms_text(model, "");

	bytes_done(&sum);
	logged_start();
	assert_int_equal(form_parse("test", text, strlen(text), NULL, &form),
			 FAULT_FORMAT);
	assert_non_null(strstr(logged(), "/data/a, calculate: a needs b, b "
					 "needs a, so that none"));
	assert_non_null(strstr(logged(), "/data/b, calculate: a needs b, b "
					 "needs a, so that none"));
	assert_non_null(strstr(logged(), "take a out here"));
	assert_null(strstr(logged(), "/data/c, calculate"));
	logged_stop();
}

static void refused(const char *text, enum fault fault, const char *word)
{
	struct form *form = NULL;

	logged_start();
	assert_int_equal(form_parse("test", text, strlen(text), NULL, &form),
			 fault);
	if (!strstr(logged(), word))
		fail_msg("\"%s\" is not in: %s", word, logged());
	logged_stop();
}

static void unsafe_or_broken_xml_is_refused(void **state)
{
	static const struct {
		const char *text, *word;
	} rows[] = {
		{ "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
		  "<x>&e;</x>",
		  "DOCTYPE" },
		{ "<!DOCTYPE html><html/>", "DOCTYPE" },
		{ "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>"
		  "<!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>"
		  "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]><x>&c;</x>",
		  "DOCTYPE" },
		{ "<x>", "not well-formed" },
		{ "<x>&undeclared;</x>", "not well-formed" },
		{ "", "not" },
		{ "PK\x03\x04", "not" },
		{ "<html/>", "not an XForm" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		refused(rows[i].text, FAULT_FORMAT, rows[i].word);
}

static void entities_versions_we_do_not_know_are_refused(void **state)
{
	static const struct {
		const char *version;
		bool known;
	} rows[] = {
		{ "2022.1.0", true }, { "2023.1.0", true },
		{ "2024.1.0", true }, { "2025.1", true },
		{ "2022.10", false }, { "2030.1.0", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		SCOPED(char_freep) char *text = forms_text(DATA, "");
		SCOPED(char_freep)
		char *versioned =
		    xasprintf("%.*s<model entities:entities-version='%s'>%s",
			      (int)(strstr(text, "<model>") - text), text,
			      rows[i].version, strstr(text, "<model>") + 7);

		if (rows[i].known) {
			struct form *form = NULL;

			assert_int_equal(form_parse("test", versioned,
						    strlen(versioned), NULL,
						    &form),
					 FAULT_NONE);
			form_free(form);
		} else {
			refused(versioned, FAULT_FORMAT, rows[i].version);
		}
	}
}

/* before, then piece count times, then after, as a model; or as a body. */
static char *many(const char *before, const char *piece, size_t count,
		  const char *after)
{
	struct bytes out = { 0 };

	bytes_add_text(&out, before);
	for (size_t i = 0; i < count; i++)
		bytes_add_text(&out, piece);
	bytes_add_text(&out, after);
	return bytes_take_text(&out);
}

static void what_is_too_large_is_refused(void **state)
{
	SCOPED(char_freep)
	char *binds =
	    many(DATA, "<bind nodeset='/data/a'/>", FORM_BINDS_LIMIT + 1, "");
	SCOPED(char_freep)
	char *items =
	    many("<select1 ref='/data/a'>", "<item><value>1</value></item>",
		 FORM_ITEMS_LIMIT + 1, "</select1>");
	SCOPED(char_freep)
	char *expression = many(DATA "<bind nodeset='/data/a' calculate='",
				"1 + ", XPATH_LENGTH_LIMIT / 4 + 1, "1'/>");
	SCOPED(char_freep)
	char *groups = many("", "<group>", XPATH_DEPTH_LIMIT + 1, "");
	SCOPED(char_freep)
	char *closed = many(groups, "</group>", XPATH_DEPTH_LIMIT + 1, "");
	SCOPED(char_freep)
	char *blanks = many("", "          ", FORM_BYTES_LIMIT / 10 + 1, "");
	struct bytes nodes = { 0 };

	(void)state;
	bytes_add_text(&nodes, "<instance><data id='f'>");
	for (int i = 0; i < FORM_NODES_LIMIT; i++)
		bytes_add_format(&nodes, "<q%d/>", i);
	bytes_add_text(&nodes, "</data></instance>");

	forms_refused(binds, "", FAULT_LIMIT, "more than 5000 binds", NULL);
	forms_refused(DATA, items, FAULT_LIMIT,
		      "/data/a has more than 50000 choices", NULL);
	forms_refused(expression, "", FAULT_LIMIT,
		      "/data/a, calculate: longer than 16384 bytes", NULL);
	forms_refused(DATA, closed, FAULT_LIMIT,
		      "groups nested more than 200 deep", NULL);
	forms_refused((char *)nodes.data, "", FAULT_LIMIT,
		      "more than 20000 nodes", NULL);
	refused(blanks, FAULT_LIMIT, "larger than 8 MiB");
	forms_refused(
	    "<instance><data id='f'><r><r><r><r><a/></r></r></r></r></data>"
	    "</instance>",
	    "<repeat nodeset='/data/r'><repeat nodeset='/data/r/r'>"
	    "<repeat nodeset='/data/r/r/r'>"
	    "<repeat nodeset='/data/r/r/r/r'/></repeat></repeat></repeat>",
	    FAULT_LIMIT, "/data/r/r/r/r: repeats nested more than 3 deep",
	    NULL);
	bytes_done(&nodes);
}

static void a_form_begins_with_no_more_than_a_run_holds(void **state)
{
	static const char body[] =
	    "<repeat nodeset='/data/r'><repeat nodeset='/data/r/s'>"
	    "<input ref='/data/r/s/x'/></repeat></repeat>";
	static const char begin[] = "<instance><data id='f'><r><s><x/></s></r>";
	static const char end[] = "</r></data></instance>";
	SCOPED(char_freep) char *second = xasprintf("%s<r>", begin);
	SCOPED(char_freep)
	char *template = xasprintf("%s<r jr:template=''>", begin);
	SCOPED(char_freep)
	char *many_second =
	    many(second, "<s><x/></s>", FORM_REPEAT_LIMIT + 1, end);
	SCOPED(char_freep)
	char *many_template =
	    many(template, "<s><x/></s>", FORM_REPEAT_LIMIT + 1, end);
	/* 100 times 100 instances of 21 nodes each */
	SCOPED(char_freep)
	char *fields =
	    xstrdup("<s><x/><y/><a/><b/><c/><d/><e/><f/><g/>"
		    "<h/><i/><j/><k/><l/><m/><n/><o/><p/><q/><t/></s>");
	SCOPED(char_freep) char *inner = many("<r>", fields, 100, "</r>");
	SCOPED(char_freep)
	char *outer =
	    many("<instance><data id='f'>", inner, 100, "</data></instance>");

	(void)state;
	forms_refused(many_second, body, FAULT_LIMIT, "/data/r/s",
		      "100 instances", NULL);
	forms_refused(many_template, body, FAULT_LIMIT, "/data/r/s",
		      "100 instances", NULL);
	forms_refused(outer, body, FAULT_LIMIT, "200000 nodes", NULL);
}

static void paths_that_read_everything_are_refused_in_time(void **state)
{
	struct bytes model = { 0 };

	(void)state;
	bytes_add_text(&model, "<instance><data id='f'>");
	for (int i = 0; i < 3000; i++)
		bytes_add_format(&model, "<q%d/>", i);
	bytes_add_text(&model, "</data></instance>");
	for (int i = 0; i < 3000; i++)
		bytes_add_format(&model,
				 "<bind nodeset='/data/q%d' "
				 "required='count(//*//*) > 9'/>",
				 i);
	forms_refused((char *)model.data, "", FAULT_LIMIT, "read too much",
		      NULL);
	bytes_done(&model);
}

static void real_forms_oddities_are_borne(void **state)
{
	SCOPED(form_freep)
	struct form *form = forms_data(
	    "<a/><b/><g><c/></g>",
	    "<bind calculate='1'/><bind nodeset=''/>"
	    "<bind nodeset=' /data/nowhere ' calculate='1'/>"
	    "<bind nodeset='/data/a' calculate='1'/>"
	    "<bind nodeset=' /data/a ' calculate='2'/>"
	    "<bind nodeset='b' calculate=\"'relative'\"/>"
	    "<bind nodeset='/data/g/c' type='odd:type'/>",
	    "<input nodeset='/data/a'><label>first</label></input>"
	    "<input ref='/data/a'><label>second</label></input>"
	    "<input ref='/data/nowhere'/><osm ref='/data/b'/>"
	    "<group ref='/data/g'><input ref='c'><label>c</label></input>"
	    "</group>");
	SCOPED(run_freep) struct run *run = forms_run(form);
	char *label;

	(void)state;
	assert_string_equal(forms_value(run, "/data/a"), "2");
	assert_string_equal(forms_value(run, "/data/b"), "relative");
	label = node_label(forms_node(run, "/data/a"));
	assert_string_equal(label, "first");
	free(label);
	label = node_label(forms_node(run, "/data/g/c"));
	assert_string_equal(label, "c");
	free(label);
	assert_int_equal(node_type(forms_node(run, "/data/g/c")), TYPE_STRING);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_the_circle_is_named),
		cmocka_unit_test(what_we_do_not_run_is_refused_by_name),
		cmocka_unit_test(unsafe_or_broken_xml_is_refused),
		cmocka_unit_test(entities_versions_we_do_not_know_are_refused),
		cmocka_unit_test(what_is_too_large_is_refused),
		cmocka_unit_test(a_form_begins_with_no_more_than_a_run_holds),
		cmocka_unit_test(
		    paths_that_read_everything_are_refused_in_time),
		cmocka_unit_test(real_forms_oddities_are_borne),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
