#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "tests/support/folder.h"
#include "tests/support/forms.h"
#include "tests/support/program.h"

/* foyer form run: the lines it prints, and its exit status. */

static const char model[] =
    "<itext><translation lang='English (en)'><text id='n'><value>Name</value>"
    "</text></translation><translation lang='French (fr)'><text id='n'>"
    "<value>Nom</value></text></translation></itext>"
    "<instance><data id='f'><n/><of/><r jr:template=''><x/></r><day/>"
    "<safe/><note/></data></instance>"
    "<bind nodeset='/data/n' required='true()' "
    "jr:requiredMsg='Please'/>"
    "<bind nodeset='/data/r/x' type='int' constraint='. &lt; 9'/>"
    "<bind nodeset='/data/day' type='date' calculate='today()'/>"
    "<bind nodeset='/data/safe' jr:preload='property' "
    "jr:preloadParams='safety_staffed'/>"
    "<bind nodeset='/data/note' readonly='true()' "
    "relevant=\"/data/of = 'b'\"/>";

static const char body[] =
    "<input ref='/data/n'><label ref=\"jr:itext('n')\"/><hint>h</hint>"
    "</input><select1 ref='/data/of'><label>Of</label>"
    "<item><label>A</label><value>a</value></item>"
    "<item><value>b</value></item></select1>"
    "<group ref='/data/r'><label>R</label><repeat nodeset='/data/r'>"
    "<input ref='/data/r/x'/></repeat></group>"
    "<input ref='/data/note'><label>Note</label></input>";

static const char answers[] =
    "[{\"path\":\"/data/of\",\"value\":\"b\"},{\"path\":\"/data/r\",\"add\":1},"
    "{\"path\":\"/data/r[1]/x\",\"value\":12},"
    "{\"path\":\"/data/n\",\"value\":\"\"},"
    "{\"path\":\"/data/day\",\"value\":\"x\"}]";

#define PLAIN "\"relevant\":true,\"required\":false,\"readonly\":false"
#define LEAF(value, type) \
	PLAIN ",\"value\":\"" value "\",\"type\":\"" type "\",\"valid\":true"

static const char lines[] =
    "{\"path\":\"/data\",\"node\":\"root\"," PLAIN "}\n"
    "{\"path\":\"/data/n\",\"node\":\"input\",\"relevant\":true,"
    "\"required\":true,\"readonly\":false,\"value\":\"\","
    "\"type\":\"string\",\"valid\":false,\"violation\":\"required\","
    "\"message\":\"Please\",\"label\":\"Nom\",\"hint\":\"h\"}\n"
    "{\"path\":\"/data/of\",\"node\":\"select\"," LEAF(
	"b",
	"string") ",\"options\":[[\"a\",\"A\"],[\"b\",\"b\"]],\"label\":\"Of\"}"
		  "\n"
		  "{\"path\":\"/data/"
		  "r\",\"node\":\"repeat-range:uncontrolled\"," PLAIN
		  ",\"label\":\"R\"}\n"
		  "{\"path\":\"/data/r[1]\",\"node\":\"repeat-instance\"," PLAIN
		  ",\"label\":\"R\"}\n"
		  "{\"path\":\"/data/r[1]/x\",\"node\":\"input\"," PLAIN
		  ",\"value\":\"12\",\"type\":\"int\",\"valid\":false,"
		  "\"violation\":\"constraint\"}\n"
		  "{\"path\":\"/data/day\",\"node\":\"model-value\"," LEAF(
		      "2020-02-03",
		      "date") "}\n"
			      "{\"path\":\"/data/"
			      "safe\",\"node\":\"model-value\"," LEAF(
				  "yes",
				  "string") "}\n"
					    "{\"path\":\"/data/"
					    "note\",\"node\":\"note\","
					    "\"relevant\":true,"
					    "\"required\":false,\"readonly\":"
					    "true,\"value\":\"\","
					    "\"type\":\"string\",\"valid\":"
					    "true,\"label\":\"Note\"}\n"
					    "{\"path\":\"/data/"
					    "orx:meta\",\"node\":"
					    "\"group\"," PLAIN "}\n"
					    "{\"path\":\"/data/orx:meta/"
					    "orx:instanceID\",\"node\":\"model-"
					    "value\"," PLAIN
					    ",\"value\":\"uuid:";

static const char rest[] =
    "\",\"type\":\"string\",\"valid\":true}\n"
    "{\"notes\":[{\"path\":\"/data/day\",\"note\":\"takes no answer\"}]}\n"
    "<data xmlns:orx=\"http://openrosa.org/xforms\" id=\"f\"><n/><of>b</of>"
    "<r><x>12</x></r><day>2020-02-03</day><safe>yes</safe><note/>"
    "<orx:meta><orx:instanceID>uuid:";

