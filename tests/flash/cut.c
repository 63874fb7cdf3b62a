#include "tests/test.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "flash/fat.h"
#include "flash/found.h"
#include "flash/put.h"
#include "tests/support/chance.h"
#include "tests/support/cut.h"
#include "tests/support/folder.h"
#include "tests/support/recorder.h"
#include "tests/support/release.h"

/*
 * A card taken out in the middle: every write of one update, and of one new
 * card, is recorded, and the states that a cut could leave are made from them.
 * FOYER_CUTS=all tries every write; without it, a few of each step. And the
 * process that updates one is killed between its calls.
 */
#define AT_ONCE 9 /* states of each kind tried in `make check` */

struct cards {
	char *folder, *card;
	char *old_path, *new_path;
	struct release old, new;
	uint8_t *used; /* the bytes of a card in use */
	size_t size;
	uint8_t agency[KEY_HASH_BYTES]; /* of its folder */
	bool ready;
};

static struct cards cards;

static void silent(void *to, enum log_level level, const char *line)
{
	(void)to;
	(void)level;
	(void)line;
}

/* --- helpers -------------------------------------------------------------- */

static uint8_t *bytes_of(const char *path, size_t size)
{
	uint8_t *bytes = xcalloc(size, 1);
	const int file = open(path, O_RDONLY | O_CLOEXEC);

	assert_true(file >= 0);
	assert_int_equal(read(file, bytes, size), (ssize_t)size);
	close(file);
	return bytes;
}

static void put_bytes(const char *path, const uint8_t *bytes, size_t size)
{
	const int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	assert_true(file >= 0);
	assert_int_equal(write(file, bytes, size), (ssize_t)size);
	close(file);
}

/* Writes a release as `foyer-flash write` would; says what it found before. */
static enum found_kind put_release(const struct release *release)
{
	SCOPED(device_freep) struct device *device = NULL;
	enum found_kind kind;
	struct found found;
	struct put put;

	assert_int_equal(device_open(cards.card, DEVICE_WRITE,
				     release->manifest.size, &device),
			 FAULT_NONE);
	assert_int_equal(found_look(device, &release->manifest, &found),
			 FAULT_NONE);
	kind = found.kind;
	assert_true(kind == FOUND_USED || kind == FOUND_EMPTY);
	assert_int_equal(put_prepare(device, found.boot, release, NULL, &put),
			 FAULT_NONE);
	assert_int_equal(kind == FOUND_USED ? put_update(&put) : put_new(&put),
			 FAULT_NONE);
	put_done(&put);
	found_done(&found);
	return kind;
}

static struct volume *boot_volume(void)
{
	const struct manifest_partition *boot =
	    manifest_role(&cards.new.manifest, MANIFEST_BOOT);
	SCOPED(device_freep) struct device *device = NULL;
	struct volume *volume;

	assert_int_equal(device_open(cards.card, DEVICE_LOOK, 0, &device),
			 FAULT_NONE);
	assert_int_equal(volume_load(device, boot->start, boot->size, &volume),
			 FAULT_NONE);
	return volume;
}

static const struct manifest_partition *part(enum manifest_role role)
{
	return manifest_role(&cards.new.manifest, role);
}

static bool same_part(const uint8_t *a, const uint8_t *b,
		      const struct manifest_partition *part)
{
	return memcmp(a + part->start, b + part->start, part->size) == 0;
}

static void hash_is(const uint8_t *bytes, const struct manifest_partition *part)
{
	uint8_t hash[KEY_HASH_BYTES];

	key_hash_plain(bytes + part->start, part->size, hash);
	assert_memory_equal(hash, part->hash, sizeof hash);
}

static void files_are_the_release_s(const struct volume *boot)
{
	for (size_t i = 0; i < cards.new.manifest.file_count; i++) {
		const struct manifest_file *file = &cards.new.manifest.files[i];
		struct bytes data = { 0 };
		uint8_t hash[KEY_HASH_BYTES];

		assert_int_equal(
		    fat_read(boot, file->path, MANIFEST_FILE, &data),
		    FAULT_NONE);
		key_hash_plain(data.data, data.length, hash);
		assert_memory_equal(hash, file->hash, sizeof hash);
		bytes_done(&data);
	}
}

