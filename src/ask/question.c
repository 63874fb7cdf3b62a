#include "ask/question.h"

#include <stdlib.h>
#include <string.h>

#include "ask/folded.h"
#include "ask/question_room.h"

static struct field *focused(struct question *question)
{
	return &question->fields[question->focus];
}

enum fault question_new(struct run *run, const struct step *step,
			const struct ask_look *look, struct question **out)
{
	SCOPED(question_freep)
	struct question *question = xcalloc(1, sizeof *question);

	question->step = step;
	question->look = look;
	for (; question->count < step->count; question->count++) {
		struct node *node = step->field[question->count];
		struct field *field = &question->fields[question->count];
		enum fault fault;

		*field = (struct field){
			.ops = field_ops_for(node),
			.run = run,
			.node = node,
			.look = look,
		};
		if ((fault = field->ops->enter(field)))
			return fault;
	}
	while (question->focus + 1 < step->count &&
	       !folded_shows(step, question->focus))
		question->focus++;
	*out = question;
	question = NULL;
	return FAULT_NONE;
}

void question_free(struct question *question)
{
	if (!question)
		return;
	for (size_t i = 0; i < question->count; i++)
		question->fields[i].ops->leave(&question->fields[i]);
	refusal_done(&question->refusal);
	reading_close(&question->reading);
	explicit_bzero(question, sizeof *question);
	free(question);
}

static enum question_event to_next(struct question *question)
{
	for (size_t i = question->focus + 1; i < question->count; i++) {
		if (folded_shows(question->step, i)) {
			question->focus = i;
			return QUESTION_CHANGED;
		}
	}
	return QUESTION_ONWARD;
}

/* Whether what was read is all there is of the field. */
static bool is_all_read(struct question *question)
{
	SCOPED(char_freep) char *notes = question_notes(question);

	return notes && node_kind(focused(question)->node) == NODE_NOTE;
}

/* To the next page, and behind the last one to the answers. */
static enum question_event read_on(struct question *question)
{
	bool all;

	if (reading_onward(&question->reading))
		return QUESTION_CHANGED;
	reading_close(&question->reading);
	all = is_all_read(question);
	question->read[question->focus] |= !question->refusal.text && !all;
	refusal_read(&question->refusal);
	return all ? to_next(question) : QUESTION_CHANGED;
}

/* To the page before; false on the first one. */
static bool read_back(struct question *question)
{
	if (!question->reading.text)
		return false;
	if (reading_back(&question->reading))
		return true;
	reading_close(&question->reading);
	if (!question->refusal.text)
		return false;
	refusal_done(&question->refusal);
	return true;
}

static enum question_event read_key(struct question *question,
				    const struct ui_event *event)
{
	if (reading_key_onward(&question->reading, event))
		return read_on(question);
	if (reading_key_back(event) && reading_back(&question->reading))
		return QUESTION_CHANGED;
	return QUESTION_IGNORED;
}

static enum fault commit(struct question *question, enum field_event *what)
{
	struct field *field = focused(question);
	const struct field_ops *ops = field_ops_now(field);

	*what = FIELD_CHANGED;
	return ops->commit ? ops->commit(field, what) : FAULT_NONE;
}

enum fault question_onward(struct question *question, enum question_event *what)
{
	struct field *field = focused(question);
	enum field_event told;
	enum fault fault;

	*what = QUESTION_CHANGED;
	if (question->reading.text) {
		*what = read_on(question);
		return FAULT_NONE;
	}
	if ((fault = commit(question, &told)))
		return fault;
	if (told == FIELD_WRONG)
		refusal_tell(&question->refusal, field);
	else if (!refusal_holds_up(&question->refusal, field)) {
		const struct field_ops *ops = field_ops_now(field);

		refusal_done(&question->refusal);
		fault = ops->confirm ? ops->confirm(field) : FAULT_NONE;
		*what = to_next(question);
	}
	return fault;
}

enum fault question_back(struct question *question, enum question_event *what)
{
	enum field_event told;
	enum fault fault;

	*what = QUESTION_CHANGED;
	if (read_back(question))
		return FAULT_NONE;
	/* Going back keeps what was written, right or wrong. */
	if ((fault = commit(question, &told)))
		return fault;
	refusal_done(&question->refusal);
	*what = QUESTION_BEFORE;
	for (size_t i = question->focus; i-- > 0;) {
		if (folded_shows(question->step, i)) {
			question->focus = i;
			*what = QUESTION_CHANGED;
			break;
		}
	}
	return FAULT_NONE;
}

