#include "tests/test.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "tests/support/folder.h"
#include "tests/support/logged.h"
#include "tests/support/recorder.h"
#include "tests/support/safe.h"
#include "vault/call.h"
#include "vault/header.h"
#include "vault/keeper.h"
#include "vault/serve.h"

static struct vault_answer ask(const struct safe *safe,
			       struct vault_request request)
{
	struct vault_answer answer;

	keeper_do(&safe->place, &request, &answer);
	return answer;
}

static void expect(const struct safe *safe, struct vault_request request,
		   enum vault_result result, enum vault_state state)
{
	struct vault_answer answer = ask(safe, request);

	assert_int_equal(answer.result, result);
	assert_int_equal(answer.state, state);
}

#define ASK ((struct vault_request){ .verb = VAULT_ASK })
#define MAKE(text) \
	((struct vault_request){ .verb = VAULT_MAKE, .passphrase = text })
#define OPEN(text) \
	((struct vault_request){ .verb = VAULT_OPEN, .passphrase = text })
#define CLOSE ((struct vault_request){ .verb = VAULT_CLOSE })
#define CHANGE(old, new)         \
	((struct vault_request){ \
	    .verb = VAULT_CHANGE, .passphrase = old, .new_passphrase = new })

static void a_box_is_made_opened_and_closed_by_its_passphrase(void **state)
{
	struct safe safe;
	SCOPED(char_freep) char *ran = NULL;

	(void)state;
	safe_init(&safe, false);
	expect(&safe, ASK, VAULT_DONE, VAULT_EMPTY);
	expect(&safe, OPEN("one"), VAULT_REFUSED, VAULT_EMPTY);
	expect(&safe, MAKE("one; rm -rf $HOME"), VAULT_DONE, VAULT_OPENED);
	expect(&safe, MAKE("two"), VAULT_REFUSED, VAULT_OPENED);
	expect(&safe, CLOSE, VAULT_DONE, VAULT_CLOSED);
	/* What is there is never made anew. */
	expect(&safe, MAKE("two"), VAULT_REFUSED, VAULT_CLOSED);
	expect(&safe, OPEN("two"), VAULT_WRONG, VAULT_CLOSED);
	expect(&safe, OPEN("one; rm -rf $HOME"), VAULT_DONE, VAULT_OPENED);
	expect(&safe, CHANGE("two", "three"), VAULT_WRONG, VAULT_OPENED);
	expect(&safe, CHANGE("one; rm -rf $HOME", "three"), VAULT_DONE,
	       VAULT_OPENED);
	expect(&safe, CLOSE, VAULT_DONE, VAULT_CLOSED);
	expect(&safe, OPEN("three"), VAULT_DONE, VAULT_OPENED);
	/* No passphrase was ever an argument. */
	ran = safe_ran(&safe);
	assert_null(strstr(ran, "one"));
	assert_null(strstr(ran, "three"));
	assert_non_null(strstr(ran, "mkfs.ext4 "));
	safe_done(&safe);
}

static void a_box_that_lost_power_while_it_was_made_is_made_anew(void **state)
{
	struct safe safe;
	SCOPED(char_freep) char *before = NULL;
	SCOPED(char_freep) char *after = NULL;
	SCOPED(char_freep) char *mkfs = NULL;

	(void)state;
	safe_init(&safe, false);
	/* The file system cannot be made: as if power went there. */
	mkfs = xasprintf("%s.away", safe.place.mkfs);
	assert_int_equal(rename(safe.place.mkfs, mkfs), 0);
	logged_start();
	expect(&safe, MAKE("one"), VAULT_FAILED, VAULT_EMPTY);
	logged_stop();
	assert_int_equal(rename(mkfs, safe.place.mkfs), 0);
	expect(&safe, OPEN("one"), VAULT_REFUSED, VAULT_EMPTY);
	expect(&safe, MAKE("two"), VAULT_DONE, VAULT_OPENED);
	before = safe_ran(&safe);
	/* And never again. */
	expect(&safe, CLOSE, VAULT_DONE, VAULT_CLOSED);
	expect(&safe, MAKE("three"), VAULT_REFUSED, VAULT_CLOSED);
	expect(&safe, OPEN("two"), VAULT_DONE, VAULT_OPENED);
	after = safe_ran(&safe);
	assert_null(strstr(after + strlen(before), "mkfs.ext4 "));
	safe_done(&safe);
}

