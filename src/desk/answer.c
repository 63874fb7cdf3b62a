#include "desk/answer.h"

void answer_say(struct desk *desk, enum entity_answer answer)
{
	static const char *const keys[ENTITY_ANSWERS] = {
		[ENTITY_NOT_THERE] = "desk.not_there",
		[ENTITY_CONFLICT] = "desk.conflict",
		[ENTITY_WRONG] = "desk.wrong",
		[ENTITY_CLOSED] = "desk.closed",
		[ENTITY_NO_MOVE] = "desk.no_move",
		[ENTITY_REFUSED] = "desk.refused",
		[ENTITY_NOTHING] = "desk.nothing_to_undo",
	};

	desk_say_key(desk, keys[answer]);
}
