#include "office/tour.h"

#include <stdlib.h>
#include <string.h>

#include "ask/check.h"
#include "ask/page.h"
#include "ask/step.h"
#include "ask/title.h"
#include "base/bytes.h"
#include "form/run.h"
#include "office/tour_told.h"
#include "text/zone.h"

#define WALKS_MOST 24 /* through the form; the intake needs far fewer */
#define PAGES_MOST 12 /* of one list of answers */
#define TEXT_SIZE 1   /* as the lobby begins */

struct tour {
	const struct tour_plan *plan;
	tour_visit *visit;
	void *to;
	struct run_world world;
	struct run *run;
	struct ask_look look;
	char **seen; /* paths of questions that were shown */
	size_t seen_count;
	bool planning; /* answers are tried, and nothing is shown */
	struct planned *planned;
	size_t planned_count;
};

/* An answer that the walk to come gives. */
struct planned {
	char *reference, *value;
};

/* --- the world of a run --------------------------------------------------- */

/* Noon of a day like any other, so that the same pictures come every time. */
static int64_t now(void *to)
{
	(void)to;
	return 1767268800000LL;
}

static const char *property(void *to, const char *name)
{
	const struct tour *tour = to;
	const char *said = lobby_property(tour->plan->lobby, name);

	return said[0] ? said : "yes";
}

static const char *translate(void *to, const char *tag, const char *key)
{
	const struct tour *tour = to;
	const struct tour_plan *plan = tour->plan;
	SCOPED(char_freep) char *full = NULL;

	if (strcmp(tag, plan->language->tag) != 0)
		return NULL;
	full = xasprintf("%s:%s", form_id(plan->form), key);
	return catalogue_shown(plan->words, full);
}

static const struct drawing *drawing(void *to, const char *address)
{
	const struct tour *tour = to;

	return album_find(tour->plan->album, address);
}

static void speak(struct tour *tour, const char *tag)
{
	struct node *reserved = run_named(tour->run, "language");
	enum run_answer answer;

	run_set_language(tour->run, tag);
	if (reserved)
		(void)!run_put(tour->run, reserved, tag, &answer);
}

/* --- what was seen -------------------------------------------------------- */

static bool was_seen(const struct tour *tour, const struct node *node)
{
	for (size_t i = 0; i < tour->seen_count; i++) {
		if (strcmp(tour->seen[i], node_path(node)) == 0)
			return true;
	}
	return false;
}

static void note_seen(struct tour *tour, const struct node *node)
{
	tour->seen =
	    xreallocarray(tour->seen, tour->seen_count + 1, sizeof *tour->seen);
	tour->seen[tour->seen_count++] = xstrdup(node_path(node));
}

static size_t unseen_in(const struct tour *tour, const struct step *step)
{
	size_t count = 0;

	for (size_t i = 0; i < step->count; i++)
		count += step_asks(step, i) && !was_seen(tour, step->field[i]);
	return count;
}

static size_t unseen_now(const struct tour *tour)
{
	struct step step;
	size_t count = 0;

	for (bool more = step_first(tour->run, &step); more;
	     more = step_next(&step, &step))
		count += unseen_in(tour, &step);
	return count;
}

/* --- pictures ------------------------------------------------------------- */

/* A question that is being shown, and what it looked like so far. */
struct shown {
	struct question *question;
	const struct step *step;
	const char *name;
	char *english;
	char *pictures[PAGES_MOST];
	size_t count;
};

/* False, and nothing is visited, where it looks as it did before. */
static bool picture(struct tour *tour, struct shown *shown, const char *about)
{
	SCOPED(canvas_freep)
	struct canvas *canvas =
	    canvas_new(tour->plan->rows, tour->plan->columns, true);
	struct page page = { 0 };
	char *text;

	page_draw(&page, shown->question, tour->run, shown->step, &tour->look,
		  canvas);
	page_done(&page);
	text = canvas_picture(canvas);
	for (size_t i = 0; i < shown->count; i++) {
		if (strcmp(shown->pictures[i], text) == 0) {
			free(text);
			return false;
		}
	}
	shown->pictures[shown->count++] = text;
	tour->visit(tour->to, &(struct tour_stop){ .name = shown->name,
						   .english = shown->english,
						   .about = about,
						   .canvas = canvas });
	return true;
}

static enum fault other_pages(struct tour *tour, struct shown *shown)
{
	static const struct ui_event more = { .key = UI_KEY_TEXT,
					      .character = '0' };

