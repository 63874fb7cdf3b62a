#include "filing/typed.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/data.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/log.h"
#include "filing/inside.h"
#include "seal/secret.h"
#include "text/zone.h"

struct typed {
	struct filing *filing;
	struct filed_form *form;
	struct filing_content *content;
	struct catalogue *words;
	struct draft draft; /* answers: as they were saved last, or NULL */
	char *place;        /* NULL: at the beginning */
};

void typed_free(struct typed *typed)
{
	if (!typed)
		return;
	content_free(typed->content);
	catalogue_free(typed->words);
	draft_done(&typed->draft);
	free(typed->place);
	free(typed);
}

/* --- which forms ---------------------------------------------------------- */

struct listing {
	struct typed_form *forms;
	size_t count;
};

static bool take_form(void *to, const struct filed_form *form)
{
	struct listing *list = to;
	struct typed_form *row = &list->forms[list->count++];

	*row = (struct typed_form){
		.id = xstrdup(form_id(form->form)),
		.title = xstrdup(form_title(form->form)),
		.version = xstrdup(form_version(form->form)),
		.current = form->current,
	};
	memcpy(row->reference, form->reference, sizeof row->reference);
	return list->count < TYPED_FORMS;
}

void typed_forms_free(struct typed_form *forms, size_t count)
{
	while (count) {
		free(forms[--count].id);
		free(forms[count].title);
		free(forms[count].version);
	}
	free(forms);
}

enum fault typed_forms(struct filing *filing, struct typed_form **out,
		       size_t *count)
{
	struct listing list = { .forms =
				    xcalloc(TYPED_FORMS, sizeof *list.forms) };
	enum fault fault = forms_each(filing->forms, take_form, &list);

	if (fault) {
		typed_forms_free(list.forms, list.count);
		return fault;
	}
	*out = list.forms;
	*count = list.count;
	return FAULT_NONE;
}

/* --- words ---------------------------------------------------------------- */

static char *words_path(const char *domain, const char *tag)
{
	SCOPED(char_freep)
	char *name = xasprintf("translations/%s.%s.po", domain, tag);

	return data_path(name);
}

bool typed_speaks(const char *tag)
{
	SCOPED(char_freep) char *path = words_path("kiosk", tag);

	return file_exists(path);
}

/* Foyer's screens in it, and the form, as far as it was translated. */
static enum fault read_words(const struct form *form, const char *tag,
			     struct catalogue **out)
{
	const char *const domains[] = { "kiosk", form_id(form) };
	SCOPED(catalogue_freep) struct catalogue *words = catalogue_new(tag);
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; !fault && i < COUNT(domains); i++) {
		SCOPED(char_freep) char *path = NULL;

		if (strchr(domains[i], '/'))
			continue;
		path = words_path(domains[i], tag);
		if (file_exists(path))
			fault = catalogue_add(words, path);
	}
	if (fault)
		return fault;
	*out = words;
	words = NULL;
	return FAULT_NONE;
}

enum fault typed_speak(struct typed *typed, const char *tag)
{
	struct catalogue *words = NULL;
	enum fault fault;

	if (!typed_speaks(tag)) {
		log_error("%s: there are no words of this language", tag);
		return FAULT_FORMAT;
	}
	if ((fault = read_words(typed->form->form, tag, &words)))
		return fault;
	catalogue_free(typed->words);
	typed->words = words;
	/* Staff's own languages have the form's words already. */
	typed->content->words = strcmp(tag, "en") == 0 ? NULL : words;
	run_set_language(typed->content->run, tag);
	return FAULT_NONE;
}

enum fault typed_note_language(struct typed *typed, const char *tag)
{
	struct node *reserved = run_named(typed->content->run, "language");
	enum run_answer answer;

	return reserved ? run_put(typed->content->run, reserved, tag, &answer)
			: FAULT_NONE;
}

/* --- the run -------------------------------------------------------------- */

#define DAY_MS ((int64_t)24 * 3600 * 1000)

bool typed_noon(const char *day, const char *zone, int64_t now, int64_t *filled)
{
	const int64_t local = now + zone_offset(zone, now);
	const int64_t today = local - local % DAY_MS;
	struct tm read = { 0 };
	const char *end = strptime(day, "%Y-%m-%d", &read);
	struct tm whole = read;
	int64_t midnight;

	if (!end || *end)
		return false;
	midnight = (int64_t)timegm(&whole) * 1000;
	/* 30 February became a day in March. */
	if (whole.tm_mday != read.tm_mday || midnight > today)
		return false;
	*filled = zone_to_utc(zone, midnight + DAY_MS / 2);
	return true;
}