/* A folder's row of a file that every release has, written at midnight of 1
 * January 2026 (46 years after 1980), whatever day it is. */
static void files_have_the_one_date(const uint8_t *bytes)
{
	static const uint8_t name[] = "KERNEL8 IMG";
	static const uint8_t written[] = { 0, 0, 1 << 5 | 1, 46 << 1 };
	const struct manifest_partition *boot = part(MANIFEST_BOOT);
	const uint8_t *row =
	    memmem(bytes + boot->start, boot->size, name, sizeof name - 1);

	assert_non_null(row);
	assert_memory_equal(row + 22, written, sizeof written);
}

static enum fault count_path(void *to, const char *path)
{
	(void)path;
	(*(size_t *)to)++;
	return FAULT_NONE;
}

/* The card is the new release's with all that the agency had. */
static void card_is_right(void)
{
	SCOPED(volume_freep) struct volume *boot = boot_volume();
	SCOPED(volume_freep) struct volume *repaired = NULL;
	SCOPED(device_freep) struct device *none = NULL;
	SCOPED(char_freep) char *bytes = NULL;
	uint8_t agency[KEY_HASH_BYTES];
	size_t paths = 0;
	bool has;

	bytes = (char *)bytes_of(cards.card, cards.size);
	assert_true(
	    same_part((uint8_t *)bytes, cards.used, part(MANIFEST_DATA)));
	hash_is((uint8_t *)bytes, part(MANIFEST_ROOT));
	files_are_the_release_s(boot);
	files_have_the_one_date((uint8_t *)bytes);
	assert_int_equal(fat_digest(boot, RELEASE_FOLDER, agency), FAULT_NONE);
	assert_memory_equal(agency, cards.agency, sizeof agency);
	assert_int_equal(fat_has(boot, "notes.txt", &has), FAULT_NONE);
	assert_true(has);
	assert_int_equal(fat_has(boot, "only-old.bin", &has), FAULT_NONE);
	assert_false(has);
	/* 7 files of the release, its text, notes.txt, 2 folders and what is
	 * in the agency's: a folder and two files. */
	assert_int_equal(fat_list(boot, count_path, &paths), FAULT_NONE);
	assert_int_equal(paths, 7 + 1 + 1 + 2 + 3);
	/* Nothing is left to mend. */
	assert_int_equal(volume_copy(boot, &repaired), FAULT_NONE);
	assert_int_equal(fat_repair(repaired), FAULT_NONE);
	assert_int_equal(device_open(cards.card, DEVICE_LOOK, 0, &none),
			 FAULT_NONE);
	assert_true(volume_same(repaired, none, part(MANIFEST_BOOT)->start));
}

static bool is_of(const struct manifest *manifest, const char *path,
		  const uint8_t hash[KEY_HASH_BYTES])
{
	for (size_t i = 0; i < manifest->file_count; i++) {
		const struct manifest_file *file = &manifest->files[i];

		if (strcmp(file->path, path) == 0)
			return memcmp(file->hash, hash, KEY_HASH_BYTES) == 0;
	}
	return false;
}

/* A boot file's name stands for all of the old one or of the new one. */
static void names_stand_for_whole_files(const struct volume *boot)
{
	const struct manifest *new = &cards.new.manifest;

	for (size_t i = 0; i < new->file_count; i++) {
		const char *path = new->files[i].path;
		uint8_t hash[KEY_HASH_BYTES];
		struct bytes data = { 0 };
		bool has;

		assert_int_equal(fat_has(boot, path, &has), FAULT_NONE);
		if (!has)
			continue;
		assert_int_equal(fat_read(boot, path, MANIFEST_FILE, &data),
				 FAULT_NONE);
		key_hash_plain(data.data, data.length, hash);
		assert_true(is_of(new, path, hash) ||
			    is_of(&cards.old.manifest, path, hash));
		bytes_done(&data);
	}
}

