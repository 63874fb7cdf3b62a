#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/memory.h"
#include "tests/support/demo.h"
#include "tests/support/deposit.h"
#include "tests/support/folder.h"
#include "tests/support/office.h"
#include "tests/test.h"

#define ROSA "X-OpenRosa-Version: 1.0\r\nConnection: close\r\n"
#define HERE "HTTP/1.1 204 No Content\r\n" ROSA "\r\n"
#define SAYS(status, body) \
	"HTTP/1.1 " status "\r\n" ROSA "Content-Length: 6\r\n\r\n" body

static void put_secret(const struct office *office, const char *secret,
		       mode_t mode)
{
	SCOPED(char_freep) char *path = folder_file(office->folder, "secret");

	assert_int_equal(file_write(path, secret, strlen(secret), mode),
			 FAULT_NONE);
	assert_int_equal(chmod(path, mode), 0);
}

/* An agency with one visit of a person who is kept. */
static int begin(void **state)
{
	char number[OFFICE_NUMBER];

	office_begin(state);
	put_secret(*state, "desk:sesame\n", 0600);
	office_file(*state, "intake",
		    "{\"B1\":\"YES\",\"B2\":\"YES\",\"C1\":\"URG\","
		    "\"D1\":\"Amina Haddad\",\"G3\":\"SMS\","
		    "\"G3_detail\":\"416 555 0199\"}",
		    number);
	assert_string_equal(number, "K7-0001");
	office_person(*state, number);
	return 0;
}

/* What the program says of a visit to a server with these replies, and what
 * that heard. */
static struct output submit_of(const struct office *office, const char *visit,
			       const char *path, const char *const *replies,
			       struct bytes *heard)
{
	struct deposit deposit = deposit_start(replies, NULL);
	struct output output = program_run(
	    "",
	    "foyer visit submit --home %s --to http://127.0.0.1:%d%s --secret "
	    "%s/secret --recipient Central --yes %s",
	    office->home, deposit.port, path, office->folder, visit);

	deposit_stop(&deposit, heard);
	return output;
}

static struct output submit(const struct office *office, const char *path,
			    const char *const *replies, struct bytes *heard)
{
	return submit_of(office, "K7-0001", path, replies, heard);
}

static void a_token_that_comes_back_is_not_told(void **state)
{
	static const char *const replies[] = { HERE,
					       "HTTP/1.1 400 Bad\r\n" ROSA
					       "\r\n<p>/v1/key/a!to$ken/x and "
					       "a%21to%24ken",
					       NULL };
	const struct office *office = *state;
	struct bytes heard = { 0 };
	struct output output;

	put_secret(office, "a!to$ken", 0600);
	output = submit(office, "/v1/projects/1", replies, &heard);
	put_secret(office, "desk:sesame", 0600);
	assert_non_null(strstr((char *)heard.data, "key/a!to$ken/"));
	assert_non_null(strstr(output.err, "(400 <p>/v1/key/*/x and *)"));
	output_done(&output);
	bytes_done(&heard);
}

static void a_number_of_no_visit_is_told(void **state)
{
	static const char *const replies[] = { HERE, NULL };
	struct bytes heard = { 0 };
	struct output output =
	    submit_of(*state, "K7-9999", "/submission", replies, &heard);

	assert_int_equal(output.status, 1);
	assert_non_null(
	    strstr(output.err, "K7-9999: no visit has this number"));
	assert_string_equal((char *)heard.data, "");
	output_done(&output);
	bytes_done(&heard);
}

/* What a person's handovers say, from their notes; free it. */
static char *handovers(const struct office *office, int person)
{
	SCOPED(char_freep)
	char *sql = xasprintf("SELECT count(*) || ' ' || coalesce(max(note), "
			      "'') FROM handover WHERE NOT gone AND person = "
			      "%d",
			      person);

	return demo_ask(office->home, sql);
}