/* The header is there, but no passphrase opens it yet. */
static void a_header_without_a_passphrase_is_made_anew(void **state)
{
	static const char head[40] = "LUKS\xBA\xBE\0\2";
	struct safe safe;
	int file;

	(void)state;
	safe_init(&safe, false);
	file = open(safe.place.device, O_WRONLY | O_CLOEXEC);
	assert_int_equal(pwrite(file, head, sizeof head, 0), sizeof head);
	assert_int_equal(
	    pwrite(file, VAULT_LABEL_MAKING, strlen(VAULT_LABEL_MAKING), 24),
	    strlen(VAULT_LABEL_MAKING));
	close(file);
	expect(&safe, ASK, VAULT_DONE, VAULT_EMPTY);
	expect(&safe, MAKE("one"), VAULT_DONE, VAULT_OPENED);
	safe_done(&safe);
}

/* What a cut after count writes, and some of what is not finished, leaves. */
static void leave(const struct safe *safe, const struct recorded *list,
		  size_t count, bool some)
{
	uint8_t *bytes = xcalloc(1, SAFE_PARTITION);
	int file = open(safe->place.device, O_WRONLY | O_CLOEXEC);

	recorder_play(list, count, some ? list[count].length / 2 : 0, bytes);
	assert_int_equal(pwrite(file, bytes, SAFE_PARTITION, 0),
			 SAFE_PARTITION);
	close(file);
	free(bytes);
}

static void a_box_that_lost_power_at_any_write_is_made_anew(void **state)
{
	const struct recorded *list;
	struct safe safe;
	size_t count;

	(void)state;
	safe_init(&safe, false);
	recorder_start(safe.place.device);
	assert_true(header_make(&safe.place, "one"));
	count = recorder_stop(&list);
	/* The sector with the label, alone; then the rest. */
	assert_int_equal(count, 4);
	assert_int_equal(list[0].length, 512);
	assert_null(list[1].data);
	for (size_t i = 0; i <= count; i++) {
		leave(&safe, list, i, i < count && i > 0 && list[i].data);
		expect(&safe, ASK, VAULT_DONE, VAULT_EMPTY);
	}
	assert_false(file_exists(safe.place.header));
	expect(&safe, MAKE("two"), VAULT_DONE, VAULT_OPENED);
	recorder_done();
	safe_done(&safe);
}

static void data_that_stay_open_are_told_and_closed_later(void **state)
{
	struct safe safe;

	(void)state;
	safe_init(&safe, false);
	expect(&safe, MAKE("one"), VAULT_DONE, VAULT_OPENED);
	safe_jam(&safe, true);
	logged_start();
	expect(&safe, CLOSE, VAULT_FAILED, VAULT_UNLOCKED);
	expect(&safe, OPEN("one"), VAULT_REFUSED, VAULT_UNLOCKED);
	expect(&safe, CHANGE("one", "two"), VAULT_REFUSED, VAULT_UNLOCKED);
	expect(&safe, CLOSE, VAULT_FAILED, VAULT_UNLOCKED);
	logged_stop();
	safe_jam(&safe, false);
	expect(&safe, CLOSE, VAULT_DONE, VAULT_CLOSED);
	expect(&safe, OPEN("one"), VAULT_DONE, VAULT_OPENED);
	safe_done(&safe);
}

