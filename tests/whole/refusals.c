#include "tests/test.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "tests/support/demo.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"

/*
 * Every scan that is not simply filed, through the programs: its status, its
 * exit status, and words that say what to do.
 */
#define SHELTER "claimant-shelter-es"

struct office {
	char *folder, *home, *digits;
};

static void begin(struct office *office)
{
	office->folder = folder_new();
	office->home = folder_file(office->folder, "home");
	demo_new(office->home);
	office->digits = demo_ticket(office->home, SHELTER, NULL);
}

static void finish(struct office *office)
{
	free(office->digits);
	free(office->home);
	folder_freep(&office->folder);
}

struct refusal {
	const char *status;
	int exit;
	const char *mend; /* part of the message */
};

static void file_with(const struct office *office, const char *digits,
		      const char *option, const struct refusal *wanted)
{
	struct output output = program_run(
	    digits, "foyer record file --home %s %s", office->home, option);
	json_t *line = json_loads(output.out, 0, NULL);
	const char *message;

	assert_non_null(line);
	assert_string_equal(json_string_value(json_object_get(line, "status")),
			    wanted->status);
	assert_int_equal(output.status, wanted->exit);
	message = json_string_value(json_object_get(line, "message"));
	if (!strstr(message, wanted->mend))
		fail_msg("%s", message);
	/* What is refused is said on standard error too. */
	assert_int_equal(strstr(output.err, message) != NULL,
			 wanted->exit != 0);
	json_decref(line);
	output_done(&output);
}

static void expect(const struct office *office, const char *digits,
		   const char *status, int exit, const char *mend)
{
	const struct refusal wanted = { status, exit, mend };

	file_with(office, digits, "", &wanted);
}

static void expect_visits(const struct office *office, const char *count)
{
	SCOPED(char_freep)
	char *visits = demo_ask(office->home, "SELECT count(*) FROM visit");

	assert_string_equal(visits, count);
}

static void run_well(const char *input, const char *command, const char *home,
		     const char *rest)
{
	struct output output =
	    program_run(input, "foyer %s --home %s %s", command, home, rest);

	if (output.status)
		fail_msg("%s", output.err);
	output_done(&output);
}

/* --- ours --------------------------------------------------------------------
 */

static void a_ticket_filed_twice_is_filed_once(void **state)
{
	struct office office;

	(void)state;
	begin(&office);
	expect(&office, office.digits, "filed", 0, "Filed: K7-0001.");
	expect(&office, office.digits, "already-filed", 0,
	       "K7-0001 was filed already, ");
	expect_visits(&office, "1");
	finish(&office);
}

static void a_locked_desk_keeps_it_aside(void **state)
{
	const struct refusal locked = { "locked", 1,
					"kept aside until this desk is "
					"unlocked" };
	struct office office;

	(void)state;
	begin(&office);
	file_with(&office, office.digits, "--locked", &locked);
	expect_visits(&office, "0");
	expect(&office, "", "not-a-ticket", 1, "not an intake ticket");
	expect_visits(&office, "1");
	finish(&office);
}

static void a_revoked_kiosks_ticket_is_kept_aside(void **state)
{
	struct office office;

	(void)state;
	begin(&office);
	run_well("", "kiosk revoke", office.home, "K7");
	expect(&office, office.digits, "revoked", 1,
	       "This kiosk was revoked. Ask your supervisor. The ticket has "
	       "been kept aside.");
	expect_visits(&office, "0");
	finish(&office);
}

static void a_ticket_without_its_form_waits_for_the_form(void **state)
{
	SCOPED(char_freep) char *hide = NULL;
	SCOPED(char_freep) char *back = NULL;
	struct office office;

	(void)state;
	begin(&office);
	hide = xasprintf("mv %s/forms %s/hidden", office.home, office.home);
	back = xasprintf("mv %s/hidden %s/forms", office.home, office.home);
	assert_int_equal(system(hide), 0);
	expect(&office, office.digits, "unknown-form", 1,
	       "Ask your administrator for the form.");
	expect_visits(&office, "0");
	assert_int_equal(system(back), 0);
	/* Whatever is filed next takes it along. */
	expect(&office, office.digits, "already-filed", 0, "K7-0001");
	expect_visits(&office, "1");
	finish(&office);
}

/* --- another agency's --------------------------------------------------------
 */

