#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/memory.h"
#include "tests/support/demo.h"
#include "tests/support/deposit.h"
#include "tests/support/folder.h"
#include "tests/support/office.h"
#include "tests/test.h"

/* `foyer visit submit --form`: all that may go, and no other. */

#define HERE DEPOSIT_HERE
#define TAKEN DEPOSIT_SAYS("201 Created")
#define GOING 4
#define LIMIT (4 << 20) /* bytes of a form */

/* Visits that may go, in the order they came. */
static char going[GOING][OFFICE_NUMBER];

/* The intake form again, under another id. */
static void add_form(const struct office *office)
{
	SCOPED(char_freep)
	char *from = xasprintf("%s/forms/intake.xml", office->home);
	SCOPED(char_freep)
	char *to = xasprintf("%s/forms/lately.xml", office->home);
	struct bytes form = { 0 };
	char *id;

	assert_int_equal(file_read(from, LIMIT, &form), FAULT_NONE);
	bytes_add_byte(&form, 0);
	id = strstr((char *)form.data, "<data id=\"intake\"");
	assert_non_null(id);
	memcpy(strstr(id, "intake"), "lately", strlen("lately"));
	assert_int_equal(file_write(to, form.data, form.length - 1, 0600),
			 FAULT_NONE);
	bytes_done(&form);
}

/* Four who agreed, one who did not, one who is nobody's, one who was not to be
 * kept and one of another form. */
static int begin(void **state)
{
	static const char answers[] = "{\"B1\":\"YES\",\"D1\":\"Amina\"}";
	SCOPED(char_freep) char *path = NULL;
	const struct office *office;
	char other[OFFICE_NUMBER];

	office_begin(state);
	office = *state;
	path = folder_file(office->folder, "secret");
	assert_int_equal(file_write(path, "desk:sesame", 11, 0600), FAULT_NONE);
	add_form(office);
	for (int i = 0; i < GOING; i++) {
		office_file(office, "intake", answers, going[i]);
		office_person(office, going[i]);
		office_agree(office, i + 1, "Central");
	}
	office_file(office, "lately", answers, other);
	office_person(office, other);
	office_agree(office, GOING + 1, "Central");
	office_file(office, "intake", answers, other);
	office_person(office, other);
	office_file(office, "intake", answers, other);
	return 0;
}

static struct output submit(const struct office *office, const char *form,
			    const char *const *replies, const char *options,
			    struct bytes *heard)
{
	struct deposit deposit = deposit_start(replies, NULL);
	struct output output = program_run(
	    "",
	    "foyer visit submit --home %s --to "
	    "http://127.0.0.1:%d/submission --secret %s/secret "
	    "--recipient Central --form %s %s",
	    office->home, deposit.port, office->folder, form, options);

	deposit_stop(&deposit, heard);
	print_message("%s%s", output.out, output.err);
	return output;
}

/* Looks at visits, as the audit has them. The caller frees it. */
static char *looks(const struct office *office)
{
	return demo_ask(office->home, "SELECT count(*) FROM audit WHERE act = "
				      "'view' AND subject = 'visit'");
}

/* Nobody is shown an answer, so nobody looked. */
static void without_yes_it_is_told_what_would_go(void **state)
{
	SCOPED(char_freep) char *before = looks(*state);
	SCOPED(char_freep) char *after = NULL;
	static const char *const replies[] = { HERE, TAKEN, NULL };
	struct bytes heard = { 0 };
	struct output output = submit(*state, "intake", replies, "", &heard);
	const char *stay;
	int count;

	assert_int_equal(output.status, 0);
	assert_string_equal(output.out, "");
	assert_non_null(strstr(output.err,
			       "intake: 4 to send, 1 not to be kept, 1 not "
			       "agreed to.\n"));
	assert_non_null(strstr(output.err, "4 visits go to "));
	stay = strstr(output.err, "for Central. ");
	assert_non_null(stay);
	/* Of each as many, since they answered the same. */
	count = atoi(stay + strlen("for Central. "));
	assert_true(count > 0 && count % GOING == 0);
	assert_non_null(strstr(output.err, "say --yes"));
	after = looks(*state);
	assert_string_equal(after, before);
	assert_string_equal((char *)heard.data, "");
	output_done(&output);
	bytes_done(&heard);
}

static void a_form_without_visits_is_told(void **state)
{
	static const char *const replies[] = { HERE, TAKEN, NULL };
	struct bytes heard = { 0 };
	struct output output =
	    submit(*state, "nosuch", replies, "--yes", &heard);

	assert_int_equal(output.status, 1);
	assert_non_null(strstr(output.err, "nosuch: no visit here"));
	assert_string_equal((char *)heard.data, "");
	output_done(&output);
	bytes_done(&heard);
}

