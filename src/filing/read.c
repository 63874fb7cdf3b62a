#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "filing/inside.h"
#include "record/enrolled.h"
#include "seal/key.h"
#include "seal/secret.h"
#include "ticket/frame.h"
#include "ticket/open.h"
#include "ticket/repair.h"
#include "ticket/unpack.h"

#define MINUTE_MS ((int64_t)60 * 1000)
#define OLD_MS ((int64_t)30 * 24 * 3600 * 1000)

/* --- steps 4 and 5: whose ticket it is ------------------------------------ */

struct kiosk {
	uint8_t key[KEY_BYTES];
	char name[ENROLLED_NAME_LIMIT + 1];
	char zone[VISIT_ZONE_LIMIT + 1];
	bool revoked;
	uint32_t last_good;
};

/* The kiosks that may have made a wire: ids may collide. */
struct candidates {
	uint16_t id;
	struct kiosk *rows;
	size_t count;
};

static void consider(void *to, const struct enrolled *enrolled)
{
	struct candidates *candidates = to;
	struct kiosk *kiosk;

	if (key_id(KEY_KIOSK, enrolled->key) != candidates->id)
		return;
	candidates->rows = xreallocarray(
	    candidates->rows, candidates->count + 1, sizeof *candidates->rows);
	kiosk = &candidates->rows[candidates->count++];
	*kiosk = (struct kiosk){
		.revoked = enrolled->revoked,
		.last_good = enrolled->last_good,
	};
	memcpy(kiosk->key, enrolled->key, sizeof kiosk->key);
	strncpy(kiosk->name, enrolled->name, sizeof kiosk->name - 1);
	strncpy(kiosk->zone, enrolled->zone, sizeof kiosk->zone - 1);
}

enum maker { MAKER_FOUND, MAKER_UNKNOWN, MAKER_FORGED };

/* Finds the enrolled kiosk whose signature the wire carries. */
static enum fault find_maker(struct filing *filing, const struct wire *wire,
			     uint16_t id, enum maker *maker,
			     struct kiosk *kiosk)
{
	struct candidates candidates = { .id = id };
	enum fault fault = enrolled_each(filing->record, consider, &candidates);

	*maker = candidates.count ? MAKER_FORGED : MAKER_UNKNOWN;
	for (size_t i = 0; !fault && i < candidates.count; i++) {
		if (!wire_genuine(wire->bytes, wire->length,
				  candidates.rows[i].key))
			continue;
		*kiosk = candidates.rows[i];
		*maker = MAKER_FOUND;
		break;
	}
	free(candidates.rows);
	return fault;
}

/* --- keeping aside -------------------------------------------------------- */

/* What a genuine ticket becomes that cannot be filed yet. */
static enum fault set_aside(struct filing *filing, const struct wire *wire,
			    enum filing_status status,
			    const struct record_who *who, int64_t now,
			    struct filing_ticket *out)
{
	enum fault fault =
	    held_keep(filing->record, out->wire_hash, wire->bytes, wire->length,
		      filing_status_word(status), who, now);

	out->status = status;
	out->kept_aside = !fault;
	return fault;
}

/* --- steps 7 and 8: opening ----------------------------------------------- */

enum opening { OPENED, NO_SUCH_KEY, WILL_NOT_OPEN };

static enum opening open_wire(const struct filing *filing,
			      const struct wire *wire,
			      const struct kiosk *kiosk, uint16_t agency_id,
			      uint8_t plain[WIRE_PLAIN_MAX], size_t *length)
{
	enum opening opening = NO_SUCH_KEY;
	const struct agency_key *key;

	for (size_t n = 0; (key = ring_find(filing->ring, agency_id, n)); n++) {
		if (wire_open(wire->bytes, wire->length, agency_key_secret(key),
			      agency_key_public(key), kiosk->key, plain,
			      length) == OPEN_DONE)
			return OPENED;
		opening = WILL_NOT_OPEN;
	}
	return opening;
}

/* --- step 9: decoding ----------------------------------------------------- */

static bool is_zero(const uint8_t *bytes, size_t count)
{
	while (count && !bytes[count - 1])
		count--;
	return count == 0;
}

/* Only zeros may follow the cover of a ticket made without a form. */
static enum fault decode_formless(struct filing *filing,
				  const struct kiosk *kiosk,
				  const uint8_t *plain, size_t length,
				  struct filing_ticket *out,
				  enum unpack_answer *answer)
{
	*answer = is_zero(plain + PLAIN_COVER, length - PLAIN_COVER)
		      ? UNPACK_DONE
		      : UNPACK_REFUSED;
	return content_new(NULL, filing->settings, 0, kiosk->zone, "",
			   &out->content);
}

static enum fault decode_with(struct filing *filing, struct filed_form *form,
			      const struct kiosk *kiosk, int64_t issued,
			      const uint8_t *plain, size_t length,
			      struct filing_ticket *out,
			      enum unpack_answer *answer)
{
	char instance[WIRE_INSTANCE_BYTES];
	enum fault fault;

