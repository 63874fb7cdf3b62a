#include <stdlib.h>
#include <string.h>

#include "tests/support/sheets.h"
#include "tests/test.h"

/*
 * Every spelling of a title and of a type that XLSForm tools have taken over
 * the years, and what becomes of it.
 */

/* --- titles --------------------------------------------------------------- */

struct title {
	const char *title, *cell, *piece;
};

#define BIND(attributes) "<bind nodeset=\"/data/q\" " attributes "/>"
#define RELEVANT BIND("type=\"string\" relevant=\"1 = 1\"")
#define CALCULATE BIND("type=\"string\" calculate=\"1 + 1\"")
#define READONLY BIND("type=\"string\" readonly=\"true()\"")
#define CONSTRAINT "constraint=\". = 1\""
#define WRONG "jr:constraintMsg=\"Wrong\""
#define NEEDED "jr:requiredMsg=\"Needed\""
#define AWAY "jr:noAppErrorString=\"Away\""
#define PICTURE "<value form=\"image\">jr://images/a.png</value>"
#define BIG_PICTURE "<value form=\"big-image\">jr://images/a.png</value>"
#define SOUND "<value form=\"audio\">jr://audio/a.mp3</value>"
#define FILM "<value form=\"video\">jr://video/a.mp4</value>"

