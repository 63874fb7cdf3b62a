#include "desk/action.h"

#include "desk/desk.h"

const char *action_sign(const struct action *action, char letter[2])
{
	letter[0] = action->key;
	letter[1] = 0;
	return action->key == '\r'     ? "enter"
	       : action->key == '\033' ? "esc"
				       : letter;
}

bool action_key(struct desk *desk, uint32_t character)
{
	for (size_t i = 0; i < desk->action_count; i++) {
		if ((uint32_t)desk->actions[i].key == character &&
		    desk->actions[i].offered(desk)) {
			desk->actions[i].run(desk);
			return true;
		}
	}
	return false;
}
