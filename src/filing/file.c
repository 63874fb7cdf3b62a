#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "filing/inside.h"

/* What the record keeps of a ticket or a paper; borrows from it. */
static struct visit_new visit_of(const struct filing_ticket *ticket,
				 int64_t arrived, struct visit_rule *rules)
{
	const struct filing_content *content = ticket->content;

	for (size_t i = 0; i < ticket->reason_count; i++) {
		rules[i].rule = ticket->reasons[i].rule;
		memcpy(rules[i].reason, ticket->reasons[i].reason,
		       sizeof rules[i].reason);
	}
	return (struct visit_new){
		.paper = ticket->paper,
		.kiosk_key = ticket->kiosk_key,
		.seq = ticket->seq,
		.wire_hash = ticket->wire_hash,
		.wire = content->wire.bytes,
		.wire_length = content->wire.length,
		.form = ticket->form,
		.number = ticket->number,
		.issued = ticket->issued,
		.arrived = arrived,
		.zone = ticket->zone,
		.level = ticket->level,
		.keep = ticket->keep,
		.quiet = ticket->quiet,
		.more_to_tell = ticket->more_to_tell,
		.blank = ticket->blank,
		.tags = ticket->tags,
		.language = ticket->language,
		.instance_id = content->instance_id,
		.submission = content->submission.data
				  ? (const char *)content->submission.data
				  : "",
		.rules = rules,
		.rule_count = ticket->reason_count,
		.facts = content->facts,
		.fact_count = content->fact_count,
		.answers = content->answers,
		.answer_count = content->answer_count,
	};
}

/* Another desk was quicker: who it was is read now. */
static enum fault note_earlier(struct filing *filing,
			       struct filing_ticket *ticket)
{
	struct ticket_filed filed;
	enum ticket_seen seen;
	enum fault fault =
	    ticket_look(filing->record, ticket->kiosk_key, ticket->seq,
			ticket->wire_hash, &seen, &filed);

	if (fault)
		return fault;
	ticket->filed_at = filed.at;
	ticket->filed_by = filed.by;
	return FAULT_NONE;
}

enum fault file_ticket(struct filing *filing, const struct record_who *who,
		       int64_t arrived, int64_t now,
		       struct filing_ticket *ticket)
{
	static const enum filing_status statuses[] = {
		[VISIT_FILED] = FILING_FILED,
		[VISIT_ALREADY_FILED] = FILING_ALREADY_FILED,
		[VISIT_CLONE_ALARM] = FILING_CLONE_ALARM,
	};
	struct visit_rule *rules =
	    xcalloc(ticket->reason_count + 1, sizeof *rules);
	struct visit_new visit = visit_of(ticket, arrived, rules);
	enum visit_filing answer;
	enum fault fault = visit_file(filing->record, &visit, who, now, &answer,
				      &ticket->visit);

	free(rules);
	if (fault)
		return fault;
	ticket->status = statuses[answer];
	ticket->kept_aside = answer == VISIT_CLONE_ALARM;
	ticket->too_late =
	    answer == VISIT_FILED && visit_comes_too_late(&visit, now);
	return answer == VISIT_FILED ? FAULT_NONE
				     : note_earlier(filing, ticket);
}

enum fault filing_file(struct filing *filing, const struct record_who *who,
		       int64_t now, struct filing_ticket *ticket)
{
	return file_ticket(filing, who, now, now, ticket);
}

enum fault filing_scan(struct filing *filing, const char *digits,
		       const struct record_who *who, int64_t now,
		       struct filing_ticket *out)
{
	struct filing_ticket ticket;
	enum fault fault = filing_read(filing, digits, who, now, &ticket);

	if (fault)
		return fault;
	if (ticket.status == FILING_FILED &&
	    (fault = filing_file(filing, who, now, &ticket))) {
		filing_ticket_done(&ticket);
		return fault;
	}
	*out = ticket;
	return FAULT_NONE;
}