	for (int page = 2; page <= PAGES_MOST / 2; page++) {
		SCOPED(char_freep) char *about = xasprintf("page %d", page);
		enum question_event what;
		enum fault fault = question_key(shown->question, &more, &what);

		if (fault)
			return fault;
		if (!picture(tour, shown, about))
			break;
	}
	return FAULT_NONE;
}

/* The question of a field with the focus, all before it answered. */
static enum fault ask(struct tour *tour, const struct step *step, size_t field,
		      struct question **out)
{
	SCOPED(question_freep) struct question *question = NULL;
	enum question_event what = QUESTION_CHANGED;
	size_t first = 0;
	enum fault fault =
	    question_new(tour->run, step, &tour->look, &question);

	while (first < field && !step_asks(step, first))
		first++;
	for (size_t i = first; !fault && i < field; i++) {
		if (step_asks(step, i))
			fault = question_onward(question, &what);
	}
	*out = question;
	question = NULL;
	return fault;
}

static char *english_of(struct tour *tour, const struct step *step,
			const struct node *node)
{
	char *label;

	speak(tour, "en");
	label = step->group || node == step->field[0] ? title_words(step)
						      : node_label(node);
	speak(tour, tour->plan->language->tag);
	return label ? label : xstrdup("");
}

static bool is_list(const struct node *node)
{
	return node_kind(node) == NODE_SELECT && !node_multiple(node);
}

/* What is said of an answer that the form refuses, such as "tell me more". */
static enum fault refusal(struct tour *tour, struct shown *shown, size_t field,
			  const char *value)
{
	struct node *node = shown->step->field[field];
	SCOPED(char_freep) char *about = xasprintf("after %s", value);
	enum question_event what;
	enum run_answer answer;
	enum fault fault = run_set(tour->run, node, value, &answer);

	if (fault || answer != RUN_TAKEN || node_violation(node) == VALID)
		return fault;
	question_free(shown->question);
	shown->question = NULL;
	if ((fault = ask(tour, shown->step, field, &shown->question)) ||
	    (fault = question_onward(shown->question, &what)))
		return fault;
	if (shown->count < PAGES_MOST)
		(void)picture(tour, shown, about);
	return FAULT_NONE;
}

/* Copies, for the run's own list goes with the next answer. */
struct values {
	char **value;
	size_t count;
};

static void values_done(struct values *values)
{
	for (size_t i = 0; i < values->count; i++)
		free(values->value[i]);
	free(values->value);
}

static enum fault values_of(struct node *node, struct values *values)
{
	const struct choice_item *items;
	enum fault fault = node_choices(node, &items, &values->count);

	if (fault) {
		values->count = 0;
		return fault;
	}
	values->value = xcalloc(values->count + 1, sizeof *values->value);
	for (size_t i = 0; i < values->count; i++)
		values->value[i] = xstrdup(items[i].value);
	return FAULT_NONE;
}

static enum fault refusals(struct tour *tour, struct shown *shown, size_t field)
{
	struct node *node = shown->step->field[field];
	struct values values = { 0 };
	enum run_answer answer;
	enum fault fault = values_of(node, &values);

	for (size_t i = 0; i < values.count && !fault; i++)
		fault = refusal(tour, shown, field, values.value[i]);
	values_done(&values);
	return fault ? fault : run_set(tour->run, node, "", &answer);
}

static enum fault show(struct tour *tour, const struct step *step, size_t field)
{
	struct node *node = step->field[field];
	struct shown shown = { .step = step, .name = node_name(node) };
	enum fault fault = ask(tour, step, field, &shown.question);

	note_seen(tour, node);
	if (step->group && !was_seen(tour, step->group))
		note_seen(tour, step->group); /* a note that is the heading */
	shown.english = english_of(tour, step, node);
	if (!fault)
		(void)picture(tour, &shown, NULL);
	if (!fault && node_kind(node) == NODE_SELECT)
		fault = other_pages(tour, &shown);
	if (!fault && is_list(node))
		fault = refusals(tour, &shown, field);
	question_free(shown.question);
	free(shown.english);
	for (size_t i = 0; i < shown.count; i++)
		free(shown.pictures[i]);
	return fault;
}

/* --- answers -------------------------------------------------------------- */

/* Whether the run takes it and the form does not refuse it. */
static bool takes(struct tour *tour, struct node *node, const char *value)
{
	enum run_answer answer;

	return !run_set(tour->run, node, value, &answer) &&
	       answer == RUN_TAKEN && node_violation(node) == VALID;
}

static enum fault clear(struct tour *tour, struct node *node)
{
	enum run_answer answer;

