#include "report/service_file.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "record/consent.h"
#include "record/served.h"
#include "record/value.h"
#include "text/zone.h"

bool service_file_may(const struct record_who *who)
{
	return !who->roles || who->roles & ROLE_SUPERVISOR;
}

void service_file_done(struct service_file *file)
{
	for (size_t i = 0; file->funder && i < file->rows * file->funder->count;
	     i++)
		char_wipe(file->cells[i]);
	free(file->cells);
	for (size_t i = 0; i < file->refusal_count; i++) {
		struct service_refusal *refusal = &file->refusals[i];

		free(refusal->who);
		free(refusal->day);
		free(refusal->visit);
		free(refusal->column);
		free(refusal->where);
		char_wipe(refusal->value);
	}
	free(file->refusals);
	for (size_t i = 0; i < file->program_count; i++)
		free(file->programs[i].name);
	free(file->programs);
	*file = (struct service_file){ 0 };
}

/* --- which services -------------------------------------------------------
 */

struct service {
	int64_t contact, person;
	char *day, *visit;
};

struct services {
	struct service *all;
	size_t count;
};

static void take(void *to, const struct served *served)
{
	struct services *services = to;

	services->all = xreallocarray(services->all, services->count + 1,
				      sizeof *services->all);
	services->all[services->count++] = (struct service){
		.contact = served->contact,
		.person = served->person,
		.day = xstrdup(served->day),
		.visit = xstrdup(served->visit),
	};
}

static void services_done(struct services *services)
{
	for (size_t i = 0; i < services->count; i++) {
		free(services->all[i].day);
		free(services->all[i].visit);
	}
	free(services->all);
}

/* A person's services stay in the order they were given. */
static int by_person(const void *one, const void *other)
{
	const struct service *a = one, *b = other;
	const int days = strcmp(a->day, b->day);

	if (a->person != b->person)
		return a->person < b->person ? -1 : 1;
	return days ? days
		    : (a->contact > b->contact) - (a->contact < b->contact);
}

/* --- one row --------------------------------------------------------------
 */

struct service_making {
	struct wording staff, theirs;
	const struct funder *funder;
	struct period period;
	const char *zone;
	struct services services;
	struct service_file file;
	const struct service *service;
	struct column_row row;
	/* A column: the entity it is read from, which the first that has it
	 * owns. */
	struct entity **entities;
	size_t wrong; /* of the row, so far */
};

/* Entities are read once a row, so that looking is audited once, too. */
static enum fault open_entities(struct service_making *making)
{
	const struct funder *funder = making->funder;
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; !fault && i < funder->count; i++) {
		const struct column *column = &funder->columns[i].from;
		size_t first = 0;

		while (first < i && !column_same_entity(
					&funder->columns[first].from, column))
			first++;
		if (first < i)
			making->entities[i] = making->entities[first];
		else if (column->kind)
			fault = column_entity(&making->row, column,
					      &making->entities[i]);
	}
	return fault;
}

static void close_entities(struct service_making *making)
{
	const struct funder *funder = making->funder;

	for (size_t i = 0; i < funder->count; i++) {
		struct entity *entity = making->entities[i];

		for (size_t j = i; entity && j < funder->count; j++) {
			if (making->entities[j] == entity)
				making->entities[j] = NULL;
		}
		entity_free(entity);
	}
}

static char *number_of(const struct service_making *making)
{
	const struct column person = { .kind = kind_find("person") };
	SCOPED(entity_freep) struct entity *entity = NULL;
	const char *number = NULL;

	if (!column_entity(&making->row, &person, &entity) && entity)
		number = entity_text(entity, "number");
	return xstrdup(number ? number : "");
}

/* "Person: Gender" */
static char *where_of(const struct service_making *making,
		      const struct column *column)
{
	SCOPED(char_freep) char *kind = NULL;
	SCOPED(char_freep) char *field = NULL;
	const struct field *of;

	if (!column->kind)
		return xstrdup(column->name);
	of = kind_field(column->kind, column->field);
	kind = wording_kind(&making->staff, column->kind);
	field = of ? wording_field(&making->staff, column->kind, of)
		   : xstrdup(column->field);
	return xasprintf("%s: %s", kind, field);
}

static void refuse(struct service_making *making, const struct column *column,
		   enum service_wrong wrong, const char *value)
{
	struct service_file *file = &making->file;

	file->refusals = xreallocarray(file->refusals, file->refusal_count + 1,
				       sizeof *file->refusals);
	file->refusals[file->refusal_count++] = (struct service_refusal){
		.wrong = wrong,
		.contact = making->service->contact,
		.person = making->service->person,
		.who = number_of(making),
		.day = xstrdup(making->service->day),
		.visit = xstrdup(making->service->visit),
		.column = xstrdup(column->name),
		.where = where_of(making, column),
		.value = xstrdup(value),
	};
	making->wrong++;
}