static void what_is_on_the_partition_is_never_written_over(void **state)
{
	struct safe safe;
	int file;

	(void)state;
	safe_init(&safe, false);
	file = open(safe.place.device, O_WRONLY | O_CLOEXEC);
	assert_int_equal(pwrite(file, "x", 1, VAULT_LOOKED_AT - 1), 1);
	close(file);
	expect(&safe, ASK, VAULT_DONE, VAULT_FOREIGN);
	expect(&safe, MAKE("one"), VAULT_REFUSED, VAULT_FOREIGN);
	assert_int_equal(unlink(safe.place.device), 0);
	expect(&safe, ASK, VAULT_DONE, VAULT_MISSING);
	safe_done(&safe);
}

static void a_stick_is_mounted_by_a_name_that_the_kernel_lists(void **state)
{
	struct vault_request mount = { .verb = VAULT_MOUNT_STICK,
				       .stick = "sda1" };
	struct vault_request unmount = { .verb = VAULT_UNMOUNT_STICK };
	struct vault_answer answer;
	struct safe safe;

	(void)state;
	safe_init(&safe, false);
	expect(&safe, mount, VAULT_NOT_THERE, VAULT_EMPTY);
	safe_plug(&safe, true);
	answer = ask(&safe, ASK);
	assert_int_equal(answer.stick_count, 1);
	assert_string_equal(answer.sticks[0].name, "sda1");
	assert_string_equal(answer.sticks[0].label, "FOYER");
	assert_int_equal(answer.sticks[0].size, 8192 * 512);
	answer = ask(&safe, mount);
	assert_int_equal(answer.result, VAULT_DONE);
	assert_true(answer.mounted);
	assert_int_equal(answer.stick_count, 1);
	assert_int_equal(ask(&safe, mount).result, VAULT_REFUSED);
	answer = ask(&safe, unmount);
	assert_int_equal(answer.result, VAULT_DONE);
	assert_false(answer.mounted);
	safe_plug(&safe, false);
	assert_int_equal(ask(&safe, ASK).stick_count, 0);
	safe_done(&safe);
}

static int refuse_writing(const char *device, const char *where,
			  const char *type, unsigned long flags,
			  const void *data)
{
	(void)device;
	(void)where;
	(void)type;
	(void)data;
	if (flags & MS_RDONLY)
		return 0;
	errno = EACCES;
	return -1;
}

static void a_locked_stick_is_mounted_to_be_read(void **state)
{
	struct vault_request request = { .verb = VAULT_MOUNT_STICK,
					 .stick = "sda1" };
	struct vault_answer answer;
	struct safe safe;

	(void)state;
	safe_init(&safe, false);
	safe_plug(&safe, true);
	safe.place.mount_at = refuse_writing;
	keeper_do(&safe.place, &request, &answer);
	assert_int_equal(answer.result, VAULT_DONE);
	safe_done(&safe);
}

static void the_disk_that_the_box_runs_from_is_no_stick(void **state)
{
	struct safe safe;
	SCOPED(char_freep) char *table = NULL;

	(void)state;
	safe_init(&safe, false);
	safe_plug(&safe, true);
	table = xasprintf("%s/sda3 / squashfs ro 0 0\n", safe.place.nodes);
	assert_int_equal(
	    file_write(safe.place.mounts, table, strlen(table), 0600),
	    FAULT_NONE);
	assert_int_equal(ask(&safe, ASK).stick_count, 0);
	safe_done(&safe);
}