	wire_instance_id(out->wire_hash, instance);
	if ((fault = content_new(form, filing->settings, issued, kiosk->zone,
				 instance, &out->content)))
		return fault;
	return unpack(form->slots, plain, length, out->content->run, answer);
}

static void take_cover(const struct plain_cover *cover, int64_t now,
		       struct filing_ticket *out)
{
	int64_t issued = cover->minutes * MINUTE_MS;
	int64_t off = now > issued ? now - issued : issued - now;

	memcpy(out->form, cover->reference, sizeof out->form);
	out->issued = cover->flags & PLAIN_CLOCK_UNSURE ? 0 : issued;
	out->old = out->issued && off >= OLD_MS;
	out->more_to_tell = cover->flags & PLAIN_MORE_TO_TELL;
	out->keep =
	    cover->flags & PLAIN_NOT_KEPT ? VISIT_KEEP_NO : VISIT_KEEP_TODAY;
}

/* *status is FILING_FILED, or what keeps the ticket from being read. */
static enum fault decode(struct filing *filing, const struct kiosk *kiosk,
			 const uint8_t *plain, size_t length, int64_t now,
			 struct filing_ticket *out, enum filing_status *status)
{
	struct filed_form *form = NULL;
	struct plain_cover cover;
	enum unpack_answer answer = unpack_cover(plain, length, &cover);
	enum fault fault;

	*status = FILING_UNREADABLE;
	out->unknown_format = answer == UNPACK_NEWER;
	if (out->unknown_format)
		*status = FILING_UNKNOWN_FORM;
	if (answer != UNPACK_DONE)
		return FAULT_NONE;
	take_cover(&cover, now, out);
	if (is_zero(cover.reference, sizeof cover.reference)) {
		fault =
		    decode_formless(filing, kiosk, plain, length, out, &answer);
	} else {
		*status = FILING_UNKNOWN_FORM;
		fault = forms_find(filing->forms, cover.reference, &form);
		if (fault || !form)
			return fault;
		*status = FILING_UNREADABLE;
		fault =
		    decode_with(filing, form, kiosk, cover.minutes * MINUTE_MS,
				plain, length, out, &answer);
	}
	/* Answers that its own form refuses: a foreseen thing at a desk. */
	if (fault == FAULT_FORMAT || fault == FAULT_LIMIT)
		return FAULT_NONE;
	if (fault || answer != UNPACK_DONE)
		return fault;
	*status = cover.flags & PLAIN_TEST ? FILING_TEST : FILING_FILED;
	return content_collect(out->content);
}

/* --- step 10: replay ------------------------------------------------------ */

static enum fault look_for_replay(struct filing *filing,
				  const struct kiosk *kiosk,
				  struct filing_ticket *out)
{
	struct ticket_filed filed;
	enum ticket_seen seen;
	enum fault fault = ticket_look(filing->record, kiosk->key, out->seq,
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

/* What was read of a ticket that is not to be shown is let go of. */
static void forget_content(struct filing_ticket *out)
{
	content_free(out->content);
	out->content = NULL;
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
		forget_content(out);
		out->level = visit.level;
		out->keep = visit.keep;
	}
	visit_done(&visit);
	return FAULT_NONE;
}

static enum fault settle_replay(struct filing *filing,
				const struct kiosk *kiosk,
				const struct wire *wire,
				const struct record_who *who, int64_t now,
				struct filing_ticket *out)
{
	enum fault fault = look_for_replay(filing, kiosk, out);

	if (fault)
		return fault;
	if (out->status == FILING_CLONE_ALARM) {
		forget_content(out);
		return set_aside(filing, wire, FILING_CLONE_ALARM, who, now,
				 out);
	}
	if (out->status == FILING_ALREADY_FILED &&
	    (fault = forget_if_erased(filing, out)))
		return fault;
	if (out->content)
		content_tell(out->content, out);
	return FAULT_NONE;
}

/* --- the order of the desk ------------------------------------------------ */

static enum fault read_opened(struct filing *filing, const struct kiosk *kiosk,
			      const struct wire *wire, const uint8_t *plain,
			      size_t length, const struct record_who *who,
			      int64_t now, struct filing_ticket *out)
{
	enum filing_status status;
	enum fault fault =
	    decode(filing, kiosk, plain, length, now, out, &status);

	if (fault)
		return fault;
	if (status == FILING_UNREADABLE || status == FILING_UNKNOWN_FORM) {
		forget_content(out);
		return set_aside(filing, wire, status, who, now, out);
	}
	out->content->wire = *wire;
	out->status = status;
	if (status == FILING_TEST) {
		content_tell(out->content, out);
		return FAULT_NONE;
	}
	return settle_replay(filing, kiosk, wire, who, now, out);
}

static enum fault read_genuine(struct filing *filing, const struct kiosk *kiosk,
			       const struct wire *wire,
			       const struct record_who *who, int64_t now,
			       struct filing_ticket *out)
{
	SCOPED(secret_freep) uint8_t *plain = NULL;
	size_t length = 0;

