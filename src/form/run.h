#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/fault.h"
#include "base/memory.h"
#include "form/form.h"
#include "form/kind.h"
#include "form/offered.h"
#include "form/world.h"

/*
 * A run: one person's way through a form. It holds the instance, recomputes
 * what an answer touches, and tells of every node what a screen, a ticket or a
 * record needs to know. Draws nothing, keeps nothing: freed, it is overwritten.
 *
 * The tree of nodes is the form's, in document order: the root; groups and
 * questions; a repeat, which holds its instances; values without a control.
 */
struct run;
struct node;

/*
 * Starts a run: preloads, setvalue on first load, then every calculation.
 * world and form outlive the run. The caller frees *out.
 * FAULT_FORMAT: an expression failed in a way that needs the form mended.
 */
MUST_CHECK enum fault run_new(const struct form *form,
			      const struct run_world *world, struct run **out);
void run_free(struct run *run); /* NULL is fine; wipes */
DEFINE_SCOPED(struct run, run_free)

/* By tag or by the form's own name of it; sets no answer but reruns what
 * depends on the language. One that nobody knows is taken all the same: each
 * word falls back to the form's default language. */
void run_set_language(struct run *run, const char *language);
const char *run_language(const struct run *run);

struct node *run_root(const struct run *run);
struct node *node_parent(const struct node *node);
struct node *node_first(const struct node *node); /* first child or NULL */
struct node *node_next(const struct node *node);  /* next sibling or NULL */

/* By reference as node_reference() writes it, "/data/rep[2]/name"; a repeat's
 * own range is found as "/data/rep". NULL if there is none. */
struct node *run_find(const struct run *run, const char *reference);
/* The first node of that name below the root: for the reserved nodes. */
struct node *run_named(const struct run *run, const char *name);

enum node_kind node_kind(const struct node *node);
enum node_type node_type(const struct node *node);
/* The same as forms write it, without a prefix: "dateTime", "geotrace". */
const char *node_type_name(const struct node *node);
const char *node_name(const struct node *node); /* "A3" */
const char *node_path(const struct node *node); /* "/data/rep/name" */
char *node_reference(const struct node *node);  /* with positions; free it */
bool node_multiple(const struct node *node);    /* select: several answers */
bool node_has_control(const struct node *node);
/* False: a kiosk has no such control (upload, geo, barcode). The node
 * stays, takes no answer, and required does not bind it. */
bool node_available(const struct node *node);

/* Its state now; relevance and readonly are inherited. */
bool node_relevant(const struct node *node);
bool node_required(const struct node *node);
bool node_readonly(const struct node *node);

enum node_violation { VALID, VIOLATES_REQUIRED, VIOLATES_CONSTRAINT };
enum node_violation node_violation(const struct node *node);

/* The stored value, "" if empty; belongs to the node until the next change.
 * A node that is not relevant keeps its value, and reads "" to expressions. */
const char *node_value(const struct node *node);

/* Words in the run's language, outputs evaluated; the caller frees them.
 * NULL where the form has none. short_label falls back to the label. */
char *node_label(const struct node *node);
char *node_short_label(const struct node *node);
/* Of the nearest group around it that has words and no node of its own. */
char *node_frame_label(const struct node *node);
char *node_hint(const struct node *node);
char *node_guidance(const struct node *node);
char *node_violation_message(const struct node *node);
/* Whether other answers stand in its words, as far as the form has outputs in
 * them, so that they are no more to be told than those. */
bool node_label_quotes(const struct node *node);
bool node_frame_label_quotes(const struct node *node);
bool node_hint_quotes(const struct node *node);
bool node_violation_quotes(const struct node *node);
/* The key of its label and hint, as form_strings() has them; NULL where the
 * words are not in the form's translations. They belong to the form. */
const char *node_label_key(const struct node *node);
const char *node_frame_label_key(const struct node *node);
const char *node_hint_key(const struct node *node);
/* "image", "audio", "big-image": a jr:// address, or NULL. */
char *node_media(const struct node *node, const char *kind);

