#include "tests/test.h"

#include <string.h>

#include "base/bytes.h"
#include "tests/support/forms.h"

/* What a form may say that a kiosk answers in its own way. */

/* Nobody's name, address or number is told; the rest the agency sets. */
static void what_would_tell_who_is_there_stays_empty(void **state)
{
	static const struct {
		const char *kind, *parameters, *value;
	} rows[] = {
		{ "property", "username", "" },
		{ "property", "email", "" },
		{ "property", "phonenumber", "" },
		{ "property", "phone number", "" },
		{ "property", "subscriberid", "" },
		{ "property", "p", "set" },
		{ "property", "q", "" },
		{ "date", "today", "2020-02-03" },
		{ "timestamp", "start", "2020-02-03T12:00:00.000+00:00" },
		{ "timestamp", "end", "" },
		{ "context", "x", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		SCOPED(char_freep)
		char *bind = xasprintf("<bind nodeset='/data/a' "
				       "jr:preload='%s' "
				       "jr:preloadParams='%s'/>",
				       rows[i].kind, rows[i].parameters);
		SCOPED(form_freep)
		struct form *form = forms_data("<a/>", bind, "");
		SCOPED(run_freep) struct run *run = forms_run(form);

		assert_string_equal(forms_value(run, "/data/a"), rows[i].value);
	}
}

static void every_first_event_is_the_first_load(void **state)
{
	static const char *const events[] = {
		"odk-instance-first-load",
		"odk-instance-load",
		"xforms-ready",
		"odk-instance-first-load xforms-value-changed",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(events); i++) {
		SCOPED(char_freep)
		char *set = xasprintf("<setvalue event='%s' ref='/data/a' "
				      "value='1 + 1'/>",
				      events[i]);
		SCOPED(form_freep)
		struct form *form = forms_data("<a/>", set, "");
		SCOPED(run_freep) struct run *run = forms_run(form);

		assert_string_equal(forms_value(run, "/data/a"), "2");
	}
}

/* No place is taken, no trail is kept, nothing is sent or locked away. */
static void what_a_kiosk_does_not_act_on_does_no_harm(void **state)
{
	SCOPED(form_freep)
	struct form *form = forms_of(
	    "<instance><data id='f' version='1'><a/><place/><pic/>"
	    "<meta><instanceID/><audit/></meta></data></instance>"
	    "<submission action='https://example.org' method='post' "
	    "base64RsaPublicKey='MIIB' orx:auto-send='true' "
	    "orx:auto-delete='true'/>"
	    "<bind nodeset='/data/a' type='tel' saveIncomplete='true()' "
	    "jr:noAppErrorString='none' entities:saveto='phone' "
	    "xmlns:entities='http://www.opendatakit.org/xforms/entities'/>"
	    "<bind nodeset='/data/pic' type='binary' orx:max-pixels='640' "
	    "required='true()'/>"
	    "<bind nodeset='/data/meta/audit' type='binary' "
	    "odk:track-changes='true' "
	    "xmlns:odk='http://www.opendatakit.org/xforms'/>"
	    "<odk:setgeopoint event='odk-instance-first-load' "
	    "ref='/data/place' xmlns:odk='http://www.opendatakit.org/xforms'/>",
	    "<input ref='/data/a'/><upload ref='/data/pic' "
	    "mediatype='image/*' accept='.jpg'/>");
	SCOPED(run_freep) struct run *run = forms_run(form);
	struct bytes xml = { 0 };

	(void)state;
	assert_int_equal(forms_set(run, "/data/a", "+41 79"), RUN_TAKEN);
	assert_int_equal(node_violation(forms_node(run, "/data/pic")), VALID);
	assert_int_equal(run_submission(run, &xml), FAULT_NONE);
	assert_non_null(strstr(
	    (char *)xml.data, "<a>+41 79</a><place/><pic/><meta><instanceID>"));
	assert_non_null(strstr((char *)xml.data, "<audit/></meta>"));
	bytes_done(&xml);
}

/* A picture serves in every language; what is said does not. */
static void every_form_of_a_text_is_found(void **state)
{
	SCOPED(form_freep)
	struct form *form = forms_of(
	    "<itext><translation lang='en'><text id='a'><value>Long</value>"
	    "<value form='short'>Short</value>"
	    "<value form='image'>jr://images/a.png</value>"
	    "<value form='big-image'>jr://images/a-big.png</value>"
	    "<value form='audio'>jr://audio/a.mp3</value>"
	    "<value form='video'>jr://video/a.mp4</value></text></translation>"
	    "<translation lang='fr'><text id='a'><value>Longue</value></text>"
	    "</translation></itext>"
	    "<instance><data id='f'><a/></data></instance>",
	    "<input ref='/data/a'><label ref=\"jr:itext('a')\"/></input>");
	SCOPED(run_freep) struct run *run = forms_run(form);
	static const struct {
		const char *kind, *address;
	} media[] = {
		{ "image", "jr://images/a.png" },
		{ "big-image", "jr://images/a-big.png" },
		{ "audio", "jr://audio/a.mp3" },
		{ "video", "jr://video/a.mp4" },
	};
	struct node *node = forms_node(run, "/data/a");

	(void)state;
	for (size_t i = 0; i < COUNT(media); i++) {
		SCOPED(char_freep)
		char *address = node_media(node, media[i].kind);

		assert_string_equal(address, media[i].address);
	}
	SCOPED(char_freep) char *brief = node_short_label(node);
	assert_string_equal(brief, "Short");
	run_set_language(run, "fr");
	SCOPED(char_freep) char *longer = node_short_label(node);
	assert_string_equal(longer, "Longue");
	assert_null(node_media(node, "audio"));
	SCOPED(char_freep) char *picture = node_media(node, "image");
	assert_string_equal(picture, media[0].address);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_would_tell_who_is_there_stays_empty),
		cmocka_unit_test(every_first_event_is_the_first_load),
		cmocka_unit_test(what_a_kiosk_does_not_act_on_does_no_harm),
		cmocka_unit_test(every_form_of_a_text_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
