#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/golden.h"
#include "tests/support/typist.h"
#include "text/cells.h"
#include "ui/keyboard.h"

/* A field and its keyboard, on a lobby screen's share of 60 x 14. */
#define ROWS 7
#define COLUMNS 56

static void begin(struct typist *typist, const char *language)
{
	typist_begin(typist,
		     &(struct keyboard_options){
			 .language = language,
			 .capitals = KEYBOARD_WORD_CAPITALS,
		     },
		     ROWS, COLUMNS);
}

/* --- what is written ------------------------------------------------------ */

static const struct {
	const char *language, *caps, *text;
} names[] = {
	{ "en", "M a r y _ A n n", "Mary Ann" },
	{ "ar", "م ح م د _ ا ل أ ح م د", "محمد الأحمد" },
	{ "ar", "ع لا ء", "علاء" },
	{ "ps", "ګ ل _ پ ا چ ا", "ګل پاچا" },
	{ "ps", "ښ ا ی س ت ه", "ښایسته" },
	{ "hi", "क ◌् ष ◌ि त ◌ि ज", "क्षितिज" },
	{ "hi", "ज़ ◌ा क ◌ि र", "ज़ाकिर" },
	{ "ta", "ம ◌ு ர ◌ு க ன ◌்", "முருகன்" },
	{ "my", "အ ◌ေ ◌ာ င ◌် _ စ ◌ု က ◌ြ ည ◌်", "အောင် စုကြည်" },
	{ "ti", "ሰ ሰ ለ ላ መ ም _ ሀ ሃ የ ይ ለ ለ", "ሰላም ሃይለ" },
	{ "ti", "ሰ ለ ላ መ ም", "ሰላም" },
	{ "am", "ቀ ቋ በ ብ", "ቋብ" },
	{ "ko", "ㄱ ㅣ ㅁ ㅁ ㅣ ㄴ ㅅ ㅜ", "김민수" },
	{ "ko", "ㅂ ㅏ ㄲ", "밖" },
	{ "zh-Hans", "z h a n g 张 w e i 伟", "张伟" },
	{ "zh-Hans", "l i u x i a n g 刘 想", "刘想" },
	{ "zh-Hans", "l v 吕 b u 布", "吕布" },
	{ "zh-Hant", "c h e n 陳 d a 大 w e n 文", "陳大文" },
	{ "vi", "N g u y ê ◌̃ n", "Nguyễn" },
	{ "fr", "É l o d i e", "Élodie" },
	{ "tr", "İ p e k", "İpek" },
	{ "ru", "А л ё н а", "Алёна" },
	{ "uk", "С о л о м ʼ я", "Соломʼя" },
};

static void names_are_written_by(typist_way *way)
{
	for (size_t i = 0; i < COUNT(names); i++) {
		struct typist typist;
		SCOPED(char_freep) char *normal = text_normal(names[i].text);

		print_message("%s %s\n", names[i].language, names[i].text);
		begin(&typist, names[i].language);
		typist_write(&typist, way, names[i].caps);
		assert_string_equal(entry_text(typist.entry), normal);
		typist_end(&typist);
	}
}

static void names_are_written_by_touch(void **state)
{
	(void)state;
	names_are_written_by(typist_touch);
}

static void names_are_written_by_arrows_and_yes(void **state)
{
	(void)state;
	names_are_written_by(typist_arrows);
}

static void names_are_written_by_up_and_down_and_yes(void **state)
{
	(void)state;
	names_are_written_by(typist_three_keys);
}

static void keyboards_look_as_they_should(void **state)
{
	static const char *const languages[] = { "en", "fr", "ar",     "ps",
						 "hi", "my", "ti",     "ko",
						 "vi", "ru", "zh-Hans" };

	(void)state;
	for (size_t i = 0; i < COUNT(languages); i++) {
		struct typist typist;
		SCOPED(char_freep)
		char *name = xasprintf("ui-keyboard-%s", languages[i]);

		begin(&typist, languages[i]);
		typist_press(&typist, UI_KEY_DOWN);
		SCOPED(char_freep)
		char *picture = canvas_picture(typist.canvas);
		SCOPED(char_freep) char *looks = canvas_looks(typist.canvas);
		SCOPED(char_freep)
		char *both = xasprintf("%s%s", picture, looks);

		assert_golden(name, both);
		typist_end(&typist);
	}
}

