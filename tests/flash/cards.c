#include "tests/test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "seal/key.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/support/release.h"

/* foyer-flash as a person uses it, on files that hold what cards would. */
struct table {
	char *folder, *key, *card;
	char *old, *new, *desk; /* releases */
	bool ready;
};

static struct table on;

static void hash_file(const char *path, uint8_t hash[KEY_HASH_BYTES])
{
	struct bytes data = { 0 };

	assert_int_equal(file_read(path, 64 << 20, &data), FAULT_NONE);
	key_hash_plain(data.data, data.length, hash);
	bytes_done(&data);
}

/* A card in use, with the old release. */
static void begin_with_used_card(void)
{
	release_shell("cp --sparse=always %s/used %s", on.folder, on.card);
}

/* --- what is refused ------------------------------------------------------ */

/* What is wrong with a card or release, in words and in one for a program;
 * %1$s is the folder. */
static const struct {
	const char *spoils, *card, *release, *end, *says;
} refusals[] = {
	{ "sed 's/^name Test/name Best/' %1$s/1.1.release >%1$s/x.release",
	  "card", "x.release", "release", "its signature is wrong" },
	{ "sed 's/^size .*/size 7/' %1$s/1.1.release >%1$s/x.release", "card",
	  "x.release", "release",
	  "line 6: its image's size should stand here" },
	{ "sed 's/^image .*/image none/' %1$s/1.1.release >%1$s/x.release",
	  "card", "x.release", "release", "its signature is wrong" },
	{ "true", "card", "1.1.img", "release", "give the release's text" },
	{ "true", "card", "none.release", "release", "none.release" },
	{ "true", "card", "1.0.release", "older",
	  "has version 1.1, and this release is 1.0, which is older" },
	{ "true", "card", "2.0.release", "variant",
	  "is a \"kiosk\", and this release is a \"desk\"" },
	{ "mdel -i %1$s/card@@4M ::/version.txt", "card", "1.1.release",
	  "unknown", "does not say which version it has" },
	{ "mdeltree -i %1$s/card@@4M ::/foyer", "card", "1.1.release", "odd",
	  "the agency's folder \"foyer\" is missing" },
	{ "sfdisk -q --part-type %1$s/card 2 82", "card", "1.1.release", "odd",
	  "partition 2 is not where this release has it" },
	{ "sfdisk -q --disk-id %1$s/card 0x1", "card", "1.1.release", "odd",
	  "its table has another label-id" },
	{ "dd if=/dev/zero of=%1$s/card bs=1M seek=38 count=1 conv=notrunc "
	  "status=none",
	  "card", "1.1.release", "odd",
	  "partition 2 should hold ext4 and holds blank" },
	{ "i=0; for s in 26M 1M 100k 10k 1k; do head -c $s /dev/zero >%1$s/f; "
	  "while mcopy -i %1$s/card@@4M %1$s/f ::/foyer/f$i 2>/dev/null; do "
	  "i=$((i + 1)); done; done",
	  "card", "1.1.release", "full", "has no room for" },
	{ "truncate -s 10M %1$s/small", "small", "1.1.release", "small",
	  "is too small: it has 10.5 MB, and this release needs 43.0 MB" },
	{ "truncate -s 50M %1$s/other; mke2fs -q %1$s/other", "other",
	  "1.1.release", "foreign", "is no card of Foyer's: ext2 is on it" },
	{ "true", "none/card", "1.1.release", "card", "is not there" },
	{ "mkdir %1$s/folder", "folder", "1.1.release", "card", "folder" },
};