static enum fault open_run(struct typed *typed, int64_t now, const char *zone)
{
	struct draft *draft = &typed->draft;
	enum fault fault =
	    forms_find(typed->filing->forms, draft->form, &typed->form);

	if (!fault && !typed->form) {
		log_error("the form of this paper is not here any more, or "
			  "cannot be run: `foyer form build` it anew");
		fault = FAULT_FORMAT;
	}
	if (!fault)
		fault = content_new(typed->form, typed->filing->settings,
				    draft->filled ? draft->filled : now, zone,
				    "", &typed->content);
	return fault ? fault : typed_speak(typed, draft->language);
}

static void add_answer(void *to, const char *reference, const char *value)
{
	json_array_append_new(to, json_pack("[ss]", reference, value));
}

/* [["/data/A3", "SELF"], ..., ["/data/B1"]] in form order, the last one the
 * place, if there is one; the caller wipes it. */
static char *write_answers(struct typed *typed, const char *place)
{
	json_t *list = json_array();
	char *text;

	content_each(typed->content, add_answer, list);
	if (place)
		json_array_append_new(list, json_pack("[s]", place));
	text = json_dumps(list, JSON_COMPACT);
	json_decref(list);
	return text;
}

enum fault typed_new(struct filing *filing, const struct typed_about *about,
		     int64_t now, struct typed **out)
{
	SCOPED(typed_freep) struct typed *typed = xcalloc(1, sizeof *typed);
	enum fault fault;

	typed->filing = filing;
	typed->draft = (struct draft){
		.language = xstrdup(about->language),
		.code = xstrdup(about->code),
		.filled = about->filled,
		.begun = now,
		.changed = now,
	};
	memcpy(typed->draft.form, about->form, sizeof typed->draft.form);
	if ((fault = open_run(typed, now, about->zone)) ||
	    (fault = typed_note_language(typed, about->language)))
		return fault;
	/* What it begins with is no answer, and nothing to be kept. */
	typed->draft.answers = write_answers(typed, NULL);
	*out = typed;
	typed = NULL;
	return FAULT_NONE;
}

struct run *typed_run(struct typed *typed)
{
	return typed->content->run;
}

const struct form *typed_form(const struct typed *typed)
{
	return typed->form->form;
}

const struct draft *typed_draft(const struct typed *typed)
{
	return &typed->draft;
}

const struct catalogue *typed_words(const struct typed *typed)
{
	return typed->words;
}

struct node *typed_refused(struct typed *typed)
{
	return content_refused(typed->content);
}

/* --- the draft ------------------------------------------------------------ */

void typed_stand(struct typed *typed, const char *place)
{
	char *kept = xstrdup(place);

	free(typed->place);
	typed->place = kept;
}

const char *typed_place(const struct typed *typed)
{
	return typed->place;
}

static void put_answers(struct typed *typed, const char *text)
{
	struct filing_content *content = typed->content;
	json_t *list = json_loads(text, 0, NULL), *row;
	const char *reference, *value;
	size_t i;

	if (!list && *text)
		log_error("what was kept of a paper cannot be read: type it "
			  "in again");
	if (list)
		content_clear(content);
	json_array_foreach(list, i, row)
	{
		if (!json_unpack(row, "[ss]", &reference, &value))
			content_put(content, reference, value);
		else if (!json_unpack(row, "[s!]", &reference))
			typed_stand(typed, reference);
	}
	json_decref(list);
}

enum fault typed_again(struct filing *filing, const struct draft *draft,
		       const char *zone, struct typed **out)
{
	SCOPED(typed_freep) struct typed *typed = xcalloc(1, sizeof *typed);
	enum fault fault;

	typed->filing = filing;
	typed->draft = *draft;
	typed->draft.language = xstrdup(draft->language);
	typed->draft.code = xstrdup(draft->code);
	typed->draft.answers = xstrdup(draft->answers);
	if ((fault = open_run(typed, draft->begun, zone)))
		return fault;
	put_answers(typed, draft->answers);
	*out = typed;
	typed = NULL;
	return FAULT_NONE;
}

/* Nothing was typed yet: that somebody looked at questions is no draft. */
static bool is_blank(struct typed *typed)
{
	SCOPED(char_wipep) char *text = write_answers(typed, NULL);

	return !typed->draft.id && strcmp(typed->draft.answers, text) == 0;
}