/* The folded question at a touch; the count: none. */
static size_t touched(const struct question *question,
		      const struct ui_event *event)
{
	size_t index = 0;

	if (event->key != UI_KEY_POINT)
		return question->count;
	while (
	    index < question->count &&
	    (index == question->focus || !folded_shows(question->step, index) ||
	     !canvas_area_holds(&question->places[index], event->y, event->x)))
		index++;
	return index;
}

/* As "Next" and "Back" would go there: what was written is kept, and nothing
 * that is wrong or missing is passed over. */
static enum fault unfold(struct question *question, size_t index)
{
	enum field_event told;
	enum fault fault = commit(question, &told);

	if (fault)
		return fault;
	if (told == FIELD_WRONG && index > question->focus) {
		refusal_tell(&question->refusal, focused(question));
		return FAULT_NONE;
	}
	refusal_done(&question->refusal);
	while (question->focus < index) {
		if (folded_shows(question->step, question->focus) &&
		    refusal_holds_up(&question->refusal, focused(question)))
			return FAULT_NONE;
		question->focus++;
	}
	if (folded_shows(question->step, index))
		question->focus = index;
	return FAULT_NONE;
}

/* After the last answer: seen for a moment, unless it is private. */
static enum question_event picked(struct question *question)
{
	bool hidden = field_is_private(focused(question));
	enum question_event next = to_next(question);

	return next == QUESTION_ONWARD && !hidden ? QUESTION_SHOWN : next;
}

enum fault question_key(struct question *question, const struct ui_event *event,
			enum question_event *what)
{
	struct field *field = focused(question);
	enum field_event told = FIELD_IGNORED;
	enum fault fault;

	if (question->reading.text) {
		*what = read_key(question, event);
		return FAULT_NONE;
	}
	*what = QUESTION_CHANGED;
	if (touched(question, event) < question->count)
		return unfold(question, touched(question, event));
	if ((fault = field_ops_now(field)->key(field, event, &told)))
		return fault;
	switch (told) {
	case FIELD_IGNORED:
		*what = QUESTION_IGNORED;
		break;
	case FIELD_CHANGED:
		refusal_done(&question->refusal);
		break;
	case FIELD_WRONG:
		refusal_tell(&question->refusal, field);
		break;
	case FIELD_PICKED:
		if (refusal_holds_up(&question->refusal, field))
			break;
		refusal_done(&question->refusal);
		*what = picked(question);
		break;
	case FIELD_GOES:
		refusal_done(&question->refusal);
		*what = QUESTION_GOES;
		break;
	}
	return FAULT_NONE;
}

struct node *question_goes(const struct question *question)
{
	return question->fields[question->focus].instance;
}

bool question_typing(const struct question *question)
{
	const struct field *field = &question->fields[question->focus];

	const struct field_ops *ops = field_ops_now(field);

	return ops->typing && ops->typing(field);
}

static bool is_required(const struct question *question)
{
	return node_required(question->fields[question->focus].node);
}

bool question_answered(const struct question *question)
{
	if (is_required(question))
		return true;
	for (size_t i = 0; i < question->count; i++) {
		const struct field *field = &question->fields[i];

		if (!field_is_private(field) && field_has_answer(field))
			return true;
	}
	return false;
}

bool question_goes_on(const struct question *question)
{
	const struct field *field = &question->fields[question->focus];

	return question->look->paper || !is_required(question) ||
	       node_value(field->node)[0] || question_typing(question);
}

/* The question's own place of the field; its count: none is asked. */
static size_t awaits_scan(const struct question *question)
{
	size_t i = 0;

	while (i < question->count &&
	       !(folded_shows(question->step, i) &&
		 node_appears(question->fields[i].node, "scan")))
		i++;
	return i;
}

enum fault question_scanned(struct question *question, struct field **out)
{
	size_t place = awaits_scan(question);
	enum field_event told;
	enum fault fault;

	*out = NULL;
	if (place == question->count)
		return FAULT_NONE;
	/* What the run refuses is no answer yet, and stays none. */
	if (place != question->focus && (fault = commit(question, &told)))
		return fault;
	question->focus = place;
	*out = focused(question);
	return FAULT_NONE;
}