/* What a cut leaves keeps what is the agency's, and boots whole or not. */
static void card_is_safe(const uint8_t *bytes, const uint8_t *final)
{
	SCOPED(volume_freep) struct volume *boot = boot_volume();
	const uint64_t root = part(MANIFEST_ROOT)->start;
	uint8_t agency[KEY_HASH_BYTES];

	assert_true(same_part(bytes, cards.used, part(MANIFEST_DATA)));
	assert_int_equal(fat_digest(boot, RELEASE_FOLDER, agency), FAULT_NONE);
	assert_memory_equal(agency, cards.agency, sizeof agency);
	names_stand_for_whole_files(boot);
	/* The root's first block is the old one's only on the old card, and the
	 * new one's only on the new card; else dm-verity refuses it. */
	if (memcmp(bytes + root, cards.used + root, PUT_BLOCK) == 0)
		assert_memory_equal(bytes, cards.used, cards.size);
	if (memcmp(bytes + root, final + root, PUT_BLOCK) == 0)
		assert_memory_equal(bytes, final, cards.size);
}

/* --- states --------------------------------------------------------------- */

/* The writes since the disk was told to finish may be there or not, in any
 * choice: a card's own memory writes them as it likes. */
static void play_some(const struct recorded *list, size_t count,
		      struct chance *chance, uint8_t *bytes)
{
	size_t from = count;

	while (from && list[from - 1].data)
		from--;
	recorder_play(list, from, 0, bytes);
	for (size_t i = from; i < count; i++) {
		if (chance_below(chance, 2))
			memcpy(bytes + list[i].at, list[i].data,
			       list[i].length);
	}
}

/* Whether the state after count writes is among those tried now. */
static bool is_tried(size_t count, size_t all)
{
	const char *how = getenv("FOYER_CUTS");

	return (how && strcmp(how, "all") == 0) ||
	       count % (all / AT_ONCE + 1) == all / AT_ONCE / 2;
}

static void an_update_cut_anywhere_is_safe_and_can_be_run_again(void **state)
{
	SCOPED(char_freep) char *final = NULL;
	SCOPED(char_freep) char *bytes = xcalloc(cards.size, 1);
	struct chance chance = { 1 };
	const struct recorded *list;
	size_t count, tried = 0;

	(void)state;
	if (!cards.ready)
		skip();
	put_bytes(cards.card, cards.used, cards.size);
	recorder_start(cards.card);
	assert_int_equal(put_release(&cards.new), FOUND_USED);
	count = recorder_stop(&list);
	card_is_right();
	final = (char *)bytes_of(cards.card, cards.size);
	for (size_t i = 0; i < count; i++) {
		if (!is_tried(i, count))
			continue;
		memcpy(bytes, cards.used, cards.size);
		if (tried++ % 2)
			play_some(list, i + 1, &chance, (uint8_t *)bytes);
		else
			recorder_play(list, i, list[i].length / 1024 * 512,
				      (uint8_t *)bytes);
		put_bytes(cards.card, (uint8_t *)bytes, cards.size);
		card_is_safe((uint8_t *)bytes, (uint8_t *) final);
		assert_int_equal(put_release(&cards.new), FOUND_USED);
		card_is_right();
	}
	assert_true(tried >= AT_ONCE - 1);
}

static void put_new_release(void *to)
{
	(void)to;
	(void)put_release(&cards.new);
}

/* kill -9 before a system call of its own: of the whole update a few, or each
 * EVERY-th with FOYER_CUTS=all. */
#define EVERY 5
#define FEW 3

static void an_update_killed_at_any_call_is_safe_and_runs_again(void **state)
{
	const bool all = getenv("FOYER_CUTS") != NULL;
	const int step = all ? EVERY : 700;
	SCOPED(char_freep) char *final = NULL;
	enum cut how = CUT_OFF;

	(void)state;
	if (!cards.ready)
		skip();
	put_bytes(cards.card, cards.used, cards.size);
	(void)put_release(&cards.new);
	final = (char *)bytes_of(cards.card, cards.size);
	for (int i = 0; how == CUT_OFF && (all || i < FEW); i++) {
		SCOPED(char_freep) char *bytes = NULL;

		put_bytes(cards.card, cards.used, cards.size);
		how = cut_at(step / 2 + i * step, put_new_release, NULL);
		if (how == CUT_CANNOT) {
			print_message("no process may be traced here\n");
			skip();
		}
		bytes = (char *)bytes_of(cards.card, cards.size);
		card_is_safe((uint8_t *)bytes, (uint8_t *) final);
		if (how == CUT_OFF)
			assert_int_equal(put_release(&cards.new), FOUND_USED);
		card_is_right();
	}
}