static void a_capital_comes_by_itself_and_one_touch_undoes_it(void **state)
{
	struct typist typist;

	(void)state;
	begin(&typist, "en");
	typist_cap(&typist, typist_touch, "⬆", "⬆");
	typist_write(&typist, typist_touch, "d e _ L a");
	assert_string_equal(entry_text(typist.entry), "de La");
	typist_cap(&typist, typist_touch, "⇧", "⇧");
	typist_cap(&typist, typist_touch, "⬆", "⬆");
	typist_write(&typist, typist_touch, "B C");
	assert_string_equal(entry_text(typist.entry), "de LaBC");
	typist_end(&typist);
}

static void a_jamo_is_taken_back_and_a_spelling(void **state)
{
	struct typist typist;

	(void)state;
	begin(&typist, "ko");
	typist_write(&typist, typist_touch, "ㄱ ㅣ ㅁ");
	typist_press(&typist, UI_KEY_BACKSPACE);
	assert_string_equal(entry_text(typist.entry), "기");
	typist_write(&typist, typist_touch, "ㄹ");
	assert_string_equal(entry_text(typist.entry), "길");
	typist_end(&typist);

	begin(&typist, "zh-Hans");
	typist_write(&typist, typist_touch, "w a");
	typist_press(&typist, UI_KEY_BACKSPACE);
	typist_write(&typist, typist_touch, "e i 为");
	assert_string_equal(entry_text(typist.entry), "为");
	typist_end(&typist);
}

