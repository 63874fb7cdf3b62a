#include <stdlib.h>
#include <string.h>

#include "card/pins.h"
#include "issue/issue.h"
#include "kiosk/session.h"
#include "seal/key.h"

/*
 * Whose kiosk it is: the agency's key, compared by its fingerprint before
 * anything of the card is taken; and later, a card that was changed.
 */
enum { SAME, OTHER, LATER, LOOK_AGAIN };

#define WAIT_MS 60000 /* before the lobby opens with what is pinned */

/* "63627 47404 56984" in two lines: three groups are read aloud at a time. */
static void add_fingerprint(const uint8_t key[KEY_BYTES], struct leaf *leaf)
{
	char text[KEY_FINGERPRINT_BYTES];

	key_fingerprint(key, text);
	text[17] = 0;
	leaf_add(leaf, CANVAS_ACCENT, text);
	leaf_add(leaf, CANVAS_ACCENT, text + 18);
}

/* It is looked up without opening the hall, which a wrong key would hinder. */
static void look_up(const struct session *session, const uint8_t key[KEY_BYTES],
		    bool *former, bool *another)
{
	SCOPED(lobby_freep) struct lobby *lobby = NULL;
	SCOPED(issuer_freep) struct issuer *issuer = NULL;
	const uint8_t *present;

	*former = *another = false;
	if (!session_is_set_up(session->home) ||
	    lobby_read(session->home, &lobby) ||
	    issuer_look(session->home, lobby, &issuer))
		return;
	present = issuer_agency(issuer);
	*former = issuer_was_agency(issuer, key);
	*another = present && memcmp(present, key, KEY_BYTES) != 0;
}

void session_show_key(struct session *session, struct leaf *leaf,
		      const struct card *card)
{
	bool former, another;

	look_up(session, card->key, &former, &another);
	session_tell(session, leaf, "staff.agency_text", "name", card->name);
	add_fingerprint(card->key, leaf);
	if (former)
		session_say(session, leaf, "staff.agency_former");
	session_say(session, leaf, "staff.agency_where");
}

/* A card that was taken but cannot be used is read again once it is mended. */
static bool agency_done(struct session *session)
{
	return card_is_pinned(session->home) && session_hall(session);
}

static void agency_fill(struct session *session, struct leaf *leaf)
{
	const struct card_folder *folder = session_folder(session, true);

	if (!card_folder_serves(folder)) {
		session_findings(session, leaf);
		session_key(session, leaf, LOOK_AGAIN, "staff.look_again");
		return;
	}
	if (session->stage == OTHER) {
		session_say(session, leaf, "staff.agency_other");
		session_key(session, leaf, LOOK_AGAIN, "staff.look_again");
		session_key(session, leaf, LATER, "staff.off_to_mend");
		return;
	}
	session_show_key(session, leaf, &folder->agency);
	session_key(session, leaf, SAME, "staff.same");
	session_key(session, leaf, OTHER, "staff.not_same");
}

/* What was looked at is copied and pinned; the kiosk seals to this key from now
 * on. */
static enum fault take(struct session *session)
{
	struct hall *hall;
	enum fault fault;

	session_close_hall(session);
	if ((fault = card_take(session->home, &session->folder)))
		return fault;
	if (!(hall = session_hall(session)))
		return FAULT_SYSTEM;
	return issuer_state(hall->issuer) == ISSUER_AGENCY_KEY_CHANGED
		   ? issuer_pin(hall->issuer)
		   : FAULT_NONE;
}

static void agency_pressed(struct session *session, int act)
{
	if (act == OTHER || act == LOOK_AGAIN)
		session_again(session, act == OTHER ? OTHER : SAME, NULL);
	else if (act == LATER)
		session_go(session, PAGE_OFF);
	else if (take(session))
		session_failed(session);
	else
		session_next(session);
}

const struct page_ops page_agency = {
	.heading = "staff.agency",
	.pictogram = "key",
	.done = agency_done,
	.fill = agency_fill,
	.pressed = agency_pressed,
};

/* --- a card that was changed
 * ------------------------------------------------------ */

static void add_change(const struct session *session,
		       const struct card_changed *changed, struct leaf *leaf)
{
	static const char *const keys[] = {
		[CARD_ADDED] = "staff.added",
		[CARD_CHANGED] = "staff.changed_file",
		[CARD_GONE] = "staff.gone",
	};

	session_tell(session, leaf, keys[changed->change], "file",
		     changed->name);
}

/* Whatever the pins say, what the kiosk seals to counts. */
static bool key_changes(const struct session *session,
			const struct card_changes *changes,
			const struct card *card)
{
	bool former, another;

	for (size_t i = 0; i < changes->count; i++) {
		if (strcmp(changes->list[i].name, "agency.pub") == 0)
			return true;
	}
	look_up(session, card->key, &former, &another);
	return changes->count && another;
}

static void list_changes(struct session *session, struct leaf *leaf)
{
	const struct card_folder *folder = session_folder(session, true);
	struct card_changes changes;

	if (card_compare(session->home, folder, &changes)) {
		session_say(session, leaf, "staff.failed");
		return;
	}
	if (!changes.count)
		session_say(session, leaf, "staff.same_card");
	for (size_t i = 0; i < changes.count; i++)
		add_change(session, &changes.list[i], leaf);
	if (folder->has_agency &&
	    key_changes(session, &changes, &folder->agency))
		session_show_key(session, leaf, &folder->agency);
	session_findings(session, leaf);
	if (changes.count && card_folder_serves(folder))
		session_key(session, leaf, SAME, "staff.take_card");
	card_changes_done(&changes);
}

static void changed_fill(struct session *session, struct leaf *leaf)
{
	session_say(session, leaf, "staff.changed_text");
	list_changes(session, leaf);
	session_key(session, leaf, LATER, "staff.keep_old");
	session_key(session, leaf, LOOK_AGAIN, "staff.look_again");
}

static void changed_pressed(struct session *session, int act)
{
	if (act == LOOK_AGAIN)
		session_again(session, 0, NULL);
	else if (act == SAME && !session->let_in)
		session_go_behind_pin(session, PAGE_CHANGED);
	else if (act == SAME && take(session))
		session_failed(session);
	else if (act == SAME)
		session_again(session, 0, "staff.taken");
	else if (session->task == STAFF_CARD)
		session_leave(session, STAFF_LEFT);
	else
		session_next(session);
}

/* Nobody waits in the lobby for staff to come: what is pinned serves. */
static void changed_tick(struct session *session)
{
	if (session->task == STAFF_CARD &&
	    session->now - session->touched >= WAIT_MS)
		session_leave(session, STAFF_LEFT);
}

const struct page_ops page_changed = {
	.heading = "staff.changed",
	.pictogram = "paper",
	.fill = changed_fill,
	.pressed = changed_pressed,
	.tick = changed_tick,
};