static void what_may_be_there_is_a_handover(void **state)
{
	static const struct {
		const char *replies[8], *handovers;
	} cases[] = {
		{ { HERE, SAYS("400 Bad", "refuse"), NULL }, "0 " },
		{ { HERE, SAYS("409 Conflict", "other!"), NULL },
		  "1 sending begun; not known to be there" },
		{ { HERE, SAYS("400 Bad", "refuse"), NULL },
		  "1 sending begun; not known to be there" },
	};
	const struct office *office = *state;

	office_agree(office, 1, "Central");
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct bytes heard = { 0 };
		SCOPED(char_freep) char *found = NULL;

		office_ran(
		    1, "",
		    submit(office, "/submission", cases[i].replies, &heard));
		found = handovers(office, 1);
		assert_string_equal(found, cases[i].handovers);
		bytes_done(&heard);
	}
}

static void what_cannot_be_written_down_is_told(void **state)
{
	static const char *const replies[] = { HERE, SAYS("201 New", "thanks"),
					       NULL };
	const struct office *office = *state;
	struct bytes heard = { 0 };
	struct output output;

	demo_sql(office->home,
		 "CREATE TRIGGER full BEFORE UPDATE ON handover BEGIN SELECT "
		 "RAISE(FAIL, 'full'); END");
	output = submit(office, "/submission", replies, &heard);
	demo_sql(office->home, "DROP TRIGGER full");
	print_message("%s", output.err);
	assert_int_not_equal(output.status, 0);
	assert_non_null(strstr(output.err, "could not be written down"));
	output_done(&output);
	bytes_done(&heard);
}

static void only_what_may_leave_is_sent_and_once(void **state)
{
	/* The server takes it and breaks off; then the same comes again. */
	static const char *const replies[] = { HERE, "", HERE,
					       SAYS("201 Created", "thanks"),
					       NULL };
	const struct office *office = *state;
	struct bytes heard = { 0 }, again = { 0 };
	struct output output;
	const char *first, *second;

	output = submit(office, "/v1/projects/1", replies, &heard);
	print_message("%s%s\n%s\n", output.out, output.err, (char *)heard.data);
	assert_int_equal(output.status, 0);
	assert_string_equal(output.out,
			    "{\"visit\":\"K7-0001\",\"status\":\"sent\"}\n");
	output_done(&output);
	assert_int_equal(strncmp((char *)heard.data,
				 "HEAD /v1/projects/1/submission HTTP/1.1\r\n",
				 41),
			 0);
	assert_non_null(strstr((char *)heard.data,
			       "POST /v1/projects/1/submission HTTP/1.1\r\n"));
	assert_non_null(
	    strstr((char *)heard.data, "X-OpenRosa-Version: 1.0\r\n"));
	assert_non_null(strstr((char *)heard.data, "Basic ZGVzazpzZXNhbWU="));
	assert_non_null(
	    strstr((char *)heard.data, "name=\"xml_submission_file\""));
	assert_non_null(strstr((char *)heard.data, "<data id=\"intake\""));
	assert_non_null(strstr((char *)heard.data, "<B2>YES</B2>"));
	assert_non_null(strstr((char *)heard.data, "<G3>SMS</G3>"));
	assert_non_null(strstr((char *)heard.data, "<instanceID>uuid:"));
	assert_null(strstr((char *)heard.data, "Amina"));
	assert_null(strstr((char *)heard.data, "416 555"));
	assert_null(strstr((char *)heard.data, "URG")); /* private */
	assert_non_null(strstr((char *)heard.data, "<triage_level/>"));

	first = strstr((char *)heard.data, "<data");
	second = strstr(first + 1, "<data");
	assert_non_null(second);
	assert_memory_equal(first, second, strcspn(first, "\r"));

	output = submit(office, "/v1/projects/1", replies, &again);
	assert_int_equal(output.status, 1);
	assert_non_null(strstr(output.err, "is there already"));
	assert_string_equal((char *)again.data, "");
	output_done(&output);
	bytes_done(&heard);
	bytes_done(&again);
}

