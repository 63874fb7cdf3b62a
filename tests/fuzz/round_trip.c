#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "record/entity.h"
#include "report/round_trip.h"

/*
 * A table of people that was edited in a spreadsheet, or comes from another
 * system, compared with a record that has one of them. Nothing is applied, so
 * that every input meets the same record.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct record_who who = { .user = "Sam", .desk = "" };
static char folder[] = "/dev/shm/foyer-fuzz-XXXXXX";
static struct record *record;

static void silent(void *to, enum log_level level, const char *line)
{
	(void)to, (void)level, (void)line;
}

static void must(int good)
{
	if (!good)
		abort();
}

static void clean(void)
{
	SCOPED(char_freep) char *path = xasprintf("%s/" RECORD_FILE, folder);

	record_close(record);
	(void)unlink(path);
	(void)rmdir(folder);
}

static void prepare(void)
{
	SCOPED(char_freep) char *path = NULL;
	SCOPED(entity_freep) struct entity *entity = NULL;
	enum entity_answer answer;

	must(mkdtemp(folder) != NULL);
	path = xasprintf("%s/" RECORD_FILE, folder);
	must(!record_open(path, &record));
	must(!entity_new(record, kind_find("person"), &entity));
	(void)entity_set(entity, "language", "ti");
	must(!entity_save(record, entity, SOURCE_TOLD, &who, 1, &answer, NULL));
	must(answer == ENTITY_DONE);
	atexit(clean);
}

static void note(void *to, const struct round_trip_difference *difference)
{
	size_t *count = to;

	must(difference->field && difference->after);
	must(difference->before || difference->what == ROUND_TRIP_NEW);
	++*count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct findings findings = { 0 };
	struct round_trip_totals totals = { 0 };
	size_t count = 0;

	log_to(silent, NULL);
	if (!record)
		prepare();
	(void)!round_trip_import(record, kind_find("person"), "p.csv", data,
				 size, false, &who, 1795366800000, &findings,
				 note, &count, &totals);
	findings_done(&findings);
	return 0;
}