static void new_card_is_right(const uint8_t *nothing)
{
	SCOPED(volume_freep) struct volume *boot = boot_volume();
	SCOPED(char_freep)
	char *bytes = (char *)bytes_of(cards.card, cards.size);

	hash_is((uint8_t *)bytes, part(MANIFEST_ROOT));
	hash_is((uint8_t *)bytes, part(MANIFEST_DATA));
	files_are_the_release_s(boot);
	/* All but the table, before the partitions. */
	assert_memory_not_equal(bytes, nothing, MANIFEST_SECTOR);
	assert_memory_equal(bytes + MANIFEST_SECTOR, nothing,
			    part(MANIFEST_BOOT)->start - MANIFEST_SECTOR);
}

/* Until all is there, a new card is empty to whoever looks. */
static void a_new_card_cut_anywhere_is_empty_and_can_be_run_again(void **state)
{
	SCOPED(char_freep) char *nothing = xcalloc(cards.size, 1);
	SCOPED(char_freep) char *bytes = xcalloc(cards.size, 1);
	struct chance chance = { 2 };
	const struct recorded *list;
	size_t count;

	(void)state;
	if (!cards.ready)
		skip();
	put_bytes(cards.card, (uint8_t *)nothing, cards.size);
	recorder_start(cards.card);
	assert_int_equal(put_release(&cards.new), FOUND_EMPTY);
	count = recorder_stop(&list);
	new_card_is_right((uint8_t *)nothing);
	/* The table is the last write, and a finish comes after it. */
	for (size_t i = 0; i + 1 < count; i++) {
		if (!is_tried(i, 3 * count))
			continue;
		memset(bytes, 0, cards.size);
		play_some(list, i, &chance, (uint8_t *)bytes);
		put_bytes(cards.card, (uint8_t *)bytes, cards.size);
		assert_int_equal(put_release(&cards.new), FOUND_EMPTY);
		new_card_is_right((uint8_t *)nothing);
	}
}

/* --- once ----------------------------------------------------------------- */

static int start(void **state)
{
	SCOPED(volume_freep) struct volume *boot = NULL;

	(void)state;
	log_to(silent, NULL);
	cards.ready = release_tools();
	if (!cards.ready)
		return 0;
	cards.folder = folder_new();
	cards.card = folder_file(cards.folder, "card");
	cards.old_path = release_make(cards.folder, "kiosk", "1.0", "old", "");
	cards.new_path = release_make(cards.folder, "kiosk", "1.1", "new", "");
	cards.old = release_of_test(cards.old_path);
	cards.new = release_of_test(cards.new_path);
	cards.size = cards.new.manifest.size;
	assert_int_equal(put_release(&cards.old), FOUND_EMPTY);
	release_use(cards.card, &cards.old.manifest);
	cards.used = bytes_of(cards.card, cards.size);
	boot = boot_volume();
	assert_int_equal(fat_digest(boot, RELEASE_FOLDER, cards.agency),
			 FAULT_NONE);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	if (cards.ready) {
		release_done(&cards.old);
		release_done(&cards.new);
		folder_remove(cards.folder);
	}
	free(cards.folder);
	free(cards.card);
	free(cards.old_path);
	free(cards.new_path);
	free(cards.used);
	recorder_done();
	log_to(NULL, NULL);
	return 0;
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    an_update_cut_anywhere_is_safe_and_can_be_run_again),
		cmocka_unit_test(
		    an_update_killed_at_any_call_is_safe_and_runs_again),
		cmocka_unit_test(
		    a_new_card_cut_anywhere_is_empty_and_can_be_run_again),
	};

	/* What counts is which writes were made: no disk needs to turn. */
	if (access("/dev/shm", W_OK) == 0)
		setenv("TMPDIR", "/dev/shm", 0);
	return cmocka_run_group_tests(tests, start, stop);
}