/* A whole day as the profile writes them. */
static char *day_in(const char *pattern, const char *day)
{
	char *text = xstrdup(pattern);

	memcpy(strstr(text, "YYYY"), day, 4);
	memcpy(strstr(text, "MM"), day + 5, 2);
	memcpy(strstr(text, "DD"), day + 8, 2);
	return text;
}

static char *moment_in(const struct service_making *making, const char *value)
{
	const int64_t at = strtoll(value, NULL, 10);
	SCOPED(char_freep) char *day = NULL;
	char text[DAYS_BYTES + 32];
	time_t seconds;
	struct tm local;

	if (!making->zone) {
		day = wording_day(at);
		return day_in(making->funder->dates, day);
	}
	seconds = (time_t)((at + zone_offset(making->zone, at)) / 1000);
	gmtime_r(&seconds, &local);
	strftime(text, sizeof text, "%Y-%m-%d", &local);
	return day_in(making->funder->dates, text);
}

/* One value or code: what the funder calls it, or it is refused. */
static char *called(struct service_making *making,
		    const struct funder_column *column,
		    const struct field *field, const char *value)
{
	const char *theirs = funder_theirs(column, value);

	if (!theirs) {
		refuse(making, &column->from, SERVICE_UNMAPPED, value);
		return xstrdup("");
	}
	if (column->in_words && field && *value && !column->value_count)
		return wording_value(&making->theirs, column->from.kind, field,
				     value);
	return xstrdup(theirs);
}

/* Several codes, each as the funder calls it: "A; B". */
static char *several(struct service_making *making,
		     const struct funder_column *column,
		     const struct field *field, const char *codes)
{
	struct bytes text = { 0 };

	while (*codes) {
		const size_t length = strcspn(codes, " ");
		SCOPED(char_freep) char *code = xstrndup(codes, length);
		SCOPED(char_freep)
		char *theirs = called(making, column, field, code);

		bytes_add_format(&text, "%s%s", text.length ? "; " : "",
				 theirs);
		codes += length;
		codes += strspn(codes, " ");
	}
	return bytes_take_text(&text);
}

static char *of_field(struct service_making *making,
		      const struct funder_column *column,
		      const struct field *field, const char *value)
{
	const struct funder *funder = making->funder;
	SCOPED(char_wipep) char *written = NULL;

	if (!value || !*value)
		return called(making, column, NULL, "");
	if (field->type == FIELD_CODES)
		return several(making, column, field, value);
	if (field->type == FIELD_YES && !column->value_count)
		return xstrdup(strcmp(value, "1") == 0 ? funder->yes
						       : funder->no);
	if (field->type == FIELD_INSTANT)
		return moment_in(making, value);
	if (field->type == FIELD_DAY && strlen(value) == DAYS_BYTES - 1)
		return day_in(funder->dates, value);
	if (field->type == FIELD_DAY) {
		refuse(making, &column->from, SERVICE_PART_DAY, value);
		return xstrdup("");
	}
	if (field->type == FIELD_CODE || column->in_words)
		return called(making, column, field, value);
	written = value_write(field, value);
	return called(making, column, field, written);
}

/* Letters, whatever bytes they take. */
static size_t letters(const char *text)
{
	size_t count = 0;

	for (; *text; text++)
		count += ((unsigned char)*text & 0xc0) != 0x80;
	return count;
}

static char *cell_of(struct service_making *making, size_t index)
{
	const struct funder_column *column = &making->funder->columns[index];
	const struct entity *entity = making->entities[index];
	const size_t wrong = making->wrong;
	const struct field *field;
	char *cell;

	if (column->from.text)
		return xstrdup(column->from.text);
	field = entity ? column_field(&column->from, entity) : NULL;
	if (!column->from.kind)
		cell = called(making, column, NULL, making->service->visit);
	else
		cell = of_field(making, column, field,
				field ? entity_text(entity, column->from.field)
				      : NULL);
	if (making->wrong > wrong)
		return cell;
	if (column->required && !*cell)
		refuse(making, &column->from, SERVICE_MISSING, "");
	else if (column->most && letters(cell) > column->most)
		refuse(making, &column->from, SERVICE_TOO_LONG, cell);
	return cell;
}

static struct service_program *program_of(struct service_making *making)
{
	struct service_file *file = &making->file;
	const char *name = entity_text(making->row.contact, "program");

	name = name ? name : "";
	for (size_t i = 0; i < file->program_count; i++) {
		if (strcmp(file->programs[i].name, name) == 0)
			return &file->programs[i];
	}
	file->programs = xreallocarray(file->programs, file->program_count + 1,
				       sizeof *file->programs);
	file->programs[file->program_count] =
	    (struct service_program){ .name = xstrdup(name) };
	return &file->programs[file->program_count++];
}