static char *sent(int visit, int nth, int of)
{
	return xasprintf("{\"visit\":\"%s\",\"status\":\"sent\",\"nth\":%d,"
			 "\"of\":%d}\n",
			 going[visit], nth, of);
}

static size_t posts(const struct bytes *heard)
{
	size_t count = 0;

	for (const char *at = (const char *)heard->data;
	     (at = strstr(at, "POST ")); at++)
		count++;
	return count;
}

/* What the server has against one visit is that one's; a login it does not know
 * is no visit's, and the rest is for the next run. */
static void it_stops_where_the_server_fails_and_goes_on_later(void **state)
{
	static const char *const replies[] = { HERE, TAKEN,
					       HERE, DEPOSIT_SAYS("413 Large"),
					       HERE, DEPOSIT_SAYS("403 No"),
					       HERE, TAKEN,
					       NULL };
	static const char *const then[] = { HERE, TAKEN, HERE, TAKEN,
					    HERE, TAKEN, NULL };
	SCOPED(char_freep) char *first = sent(0, 1, GOING);
	SCOPED(char_freep) char *second = sent(1, 1, 3);
	SCOPED(char_freep) char *third = sent(2, 2, 3);
	SCOPED(char_freep) char *fourth = sent(3, 3, 3);
	SCOPED(char_freep)
	char *rest = xasprintf("%s%s%s", second, third, fourth);
	struct bytes heard = { 0 }, later = { 0 };
	SCOPED(char_freep) char *before = looks(*state);
	struct output output =
	    submit(*state, "intake", replies, "--yes", &heard);
	SCOPED(char_freep) char *after = looks(*state);

	assert_int_equal(output.status, 1);
	assert_string_equal(output.out, first);
	/* Of each that was tried its answers, and its submission. */
	assert_int_equal(atoi(after) - atoi(before), 3 * 2);
	assert_non_null(strstr(output.err, "larger than the server takes"));
	assert_non_null(strstr(output.err, "does not know this login"));
	assert_non_null(strstr(output.err,
			       "1 of 4 is there now. 2 did not get there. 1 "
			       "was not tried: run it again to go on.\n"));
	assert_int_equal(posts(&heard), 3);
	output_done(&output);

	output = submit(*state, "intake", then, "--yes", &later);
	assert_int_equal(output.status, 0);
	assert_string_equal(output.out, rest);
	assert_non_null(strstr(output.err, "3 to send, 1 there already"));
	assert_non_null(strstr(output.err, "3 of 3 are there now.\n"));
	assert_int_equal(posts(&later), 3);
	output_done(&output);
	bytes_done(&heard);
	bytes_done(&later);
}

static void what_is_there_is_not_sent_again(void **state)
{
	static const char *const replies[] = { HERE, TAKEN, NULL };
	struct bytes heard = { 0 };
	struct output output =
	    submit(*state, "intake", replies, "--yes", &heard);

	assert_int_equal(output.status, 0);
	assert_string_equal(output.out, "");
	assert_non_null(strstr(output.err, "0 to send, 4 there already"));
	assert_null(strstr(output.err, "go to"));
	assert_string_equal((char *)heard.data, "");
	output_done(&output);
	bytes_done(&heard);
}

static void numbers_and_a_form_are_not_mixed(void **state)
{
	static const char *const wrong[] = {
		"",
		"--form intake K7-0001",
		"--wait 0 K7-1",
		"--wait 9x K7-1",
		"--wait 99999 K7-1",
	};
	const struct office *office = *state;

	for (size_t i = 0; i < COUNT(wrong); i++)
		office_ran(2, "",
			   program_run("",
				       "foyer visit submit --home %s --to "
				       "https://h.example/submission --secret "
				       "%s/secret --recipient Central %s",
				       office->home, office->folder, wrong[i]));
}

int main(void)
{
	/* One agency: what is sent first is there for the next. */
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_yes_it_is_told_what_would_go),
		cmocka_unit_test(a_form_without_visits_is_told),
		cmocka_unit_test(numbers_and_a_form_are_not_mixed),
		cmocka_unit_test(
		    it_stops_where_the_server_fails_and_goes_on_later),
		cmocka_unit_test(what_is_there_is_not_sent_again),
	};

	return cmocka_run_group_tests(tests, begin, office_end);
}
