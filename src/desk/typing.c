#include "desk/typing.h"

#include <stdlib.h>
#include <string.h>

#include "ask/interview.h"
#include "desk/desk.h"
#include "desk/pick.h"
#include "desk/screens.h"

#define LANGUAGE_KEY 6 /* F6 */

struct typing {
	struct desk *desk;
	struct typed *typed;
	struct interview *interview;
	struct ask_look look;
	struct ask_paper paper;
	char *title;    /* what stands on top while nothing is told */
	bool over;      /* filed or given up: nothing is unsaved */
	int64_t before; /* the visit that has the paper's number already */
};

/* --- words ---------------------------------------------------------------- */

/* The language in which the screens are: the paper's, or the staff's. */
static bool is_papers(const struct typing *typing)
{
	return strcmp(typing->look.language->tag,
		      typed_draft(typing->typed)->language) == 0;
}

/* "Paper 123 456 782 · F6 in English · F9 leave" */
static void make_title(struct typing *typing)
{
	const struct draft *draft = typed_draft(typing->typed);
	const struct language *papers = language_find(draft->language);
	const struct language *own =
	    language_find(typing->desk->staff.language);
	char shown[PAPER_CODE_SHOWN] = "—";
	struct catalogue_argument arguments[] = {
		{ .name = "number", .text = shown },
		{ .name = "language",
		  .text =
		      is_papers(typing) ? own->own_name : papers->own_name },
	};
	SCOPED(char_freep)
	char *mark = typing->desk->mark
			 ? desk_word(typing->desk, typing->desk->mark)
			 : xstrdup("");
	SCOPED(char_freep) char *words = NULL;

	if (draft->code[0])
		paper_code_show(draft->code, shown);
	words = desk_words(typing->desk,
			   own == papers ? "typing.top_one" : "typing.top",
			   arguments, COUNT(arguments));
	free(typing->title);
	typing->title = xasprintf("%s%s%s", mark, mark[0] ? " · " : "", words);
}

static void look_in(struct typing *typing, const char *tag)
{
	if (typed_speak(typing->typed, tag)) {
		desk_say_key(typing->desk, "typing.no_language");
		return;
	}
	typing->look.language = language_find(tag);
	typing->look.words = typed_words(typing->typed);
	make_title(typing);
}

static void swap_language(struct typing *typing)
{
	look_in(typing, is_papers(typing)
			    ? typing->desk->staff.language
			    : typed_draft(typing->typed)->language);
}

/* The person's language is noted as a kiosk does; the screens stay. */
static void speaks(void *to, const char *tag)
{
	struct typing *typing = to;

	if (typed_note_language(typing->typed, tag))
		desk_say_key(typing->desk, "typing.trouble");
}

/* --- the screen ----------------------------------------------------------- */

static void leave(void *state)
{
	struct typing *typing = state;

	interview_free(typing->interview);
	typed_free(typing->typed);
	free((char *)typing->paper.blank);
	free((char *)typing->paper.file);
	free(typing->title);
	free(typing);
}

/* From where it was left, else the first question; the answers are the run's.
 */
static enum fault begin(struct typing *typing)
{
	interview_free(typing->interview);
	typing->interview = NULL;
	return interview_new(
	    &(struct interview_options){
		.run = typed_run(typing->typed),
		.look = &typing->look,
		.speaks = speaks,
		.to = typing,
		.at = typed_place(typing->typed),
	    },
	    &typing->interview);
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	struct typing *typing = xcalloc(1, sizeof *typing);
	enum fault fault;

	typing->desk = desk;
	typing->typed = *(struct typed *const *)about;
	typing->paper = (struct ask_paper){
		.language = desk->staff.language,
		.blank = desk_word(desk, "typing.blank"),
		.file = desk_word(desk, "typing.file"),
	};
	typing->look = (struct ask_look){
		.language = language_find(typed_draft(typing->typed)->language),
		.words = typed_words(typing->typed),
		.paper = &typing->paper,
		.text_size = 1,
		.form = form_id(typed_form(typing->typed)),
	};
	make_title(typing);
	if ((fault = begin(typing))) {
		leave(typing);
		return fault;
	}
	*state = typing;
	return FAULT_NONE;
}

static void draw(void *state, struct canvas *canvas)
{
	struct typing *typing = state;
	const char *said = typing->desk->said.text;

	typing->desk->keys = (struct bar){ 0 };
	typing->paper.title = said ? said : typing->title;
	interview_draw(typing->interview, canvas);
}

/* --- asking --------------------------------------------------------------- */

#define ROWS_MOST 3

static void ask_which(struct typing *typing, const char *key,
		      const char *const *keys, size_t count,
		      void (*done)(struct desk *desk, void *to,
				   const size_t *rows, size_t picked))
{
	SCOPED(char_freep) char *title = desk_word(typing->desk, key);
	char *words[ROWS_MOST];

	for (size_t i = 0; i < count; i++)
		words[i] = desk_word(typing->desk, keys[i]);
	pick_open(typing->desk, &(struct pick){
				    .title = title,
				    .rows = (const char *const *)words,
				    .count = count,
				    .done = done,
				    .to = typing,
				});
	for (size_t i = 0; i < count; i++)
		free(words[i]);
}

