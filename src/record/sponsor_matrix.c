#include <stdlib.h>
#include <string.h>

#include "record/entity_sql.h"
#include "record/kinds.h"
#include "record/sponsor.h"

/* Who does what for a household, and what is doubtful about it. */

static const char *const doubt_words[TASK_DOUBTS] = {
	"no-owner",
	"two-owners",
	"twice",
	"overdue",
};

const char *task_doubt_word(unsigned doubt)
{
	return doubt_words[__builtin_ctz(doubt)];
}

void matrix_done(struct matrix *matrix)
{
	for (size_t i = 0; i < matrix->count; i++) {
		struct matrix_row *row = &matrix->rows[i];
		char *const texts[] = { row->task,   row->detail,
					row->owners, row->agreed_on,
					row->due,    row->state };

		for (size_t j = 0; j < COUNT(texts); j++)
			char_wipe(texts[j]);
	}
	free(matrix->rows);
	*matrix = (struct matrix){ 0 };
}

struct reading {
	struct matrix *matrix;
	enum matrix_view view;
	int64_t private_since; /* 0: there is no private path */
};

static char *text_of(const struct entity *entity, const char *field)
{
	return xstrdup(entity_text(entity, field) ?: "");
}

static bool read_row(void *to, const struct entity *entity)
{
	struct reading *reading = to;
	struct matrix *matrix = reading->matrix;
	const bool kept_back = entity_number(entity, "private") ||
			       (reading->private_since &&
				entity->changed_at >= reading->private_since);

	/* What changed since then may tell of it, whoever owns the task. */
	if (reading->view == MATRIX_SHARED && kept_back)
		return true;
	matrix->rows = xreallocarray(matrix->rows, matrix->count + 1,
				     sizeof *matrix->rows);
	matrix->rows[matrix->count++] = (struct matrix_row){
		.id = entity->id,
		.task = text_of(entity, "task"),
		.detail = text_of(entity, "detail"),
		.owners = text_of(entity, "owners"),
		.agreed_on = text_of(entity, "agreed_on"),
		.due = text_of(entity, "due"),
		.state = text_of(entity, "state"),
	};
	return true;
}

/* "Bank" of the sponsor and "bank" of the worker is one task done twice; two
 * tasks of one owner are not. "other" says nothing without its detail. */
static bool is_twice(const struct matrix_row *a, const struct matrix_row *b)
{
	if (strcmp(a->task, b->task) != 0 || strcmp(a->owners, b->owners) == 0)
		return false;
	return strcmp(a->task, "other") != 0 ||
	       strcasecmp(a->detail, b->detail) == 0;
}

static bool is_dropped(const struct matrix_row *row)
{
	return strcmp(row->state, "dropped") == 0;
}

static unsigned doubts_of(const struct matrix *matrix, size_t at,
			  const char *today)
{
	const struct matrix_row *row = &matrix->rows[at];
	unsigned doubts = 0;

	if (is_dropped(row))
		return 0;
	if (!row->owners[0])
		doubts |= TASK_NO_OWNER;
	if (strchr(row->owners, ' '))
		doubts |= TASK_TWO_OWNERS;
	for (size_t i = 0; i < matrix->count; i++) {
		if (i != at && !is_dropped(&matrix->rows[i]) &&
		    is_twice(row, &matrix->rows[i]))
			doubts |= TASK_TWICE;
	}
	if (row->due[0] && strcmp(row->state, "open") == 0 &&
	    strncmp(row->due, today, strlen(row->due)) < 0)
		doubts |= TASK_OVERDUE;
	return doubts;
}

enum fault sponsor_matrix(struct record *record, int64_t sponsorship,
			  enum matrix_view view, const char *today,
			  const struct record_who *who, struct matrix *out)
{
	SCOPED(char_freep)
	char *id = xasprintf("%lld", (long long)sponsorship);
	const struct entity_match matches[] = { { "sponsorship", id },
						{ NULL, NULL } };
	SCOPED(entity_freep) struct entity *entity = NULL;
	struct matrix matrix = { 0 };
	struct reading reading = { &matrix, view, 0 };
	enum fault fault =
	    entity_fetch(record, &kind_sponsorship, sponsorship, &entity);

	if (fault)
		return fault;
	if (entity && sponsorship_is_private(entity))
		reading.private_since = entity_number(entity, "private_since");
	if ((fault = entity_each(record, &kind_responsibility, matches, "due",
				 0, who, read_row, &reading))) {
		matrix_done(&matrix);
		return fault;
	}
	for (size_t i = 0; i < matrix.count; i++)
		matrix.rows[i].doubts = doubts_of(&matrix, i, today);
	*out = matrix;
	return FAULT_NONE;
}
