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
	while (question->count < step->count) {
		struct node *node = step->field[question->count];
		struct field *field = &question->fields[question->count++];
		enum fault fault;

		*field = (struct field){
			.ops = field_ops_for(node),
			.run = run,
			.node = node,
			.look = look,
		};
		if ((fault = field_enter(field)))
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
		field_leave(&question->fields[i]);
	refusal_done(&question->refusal);
	reading_close(&question->reading);
	explicit_bzero(question, sizeof *question);
	free(question);
}

/* At the one that has the focus now, from another or from itself. An answer
 * beside it may have changed the run's for it meanwhile. */
static enum fault arrive(struct question *question, size_t from)
{
	struct field *field = focused(question);

	if (question->focus == from || !field_comes_back_blank(field))
		return field_turn_to(field);
	field_leave(field);
	return field_enter(field);
}

static enum fault move_to(struct question *question, size_t index)
{
	size_t from = question->focus;

	question->focus = index;
	return arrive(question, from);
}

static enum fault to_next(struct question *question, enum question_event *what)
{
	for (size_t i = question->focus + 1; i < question->count; i++) {
		if (folded_shows(question->step, i)) {
			*what = QUESTION_CHANGED;
			return move_to(question, i);
		}
	}
	*what = QUESTION_ONWARD;
	return FAULT_NONE;
}

/* Whether what was read is all there is of the field. */
static bool is_all_read(struct question *question)
{
	SCOPED(char_wipep) char *notes = question_notes(question);

	return notes && node_kind(focused(question)->node) == NODE_NOTE;
}

/* To the next page, and behind the last one to the answers. */
static enum fault read_on(struct question *question, enum question_event *what)
{
	bool all;

	*what = QUESTION_CHANGED;
	if (reading_onward(&question->reading))
		return FAULT_NONE;
	reading_close(&question->reading);
	all = is_all_read(question);
	question->read[question->focus] |= !question->refusal.text && !all;
	refusal_read(&question->refusal);
	return all ? to_next(question, what) : FAULT_NONE;
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

static enum fault read_key(struct question *question,
			   const struct ui_event *event,
			   enum question_event *what)
{
	if (reading_key_onward(&question->reading, event))
		return read_on(question, what);
	*what = reading_key_back(event) && reading_back(&question->reading)
		    ? QUESTION_CHANGED
		    : QUESTION_IGNORED;
	return FAULT_NONE;
}

enum fault question_onward(struct question *question, enum question_event *what)
{
	struct field *field = focused(question);
	enum field_event told;
	enum fault fault;

	*what = QUESTION_CHANGED;
	if (question->reading.text)
		return read_on(question, what);
	if ((fault = field_commit(field, &told)))
		return fault;
	if (told == FIELD_WRONG)
		refusal_tell(&question->refusal, field);
	else if (!refusal_holds_up(&question->refusal, field)) {
		const struct field_ops *ops = field_ops_now(field);

		refusal_done(&question->refusal);
		if (ops->confirm && (fault = ops->confirm(field)))
			return fault;
		return to_next(question, what);
	}
	return FAULT_NONE;
}

enum fault question_back(struct question *question, enum question_event *what)
{
	enum field_event told;
	enum fault fault;

	*what = QUESTION_CHANGED;
	if (read_back(question))
		return FAULT_NONE;
	/* Going back keeps what was written, right or wrong. */
	if ((fault = field_commit(focused(question), &told)))
		return fault;
	refusal_done(&question->refusal);
	for (size_t i = question->focus; i-- > 0;) {
		if (folded_shows(question->step, i))
			return move_to(question, i);
	}
	*what = QUESTION_BEFORE;
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

/* Goes towards a question behind, up to one that is wrong or missing; whether
 * it came there. Each that may be left out is told of once. */
static bool come_to(struct question *question, size_t index)
{
	for (; question->focus < index; question->focus++) {
		if (folded_shows(question->step, question->focus) &&
		    refusal_holds_up(&question->refusal, focused(question)))
			return false;
		refusal_done(&question->refusal);
	}
	return true;
}

/* As "Next" and "Back" would go there: what was written is kept, and nothing
 * that is wrong or missing is passed over. */
static enum fault unfold(struct question *question, size_t index)
{
	size_t from = question->focus;
	enum field_event told;
	enum fault fault = field_commit(focused(question), &told);

	if (fault)
		return fault;
	if (told == FIELD_WRONG && index > question->focus) {
		refusal_tell(&question->refusal, focused(question));
		return FAULT_NONE;
	}
	refusal_read(&question->refusal);
	if (!come_to(question, index))
		return arrive(question, from);
	refusal_done(&question->refusal);
	return folded_shows(question->step, index) ? move_to(question, index)
						   : FAULT_NONE;
}

/* After the last answer: seen for a moment, unless none may stay. */
static enum fault picked(struct question *question, enum question_event *what)
{
	bool hidden = field_comes_back_blank(focused(question));
	enum fault fault = to_next(question, what);

	if (*what == QUESTION_ONWARD && !hidden)
		*what = QUESTION_SHOWN;
	return fault;
}

enum fault question_key(struct question *question, const struct ui_event *event,
			enum question_event *what)
{
	struct field *field = focused(question);
	enum field_event told = FIELD_IGNORED;
	enum fault fault;

	if (question->reading.text)
		return read_key(question, event, what);
	*what = QUESTION_CHANGED;
	if (touched(question, event) < question->count)
		return unfold(question, touched(question, event));
	if ((fault = field_ops_now(field)->key(field, event, &told)))
		return fault;
	field->touched |= told != FIELD_IGNORED;
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
		return picked(question, what);
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
	struct node *node = question->fields[question->focus].node;

	return node_required(node) && !node_offers_none(node);
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
	if (place != question->focus &&
	    (fault = field_commit(focused(question), &told)))
		return fault;
	if ((fault = move_to(question, place)))
		return fault;
	*out = focused(question);
	return FAULT_NONE;
}
