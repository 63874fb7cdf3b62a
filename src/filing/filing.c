#include "filing/filing.h"

#include <stdlib.h>
#include <string.h>

#include "filing/inside.h"
#include "record/names.h"
#include "seal/passphrase.h"
#include "seal/secret.h"

static const char *const words[FILING_STATUS_COUNT] = {
	[FILING_FILED] = "filed",
	[FILING_ALREADY_FILED] = "already-filed",
	[FILING_CLONE_ALARM] = "clone-alarm",
	[FILING_UNKNOWN_FORM] = "unknown-form",
	[FILING_UNKNOWN_KIOSK] = "unknown-kiosk",
	[FILING_REVOKED] = "revoked",
	[FILING_NOT_GENUINE] = "not-genuine",
	[FILING_OTHER_AGENCY] = "other-agency",
	[FILING_UNREADABLE] = "unreadable",
	[FILING_INCOMPLETE] = "incomplete",
	[FILING_NOT_A_TICKET] = "not-a-ticket",
	[FILING_TEST] = "test",
	[FILING_LOCKED] = "locked",
};

const char *filing_status_word(enum filing_status status)
{
	return words[status];
}

static enum fault read_makers(struct filing *filing)
{
	enum fault fault = makers_read(filing->makers, filing->record);

	return fault && record_away(filing->record)
		   ? seen_read(filing->home, record_place(filing->record),
			       &filing->seen, filing->makers)
		   : fault;
}

enum fault filing_remember(struct filing *filing, bool signs_in)
{
	enum fault fault;

	if (!record_on_server(filing->record))
		return FAULT_NONE;
	filing->seen.signs_in = signs_in;
	if ((fault = makers_read(filing->makers, filing->record)))
		return fault;
	return seen_write(filing->home, record_place(filing->record),
			  &filing->seen, filing->makers);
}

bool filing_remembers_sign_in(const struct filing *filing)
{
	return filing->seen.signs_in;
}

enum fault filing_open(const struct home *home, struct record *record,
		       struct filing **out)
{
	SCOPED(filing_freep) struct filing *filing = xcalloc(1, sizeof *filing);
	SCOPED(char_freep)
	char *settings = home_path(home, HOME_SETTINGS, "foyer.ini");
	enum fault fault;

	filing->home = home;
	filing->record = record;
	filing->ring = ring_new();
	filing->makers = makers_new();
	if ((fault = settings_read(settings, &filing->settings)) ||
	    (fault = forms_open(home, &filing->forms)) ||
	    (fault = read_makers(filing)))
		return fault;
	*out = filing;
	filing = NULL;
	return FAULT_NONE;
}

void filing_free(struct filing *filing)
{
	if (!filing)
		return;
	ring_free(filing->ring);
	forms_free(filing->forms);
	makers_free(filing->makers);
	bytes_done(&filing->seen.written);
	settings_free(filing->settings);
	free(filing);
}

static enum filing_unlock answer_of(const struct ring_tried *tried)
{
	if (tried->opened)
		return FILING_UNLOCKED;
	if (tried->sound)
		return FILING_WRONG_PASSPHRASE;
	return tried->files ? FILING_KEY_DAMAGED : FILING_NO_KEY;
}

/*
 * Names that lie apart open with the same keys; once one of them did, each of
 * them does from then on, whichever came first. Where none does, the log says
 * why, and everything goes on by number.
 */
static void unlock_names(struct filing *filing)
{
	const size_t count = ring_count(filing->ring);
	bool opened;

	for (size_t i = 0; i < 2 * count; i++) {
		if (names_unlock(filing->record,
				 ring_at(filing->ring, i % count), &opened))
			return;
	}
}

/* However it came, from a line or a screen, the same words are tried. */
enum fault filing_unlock(struct filing *filing, const char *passphrase,
			 enum filing_unlock *answer)
{
	SCOPED(secret_freep) char *tidy = secret_new(PASSPHRASE_LIMIT);
	struct ring_tried tried;
	enum fault fault;

	*answer = FILING_WRONG_PASSPHRASE;
	if (strlen(passphrase) >= PASSPHRASE_LIMIT)
		return FAULT_NONE;
	memcpy(tidy, passphrase, strlen(passphrase) + 1);
	passphrase_tidy(tidy);
	fault = ring_unlock(filing->ring, home_folder(filing->home, HOME_KEYS),
			    tidy, &tried);
	if (!fault)
		*answer = answer_of(&tried);
	if (!fault && tried.opened)
		unlock_names(filing);
	return fault;
}

void filing_lock(struct filing *filing)
{
	ring_lock(filing->ring);
	names_lock(filing->record);
}

bool filing_locked(const struct filing *filing)
{
	return ring_count(filing->ring) == 0;
}

enum fault filing_import_form(struct filing *filing, const char *path)
{
	return forms_import(filing->forms, path);
}

void filing_ticket_close(struct filing_ticket *ticket)
{
	content_free(ticket->content);
	ticket->content = NULL;
}

void filing_ticket_done(struct filing_ticket *ticket)
{
	for (size_t i = 0; i < ticket->reason_count; i++) {
		free(ticket->reasons[i].rule);
		for (int l = 0; l < VISIT_LANGUAGES; l++)
			char_wipe(ticket->reasons[i].reason[l]);
	}
	free(ticket->reasons);
	free(ticket->number);
	free(ticket->filed_at);
	free(ticket->filed_by);
	char_wipe(ticket->language);
	char_wipe(ticket->tags);
	filing_ticket_close(ticket);
	free(ticket->blank);
	if (ticket->paper)
		free((char *)ticket->paper->code);
	free(ticket->paper);
	*ticket = (struct filing_ticket){ 0 };
}

const struct bytes *filing_submission(const struct filing_ticket *ticket)
{
	return ticket->content && ticket->content->run
		   ? &ticket->content->submission
		   : NULL;
}

struct run *filing_run(const struct filing_ticket *ticket)
{
	return ticket->content ? ticket->content->run : NULL;
}

enum fault filing_ticket_answers(const struct filing_ticket *ticket,
				 const char *language,
				 struct filing_answers *out)
{
	return content_answers(ticket->content, language, out);
}
