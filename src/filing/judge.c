#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "filing/inside.h"
#include "seal/secret.h"
#include "ticket/frame.h"
#include "ticket/open.h"
#include "ticket/repair.h"
#include "ticket/unpack.h"

/* What a ticket is, as far as it tells by itself: nothing here asks the record,
 * which may be out of reach. */

#define MINUTE_MS ((int64_t)60 * 1000)
#define OLD_MS ((int64_t)30 * 24 * 3600 * 1000)

/* --- steps 7 and 8: opening ----------------------------------------------- */

enum opening { OPENED, NO_SUCH_KEY, WILL_NOT_OPEN };

static enum opening open_wire(const struct filing *filing,
			      const struct wire *wire,
			      const struct maker *kiosk, uint16_t agency_id,
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
				  const struct maker *kiosk,
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
			      const struct maker *kiosk, int64_t issued,
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
static enum fault decode(struct filing *filing, const struct maker *kiosk,
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

/* --- the order of the desk ------------------------------------------------ */

static enum fault judge_opened(struct filing *filing, const struct maker *kiosk,
			       const struct wire *wire, const uint8_t *plain,
			       size_t length, int64_t now,
			       struct filing_ticket *out)
{
	enum fault fault =
	    decode(filing, kiosk, plain, length, now, out, &out->status);

	if (fault)
		return fault;
	if (out->status == FILING_UNREADABLE ||
	    out->status == FILING_UNKNOWN_FORM) {
		filing_ticket_close(out);
		return FAULT_NONE;
	}
	out->content->wire = *wire;
	if (out->status == FILING_TEST)
		content_tell(out->content, out);
	return FAULT_NONE;
}

static enum fault judge_genuine(struct filing *filing,
				const struct maker *kiosk,
				const struct wire *wire, int64_t now,
				struct filing_ticket *out)
{
	SCOPED(secret_freep) uint8_t *plain = NULL;
	size_t length = 0;

	if (kiosk->revoked && out->seq > kiosk->last_good) {
		out->status = FILING_REVOKED;
		return FAULT_NONE;
	}
	if (filing_locked(filing)) {
		out->status = FILING_LOCKED;
		return FAULT_NONE;
	}
	plain = secret_new(WIRE_PLAIN_MAX);
	switch (
	    open_wire(filing, wire, kiosk, out->agency_id, plain, &length)) {
	case NO_SUCH_KEY:
		out->status = FILING_OTHER_AGENCY;
		return FAULT_NONE;
	case WILL_NOT_OPEN:
		out->status = FILING_UNREADABLE;
		return FAULT_NONE;
	default:
		return judge_opened(filing, kiosk, wire, plain, length, now,
				    out);
	}
}

static_assert(sizeof((struct maker *)0)->zone ==
		  sizeof((struct filing_ticket *)0)->zone,
	      "a kiosk's zone fits its tickets");

static void take_number(const struct maker *kiosk, struct filing_ticket *out)
{
	char number[WIRE_NUMBER_BYTES];

	wire_number(kiosk->name, out->seq, number);
	out->number = xstrdup(number);
	memcpy(out->kiosk_key, kiosk->key, sizeof out->kiosk_key);
	memcpy(out->zone, kiosk->zone, sizeof out->zone); /* one limit */
}

enum fault judge_wire(struct filing *filing, const struct wire *wire,
		      int64_t now, struct filing_ticket *out)
{
	struct wire_header header = { 0 };
	enum wire_answer sound = wire_read(wire->bytes, wire->length, &header);
	struct maker kiosk;

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
	switch (makers_find(filing->makers, wire, header.kiosk, &kiosk)) {
	case MAKER_UNKNOWN:
		out->status = FILING_UNKNOWN_KIOSK;
		return FAULT_NONE;
	case MAKER_FORGED:
		return FAULT_NONE;
	default:
		take_number(&kiosk, out);
		return judge_genuine(filing, &kiosk, wire, now, out);
	}
}

/* --- step 2: the frame ---------------------------------------------------- */

/* Only a frame that a kiosk of ours signed is what was printed. */
static bool is_signed(void *to, const struct frame *frame)
{
	const struct filing *filing = to;
	struct wire wire = { .length = frame->length };
	struct wire_header header;
	struct maker kiosk;

	memcpy(wire.bytes, frame->payload, frame->length);
	return frame->magic == FRAME_TICKET &&
	       wire_read(wire.bytes, wire.length, &header) == WIRE_SOUND &&
	       makers_find(filing->makers, &wire, header.kiosk, &kiosk) ==
		   MAKER_FOUND;
}

/* FILING_FILED: a ticket's frame is in *frame. */
static enum filing_status read_frame(struct filing *filing, const char *digits,
				     struct frame *frame)
{
	const size_t count = strlen(digits);

	switch (frame_read(digits, count, frame)) {
	case FRAME_READ:
		break;
	case FRAME_NOT_OURS:
		return FILING_NOT_A_TICKET;
	case FRAME_INCOMPLETE:
		if (repair(digits, count, is_signed, filing, frame) !=
		    REPAIR_DONE)
			return FILING_INCOMPLETE;
	}
	return frame->magic == FRAME_TICKET ? FILING_FILED
					    : FILING_NOT_A_TICKET;
}

enum fault judge_digits(struct filing *filing, const char *digits, int64_t now,
			struct filing_ticket *out)
{
	struct wire wire = { 0 };
	struct frame frame;
	const enum filing_status status = read_frame(filing, digits, &frame);

	if (status == FILING_FILED) {
		wire.length = frame.length;
		memcpy(wire.bytes, frame.payload, frame.length);
		return judge_wire(filing, &wire, now, out);
	}
	*out = (struct filing_ticket){ .status = status,
				       .digits = strlen(digits) };
	if (status == FILING_INCOMPLETE)
		out->digits_due = frame_announced(digits, out->digits);
	return FAULT_NONE;
}
