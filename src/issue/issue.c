#include "issue/issue.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "issue/agency.h"
#include "issue/sequence.h"
#include "issue/waiting.h"
#include "seal/kiosk_key.h"
#include "seal/secret.h"
#include "ticket/frame.h"

/* 2025-01-01: a clock before this was never set. */
#define CLOCK_SET 1735689600000

struct issuer {
	const struct home *home;
	const struct lobby *lobby;
	char *key_path, *sequence_path;
	char *pending_path;
	char *pinned_path, *offered_path; /* the agency's public key */
	char *former_path;                /* the one before it */
	int lock;
	struct kiosk_key *key;
	struct sequence *sequence; /* NULL: the numbers are lost */
	struct card agency;
	bool has_agency, changed;
	struct issue_keeper keeper; /* keep is NULL: this process itself */
};

/* --- opening -------------------------------------------------------------- */

static struct issuer *new_issuer(const struct home *home,
				 const struct lobby *lobby)
{
	struct issuer *issuer = xcalloc(1, sizeof *issuer);

	*issuer = (struct issuer){
		.home = home,
		.lobby = lobby,
		.key_path = home_path(home, HOME_KIOSK, "kiosk.key"),
		.sequence_path = home_path(home, HOME_KIOSK, "seq.state"),
		.pending_path = home_path(home, HOME_KIOSK, ISSUE_PENDING_FILE),
		.pinned_path = home_path(home, HOME_KIOSK, AGENCY_FILE),
		.former_path = home_path(home, HOME_KIOSK, "former.pub"),
		.offered_path = home_path(home, HOME_KEYS, AGENCY_FILE),
		.lock = -1,
	};
	return issuer;
}

/* Two processes must never hand out the same numbers. */
static enum fault lock(struct issuer *issuer, const struct home *home)
{
	SCOPED(char_freep) char *path = home_path(home, HOME_KIOSK, "lock");

	issuer->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (issuer->lock < 0) {
		log_error("%s: cannot be opened: %s", path, strerror(errno));
		return FAULT_SYSTEM;
	}
	if (flock(issuer->lock, LOCK_EX | LOCK_NB)) {
		log_error("%s: another program is issuing tickets here; close "
			  "the kiosk first",
			  path);
		return FAULT_SYSTEM;
	}
	return FAULT_NONE;
}

/*
 * The numbers come first: a crash in between leaves numbers without a key,
 * which the next start begins anew, and never a key whose numbers are unknown.
 */
static enum fault make_key(struct issuer *issuer)
{
	SCOPED(kiosk_key_freep) struct kiosk_key *key = kiosk_key_make();
	enum fault fault;

	if ((fault =
		 sequence_begin(issuer->sequence_path, kiosk_key_id(key))) ||
	    (fault = kiosk_key_write(key, issuer->key_path)))
		return fault;
	kiosk_key_free(issuer->key);
	issuer->key = key;
	key = NULL;
	return FAULT_NONE;
}

static enum fault open_sequence(struct issuer *issuer)
{
	enum sequence_answer answer;

	sequence_free(issuer->sequence);
	issuer->sequence = NULL;
	return sequence_open(issuer->sequence_path, kiosk_key_id(issuer->key),
			     &answer, &issuer->sequence);
}

static enum fault open_key(struct issuer *issuer)
{
	enum fault fault;

	if (file_exists(issuer->key_path))
		fault = kiosk_key_read(issuer->key_path, &issuer->key);
	else
		fault = make_key(issuer);
	return fault ? fault : open_sequence(issuer);
}

static void say_key_changed(const struct issuer *issuer)
{
	log_error("%s: not the agency key that this kiosk pinned; compare "
		  "fingerprints, then `foyer kiosk pin`",
		  issuer->offered_path);
}

/*
 * The first agency key that a kiosk meets is pinned. Another one beside it
 * later is not taken by itself: whoever can change the card could then read
 * every ticket.
 */
static enum fault open_agency(struct issuer *issuer)
{
	struct card offered;
	bool found;
	enum fault fault;

	if ((fault = agency_file_read(issuer->pinned_path, &issuer->has_agency,
				      &issuer->agency)) ||
	    (fault = agency_file_read(issuer->offered_path, &found, &offered)))
		return fault;
	if (found && !issuer->has_agency)
		return issuer_pin(issuer);
	issuer->changed =
	    found && memcmp(offered.key, issuer->agency.key, KEY_BYTES) != 0;
	if (issuer->changed)
		say_key_changed(issuer);
	return FAULT_NONE;
}

