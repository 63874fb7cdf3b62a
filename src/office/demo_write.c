#include "office/demo_write.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/log.h"
#include "record/days.h"

struct demo_text demo_day(const struct demo *demo, int ago)
{
	struct demo_text day = { 0 };

	days_after(demo->today, -ago, day.text);
	return day;
}

struct demo_text demo_id(int64_t id)
{
	struct demo_text text;

	snprintf(text.text, sizeof text.text, "%lld", (long long)id);
	return text;
}

/* What is to come is written down today. */
int64_t demo_at(const struct demo *demo, int ago)
{
	return demo->now - (ago > 0 ? ago : 0) * DEMO_DAY_MS;
}

void demo_expect(struct demo *demo, const char *what, enum fault fault,
		 enum entity_answer answer)
{
	if (!demo->fault && fault)
		demo->fault = fault;
	if (demo->fault || answer == ENTITY_DONE)
		return;
	log_error("the invented agency: %s: %s", what,
		  entity_answer_word(answer));
	demo->fault = FAULT_FORMAT;
}

int64_t demo_make_of(struct demo *demo, const char *kind, int ago, ...)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	SCOPED(char_freep) char *what = NULL;
	enum entity_answer answer = ENTITY_DONE;
	const char *field, *wrong = NULL;
	enum fault fault;
	va_list values;

	if (demo->fault)
		return 0;
	if ((fault = entity_new(demo->record, kind_find(kind), &entity))) {
		demo->fault = fault;
		return 0;
	}
	va_start(values, ago);
	while ((field = va_arg(values, const char *)))
		(void)entity_set(entity, field, va_arg(values, const char *));
	va_end(values);
	fault = entity_save(demo->record, entity, SOURCE_TOLD, &demo->who,
			    demo_at(demo, ago), &answer, &wrong);
	what = xasprintf("%s %s", kind, wrong ? wrong : "");
	demo_expect(demo, what, fault, answer);
	return demo->fault ? 0 : entity->id;
}

void demo_move(struct demo *demo, const char *kind, int64_t id, const char *to,
	       int ago)
{
	enum entity_answer answer = ENTITY_DONE;
	enum fault fault;

	if (demo->fault)
		return;
	fault = entity_move(demo->record, kind_find(kind), id, to, "",
			    &demo->who, demo_at(demo, ago), &answer);
	demo_expect(demo, kind, fault, answer);
}