enum fault filing_keep_aside(struct filing *filing,
			     const struct record_who *who, int64_t now,
			     struct filing_ticket *ticket)
{
	enum fault fault = held_keep(
	    filing->record, ticket->wire_hash, ticket->wire.bytes,
	    ticket->wire.length, filing_status_word(ticket->status), who, now);

	if (!fault)
		ticket->kept_aside = true;
	return fault;
}

/* --- what is aside -------------------------------------------------------- */

/* Whether time, a form, a key or a passphrase may have changed its lot. */
static bool may_file_now(const char *reason)
{
	static const enum filing_status waiting[] = {
		FILING_UNKNOWN_FORM, FILING_UNKNOWN_KIOSK, FILING_REVOKED,
		FILING_OTHER_AGENCY, FILING_UNREADABLE,    FILING_LOCKED,
	};

	for (size_t i = 0; i < COUNT(waiting); i++) {
		if (!strcmp(reason, filing_status_word(waiting[i])))
			return true;
	}
	return false;
}

/* What became of one that was aside. *filed counts those that are visits. */
static enum fault settle(struct filing *filing, const struct held *held,
			 const struct record_who *who, int64_t now,
			 struct filing_ticket *ticket, size_t *filed)
{
	enum fault fault;

	switch (ticket->status) {
	case FILING_FILED:
		fault = file_ticket(filing, who, held->held_at, now, ticket);
		*filed += !fault && ticket->status == FILING_FILED;
		return fault;
	case FILING_ALREADY_FILED:
	case FILING_TEST:
		return held_drop(filing->record, held->wire_hash,
				 filing_status_word(ticket->status), who, now);
	default:
		/* The same reason as before changes nothing. */
		return held_keep(filing->record, held->wire_hash, held->wire,
				 held->length,
				 filing_status_word(ticket->status), who, now);
	}
}

static enum fault retry_one(struct filing *filing, const struct held *held,
			    const struct record_who *who, int64_t now,
			    size_t *filed)
{
	struct wire wire = { .length = held->length };
	struct filing_ticket ticket = { 0 };
	enum fault fault;

	if (held->length > WIRE_MAX || !may_file_now(held->reason))
		return FAULT_NONE;
	memcpy(wire.bytes, held->wire, held->length);
	fault = read_wire(filing, &wire, who, now, &ticket);
	if (!fault)
		fault = settle(filing, held, who, now, &ticket, filed);
	filing_ticket_done(&ticket);
	/* A bad ticket, logged where it was found, never blocks another. */
	return fault == FAULT_FORMAT || fault == FAULT_LIMIT ? FAULT_NONE
							     : fault;
}

enum fault filing_retry(struct filing *filing, const struct record_who *who,
			int64_t now, size_t *filed)
{
	struct held *held = NULL;
	size_t count = 0, done = 0;
	enum fault fault = held_read(filing->record, &held, &count);

	for (size_t i = 0; !fault && i < count; i++)
		fault = retry_one(filing, &held[i], who, now, &done);
	free(held);
	if (filed)
		*filed = done;
	return fault;
}

/* --- answers of a visit --------------------------------------------------- */

struct collected {
	struct visit_answer *rows;
	size_t count;
};

static void collect(void *to, const char *reference, const char *value)
{
	struct collected *collected = to;

	collected->rows = xreallocarray(collected->rows, collected->count + 1,
					sizeof *collected->rows);
	collected->rows[collected->count++] =
	    (struct visit_answer){ xstrdup(reference), xstrdup(value) };
}

static void collected_done(struct collected *collected)
{
	for (size_t i = 0; i < collected->count; i++) {
		free((char *)collected->rows[i].reference);
		char_wipe((char *)collected->rows[i].value);
	}
	free(collected->rows);
}

static enum fault fill(struct filing *filing, const struct visit_basis *basis,
		       const struct collected *collected,
		       enum visit_found *found, struct filing_content **out)
{
	SCOPED(content_freep) struct filing_content *content = NULL;
	struct filed_form *form = NULL;
	enum fault fault;

