#include <openssl/ssl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/memory.h"
#include "tests/support/credential.h"
#include "tests/support/demo.h"
#include "tests/support/deposit.h"
#include "tests/support/folder.h"
#include "tests/support/office.h"
#include "tests/test.h"

/* `foyer visit submit` to servers that speak TLS, as they do out there. */

#define DAY (24L * 60 * 60) /* s */
#define HERE DEPOSIT_HERE
#define TAKEN DEPOSIT_SAYS("201 Created")

DEFINE_SCOPED(SSL_CTX, SSL_CTX_free)

/* The newest visit, of somebody who agreed. */
static char visit[OFFICE_NUMBER];

static void next_visit(const struct office *office)
{
	static int people;

	office_file(office, "intake",
		    "{\"B1\":\"YES\",\"D1\":\"Amina Haddad\"}", visit);
	office_person(office, visit);
	office_agree(office, ++people, "Central");
}

static int begin(void **state)
{
	SCOPED(char_freep) char *path = NULL;
	const struct office *office;

	office_begin(state);
	office = *state;
	path = folder_file(office->folder, "secret");
	assert_int_equal(file_write(path, "desk:sesame", 11, 0600), FAULT_NONE);
	next_visit(office);
	return 0;
}

/* What a server shows, and the file PEM of whoever vouches for it. */
static SSL_CTX *credential(const struct office *office, const char *pem,
			   const char *name, long from, long until)
{
	SCOPED(char_freep) char *path = folder_file(office->folder, pem);

	return credential_new(path, name, from, until);
}

static SSL_CTX *good(const struct office *office)
{
	return credential(office, "good.pem", "IP:127.0.0.1", -DAY, DAY);
}

static struct output submit_to(const struct office *office, int port,
			       const char *options)
{
	return program_run("",
			   "foyer visit submit --home %s --to "
			   "https://127.0.0.1:%d/v1/projects/1 --secret "
			   "%s/secret --recipient Central --yes %s %s",
			   office->home, port, office->folder, options, visit);
}

/* What the program says, with its exit status, and what the server heard. */
static struct output submit(const struct office *office, SSL_CTX *shown,
			    const char *const *replies, const char *pem,
			    struct bytes *heard)
{
	struct deposit deposit = deposit_start(replies, shown);
	SCOPED(char_freep)
	char *options =
	    pem ? xasprintf("--authority %s/%s --wait 2", office->folder, pem)
		: xstrdup("--wait 2");
	struct output output = submit_to(office, deposit.port, options);

	deposit_stop(&deposit, heard);
	print_message("%s", output.err);
	return output;
}

/* It fails so, and says so; the server, if it is not to be trusted, hears
 * nothing. */
static void fails(const struct office *office, SSL_CTX *shown, const char *pem,
		  const char *says, const char *reason)
{
	static const char *const replies[] = { HERE, TAKEN, NULL };
	struct bytes heard = { 0 };
	struct output output = submit(office, shown, replies, pem, &heard);

	assert_int_equal(output.status, 1);
	assert_string_equal(output.out, "");
	assert_non_null(strstr(output.err, says));
	assert_non_null(strstr(output.err, reason));
	assert_string_equal((char *)heard.data, "");
	output_done(&output);
	bytes_done(&heard);
}

static size_t times(const struct bytes *heard, const char *what)
{
	size_t count = 0;

	for (const char *at = (const char *)heard->data;
	     (at = strstr(at, what)); at++)
		count++;
	return count;
}

/* What the handovers of the newest visit say. */
static void assert_handovers(const struct office *office, const char *expected)
{
	SCOPED(char_freep)
	char *question =
	    xasprintf("SELECT count(*) || ' ' || coalesce(max(note), 'there') "
		      "FROM handover WHERE NOT gone AND visit = (SELECT id "
		      "FROM visit WHERE number = '%s')",
		      visit);
	SCOPED(char_freep) char *found = demo_ask(office->home, question);

	assert_string_equal(found, expected);
}

#define UNTRUSTED "cannot show that it is who it says: nothing was sent"

