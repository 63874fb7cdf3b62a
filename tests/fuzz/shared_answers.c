#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/memory.h"
#include "office/answers_take.h"
#include "record/entity.h"

/*
 * What `foyer agency take` reads: questions and answers that another site, or
 * anybody, wrote, into a record that has two. Told first and then applied, it
 * is the same rows; what is told steers no terminal; taking them once more
 * changes nothing.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define NOON 1795366800000 /* 2026-11-22 */
#define FRESH_AFTER 500    /* inputs, since what is taken stays */
#define ROWS 20000

static char folder[] = "/dev/shm/foyer-fuzz-XXXXXX";
static char *path;
static struct record *record;
static const struct record_who who = { .user = "Sam", .desk = "" };

static void silent(void *to, enum log_level level, const char *line)
{
	(void)to, (void)level, (void)line;
}

static void must(int good)
{
	if (!good)
		abort();
}

static void remove_record(void)
{
	record_close(record);
	record = NULL;
	for (int i = 0; i < 3; i++) {
		static const char *const ends[] = { "", "-wal", "-shm" };
		SCOPED(char_freep)
		char *file = xasprintf("%s%s", path, ends[i]);

		(void)unlink(file);
	}
}

static void clean(void)
{
	remove_record();
	(void)rmdir(folder);
}

static struct answers_taken take(const void *bytes, size_t length, bool apply,
				 bool *is_one)
{
	struct answers_taken taken = { 0 };
	struct answers_taking taking = {
		.record = record,
		.who = who,
		.now = NOON,
		.apply = apply,
		.from = "f.json",
	};
	char *said = NULL;
	size_t count = 0;

	taking.tells = taking.complains = open_memstream(&said, &count);
	must(!answers_take_file(&taking, bytes, length, is_one, &taken));
	fclose(taking.tells);
	for (size_t i = 0; i < count; i++)
		must((uint8_t)said[i] >= ' ' || said[i] == '\n');
	free(said);
	return taken;
}

static void begin(void)
{
	static const char own[] =
	    "{\"foyer_answers\":1,\"answers\":["
	    "{\"question\":\"Q\",\"answer\":\"A\",\"site\":\"North\","
	    "\"owner\":\"Sam\",\"day\":\"2026-11-02\"},"
	    "{\"question\":\"R\",\"answer\":\"B\",\"owner\":\"Kim\","
	    "\"day\":\"2026-11-03\"}]}";
	bool is_one;

	must(!record_open(path, &record));
	must(take(own, strlen(own), true, &is_one).added == 2);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static unsigned inputs;
	struct answers_taken told, taken, again;
	bool is_one;

	log_to(silent, NULL);
	if (!path) {
		must(mkdtemp(folder) != NULL);
		path = xasprintf("%s/" RECORD_FILE, folder);
		atexit(clean);
	}
	if (inputs++ % FRESH_AFTER == 0) {
		if (record)
			remove_record();
		begin();
	}
	told = take(data, size, false, &is_one);
	if (!is_one)
		return 0;
	taken = take(data, size, true, &is_one);
	must(taken.added + taken.changed <= told.added + told.changed);
	again = take(data, size, true, &is_one);
	must(again.changed <= taken.added + taken.changed);
	return 0;
}
