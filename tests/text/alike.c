#include "text/alike.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "tests/test.h"

static void a_form_keeps_letters_and_how_they_are_read(void **state)
{
	static const struct {
		const char *name, *form;
	} names[] = {
		{ "", "" },
		{ " - ", "" },
		{ "Fātima  ALI", "fatima ali" },
		{ "Omar bin al-Khattab", "omar khattab" },
		{ "محمد علی", "محمد=mohammad علي=ali" },
		{ "فواخرجي", "فواخرجي=*fwakhrjy" },
		{ "عبد الرحمن", "عبدرحمن=abdrahman" },
		{ "Abdul-Rahman", "abdrahman" },
		{ "Abd", "abd" },
		{ "عبد", "عبد=abd" },
		{ "Юсуф", "юсуф=iusuf" },
		{ "ኃይለ ሥላሴ", "ሀይለ=haile ስላሴ=selassie" },
		{ "王小明", "wang xiaoming" },
		{ "김민수", "kim minsu" },
		{ "ស៊ុន", "ស៊ុន" },
		{ "7", "7" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		SCOPED(char_freep) char *form = alike_form(names[i].name);

		assert_string_equal(form, names[i].form);
	}
}

static void what_scripts_and_scribes_change_costs_little(void **state)
{
	static const struct {
		const char *a, *b;
		bool one;
	} words[] = {
		{ "Mohamed", "Muhammad", true },
		{ "Xuseen", "Hussein", true },
		{ "Aleksandr", "Alexander", true },
		{ "Soeharto", "Suharto", true },
		{ "Yusuf", "يوسف", true },
		{ "Gusein", "Husein", true },
		{ "سلطانی", "Soltani", true },
		{ "رحمن", "رحمان", true },
		{ "ស៊ុន", "ស៊ុន", true },
		{ "Hassan", "Hussein", false },
		{ "حسن", "حسين", false },
		{ "محمد", "محمود", false },
		{ "Karim", "Karima", false },
		{ "Karim", "Rahim", false },
		{ "ស៊ុន", "សុខ", false },
		{ "ស៊ុន", "Sun", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(words); i++) {
		SCOPED(char_freep) char *a = alike_form(words[i].a);
		SCOPED(char_freep) char *b = alike_form(words[i].b);
		struct alike_word one[ALIKE_WORDS], other[ALIKE_WORDS];
		int near;

		assert_int_equal(alike_split(a, one), 1);
		assert_int_equal(alike_split(b, other), 1);
		near = alike_words(one, other);

		assert_int_equal(near, alike_words(other, one));
		if ((near >= ALIKE_ENOUGH) != words[i].one)
			fail_msg("%s and %s: %d", words[i].a, words[i].b, near);
	}
}

static void words_find_their_fellows_in_any_order(void **state)
{
	static const struct {
		const char *a, *b;
		struct alike alike; /* without nearness */
	} names[] = {
		{ "Ali Omar", "Ali Omar", { 2, 2, 2, 0, 0, 0, 1, 0, 1, 1 } },
		{ "Ali Omar", "OMAR, Ali", { 2, 2, 2, 0, 0, 0, 1, 0, 0, 0 } },
		{ "Ali Hassan Omar",
		  "Ali Umar",
		  { 3, 2, 2, 1, 0, 0, 0, 0, 1, 1 } },
		{ "Ali Omar", "Sara Omar", { 2, 2, 1, 1, 1, 0, 1, 0, 1, 0 } },
		{ "Ali", "Sara", { 1, 1, 0, 1, 1, 0, 0, 0, 1, 0 } },
		{ "Gul Makai", "Gulmakai", { 2, 1, 1, 0, 0, 0, 0, 0, 1, 1 } },
		{ "Omar Gul Makai",
		  "Gulmakai Omar",
		  { 3, 2, 2, 0, 0, 0, 0, 0, 0, 0 } },
		{ "Maria G. Silva",
		  "Maria Garcia Silva",
		  { 3, 3, 3, 0, 0, 0, 0, 0, 1, 1 } },
		{ "Ali Ali", "Ali", { 2, 1, 1, 1, 0, 0, 1, 0, 1, 1 } },
		{ "Ali Omar", "عمر علي", { 2, 2, 2, 0, 0, 0, 0, 1, 0, 0 } },
		{ "", "Ali", { 0, 1, 0, 0, 1, 0, 0, 0, 1, 0 } },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		SCOPED(char_freep) char *a = alike_form(names[i].a);
		SCOPED(char_freep) char *b = alike_form(names[i].b);
		struct alike got = alike_compare(a, b);
		const struct alike *want = &names[i].alike;

		if (got.words_a != want->words_a ||
		    got.words_b != want->words_b ||
		    got.matched != want->matched ||
		    got.left_a != want->left_a || got.left_b != want->left_b ||
		    got.same_letters != want->same_letters ||
		    got.across != want->across ||
		    got.same_order != want->same_order ||
		    got.first_matched != want->first_matched)
			fail_msg("%s and %s: %d %d, %d, left %d %d, %d %d %d",
				 names[i].a, names[i].b, got.words_a,
				 got.words_b, got.matched, got.left_a,
				 got.left_b, got.same_letters, got.same_order,
				 got.first_matched);
	}
}

/* Whatever a name is made of, nothing is read or written beside it. */
static void long_and_odd_names_are_borne(void **state)
{
	char name[4000];
	struct alike_word words[ALIKE_WORDS];
	const struct {
		const char *piece;
	} pieces[] = { { "a" }, { "a " }, { "ع" },     { "عبد " }, { "王" },
		       { "x" }, { "=" },  { "*=a* " }, { "\xff" }, { "ក" } };

	(void)state;
	for (size_t i = 0; i < COUNT(pieces); i++) {
		SCOPED(char_freep) char *form = NULL;
		size_t length = strlen(pieces[i].piece), at = 0;

		for (; at + length < sizeof name; at += length)
			memcpy(name + at, pieces[i].piece, length);
		name[at] = '\0';
		form = alike_form(name);
		assert_true(alike_compare(form, form).left_a <= ALIKE_WORDS);
		(void)alike_compare(name, form);
		(void)alike_split(form, words);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_form_keeps_letters_and_how_they_are_read),
		cmocka_unit_test(what_scripts_and_scribes_change_costs_little),
		cmocka_unit_test(words_find_their_fellows_in_any_order),
		cmocka_unit_test(long_and_odd_names_are_borne),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