static void without_consent_nothing_is_asked_of_the_server(void **state)
{
	static const char *const replies[] = { HERE, NULL };
	const struct office *office = *state;
	struct bytes heard = { 0 };
	struct output output = submit(office, "/submission", replies, &heard);

	assert_int_equal(output.status, 1);
	assert_non_null(strstr(output.err, "did not agree to share"));
	assert_string_equal((char *)heard.data, "");
	output_done(&output);
	bytes_done(&heard);
}

static void what_servers_answer_is_told_in_words(void **state)
{
	static const struct {
		const char *replies[8];
		int status;
		const char *says;
	} cases[] = {
		{ { HERE, SAYS("409 Conflict", "other!"), NULL },
		  1,
		  "with other answers" },
		{ { SAYS("401 No", "who???"), NULL }, 1, "this login" },
		{ { HERE, SAYS("403 No", "may no"), NULL }, 1, "this login" },
		{ { SAYS("404 No", "noform"), NULL }, 1, "no such project" },
		{ { HERE, SAYS("413 Large", "toobig"), NULL }, 1, "larger" },
		{ { HERE, SAYS("400 Bad", "\033[2Jxy"), NULL },
		  1,
		  "refused it (400 [2Jxy)" },
		{ { HERE, SAYS("200 Fine", "wifi!!"), NULL },
		  1,
		  "no OpenRosa server" },
		{ { "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", NULL },
		  1,
		  "no OpenRosa server" },
		{ { "HTTP/1.1 302 Found\r\n" ROSA
		    "Location: http://127.0.0.1:1/\r\n\r\n",
		    NULL },
		  1,
		  "another address" },
		{ { "HTTP/1.1 204 OK\r\n" ROSA
		    "Location: https://elsewhere.example/submission\r\n\r\n",
		    NULL },
		  1,
		  "another address" },
		{ { "HTTP/1.1 204 OK\r\n" ROSA
		    "X-OpenRosa-Accept-Content-Length: 10\r\n\r\n",
		    NULL },
		  1,
		  "larger" },
		{ { "garbage\r\n\r\n", "", "HTTP/9 x", NULL },
		  3,
		  "nothing is there twice" },
	};
	const struct office *office = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct bytes heard = { 0 };
		struct output output =
		    submit(office, "/submission", cases[i].replies, &heard);

		print_message("%s", output.err);
		assert_int_equal(output.status, cases[i].status);
		assert_non_null(strstr(output.err, cases[i].says));
		assert_null(strchr(output.err, '\033'));
		assert_string_equal(output.out, "");
		output_done(&output);
		bytes_done(&heard);
	}
}

static void a_secret_others_can_read_and_plain_http_are_refused(void **state)
{
	static const struct {
		const char *address, *secret;
		mode_t mode;
		const char *says;
	} cases[] = {
		{ "https://h.example/v1/projects/1", "desk:x", 0640, "chmod" },
		{ "https://h.example/v1/projects/1", "", 0600, "USER:" },
		{ "http://h.example/submission", "desk:x", 0600, "no address" },
		{ "https://desk:x@h.example/submission", "desk:x", 0600,
		  "no address" },
		{ "https://h.example/submission", "atoken", 0600,
		  "no address" },
		{ "ftp://h.example/submission", "desk:x", 0600, "no address" },
		{ "https:///submission", "desk:x", 0600, "no address" },
	};
	const struct office *office = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct output output;

		put_secret(office, cases[i].secret, cases[i].mode);
		output = program_run(
		    "",
		    "foyer visit submit --home %s --to %s --secret %s/secret "
		    "--recipient Central K7-0001",
		    office->home, cases[i].address, office->folder);
		print_message("%s", output.err);
		assert_int_equal(output.status, 1);
		assert_non_null(strstr(output.err, cases[i].says));
		output_done(&output);
	}
	put_secret(office, "desk:sesame", 0600);
}

/* The submission in what a server heard, without its ids; free it. */
static char *submission_of(const struct bytes *heard)
{
	char *xml = strstr((char *)heard->data, "<data");
	char *last = xml ? strstr(xml, "</data>") : NULL;
	char *id;

	assert_non_null(last);
	*last = 0;
	while ((id = strstr(xml, "uuid:")))
		memset(id, '-', strcspn(id, "<"));
	if ((id = strstr(xml, "\"people\" id=\"")))
		memset(id, '-', strcspn(id, ">"));
	return xstrdup(xml);
}