	if (kiosk->revoked && out->seq > kiosk->last_good)
		return set_aside(filing, wire, FILING_REVOKED, who, now, out);
	if (filing_locked(filing))
		return set_aside(filing, wire, FILING_LOCKED, who, now, out);
	plain = secret_new(WIRE_PLAIN_MAX);
	switch (
	    open_wire(filing, wire, kiosk, out->agency_id, plain, &length)) {
	case NO_SUCH_KEY:
		return set_aside(filing, wire, FILING_OTHER_AGENCY, who, now,
				 out);
	case WILL_NOT_OPEN:
		return set_aside(filing, wire, FILING_UNREADABLE, who, now,
				 out);
	default:
		return read_opened(filing, kiosk, wire, plain, length, who, now,
				   out);
	}
}

static_assert(sizeof((struct kiosk *)0)->zone ==
		  sizeof((struct filing_ticket *)0)->zone,
	      "a kiosk's zone fits its tickets");

static void take_number(const struct kiosk *kiosk, struct filing_ticket *out)
{
	char number[WIRE_NUMBER_BYTES];

	wire_number(kiosk->name, out->seq, number);
	out->number = xstrdup(number);
	memcpy(out->kiosk_key, kiosk->key, sizeof out->kiosk_key);
	memcpy(out->zone, kiosk->zone, sizeof out->zone); /* one limit */
}

enum fault read_wire(struct filing *filing, const struct wire *wire,
		     const struct record_who *who, int64_t now,
		     struct filing_ticket *out)
{
	struct wire_header header = { 0 };
	enum wire_answer sound = wire_read(wire->bytes, wire->length, &header);
	struct kiosk kiosk;
	enum maker maker;
	enum fault fault;

	*out = (struct filing_ticket){ .status = FILING_NOT_GENUINE };
	wire_hash(wire->bytes, wire->length, out->wire_hash);
	if (sound == WIRE_UNKNOWN_SUITE) {
		/* Whose it is cannot be told, so it is not taken in. */
		out->status = FILING_UNKNOWN_FORM;
		out->unknown_format = true;
	}
	if (sound != WIRE_SOUND)
		return FAULT_NONE;
	out->kiosk_id = header.kiosk;
	out->agency_id = header.agency;
	out->seq = header.sequence;
	out->wire = *wire;
	if ((fault = find_maker(filing, wire, header.kiosk, &maker, &kiosk)))
		return fault;
	if (maker == MAKER_UNKNOWN)
		out->status = FILING_UNKNOWN_KIOSK;
	if (maker != MAKER_FOUND)
		return FAULT_NONE;
	take_number(&kiosk, out);
	return read_genuine(filing, &kiosk, wire, who, now, out);
}

/* --- step 2: the frame ---------------------------------------------------- */

struct judging {
	struct filing *filing;
	enum fault fault;
};

/* Only a frame that a kiosk of ours signed is what was printed. */
static bool is_signed(void *to, const struct frame *frame)
{
	struct judging *judging = to;
	struct wire wire = { .length = frame->length };
	struct wire_header header;
	struct kiosk kiosk;
	enum maker maker = MAKER_UNKNOWN;

	memcpy(wire.bytes, frame->payload, frame->length);
	if (frame->magic != FRAME_TICKET || judging->fault ||
	    wire_read(wire.bytes, wire.length, &header) != WIRE_SOUND)
		return false;
	judging->fault =
	    find_maker(judging->filing, &wire, header.kiosk, &maker, &kiosk);
	return maker == MAKER_FOUND;
}

/* *status is FILING_FILED when frame holds a ticket's wire. */
static enum fault read_frame(struct filing *filing, const char *digits,
			     struct frame *frame, enum filing_status *status)
{
	struct judging judging = { .filing = filing };
	size_t count = strlen(digits);

	*status = FILING_FILED;
	switch (frame_read(digits, count, frame)) {
	case FRAME_READ:
		break;
	case FRAME_NOT_OURS:
		*status = FILING_NOT_A_TICKET;
		return FAULT_NONE;
	case FRAME_INCOMPLETE:
		if (repair(digits, count, is_signed, &judging, frame) !=
		    REPAIR_DONE)
			*status = FILING_INCOMPLETE;
		if (judging.fault || *status == FILING_INCOMPLETE)
			return judging.fault;
	}
	if (frame->magic != FRAME_TICKET)
		*status = FILING_NOT_A_TICKET;
	return FAULT_NONE;
}

enum fault filing_read(struct filing *filing, const char *digits,
		       const struct record_who *who, int64_t now,
		       struct filing_ticket *out)
{
	struct filing_ticket ticket = { 0 };
	struct wire wire = { 0 };
	struct frame frame;
	enum filing_status status;
	enum fault fault = read_frame(filing, digits, &frame, &status);

	if (fault)
		return fault;
	if (status == FILING_FILED) {
		wire.length = frame.length;
		memcpy(wire.bytes, frame.payload, frame.length);
		fault = read_wire(filing, &wire, who, now, &ticket);
	} else {
		ticket.status = status;
		ticket.digits = strlen(digits);
		if (status == FILING_INCOMPLETE)
			ticket.digits_due =
			    frame_announced(digits, ticket.digits);
	}
	if (fault) {
		filing_ticket_done(&ticket);
		return fault;
	}
	*out = ticket;
	return FAULT_NONE;
}
