#pragma once

#include <stdbool.h>

#include "base/fault.h"
#include "form/run.h"
#include "text/calendar.h"
#include "text/catalogue.h"
#include "text/language.h"
#include "ui/canvas.h"
#include "ui/key.h"

/*
 * One question's place on a screen: what a person presses or writes, and how
 * it becomes an answer of the run. One file and one field_ops a kind:
 * pick.c (choices), write.c (text, numbers), count.c (a number to count up),
 * range.c (numbers on a scale, stars), day.c (dates and years, with a time),
 * hour.c (times), instances.c (a repeat's), fixed.c (answers that are read
 * only), notice.c (nothing to answer).
 */

struct drawing;

/* Whether there is a key for reading aloud, and which. */
enum ask_aloud { ASK_SILENT, ASK_CAN_READ, ASK_READS };

/* Letters of 100, 150 and 200 percent. A choice is two rows high, so that a
 * finger finds it, and three at the largest. */
#define ASK_SIZES 3
int ask_percent(int text_size);
int ask_rows(int text_size);

/*
 * A paper form that is typed in at a desk, not a person at a kiosk: what must
 * be answered may be left out once that was said, for it may be blank on the
 * paper; the frame has a title instead of the lobby's keys; and the answers are
 * always looked over at the end. Words, of who types.
 */
struct ask_paper {
	const char *language; /* theirs: "en" */
	const char *title;
	const char *blank; /* said before an answer is left out */
	const char *file;  /* the way on from the review */
};

/* How this person reads, and what the fields may ask of the program. */
struct ask_look {
	const struct language *language;
	const struct catalogue *words;
	const struct ask_paper *paper; /* NULL: somebody at a kiosk */
	int text_size;                 /* 1 to ASK_SIZES */
	bool left_handed;
	const char *form; /* id; NULL: nothing is read from recordings */
	enum ask_aloud aloud;
	/* Bytes left on the ticket if node's answer were text; NULL: no limit.
	 * Negative refuses a key that adds something. */
	int (*room)(void *to, const struct node *node, const char *text);
	/* Whether a choice of a question of appearance `language` is offered;
	 * NULL: all are. */
	bool (*offers)(void *to, const char *tag);
	/* Languages that such a question shows beside the form's own: the
	 * index-th from 0, NULL behind the last. Picking one that the form
	 * does not list leaves the question blank, and speaks() is told; both
	 * NULL: there are none. */
	const struct language *(*beside)(void *to, size_t index);
	void (*speaks)(void *to, const struct language *language);
	/* The picture at a form's jr:// address, or NULL; it outlives the
	 * fields. NULL: no pictures. */
	const struct drawing *(*picture)(void *to, const char *address);
	void *to;
};

enum field_event {
	FIELD_IGNORED, /* not its key: the caller may use it */
	FIELD_CHANGED, /* its key; draw again */
	FIELD_PICKED,  /* answered, and nothing more to do here: go on */
	FIELD_WRONG,   /* the answer was refused: say its problem */
	FIELD_GOES,    /* to the instance of a repeat in field->instance */
};

struct field {
	const struct field_ops *ops;
	struct run *run;
	struct node *node;
	const struct ask_look *look;
	void *state;
	const char *problem;   /* catalogue key after FIELD_WRONG; NULL: the
				  form's own message */
	struct node *instance; /* after FIELD_GOES */
	char *known;           /* the run's value, as the field has it */
	bool touched;          /* by a key, since the run knows it */
};

struct prompts; /* speech/prompts.h */

