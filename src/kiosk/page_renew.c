#include "issue/issue.h"
#include "kiosk/session.h"

/*
 * A kiosk that does not know which ticket numbers it gave issues nothing. Here
 * staff give it another key, whose numbers begin anew, and let the desk learn
 * it. Behind the PIN, as the whole menu is.
 */
enum { MAKE, LEAVE };

bool session_lost_numbers(struct session *session)
{
	const struct hall *hall =
	    session->task == STAFF_TROUBLE ? session_hall(session) : NULL;

	return hall && issuer_state(hall->issuer) == ISSUER_NUMBERS_LOST;
}

static void renew_fill(struct session *session, struct leaf *leaf)
{
	session_say(session, leaf, "staff.renew_text");
	session_key(session, leaf, MAKE, "staff.renew_make");
	session_key(session, leaf, LEAVE, "staff.back");
}

static void make(struct session *session)
{
	enum issuer_renewal renewal;

	if (issuer_renew(session->hall->issuer, &renewal))
		session_failed(session);
	else if (renewal == ISSUER_TICKET_WAITS)
		session_again(session, 0, "staff.renew_waits");
	else
		session_go(session, PAGE_ENROL);
}

static void renew_pressed(struct session *session, int act)
{
	if (act == MAKE && session->let_in && session_lost_numbers(session))
		make(session);
	else
		session_next(session);
}

const struct page_ops page_renew = {
	.heading = "staff.renew",
	.pictogram = "key",
	.fill = renew_fill,
	.pressed = renew_pressed,
};
