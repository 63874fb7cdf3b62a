#include "base/log.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/digest.h"
#include "base/fault.h"
#include "base/memory.h"
#include "tests/test.h"

static void take(void *to, enum log_level level, const char *line)
{
	bytes_add_format(to, "%d %s\n", level, line);
}

static void a_line_goes_to_the_sink_with_its_level(void **state)
{
	struct bytes lines = { 0 };
	void *to;

	(void)state;
	log_to(take, &lines);
	assert_ptr_equal(log_sink_now(&to), take);
	assert_ptr_equal(to, &lines);
	log_note("note %d", 1);
	log_warning("warning %s", "two");
	log_error("error");
	log_to(NULL, NULL);
	assert_string_equal((char *)lines.data,
			    "0 note 1\n1 warning two\n2 error\n");
	bytes_done(&lines);
}

/* What standard error gets while say() runs; the caller frees it. */
static char *on_standard_error(void (*say)(void))
{
	int kept = dup(STDERR_FILENO), ends[2];
	char text[2000];
	ssize_t length;

	assert_int_equal(pipe(ends), 0);
	dup2(ends[1], STDERR_FILENO);
	say();
	dup2(kept, STDERR_FILENO);
	close(ends[1]);
	length = read(ends[0], text, sizeof text);
	close(ends[0]);
	close(kept);
	return xstrndup(text, length > 0 ? (size_t)length : 0);
}

static void say_three(void)
{
	log_note("not shown");
	log_warning("shown");
	log_error("shown too");
}

static void standard_error_shows_all_but_notes(void **state)
{
	char *shown = on_standard_error(say_three);

	(void)state;
	assert_string_equal(shown, "shown\nshown too\n");
	free(shown);
}

static void one_line_stays_one_line_and_steers_no_terminal(void **state)
{
	struct bytes lines = { 0 };

	(void)state;
	log_to(take, &lines);
	log_error("%s", "a\nb\x1b[2J\x7f\xc2\x9b"
			"2Jé");
	log_to(NULL, NULL);
	assert_string_equal((char *)lines.data, "2 a?b?[2J???2Jé\n");
	bytes_done(&lines);
}

static void a_line_too_long_is_cut_before_a_letter(void **state)
{
	struct bytes lines = { 0 }, text = { 0 };

	(void)state;
	log_to(take, &lines);
	bytes_add_text(&text, "x");
	for (int i = 0; i < 600; i++)
		bytes_add_text(&text, "é");
	log_error("%s", (char *)text.data);
	log_to(NULL, NULL);
	/* "2 ", the x, 510 whole letters of two bytes, LF */
	assert_int_equal(lines.length, 2 + 1 + 510 * 2 + 1);
	assert_memory_equal(lines.data + lines.length - 3, "é\n", 3);
	bytes_done(&lines);
	bytes_done(&text);
}

static void a_fault_has_words_and_an_exit_status(void **state)
{
	static const int exits[] = {
		[FAULT_NONE] = 0,  [FAULT_SYSTEM] = 3, [FAULT_FORMAT] = 1,
		[FAULT_LIMIT] = 1, [FAULT_STORE] = 3,
	};

	(void)state;
	assert_int_equal(COUNT(exits), FAULT_COUNT);
	for (int fault = 0; fault < FAULT_COUNT; fault++) {
		assert_int_equal(fault_exit((enum fault)fault), exits[fault]);
		assert_true(strlen(fault_text((enum fault)fault)) > 5);
	}
}

/* FIPS 180-4, examples of one block and of none. */
static void a_digest_is_sha_256(void **state)
{
	static const uint8_t abc[DIGEST_BYTES] =
	    "\xba\x78\x16\xbf\x8f\x01\xcf\xea\x41\x41\x40\xde\x5d\xae\x22\x23"
	    "\xb0\x03\x61\xa3\x96\x17\x7a\x9c\xb4\x10\xff\x61\xf2\x00\x15\xad";
	static const uint8_t empty[DIGEST_BYTES] =
	    "\xe3\xb0\xc4\x42\x98\xfc\x1c\x14\x9a\xfb\xf4\xc8\x99\x6f\xb9\x24"
	    "\x27\xae\x41\xe4\x64\x9b\x93\x4c\xa4\x95\x99\x1b\x78\x52\xb8\x55";
	uint8_t digest[DIGEST_BYTES];

	(void)state;
	digest_sha256("abc", 3, digest);
	assert_memory_equal(digest, abc, DIGEST_BYTES);
	digest_sha256(NULL, 0, digest);
	assert_memory_equal(digest, empty, DIGEST_BYTES);
}

static void memory_is_zeroed_copied_and_formatted(void **state)
{
	char *zeroed = xcalloc(3, 5), *none = xcalloc(0, 0);
	char *copy = xstrdup("Foyer"), *part = xstrndup("Foyer", 3);
	char *made = xasprintf("%s-%04d", "K7", 412);

	(void)state;
	for (int i = 0; i < 15; i++)
		assert_int_equal(zeroed[i], 0);
	assert_non_null(none);
	assert_string_equal(copy, "Foyer");
	assert_string_equal(part, "Foy");
	assert_string_equal(made, "K7-0412");
	zeroed = xreallocarray(zeroed, 100, 2);
	memset(zeroed, 1, 200);
	free(zeroed);
	free(none);
	char_free(copy);
	char_free(part);
	char_free(made);
	char_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_goes_to_the_sink_with_its_level),
		cmocka_unit_test(standard_error_shows_all_but_notes),
		cmocka_unit_test(
		    one_line_stays_one_line_and_steers_no_terminal),
		cmocka_unit_test(a_line_too_long_is_cut_before_a_letter),
		cmocka_unit_test(a_fault_has_words_and_an_exit_status),
		cmocka_unit_test(a_digest_is_sha_256),
		cmocka_unit_test(memory_is_zeroed_copied_and_formatted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
