#include "office/answers_take.h"

#include <jansson.h>
#include <string.h>

#include "office/desk.h"
#include "office/line.h"
#include "record/entity.h"

const char *const shared_answer_fields[SHARED_ANSWER_FIELDS] = {
	"question", "answer", "topic", "site", "owner", "day",
};

struct work {
	const struct answers_taking *taking;
	struct answers_taken *taken;
};

static const char *value_of(const json_t *row, const char *field)
{
	const char *value = json_string_value(json_object_get(row, field));

	return value ? value : "";
}

static void tell(const struct work *work, const char *what, const json_t *row)
{
	FILE *to = work->taking->tells;

	fprintf(to, "%s: ", what);
	line_put(to, value_of(row, "question"));
	fputc('\n', to);
}

static void refuse(const struct work *work, const json_t *row, const char *why)
{
	FILE *to = work->taking->complains;

	work->taken->refused++;
	fprintf(to, "foyer agency take: %s: \"", work->taking->from);
	line_put(to, value_of(row, "question"));
	fprintf(to, "\" is not taken: %s\n", why);
}

static enum fault save(const struct work *work, const json_t *row,
		       struct entity *entity, size_t *count)
{
	enum entity_answer answer;
	const char *wrong = NULL;
	enum fault fault;

	for (size_t i = 0; i < SHARED_ANSWER_FIELDS; i++)
		(void)entity_set(entity, shared_answer_fields[i],
				 value_of(row, shared_answer_fields[i]));
	fault =
	    entity_save(work->taking->record, entity, SOURCE_TOLD,
			&work->taking->who, work->taking->now, &answer, &wrong);
	if (fault || answer == ENTITY_DONE) {
		*count += !fault;
		return fault;
	}
	refuse(work, row, wrong ? wrong : "not for this role");
	return FAULT_NONE;
}

static enum fault find_of(const struct work *work, const json_t *row,
			  const char *site, int64_t *id)
{
	const struct entity_match matches[] = {
		{ "question", value_of(row, "question") },
		{ "site", site },
		{ "owner", value_of(row, "owner") },
		{ NULL, NULL },
	};

	return entity_first(work->taking->record, kind_find("shared_answer"),
			    matches, NULL, id);
}

/* Our own that came back has no site here. */
static enum fault find(const struct work *work, const json_t *row, int64_t *id)
{
	enum fault fault = find_of(work, row, value_of(row, "site"), id);

	return fault || *id ? fault : find_of(work, row, NULL, id);
}

static enum fault take_known(const struct work *work, const json_t *row,
			     int64_t id)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	enum entity_answer answer;
	const char *day;
	enum fault fault = entity_read(
	    work->taking->record, kind_find("shared_answer"), id,
	    &work->taking->who, work->taking->now, &answer, &entity);

	if (fault)
		return fault;
	day = answer == ENTITY_DONE ? entity_text(entity, "day") : NULL;
	if (!day || strcmp(value_of(row, "day"), day) <= 0) {
		work->taken->same++;
		return FAULT_NONE;
	}
	if (!entity_text(entity, "site") && entity_text(entity, "answer")) {
		tell(work, "kept, our own has an answer", row);
		work->taken->same++;
		return FAULT_NONE;
	}
	tell(work, "changed", row);
	if (!work->taking->apply)
		work->taken->changed++;
	return work->taking->apply
		   ? save(work, row, entity, &work->taken->changed)
		   : FAULT_NONE;
}

static enum fault take_new(const struct work *work, const json_t *row)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	enum fault fault;

	tell(work, "new", row);
	if (!work->taking->apply) {
		work->taken->added++;
		return FAULT_NONE;
	}
	fault = entity_new(work->taking->record, kind_find("shared_answer"),
			   &entity);
	return fault ? fault : save(work, row, entity, &work->taken->added);
}

static enum fault take_all(const struct work *work, const json_t *list)
{
	char today[DESK_DAY];
	enum fault fault = FAULT_NONE;

	desk_today(work->taking->now, today);
	for (size_t i = 0; !fault && i < json_array_size(list); i++) {
		const json_t *row = json_array_get(list, i);
		int64_t id = 0;

		if (strcmp(value_of(row, "day"), today) > 0) {
			refuse(work, row, "its day is in the future");
			continue;
		}
		if (!(fault = find(work, row, &id)))
			fault = id ? take_known(work, row, id)
				   : take_new(work, row);
	}
	return fault;
}

enum fault answers_take_file(const struct answers_taking *taking,
			     const void *bytes, size_t length, bool *is_one,
			     struct answers_taken *taken)
{
	const struct work work = { taking, taken };
	json_error_t error;
	json_t *all = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, &error);
	const json_t *list = json_object_get(all, "answers");
	enum fault fault = FAULT_NONE;

	*is_one =
	    json_integer_value(json_object_get(all, "foyer_answers")) == 1 &&
	    json_is_array(list);
	if (*is_one)
		fault = take_all(&work, list);
	json_decref(all);
	return fault;
}
