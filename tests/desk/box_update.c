#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "seal/key.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/support/release.h"
#include "tests/support/sitting.h"
#include "vault/message.h"

/* A kiosk's card in the box's reader, and a stick with releases, of which the
 * box trusts who signed them. */
#define ROW 4 /* of the box's list */
#define CARD_SIZE UINT64_C(31914983424)

struct table {
	struct sitting *sitting;
	struct seat *sam;
	char *card; /* a file that holds what the card would */
};

/* Made once: writing them takes longer than all that is done here. */
static struct {
	char *folder, *data, *flash, *used;
	bool ready;
} made;

static void make_releases(void)
{
	SCOPED(char_freep) char *old = NULL;
	SCOPED(char_freep) char *new = NULL;
	SCOPED(char_freep) char *key = NULL;
	SCOPED(char_freep) char *keys = NULL;
	struct release release;
	struct output output;

	made.folder = folder_new();
	made.data = folder_file(made.folder, "share");
	made.used = folder_file(made.folder, "used");
	made.flash = xasprintf("%s/foyer-flash", getenv("FOYER_BUILD"));
	keys = xasprintf("%s/kiosk-image/keys", made.data);
	assert_int_equal(folder_make(keys), FAULT_NONE);
	key = release_key_file(keys);
	old = release_make(made.folder, "kiosk", "1.0", "old", "");
	new = release_make(made.folder, "kiosk", "1.1", "new", "");
	output = program_run("", "foyer-flash write %s %s --yes --key %s", old,
			     made.used, key);
	assert_int_equal(output.status, 0);
	output_done(&output);
	release = release_of_test(old);
	release_use(made.used, &release.manifest);
	release_done(&release);
}

static int prepare(void **state)
{
	(void)state;
	if (access("/dev/shm", W_OK) == 0)
		setenv("TMPDIR", "/dev/shm", 0);
	made.ready = release_tools();
	if (made.ready)
		make_releases();
	return 0;
}

static int clear(void **state)
{
	(void)state;
	if (made.ready)
		folder_remove(made.folder);
	free(made.folder);
	free(made.data);
	free(made.flash);
	free(made.used);
	return 0;
}

static int start(void **state)
{
	struct table *on = xcalloc(1, sizeof *on);

	*state = on;
	if (!made.ready)
		return 0;
	assert_int_equal(sitting_open((void **)&on->sitting), 0);
	on->sam = on->sitting->sam;
	on->sam->desk.flash = made.flash;
	on->card = safe_plug_card(&on->sitting->boxed.safe, CARD_SIZE);
	release_shell("cp --sparse=always %s %s", made.used, on->card);
	/* The program's own; the desk has read its words. */
	setenv("FOYER_DATA", made.data, 1);
	return 0;
}

static int stop(void **state)
{
	struct table *on = *state;

	unsetenv("FOYER_DATA");
	if (made.ready)
		sitting_close((void **)&on->sitting);
	free(on->card);
	free(on);
	return 0;
}

static void put_on_stick(const struct table *on, const char *version)
{
	release_shell("cp --sparse=always %1$s/%2$s.img %1$s/%2$s.release %3$s",
		      made.folder, version,
		      on->sitting->boxed.safe.place.stick);
}

/* Until the stick's release is read and the card can be chosen. */
static void come_to_cards(struct seat *sam)
{
	sitting_row(sam, ROW);
	sitting_wait(sam, "FOYER, 1 GB (sda1)");
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "Nothing is written to it");
	seat_press(sam, UI_KEY_ENTER);
}

static void hash_card(const struct table *on, uint8_t hash[KEY_HASH_BYTES])
{
	struct bytes data = { 0 };

	assert_int_equal(file_read(on->card, 64 << 20, &data), FAULT_NONE);
	key_hash_plain(data.data, data.length, hash);
	bytes_done(&data);
}

static void has_version(const struct table *on, const char *version)
{
	struct output output =
	    program_run("", "foyer-flash check %s", on->card);

	assert_int_equal(output.status, 0);
	assert_non_null(strstr(output.out, version));
	output_done(&output);
}

static void a_used_card_is_updated_by_menu(void **state)
{
	struct table *on = *state;
	struct seat *sam = on->sam;
	uint8_t before[KEY_HASH_BYTES], after[KEY_HASH_BYTES];

	if (!made.ready)
		skip();
	put_on_stick(on, "1.1");
	hash_card(on, before);
	come_to_cards(sam);
	sitting_wait(sam, "MassStorageClass, 32 GB (sdb)");
	seat_press(sam, UI_KEY_ENTER);
	sitting_wait(sam, "is a kiosk’s card with version 1.0. Make it version "
			  "1.1?");
	seat_golden(sam, "desk-box-update-80x24");
	sam->rows = 14;
	sam->columns = 60;
	seat_golden(sam, "desk-box-update-60x14");
	sam->rows = 24;
	sam->columns = 80;
	/* Not yet. */
	seat_press(sam, UI_KEY_ESCAPE);
	sitting_wait(sam, "Nothing was written.");
	hash_card(on, after);
	assert_memory_equal(before, after, sizeof after);
	seat_type(sam, "r");
	sitting_wait(sam, "(sdb)");
	seat_press(sam, UI_KEY_ENTER);
	sitting_wait(sam, "Make it version 1.1?");
	seat_press(sam, UI_KEY_ENTER);
	/* It is not left now, even by a lock. */
	seat_press(sam, UI_KEY_ESCAPE);
	seat_sees(sam, "do not pull out card or stick");
	assert_true(stack_held(&sam->desk.stack, 1) > 1);
	sitting_wait(sam,
		     "Done: MassStorageClass, 32 GB (sdb) has version 1.1");
	has_version(on, "version 1.1");
	seat_press(sam, UI_KEY_ESCAPE);
	sitting_wait(sam, "You may pull the stick");
}

