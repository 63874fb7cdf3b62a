#include "filing/inside.h"

/* What the record has to say of a ticket, and what it keeps of one. */

/* --- keeping aside -------------------------------------------------------- */

/* What a genuine ticket becomes that cannot be filed yet. */
static enum fault set_aside(struct filing *filing, const struct record_who *who,
			    int64_t now, struct filing_ticket *out)
{
	enum fault fault = held_keep(filing->record, out->wire_hash,
				     out->wire.bytes, out->wire.length,
				     filing_status_word(out->status), who, now);

	out->kept_aside = !fault;
	return fault;
}

/* --- step 10: replay ------------------------------------------------------ */

static enum fault look_for_replay(struct filing *filing,
				  struct filing_ticket *out)
{
	struct ticket_filed filed;
	enum ticket_seen seen;
	enum fault fault = ticket_look(filing->record, out->kiosk_key, out->seq,
				       out->wire_hash, &seen, &filed);

	if (fault || seen == TICKET_NEW)
		return fault;
	out->status =
	    seen == TICKET_FILED ? FILING_ALREADY_FILED : FILING_CLONE_ALARM;
	out->visit = filed.visit;
	out->filed_at = filed.at;
	out->filed_by = filed.by;
	return FAULT_NONE;
}

/* An erased visit's paper does not bring its answers back. */
static enum fault forget_if_erased(struct filing *filing,
				   struct filing_ticket *out)
{
	struct visit visit;
	enum visit_found found;
	enum fault fault =
	    visit_read(filing->record, out->visit, &found, &visit);

	if (fault || found == VISIT_NOT_THERE)
		return fault;
	if (visit.erased) {
		filing_ticket_close(out);
		out->level = visit.level;
		out->keep = visit.keep;
	}
	visit_done(&visit);
	return FAULT_NONE;
}

static enum fault settle_replay(struct filing *filing,
				const struct record_who *who, int64_t now,
				struct filing_ticket *out)
{
	enum fault fault = look_for_replay(filing, out);

	if (fault)
		return fault;
	if (out->status == FILING_CLONE_ALARM) {
		filing_ticket_close(out);
		return set_aside(filing, who, now, out);
	}
	if (out->status == FILING_ALREADY_FILED &&
	    (fault = forget_if_erased(filing, out)))
		return fault;
	if (out->content)
		content_tell(out->content, out);
	return FAULT_NONE;
}

/* --- the order of the desk ------------------------------------------------ */

static enum fault settle(struct filing *filing, const struct record_who *who,
			 int64_t now, struct filing_ticket *out)
{
	switch (out->status) {
	case FILING_FILED:
		return settle_replay(filing, who, now, out);
	case FILING_REVOKED:
	case FILING_LOCKED:
	case FILING_OTHER_AGENCY:
	case FILING_UNREADABLE:
		return set_aside(filing, who, now, out);
	case FILING_UNKNOWN_FORM:
		return out->number ? set_aside(filing, who, now, out)
				   : FAULT_NONE;
	default:
		return FAULT_NONE;
	}
}

enum fault read_wire(struct filing *filing, const struct wire *wire,
		     const struct record_who *who, int64_t now,
		     struct filing_ticket *out)
{
	enum fault fault;

	*out = (struct filing_ticket){ 0 };
	if ((fault = makers_read(filing->makers, filing->record)) ||
	    (fault = judge_wire(filing, wire, now, out)))
		return fault;
	return settle(filing, who, now, out);
}

enum fault filing_read(struct filing *filing, const char *digits,
		       const struct record_who *who, int64_t now,
		       struct filing_ticket *out)
{
	struct filing_ticket ticket = { 0 };
	enum fault fault;

	if ((fault = makers_read(filing->makers, filing->record)) ||
	    (fault = judge_digits(filing, digits, now, &ticket)) ||
	    (fault = settle(filing, who, now, &ticket))) {
		filing_ticket_done(&ticket);
		return fault;
	}
	*out = ticket;
	return FAULT_NONE;
}