static void a_whole_card_is_lent_while_nothing_of_it_is_mounted(void **state)
{
	struct vault_request lend = { .verb = VAULT_LEND_CARD, .stick = "sdb" };
	struct vault_request take = { .verb = VAULT_TAKE_CARD, .stick = "sdb" };
	struct vault_answer answer;
	struct safe safe;
	SCOPED(char_freep) char *node = NULL;
	SCOPED(char_freep) char *part = NULL;

	(void)state;
	safe_init(&safe, false);
	expect(&safe, lend, VAULT_NOT_THERE, VAULT_EMPTY);
	node = safe_plug_card(&safe, UINT64_C(31914983424));
	answer = ask(&safe, ASK);
	assert_int_equal(answer.card_count, 1);
	assert_string_equal(answer.cards[0].name, "sdb");
	assert_string_equal(answer.cards[0].label, "MassStorageClass");
	assert_true(answer.cards[0].size == UINT64_C(31914983424));
	expect(&safe, lend, VAULT_DONE, VAULT_EMPTY);
	expect(&safe, take, VAULT_DONE, VAULT_EMPTY);
	/* The box's own, or a stick that is in use. */
	part = xasprintf("%s1", node);
	assert_int_equal(
	    safe.place.mount_at(part, safe.place.stick, "vfat", 0, NULL), 0);
	assert_int_equal(ask(&safe, ASK).card_count, 0);
	expect(&safe, lend, VAULT_NOT_THERE, VAULT_EMPTY);
	safe_done(&safe);
}

/* What owner a node had, and has while it is lent. */
static void a_lent_card_is_the_desk_s_until_it_is_taken_back(void **state)
{
	struct vault_request lend = { .verb = VAULT_LEND_CARD, .stick = "sdb" };
	struct vault_request take = { .verb = VAULT_TAKE_CARD, .stick = "sdb" };
	struct stat about;
	struct safe safe;
	SCOPED(char_freep) char *node = NULL;

	(void)state;
	if (geteuid()) {
		print_message("not root: nobody can be given anything\n");
		skip();
	}
	safe_init(&safe, false);
	safe.place.owner = 12345;
	node = safe_plug_card(&safe, 1 << 20);
	expect(&safe, lend, VAULT_DONE, VAULT_EMPTY);
	assert_int_equal(stat(node, &about), 0);
	assert_int_equal(about.st_uid, 12345);
	expect(&safe, take, VAULT_DONE, VAULT_EMPTY);
	assert_int_equal(stat(node, &about), 0);
	assert_int_equal(about.st_uid, 0);
	safe_done(&safe);
}

static void the_clock_is_set_and_the_box_switched_off_closed(void **state)
{
	struct vault_request time = { .verb = VAULT_SET_TIME,
				      .seconds = VAULT_EARLIEST };
	struct vault_request off = { .verb = VAULT_POWER_OFF };
	struct safe safe;
	SCOPED(char_freep) char *ran = NULL;

	(void)state;
	safe_init(&safe, false);
	expect(&safe, MAKE("one"), VAULT_DONE, VAULT_OPENED);
	expect(&safe, time, VAULT_DONE, VAULT_OPENED);
	assert_int_equal(safe_clock(), VAULT_EARLIEST);
	expect(&safe, off, VAULT_DONE, VAULT_CLOSED);
	ran = safe_ran(&safe);
	assert_non_null(strstr(ran, "systemctl poweroff"));
	safe_done(&safe);
}

/* --- with the real program ------------------------------------------------ */

static bool opens(const struct safe *safe, const char *passphrase)
{
	SCOPED(char_freep)
	char *command = xasprintf("printf '%%s' '%s' | /usr/sbin/cryptsetup "
				  "open --test-passphrase --key-file=- %s "
				  "2>/dev/null",
				  passphrase, safe->place.device);

	return system(command) == 0;
}

/* Opening it for good takes device-mapper and root: a person's part. Here the
 * file is formatted, and its passphrase tried and changed. */
