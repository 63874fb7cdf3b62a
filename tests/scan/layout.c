#include "tests/test.h"

#include <string.h>

#include "base/memory.h"
#include "scan/layout.h"

/* A frame's digits as each keyboard types them, written by hand. */
static const struct {
	const char *name;
	const uint32_t *typed;
} images[] = {
	{ "digits", U"5831104120249" },
	{ "French AZERTY", U"(_\"&&à'&éàé'ç" },
	{ "French AZERTY, Caps", U"(_\"&&À'&ÉÀÉ'Ç" },
	{ "Belgian AZERTY", U"(!\"&&à'&éàé'ç" },
	{ "French AFNOR", U"(’èàà»êàé»éê«" },
	{ "US shifted", U"%*#!!)$!@)@$(" },
	{ "Canadian French shifted", U"%*/!!)$!\")\"$(" },
	{ "UK shifted", U"%*£!!)$!\")\"$(" },
	{ "Canadian CSA shifted", U"%*#!!)$!@)@$(" },
};

static const char frame[] = "5831104120249";

static size_t length(const uint32_t *text)
{
	size_t count = 0;

	while (text[count])
		count++;
	return count;
}

static void every_layout_gives_back_the_digits(void **state)
{
	char digits[32];

	(void)state;
	assert_int_equal(layout_count(), COUNT(images));
	for (size_t i = 0; i < COUNT(images); i++) {
		assert_string_equal(layout_at(i)->name, images[i].name);
		assert_int_equal(length(images[i].typed), strlen(frame));
		assert_true(
		    layout_digits(images[i].typed, strlen(frame), digits));
		assert_string_equal(digits, frame);
	}
}

static void every_digit_of_every_layout_is_the_tables(void **state)
{
	static const uint32_t *const rows[] = {
		U"0123456789",  U"à&é\"'(-è_ç", U"À&É\"'(-È_Ç",
		U"à&é\"'(§è!ç", U"»àéèê()‘’«",  U")!@#$%^&*(",
		U")!\"/$%?&*(", U")!\"£$%^&*(", U")!@#$%?&*(",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_memory_equal(layout_at(i)->digit, rows[i],
				    10 * sizeof(uint32_t));
}

static void one_layout_must_give_every_character(void **state)
{
	static const struct {
		const uint32_t *typed;
		bool sound;
	} cases[] = {
		{ U"583", true },    { U"584", true },     { U"585", true },
		{ U"586", true },    { U"587", false },    { U"58", false },
		{ U"", false },      { U"583 1", false },  { U"583(", false },
		{ U"(_\"1", false }, { U"(_\"Àà", false }, { U"%*#?", true },
		{ U"%*#^", true },   { U"%*#?^", false },  { U"x583", false },
	};
	char digits[32];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(layout_digits(cases[i].typed,
					       length(cases[i].typed), digits),
				 cases[i].sound);
}

static void image_of(const struct layout *layout, const char *digits,
		     uint32_t *out)
{
	for (size_t i = 0; i < strlen(digits); i++)
		out[i] = layout->digit[digits[i] - '0'];
}

/* So the answer cannot depend on which layout is tried first. */
static void layouts_with_one_image_of_a_magic_agree(void **state)
{
	int pairs = 0;

	(void)state;
	for (size_t i = 0; i < layout_count() * layout_count(); i++) {
		const struct layout *a = layout_at(i / layout_count());
		const struct layout *b = layout_at(i % layout_count());

		for (size_t m = 0; m < layout_magic_count(); m++) {
			uint32_t one[LAYOUT_MAGIC], other[LAYOUT_MAGIC];

			image_of(a, layout_magic(m), one);
			image_of(b, layout_magic(m), other);
			if (a == b || memcmp(one, other, sizeof one) != 0)
				continue;
			pairs++;
			for (int d = 0; d < 100; d++)
				if (a->digit[d / 10] == b->digit[d % 10])
					assert_int_equal(d / 10, d % 10);
		}
	}
	assert_in_range(pairs, 8, 100);
}

static void no_image_is_the_image_of_another_magic(void **state)
{
	size_t all = layout_count() * layout_magic_count();

	(void)state;
	for (size_t i = 0; i < all * all; i++) {
		uint32_t one[LAYOUT_MAGIC], other[LAYOUT_MAGIC];
		size_t a = i / all % layout_magic_count();
		size_t b = i % all % layout_magic_count();

		image_of(layout_at(i / all / layout_magic_count()),
			 layout_magic(a), one);
		image_of(layout_at(i % all / layout_magic_count()),
			 layout_magic(b), other);
		if (a != b)
			assert_memory_not_equal(one, other, sizeof one);
	}
}

static void a_beginning_is_known_in_every_layout(void **state)
{
	static const struct {
		const uint32_t *typed;
		bool begins;
	} cases[] = {
		{ U"", true },    { U"5", true },   { U"58", true },
		{ U"583", true }, { U"586", true }, { U"582", false },
		{ U"53", false }, { U"x", false },  { U"(", true },
		{ U"(_", true },  { U"(!", true },  { U"(’", true },
		{ U"%*", true },  { U"%*£", true }, { U"(_£", false },
		{ U"5_", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(
		    layout_begins(cases[i].typed, length(cases[i].typed)),
		    cases[i].begins);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_layout_gives_back_the_digits),
		cmocka_unit_test(every_digit_of_every_layout_is_the_tables),
		cmocka_unit_test(one_layout_must_give_every_character),
		cmocka_unit_test(layouts_with_one_image_of_a_magic_agree),
		cmocka_unit_test(no_image_is_the_image_of_another_magic),
		cmocka_unit_test(a_beginning_is_known_in_every_layout),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
