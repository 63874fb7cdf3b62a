#include "tests/test.h"

#include "flash/manifest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

static const uint8_t seed[SIGNATURE_SEED] = { 7 };

/* The last line that was logged. */
static char said[1024];

static void note(void *to, enum log_level level, const char *line)
{
	(void)to;
	(void)level;
	snprintf(said, sizeof said, "%s", line);
}

static int start(void **state)
{
	(void)state;
	*said = 0;
	log_to(note, NULL);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	log_to(NULL, NULL);
	return 0;
}

/* A small one, of three partitions and two files. */
static struct manifest sample(void)
{
	struct manifest manifest = {
		.name = "Foyer, novembre 2026 é",
		.variant = "kiosk",
		.image = "foyer.img.zst",
		.size = 65536,
		.hash = { 1 },
		.disk = 0x00c0ffee,
		.partitions = {
			{ 1, MANIFEST_BOOT, 0x0c, 8192, 8192, "vfat", { 2 } },
			{ 2, MANIFEST_DATA, 0x83, 16384, 8192, "ext4", { 3 } },
			{ 3, MANIFEST_ROOT, 0x83, 24576, 40960, "squashfs",
			  { 4 } },
		},
		.partition_count = 3,
		.file_count = 2,
	};

	assert_true(version_read("1.2.3", &manifest.version));
	manifest.files = xcalloc(2, sizeof *manifest.files);
	manifest.files[0] = (struct manifest_file){ "kernel8.img", 12, { 5 } };
	manifest.files[1] = (struct manifest_file){ "o/a+b-c_1", 0, { 6 } };
	return manifest;
}

static char *text_of(const struct manifest *manifest)
{
	struct bytes text = { 0 };

	manifest_write(manifest, seed, &text);
	return bytes_take_text(&text);
}

static void what_is_written_is_read_and_its_signature_is_good(void **state)
{
	struct manifest manifest = sample(), read;
	SCOPED(char_freep) char *text = text_of(&manifest);
	uint8_t key[KEY_BYTES];
	bool good = false;

	(void)state;
	signature_public(seed, key);
	assert_int_equal(manifest_read("r", text, strlen(text), &good, &read),
			 FAULT_NONE);
	assert_true(good);
	assert_string_equal(read.name, manifest.name);
	assert_string_equal(read.variant, "kiosk");
	assert_string_equal(read.version.text, "1.2.3");
	assert_string_equal(read.image, "foyer.img.zst");
	assert_int_equal(read.size, 65536);
	assert_int_equal(read.disk, 0x00c0ffee);
	assert_memory_equal(read.hash, manifest.hash, sizeof read.hash);
	assert_memory_equal(read.partitions, manifest.partitions,
			    sizeof read.partitions);
	assert_int_equal(read.file_count, 2);
	assert_memory_equal(read.files, manifest.files, 2 * sizeof *read.files);
	assert_memory_equal(read.key, key, sizeof key);
	assert_string_equal(manifest_role(&read, MANIFEST_ROOT)->holds,
			    "squashfs");
	manifest_done(&read);
	manifest_done(&manifest);
}

/* Every byte counts: a changed one is no release, or not a signed one. */
static void no_byte_can_be_changed(void **state)
{
	struct manifest manifest = sample();
	SCOPED(char_freep) char *text = text_of(&manifest);
	const size_t length = strlen(text);

	(void)state;
	for (size_t i = 0; i < length; i++) {
		struct manifest read;
		bool good = false;

		text[i] ^= 1;
		if (!manifest_read("r", text, length, &good, &read)) {
			assert_false(good);
			manifest_done(&read);
		}
		text[i] ^= 1;
	}
	manifest_done(&manifest);
}