static void add_row(struct service_making *making)
{
	struct service_program *program = program_of(making);
	struct service_file *file = &making->file;
	const size_t count = making->funder->count;
	char **cells;

	file->cells = xreallocarray(file->cells, (file->rows + 1) * count,
				    sizeof *file->cells);
	cells = file->cells + file->rows * count;
	making->wrong = 0;
	for (size_t i = 0; i < count; i++)
		cells[i] = cell_of(making, i);
	if (!making->wrong) {
		file->rows++;
		program->rows++;
		return;
	}
	file->refused++;
	program->refused++;
	for (size_t i = 0; i < count; i++)
		char_wipe(cells[i]);
}

/* --- all of them ----------------------------------------------------------
 */

static enum fault agrees(const struct service_making *making, bool *agreed)
{
	const char *recipient = making->funder->recipient;

	return consent_holds(making->row.record, making->row.person,
			     recipient ? "share" : "count", recipient,
			     making->period.today, agreed);
}

static enum fault make_row(struct service_making *making,
			   const struct service *service)
{
	SCOPED(entity_freep) struct entity *contact = NULL;
	enum entity_answer answer;
	bool agreed = false;
	enum fault fault;

	making->service = service;
	making->row.person = service->person;
	if ((fault =
		 entity_read(making->row.record, kind_find("service_contact"),
			     service->contact, making->row.who, making->row.now,
			     &answer, &contact)))
		return fault;
	if (answer != ENTITY_DONE) {
		making->file.unseen++;
		return FAULT_NONE;
	}
	if ((fault = agrees(making, &agreed)) || !agreed) {
		making->file.not_agreed += !fault;
		return fault;
	}
	making->row.contact = contact;
	if (!(fault = open_entities(making)))
		add_row(making);
	close_entities(making);
	making->row.contact = NULL;
	return fault;
}

size_t service_making_count(const struct service_making *making)
{
	return making->services.count;
}

enum fault service_making_some(struct service_making *making, size_t first,
			       size_t most)
{
	const struct services *services = &making->services;
	enum fault fault = FAULT_NONE;

	for (size_t i = first;
	     !fault && i < services->count && i - first < most; i++)
		fault = make_row(making, &services->all[i]);
	return fault;
}

void service_making_end(struct service_making *making, struct service_file *out)
{
	*out = making->file;
	making->file = (struct service_file){ 0 };
}

void service_making_free(struct service_making *making)
{
	if (!making)
		return;
	service_file_done(&making->file);
	services_done(&making->services);
	free(making->entities);
	free(making);
}

static enum fault find_services(struct service_making *making)
{
	const struct wording *staff = &making->staff;
	const struct period *period = &making->period;
	struct services *services = &making->services;
	enum fault fault;

	if ((fault = served_each(staff->record, period->first, period->last,
				 take, services)) ||
	    (fault =
		 record_note(staff->record, "service-file", "report",
			     making->funder->title, staff->who, period->now)))
		return fault;
	if (making->funder->by_person && services->count)
		qsort(services->all, services->count, sizeof *services->all,
		      by_person);
	return FAULT_NONE;
}

enum fault service_making_begin(const struct wording *staff,
				const struct catalogue *theirs,
				const struct funder *funder,
				const struct period *period, const char *zone,
				struct service_making **out)
{
	SCOPED(service_making_freep)
	struct service_making *making = xcalloc(1, sizeof *making);
	enum fault fault;

	*making = (struct service_making){
		.staff = *staff,
		.theirs = { staff->record, theirs, staff->who },
		.funder = funder,
		.period = *period,
		.zone = zone,
		.file = { .funder = funder },
		.row = { .record = staff->record,
			 .who = staff->who,
			 .now = period->now },
		.entities = xcalloc(funder->count, sizeof *making->entities),
	};
	if ((fault = find_services(making)))
		return fault;
	*out = making;
	making = NULL;
	return FAULT_NONE;
}

enum fault service_file_read(const struct wording *staff,
			     const struct catalogue *theirs,
			     const struct funder *funder,
			     const struct period *period, const char *zone,
			     struct service_file *out)
{
	SCOPED(service_making_freep) struct service_making *making = NULL;
	enum fault fault;

	*out = (struct service_file){ .funder = funder };
	if ((fault = service_making_begin(staff, theirs, funder, period, zone,
					  &making)) ||
	    (fault = service_making_some(making, 0, SIZE_MAX)))
		return fault;
	service_making_end(making, out);
	return FAULT_NONE;
}

char *service_refusal_words(const struct wording *staff,
			    const struct service_refusal *refusal)
{
	static const char *const keys[SERVICE_WRONGS] = {
		[SERVICE_MISSING] = "service.missing",
		[SERVICE_UNMAPPED] = "service.unmapped",
		[SERVICE_TOO_LONG] = "service.too_long",
		[SERVICE_PART_DAY] = "service.part_day",
	};
	const struct catalogue_argument arguments[] = {
		{ .name = "where", .text = refusal->where },
		{ .name = "value", .text = refusal->value },
	};

	return catalogue_say(staff->words, keys[refusal->wrong], arguments,
			     COUNT(arguments));
}