/* A visit of somebody who is kept and agreed; what of it leaves. */
static char *leaves_of(const struct office *office, int person,
		       const char *answers)
{
	static const char *const replies[] = { HERE, SAYS("201 New", "thanks"),
					       NULL };
	char visit[OFFICE_NUMBER];
	struct bytes heard = { 0 };
	char *xml;

	office_file(office, "intake", answers, visit);
	office_person(office, visit);
	office_agree(office, person, "Central");
	office_ran(0, "sent",
		   submit_of(office, visit, "/submission", replies, &heard));
	xml = submission_of(&heard);
	bytes_done(&heard);
	return xml;
}

static void private_answers_change_nothing_of_what_leaves(void **state)
{
	static const char *const private[] = {
		"\"C1\":\"URG\",\"C2\":\"OTH\"",
		"\"C1\":\"PRIV\"",
		"\"C1\":\"OK\"",
	};
	const struct office *office = *state;
	char *first = NULL;

	for (int i = 0; i < (int)COUNT(private); i++) {
		SCOPED(char_freep)
		char *answers =
		    xasprintf("{\"B1\":\"YES\",\"B2\":\"YES\",%s,"
			      "\"C3\":\"FIN\",\"D1\":\"Person %c\"}",
			      private[i], 'A' + i);
		SCOPED(char_freep)
		char *xml = leaves_of(office, 2 + i, answers);

		print_message("%s\n", xml);
		if (first)
			assert_string_equal(xml, first);
		else
			first = xstrdup(xml);
	}
	free(first);
}

/* The first is taken and not answered; then the login is over. */
static void a_refusal_tells_nothing_of_the_try_before(void **state)
{
	static const char *const over[] = { HERE, "", HERE,
					    SAYS("401 No", "who???"), NULL };
	static const char *const taken[] = { HERE, SAYS("201 New", "thanks"),
					     NULL };
	const struct office *office = *state;
	char visit[OFFICE_NUMBER];
	struct bytes heard = { 0 }, again = { 0 };
	struct output output;

	office_file(office, "intake", "{\"B1\":\"YES\",\"D1\":\"Z\"}", visit);
	office_person(office, visit);
	office_agree(office, 5, "Central");
	office_ran(1, "",
		   submit_of(office, visit, "/submission", over, &heard));
	SCOPED(char_freep) char *found = handovers(office, 5);

	assert_string_equal(found, "1 sending begun; not known to be there");
	/* Named twice, it is one. */
	SCOPED(char_freep) char *twice = xasprintf("%s %s", visit, visit);

	output = submit_of(office, twice, "/submission", taken, &again);
	assert_int_equal(output.status, 0);
	assert_null(strstr(output.err, "not tried"));
	assert_non_null(strstr(output.err, "1 visit goes to"));
	output_done(&output);
	bytes_done(&heard);
	bytes_done(&again);
}

int main(void)
{
	/* One agency, and what is done to its visit last goes last. */
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(private_answers_change_nothing_of_what_leaves),
		cmocka_unit_test(a_refusal_tells_nothing_of_the_try_before),
		cmocka_unit_test(
		    a_secret_others_can_read_and_plain_http_are_refused),
		cmocka_unit_test(
		    without_consent_nothing_is_asked_of_the_server),
		cmocka_unit_test(a_number_of_no_visit_is_told),
		cmocka_unit_test(what_may_be_there_is_a_handover),
		cmocka_unit_test(what_servers_answer_is_told_in_words),
		cmocka_unit_test(a_token_that_comes_back_is_not_told),
		cmocka_unit_test(what_cannot_be_written_down_is_told),
		cmocka_unit_test(only_what_may_leave_is_sent_and_once),
	};

	return cmocka_run_group_tests(tests, begin, office_end);
}