/* --- leaving -------------------------------------------------------------- */

enum way { GO_ON, LATER, DISCARD, WAYS };

static void take_way(struct desk *desk, void *to, const size_t *rows,
		     size_t count)
{
	struct typing *typing = to;
	const enum way way = count ? (enum way)rows[0] : GO_ON;

	if (way == GO_ON)
		return;
	if (way == DISCARD &&
	    typed_drop(typing->typed, &desk->staff.who, desk->clock.now)) {
		desk_say_trouble(desk);
		return;
	}
	typing->over = true;
	desk_done(desk);
	desk_say_key(desk, way == LATER ? "typing.kept" : "typing.dropped");
}

static void ask_leave(void *state)
{
	static const char *const keys[WAYS] = {
		[GO_ON] = "typing.go_on",
		[LATER] = "typing.later",
		[DISCARD] = "typing.discard",
	};

	ask_which(state, "typing.leave", keys, WAYS, take_way);
}

static bool holds(const void *state)
{
	return !((const struct typing *)state)->over;
}

/* --- keys ----------------------------------------------------------------- */

static void say_failed(struct typing *typing)
{
	if (begin(typing))
		desk_done(typing->desk);
	desk_say_trouble(typing->desk);
}

static void file(struct typing *typing);

enum twice { TYPE_ON, UNNUMBERED, OPEN_FILED, TWICE };

static void take_twice(struct desk *desk, void *to, const size_t *rows,
		       size_t count)
{
	struct typing *typing = to;
	const enum twice what = count ? (enum twice)rows[0] : TYPE_ON;

	if (what == OPEN_FILED) {
		desk_show(desk, typing->before, &desk_ticket_screen);
	} else if (what == UNNUMBERED) {
		typed_unnumber(typing->typed);
		make_title(typing);
		file(typing);
	}
}

/* Somebody typed in a paper with its number meanwhile: this may be another, or
 * the number be mistyped. */
static void ask_twice(struct typing *typing)
{
	static const char *const keys[TWICE] = {
		[TYPE_ON] = "typing.go_on",
		[UNNUMBERED] = "typing.unnumbered",
		[OPEN_FILED] = "typing.open_filed",
	};

	ask_which(typing, "typing.twice", keys, TWICE, take_twice);
}

static void file(struct typing *typing)
{
	struct desk *desk = typing->desk;
	struct filing_ticket ticket = { 0 };
	char *message;

	if (typed_file(typing->typed, &desk->staff.who, desk->clock.now,
		       &ticket)) {
		say_failed(typing);
		return;
	}
	message = filing_message(&ticket, desk->staff.words);
	if (ticket.status == FILING_FILED) {
		typing->over = true;
		desk_done(desk);
		desk_refresh(desk);
		desk_show(desk, ticket.visit, &desk_ticket_screen);
	} else if (begin(typing)) {
		desk_done(desk);
	} else if (ticket.status == FILING_ALREADY_FILED) {
		typing->before = ticket.visit;
		ask_twice(typing);
	}
	desk_say(desk, message, ticket.status != FILING_FILED);
	filing_ticket_done(&ticket);
}

/* What cannot be saved is told, and is tried again with the next answer. */
static void keep(struct typing *typing)
{
	SCOPED(char_freep) char *place = interview_place(typing->interview);

	typed_stand(typing->typed, place);
	if (typed_keep(typing->typed, &typing->desk->staff.who,
		       typing->desk->clock.now))
		desk_say_trouble(typing->desk);
}

static void follow(struct typing *typing, enum interview_event what,
		   enum surround_action action)
{
	keep(typing);
	if (what == INTERVIEW_FINISHED)
		file(typing);
	else if (what == INTERVIEW_LEFT ||
		 (what == INTERVIEW_ACTION && action == SURROUND_START_OVER))
		ask_leave(typing);
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct typing *typing = state;
	enum surround_action action = SURROUND_NONE;
	enum interview_event what;
	enum fault fault;

	if (event->key == UI_KEY_FUNCTION && event->character == LANGUAGE_KEY) {
		swap_language(typing);
		return SCREEN_STAY;
	}
	fault = interview_key(typing->interview, event, &what, &action);
	if (!fault && what == INTERVIEW_SHOWN)
		fault = interview_go_on(typing->interview, &what);
	if (fault)
		desk_say_key(typing->desk, "typing.trouble");
	else
		follow(typing, what, action);
	return SCREEN_STAY;
}

const struct view desk_typing_screen = {
	.name = "typing",
	.enter = enter,
	.draw = draw,
	.key = key,
	.writing = view_writes,
	.holds = holds,
	.ask = ask_leave,
	.leave = leave,
};
