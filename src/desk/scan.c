#include <stdlib.h>
#include <string.h>

#include "desk/desk.h"
#include "scan/picture.h"

/*
 * A ticket at the scanner, from whatever screen: it is filed at once, since
 * people hand in their paper as soon as they have it, and lands opened.
 */
#define INCOMPLETE_LIMIT 3 /* in a row, then staff hear what to try */

static bool is_trouble(enum filing_status status)
{
	return status != FILING_FILED && status != FILING_ALREADY_FILED &&
	       status != FILING_TEST && status != FILING_LOCKED;
}

static void show_ticket(struct desk *desk, const struct filing_ticket *ticket)
{
	if (filing_locked(desk->filing) || !ticket->visit ||
	    (ticket->status != FILING_FILED &&
	     ticket->status != FILING_ALREADY_FILED))
		return;
	desk->selected = ticket->visit;
	desk_home(desk);
	desk_open(desk, &desk_ticket_screen);
}

static void report(struct desk *desk, const struct filing_ticket *ticket)
{
	desk->incomplete =
	    ticket->status == FILING_INCOMPLETE ? desk->incomplete + 1 : 0;
	if (desk->incomplete >= INCOMPLETE_LIMIT)
		desk_say_key(desk, "desk.clean_scanner");
	else
		desk_say(desk, filing_message(ticket, desk->words),
			 is_trouble(ticket->status));
}

void desk_take_scan(struct desk *desk, const char *digits)
{
	struct filing_ticket ticket;

	if (filing_scan(desk->filing, digits, &desk->who, desk->now, &ticket)) {
		desk_say_trouble(desk);
		return;
	}
	/* An unknown kiosk's ticket is the newcomer's answers all the same. */
	if (ticket.status == FILING_UNKNOWN_KIOSK && !ticket.kept_aside &&
	    filing_keep_aside(desk->filing, &desk->who, desk->now, &ticket))
		desk_say_trouble(desk);
	desk_refresh(desk);
	show_ticket(desk, &ticket);
	report(desk, &ticket);
	filing_ticket_done(&ticket);
}

void desk_drop_scan(struct desk *desk, const struct scan_event *event)
{
	struct filing_ticket ticket = {
		.status = event->why == SCAN_FOREIGN ? FILING_NOT_A_TICKET
						     : FILING_INCOMPLETE,
		.digits = event->count,
	};

	report(desk, &ticket);
}

void desk_take_picture(struct desk *desk, const char *path)
{
	struct scan_symbols symbols = { 0 };

	if (scan_picture(path, &symbols) || !symbols.count) {
		desk_say_key(desk, "desk.no_symbol");
		return;
	}
	for (size_t i = 0; i < symbols.count; i++)
		desk_take_scan(desk, symbols.text[i]);
	scan_symbols_done(&symbols);
}