/*
 * What a kill left. Half a ticket is sealed, and of no use to anybody; whatever
 * is whole may have its name in memory only, as whoever gave it that name was
 * killed before the folder was finished. It is on the disk before anything is
 * built on it.
 */
static enum fault settle(const struct issuer *issuer)
{
	SCOPED(char_freep)
	char *half = xasprintf("%s.new", issuer->pending_path);

	(void)unlink(half); /* if it stays, the next one replaces it */
	return folder_sync(issuer->pending_path);
}

enum fault issuer_open(const struct home *home, const struct lobby *lobby,
		       struct issuer **out)
{
	SCOPED(issuer_freep) struct issuer *issuer = new_issuer(home, lobby);
	enum fault fault;

	if ((fault = folder_make(home_folder(home, HOME_KIOSK))) ||
	    (fault = lock(issuer, home)) || (fault = settle(issuer)) ||
	    (fault = open_key(issuer)) || (fault = open_agency(issuer)))
		return fault;
	*out = issuer;
	issuer = NULL;
	return FAULT_NONE;
}

/* The agency key that is pinned, or will be at the next start. */
static enum fault look_at_agency(struct issuer *issuer)
{
	enum fault fault = agency_file_read(
	    issuer->pinned_path, &issuer->has_agency, &issuer->agency);

	if (!fault && !issuer->has_agency)
		fault = agency_file_read(issuer->offered_path,
					 &issuer->has_agency, &issuer->agency);
	return fault;
}

enum fault issuer_look(const struct home *home, const struct lobby *lobby,
		       struct issuer **out)
{
	SCOPED(issuer_freep) struct issuer *issuer = new_issuer(home, lobby);
	enum fault fault;

	if (!file_exists(issuer->key_path))
		return issuer_open(home, lobby, out);
	if ((fault = kiosk_key_read(issuer->key_path, &issuer->key)) ||
	    (fault = look_at_agency(issuer)))
		return fault;
	*out = issuer;
	issuer = NULL;
	return FAULT_NONE;
}

void issuer_free(struct issuer *issuer)
{
	if (!issuer)
		return;
	if (issuer->lock >= 0)
		close(issuer->lock);
	kiosk_key_free(issuer->key);
	sequence_free(issuer->sequence);
	free(issuer->key_path);
	free(issuer->sequence_path);
	free(issuer->pending_path);
	free(issuer->pinned_path);
	free(issuer->former_path);
	free(issuer->offered_path);
	free(issuer);
}

/* --- what it is ----------------------------------------------------------- */

enum issuer_state issuer_state(const struct issuer *issuer)
{
	if (!issuer->sequence)
		return ISSUER_NUMBERS_LOST;
	if (!issuer->has_agency)
		return ISSUER_NO_AGENCY_KEY;
	return issuer->changed ? ISSUER_AGENCY_KEY_CHANGED : ISSUER_READY;
}

const uint8_t *issuer_kiosk(const struct issuer *issuer)
{
	return kiosk_key_public(issuer->key);
}

const uint8_t *issuer_agency(const struct issuer *issuer)
{
	return issuer->has_agency ? issuer->agency.key : NULL;
}

const char *issuer_agency_label(const struct issuer *issuer)
{
	return issuer->agency.name;
}

void issuer_enrolment(const struct issuer *issuer, struct bytes *digits)
{
	struct card card = { 0 };
	struct bytes payload = { 0 };

	memcpy(card.key, issuer_kiosk(issuer), KEY_BYTES);
	memcpy(card.name, issuer->lobby->kiosk, sizeof issuer->lobby->kiosk);
	card_write_kiosk(&card, kiosk_key_seed(issuer->key), &payload);
	frame_write(FRAME_ENROLMENT, 0, payload.data, payload.length, digits);
	bytes_done(&payload);
}

/* Its wire bears the key of before, with which it is printed again. */
static enum fault look_for_waiting(const struct issuer *issuer, bool *waits)
{
	const struct uptime now = uptime_now();
	struct waiting list[WAITING_MOST];
	enum fault fault = waiting_begin(issuer->home, &now, WAITING_CUT);

	*waits = !fault && waiting_list(issuer->home, &now, list) > 0;
	return fault;
}