	return run_set(tour->run, node, "", &answer);
}

/* The choice that opens most; the language itself where that is asked. */
static enum fault answer_one(struct tour *tour, struct node *node)
{
	const char *tag = tour->plan->language->tag, *best = NULL;
	struct values values = { 0 };
	size_t most = 0;
	enum fault fault;

	if (node_appears(node, "language") && takes(tour, node, tag))
		return FAULT_NONE;
	if ((fault = values_of(node, &values)))
		return fault;
	for (size_t i = 0; i < values.count; i++) {
		size_t opened = takes(tour, node, values.value[i])
				    ? 1 + unseen_now(tour)
				    : 0;

		if (opened > most) {
			most = opened;
			best = values.value[i];
		}
	}
	if (!best || !takes(tour, node, best))
		fault = clear(tour, node);
	values_done(&values);
	return fault;
}

static enum fault answer_several(struct tour *tour, struct node *node)
{
	struct values values = { 0 };
	struct bytes all = { 0 };
	enum fault fault = values_of(node, &values);

	for (size_t i = 0; i < values.count; i++)
		bytes_add_format(&all, "%s%s", i ? " " : "", values.value[i]);
	if (!fault && all.length && !takes(tour, node, (const char *)all.data))
		fault = clear(tour, node);
	bytes_done(&all);
	values_done(&values);
	return fault;
}

/* A number or a day that the form finds likely. */
static enum fault answer_value(struct tour *tour, struct node *node)
{
	static const char *const likely[] = { "2", "1990", "1990-05-17", "10",
					      "0" };

	for (size_t i = 0; i < COUNT(likely); i++) {
		if (takes(tour, node, likely[i]))
			return FAULT_NONE;
	}
	return clear(tour, node);
}

static const char *planned_for(const struct tour *tour, const struct node *node)
{
	SCOPED(char_freep) char *reference = node_reference(node);

	for (size_t i = 0; i < tour->planned_count; i++) {
		if (strcmp(tour->planned[i].reference, reference) == 0)
			return tour->planned[i].value;
	}
	return NULL;
}

static enum fault answer(struct tour *tour, struct node *node)
{
	const char *planned = planned_for(tour, node);

	if (planned && takes(tour, node, planned))
		return FAULT_NONE;
	if (node_kind(node) == NODE_SELECT)
		return node_multiple(node) ? answer_several(tour, node)
					   : answer_one(tour, node);
	if (node_kind(node) == NODE_INPUT && node_type(node) != TYPE_STRING)
		return answer_value(tour, node);
	return FAULT_NONE;
}

/* --- the walks ------------------------------------------------------------ */

static enum fault walk_step(struct tour *tour, const struct step *step)
{
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; i < step->count && !fault; i++) {
		if (!step_asks(step, i))
			continue;
		if (!tour->planning && !was_seen(tour, step->field[i]))
			fault = show(tour, step, i);
		if (!fault && !node_value(step->field[i])[0])
			fault = answer(tour, step->field[i]);
	}
	return fault;
}

static enum fault walk_steps(struct tour *tour)
{
	struct step step;
	enum fault fault = FAULT_NONE;

	for (bool more = step_first(tour->run, &step); more && !fault;
	     more = step_next(&step, &step))
		fault = walk_step(tour, &step);
	return fault;
}

static enum fault show_review(struct tour *tour)
{
	struct tour_stop stop = { .name = "kiosk.review" };
	SCOPED(char_freep)
	char *english = catalogue_word(tour->plan->english, stop.name);
	SCOPED(canvas_freep)
	struct canvas *canvas =
	    canvas_new(tour->plan->rows, tour->plan->columns, true);
	struct check check;
	enum fault fault = check_make(tour->run, &tour->look, false, &check);

	if (!fault) {
		check_draw(&check, canvas);
		stop.english = english;
		stop.canvas = canvas;
		tour->visit(tour->to, &stop);
	}
	check_done(&check);
	return fault;
}

/* The review may ask something, and that may bring further questions. */
static enum fault walk_once(struct tour *tour, bool first)
{
	enum fault fault = walk_steps(tour);
	struct node *asks;

	if (!fault && first)
		fault = show_review(tour);
	asks = fault ? NULL : review_asks(tour->run);
	if (asks)
		fault = answer_one(tour, asks);
	return fault || !asks ? fault : walk_steps(tour);
}

/* --- plans ---------------------------------------------------------------- */

