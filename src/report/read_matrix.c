#include "report/read_matrix.h"

#include <stdlib.h>
#include <string.h>

#include "record/sponsor.h"
#include "report/matrix_page.h"

static unsigned owners_of(const char *codes)
{
	static const struct {
		const char *code;
		enum task_owner owner;
	} owners[] = {
		{ "newcomer", TASK_NEWCOMER },
		{ "sponsor", TASK_SPONSOR },
		{ "SAH", TASK_SAH },
		{ "worker", TASK_WORKER },
	};
	unsigned found = 0;

	for (size_t i = 0; i < COUNT(owners); i++) {
		if (codes_have(codes, owners[i].code, strlen(owners[i].code)))
			found |= owners[i].owner;
	}
	return found;
}

static enum task_state state_of(const char *word)
{
	if (strcmp(word, "open") == 0)
		return TASK_OPEN;
	return strcmp(word, "done") == 0 ? TASK_DONE : TASK_NOT_NEEDED;
}

/* Who is at the table; everything may be NULL. */
struct table_names {
	char *household, *sponsor, *sah, *worker;
};

static void names_done(struct table_names *names)
{
	char_free(names->household);
	char_free(names->sponsor);
	char_free(names->sah);
	char_free(names->worker);
}

static char *called(const struct wording *wording, const char *kind, int64_t id)
{
	return id ? wording_called(wording, kind_find(kind), id) : NULL;
}

/* The number of an entity's link; 0 where it is not there or not for them. */
static enum fault follow(const struct wording *wording, const char *kind,
			 int64_t id, const char *field, int64_t now,
			 int64_t *out)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	enum entity_answer answer;
	enum fault fault = entity_read(wording->record, kind_find(kind), id,
				       wording->who, now, &answer, &entity);

	*out = entity ? entity_number(entity, field) : 0;
	return fault;
}

static enum fault read_names(const struct wording *wording,
			     const struct entity *sponsorship, int64_t now,
			     struct table_names *names)
{
	const int64_t household = entity_number(sponsorship, "household");
	const int64_t group = entity_number(sponsorship, "sponsor_group");
	int64_t worker = entity_number(sponsorship, "worker"), sah, theirs = 0;
	enum fault fault =
	    follow(wording, "sponsor_group", group, "parent", now, &sah);

	if (!fault && household)
		fault = follow(wording, "household", household, "worker", now,
			       &theirs);
	if (fault)
		return fault;
	worker = theirs ? theirs : worker;
	names->household = called(wording, "household", household);
	names->sponsor = called(wording, "sponsor_group", group);
	names->sah = called(wording, "sponsor_group", sah);
	names->worker = called(wording, "user", worker);
	return FAULT_NONE;
}

static struct page *page_of(const struct about *about,
			    const struct matrix *matrix,
			    const struct table_names *names)
{
	struct task *tasks = xcalloc(matrix->count + 1, sizeof *tasks);
	struct page *page;

	for (size_t i = 0; i < matrix->count; i++) {
		const struct matrix_row *row = &matrix->rows[i];

		tasks[i] = (struct task){
			.code = row->task,
			.what = row->detail,
			.owners = owners_of(row->owners),
			.due = row->due[0] ? row->due : NULL,
			.state = state_of(row->state),
		};
	}
	page = matrix_page(about, &(struct matrix_page){
				      .household = names->household,
				      .sponsor = names->sponsor,
				      .sah = names->sah,
				      .worker = names->worker,
				      .tasks = tasks,
				      .task_count = matrix->count,
				  });
	free(tasks);
	return page;
}

enum fault read_matrix(const struct about *about, const struct wording *wording,
		       int64_t sponsorship, int64_t now, struct page **out)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	struct table_names names = { 0 };
	struct matrix matrix;
	enum entity_answer answer;
	enum fault fault =
	    entity_read(wording->record, kind_find("sponsorship"), sponsorship,
			wording->who, now, &answer, &entity);

	*out = NULL;
	if (fault || answer != ENTITY_DONE)
		return fault;
	if ((fault = sponsor_matrix(wording->record, sponsorship, MATRIX_SHARED,
				    about->day, wording->who, &matrix)))
		return fault;
	if (!(fault = read_names(wording, entity, now, &names)))
		*out = page_of(about, &matrix, &names);
	names_done(&names);
	matrix_done(&matrix);
	return fault;
}
