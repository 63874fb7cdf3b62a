#include "desk/suggest.h"

#include <string.h>

#include "desk/answer.h"
#include "desk/write.h"
#include "record/entity.h"

static bool check(struct desk *desk, void *to, const char *text)
{
	(void)to;
	if (text[strspn(text, " \n")])
		return true;
	desk_say_key(desk, "desk.suggest_nothing");
	return false;
}

/* to is the screen's name. */
static void keep(struct desk *desk, void *to, const char *text)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	enum entity_answer answer;

	if (entity_new(desk->record, kind_find("suggestion"), &entity) ||
	    !entity_set(entity, "screen", to) ||
	    !entity_set(entity, "text", text) ||
	    entity_save(desk->record, entity, SOURCE_TOLD, &desk->staff.who,
			desk->clock.now, &answer, NULL))
		desk_say_trouble(desk);
	else if (answer != ENTITY_DONE)
		answer_say(desk, answer);
	else
		desk_say_key(desk, "desk.suggested");
}

void suggest(struct desk *desk)
{
	const char *screen = stack_top(&desk->stack)->name;
	const struct catalogue_argument where = { .name = "screen",
						  .text = screen };
	SCOPED(char_freep)
	char *title = desk_words(desk, "desk.suggest_title", &where, 1);

	write_open(desk, &(struct write){
			     .title = title,
			     .lines = true,
			     .check = check,
			     .done = keep,
			     .to = (void *)screen,
			 });
}