static void forget_plan(struct tour *tour)
{
	for (size_t i = 0; i < tour->planned_count; i++) {
		free(tour->planned[i].reference);
		free(tour->planned[i].value);
	}
	free(tour->planned);
	tour->planned = NULL;
	tour->planned_count = 0;
}

static void remember(struct tour *tour, struct node *node)
{
	for (; node; node = node_next(node)) {
		if (node_has_control(node) && node_value(node)[0]) {
			tour->planned = xreallocarray(tour->planned,
						      tour->planned_count + 1,
						      sizeof *tour->planned);
			tour->planned[tour->planned_count++] =
			    (struct planned){ node_reference(node),
					      xstrdup(node_value(node)) };
		}
		remember(tour, node_first(node));
	}
}

/* With all answers given, each is weighed once more: one that was given early
 * could not know what later ones would open. */
static enum fault weigh(struct tour *tour)
{
	struct step step;
	enum fault fault = FAULT_NONE;

	for (bool more = step_first(tour->run, &step); more && !fault;
	     more = step_next(&step, &step)) {
		for (size_t i = 0; i < step.count && !fault; i++) {
			if (step_asks(&step, i) && is_list(step.field[i]))
				fault = answer_one(tour, step.field[i]);
		}
	}
	return fault ? fault : walk_steps(tour);
}

/* Answers for the next walk, tried on the run that there is. */
static enum fault plan(struct tour *tour)
{
	enum fault fault;

	forget_plan(tour);
	tour->planning = true;
	fault = walk_once(tour, false);
	if (!fault)
		fault = weigh(tour);
	if (!fault)
		remember(tour, run_root(tour->run));
	tour->planning = false;
	return fault;
}

/* --- all walks ------------------------------------------------------------ */

static enum fault start_run(struct tour *tour)
{
	enum fault fault;

	run_free(tour->run);
	tour->run = NULL;
	fault = run_new(tour->plan->form, &tour->world, &tour->run);
	if (!fault)
		speak(tour, tour->plan->language->tag);
	return fault;
}

static enum fault walk_anew(struct tour *tour, bool first)
{
	enum fault fault;

	if ((fault = start_run(tour)) || (fault = plan(tour)) ||
	    (fault = start_run(tour)))
		return fault;
	return walk_once(tour, first);
}

/* A calendar is chosen on the screen of the date beside it. */
static bool is_missed(const struct tour *tour, const struct node *node)
{
	return step_could_ask(node) && !node_appears(node, "calendar") &&
	       !was_seen(tour, node);
}

static void add_missed(const struct tour *tour, struct node *node,
		       struct bytes *missed)
{
	for (; node; node = node_next(node)) {
		if (is_missed(tour, node))
			bytes_add_format(missed, "%s%s",
					 missed->length ? " " : "",
					 node_name(node));
		add_missed(tour, node_first(node), missed);
	}
}

static enum fault list_missed(struct tour *tour, char **out)
{
	SCOPED(run_freep) struct run *run = NULL;
	struct bytes missed = { 0 };
	enum fault fault = run_new(tour->plan->form, &tour->world, &run);

	if (!fault)
		add_missed(tour, run_root(run), &missed);
	if (!fault)
		*out = bytes_take_text(&missed);
	return fault;
}

static enum fault walk_all(struct tour *tour)
{
	size_t before = 0;
	enum fault fault;

	tour_begin(tour->plan, tour->visit, tour->to);
	fault = walk_anew(tour, true);
	if (!fault)
		tour_end(tour->plan, tour->visit, tour->to);
	for (int i = 1; i < WALKS_MOST && !fault && before < tour->seen_count;
	     i++) {
		before = tour->seen_count;
		fault = walk_anew(tour, false);
	}
	if (!fault)
		tour_between(tour->plan, tour->visit, tour->to);
	return fault;
}

enum fault tour_walk(const struct tour_plan *plan, tour_visit *visit, void *to,
		     char **missed)
{
	struct tour tour = {
		.plan = plan,
		.visit = visit,
		.to = to,
		.world = { .to = &tour,
			   .now = now,
			   .zone = plan->lobby->zone,
			   .property = property,
			   .translate = translate },
		.look = { .language = plan->language,
			  .words = plan->words,
			  .text_size = TEXT_SIZE,
			  .picture = drawing,
			  .to = &tour },
	};
	enum fault fault = walk_all(&tour);

	if (!fault)
		fault = list_missed(&tour, missed);
	run_free(tour.run);
	forget_plan(&tour);
	for (size_t i = 0; i < tour.seen_count; i++)
		free(tour.seen[i]);
	free(tour.seen);
	return fault;
}
