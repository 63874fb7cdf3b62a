#include <stdio.h>

#include "office/desk.h"
#include "office/filed.h"
#include "office/noun.h"
#include "office/record.h"
#include "office/scanned.h"

static enum fault scan(struct filing *filing, const char *digits,
		       const struct record_arguments *arguments,
		       struct filing_ticket *ticket)
{
	const struct record_who who = desk_who();
	enum fault fault;

	if (!filing_locked(filing) &&
	    (fault = filing_retry(filing, &who, desk_now(), NULL)))
		return fault;
	if ((fault = filing_scan(filing, digits, &who, desk_now(), ticket)))
		return fault;
	if (ticket->status == FILING_UNKNOWN_KIOSK && arguments->keep_aside)
		return filing_keep_aside(filing, &who, desk_now(), ticket);
	return FAULT_NONE;
}

static int file(struct filing *filing, const char *digits,
		const struct record *record, const struct catalogue *catalogue,
		const struct record_arguments *arguments)
{
	SCOPED(char_freep) char *message = NULL;
	struct filing_ticket ticket = { 0 };
	enum fault fault = scan(filing, digits, arguments, &ticket);
	bool good = ticket.status == FILING_FILED ||
		    ticket.status == FILING_ALREADY_FILED ||
		    ticket.status == FILING_TEST;

	message =
	    fault ? filing_trouble_message(record_trouble(record), catalogue)
		  : filing_message(&ticket, catalogue);
	if (!fault)
		filed_print(&ticket, arguments->language, message);
	if (fault || !good)
		fprintf(stderr, "foyer record file: %s\n", message);
	filing_ticket_done(&ticket);
	return fault ? fault_exit(fault) : good ? EXIT_DONE : EXIT_INPUT;
}

int record_file(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(record_closep) struct record *record = NULL;
	SCOPED(filing_freep) struct filing *filing = NULL;
	SCOPED(catalogue_freep) struct catalogue *catalogue = NULL;
	SCOPED(char_freep) char *digits = NULL;
	struct record_arguments arguments;
	enum fault fault;
	int status = record_arguments(argc, argv, 1, &arguments);

	if (status)
		return status;
	if ((fault = desk_home(arguments.home, &home)) ||
	    (fault = filed_words(arguments.language, &catalogue)) ||
	    (fault = scanned(arguments.operand, &digits)) ||
	    (fault = desk_record(home, &record)) ||
	    (fault = filing_open(home, record, &filing)))
		return fault_exit(fault);
	if ((status = record_unlock(filing, home, &arguments)))
		return status;
	return file(filing, digits, record, catalogue, &arguments);
}