static void what_cannot_be_right_is_refused_and_writes_nothing(void **state)
{
	(void)state;
	if (!on.ready)
		skip();
	for (size_t i = 0; i < COUNT(refusals); i++) {
		SCOPED(char_freep)
		char *end = xasprintf("end %s\n", refusals[i].end);
		SCOPED(char_freep)
		char *path = folder_file(on.folder, refusals[i].card);
		uint8_t before[KEY_HASH_BYTES], after[KEY_HASH_BYTES];
		struct output output;

		begin_with_used_card();
		if (strstr(refusals[i].says, "has version"))
			release_shell("printf 'variant kiosk\\nversion 1.1\\n' "
				      "| mcopy -o -i %s@@4M - ::/version.txt",
				      on.card);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		release_shell(refusals[i].spoils, on.folder);
#pragma GCC diagnostic pop
		if (file_exists(path) && strcmp(refusals[i].card, "folder"))
			hash_file(path, before);
		output =
		    program_run("",
				"foyer-flash write %s/%s %s --yes "
				"--lines --key %s",
				on.folder, refusals[i].release, path, on.key);
		if (!output.status || !strstr(output.err, refusals[i].says) ||
		    !strstr(output.out, end))
			fail_msg("%zu: status %d: %s%s", i, output.status,
				 output.out, output.err);
		if (file_exists(path) && strcmp(refusals[i].card, "folder")) {
			hash_file(path, after);
			assert_memory_equal(before, after, sizeof after);
		}
		output_done(&output);
	}
}

static void a_program_asks_the_person_itself(void **state)
{
	static const struct {
		const char *answer, *said;
		int status;
	} answers[] = {
		{ "", "card used 1.0 kiosk 1.1\nend no\n", 1 },
		{ "no\n", "card used 1.0 kiosk 1.1\nend no\n", 1 },
		{ "yes\n",
		  "card used 1.0 kiosk 1.1\ndoing 2 Checking the release\n",
		  0 },
	};

	(void)state;
	if (!on.ready)
		skip();
	begin_with_used_card();
	for (size_t i = 0; i < COUNT(answers); i++) {
		struct output output =
		    program_run(answers[i].answer,
				"foyer-flash write %s %s --lines --key %s",
				on.new, on.card, on.key);
		size_t length = strlen(answers[i].said);

		assert_int_equal(output.status, answers[i].status);
		assert_true(strlen(output.out) >= length);
		assert_memory_equal(output.out, answers[i].said, length);
		if (!output.status) {
			assert_non_null(
			    strstr(output.out, "doing 100 Writing\n"));
			assert_non_null(strstr(output.out, "\nend done\n"));
		}
		output_done(&output);
	}
}

static void an_image_that_was_damaged_writes_nothing(void **state)
{
	uint8_t before[KEY_HASH_BYTES], after[KEY_HASH_BYTES];
	struct output output;

	(void)state;
	if (!on.ready)
		skip();
	begin_with_used_card();
	hash_file(on.card, before);
	/* In the root, near its end. */
	release_shell("cp --sparse=always %1$s/1.1.img %1$s/whole; printf x | "
		      "dd of=%1$s/1.1.img bs=1 seek=42000000 conv=notrunc "
		      "status=none",
		      on.folder);
	output = program_run("", "foyer-flash write %s %s --yes --key %s",
			     on.new, on.card, on.key);
	assert_int_equal(output.status, 1);
	assert_non_null(strstr(output.err, "is not the image of \"Test new\" "
					   "(its hash is another one)"));
	hash_file(on.card, after);
	assert_memory_equal(before, after, sizeof after);
	release_shell("mv %1$s/whole %1$s/1.1.img", on.folder);
	output_done(&output);
}

static void nobody_who_is_not_asked_says_yes(void **state)
{
	struct output output;

	(void)state;
	if (!on.ready)
		skip();
	begin_with_used_card();
	output = program_run("yes\n", "foyer-flash write %s %s --key %s",
			     on.new, on.card, on.key);
	assert_int_equal(output.status, 1);
	assert_non_null(strstr(output.err, "Foyer kiosk, version 1.0"));
	assert_non_null(strstr(output.err,
			       "kept     the folder \"foyer\", all of "
			       "partition 2"));
	assert_non_null(strstr(output.err, "give --yes"));
	output_done(&output);
	/* A key that this computer does not have is told by its number. */
	output =
	    program_run("", "foyer-flash write %s %s --yes", on.new, on.card);
	assert_int_equal(output.status, 1);
	assert_non_null(strstr(output.err, "does not trust"));
	output_done(&output);
}

/* --- what is done --------------------------------------------------------- */

