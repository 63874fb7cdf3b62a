#include <string.h>

#include "card/pins.h"
#include "issue/issue.h"
#include "kiosk/session.h"
#include "ticket/frame.h"

/*
 * Another key of the agency, by the code that the desk shows or printed: it is
 * scanned, compared by its fingerprint, and sealed to from then on. Behind the
 * PIN, as the whole menu is.
 */
enum { SCANNING, COMPARING };
enum { TAKE, LEAVE };

static void key_fill(struct session *session, struct leaf *leaf)
{
	if (session->stage == SCANNING) {
		session_say(session, leaf, "staff.key_text");
	} else {
		session_show_key(session, leaf, &session->offered);
		session_key(session, leaf, TAKE, "staff.key_take");
	}
	session_key(session, leaf, LEAVE, "staff.back");
}

static void key_scanned(struct session *session, const char *digits)
{
	const struct hall *hall = session_hall(session);
	const uint8_t *present = hall ? issuer_agency(hall->issuer) : NULL;
	struct frame frame;
	struct card card;

	if (frame_read(digits, strlen(digits), &frame) != FRAME_READ ||
	    frame.magic != FRAME_AGENCY ||
	    card_read(KEY_AGENCY, frame.payload, frame.length, &card) !=
		CARD_GOOD) {
		session_again(session, SCANNING, "staff.key_none");
	} else if (present && !memcmp(card.key, present, KEY_BYTES)) {
		/* A card that has another one is to differ from it. */
		if (session->let_in && card_pin_key(session->home))
			session_failed(session);
		else
			session_again(session, SCANNING, "staff.key_same");
	} else {
		session->offered = card;
		session_again(session, COMPARING, NULL);
	}
}

/* The pin of the kiosk last: what a power cut left is ended at the next start,
 * and always forwards (kiosk/day.c). */
static enum fault take_offered(struct session *session)
{
	struct hall *hall = session_hall(session);
	enum fault fault;

	if (!hall)
		return FAULT_SYSTEM;
	if ((fault = issuer_offer(hall->issuer, &session->offered)) ||
	    (fault = card_pin_key(session->home)))
		return fault;
	return issuer_pin(hall->issuer);
}

static void key_pressed(struct session *session, int act)
{
	if (act == LEAVE || session->stage != COMPARING || !session->let_in) {
		session_next(session);
		return;
	}
	if (take_offered(session))
		session_failed(session);
	else
		session_again(session, SCANNING, "staff.key_taken");
}

const struct page_ops page_key = {
	.heading = "staff.key",
	.pictogram = "key",
	.fill = key_fill,
	.pressed = key_pressed,
	.scanned = key_scanned,
};