static void cryptsetup_takes_what_it_is_given(void **state)
{
	struct vault_answer answer;
	struct safe safe;

	(void)state;
	if (!file_exists("/usr/sbin/cryptsetup")) {
		print_message("no cryptsetup here: not tried\n");
		skip();
	}
	safe_init(&safe, true);
	logged_start();
	answer = ask(&safe, MAKE("lamo riku tesa"));
	logged_stop();
	if (answer.result == VAULT_DONE)
		(void)ask(&safe, CLOSE);
	/* What could not be opened was not made to its end. */
	assert_int_equal(ask(&safe, ASK).state, answer.result == VAULT_DONE
						    ? VAULT_CLOSED
						    : VAULT_EMPTY);
	assert_true(opens(&safe, "lamo riku tesa"));
	assert_false(opens(&safe, "lamo riku"));
	/* Mounted, as far as the table says. */
	assert_int_equal(safe.place.mount_at(safe.place.mapper,
					     safe.place.mount, "ext4", 0, NULL),
			 0);
	expect(&safe, CHANGE("other", "new"), VAULT_WRONG, VAULT_OPENED);
	expect(&safe, CHANGE("lamo riku tesa", "soli pane"), VAULT_DONE,
	       VAULT_OPENED);
	assert_true(opens(&safe, "soli pane"));
	assert_false(opens(&safe, "lamo riku tesa"));
	safe_done(&safe);
}

/* --- over the socket ------------------------------------------------------ */

static struct vault_answer call(const char *path, struct vault_request request)
{
	SCOPED(vault_call_freep)
	struct vault_call *asked = vault_call_new(path, &request);
	struct vault_answer answer;
	enum vault_heard heard;

	while ((heard = vault_call_look(asked, &answer)) == VAULT_WAITING)
		usleep(1000);
	assert_int_equal(heard, VAULT_HEARD);
	return answer;
}

static void the_desk_asks_over_a_socket_that_only_it_may_use(void **state)
{
	struct safe safe;
	SCOPED(char_freep) char *path = NULL;
	struct vault_call *silent;
	struct vault_answer answer;
	struct vault_request refused = { .verb = VAULT_OPEN };
	int listener;
	pid_t helper;

	(void)state;
	safe_init(&safe, false);
	path = folder_file(safe.folder, "socket");
	logged_start();
	silent = vault_call_new(path, &refused);
	logged_stop();
	assert_int_equal(vault_call_look(silent, &answer), VAULT_SILENT);
	vault_call_free(silent);
	assert_int_equal(serve_open(path, &safe.place, &listener), FAULT_NONE);
	helper = fork();
	if (!helper) {
		for (int i = 0; i < 3; i++)
			serve_one(listener, &safe.place);
		_exit(0);
	}
	assert_int_equal(call(path, ASK).state, VAULT_EMPTY);
	/* An empty passphrase is no request. */
	assert_int_equal(call(path, refused).result, VAULT_REFUSED);
	assert_int_equal(call(path, MAKE("one")).state, VAULT_OPENED);
	assert_int_equal(waitpid(helper, NULL, 0), helper);
	close(listener);
	safe_done(&safe);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_box_is_made_opened_and_closed_by_its_passphrase),
		cmocka_unit_test(
		    a_box_that_lost_power_while_it_was_made_is_made_anew),
		cmocka_unit_test(a_header_without_a_passphrase_is_made_anew),
		cmocka_unit_test(
		    a_box_that_lost_power_at_any_write_is_made_anew),
		cmocka_unit_test(data_that_stay_open_are_told_and_closed_later),
		cmocka_unit_test(
		    what_is_on_the_partition_is_never_written_over),
		cmocka_unit_test(
		    a_stick_is_mounted_by_a_name_that_the_kernel_lists),
		cmocka_unit_test(a_locked_stick_is_mounted_to_be_read),
		cmocka_unit_test(the_disk_that_the_box_runs_from_is_no_stick),
		cmocka_unit_test(
		    a_whole_card_is_lent_while_nothing_of_it_is_mounted),
		cmocka_unit_test(
		    a_lent_card_is_the_desk_s_until_it_is_taken_back),
		cmocka_unit_test(
		    the_clock_is_set_and_the_box_switched_off_closed),
		cmocka_unit_test(cryptsetup_takes_what_it_is_given),
		cmocka_unit_test(
		    the_desk_asks_over_a_socket_that_only_it_may_use),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