enum fault issuer_renew(struct issuer *issuer, enum issuer_renewal *renewal)
{
	bool waits;
	enum fault fault = look_for_waiting(issuer, &waits);

	*renewal = waits ? ISSUER_TICKET_WAITS : ISSUER_RENEWED;
	if (fault || waits || (fault = make_key(issuer)))
		return fault;
	return open_sequence(issuer);
}

static enum fault pin(struct issuer *issuer, const struct card *card)
{
	enum fault fault = FAULT_NONE;

	if (issuer->has_agency &&
	    memcmp(issuer->agency.key, card->key, KEY_BYTES) != 0)
		fault = agency_file_write(issuer->former_path, &issuer->agency);
	if (fault || (fault = agency_file_write(issuer->pinned_path, card)))
		return fault;
	issuer->agency = *card;
	issuer->has_agency = true;
	issuer->changed = false;
	return FAULT_NONE;
}

enum fault issuer_offered(const struct issuer *issuer, bool *found,
			  struct card *card)
{
	return agency_file_read(issuer->offered_path, found, card);
}

enum fault issuer_pin(struct issuer *issuer)
{
	struct card card;
	bool found;
	enum fault fault = issuer_offered(issuer, &found, &card);

	return fault || !found ? fault : pin(issuer, &card);
}

enum fault issuer_offer(const struct issuer *issuer, const struct card *card)
{
	return agency_file_write(issuer->offered_path, card);
}

bool issuer_was_agency(const struct issuer *issuer,
		       const uint8_t key[KEY_BYTES])
{
	struct card former;
	bool found;

	return !agency_file_read(issuer->former_path, &found, &former) &&
	       found && !memcmp(former.key, key, KEY_BYTES);
}

enum fault issuer_refuse_former(struct issuer *issuer)
{
	struct card offered;
	bool found;
	enum fault fault = issuer_offered(issuer, &found, &offered);

	if (fault || !found || !issuer_was_agency(issuer, offered.key))
		return fault;
	if (!(fault = issuer_offer(issuer, &issuer->agency)))
		issuer->changed = false;
	return fault;
}

/* --- issuing -------------------------------------------------------------- */

enum fault issuer_ready(const struct issuer *issuer)
{
	switch (issuer_state(issuer)) {
	case ISSUER_READY:
		return FAULT_NONE;
	case ISSUER_NO_AGENCY_KEY:
		log_error("%s: there is no agency key: `foyer key new`, or "
			  "copy the file from where that was run",
			  issuer->offered_path);
		break;
	case ISSUER_AGENCY_KEY_CHANGED:
		say_key_changed(issuer);
		break;
	case ISSUER_NUMBERS_LOST:
		log_error("%s: the ticket numbers are lost: make a new key "
			  "for this kiosk, by the screen that says so here or "
			  "by `foyer kiosk renew`, then enrol the kiosk again",
			  issuer->sequence_path);
		break;
	}
	return FAULT_SYSTEM;
}

enum fault issuer_take(struct issuer *issuer, uint32_t *number)
{
	enum fault fault = issuer_ready(issuer);

	return fault ? fault : sequence_take(issuer->sequence, number);
}

static void describe(const struct issuer *issuer, struct issued *issued)
{
	wire_number(issuer->lobby->kiosk, issued->sequence, issued->number);
	frame_write(FRAME_TICKET, issued->sequence, issued->wire.bytes,
		    issued->wire.length, &issued->digits);
}

/* What is secret while a ticket is made; released, it is overwritten. */
struct making {
	uint8_t plain[WIRE_PLAIN_MAX];
	uint8_t ephemeral[KEY_BYTES];
};

static enum fault make_wire(struct issuer *issuer, const struct slots *slots,
			    struct run *run, uint32_t number, int64_t now,
			    unsigned flags, enum issue_answer *answer,
			    struct wire *wire)
{
	struct making *making = secret_new(sizeof *making);
	enum fault fault = FAULT_NONE;
	size_t length;

	*answer = ISSUE_TOO_LONG;
	if (pack(slots, run, flags, (uint32_t)(now / 60000),
		 issuer->lobby->least_class, making->plain,
		 &length) == PACK_DONE) {
		*answer = ISSUE_DONE;
		secret_random(making->ephemeral, sizeof making->ephemeral);
		fault =
		    wire_make(issuer->agency.key, issuer_kiosk(issuer),
			      kiosk_key_seed(issuer->key), making->ephemeral,
			      number, making->plain, length, wire);
	}
	secret_free(making);
	return fault;
}