	if (collected->count) {
		if ((fault = forms_find(filing->forms, basis->form, &form)))
			return fault;
		if (!form) {
			log_warning("the form %02X%02X%02X%02X... of a visit "
				    "is not here; import it to see its "
				    "answers",
				    basis->form[0], basis->form[1],
				    basis->form[2], basis->form[3]);
			*found = VISIT_NOT_THERE;
			return FAULT_NONE;
		}
	}
	if ((fault = content_new(form, filing->settings, basis->issued,
				 basis->zone, "", &content)))
		return fault;
	content_clear(content);
	for (size_t i = 0; i < collected->count; i++)
		content_put(content, collected->rows[i].reference,
			    collected->rows[i].value);
	*out = content;
	content = NULL;
	return FAULT_NONE;
}

enum fault visit_content(struct filing *filing, int64_t visit,
			 const struct record_who *who, int64_t now,
			 enum visit_look look, enum visit_found *found,
			 struct filing_content **out)
{
	struct collected collected = { 0 };
	struct visit_basis basis;
	enum fault fault = visit_answers(filing->record, visit, who, now, look,
					 found, &basis, collect, &collected);

	if (!fault && *found == VISIT_FOUND)
		fault = fill(filing, &basis, &collected, found, out);
	collected_done(&collected);
	return fault;
}

enum fault filing_visit_answers(struct filing *filing, int64_t visit,
				const char *language,
				const struct record_who *who, int64_t now,
				enum visit_found *found,
				struct filing_answers *out)
{
	SCOPED(content_freep) struct filing_content *content = NULL;
	enum fault fault = visit_content(filing, visit, who, now, VISIT_SHOWN,
					 found, &content);

	return fault || *found != VISIT_FOUND
		   ? fault
		   : content_answers(content, language, out);
}

/* --- the first need ------------------------------------------------------- */

/* What the facts say of it; the others decide which choices there are. */
struct first {
	struct filing_content *content;
	char *first, *needs; /* NULL: not asked */
};

static void take_fact(void *to, const char *field, const char *value,
		      const char *source)
{
	struct first *first = to;
	char **keep = !strcmp(field, "first_need") ? &first->first
		      : !strcmp(field, "needs")    ? &first->needs
						   : NULL;

	(void)source;
	content_put_field(first->content, field, value);
	if (!keep)
		return;
	char_wipe(*keep);
	*keep = xstrdup(value);
}

static char *say_first(const struct first *first, const char *language)
{
	if (first->first)
		return content_choice_label(first->content, "first_need",
					    first->first, language);
	if (first->needs && !strchr(first->needs, ' '))
		return content_choice_label(first->content, "needs",
					    first->needs, language);
	return xstrdup("");
}

static enum fault read_first(struct filing *filing, int64_t visit,
			     struct filed_form *form,
			     const struct visit_basis *basis,
			     const char *language, char **need)
{
	SCOPED(content_freep) struct filing_content *content = NULL;
	struct first first = { 0 };
	enum fault fault = content_new(form, filing->settings, basis->issued,
				       basis->zone, "", &content);

	first.content = content;
	if (!fault)
		fault = visit_facts(filing->record, visit, take_fact, &first);
	if (!fault)
		*need = say_first(&first, language);
	char_wipe(first.first);
	char_wipe(first.needs);
	return fault;
}

enum fault filing_first_need(struct filing *filing, int64_t visit,
			     const char *language, char **need)
{
	struct filed_form *form = NULL;
	struct visit_basis basis;
	enum visit_found found;
	enum fault fault =
	    visit_basis_read(filing->record, visit, &found, &basis);

	if (!fault && found == VISIT_FOUND)
		fault = forms_find(filing->forms, basis.form, &form);
	if (!fault && form)
		return read_first(filing, visit, form, &basis, language, need);
	if (!fault)
		*need = xstrdup("");
	return fault;
}
