#include "desk/undo.h"

#include "desk/answer.h"
#include "desk/value.h"

static void say_undone(struct desk *desk, const struct entity_name *undone)
{
	SCOPED(char_freep) char *kind = value_kind(desk, undone->kind);
	SCOPED(char_freep)
	char *called = value_called(desk, undone->kind, undone->id);
	const struct catalogue_argument what[] = {
		{ .name = "kind", .text = kind },
		{ .name = "name", .text = called },
	};

	desk_say(desk,
		 desk_words(desk, "desk.undone_change", what, COUNT(what)),
		 false);
}

void undo_last(struct desk *desk)
{
	struct entity_name undone = { 0 };
	enum entity_answer answer;

	if (entity_undo(desk->record, &desk->staff.who, desk->clock.now,
			&answer, &undone)) {
		desk_say_trouble(desk);
		return;
	}
	if (answer != ENTITY_DONE) {
		answer_say(desk, answer);
		return;
	}
	desk_changed(desk);
	say_undone(desk, &undone);
}
