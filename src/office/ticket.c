#include "office/ticket.h"

#include <stddef.h>

#include "office/noun.h"

static const struct verb verbs[] = {
	{ "issue", TICKET_ISSUE_USAGE,
	  "answer a form and make the ticket, as the kiosk does",
	  ticket_issue },
	{ "read", TICKET_READ_USAGE,
	  "open a ticket, from a picture or its digits on standard input; "
	  "files nothing",
	  ticket_read },
	{ .name = NULL },
};

const struct noun noun_ticket = {
	.name = "ticket",
	.summary = "what the kiosk prints and the desk scans",
	.details =
	    "issue takes the answers that `foyer form run` takes and the "
	    "home's own kiosk; it\nprints the ticket's number, and with "
	    "--digits the digits its symbol holds. A\nticket made with --test "
	    "is shown at the desk and never filed.\nread prints one JSON "
	    "object. Its status is what `foyer record file` would give.\n",
	.verbs = verbs,
};