static void every_title_of_a_question_is_understood(void **state)
{
	static const struct title titles[] = {
		{ "relevant", "1 = 1", RELEVANT },
		{ "Relevance", "1 = 1", RELEVANT },
		{ "bind::relevant", "1 = 1", RELEVANT },
		{ "calculation", "1 + 1", CALCULATE },
		{ "calculate", "1 + 1", CALCULATE },
		{ "bind::calculate", "1 + 1", CALCULATE },
		{ "readonly", "yes", READONLY },
		{ "read_only", "TRUE", READONLY },
		{ "read only", "true()", READONLY },
		{ "bind::readonly", "yes", READONLY },
		{ "required", "yes", "required=\"true()\"" },
		{ "bind::required", "yes", "required=\"true()\"" },
		{ "constraint", ". = 1", CONSTRAINT },
		{ "bind::constraint", ". = 1", CONSTRAINT },
		{ "constraint_message", "Wrong", WRONG },
		{ "constraint message", "Wrong", WRONG },
		{ "constraining message", "Wrong", WRONG },
		{ "constraining_message", "Wrong", WRONG },
		{ "bind::jr:constraintMsg", "Wrong", WRONG },
		{ "required_message", "Needed", NEEDED },
		{ "required message", "Needed", NEEDED },
		{ "requiredMsg", "Needed", NEEDED },
		{ "bind::jr:requiredMsg", "Needed", NEEDED },
		{ "no_app_error_string", "Away", AWAY },
		{ "noAppErrorString", "Away", AWAY },
		{ "bind::jr:noAppErrorString", "Away", AWAY },
		{ "appearance", "multiline", "appearance=\"multiline\"" },
		{ "control::appearance", "url", "appearance=\"url\"" },
		{ "body::appearance", "url", "appearance=\"url\"" },
		{ "rows", "3", "rows=\"3\"" },
		{ "control::rows", "3", "rows=\"3\"" },
		{ "body::rows", "3", "rows=\"3\"" },
		{ "parameters", "rows=3", "rows=\"3\"" },
		{ "autoplay", "audio", "autoplay=\"audio\"" },
		{ "body::autoplay", "audio", "autoplay=\"audio\"" },
		{ "hint", "Look", "<hint>Look</hint>" },
		{ "guidance_hint", "See",
		  "<value form=\"guidance\">See</value>" },
		{ "guidance hint", "See",
		  "<value form=\"guidance\">See</value>" },
		{ "image", "a.png", PICTURE },
		{ "media::image", "a.png", PICTURE },
		{ "media:image", "a.png", PICTURE },
		{ "bind:relevant", "1 = 1", RELEVANT },
		{ "media:image:French (fr)", "a.png", PICTURE },
		{ "big-image", "a.png", BIG_PICTURE },
		{ "media::big-image", "a.png", BIG_PICTURE },
		{ "audio", "a.mp3", SOUND },
		{ "media::audio", "a.mp3", SOUND },
		{ "video", "a.mp4", FILM },
		{ "media::video", "a.mp4", FILM },
		{ "default", "5", "<q>5</q>" },
		{ "compact_tag", "t", "<q odk:tag=\"t\"/>" },
		{ "instance::odk:tag", "t", "<q odk:tag=\"t\"/>" },
		{ "bind::odk:length", "10", "odk:length=\"10\"" },
		{ "bind::type", "int", BIND("type=\"int\"") },
		{ "label::French (fr)", "Quoi", "<value>Quoi</value>" },
		{ "label:French (fr)", "Quoi", "<value>Quoi</value>" },
		{ "Label :: French (fr)", "Quoi", "lang=\"French (fr)\"" },
		{ "hint::French (fr)", "Voir", "<value>Voir</value>" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(titles); i++) {
		SCOPED(char_freep)
		char *survey =
		    xasprintf("type,name,caption,%s\ntext,q,What?,%s\n",
			      titles[i].title, titles[i].cell);
		struct findings findings = { 0 };
		SCOPED(char_freep)
		char *document = sheets_compile(
		    (struct sheets_text){ .survey = survey }, &findings);

		for (size_t k = 0; k < findings.count; k++)
			if (strstr(findings.list[k].line, "no such column"))
				fail_msg("%s", findings.list[k].line);
		assert_non_null(document);
		sheets_contain(document, titles[i].piece, NULL);
		findings_done(&findings);
	}
}

/* Titles that a row cannot do without, or that only a repeat has. */
static void every_title_that_says_what_a_row_is(void **state)
{
	static const struct {
		const char *survey, *piece;
	} sheets[] = {
		{ "Type,Name,Label\ntext,q,A\n", "<input ref=\"/data/q\">" },
		{ "command,tag,caption\ntext,q,A\n",
		  "<input ref=\"/data/q\">" },
		{ "command,value,label\ntext,q,A\n",
		  "<input ref=\"/data/q\">" },
		{ "type,name,label,repeat_count\nbegin repeat,r,R,2 + 1\n"
		  "text,q,A,\nend repeat,,,\n",
		  "jr:count=\" /data/r_count \"" },
		{ "type,name,label,count\nbegin repeat,r,R,2 + 1\n"
		  "text,q,A,\nend repeat,,,\n",
		  "jr:count=\" /data/r_count \"" },
		{ "type,name,label,jr:count\nbegin repeat,r,R,2 + 1\n"
		  "text,q,A,\nend repeat,,,\n",
		  "jr:count=\" /data/r_count \"" },
		{ "type,name,label,control::jr:count\nbegin repeat,r,R,2 + 1\n"
		  "text,q,A,\nend repeat,,,\n",
		  "jr:count=\" /data/r_count \"" },
		{ "type,name,label,body::jr:count\nbegin repeat,r,R,2 + 1\n"
		  "text,q,A,\nend repeat,,,\n",
		  "jr:count=\" /data/r_count \"" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(sheets); i++) {
		SCOPED(char_freep)
		char *document = sheets_sound(
		    (struct sheets_text){ .survey = sheets[i].survey });

		sheets_contain(document, sheets[i].piece, NULL);
	}
}

static void every_title_of_a_choice_is_understood(void **state)
{
	static const char *const sheets[] = {
		"list_name,name,label\nl,x,X\n",
		"List_Name,Name,Label\nl,x,X\n",
		"list name,value,caption\nl,x,X\n",
	};
	static const struct title media[] = {
		{ "image", "a.png", PICTURE },
		{ "media::image", "a.png", PICTURE },
		{ "big-image", "a.png", BIG_PICTURE },
		{ "media::big-image", "a.png", BIG_PICTURE },
		{ "audio", "a.mp3", SOUND },
		{ "media::audio", "a.mp3", SOUND },
		{ "video", "a.mp4", FILM },
		{ "media::video", "a.mp4", FILM },
	};
	static const char survey[] = "type,name,label\nselect_one l,q,A\n";

	(void)state;
	for (size_t i = 0; i < COUNT(sheets); i++) {
		SCOPED(char_freep)
		char *document = sheets_sound((struct sheets_text){
		    .survey = survey, .choices = sheets[i] });

		sheets_contain(document, "<name>x</name>", "<label>X</label>",
			       NULL);
	}
	for (size_t i = 0; i < COUNT(media); i++) {
		SCOPED(char_freep)
		char *choices = xasprintf("list_name,name,label,%s\nl,x,X,%s\n",
					  media[i].title, media[i].cell);
		struct findings findings = { 0 };
		SCOPED(char_freep)
		char *document =
		    sheets_compile((struct sheets_text){ .survey = survey,
							 .choices = choices },
				   &findings);

		/* That a kiosk plays neither sound nor film. */
		assert_int_equal(findings.count, i < 4 ? 0 : 1);
		findings_done(&findings);
		sheets_contain(document, media[i].piece, NULL);
	}
}

static void every_title_of_the_settings_is_understood(void **state)
{
	static const struct title titles[] = {
		{ "form_title", "T", "<h:title>T</h:title>" },
		{ "set form title", "T", "<h:title>T</h:title>" },
		{ "set_form_title", "T", "<h:title>T</h:title>" },
		{ "title", "T", "<h:title>T</h:title>" },
		{ "form_id", "i", "<data id=\"i\"" },
		{ "set form id", "i", "<data id=\"i\"" },
		{ "set_form_id", "i", "<data id=\"i\"" },
		{ "id_string", "i", "<data id=\"i\"" },
		{ "version", "7", "version=\"7\"" },
		{ "name", "root", "<root id=" },
		{ "prefix", "p", "odk:prefix=\"p\"" },
		{ "delimiter", "+", "odk:delimiter=\"+\"" },
		{ "style", "pages", "<h:body class=\"pages\">" },
		{ "instance_name", "'n'", "calculate=\"'n'\"" },
		{ "public_key", "K", "base64RsaPublicKey=\"K\"" },
		{ "submission_url", "u", "action=\"u\"" },
		{ "auto_send", "true", "orx:auto-send=\"true\"" },
		{ "auto_delete", "true", "orx:auto-delete=\"true\"" },
		{ "attribute::x", "1", "x=\"1\"" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(titles); i++) {
		SCOPED(char_freep)
		char *settings =
		    xasprintf("%s\n%s\n", titles[i].title, titles[i].cell);
		SCOPED(char_freep)
		char *document = sheets_sound(
		    (struct sheets_text){ .survey = "type,name,label\n"
						    "text,a,A\n",
					  .settings = settings });

		sheets_contain(document, titles[i].piece, NULL);
	}
}

/* --- types ---------------------------------------------------------------- */

/* The type is that of the other, to the last byte of the document. */
static void every_spelling_of_a_type_is_the_same_type(void **state)
{
	static const struct {
		const char *type, *spellings[10];
	} types[] = {
		{ "text", { "string", "Text", "add text prompt", "q string" } },
		{ "integer",
		  { "int", "INTEGER", "q int", "add integer prompt" } },
		{ "decimal", { "q decimal", "add decimal prompt" } },
		{ "date", { "q date", "add date prompt" } },
		{ "time", { "Time", "q time" } },
		{ "dateTime",
		  { "datetime", "date time", "q dateTime", "q date time",
		    "add dateTime prompt", "add date time prompt" } },
		{ "note", { "q note", "add note prompt" } },
		{ "tel", { "phone number", "add phone number prompt" } },
		{ "acknowledge",
		  { "trigger", "q acknowledge", "add acknowledge prompt" } },
		{ "hidden", { "Hidden" } },
		{ "start", { "start time", "get start time" } },
		{ "end", { "end time", "get end time" } },
		{ "today", { "get today" } },
		{ "deviceid", { "device id", "get device id", "imei" } },
		{ "phonenumber", { "get phone number" } },
		{ "subscriberid", { "subscriber id", "get subscriber id" } },
		{ "simserial", { "sim id", "get sim id" } },
		{ "image",
		  { "photo", "picture", "q picture", "q image",
		    "add image prompt", "add photo prompt" } },
		{ "audio", { "q audio", "add audio prompt" } },
		{ "video", { "q video", "add video prompt" } },
		{ "file", { "add file prompt" } },
		{ "barcode", { "q barcode", "add barcode prompt" } },
		{ "geopoint",
		  { "gps", "location", "q geopoint", "q location",
		    "add location prompt" } },
		{ "select_one l",
		  { "select1 l", "select one l", "select one from l",
		    "select one using l", "add select one prompt using l",
		    "Select_One l", "select_one  l", "q select1 l" } },
		{ "select_multiple l",
		  { "select multiple l", "select multiple from l",
		    "select multiple using l", "select all that apply l",
		    "select all that apply from l",
		    "add select multiple prompt using l", "q select l" } },
		{ "select_one_from_file l.csv",
		  { "select one from file l.csv" } },
		{ "select_multiple_from_file l.csv",
		  { "select multiple from file l.csv" } },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(types); i++) {
		SCOPED(char_freep) char *first = NULL;

		for (int k = -1; k < 0 || types[i].spellings[k]; k++) {
			const char *type =
			    k < 0 ? types[i].type : types[i].spellings[k];
			SCOPED(char_freep)
			char *survey =
			    xasprintf("type,name,label\n%s,q,A\n", type);
			struct findings findings = { 0 };
			SCOPED(char_freep)
			char *document = sheets_compile(
			    (struct sheets_text){
				.survey = survey,
				.choices = "list_name,name,label\nl,x,X\n" },
			    &findings);

			if (!document)
				fail_msg("%s: %s", type, findings.list[0].line);
			findings_done(&findings);
			if (k < 0)
				first = xstrdup(document);
			assert_string_equal(document, first);
		}
	}
}

static void every_spelling_of_a_group_is_the_same_group(void **state)
{
	static const struct {
		const char *begin, *end, *piece;
	} groups[] = {
		{ "begin group", "end group", "<group ref=\"/data/g\">" },
		{ "begin_group", "end_group", "<group ref=\"/data/g\">" },
		{ "Begin Group", "END GROUP", "<group ref=\"/data/g\">" },
		{ "begin repeat", "end repeat", "<repeat nodeset=" },
		{ "begin_repeat", "end_repeat", "<repeat nodeset=" },
		{ "begin lgroup", "end lgroup", "<repeat nodeset=" },
		{ "begin looped group", "end looped group",
		  "<repeat nodeset=" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(groups); i++) {
		SCOPED(char_freep)
		char *survey = xasprintf("type,name,label\n%s,g,\ntext,a,A\n"
					 "%s,,\n",
					 groups[i].begin, groups[i].end);
		SCOPED(char_freep)
		char *document =
		    sheets_sound((struct sheets_text){ .survey = survey });

		sheets_contain(document, groups[i].piece, NULL);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_title_of_a_question_is_understood),
		cmocka_unit_test(every_title_that_says_what_a_row_is),
		cmocka_unit_test(every_title_of_a_choice_is_understood),
		cmocka_unit_test(every_title_of_the_settings_is_understood),
		cmocka_unit_test(every_spelling_of_a_type_is_the_same_type),
		cmocka_unit_test(every_spelling_of_a_group_is_the_same_group),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
