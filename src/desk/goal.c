#include "desk/goal.h"

#include <string.h>

#include "desk/answer.h"
#include "desk/need.h"
#include "desk/write.h"
#include "record/entity.h"

/* Nothing but blanks is nothing. */
bool goal_has_words(struct desk *desk, void *to, const char *text)
{
	(void)to;
	if (text[strspn(text, " \n")])
		return true;
	desk_say_key(desk, "plan.needs_words");
	return false;
}

/* --- steps ----------------------------------------------------------------
 */

static void take_step(struct desk *desk, void *to, const char *text)
{
	const struct goal_wish *wish = to;
	SCOPED(entity_freep) struct entity *step = NULL;
	enum entity_answer answer = ENTITY_DONE;
	enum fault fault = entity_new(desk->record, kind_find("step"), &step);

	if (!fault) {
		(void)entity_set_number(step, "goal", wish->goal);
		(void)entity_set_number(step, "person", wish->person);
		(void)entity_set(step, "action", text);
		(void)entity_set(step, "by", "newcomer");
		fault = entity_save(desk->record, step, SOURCE_TOLD,
				    &desk->staff.who, desk->clock.now, &answer,
				    NULL);
	}
	if (fault)
		desk_say_trouble(desk);
	else if (answer != ENTITY_DONE)
		answer_say(desk, answer);
	desk_changed(desk);
}

void goal_write_step(struct desk *desk, struct goal_wish *wish)
{
	SCOPED(char_freep) char *title = desk_word(desk, "plan.step_title");
	SCOPED(char_freep) char *hint = desk_word(desk, "plan.step_hint");

	write_open(desk, &(struct write){ .title = title,
					  .hint = hint,
					  .check = goal_has_words,
					  .done = take_step,
					  .to = wish });
}

static void take_goal(struct desk *desk, void *to, const char *text)
{
	struct goal_wish *wish = to;
	const struct plan_new goal = {
		.person = wish->person,
		.domain = wish->domain,
		.words = text,
		.horizon = "short",
		.owner = "newcomer",
		.assessment = wish->assessment,
	};
	enum entity_answer answer;
	const char *wrong = NULL;

	if (plan_open(desk->record, &goal, &desk->staff.who, desk->clock.now,
		      &answer, &wrong, &wish->goal)) {
		desk_say_trouble(desk);
		return;
	}
	desk_changed(desk);
	if (answer != ENTITY_DONE)
		answer_say(desk, answer);
	else
		goal_write_step(desk, wish);
}

void goal_write(struct desk *desk, struct goal_wish *wish)
{
	SCOPED(char_freep) char *need = need_word(desk, wish->domain);
	const struct catalogue_argument value = { .name = "need",
						  .text = need };
	SCOPED(char_freep)
	char *title = desk_words(desk, "plan.goal_title", &value, 1);
	SCOPED(char_freep) char *hint = desk_word(desk, "plan.goal_hint");

	write_open(desk, &(struct write){ .title = title,
					  .hint = hint,
					  .check = goal_has_words,
					  .done = take_goal,
					  .to = wish });
}