static void a_card_that_must_stay_is_left_as_it_is(void **state)
{
	static const struct {
		const char *version, *spoils, *says;
	} rows[] = {
		{ "1.0",
		  "printf 'variant kiosk\nversion 1.1\n' | "
		  "mcopy -o -i %s@@4M - ::/version.txt",
		  "has a newer version than this release" },
		{ "1.1", "mkfs.vfat %s >/dev/null",
		  "Something that is not Foyer’s" },
		{ "1.1", "sfdisk -q --disk-id %s 0x1",
		  "not laid out as this release is" },
		{ "1.1", "truncate -s 40M %s",
		  "is too small for this release" },
	};
	struct table *on = *state;
	struct seat *sam = on->sam;

	if (!made.ready)
		skip();
	for (size_t i = 0; i < COUNT(rows); i++) {
		uint8_t before[KEY_HASH_BYTES], after[KEY_HASH_BYTES];

		release_shell("rm -f %s/*",
			      on->sitting->boxed.safe.place.stick);
		put_on_stick(on, rows[i].version);
		release_shell("cp --sparse=always %s %s", made.used, on->card);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		release_shell(rows[i].spoils, on->card);
#pragma GCC diagnostic pop
		hash_card(on, before);
		come_to_cards(sam);
		sitting_wait(sam, "(sdb)");
		seat_press(sam, UI_KEY_ENTER);
		sitting_wait(sam, rows[i].says);
		hash_card(on, after);
		assert_memory_equal(before, after, sizeof after);
		for (int back = 0; back < 3; back++) {
			seat_press(sam, UI_KEY_ESCAPE);
			if (!back)
				sitting_wait(sam, "You may pull the stick");
		}
	}
}

static void the_stick_and_the_card_are_asked_for(void **state)
{
	struct table *on = *state;
	struct seat *sam = on->sam;
	SCOPED(char_freep) char *link = NULL;

	if (!made.ready)
		skip();
	come_to_cards(sam);
	sitting_wait(sam, "There is no release on that stick");
	seat_press(sam, UI_KEY_ESCAPE);
	seat_press(sam, UI_KEY_ESCAPE);
	/* Of two releases one is chosen; then there is no card. */
	put_on_stick(on, "1.0");
	put_on_stick(on, "1.1");
	link = folder_file(on->sitting->boxed.safe.place.blocks, "sdb");
	assert_int_equal(unlink(link), 0);
	come_to_cards(sam);
	sitting_wait(sam, "1.0.release");
	seat_sees(sam, "1.1.release");
	seat_press(sam, UI_KEY_DOWN);
	seat_press(sam, UI_KEY_ENTER);
	sitting_wait(sam, "Put the kiosk’s card into a USB reader");
}

/* From now on the helper is who listens here. */
static int listen_in(struct seat *sam)
{
	struct sockaddr_un here = { .sun_family = AF_UNIX };
	const int listener = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);

	snprintf(here.sun_path, sizeof here.sun_path, "%s/other", made.folder);
	assert_int_equal(bind(listener, (struct sockaddr *)&here, sizeof here),
			 0);
	assert_int_equal(listen(listener, 4), 0);
	sam->desk.vault = xstrdup(here.sun_path);
	return listener;
}

static struct vault_request next_request(int listener)
{
	struct vault_request request = { 0 };
	uint8_t message[VAULT_MESSAGE];
	const int asked = accept(listener, NULL, NULL);
	ssize_t length;

	assert_true(asked >= 0);
	length = recv(asked, message, sizeof message, 0);
	assert_true(length > 0 &&
		    vault_request_read(message, (size_t)length, &request));
	close(asked);
	return request;
}

static void who_signs_in_after_finds_no_card_lent(void **state)
{
	struct table *on = *state;
	struct seat *sam = on->sam;
	const char *helper;
	struct vault_request request;
	int listener;

	if (!made.ready)
		skip();
	put_on_stick(on, "1.1");
	come_to_cards(sam);
	sitting_wait(sam, "(sdb)");
	seat_press(sam, UI_KEY_ENTER);
	sitting_wait(sam, "Make it version 1.1?");
	helper = sam->desk.vault;
	listener = listen_in(sam);
	desk_lock(&sam->desk);
	memcpy(sam->desk.staff.user, "Ana", sizeof "Ana");
	assert_false(desk_take_up(&sam->desk));
	request = next_request(listener);
	assert_int_equal(request.verb, VAULT_TAKE_CARD);
	assert_string_equal(request.stick, "sdb");
	request = next_request(listener);
	assert_int_equal(request.verb, VAULT_UNMOUNT_STICK);
	free((char *)sam->desk.vault);
	sam->desk.vault = helper;
	close(listener);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, start, stop)
	static const struct CMUnitTest tests[] = {
		TEST(a_used_card_is_updated_by_menu),
		TEST(a_card_that_must_stay_is_left_as_it_is),
		TEST(the_stick_and_the_card_are_asked_for),
		TEST(who_signs_in_after_finds_no_card_lent),
	};

	return cmocka_run_group_tests(tests, prepare, clear);
}