static void a_damaged_text_is_refused_with_its_line(void **state)
{
	static const struct {
		const char *from, *to, *line;
	} changes[] = {
		{ "foyer release 1", "foyer release 2", "r: line 1:" },
		{ "name ", "nome ", "r: line 2:" },
		{ "kiosk\n", "kiosk two\n", "r: line 3:" },
		{ "version 1.2.3", "version 1..2", "r: line 4:" },
		{ "image ", "image ../", "r: line 5:" },
		{ "image foyer", "image .foyer", "r: line 5:" },
		{ "size 65536", "size 65537", "r: line 6:" },
		{ "size 65536", "size 065536", "r: line 6:" },
		{ "size 65536", "size 99999999999999999999", "r: line 6:" },
		{ "hash 01", "hash 0g", "r: line 7:" },
		{ "disk 00c0", "disk 00C0", "r: line 8:" },
		{ "partition 1", "partition 0", "r: line 9:" },
		{ "partition 1", "partition 5", "r: line 9:" },
		{ "boot 0c", "boat 0c", "r: line 9:" },
		{ "0c 8192 8192", "0c 0 8192", "r: line 9:" },
		{ "0c 8192 8192", "0c 8192  8192", "r: line 9:" },
		{ "partition 2", "partition 1", "r: line 10:" },
		{ "83 16384", "83 15872", "r: line 10:" },
		{ "24576 40960", "24576 41472", "r: line 11:" },
		{ "24576 40960", "24576 4096", "r: line 11:" },
		{ "2 data", "2 root", "r: line 11:" },
		{ "3 root", "3 data", "r: line 11:" },
		{ "kernel8.img\n", "Foyer/a\n", "r: line 12:" },
		{ "kernel8.img\n", "o/A+b-C_1\n", "r: line 13:" },
		{ "o/a+b-c_1", "o/../c", "r: line 13:" },
		{ "o/a+b-c_1", "o//c", "r: line 13:" },
		{ "o/a+b-c_1", "/c", "r: line 13:" },
		{ "key ", "kay ", "r: line 14:" },
		{ "signature ", "signature 0", "r: line 15:" },
	};
	struct manifest manifest = sample();
	SCOPED(char_freep) char *text = text_of(&manifest);

	(void)state;
	for (size_t i = 0; i < COUNT(changes); i++) {
		const char *at = strstr(text, changes[i].from);
		struct manifest read;
		bool good;
		SCOPED(char_freep) char *changed = NULL;

		assert_non_null(at);
		changed =
		    xasprintf("%.*s%s%s", (int)(at - text), text, changes[i].to,
			      at + strlen(changes[i].from));
		if (manifest_read("r", changed, strlen(changed), &good,
				  &read) != FAULT_FORMAT)
			fail_msg("%s was taken", changes[i].to);
		if (strncmp(said, changes[i].line, strlen(changes[i].line)))
			fail_msg("%s: %s", changes[i].to, said);
	}
	manifest_done(&manifest);
}

static void a_text_that_is_cut_or_goes_on_is_refused(void **state)
{
	struct manifest manifest = sample(), read;
	SCOPED(char_freep) char *text = text_of(&manifest);
	SCOPED(char_freep) char *more = xasprintf("%s\n", text);
	SCOPED(char_freep) char *large = xcalloc(1, MANIFEST_LIMIT + 1);
	bool good;

	(void)state;
	for (size_t i = 0; i < strlen(text); i++)
		assert_int_equal(manifest_read("r", text, i, &good, &read),
				 FAULT_FORMAT);
	assert_int_equal(manifest_read("r", more, strlen(more), &good, &read),
			 FAULT_FORMAT);
	/* With its zero, which is no text's. */
	assert_int_equal(
	    manifest_read("r", text, strlen(text) + 1, &good, &read),
	    FAULT_FORMAT);
	assert_int_equal(
	    manifest_read("r", large, MANIFEST_LIMIT + 1, &good, &read),
	    FAULT_LIMIT);
	manifest_done(&manifest);
}

static void a_boot_file_is_never_in_the_agency_s_folder(void **state)
{
	static const struct {
		const char *path;
		bool may;
	} paths[] = {
		{ "kernel8.img", true },
		{ "overlays/a.dtbo", true },
		{ "foyer.txt", true },
		{ "foyer", false },
		{ "FOYER/x", false },
		{ "Foyer/forms/a.xml", false },
		{ "a/../foyer/x", false },
		{ "./foyer/x", false },
		{ "", false },
		{ "a/", false },
		{ ".hidden", false },
		{ "a b", false },
		{ "a\\b", false },
		{ "caf\xc3\xa9", false },
		{ "foyer/", false },
		{ "a*", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(paths); i++)
		assert_int_equal(manifest_path(paths[i].path), paths[i].may);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    what_is_written_is_read_and_its_signature_is_good),
		cmocka_unit_test(no_byte_can_be_changed),
		cmocka_unit_test(a_damaged_text_is_refused_with_its_line),
		cmocka_unit_test(a_text_that_is_cut_or_goes_on_is_refused),
		cmocka_unit_test(a_boot_file_is_never_in_the_agency_s_folder),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