static void run(const char *what, const char *release, const char *options,
		int status, const char *says)
{
	struct output output;

	if (release)
		output = program_run("", "foyer-flash %s %s %s --key %s %s",
				     what, release, on.card, on.key, options);
	else
		output = program_run("", "foyer-flash %s %s --key %s %s", what,
				     on.card, on.key, options);
	if (output.status != status ||
	    (!strstr(output.out, says) && !strstr(output.err, says)))
		fail_msg("%s: status %d: %s%s", what, output.status, output.out,
			 output.err);
	output_done(&output);
}

static void a_card_goes_forward_and_back_and_check_says_what_it_is(void **state)
{
	(void)state;
	if (!on.ready)
		skip();
	begin_with_used_card();
	run("check", NULL, "", 0, "variant kiosk, version 1.0");
	run("write", on.new, "--yes", 0, "is written and was read back");
	run("check", NULL, "", 0, "variant kiosk, version 1.1");
	run("write", on.old, "--yes --older", 0, "which is OLDER");
	run("check", NULL, "", 0, "variant kiosk, version 1.0");
	release_shell("mcopy -i %s@@4M ::/foyer/foyer.ini - | grep -q Accueil",
		      on.card);
	/* One bit of the root, and one boot file. */
	release_shell("printf x | dd of=%s bs=1 seek=42000000 conv=notrunc "
		      "status=none",
		      on.card);
	run("check", NULL, "", 1, "partition 3: not the release's");
	run("write", on.old, "--yes", 0, "is written and was read back");
	release_shell("echo x | mcopy -o -i %s@@4M - ::/config.txt", on.card);
	run("check", NULL, "", 1, "config.txt: not the release's");
}

/* Its table is another one, and its data is blank until a passphrase is set. */
static void a_card_becomes_another_device_only_as_a_new_one(void **state)
{
	(void)state;
	if (!on.ready)
		skip();
	begin_with_used_card();
	release_shell("truncate -s 60M %s", on.card);
	run("write", on.desk, "--yes --new", 0, "NOTHING: all that is on it");
	run("check", NULL, "", 0, "variant desk, version 2.0");
	run("write", on.desk, "--yes", 0, "all of partition 2");
	run("write", on.new, "--yes", 1, "is a \"desk\"");
}

/* --- once ----------------------------------------------------------------- */

static int start(void **state)
{
	struct output output;
	struct release release;

	(void)state;
	on.ready = release_tools();
	if (!on.ready)
		return 0;
	on.folder = folder_new();
	on.key = release_key_file(on.folder);
	on.card = folder_file(on.folder, "card");
	on.old = release_make(on.folder, "kiosk", "1.0", "old", "");
	on.new = release_make(on.folder, "kiosk", "1.1", "new", "");
	on.desk = release_make(on.folder, "desk", "2.0", "desk", " 34 3 2");
	output = program_run("", "foyer-flash write %s %s/used --yes --key %s",
			     on.old, on.folder, on.key);
	assert_int_equal(output.status, 0);
	output_done(&output);
	release = release_of_test(on.old);
	release_shell("mv %1$s/used %1$s/card", on.folder);
	release_use(on.card, &release.manifest);
	release_shell("mv %1$s/card %1$s/used", on.folder);
	release_done(&release);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	if (on.ready)
		folder_remove(on.folder);
	free(on.folder);
	free(on.key);
	free(on.card);
	free(on.old);
	free(on.new);
	free(on.desk);
	return 0;
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    what_cannot_be_right_is_refused_and_writes_nothing),
		cmocka_unit_test(a_program_asks_the_person_itself),
		cmocka_unit_test(an_image_that_was_damaged_writes_nothing),
		cmocka_unit_test(nobody_who_is_not_asked_says_yes),
		cmocka_unit_test(
		    a_card_goes_forward_and_back_and_check_says_what_it_is),
		cmocka_unit_test(
		    a_card_becomes_another_device_only_as_a_new_one),
	};

	if (access("/dev/shm", W_OK) == 0)
		setenv("TMPDIR", "/dev/shm", 0);
	return cmocka_run_group_tests(tests, start, stop);
}
