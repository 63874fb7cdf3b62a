#include "tests/test.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/bytes.h"
#include "base/file.h"
#include "tests/support/forms.h"
#include "tests/support/logged.h"

/*
 * The probe expressions, one at a time in the calculate of a small form, and
 * what another engine stores for each. Where we differ on purpose, our answer
 * is here; NULL is a refusal.
 */
static const struct {
	const char *id, *value;
} ours[] = {
	{ "e2", "-2" },       /* halves go up */
	{ "e15", "18262.5" }, /* the time of day counts */
	{ "e25", "false" },   /* a pattern is of the whole text */
	{ "e27", "true" },    /* letters of every script are letters */
	{ "e28", "true" },
	{ "e29", "1" }, /* characters, not halves of them */
	{ "e60", "" },  /* no such day is no day */
	{ "e61", "" },
	{ "e68", NULL },         /* no exponents in literals */
	{ "e85", NULL },         /* nothing here measures places */
	{ "e98", "2020-02-01" }, /* a day number is a date too */
};

static char *escaped(const char *text)
{
	struct bytes out = { 0 };

	for (; *text; text++) {
		if (*text == '&')
			bytes_add_text(&out, "&amp;");
		else if (*text == '<')
			bytes_add_text(&out, "&lt;");
		else if (*text == '"')
			bytes_add_text(&out, "&quot;");
		else
			bytes_add_byte(&out, (uint8_t)*text);
	}
	return bytes_take_text(&out);
}

static char *probe_form(const char *id, const char *expression)
{
	SCOPED(char_freep) char *calculate = escaped(expression);
	SCOPED(char_freep)
	char *model = xasprintf(
	    "<instance><data id='probe'><empty/><d1>2020-01-01</d1>"
	    "<d2>2020-03-01</d2><sel>a</sel><rep><v>1</v></rep>"
	    "<rep><v>2</v></rep><rep><v>10</v></rep><%s/></data></instance>"
	    "<instance id='cities'><root>"
	    "<item><name>a</name><label>AA</label></item>"
	    "<item><name>b</name><label>BB</label></item>"
	    "<item><name>c</name><label>CC</label></item>"
	    "<item><name>d</name><label>DD</label></item></root></instance>"
	    "<bind nodeset='/data/d1' type='date'/>"
	    "<bind nodeset='/data/d2' type='date'/>"
	    "<bind nodeset='/data/%s' calculate=\"%s\"/>",
	    id, id, calculate);

	return forms_text(
	    model, "<select1 ref='/data/sel'><label>s</label>"
		   "<itemset nodeset=\"instance('cities')/root/item\">"
		   "<value ref='name'/><label ref='label'/></itemset></select1>"
		   "<group ref='/data/rep'><repeat nodeset='/data/rep'>"
		   "<input ref='/data/rep/v'><label>v</label></input></repeat>"
		   "</group>");
}

/* What we store, NULL where the form is refused. The caller frees it. */
static char *probe(const char *id, const char *expression, const char *zone)
{
	SCOPED(char_freep) char *text = probe_form(id, expression);
	SCOPED(char_freep) char *path = xasprintf("/data/%s", id);
	SCOPED(form_freep) struct form *form = NULL;
	SCOPED(run_freep) struct run *run = NULL;
	struct run_world world = forms_world;

	world.zone = zone;
	if (form_parse(id, text, strlen(text), NULL, &form))
		return NULL;
	assert_int_equal(run_new(form, &world, &run), FAULT_NONE);
	return xstrdup(forms_value(run, path));
}

static void expect(const char *id, const char *expression, const char *zone,
		   const char *expected)
{
	SCOPED(char_freep) char *got = probe(id, expression, zone);

	if (!got != !expected || (got && strcmp(got, expected) != 0))
		fail_msg("%s: %s gives %s, not %s", id, expression,
			 got ? got : "a refusal",
			 expected ? expected : "a refusal");
}

/* The stored value that a line of the table ends with. */
static const char *expected_of(const char *id, json_t *stored)
{
	for (size_t i = 0; i < COUNT(ours); i++) {
		if (strcmp(ours[i].id, id) == 0)
			return ours[i].value;
	}
	return json_string_value(stored);
}

static void read_file(const char *path, struct bytes *out)
{
	assert_int_equal(file_read(path, 1 << 20, out), FAULT_NONE);
}

static void all_probes_are_answered_as_pinned(void **state)
{
	struct bytes table = { 0 };
	char *at, *line, *save = NULL;
	size_t count = 0;

	(void)state;
	read_file("tests/data/form/webforms.tsv", &table);
	logged_start();
	for (at = (char *)table.data; (line = strtok_r(at, "\n", &save));
	     at = NULL) {
		char *expression = strchr(line, '\t');
		char *stored = strrchr(line, '\t');

		*expression++ = 0;
		*stored++ = 0;
		json_t *value =
		    json_loads(stored, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
		expect(line, expression, NULL, expected_of(line, value));
		json_decref(value);
		count++;
	}
	logged_stop();
	assert_int_equal(count, 99);
	bytes_done(&table);
}

/* The zone must not move a date, whatever the offset's half hours. */
static void dates_stay_whole_in_every_zone(void **state)
{
	static const struct {
		const char *zone, *expression, *value;
	} rows[] = {
		{ "Asia/Kabul", "number('2020-01-01')", "18262" },
		{ "America/New_York", "number('2020-01-01')", "18262" },
		{ "America/New_York", "date(18262)", "2020-01-01" },
		{ "Asia/Kabul", "date(18262)", "2020-01-01" },
		{ "America/New_York", "decimal-date-time('1970-01-02')",
		  "1.2083333333333333" },
		{ "Asia/Kabul", "today()", "2020-02-03" },
		{ "Asia/Kabul", "string(now())",
		  "2020-02-03T16:30:00.000+04:30" },
		{ "Asia/Kabul", "format-date(/data/d1 + 31, '%Y-%m-%d')",
		  "2020-02-01" },
		{ "Asia/Kabul", "/data/d2 - /data/d1", "60" },
		{ "Asia/Kabul", "date('2020-02-30')", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		expect("e0", rows[i].expression, rows[i].zone, rows[i].value);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_probes_are_answered_as_pinned),
		cmocka_unit_test(dates_stay_whole_in_every_zone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
