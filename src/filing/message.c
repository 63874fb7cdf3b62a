#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "filing/filing.h"
#include "text/zone.h"

/* What staff read: the key, and which parts of the ticket it speaks of. */
static const char *const keys[FILING_STATUS_COUNT] = {
	[FILING_FILED] = "filing.filed",
	[FILING_ALREADY_FILED] = "filing.already_filed",
	[FILING_CLONE_ALARM] = "filing.clone_alarm",
	[FILING_UNKNOWN_FORM] = "filing.unknown_form",
	[FILING_UNKNOWN_KIOSK] = "filing.unknown_kiosk",
	[FILING_REVOKED] = "filing.revoked",
	[FILING_NOT_GENUINE] = "filing.not_genuine",
	[FILING_OTHER_AGENCY] = "filing.other_agency",
	[FILING_UNREADABLE] = "filing.unreadable",
	[FILING_INCOMPLETE] = "filing.incomplete",
	[FILING_NOT_A_TICKET] = "filing.not_a_ticket",
	[FILING_TEST] = "filing.test",
	[FILING_LOCKED] = "filing.locked",
};

static const char *key_of(const struct filing_ticket *ticket)
{
	if (ticket->paper)
		return ticket->status == FILING_FILED ? "typing.filed"
						      : "typing.before";
	switch (ticket->status) {
	case FILING_FILED:
		return ticket->too_late ? "filing.filed_late"
		       : ticket->old    ? "filing.filed_old"
					: keys[ticket->status];
	case FILING_UNKNOWN_FORM:
		return ticket->unknown_format ? "filing.unknown_format"
					      : keys[ticket->status];
	case FILING_UNKNOWN_KIOSK:
		return ticket->kept_aside ? "filing.unknown_kiosk_kept"
					  : keys[ticket->status];
	case FILING_INCOMPLETE:
		return ticket->digits_due ? keys[ticket->status]
					  : "filing.incomplete_unknown";
	default:
		return keys[ticket->status];
	}
}

/* 2026-06-21T16:00:00.000Z as the zone's clocks show it: 2026-06-21 12:00. */
static void local_time(const char *instant, const char *zone, char text[32])
{
	struct tm utc = { 0 };
	int64_t at;
	time_t local;

	text[0] = 0;
	if (!instant || !strptime(instant, "%Y-%m-%dT%H:%M:%S", &utc))
		return;
	at = (int64_t)timegm(&utc) * 1000;
	local = (time_t)((at + zone_offset(zone, at)) / 1000);
	gmtime_r(&local, &utc);
	strftime(text, 32, "%Y-%m-%d %H:%M", &utc);
}

char *filing_message(const struct filing_ticket *ticket,
		     const struct catalogue *catalogue)
{
	char form[17], kiosk[5], agency[5], at[32];
	const struct catalogue_argument arguments[] = {
		{ "number", ticket->number ? ticket->number : "", 0 },
		{ "form", form, 0 },
		{ "kiosk", kiosk, 0 },
		{ "agency", agency, 0 },
		{ "at", at, 0 },
		{ "by", ticket->filed_by ? ticket->filed_by : "", 0 },
		{ "digits", NULL, (double)ticket->digits },
		{ "due", NULL, (double)ticket->digits_due },
	};

	snprintf(form, sizeof form, "%02X%02X%02X%02X", ticket->form[0],
		 ticket->form[1], ticket->form[2], ticket->form[3]);
	snprintf(kiosk, sizeof kiosk, "%04X", ticket->kiosk_id);
	snprintf(agency, sizeof agency, "%04X", ticket->agency_id);
	local_time(ticket->filed_at, ticket->zone, at);
	return catalogue_say(catalogue, key_of(ticket), arguments,
			     COUNT(arguments));
}

char *filing_trouble_message(enum record_trouble trouble,
			     const struct catalogue *catalogue)
{
	static const char *const troubles[] = {
		[RECORD_FINE] = "filing.trouble",
		[RECORD_FULL] = "filing.disk_full",
		[RECORD_BUSY] = "filing.busy",
		[RECORD_DAMAGED] = "filing.damaged",
		[RECORD_AWAY] = "filing.away",
		[RECORD_UNSURE] = "filing.unsure",
		[RECORD_REFUSED] = "filing.trouble",
	};

	return catalogue_word(catalogue, troubles[trouble]);
}
