#include "office/filed.h"

#include <jansson.h>
#include <string.h>

#include "ask/step.h"
#include "base/data.h"
#include "office/line.h"

static void add_reasons(const struct filing_ticket *ticket,
			const char *language, json_t *line)
{
	const int column = strcmp(language, "fr") == 0;
	json_t *rules = json_array(), *reasons = json_array();

	for (size_t i = 0; i < ticket->reason_count; i++) {
		const char *reason = ticket->reasons[i].reason[column];

		json_array_append_new(rules,
				      json_string(ticket->reasons[i].rule));
		json_array_append_new(reasons,
				      json_string(reason ? reason : ""));
	}
	json_object_set_new(line, "rules", rules);
	json_object_set_new(line, "reasons", reasons);
}

static struct node *find_review(struct node *node)
{
	struct node *found = NULL;

	for (node = node_first(node); node && !found; node = node_next(node))
		found = node_relevant(node) && node_appears(node, "review")
			    ? node
			    : find_review(node);
	return found;
}

/* The repeat a step stands in; NULL where it stands in none. */
static const struct node *repeat_of(const struct step *step)
{
	const struct node *node = step->field[0];

	while (node && node_kind(node) != NODE_REPEAT)
		node = node_parent(node);
	return node;
}

/*
 * How many screens these answers took at the kiosk: all the persons of a
 * repeat as one, and the review.
 */
static json_t *count_screens(const struct filing_ticket *ticket)
{
	struct run *run = filing_run(ticket);
	const struct node *repeat = NULL;
	struct step step;
	int screens = 0;

	if (!run)
		return json_null();
	for (bool more = step_first(run, &step); more;
	     more = step_next(&step, &step)) {
		screens += !repeat || repeat_of(&step) != repeat;
		repeat = repeat_of(&step);
	}
	return json_integer(screens + !!find_review(run_root(run)));
}

/* A birthday both ways; null where the ticket could not be opened. */
static json_t *tell_birth(const struct filing_ticket *ticket,
			  const char *language)
{
	struct filing_answers answers = { 0 };
	json_t *birth;

	if (!ticket->content ||
	    filing_ticket_answers(ticket, language, &answers))
		return json_null();
	birth = line_birth(&answers.birth);
	filing_answers_done(&answers);
	return birth;
}

static void add_paper(const struct visit_paper *paper, json_t *line)
{
	json_object_set_new(line, "paper", line_text(paper->code));
	json_object_set_new(line, "filled", line_instant(paper->filled));
}

/* What the clear part of a ticket says, and what went wrong with it. */
static void add_particulars(const struct filing_ticket *ticket, json_t *line)
{
	if (ticket->seq) {
		json_object_set_new(line, "kiosk_id",
				    line_hex(ticket->kiosk_id, 4));
		json_object_set_new(line, "agency_id",
				    line_hex(ticket->agency_id, 4));
	}
	if (ticket->status == FILING_UNKNOWN_FORM) {
		uint64_t form = 0;

		for (size_t i = 0; i < sizeof ticket->form; i++)
			form = form << 8 | ticket->form[i];
		json_object_set_new(line, "form", line_hex(form, 16));
	}
	if (ticket->status == FILING_INCOMPLETE) {
		json_object_set_new(line, "digits",
				    json_integer((json_int_t)ticket->digits));
		json_object_set_new(
		    line, "digits_due",
		    json_integer((json_int_t)ticket->digits_due));
	}
	if (ticket->paper)
		add_paper(ticket->paper, line);
	if (ticket->blank)
		json_object_set_new(line, "left_blank",
				    line_words(ticket->blank));
	if (ticket->filed_at) {
		json_object_set_new(line, "filed_at",
				    json_string(ticket->filed_at));
		json_object_set_new(line, "filed_by",
				    json_string(ticket->filed_by));
	}
}

void filed_print(const struct filing_ticket *ticket, const char *language,
		 const char *message)
{
	const bool read = ticket->content || ticket->visit;
	json_t *line = json_object();

	json_object_set_new(line, "status",
			    json_string(filing_status_word(ticket->status)));
	json_object_set_new(line, "number", line_text(ticket->number));
	json_object_set_new(line, "level",
			    line_text(visit_level_word(ticket->level)));
	add_reasons(ticket, language, line);
	json_object_set_new(line, "tags", line_words(ticket->tags));
	json_object_set_new(line, "keep",
			    read ? json_string(visit_keep_word(ticket->keep))
				 : json_null());
	json_object_set_new(line, "language", line_text(ticket->language));
	json_object_set_new(line, "quiet", json_boolean(ticket->quiet));
	json_object_set_new(line, "old", json_boolean(ticket->old));
	json_object_set_new(line, "too_late", json_boolean(ticket->too_late));
	json_object_set_new(line, "more_to_tell",
			    json_boolean(ticket->more_to_tell));
	json_object_set_new(line, "birth", tell_birth(ticket, language));
	json_object_set_new(line, "issued", line_instant(ticket->issued));
	json_object_set_new(line, "screens", count_screens(ticket));
	json_object_set_new(line, "visit",
			    ticket->visit ? json_integer(ticket->visit)
					  : json_null());
	json_object_set_new(line, "kept_aside",
			    json_boolean(ticket->kept_aside));
	add_particulars(ticket, line);
	json_object_set_new(line, "message", json_string(message));
	line_print(line);
}

enum fault filed_words(const char *language, struct catalogue **out)
{
	SCOPED(char_freep) char *folder = data_path("translations");

	*out = catalogue_new(language);
	return catalogue_add_family(*out, folder, "desk");
}