/* The digits that a home's kiosk shows to be enrolled. */
static char *enrolment(const char *home)
{
	struct output output =
	    program_run("", "foyer kiosk show --home %s", home);
	char *digits = NULL, *rest = NULL;

	assert_int_equal(output.status, 0);
	for (char *word = strtok_r(output.out, " \t\n", &rest); word;
	     word = strtok_r(NULL, " \t\n", &rest)) {
		if (strlen(word) > 40 && !strncmp(word, "584", 3))
			digits = xstrdup(word);
	}
	output_done(&output);
	assert_non_null(digits);
	return digits;
}

static void another_agencys_ticket_is_refused_twice_over(void **state)
{
	SCOPED(char_freep) char *card = NULL;
	struct office here, there;

	(void)state;
	begin(&here);
	begin(&there);
	expect(&here, there.digits, "unknown-kiosk", 1,
	       "Ticket from a kiosk that is not enrolled here (id ");
	card = enrolment(there.home);
	run_well(card, "kiosk enrol", here.home, "--compared -");
	expect(&here, there.digits, "other-agency", 1,
	       "Made for another agency key (id ");
	/* It blocks nobody: ours and theirs are filed where they belong. */
	expect(&here, here.digits, "filed", 0, "Filed: K7-0001.");
	expect(&there, there.digits, "filed", 0, "Filed: K7-0001.");
	expect_visits(&here, "1");
	finish(&there);
	finish(&here);
}

/* --- no tickets --------------------------------------------------------------
 */

static void what_is_no_whole_ticket_is_told_apart(void **state)
{
	static const struct {
		const char *digits, *status, *mend;
	} cases[] = {
		{ "9780306406157", "not-a-ticket", "not an intake ticket" },
		{ "https://example.org", "not-a-ticket",
		  "not an intake ticket" },
		{ "27182818284590452353602874713526624977572470936999595749",
		  "not-a-ticket", "not an intake ticket" },
		{ "", "not-a-ticket", "not an intake ticket" },
		{ "583", "incomplete", "Please scan again." },
	};
	struct office office;

	(void)state;
	begin(&office);
	for (size_t i = 0; i < COUNT(cases); i++)
		expect(&office, cases[i].digits, cases[i].status, 1,
		       cases[i].mend);
	expect_visits(&office, "0");
	finish(&office);
}

static void a_cut_scan_says_how_much_came(void **state)
{
	SCOPED(char_freep) char *cut = NULL;
	SCOPED(char_freep) char *wanted = NULL;
	struct office office;

	(void)state;
	begin(&office);
	cut = xstrndup(office.digits, strlen(office.digits) - 7);
	wanted = xasprintf("The scan was incomplete (%zu of %zu digits). "
			   "Please scan again.",
			   strlen(cut), strlen(office.digits));
	expect(&office, cut, "incomplete", 1, wanted);
	cut[100] = cut[100] == '9' ? '0' : (char)(cut[100] + 1);
	expect(&office, cut, "incomplete", 1, "Please scan again.");
	expect(&office, office.digits, "filed", 0, "Filed: K7-0001.");
	finish(&office);
}

/* A digit read wrong never files: the count of digits or the sum is off. */
static void a_changed_digit_is_refused(void **state)
{
	struct office office;
	size_t length, step;

	(void)state;
	begin(&office);
	length = strlen(office.digits);
	step = length / 12;
	for (size_t at = 30; at < length; at += step) {
		SCOPED(char_freep) char *wrong = xstrdup(office.digits);

		wrong[at] = wrong[at] == '9' ? '0' : (char)(wrong[at] + 1);
		expect(&office, wrong, "incomplete", 1, "Please scan again.");
	}
	expect_visits(&office, "0");
	finish(&office);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_ticket_filed_twice_is_filed_once),
		cmocka_unit_test(a_locked_desk_keeps_it_aside),
		cmocka_unit_test(a_revoked_kiosks_ticket_is_kept_aside),
		cmocka_unit_test(a_ticket_without_its_form_waits_for_the_form),
		cmocka_unit_test(another_agencys_ticket_is_refused_twice_over),
		cmocka_unit_test(what_is_no_whole_ticket_is_told_apart),
		cmocka_unit_test(a_cut_scan_says_how_much_came),
		cmocka_unit_test(a_changed_digit_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
