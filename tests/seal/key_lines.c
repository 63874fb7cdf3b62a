#include "tests/test.h"

#include <string.h>

#include "base/memory.h"
#include "seal/key_lines.h"

static void fill(uint8_t secret[KEY_BYTES])
{
	for (size_t i = 0; i < KEY_BYTES; i++)
		secret[i] = (uint8_t)(i * 7 + 3);
}

static void a_key_is_four_lines_that_each_know_their_place(void **state)
{
	uint8_t secret[KEY_BYTES], back[KEY_BYTES] = { 0 };
	char lines[KEY_LINES][KEY_LINE_SPACED];

	(void)state;
	fill(secret);
	for (int i = 0; i < KEY_LINES; i++) {
		key_line_write(secret, i + 1, lines[i]);
		assert_int_equal(strlen(lines[i]), KEY_LINE + 3);
		assert_true(key_line_read(lines[i], i + 1, back));
	}
	assert_memory_equal(secret, back, KEY_BYTES);
	for (int i = 0; i < KEY_LINES; i++) {
		for (int number = 1; number <= KEY_LINES; number++)
			assert_int_equal(key_line_read(lines[i], number, back),
					 number == i + 1);
	}
}

/* Expected values: another program's base32 and CRC-16/CCITT-FALSE. */
static void a_line_is_written_as_the_definition_has_it(void **state)
{
	static const char *const expected[KEY_LINES] = {
		"0C51 260Z 4RPK 8V3V", "7D14 JM2Q BSJP SZ45",
		"EDX8 324F JTET 9MWB", "NESB KG67 SVAX SYF6"
	};
	uint8_t secret[KEY_BYTES];
	char text[KEY_LINE_SPACED];

	(void)state;
	fill(secret);
	for (int i = 0; i < KEY_LINES; i++) {
		key_line_write(secret, i + 1, text);
		assert_string_equal(text, expected[i]);
	}
}

static void a_line_is_read_as_people_type_it(void **state)
{
	uint8_t secret[KEY_BYTES], back[KEY_BYTES] = { 0 };
	char line[KEY_LINE_SPACED], typed[64];
	size_t at = 0;

	(void)state;
	fill(secret);
	key_line_write(secret, 2, line);
	for (size_t i = 0; line[i]; i++) {
		char sign = line[i];

		typed[at++] = sign == '0'   ? 'o'
			      : sign == '1' ? 'l'
			      : sign == ' ' ? '-'
			      : sign >= 'A' ? (char)(sign + 'a' - 'A')
					    : sign;
	}
	typed[at] = 0;
	assert_true(key_line_read(typed, 2, back));
	assert_memory_equal(secret + 8, back + 8, 8);
}

/* Sixteen places, thirty-one other signs each: the sum finds every one. */
static void every_single_miscopied_sign_is_found(void **state)
{
	static const char signs[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	uint8_t secret[KEY_BYTES], back[KEY_BYTES] = { 0 };
	const uint8_t untouched[KEY_BYTES] = { 0 };
	char line[KEY_LINE_SPACED];

	(void)state;
	fill(secret);
	key_line_write(secret, 3, line);
	for (size_t i = 0; line[i]; i++) {
		const char was = line[i];

		for (size_t n = 0; was != ' ' && n < sizeof signs - 1; n++) {
			line[i] = signs[n];
			if (signs[n] != was)
				assert_false(key_line_read(line, 3, back));
		}
		line[i] = was;
	}
	assert_memory_equal(back, untouched, KEY_BYTES);
}

static void what_is_no_line_is_refused(void **state)
{
	static const char *const typed[] = {
		"",
		"0",
		"0000 0000 0000 000",
		"0000 0000 0000 00000",
		"0000 0000 0000 000U",
		"0000 0000 0000 000\xC3\xA9",
		"                ",
	};
	uint8_t back[KEY_BYTES];

	(void)state;
	for (size_t i = 0; i < COUNT(typed); i++)
		assert_false(key_line_read(typed[i], 1, back));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_key_is_four_lines_that_each_know_their_place),
		cmocka_unit_test(a_line_is_written_as_the_definition_has_it),
		cmocka_unit_test(a_line_is_read_as_people_type_it),
		cmocka_unit_test(every_single_miscopied_sign_is_found),
		cmocka_unit_test(what_is_no_line_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
