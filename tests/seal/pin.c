#include "seal/pin.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "tests/support/folder.h"
#include "tests/support/logged.h"
#include "tests/test.h"

#define GOOD "482915"

static void a_pin_that_everybody_tries_first_is_refused(void **state)
{
	static const struct {
		const char *digits;
		enum pin_choice choice;
	} choices[] = {
		{ GOOD, PIN_GOOD },           { "0482915", PIN_GOOD },
		{ "739206184552", PIN_GOOD }, { "", PIN_LENGTH },
		{ "48291", PIN_LENGTH },      { "4829154829150", PIN_LENGTH },
		{ "48a915", PIN_LENGTH },     { "48 915", PIN_LENGTH },
		{ "000000", PIN_TRIVIAL },    { "123456", PIN_TRIVIAL },
		{ "987654", PIN_TRIVIAL },    { "890123", PIN_TRIVIAL },
		{ "246802", PIN_TRIVIAL },    { "121212", PIN_TRIVIAL },
		{ "483483", PIN_TRIVIAL },    { "112233", PIN_TRIVIAL },
		{ "111222", PIN_TRIVIAL },    { "477474", PIN_TRIVIAL },
		{ "250687", PIN_GOOD },       { "251987", PIN_TRIVIAL },
		{ "198704", PIN_TRIVIAL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(choices); i++) {
		if (pin_choose(choices[i].digits) != choices[i].choice)
			fail_msg("%s", choices[i].digits);
	}
}

struct scene {
	char *folder;
	struct pin *pin;
};

static void scene_init(struct scene *scene)
{
	scene->folder = folder_new();
	scene->pin = pin_new(scene->folder, 0);
	assert_false(pin_is_set(scene->pin));
	assert_int_equal(pin_set(scene->pin, GOOD, PIN_DEMO), FAULT_NONE);
	assert_true(pin_is_set(scene->pin));
}

static void scene_done(struct scene *scene)
{
	pin_free(scene->pin);
	folder_freep(&scene->folder);
}

static enum pin_answer try_at(struct scene *scene, const char *digits,
			      int64_t now)
{
	enum pin_answer answer;

	assert_int_equal(pin_try(scene->pin, digits, now, &answer), FAULT_NONE);
	return answer;
}

/* As the gate is opened once more. */
static void reopen_at(struct scene *scene, int64_t now)
{
	pin_free(scene->pin);
	scene->pin = pin_new(scene->folder, now);
}

/* As after a power cut: the clock begins anew. */
static void reopen(struct scene *scene)
{
	reopen_at(scene, 0);
}

static void the_right_one_is_right_and_others_are_not(void **state)
{
	struct scene scene;

	(void)state;
	scene_init(&scene);
	assert_int_equal(try_at(&scene, "482916", 0), PIN_WRONG);
	assert_int_equal(try_at(&scene, "", 0), PIN_WRONG);
	assert_int_equal(try_at(&scene, GOOD, 0), PIN_RIGHT);
	assert_false(folder_holds(scene.folder, GOOD));
	assert_int_equal(pin_set(scene.pin, "739206", PIN_DEMO), FAULT_NONE);
	assert_int_equal(try_at(&scene, GOOD, 0), PIN_WRONG);
	assert_int_equal(try_at(&scene, "739206", 0), PIN_RIGHT);
	scene_done(&scene);
}

static void wrong_ones_are_slowed_and_more_so_each_time(void **state)
{
	struct scene scene;

	(void)state;
	scene_init(&scene);
	for (int i = 0; i < PIN_FREE; i++)
		assert_int_equal(try_at(&scene, "111111", 1000), PIN_WRONG);
	assert_int_equal(pin_wait(scene.pin, 1000), 30000);
	/* Not even the right one is looked at. */
	assert_int_equal(try_at(&scene, GOOD, 30999), PIN_WAIT);
	assert_int_equal(try_at(&scene, "111111", 31000), PIN_WRONG);
	assert_int_equal(pin_wait(scene.pin, 31000), 60000);
	/* A right one ends it. */
	assert_int_equal(try_at(&scene, GOOD, 91000), PIN_RIGHT);
	assert_int_equal(pin_wait(scene.pin, 91000), 0);
	scene_done(&scene);
}

static void the_longest_wait_is_an_hour(void **state)
{
	struct scene scene;
	int64_t now = 0;

	(void)state;
	scene_init(&scene);
	for (int i = 0; i < 20; i++) {
		now += 60 * 60 * 1000;
		assert_int_equal(try_at(&scene, "111111", now), PIN_WRONG);
	}
	assert_int_equal(pin_wait(scene.pin, now), 60 * 60 * 1000);
	scene_done(&scene);
}

static void switching_off_gives_no_try_away(void **state)
{
	struct scene scene;

	(void)state;
	scene_init(&scene);
	for (int i = 0; i < PIN_FREE; i++) {
		assert_int_equal(try_at(&scene, "111111", 0), PIN_WRONG);
		reopen(&scene);
	}
	assert_int_equal(pin_wait(scene.pin, 0), 30000);
	assert_int_equal(try_at(&scene, GOOD, 29999), PIN_WAIT);
	reopen(&scene);
	assert_int_equal(pin_wait(scene.pin, 0), 30000);
	assert_int_equal(try_at(&scene, GOOD, 30000), PIN_RIGHT);
	reopen(&scene);
	assert_int_equal(pin_wait(scene.pin, 0), 0);
	scene_done(&scene);
}

static void a_wait_goes_on_when_the_gate_is_opened_again(void **state)
{
	struct scene scene;

	(void)state;
	scene_init(&scene);
	for (int i = 0; i < PIN_FREE; i++)
		assert_int_equal(try_at(&scene, "111111", 50000), PIN_WRONG);
	reopen_at(&scene, 60000);
	assert_int_equal(pin_wait(scene.pin, 60000), 20000);
	assert_int_equal(try_at(&scene, GOOD, 79999), PIN_WAIT);
	/* The machine was off: its clock is before that moment. */
	reopen_at(&scene, 40000);
	assert_int_equal(pin_wait(scene.pin, 40000), 30000);
	reopen_at(&scene, 80000);
	assert_int_equal(try_at(&scene, GOOD, 80000), PIN_RIGHT);
	scene_done(&scene);
}

static void tries_are_read_as_written_or_as_the_most(void **state)
{
	static const struct {
		const char *text;
		int64_t wait; /* at 70000 */
	} files[] = {
		{ "0\n", 0 },
		{ "4\n", 30000 },
		{ "4", 30000 },
		{ "4 60000\n", 20000 },
		{ "5 60000\n", 50000 },
		{ "4 70001\n", 30000 },
		{ "9999 69999\n", 3599999 },
		{ "", 3600000 },
		{ "\n", 3600000 },
		{ "x", 3600000 },
		{ "0x", 3600000 },
		{ "0 x\n", 3600000 },
		{ "0 -1\n", 3600000 },
		{ "0 1 1\n", 3600000 },
		{ "-1", 3600000 },
		{ "10000\n", 3600000 },
		{ "99999999999999999999\n", 3600000 },
	};
	struct scene scene;

	(void)state;
	scene_init(&scene);
	SCOPED(char_freep)
	char *path = folder_file(scene.folder, "staff.tries");

	for (size_t i = 0; i < COUNT(files); i++) {
		const char *text = files[i].text;

		assert_int_equal(file_write(path, text, strlen(text), 0600),
				 FAULT_NONE);
		reopen_at(&scene, 70000);
		if (pin_wait(scene.pin, 70000) != files[i].wait)
			fail_msg("\"%s\"", text);
	}
	scene_done(&scene);
}

static void damaged_files_let_nobody_in(void **state)
{
	static const char *const bytes[] = { "", "x", "$argon2id$v=19$m=8192" };
	struct scene scene;

	(void)state;
	for (size_t i = 0; i < COUNT(bytes); i++) {
		scene_init(&scene);
		SCOPED(char_freep)
		char *path = folder_file(scene.folder, "staff.pin");

		assert_int_equal(
		    file_write(path, bytes[i], strlen(bytes[i]), 0600),
		    FAULT_NONE);
		assert_int_equal(try_at(&scene, "", 0), PIN_WRONG);
		assert_int_equal(try_at(&scene, GOOD, 0), PIN_WRONG);
		scene_done(&scene);
	}
}

/* Or staff try the right one for as long as they have patience. */
static void a_file_that_is_no_pin_is_told_once(void **state)
{
	SCOPED(char_freep) char *path = NULL;
	const char *said;
	struct scene scene;

	(void)state;
	scene_init(&scene);
	path = folder_file(scene.folder, "staff.pin");
	logged_start();
	assert_int_equal(try_at(&scene, "739206", 0), PIN_WRONG);
	assert_string_equal(logged(), "");
	assert_int_equal(file_write(path, "$argon2id$v=19$m=8192", 21, 0600),
			 FAULT_NONE);
	assert_int_equal(try_at(&scene, GOOD, 0), PIN_WRONG);
	assert_int_equal(try_at(&scene, GOOD, 0), PIN_WRONG);
	said = strstr(logged(), "staff.pin: no staff PIN of this program; "
				"remove this file");
	assert_non_null(said);
	assert_string_equal(strchr(said, '\n'), "\n");
	logged_stop();
	scene_done(&scene);
}

/* Who could write it could have the kiosk work on a try for as long, and in as
 * much memory, as they like. */
static void a_guess_costs_what_this_program_asks_for(void **state)
{
	char hash[crypto_pwhash_STRBYTES];
	SCOPED(char_freep) char *path = NULL;
	struct scene scene;

	(void)state;
	scene_init(&scene);
	path = folder_file(scene.folder, "staff.pin");
	assert_int_equal(crypto_pwhash_str(hash, GOOD, strlen(GOOD),
					   crypto_pwhash_OPSLIMIT_MIN + 1,
					   8 << 20),
			 0);
	assert_int_equal(file_write(path, hash, strlen(hash), 0600),
			 FAULT_NONE);
	assert_int_equal(try_at(&scene, GOOD, 0), PIN_WRONG);
	assert_int_equal(pin_set(scene.pin, GOOD, PIN_DEMO), FAULT_NONE);
	assert_int_equal(try_at(&scene, GOOD, 0), PIN_RIGHT);
	scene_done(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pin_that_everybody_tries_first_is_refused),
		cmocka_unit_test(the_right_one_is_right_and_others_are_not),
		cmocka_unit_test(wrong_ones_are_slowed_and_more_so_each_time),
		cmocka_unit_test(the_longest_wait_is_an_hour),
		cmocka_unit_test(switching_off_gives_no_try_away),
		cmocka_unit_test(a_wait_goes_on_when_the_gate_is_opened_again),
		cmocka_unit_test(tries_are_read_as_written_or_as_the_most),
		cmocka_unit_test(damaged_files_let_nobody_in),
		cmocka_unit_test(a_file_that_is_no_pin_is_told_once),
		cmocka_unit_test(a_guess_costs_what_this_program_asks_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
