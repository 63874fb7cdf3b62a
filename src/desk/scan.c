#include "desk/scan.h"

enum fault scan_digits(struct filing *filing, const char *digits,
		       const struct record_who *who, int64_t now,
		       struct filing_ticket *out)
{
	struct filing_ticket ticket;
	enum fault fault = filing_scan(filing, digits, who, now, &ticket);

	if (fault)
		return fault;
	if (ticket.status == FILING_UNKNOWN_KIOSK && !ticket.kept_aside &&
	    (fault = filing_keep_aside(filing, who, now, &ticket))) {
		filing_ticket_done(&ticket);
		return fault;
	}
	*out = ticket;
	return FAULT_NONE;
}

struct filing_ticket scan_dropped(const struct scan_event *event)
{
	return (struct filing_ticket){
		.status = event->why == SCAN_FOREIGN ? FILING_NOT_A_TICKET
						     : FILING_INCOMPLETE,
		.digits = event->count,
	};
}

bool scan_is_visit(const struct filing_ticket *ticket)
{
	return ticket->visit && (ticket->status == FILING_FILED ||
				 ticket->status == FILING_ALREADY_FILED);
}

bool scan_is_trouble(const struct filing_ticket *ticket)
{
	return ticket->status != FILING_FILED &&
	       ticket->status != FILING_ALREADY_FILED &&
	       ticket->status != FILING_TEST && ticket->status != FILING_LOCKED;
}
