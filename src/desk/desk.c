#include "desk/desk.h"

#include <stdlib.h>
#include <string.h>

#include "record/visit.h"

/* --- screens ----------------------------------------------------------------
 */

void desk_open(struct desk *desk, const struct view *view, const void *about)
{
	desk->dirty = true;
	if (desk->stack.depth == STACK_SCREENS)
		desk_say_key(desk, "desk.too_deep");
	else if (stack_open(&desk->stack, view, desk, about))
		desk_say_trouble(desk);
}

/* Below the waiting list lies the locked desk, which is reached by locking. */
#define WAITING_DEPTH 2

static bool close_to(struct desk *desk, size_t depth)
{
	size_t held = stack_held(&desk->stack, depth);

	desk->dirty = true;
	stack_close_to(&desk->stack, held);
	if (held > depth)
		stack_top(&desk->stack)->ask(stack_state(&desk->stack));
	else
		stack_refresh(&desk->stack);
	return held == depth;
}

bool desk_back(struct desk *desk)
{
	return desk->stack.depth <= WAITING_DEPTH ||
	       close_to(desk, desk->stack.depth - 1);
}

bool desk_to_waiting(struct desk *desk)
{
	return close_to(desk, WAITING_DEPTH);
}

bool desk_leave(struct desk *desk)
{
	desk->over = desk_to_waiting(desk);
	return desk->over;
}

void desk_done(struct desk *desk)
{
	desk->dirty = true;
	stack_close_to(&desk->stack, desk->stack.depth - 1);
	stack_refresh(&desk->stack);
}

void desk_select(struct desk *desk, int64_t visit)
{
	desk->selected = visit;
	desk->dirty = true;
	stack_close_to(&desk->stack, stack_held(&desk->stack, WAITING_DEPTH));
}

void desk_show(struct desk *desk, int64_t visit, const struct view *view)
{
	desk_select(desk, visit);
	desk_open(desk, view, NULL);
}

void desk_changed(struct desk *desk)
{
	desk_refresh(desk);
	stack_refresh(&desk->stack);
}

/* --- words ------------------------------------------------------------------
 */

char *desk_word(const struct desk *desk, const char *key)
{
	return catalogue_word(desk->staff.words, key);
}

char *desk_words(const struct desk *desk, const char *key,
		 const struct catalogue_argument *arguments, size_t count)
{
	return catalogue_say(desk->staff.words, key, arguments, count);
}

void desk_say(struct desk *desk, char *text, bool alarming)
{
	free(desk->said.text);
	desk->said.text = text;
	desk->said.alarming = alarming;
	desk->dirty = true;
}

void desk_say_key(struct desk *desk, const char *key)
{
	desk_say(desk, desk_word(desk, key), false);
}

void desk_say_trouble(struct desk *desk)
{
	if (reach_lose(desk))
		return;
	desk_say(desk,
		 filing_trouble_message(record_trouble(desk->record),
					desk->staff.words),
		 true);
}

char *desk_span(const struct desk *desk, int64_t milliseconds)
{
	int64_t minutes = milliseconds / 60000, hours = minutes / 60;
	const struct catalogue_argument parts[] = {
		{ .name = "hours", .number = (double)hours },
		{ .name = "minutes", .number = (double)(minutes % 60) },
	};

	if (minutes < 60)
		return desk_words(desk, "desk.minutes", &parts[1], 1);
	return desk_words(desk, "desk.hours", parts, COUNT(parts));
}

/* --- what is waiting --------------------------------------------------------
 */

void desk_refresh(struct desk *desk)
{
	desk->dirty = true;
	if (desk->reach.lost)
		return;
	if (lists_read(&desk->lists, desk->record, &desk->staff.who,
		       desk->clock.now, queue_limit(desk->settings)))
		desk_say_trouble(desk);
}

void desk_look_for_calls(struct desk *desk)
{
	const bool before = desk->lists.calls;

	if (desk->reach.lost)
		return;
	if (lists_call(&desk->lists, desk->record, &desk->staff.who,
		       desk->clock.now))
		desk_say_trouble(desk);
	desk->dirty = desk->dirty || desk->lists.calls != before;
}

const struct queue_row *desk_row(const struct desk *desk)
{
	return lists_row(&desk->lists, desk->selected);
}

char *desk_number(const struct desk *desk)
{
	enum visit_found found;
	struct visit visit;
	char *number;

	if (visit_read(desk->record, desk->selected, &found, &visit) ||
	    found != VISIT_FOUND)
		return xstrdup("—");
	number = xstrdup(visit.number);
	visit_done(&visit);
	return number;
}

/* --- locking ----------------------------------------------------------------
 */

static void file_what_waited(struct desk *desk)
{
	struct catalogue_argument count = { .name = "count" };
	size_t filed = 0;

	if (filing_retry(desk->filing, &desk->staff.who, desk->clock.now,
			 &filed)) {
		desk_say_trouble(desk);
		return;
	}
	count.number = (double)filed;
	if (filed)
		desk_say(desk, desk_words(desk, "desk.filed_aside", &count, 1),
			 false);
}

enum filing_unlock desk_unlock(struct desk *desk, const char *passphrase)
{
	enum filing_unlock answer;

	if (filing_unlock(desk->filing, passphrase, &answer))
		return FILING_KEY_DAMAGED;
	if (answer == FILING_UNLOCKED) {
		if (!desk->reach.lost)
			file_what_waited(desk);
		desk_refresh(desk);
		/* Scans that were kept here are looked for at once. */
		desk->reach.look = 0;
	}
	return answer;
}

static void forget_sight(struct desk *desk)
{
	lists_forget(&desk->lists);
	reach_forget(desk);
	desk->selected = desk->ended = 0;
	desk_say(desk, NULL, false);
}

void desk_close(struct desk *desk)
{
	stack_close_to(&desk->stack, 0);
	forget_sight(desk);
	reach_done(desk);
	user_known_done(&desk->known);
}

bool desk_locked(const struct desk *desk)
{
	return stack_top(&desk->stack) == desk->locked;
}

void desk_lock(struct desk *desk)
{
	const bool calls = desk->lists.calls;

	stack_close_to(&desk->stack, stack_held(&desk->stack, 0));
	forget_sight(desk);
	memcpy(desk->left_by, desk->staff.user, sizeof desk->left_by);
	filing_lock(desk->filing);
	staff_sign_out(&desk->staff);
	/* As it was, should the record be out of reach. */
	desk->lists.calls = calls;
	desk_look_for_calls(desk);
	desk_open(desk, desk->locked, NULL);
}

bool desk_take_up(struct desk *desk)
{
	const struct catalogue_argument user = { .name = "user",
						 .text = desk->left_by };

	if (desk->stack.depth == 1)
		return false;
	if (strcmp(desk->left_by, desk->staff.user) == 0)
		return true;
	stack_forget_below(&desk->stack);
	desk_say(desk, desk_words(desk, "desk.unsaved_dropped", &user, 1),
		 false);
	return false;
}
