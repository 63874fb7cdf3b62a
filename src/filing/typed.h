#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/memory.h"
#include "filing/filing.h"
#include "filing/paper_code.h"
#include "form/run.h"
#include "record/draft.h"
#include "record/ticket.h"
#include "text/catalogue.h"
#include "text/language.h"

/*
 * A paper form that is typed in: a run of the form that its questions are put
 * to (ask/interview.h), kept as a draft of the record after each answer, and
 * filed as a ticket's answers are. What is required and was left blank on the
 * paper stays blank, and the visit says so.
 */

/* The forms that a paper may be of: those of the home, then older versions. */
struct typed_form {
	uint8_t reference[8];
	char *id, *title, *version;
	bool current; /* it lies in the home's forms folder now */
};
#define TYPED_FORMS 60
MUST_CHECK enum fault typed_forms(struct filing *filing,
				  struct typed_form **out, size_t *count);
void typed_forms_free(struct typed_form *forms, size_t count);

/* Noon of a day ("2026-11-22") in a zone, which is today's at the latest;
 * false, and *filled untouched, for what is no such day. */
bool typed_noon(const char *day, const char *zone, int64_t now,
		int64_t *filled);

struct typed;

struct typed_about {
	const uint8_t *form;  /* reference, 8 bytes, of typed_forms() */
	const char *language; /* of the paper, BCP 47; Foyer has its words */
	const char *code;     /* as paper_code_read() gives it; "": none */
	int64_t filled;       /* noon of the day it was filled in; 0: unknown */
	const char *zone;     /* IANA, where the desk stands */
};

/*
 * Nothing is answered and nothing saved yet. The form's now() is the day the
 * paper was filled in, else now. The caller frees *out; filing outlives it.
 * FAULT_FORMAT: the form is not here or cannot be run, or the language's words
 * cannot be read; the log says which. Others are the run's.
 */
MUST_CHECK enum fault typed_new(struct filing *filing,
				const struct typed_about *about, int64_t now,
				struct typed **out);
/* Where a draft was left; faults the same. */
MUST_CHECK enum fault typed_again(struct filing *filing,
				  const struct draft *draft, const char *zone,
				  struct typed **out);
void typed_free(struct typed *typed); /* NULL is fine; wipes */
DEFINE_SCOPED(struct typed, typed_free)

struct run *typed_run(struct typed *typed);
const struct form *typed_form(const struct typed *typed);
const struct draft *typed_draft(const struct typed *typed);

/* The words that the run speaks: Foyer's screens' and the form's. */
const struct catalogue *typed_words(const struct typed *typed);

/* Another language for the screens; the paper's stays what it was. Faults as
 * typed_new(), and nothing is changed. */
MUST_CHECK enum fault typed_speak(struct typed *typed, const char *tag);

/* Whether Foyer's screens have the words of a language. */
bool typed_speaks(const char *tag);

/* The person's language is this one: as the kiosk notes it. */
MUST_CHECK enum fault typed_note_language(struct typed *typed, const char *tag);

/* Where whoever types is (ask/interview.h), kept with what was typed; and where
 * they were when it was kept last, NULL for the beginning. */
void typed_stand(struct typed *typed, const char *place);
const char *typed_place(const struct typed *typed);

/* Saves what was typed, if it is not saved already; where nothing was, there is
 * nothing to save. Faults as draft_save(). */
MUST_CHECK enum fault typed_keep(struct typed *typed,
				 const struct record_who *who, int64_t now);

/* Gives it up: nothing of it is left but the paper. */
MUST_CHECK enum fault typed_drop(struct typed *typed,
				 const struct record_who *who, int64_t now);

/* The first answer that the form's own rule refuses, or NULL. */
struct node *typed_refused(struct typed *typed);

/*
 * Files it by the ticket's own way: level, reasons, alert, queue. out->status
 * is FILING_FILED, or FILING_ALREADY_FILED where a paper with its number was
 * typed in before: then visit, number, filed_at and filed_by are that one's,
 * and the draft stays. The caller releases *out with filing_ticket_done().
 */
MUST_CHECK enum fault typed_file(struct typed *typed,
				 const struct record_who *who, int64_t now,
				 struct filing_ticket *out);

/* Whatever is printed on it, it has no number of its own: it is filed beside
 * the one that has, and shares nothing with it. */
void typed_unnumber(struct typed *typed);

/* Whether a paper with this number was typed in before, and by whom. The caller
 * releases *filed with ticket_filed_done(). */
MUST_CHECK enum fault typed_before(struct filing *filing, const char *code,
				   bool *before, struct ticket_filed *filed);