/* Whether its appearance has the word. */
bool node_appears(const struct node *node, const char *word);
/* Whether its answer must not show again: it, or a group around it, appears
 * `private`, also a group that has no node. */
bool node_is_private(const struct node *node);
/* Whether it stands on the screen of the question before it, NULL: of any: by
 * appearance `same-screen`, or in a `field-list` without a node of its own,
 * directly behind the one that is before it there, too. */
bool node_joins(const struct node *node, const struct node *before);
/* An attribute of its control: "rows", "start"; NULL if none. */
const char *node_attribute(const struct node *node, const char *name);
/* The same of ODK's namespace: "tick-interval" for odk:tick-interval. */
const char *node_odk_attribute(const struct node *node, const char *name);
/* The node that an attribute of its bind in Foyer's namespace names by path
 * ("romanize" for foyer:romanize), beside it in the same instance; NULL if
 * none. */
struct node *node_linked(struct node *node, const char *attribute);
/* The count expression of a repeat decides, so a person cannot add to it. */
bool node_counted(const struct node *node);

/* The choices offered now (filtered), in order. They belong to the run until
 * the next change of an answer or of the language. FAULT_*: as below. */
MUST_CHECK enum fault node_choices(struct node *node,
				   const struct choice_item **items,
				   size_t *count);
/* Whether there is nothing to choose from where one is to choose: the filter
 * leaves nothing, or it failed, which was said. Nobody can answer that. */
bool node_offers_none(struct node *node);
/*
 * Looks for the choices of every question, before anybody is asked: each filter
 * that fails is said. FAULT_*: one of them is of a question that must be
 * answered, which would be passed over for everybody.
 */
MUST_CHECK enum fault run_try_choices(struct run *run);
/*
 * Visits every choice of the full list, in its order, offered now or not: for
 * whoever shows a form and not a run of it. The item is gone when visit
 * returns.
 */
typedef void choice_visit(void *to, const struct choice_item *item);
void node_each_choice(struct node *node, choice_visit *visit, void *to);
/* A choice column's value by name ("image"), or NULL. */
const char *node_choice_column(struct node *node, const char *value,
			       const char *column);
/* The key of a choice's label, or of that of a range's mark, for the caller to
 * free; NULL if it has none. */
char *node_choice_key(struct node *node, const char *value);

/*
 * Sets an answer and recomputes what depends on it. Several choices are
 * parted by blanks and are stored in choice order.
 * A value that its type refuses is a foreseen answer.
 *
 * A fault here and below means that some expression failed: it was said, what
 * it is for keeps its last state, and the answer and all else is done.
 */
enum run_answer {
	RUN_TAKEN,
	RUN_NOT_OF_TYPE,  /* "abc" for a number, 30 February, not XML text */
	RUN_NOT_A_CHOICE, /* not offered */
	RUN_READONLY,
	RUN_NOT_RELEVANT,
	RUN_NO_ANSWER_HERE, /* a group, a note, a calculate */
};
MUST_CHECK enum fault run_set(struct run *run, struct node *node,
			      const char *value, enum run_answer *answer);
/* The same without asking whether the node is read only, relevant or has a
 * control: for unpacking a ticket and for the reserved node `language`. */
MUST_CHECK enum fault run_put(struct run *run, struct node *node,
			      const char *value, enum run_answer *answer);

/* Repeats by the user. FAULT_LIMIT: FORM_REPEAT_LIMIT, RUN_NODES_LIMIT. */
MUST_CHECK enum fault run_repeat_add(struct run *run, struct node *repeat);
MUST_CHECK enum fault run_repeat_remove(struct run *run, struct node *instance);

/* How many expressions have been evaluated since the start, for tests. */
uint64_t run_evaluations(const struct run *run);

/* The submission: pruned of what is not relevant, no XML declaration. Its
 * instanceID is made up where the form left it empty. */
MUST_CHECK enum fault run_submission(struct run *run, struct bytes *out);