/* A ticket of ours, whole; anything else is of no use to anybody. */
static bool is_ours(const struct issuer *issuer, const void *wire,
		    size_t length, struct wire_header *header)
{
	return wire_read(wire, length, header) == WIRE_SOUND &&
	       wire_genuine(wire, length, issuer_kiosk(issuer));
}

void issuer_entrust(struct issuer *issuer, struct issue_keeper keeper)
{
	issuer->keeper = keeper;
}

/* Whose process wrote it after it was said to be gone: it is not overwritten.
 */
static enum fault set_former_aside(const struct issuer *issuer)
{
	const struct uptime now = uptime_now();

	return file_exists(issuer->pending_path)
		   ? waiting_begin(issuer->home, &now, WAITING_CUT)
		   : FAULT_NONE;
}

enum fault issue_keep(struct issuer *issuer, uint32_t number, const void *wire,
		      size_t length)
{
	struct wire_header header;
	enum fault fault;

	if (!is_ours(issuer, wire, length, &header) ||
	    header.sequence != number) {
		log_error("what was to be kept is no sealed ticket with the "
			  "number %" PRIu32,
			  number);
		return FAULT_FORMAT;
	}
	fault = set_former_aside(issuer);
	return fault ? fault
		     : file_write(issuer->pending_path, wire, length, 0600);
}

static enum fault keep(struct issuer *issuer, uint32_t number,
		       const struct wire *wire)
{
	const struct issue_keeper *keeper = &issuer->keeper;

	return keeper->keep
		   ? keeper->keep(keeper->to, wire->bytes, wire->length)
		   : issue_keep(issuer, number, wire->bytes, wire->length);
}

enum fault issue_seal(struct issuer *issuer, const struct slots *slots,
		      struct run *run, uint32_t number, int64_t now,
		      unsigned flags, enum issue_answer *answer,
		      struct issued *issued)
{
	enum fault fault = issuer_ready(issuer);
	struct wire wire = { 0 };

	if (now < CLOCK_SET)
		flags |= PLAIN_CLOCK_UNSURE;
	if (fault || (fault = make_wire(issuer, slots, run, number, now, flags,
					answer, &wire)))
		return fault;
	if (*answer == ISSUE_TOO_LONG)
		return FAULT_NONE;
	if ((fault = keep(issuer, number, &wire)))
		return fault;
	*issued = (struct issued){
		.wire = wire,
		.sequence = number,
		.minutes = flags & PLAIN_CLOCK_UNSURE ? -1 : now / 60000,
	};
	describe(issuer, issued);
	return FAULT_NONE;
}

enum fault issue_confirm(struct issuer *issuer)
{
	const struct issue_keeper *keeper = &issuer->keeper;

	return keeper->drop ? keeper->drop(keeper->to)
			    : file_remove(issuer->pending_path);
}

/* What a file has, if it is a ticket of ours. */
static bool take_wire(const struct issuer *issuer, const struct bytes *wire,
		      struct issued *issued)
{
	struct wire_header header;

	if (!is_ours(issuer, wire->data, wire->length, &header))
		return false;
	*issued = (struct issued){ .sequence = header.sequence, .minutes = -1 };
	memcpy(issued->wire.bytes, wire->data, wire->length);
	issued->wire.length = wire->length;
	describe(issuer, issued);
	return true;
}

enum fault issue_pending(struct issuer *issuer, bool *found,
			 struct issued *issued)
{
	struct bytes wire = { 0 };
	enum fault fault;

	*found = false;
	if (!file_exists(issuer->pending_path))
		return FAULT_NONE;
	fault = file_read(issuer->pending_path, WIRE_MAX, &wire);
	*found = !fault && take_wire(issuer, &wire, issued);
	if (!*found && fault != FAULT_SYSTEM)
		fault = file_remove(issuer->pending_path);
	bytes_wipe(&wire);
	return fault;
}

enum fault issue_waiting(struct issuer *issuer, uint32_t sequence, bool *found,
			 struct issued *issued)
{
	struct bytes wire = { 0 };
	enum fault fault = waiting_wire(issuer->home, sequence, &wire);

	*found = !fault && take_wire(issuer, &wire, issued);
	bytes_wipe(&wire);
	return fault;
}

void issued_done(struct issued *issued)
{
	bytes_wipe(&issued->digits);
	secret_wipe(issued, sizeof *issued);
}
