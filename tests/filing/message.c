#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/data.h"
#include "base/memory.h"
#include "filing/filing.h"

static struct catalogue *words(const char *tag)
{
	SCOPED(char_freep)
	char *name = xasprintf("translations/desk.%s.po", tag);
	SCOPED(char_freep) char *path = data_path(name);
	struct catalogue *catalogue = catalogue_new(tag);

	assert_int_equal(catalogue_add(catalogue, path), FAULT_NONE);
	return catalogue;
}

/* A ticket with everything in it that a message may speak of. */
static struct filing_ticket ticket_of(enum filing_status status)
{
	return (struct filing_ticket){
		.status = status,
		.number = (char *)"K7-0412",
		.digits = 932,
		.digits_due = 939,
		.kiosk_id = 0x3F2A,
		.agency_id = 0x91C0,
		.form = { 0x1A, 0x2B, 0x3C, 0x4D, 0x5E },
		.filed_at = (char *)"2026-06-21T16:00:30.000Z",
		.filed_by = (char *)"Sam",
		.zone = "America/Toronto",
	};
}

static void every_status_has_the_words_staff_were_promised(void **state)
{
	static const char *const said[FILING_STATUS_COUNT] = {
		[FILING_FILED] = "Filed: K7-0412.",
		[FILING_ALREADY_FILED] =
		    "K7-0412 was filed already, 2026-06-21 12:00, by Sam.",
		[FILING_CLONE_ALARM] =
		    "K7-0412: this number was used before with other "
		    "contents. Call your supervisor. The ticket has been kept "
		    "aside.",
		[FILING_UNKNOWN_FORM] =
		    "Genuine ticket, but this desk does not have its form "
		    "(1A2B3C4D…). It has been kept aside. Ask your "
		    "administrator for the form.",
		[FILING_UNKNOWN_KIOSK] =
		    "Ticket from a kiosk that is not enrolled here (id 3F2A). "
		    "Keep it aside?",
		[FILING_REVOKED] =
		    "This kiosk was revoked. Ask your supervisor. The ticket "
		    "has been kept aside.",
		[FILING_NOT_GENUINE] =
		    "This ticket is not genuine or is damaged. Do not file "
		    "it.",
		[FILING_OTHER_AGENCY] =
		    "Made for another agency key (id 91C0). Ask your "
		    "administrator. It has been kept aside.",
		[FILING_UNREADABLE] = "Genuine ticket, but it cannot be read. "
				      "It has been kept aside.",
		[FILING_INCOMPLETE] = "The scan was incomplete (932 of 939 "
				      "digits). Please scan again.",
		[FILING_NOT_A_TICKET] = "That is not an intake ticket.",
		[FILING_TEST] = "Test ticket K7-0412: it reads well. Test "
				"tickets are never filed.",
		[FILING_LOCKED] = "Genuine ticket K7-0412. It has been kept "
				  "aside until this desk is unlocked.",
	};
	SCOPED(catalogue_freep) struct catalogue *english = words("en");

	(void)state;
	for (int i = 0; i < FILING_STATUS_COUNT; i++) {
		struct filing_ticket ticket = ticket_of((enum filing_status)i);
		SCOPED(char_freep)
		char *message = filing_message(&ticket, english);

		assert_string_equal(message, said[i]);
	}
}

static void some_say_more_where_more_is_known(void **state)
{
	SCOPED(catalogue_freep) struct catalogue *english = words("en");
	struct filing_ticket ticket = ticket_of(FILING_INCOMPLETE);
	char *message;

	(void)state;
	ticket.status = FILING_FILED;
	ticket.old = true;
	message = filing_message(&ticket, english);
	assert_string_equal(message,
			    "Filed: K7-0412. It was issued 30 days or more "
			    "from this computer’s clock: look at its dates.");
	free(message);
	ticket.status = FILING_INCOMPLETE;
	ticket.digits_due = 0;
	message = filing_message(&ticket, english);
	assert_string_equal(message, "The scan was incomplete (932 digits). "
				     "Please scan again.");
	free(message);
	ticket.status = FILING_UNKNOWN_FORM;
	ticket.unknown_format = true;
	message = filing_message(&ticket, english);
	assert_non_null(strstr(message, "Update Foyer"));
	free(message);
	ticket.status = FILING_UNKNOWN_KIOSK;
	ticket.kept_aside = true;
	message = filing_message(&ticket, english);
	assert_string_equal(message,
			    "Ticket from a kiosk that is not enrolled here "
			    "(id 3F2A). It has been kept aside.");
	free(message);
}

/* No key is missing in either language: a gap would show as <key>. */
static void both_languages_say_everything(void **state)
{
	static const char *const tags[] = { "en", "fr" };

	(void)state;
	for (size_t t = 0; t < COUNT(tags); t++) {
		SCOPED(catalogue_freep) struct catalogue *in = words(tags[t]);

		for (int i = 0; i < FILING_STATUS_COUNT; i++) {
			struct filing_ticket ticket =
			    ticket_of((enum filing_status)i);
			SCOPED(char_freep)
			char *message = filing_message(&ticket, in);

			assert_null(strchr(message, '<'));
			assert_null(strchr(message, '{'));
		}
		for (int i = RECORD_FINE; i <= RECORD_REFUSED; i++) {
			SCOPED(char_freep)
			char *message =
			    filing_trouble_message((enum record_trouble)i, in);

			assert_null(strchr(message, '<'));
		}
	}
}

static void statuses_have_the_words_programs_were_promised(void **state)
{
	static const char *const promised[] = {
		"filed",        "already-filed", "clone-alarm",
		"unknown-form", "unknown-kiosk", "revoked",
		"not-genuine",  "other-agency",  "unreadable",
		"incomplete",   "not-a-ticket",  "test",
		"locked",
	};

	(void)state;
	assert_int_equal(COUNT(promised), FILING_STATUS_COUNT);
	for (int i = 0; i < FILING_STATUS_COUNT; i++)
		assert_string_equal(filing_status_word((enum filing_status)i),
				    promised[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    every_status_has_the_words_staff_were_promised),
		cmocka_unit_test(some_say_more_where_more_is_known),
		cmocka_unit_test(both_languages_say_everything),
		cmocka_unit_test(
		    statuses_have_the_words_programs_were_promised),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