static void who_cannot_show_who_they_are_hears_nothing(void **state)
{
	const struct office *office = *state;
	SCOPED(SSL_CTX_freep) SSL_CTX *known = good(office);
	SCOPED(SSL_CTX_freep)
	SSL_CTX *named =
	    credential(office, "named.pem", "DNS:h.example", -DAY, DAY);
	SCOPED(SSL_CTX_freep)
	SSL_CTX *expired =
	    credential(office, "expired.pem", "IP:127.0.0.1", -2 * DAY, -DAY);
	SCOPED(SSL_CTX_freep)
	SSL_CTX *early =
	    credential(office, "early.pem", "IP:127.0.0.1", DAY, 2 * DAY);

	fails(office, named, "named.pem", UNTRUSTED, "name");
	fails(office, expired, "expired.pem", UNTRUSTED, "expired");
	fails(office, early, "early.pem", UNTRUSTED, "not yet valid");
	fails(office, known, "named.pem", UNTRUSTED, "certificate");
	fails(office, known, NULL, UNTRUSTED, "certificate");
	fails(office, known, "secret", "who may vouch", "secret");
	fails(office, known, "nowhere.pem", "who may vouch", "nowhere.pem");
	assert_handovers(office, "0 there");
}

/* Whoever sends us elsewhere does not get us there, nor our login. */
static void a_redirect_is_not_followed(void **state)
{
	static const struct {
		const char *status, *scheme;
	} ways[] = {
		{ "302 Found", "https" },
		{ "307 Moved", "http" },
		{ "308 Moved", "https" },
	};
	static const char *const there[] = { HERE, TAKEN, NULL };
	const struct office *office = *state;
	SCOPED(SSL_CTX_freep) SSL_CTX *shown = good(office);

	for (size_t i = 0; i < COUNT(ways) * 2; i++) {
		const bool posted = i >= COUNT(ways);
		const char *scheme = ways[i % COUNT(ways)].scheme;
		const bool plain = strcmp(scheme, "http") == 0;
		struct deposit other =
		    deposit_start(there, plain ? NULL : shown);
		SCOPED(char_freep)
		char *away =
		    xasprintf("HTTP/1.1 %s\r\n" DEPOSIT_ROSA "Location: "
			      "%s://127.0.0.1:%d/v1/projects/1/submission\r\n"
			      "Content-Length: 0\r\n\r\n",
			      ways[i % COUNT(ways)].status, scheme, other.port);
		const char *const replies[] = { posted ? HERE : away,
						posted ? away : NULL, NULL };
		struct bytes heard = { 0 }, heard_there = { 0 };
		struct output output =
		    submit(office, shown, replies, "good.pem", &heard);

		deposit_stop(&other, &heard_there);
		assert_int_equal(output.status, 1);
		assert_non_null(strstr(output.err, "another address"));
		assert_int_equal(times(&heard, "POST "), posted);
		assert_string_equal((char *)heard_there.data, "");
		output_done(&output);
		bytes_done(&heard);
		bytes_done(&heard_there);
	}
}

static void a_server_that_says_nothing_is_not_waited_for(void **state)
{
	static const char *const silent[] = { deposit_silence, deposit_silence,
					      deposit_silence, NULL };
	static const char *const then[] = { HERE, deposit_silence,
					    HERE, deposit_silence,
					    HERE, deposit_silence,
					    NULL };
	static const struct {
		const char *const *replies;
		const char *handovers;
		size_t posted;
	} cases[] = {
		{ silent, "0 there", 0 },
		{ then, "1 sending begun; not known to be there", 3 },
	};
	const struct office *office = *state;
	SCOPED(SSL_CTX_freep) SSL_CTX *shown = good(office);

	next_visit(office);
	for (size_t i = 0; i < COUNT(cases); i++) {
		const time_t before = time(NULL);
		struct bytes heard = { 0 };
		struct output output =
		    submit(office, shown, cases[i].replies, "good.pem", &heard);

		assert_in_range(time(NULL) - before, 0, DEPOSIT_HOLDS);
		assert_int_equal(output.status, 3);
		assert_non_null(strstr(output.err, "nothing is there twice"));
		assert_int_equal(times(&heard, "POST "), cases[i].posted);
		assert_handovers(office, cases[i].handovers);
		output_done(&output);
		bytes_done(&heard);
	}
}

/* The body of the first POST of all that was heard, and how many had it. */
static size_t same_bodies(const struct bytes *heard)
{
	const char *first = strstr((char *)heard->data, "<data");
	SCOPED(char_freep) char *body = NULL;

	assert_non_null(first);
	body = xasprintf("%.*s", (int)strcspn(first, "\r"), first);
	return times(heard, body);
}

