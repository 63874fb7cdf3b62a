#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/settings.h"
#include "filing/filing.h"
#include "filing/forms.h"
#include "form/run.h"
#include "record/visit.h"
#include "ticket/wire.h"

/*
 * Inside the room: a ticket's answers as a run of its form, and what the form
 * tells of them: rules that fired, fields to save, answers to keep.
 */
struct filing_content {
	struct filed_form *form; /* NULL: no form was used, and no run is */
	const struct settings *settings;
	int64_t now; /* the form's: when the ticket was issued */
	char zone[VISIT_ZONE_LIMIT + 1];
	char instance_id[WIRE_INSTANCE_BYTES];
	unsigned draws; /* how often chance was asked */
	/* Of the language in which a paper is typed in; NULL: staff's alone. */
	const struct catalogue *words;
	struct run_world world;
	struct run *run;
	struct wire wire;
	struct bytes submission;
	/* Copies, so that they outlive a change of the run's language. */
	struct visit_fact *facts;
	size_t fact_count;
	struct visit_answer *answers;
	size_t answer_count;
};

/*
 * A run without answers yet. settings and form outlive it; zone is IANA. The
 * caller frees *out with content_free(). Faults are those of run_new().
 */
MUST_CHECK enum fault content_new(struct filed_form *form,
				  const struct settings *settings, int64_t now,
				  const char *zone, const char *instance_id,
				  struct filing_content **out);
void content_free(struct filing_content *content); /* NULL is fine; wipes */
DEFINE_SCOPED(struct filing_content, content_free)

/* Visits the relevant answers that a ticket would bring, in form order. */
typedef void content_visit(void *to, const char *reference, const char *value);
void content_each(struct filing_content *content, content_visit *visit,
		  void *to);

/* Names of the questions that must be answered and are not, parted by blanks;
 * the caller frees them. */
char *content_blank(struct filing_content *content);

/* The first relevant node whose answer its constraint refuses, or NULL. */
struct node *content_refused(struct filing_content *content);

/* Once the answers are in: submission, facts and answers. */
MUST_CHECK enum fault content_collect(struct filing_content *content);

/* What the reserved nodes and the staff notes say; sets the ticket's parts. */
void content_tell(struct filing_content *content, struct filing_ticket *ticket);

/* The answers in a language; NULL content has none. */
MUST_CHECK enum fault content_answers(struct filing_content *content,
				      const char *language,
				      struct filing_answers *out);

/* Puts a field's value where the form saves it from; one that does not fit, or
 * is no answer, is passed over. */
void content_put_field(struct filing_content *content, const char *field,
		       const char *value);

/* The label of a choice of the question that a field is saved from, in a
 * language; the code where it has none. The caller frees it. */
char *content_choice_label(struct filing_content *content, const char *field,
			   const char *value, const char *language);

/*
 * Before the answers of somebody are put: the form's own first values, and the
 * instances it begins with, must not stand in for what was not answered.
 */
void content_clear(struct filing_content *content);
/* Puts a stored answer back; one that no longer fits is passed over. */
void content_put(struct filing_content *content, const char *reference,
		 const char *value);