enum fault typed_keep(struct typed *typed, const struct record_who *who,
		      int64_t now)
{
	struct draft *draft = &typed->draft;
	char *before = draft->answers, *text;
	enum fault fault;

	if (is_blank(typed))
		return FAULT_NONE;
	text = write_answers(typed, typed->place);

	if (before && strcmp(before, text) == 0) {
		char_wipe(text);
		return FAULT_NONE;
	}
	draft->answers = text;
	if ((fault = draft_save(typed->filing->record, draft, who, now))) {
		draft->answers = before;
		char_wipe(text);
		return fault;
	}
	char_wipe(before);
	return FAULT_NONE;
}

enum fault typed_drop(struct typed *typed, const struct record_who *who,
		      int64_t now)
{
	return typed->draft.id ? draft_drop(typed->filing->record,
					    typed->draft.id, who, now)
			       : FAULT_NONE;
}

/* --- filing --------------------------------------------------------------- */

/* What stands for a ticket's key and hash. */
static void digest_of(const char *code, uint8_t digest[DIGEST_BYTES])
{
	SCOPED(char_freep) char *text = xasprintf("paper:%s", code);

	if (*code)
		digest_sha256(text, strlen(text), digest);
	else
		secret_random(digest, DIGEST_BYTES);
}

void typed_unnumber(struct typed *typed)
{
	free(typed->draft.code);
	typed->draft.code = xstrdup("");
}

enum fault typed_before(struct filing *filing, const char *code, bool *before,
			struct ticket_filed *filed)
{
	uint8_t digest[DIGEST_BYTES];
	enum ticket_seen seen = TICKET_NEW;
	enum fault fault = FAULT_NONE;

	*filed = (struct ticket_filed){ 0 };
	if (*code) {
		digest_of(code, digest);
		fault = ticket_look(filing->record, digest, 0, digest, &seen,
				    filed);
	}
	*before = seen != TICKET_NEW;
	return fault;
}

static void put_answer(void *to, const char *reference, const char *value)
{
	content_put(to, reference, value);
}

/* A fresh run, as that of a ticket is, whose today is the paper's. */
static enum fault settle(struct typed *typed, int64_t now,
			 struct filing_ticket *out)
{
	const struct draft *draft = &typed->draft;
	char instance[WIRE_INSTANCE_BYTES];
	enum fault fault;

	wire_instance_id(out->wire_hash, instance);
	if ((fault =
		 content_new(typed->form, typed->filing->settings,
			     draft->filled ? draft->filled : now,
			     typed->content->zone, instance, &out->content)))
		return fault;
	content_clear(out->content);
	content_each(typed->content, put_answer, out->content);
	if ((fault = content_collect(out->content)))
		return fault;
	content_tell(out->content, out);
	out->paper = xcalloc(1, sizeof *out->paper);
	*out->paper = (struct visit_paper){
		.code = xstrdup(draft->code),
		.filled = draft->filled,
		.draft = draft->id,
	};
	return FAULT_NONE;
}

/* The number by which its visit is called. It is filed by now: that the number
 * cannot be read is no reason to file it again. */
static void take_number(struct filing *filing, struct filing_ticket *ticket)
{
	struct visit visit;
	enum visit_found found;

	if (visit_read(filing->record, ticket->visit, &found, &visit) ||
	    found == VISIT_NOT_THERE) {
		ticket->number = xstrdup("FP");
		return;
	}
	ticket->number = xstrdup(visit.number);
	visit_done(&visit);
}

enum fault typed_file(struct typed *typed, const struct record_who *who,
		      int64_t now, struct filing_ticket *out)
{
	struct filing_ticket ticket = { .keep = VISIT_KEEP_TODAY };
	enum fault fault;

	digest_of(typed->draft.code, ticket.wire_hash);
	memcpy(ticket.kiosk_key, ticket.wire_hash, sizeof ticket.kiosk_key);
	memcpy(ticket.form, typed->draft.form, sizeof ticket.form);
	memcpy(ticket.zone, typed->content->zone, sizeof ticket.zone);
	if ((fault = settle(typed, now, &ticket)) ||
	    (fault = file_ticket(typed->filing, who, now, now, &ticket))) {
		filing_ticket_done(&ticket);
		return fault;
	}
	take_number(typed->filing, &ticket);
	*out = ticket;
	return FAULT_NONE;
}