struct field_ops {
	/* Ready to be drawn, with the answer that the run has. */
	MUST_CHECK enum fault (*enter)(struct field *field);
	void (*draw)(struct field *field, struct canvas *canvas,
		     const struct canvas_area *area, bool focused);
	MUST_CHECK enum fault (*key)(struct field *field,
				     const struct ui_event *event,
				     enum field_event *what);
	/* Whether the run now offers something else than when it was entered;
	 * NULL: it always offers the same. */
	bool (*outdated)(const struct field *field);
	/* What was written and not yet told the run; what nobody touched is
	 * the run's already. May be NULL. */
	MUST_CHECK enum fault (*commit)(struct field *field,
					enum field_event *what);
	/* Whether anything stands there, told the run or not. NULL: what the
	 * run has. */
	bool (*written)(const struct field *field);
	/* Adds what it says aloud below its label and hint; may be NULL. */
	void (*say)(struct field *field, struct prompts *out);
	/* The person went on, so what is there is theirs; may be NULL. */
	MUST_CHECK enum fault (*confirm)(struct field *field);
	void (*leave)(struct field *field);
	/* Rows that it cannot do without: a hint gives way. NULL: 1. */
	int (*rows)(const struct field *field);
	bool reads_first; /* rather, a long hint is read on its own before */
	/* Whether left and right belong to its caret now. NULL: never. */
	bool (*typing)(const struct field *field);
};

extern const struct field_ops field_pick, field_write, field_count, field_range,
    field_day, field_hour, field_instances, field_fixed, field_notice;

/* The ops for a node, by a table: kind, type, appearance. */
const struct field_ops *field_ops_for(const struct node *node);

/* Those that stand for a field's now: another answer may have made it read
 * only, which is field_fixed's, or left it nothing to choose from, which is
 * field_notice's to say. */
const struct field_ops *field_ops_now(const struct field *field);

/*
 * Enters it with the run's answer and leaves it, wiped; field_leave() also
 * where entering met a fault. field_turn_to() enters it again where the run
 * has another answer or offers something else by now: what was being written
 * gives way to that.
 */
MUST_CHECK enum fault field_enter(struct field *field);
MUST_CHECK enum fault field_turn_to(struct field *field);
void field_leave(struct field *field);

/* Tells the run what was written, if anything was: FIELD_CHANGED, or
 * FIELD_WRONG. */
MUST_CHECK enum fault field_commit(struct field *field, enum field_event *what);

/* Whether it has an answer, or one that is begun. */
bool field_has_answer(const struct field *field);

/* Rows that a field cannot do without, now. */
int field_rows(const struct field *field);

/*
 * Sets an answer as run_set() does. An expression that failed over it, or took
 * too long, is in the log and left its node as it was; nobody at a screen can
 * mend that, the answer is done, and so the form goes on.
 */
enum run_answer field_tell_run(struct run *run, struct node *node,
			       const char *value);

/*
 * Tells the run an answer; FIELD_WRONG, with field->problem set, where it was
 * refused or breaks the form's constraint.
 */
MUST_CHECK enum fault field_answer(struct field *field, const char *value,
				   enum field_event *what);

/* Adds an answer that is a few signs ("14:30") to what is said aloud; "" is
 * nothing. */
void field_say(const struct field *field, const char *text,
	       struct prompts *out);

/* Wipes and frees a state of size bytes that owns nothing else; none is fine.
 */
void field_forget(struct field *field, size_t size);

/* Of fields that keep no state and have nothing to press: Enter goes on. */
MUST_CHECK enum fault field_passed_enter(struct field *field);
MUST_CHECK enum fault field_passed_key(struct field *field,
				       const struct ui_event *event,
				       enum field_event *what);
void field_passed_leave(struct field *field);

/* Whether a key leads back, in the reading direction of the language. */
bool field_leads_back(const struct field *field, const struct ui_event *event);

/* A question whose answer must not show again (appearance `private`). */
bool field_is_private(const struct field *field);

/* One whose answer is dots for whoever looks on (appearance `masked`). */
bool field_is_masked(const struct node *node);

/*
 * Whether an answer is gone from the question's own screen once that is left,
 * and it comes back blank with its value kept: a private one, and a masked one
 * that is chosen. Rows, days and places on a scale have no letters that could
 * be dots.
 */
bool field_comes_back_blank(const struct field *field);

/*
 * The answer in the person's words, for a folded row and the review: labels of
 * choices, a date in the language and the calendar it was given in. "" where
 * nothing was answered. The caller frees it.
 */
char *field_words(struct node *node, const struct ask_look *look);
