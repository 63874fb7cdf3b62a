#include "base/bytes.h"

#include <stdlib.h>
#include <string.h>

#include "tests/test.h"

static void bytes_grow_and_end_with_a_zero(void **state)
{
	struct bytes bytes = { 0 };
	char expected[3001] = "";

	(void)state;
	for (int i = 0; i < 3000; i++) {
		bytes_add_byte(&bytes, (uint8_t)('a' + i % 26));
		expected[i] = (char)('a' + i % 26);
		assert_int_equal(bytes.length, i + 1);
		assert_int_equal(bytes.data[bytes.length], 0);
	}
	assert_string_equal((char *)bytes.data, expected);
	bytes_done(&bytes);
	assert_null(bytes.data);
	assert_int_equal(bytes.length, 0);
}

static void every_length_fits_exactly(void **state)
{
	(void)state;
	for (size_t length = 0; length < 200; length++) {
		struct bytes bytes = { 0 };
		char text[200];

		memset(text, 'x', sizeof text);
		bytes_add(&bytes, text, length);
		bytes_add(&bytes, text, length);
		assert_int_equal(bytes.length, 2 * length);
		assert_int_equal(strlen((char *)bytes.data), 2 * length);
		assert_true(bytes.room > bytes.length);
		bytes_done(&bytes);
	}
}

static void text_and_formats_are_added_behind(void **state)
{
	struct bytes bytes = { 0 };
	char *text;

	(void)state;
	bytes_add_text(&bytes, "K7");
	bytes_add_format(&bytes, "-%04d%s", 412, "");
	bytes_add_format(&bytes, "%s", "");
	text = bytes_take_text(&bytes);
	assert_string_equal(text, "K7-0412");
	assert_null(bytes.data);
	free(text);
}

static void nothing_added_is_still_a_text(void **state)
{
	struct bytes bytes = { 0 };
	char *text = bytes_take_text(&bytes);

	(void)state;
	assert_string_equal(text, "");
	free(text);
}

static void a_long_format_is_whole(void **state)
{
	struct bytes bytes = { 0 };

	(void)state;
	bytes_add_format(&bytes, "%5000d|", 7);
	assert_int_equal(bytes.length, 5001);
	assert_int_equal(bytes.data[4999], '7');
	bytes_wipe(&bytes);
	assert_null(bytes.data);
}

static void base64_is_that_of_the_rfc(void **state)
{
	/* RFC 4648, section 10. */
	static const struct {
		const char *text, *base64;
	} cases[] = {
		{ "", "" },
		{ "f", "Zg==" },
		{ "fo", "Zm8=" },
		{ "foo", "Zm9v" },
		{ "foob", "Zm9vYg==" },
		{ "fooba", "Zm9vYmE=" },
		{ "foobar", "Zm9vYmFy" },
		{ "\377\376\373", "//77" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct bytes bytes = { 0 };
		char *text;

		bytes_add_base64(&bytes, cases[i].text, strlen(cases[i].text));
		text = bytes_take_text(&bytes);
		assert_string_equal(text, cases[i].base64);
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_grow_and_end_with_a_zero),
		cmocka_unit_test(every_length_fits_exactly),
		cmocka_unit_test(base64_is_that_of_the_rfc),
		cmocka_unit_test(text_and_formats_are_added_behind),
		cmocka_unit_test(nothing_added_is_still_a_text),
		cmocka_unit_test(a_long_format_is_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
