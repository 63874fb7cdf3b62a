#include "desk/desk.h"

#include <stdlib.h>

#include "record/visit.h"

/* --- screens ----------------------------------------------------------------
 */

void desk_open(struct desk *desk, const struct screen_ops *screen)
{
	desk->dirty = true;
	if (stack_open(&desk->stack, screen, desk))
		desk_say_trouble(desk);
}

/* Below the waiting list lies the locked desk, which is reached by locking. */
#define WAITING_DEPTH 2

void desk_back(struct desk *desk)
{
	desk->dirty = true;
	if (desk->stack.depth > WAITING_DEPTH)
		stack_close_to(&desk->stack, desk->stack.depth - 1);
}

void desk_home(struct desk *desk)
{
	desk->dirty = true;
	stack_close_to(&desk->stack, WAITING_DEPTH);
}

void desk_close(struct desk *desk)
{
	stack_close_to(&desk->stack, 0);
	lists_forget(&desk->lists);
	desk->selected = desk->ended = 0;
	desk_say(desk, NULL, false);
}

void desk_show(struct desk *desk, int64_t visit,
	       const struct screen_ops *screen)
{
	desk->selected = visit;
	desk_home(desk);
	desk_open(desk, screen);
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
	if (lists_read(&desk->lists, desk->record, &desk->staff.who,
		       desk->clock.now, queue_limit(desk->settings)))
		desk_say_trouble(desk);
	desk->dirty = true;
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
		file_what_waited(desk);
		desk_refresh(desk);
	}
	return answer;
}

void desk_lock(struct desk *desk)
{
	desk_close(desk);
	filing_lock(desk->filing);
	desk_open(desk, desk->locked);
}
