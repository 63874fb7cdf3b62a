#include "tests/support/demo.h"

#include <jansson.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/file.h"
#include "tests/support/program.h"
#include "tests/test.h"

#define PERSONAS "tests/data/intake/personas.json"

void demo_new(const char *home)
{
	struct output output =
	    program_run("", "foyer demo new --home %s", home);

	if (output.status)
		fail_msg("%s", output.err);
	output_done(&output);
}

static void write_answers(const char *persona, const char *name,
			  const char *contact, const char *path)
{
	json_t *all = json_load_file(PERSONAS, 0, NULL), *one;
	json_t *answers = NULL;
	size_t i;

	json_array_foreach(json_object_get(all, "personas"), i, one)
	{
		if (!strcmp(json_string_value(json_object_get(one, "id")),
			    persona))
			answers = json_object_get(one, "answers");
	}
	assert_non_null(answers);
	json_object_del(answers, "D7"); /* how many of its screens count */
	if (name) {
		json_object_del(answers, "D2"); /* in another's script */
		json_object_set_new(answers, "D1", json_string(name));
	}
	if (contact)
		json_object_set_new(answers, "G3_detail", json_string(contact));
	assert_int_equal(json_dump_file(answers, path, 0), 0);
	json_decref(all);
}

static char *issue(const char *home, const char *answers, const char *picture)
{
	struct output output;
	char *line, *digits;

	output = program_run("",
			     "foyer ticket issue --home %s --form intake "
			     "--answers %s --digits %s %s",
			     home, answers, picture ? "-o" : "",
			     picture ? picture : "");
	if (output.status)
		fail_msg("%s", output.err);
	line = strchr(output.out, '\n');
	assert_non_null(line);
	digits = xstrndup(line + 1, strcspn(line + 1, "\n"));
	output_done(&output);
	return digits;
}

static char *answers_of(const char *home)
{
	return xasprintf("%s/answers.json", home);
}

char *demo_ticket(const char *home, const char *persona, const char *picture)
{
	SCOPED(char_freep) char *answers = answers_of(home);

	write_answers(persona, NULL, NULL, answers);
	return issue(home, answers, picture);
}

char *demo_ticket_as(const char *home, const char *persona, const char *name,
		     const char *contact)
{
	SCOPED(char_freep) char *answers = answers_of(home);

	write_answers(persona, name, contact, answers);
	return issue(home, answers, NULL);
}

char *demo_queue(const char *home, const char *part)
{
	struct output output = program_run(
	    "", "foyer record queue --home %s --part %s", home, part);
	char *text = xstrdup(output.out);

	assert_int_equal(output.status, 0);
	output_done(&output);
	return text;
}

static char *file_text(const char *home, const char *name)
{
	SCOPED(char_freep) char *path = xasprintf("%s/%s", home, name);
	struct bytes bytes = { 0 };

	bytes_add_text(&bytes, "");
	assert_int_equal(file_read(path, 1 << 20, &bytes), FAULT_NONE);
	return bytes_take_text(&bytes);
}

void demo_set(const char *home, const char *lines)
{
	SCOPED(char_freep) char *path = xasprintf("%s/foyer.ini", home);
	SCOPED(char_freep) char *before = file_text(home, "foyer.ini");
	SCOPED(char_freep) char *after = xasprintf("%s\n%s\n", before, lines);

	assert_int_equal(file_write(path, after, strlen(after), 0600),
			 FAULT_NONE);
}

char *demo_passphrase(const char *home)
{
	char *text = file_text(home, "passphrase.txt");

	text[strcspn(text, "\n")] = 0;
	return text;
}

static sqlite3 *record_of(const char *home)
{
	SCOPED(char_freep) char *path = xasprintf("%s/record/record.db", home);
	sqlite3 *record;

	assert_int_equal(sqlite3_open(path, &record), SQLITE_OK);
	sqlite3_busy_timeout(record, 5000);
	return record;
}

void demo_sql(const char *home, const char *statement)
{
	sqlite3 *record = record_of(home);

	if (sqlite3_exec(record, statement, NULL, NULL, NULL))
		fail_msg("%s", sqlite3_errmsg(record));
	sqlite3_close(record);
}

char *demo_ask(const char *home, const char *question)
{
	sqlite3 *record = record_of(home);
	sqlite3_stmt *ask;
	const char *text;
	char *answer;

	if (sqlite3_prepare_v2(record, question, -1, &ask, NULL))
		fail_msg("%s", sqlite3_errmsg(record));
	text = sqlite3_step(ask) == SQLITE_ROW
		   ? (const char *)sqlite3_column_text(ask, 0)
		   : NULL;
	answer = xstrdup(text ? text : "");
	sqlite3_finalize(ask);
	sqlite3_close(record);
	return answer;
}