static void what_was_spelt_is_not_lost(void **state)
{
	static const struct {
		const char *caps, *text;
	} spelt[] = {
		{ "w e i 123 1", "wei1" }, { "w e i ABC", "wei" },
		{ "v i _", "vi" },         { "w e i", "wei" },
		{ "w e i 为", "为" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(spelt); i++) {
		struct typist typist;

		begin(&typist, "zh-Hans");
		typist_write(&typist, typist_touch, spelt[i].caps);
		(void)keyboard_finish(typist.keyboard);
		assert_string_equal(entry_text(typist.entry), spelt[i].text);
		assert_int_equal(keyboard_finish(typist.keyboard),
				 KEYBOARD_MOVED);
		typist_end(&typist);
	}
}

static void
a_syllable_takes_its_consonants_place_where_that_still_is(void **state)
{
	struct typist typist;

	(void)state;
	begin(&typist, "am");
	typist_write(&typist, typist_touch, "ለ");
	assert_string_equal(entry_text(typist.entry), "ለ");
	assert_int_equal(typist_press(&typist, UI_KEY_BACKSPACE),
			 KEYBOARD_CHANGED);
	assert_string_equal(entry_text(typist.entry), "");
	typist_write(&typist, typist_touch, "መ ሙ ለ");
	/* The caret was moved meanwhile. */
	entry_key(typist.entry, &(struct ui_event){ .key = UI_KEY_HOME });
	typist_write(&typist, typist_touch, "ሊ");
	assert_string_equal(entry_text(typist.entry), "ሊሙለ");
	typist_end(&typist);
}

static void keys_that_cannot_be_seen_are_not_pressed(void **state)
{
	static const enum ui_key keys[] = { UI_KEY_DOWN, UI_KEY_ENTER,
					    UI_KEY_ENTER, UI_KEY_BACKSPACE };
	const struct canvas_area small = { 0, 0, 3, COLUMNS };
	struct typist typist;

	(void)state;
	begin(&typist, "ko");
	typist_write(&typist, typist_touch, "ㄱ ㅣ");
	typist_press(&typist, UI_KEY_DOWN);
	assert_int_equal(keyboard_plan(typist.keyboard, &small).keys, 0);
	assert_false(keyboard_has_focus(typist.keyboard));
	for (size_t i = 0; i < COUNT(keys); i++)
		assert_int_equal(
		    keyboard_key(typist.keyboard,
				 &(struct ui_event){ .key = keys[i] }),
		    KEYBOARD_IGNORED);
	typist_end(&typist);
}

/* "K Q W": what the key is called that has the focus, or those of a row. */
static void expect_names(const struct typist *typist, const char *wanted)
{
	struct keyboard_name keys[20];
	int count = keyboard_names(typist->keyboard, keys, COUNT(keys));
	char said[200] = "";

	for (int i = 0; i < count; i++) {
		strcat(said, i ? " " : "");
		strcat(said, keys[i].word ? keys[i].word : keys[i].cap);
	}
	assert_string_equal(said, wanted);
}

static void a_key_tells_its_name_to_whoever_cannot_see_it(void **state)
{
	struct typist typist;

	(void)state;
	begin(&typist, "en");
	expect_names(&typist, "");
	typist_press(&typist, UI_KEY_DOWN);
	expect_names(&typist, "Q W E R T Y U I O P");
	typist_press(&typist, UI_KEY_ENTER);
	expect_names(&typist, "Y");
	typist_press(&typist, UI_KEY_DOWN);
	expect_names(&typist, "U");
	typist_end(&typist);
	/* A mark without the circle that it is shown on. */
	begin(&typist, "ml");
	typist_press(&typist, UI_KEY_DOWN);
	expect_names(&typist, "ൊ ൃ ൽ ൻ ർ ൾ ൺ");
	typist_end(&typist);
}

static void a_real_keyboard_writes_into_the_field(void **state)
{
	struct typist typist;
	struct ui_event letter = { .key = UI_KEY_TEXT, .character = 'x' };

	(void)state;
	begin(&typist, "hi");
	typist_press(&typist, UI_KEY_DOWN);
	assert_true(keyboard_has_focus(typist.keyboard));
	assert_int_equal(keyboard_key(typist.keyboard, &letter),
			 KEYBOARD_IGNORED);
	assert_false(keyboard_has_focus(typist.keyboard));
	assert_int_equal(typist_press(&typist, UI_KEY_ENTER), KEYBOARD_IGNORED);
	typist_end(&typist);
}

static void numbers_have_keys_of_their_own(void **state)
{
	struct typist typist;
	int y, x;

	(void)state;
	typist_begin(&typist,
		     &(struct keyboard_options){
			 .language = "ar",
			 .kind = KEYBOARD_NUMBERS,
		     },
		     ROWS, COLUMNS);
	typist_write(&typist, typist_touch, "+ 1 6 0 4");
	assert_string_equal(entry_text(typist.entry), "+1604");
	assert_false(typist_find(&typist, "ABC", &y, &x));
	assert_int_equal(typist_cap(&typist, typist_touch, "✓", "✓"),
			 KEYBOARD_DONE);
	typist_end(&typist);

	typist_begin(&typist,
		     &(struct keyboard_options){
			 .language = "ar",
			 .kind = KEYBOARD_ADDRESS,
		     },
		     ROWS, COLUMNS);
	typist_write(&typist, typist_touch, "a @ b . c");
	assert_string_equal(entry_text(typist.entry), "a@b.c");
	typist_end(&typist);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_written_by_touch),
		cmocka_unit_test(names_are_written_by_arrows_and_yes),
		cmocka_unit_test(names_are_written_by_up_and_down_and_yes),
		cmocka_unit_test(keyboards_look_as_they_should),
		cmocka_unit_test(
		    a_capital_comes_by_itself_and_one_touch_undoes_it),
		cmocka_unit_test(a_jamo_is_taken_back_and_a_spelling),
		cmocka_unit_test(what_was_spelt_is_not_lost),
		cmocka_unit_test(
		    a_syllable_takes_its_consonants_place_where_that_still_is),
		cmocka_unit_test(keys_that_cannot_be_seen_are_not_pressed),
		cmocka_unit_test(a_key_tells_its_name_to_whoever_cannot_see_it),
		cmocka_unit_test(a_real_keyboard_writes_into_the_field),
		cmocka_unit_test(numbers_have_keys_of_their_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
