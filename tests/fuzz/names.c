#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/memory.h"
#include "record/entity.h"
#include "record/names.h"
#include "record/people.h"

/*
 * The file of names that lie apart, opened and read. The first byte says what
 * the rest is: even, the file itself; odd, bytes to lay over a good one, each
 * behind three that say where.
 */
static void silent(void *to, enum log_level level, const char *line)
{
	(void)to;
	(void)level;
	(void)line;
}

static void must(int done)
{
	if (!done)
		abort();
}

static const struct record_who who = { .user = "Sam", .desk = "" };
static char folder[] = "/tmp/foyer-fuzz-XXXXXX";
static char *record_path, *names_path, *journal_path;
static struct agency_key *key;
static struct bytes good, record_bytes;

static void add(struct record *record, const char *kind, const char *field,
		const char *value)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	enum entity_answer answer;

	must(!entity_new(record, kind_find(kind), &entity));
	(void)entity_set(entity, "person", "1");
	(void)entity_set(entity, field, value);
	must(!entity_save(record, entity, SOURCE_TOLD, &who, 1, &answer, NULL));
	must(answer == ENTITY_DONE);
}

static void clean(void)
{
	(void)!file_remove(record_path);
	(void)!file_remove(names_path);
	(void)!file_remove(journal_path);
	(void)rmdir(folder);
}

/* A record with a person whose names lie apart. */
static void prepare(void)
{
	static const uint8_t secret[32] = { 0x48 };
	enum names_answer answer;
	struct record *record;
	int64_t rows;

	must(mkdtemp(folder) != NULL);
	record_path = xasprintf("%s/" RECORD_FILE, folder);
	names_path = xasprintf("%s/" NAMES_FILE, folder);
	journal_path = xasprintf("%s-wal", names_path);
	key = agency_key_of_secret(secret, "", 0);
	must(!record_open(record_path, &record));
	add(record, "person", "language", "ti");
	add(record, "name", "latin", "Selam Haile");
	record_close(record);
	must(!names_part(record_path, agency_key_public(key), &who, 1, &answer,
			 &rows));
	must(!file_read(names_path, 1 << 20, &good));
	must(!file_read(record_path, 64 << 20, &record_bytes));
	atexit(clean);
}

static void lay_over(const uint8_t *data, size_t size)
{
	struct bytes file = { 0 };

	bytes_add(&file, good.data, good.length);
	for (; size > 3; data += 4, size -= 4)
		file.data[(data[0] << 16 | data[1] << 8 | data[2]) %
			  file.length] = data[3];
	must(!file_write(names_path, file.data, file.length, 0600));
	bytes_done(&file);
}

static void note(void *to, const struct people_found *found)
{
	size_t *length = to;

	*length += strlen(found->latin) + strlen(found->number);
}

static void read_names(void)
{
	struct people_told told;
	struct record *record;
	bool opened = false;
	size_t length = 0;

	if (record_open(record_path, &record))
		return;
	if (!names_unlock(record, key, &opened) && opened)
		(void)!people_find(record, "selam", 0, &who, note, &length,
				   &told);
	(void)!names_refresh(record);
	record_close(record);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	log_to(silent, NULL);
	if (!key)
		prepare();
	if (!size)
		return 0;
	must(!file_remove(journal_path));
	must(!file_write(record_path, record_bytes.data, record_bytes.length,
			 0600));
	if (data[0] % 2)
		lay_over(data + 1, size - 1);
	else
		must(!file_write(names_path, data + 1, size - 1, 0600));
	read_names();
	return 0;
}
