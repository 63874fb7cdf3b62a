#include "desk/action.h"

#include <string.h>

#include "desk/desk.h"

static size_t own_count(const struct view *view)
{
	size_t count = 0;

	while (view->actions && view->actions[count].key)
		count++;
	return count;
}

const struct action *action_at(const struct desk *desk, size_t index)
{
	const struct view *top = stack_top(&desk->stack);
	size_t own = own_count(top);

	if (index < own)
		return &top->actions[index];
	return index - own < desk->action_count ? &desk->actions[index - own]
						: NULL;
}

bool action_aside(const struct desk *desk, size_t index)
{
	return index >= own_count(stack_top(&desk->stack)) + desk->line_count;
}

static bool is_possible(const struct desk *desk, const struct action *action)
{
	return !action->offered ||
	       action->offered(desk, stack_state(&desk->stack));
}

bool action_offered(const struct desk *desk, size_t index)
{
	const struct action *action = action_at(desk, index);

	for (size_t i = 0; i < index; i++) {
		const struct action *before = action_at(desk, i);

		if (before->key == action->key && is_possible(desk, before))
			return false;
	}
	return is_possible(desk, action);
}

const char *action_sign(const struct action *action, char letter[2])
{
	letter[0] = action->key;
	letter[1] = 0;
	return action->key == '\r'     ? "enter"
	       : action->key == '\033' ? "esc"
				       : letter;
}

/* What asks nothing of the record, and is done while that is out of reach, too:
 * back, help, by name, lock and leave. */
static const char alone[] = "\033?:lq";

void action_run(struct desk *desk, size_t index)
{
	const struct action *action = action_at(desk, index);

	if (strchr(alone, action->key) || !reach_refuses(desk))
		action->run(desk, stack_state(&desk->stack));
}

bool action_click(struct desk *desk, const struct ui_event *event)
{
	int id = bar_touched(&desk->keys, event);

	if (!id || !action_offered(desk, (size_t)id - 1))
		return false;
	action_run(desk, (size_t)id - 1);
	return true;
}

static uint32_t key_of(const struct ui_event *event)
{
	switch (event->key) {
	case UI_KEY_TEXT:
		return event->character;
	case UI_KEY_ENTER:
		return '\r';
	case UI_KEY_ESCAPE:
		return '\033';
	default:
		return 0;
	}
}

bool action_key(struct desk *desk, const struct ui_event *event)
{
	const struct action *action;
	uint32_t key = key_of(event);

	if (!key || (event->key == UI_KEY_TEXT && stack_writes(&desk->stack)))
		return false;
	for (size_t i = 0; (action = action_at(desk, i)); i++) {
		if ((uint32_t)action->key == key && action_offered(desk, i)) {
			action_run(desk, i);
			return true;
		}
	}
	return false;
}