static void what_breaks_is_sent_again_and_there_once(void **state)
{
	static const char *const broken[] = { HERE, DEPOSIT_SAYS("500 No"),
					      HERE, "",
					      HERE, DEPOSIT_SAYS("503 No"),
					      HERE, TAKEN,
					      NULL };
	static const char *const busy[] = { HERE, DEPOSIT_SAYS("500 No"), HERE,
					    TAKEN, NULL };
	const struct office *office = *state;
	SCOPED(SSL_CTX_freep) SSL_CTX *shown = good(office);
	struct bytes heard = { 0 }, again = { 0 }, after = { 0 };

	next_visit(office);
	office_ran(3, "", submit(office, shown, broken, "good.pem", &heard));
	assert_int_equal(times(&heard, "POST "), 3);
	assert_int_equal(same_bodies(&heard), 3);
	assert_handovers(office, "1 sending begun; not known to be there");

	office_ran(0, "sent", submit(office, shown, busy, "good.pem", &again));
	assert_int_equal(times(&again, "POST "), 2);
	assert_int_equal(same_bodies(&again), 2);
	assert_handovers(office, "1 there");

	office_ran(1, "", submit(office, shown, busy, "good.pem", &after));
	assert_string_equal((char *)after.data, "");
	assert_handovers(office, "1 there");
	bytes_done(&heard);
	bytes_done(&again);
	bytes_done(&after);
}

static void refusals_are_told_and_not_tried_again(void **state)
{
	static const struct {
		const char *reply, *says, *handovers;
	} cases[] = {
		{ DEPOSIT_SAYS("401 No"), "does not know this login",
		  "0 there" },
		{ DEPOSIT_SAYS("404 No"), "no such project or form",
		  "0 there" },
		{ DEPOSIT_SAYS("413 Large"), "larger than the server takes",
		  "0 there" },
		{ DEPOSIT_SAYS("409 Other"), "already, with other answers",
		  "1 sending begun; not known to be there" },
	};
	const struct office *office = *state;
	SCOPED(SSL_CTX_freep) SSL_CTX *shown = good(office);

	next_visit(office);
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *const replies[] = { HERE, cases[i].reply, HERE,
						TAKEN, NULL };
		struct bytes heard = { 0 };
		struct output output =
		    submit(office, shown, replies, "good.pem", &heard);

		assert_int_equal(output.status, 1);
		assert_non_null(strstr(output.err, cases[i].says));
		assert_int_equal(times(&heard, "POST "), 1);
		assert_handovers(office, cases[i].handovers);
		output_done(&output);
		bytes_done(&heard);
	}
}

#define HEAD_RESPONSE "c3d487967f8b7a6c486c215c858b1c14"
#define POST_RESPONSE "40da4b7b23f608d3038a8bcec57abdef"

/* RFC 2069's digests of the login, this realm and nonce, for HEAD and POST. */
static void a_server_that_wants_a_digest_gets_one(void **state)
{
	static const char who[] =
	    "HTTP/1.1 401 Who\r\n" DEPOSIT_ROSA
	    "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\"\r\n"
	    "Content-Length: 0\r\n\r\n";
	static const char *const replies[] = {
		who, who, HERE, who, TAKEN, NULL
	};
	const struct office *office = *state;
	SCOPED(SSL_CTX_freep) SSL_CTX *shown = good(office);
	struct bytes heard = { 0 };
	const char *post;

	next_visit(office);
	office_ran(0, "sent",
		   submit(office, shown, replies, "good.pem", &heard));
	post = strstr((char *)heard.data, "POST ");
	assert_non_null(post);
	assert_null(strstr(post, "Basic"));
	assert_non_null(
	    strstr((char *)heard.data, "response=\"" HEAD_RESPONSE "\""));
	assert_non_null(strstr(post, "response=\"" POST_RESPONSE "\""));
	/* Who is not known yet is shown no answers. */
	assert_non_null(strstr(post, "Content-Length: 0\r\n"));
	assert_int_equal(times(&heard, "<data"), 1);
	bytes_done(&heard);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_cannot_show_who_they_are_hears_nothing),
		cmocka_unit_test(a_redirect_is_not_followed),
		cmocka_unit_test(a_server_that_says_nothing_is_not_waited_for),
		cmocka_unit_test(what_breaks_is_sent_again_and_there_once),
		cmocka_unit_test(refusals_are_told_and_not_tried_again),
		cmocka_unit_test(a_server_that_wants_a_digest_gets_one),
	};

	return cmocka_run_group_tests(tests, begin, office_end);
}