static char *written(const char *folder, const char *name, const char *text)
{
	char *path = folder_file(folder, name);

	assert_int_equal(file_write(path, text, strlen(text), 0600),
			 FAULT_NONE);
	return path;
}

static void every_node_is_a_line(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *text = forms_text(model, body);
	SCOPED(char_freep) char *form = written(folder, "f.xml", text);
	SCOPED(char_freep) char *json = written(folder, "a.json", answers);
	struct output output = program_run(
	    "",
	    "foyer form run %s --answers %s --lang fr --now "
	    "2020-02-03T01:00:00-04:30 --property safety_staffed=yes --xml",
	    form, json);

	(void)state;
	assert_int_equal(output.status, 0);
	assert_memory_equal(output.out, lines, strlen(lines));
	/* The id is new each time: 36 characters behind "uuid:". */
	assert_memory_equal(output.out + strlen(lines) + 36, rest,
			    strlen(rest));
	output_done(&output);
}

static void what_cannot_run_says_why_and_has_its_status(void **state)
{
	static const struct {
		const char *arguments, *out;
		int status;
	} calls[] = {
		{ "", "", 2 },
		{ "a.xml b.xml", "", 2 },
		{ "a.xml --now noon", "", 2 },
		{ "a.xml --property safety", "", 2 },
		{ "a.xml --what", "", 2 },
		{ "/no/such.xml", "{\"loadError\":\"/no/such.xml", 3 },
		{ "Makefile", "{\"loadError\":\"Makefile:1:", 1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(calls); i++) {
		struct output output =
		    program_run("", "foyer form run %s", calls[i].arguments);

		assert_int_equal(output.status, calls[i].status);
		assert_memory_equal(output.out, calls[i].out,
				    strlen(calls[i].out));
		assert_true(*output.err);
		output_done(&output);
	}
}

/* A walk tells of each step what is not as it was, and nothing else. */
static void a_walk_tells_what_each_step_changed(void **state)
{
	static const char steps[] = "{\"path\":\"/data/r\",\"add\":1}\n"
				    "{\"path\":\"/data/r[1]/x\",\"value\":12}\n"
				    "{\"path\":\"/data/r[1]/x\",\"value\":12}\n"
				    "{\"path\":\"/data/q\",\"value\":1}\n"
				    "{\"lang\":\"fr\"}\n"
				    "{\"path\":\"/data/r[1]\",\"remove\":1}\n";
	static const char told[] =
	    "{\"step\":1}\n"
	    "{\"path\":\"/data/r[1]\",\"node\":\"repeat-instance\"," PLAIN
	    ",\"label\":\"R\"}\n"
	    "{\"path\":\"/data/r[1]/x\",\"node\":\"input\"," LEAF(
		"",
		"int") "}\n"
		       "{\"step\":2}\n"
		       "{\"path\":\"/data/r[1]/x\",\"node\":\"input\"," PLAIN
		       ",\"value\":\"12\",\"type\":\"int\",\"valid\":false,"
		       "\"violation\":\"constraint\"}\n"
		       "{\"step\":3}\n"
		       "{\"step\":4}\n"
		       "{\"note\":\"no such node\"}\n"
		       "{\"step\":5}\n"
		       "{\"path\":\"/data/n\",\"node\":\"input\","
		       "\"relevant\":true,\"required\":true,"
		       "\"readonly\":false,\"value\":\"\","
		       "\"type\":\"string\",\"valid\":false,"
		       "\"violation\":\"required\",\"message\":\"Please\","
		       "\"label\":\"Nom\",\"hint\":\"h\"}\n"
		       "{\"step\":6}\n"
		       "{\"gone\":\"/data/r[1]\"}\n"
		       "{\"gone\":\"/data/r[1]/x\"}\n";
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *text = forms_text(model, body);
	SCOPED(char_freep) char *form = written(folder, "f.xml", text);
	SCOPED(char_freep) char *walk = written(folder, "steps", steps);
	SCOPED(char_freep) char *wrong = written(folder, "wrong", "{}\n");
	struct output output =
	    program_run("", "foyer form run %s --walk %s", form, walk);
	const char *from = strstr(output.out, "{\"step\":1}");

	(void)state;
	assert_int_equal(output.status, 0);
	assert_non_null(from);
	assert_string_equal(from, told);
	output_done(&output);
	output = program_run("", "foyer form run %s --walk %s", form, wrong);
	assert_int_equal(output.status, 1);
	assert_non_null(strstr(output.err, "wrong, step 1"));
	output_done(&output);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_node_is_a_line),
		cmocka_unit_test(a_walk_tells_what_each_step_changed),
		cmocka_unit_test(what_cannot_run_says_why_and_has_its_status),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
