#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "tests/support/event.h"
#include "tests/support/golden.h"
#include "text/cells.h"
#include "text/letter.h"
#include "ui/grid.h"
#include "ui/keyboard.h"

/* A field and its keyboard, on a lobby screen's share of 60 x 14. */
#define ROWS 7
#define COLUMNS 56

struct desk {
	struct catalogue *words;
	struct entry *entry;
	struct keyboard *keyboard;
	struct canvas *canvas;
	struct keyboard_plan plan;
	char *more, *space; /* words on keys */
};

static void show(struct desk *desk)
{
	struct canvas_area area = { 0, 0, canvas_rows(desk->canvas),
				    canvas_columns(desk->canvas) };
	struct canvas_area keys = area;

	canvas_clear(desk->canvas);
	desk->plan = keyboard_plan(desk->keyboard, &area);
	area.h = desk->plan.field;
	entry_draw(desk->entry, desk->canvas, area,
		   !keyboard_has_focus(desk->keyboard));
	keys.y += desk->plan.field + desk->plan.between;
	keys.h = desk->plan.keys;
	if (desk->plan.keys)
		keyboard_draw(desk->keyboard, desk->canvas, &keys,
			      desk->plan.row_height);
}

static void begin_at(struct desk *desk, const struct keyboard_options *options,
		     int rows, int columns)
{
	*desk = (struct desk){ 0 };
	desk->words = catalogue_new(options->language);
	SCOPED(char_freep)
	char *path = xasprintf("translations/kiosk.%s.po", options->language);
	struct keyboard_options whole = *options;

	assert_int_equal(catalogue_add(desk->words, path), FAULT_NONE);
	whole.words = desk->words;
	desk->more = catalogue_word(desk->words, "kiosk.more_letters");
	desk->space = catalogue_word(desk->words, "kiosk.space");
	desk->entry =
	    entry_new(&(struct entry_options){ .language = options->language });
	desk->keyboard = keyboard_new(&whole, desk->entry);
	desk->canvas = canvas_new(rows, columns, true);
	show(desk);
}

static void begin(struct desk *desk, const char *language)
{
	begin_at(desk,
		 &(struct keyboard_options){
		     .language = language,
		     .capitals = KEYBOARD_WORD_CAPITALS,
		 },
		 ROWS, COLUMNS);
}

static void end(struct desk *desk)
{
	keyboard_free(desk->keyboard);
	entry_free(desk->entry);
	catalogue_free(desk->words);
	canvas_free(desk->canvas);
	free(desk->more);
	free(desk->space);
}

static enum keyboard_event press(struct desk *desk, enum ui_key key)
{
	struct ui_event event = key_event(key);
	enum keyboard_event what = keyboard_key(desk->keyboard, &event);

	show(desk);
	return what;
}

/* --- finding keys on the canvas ------------------------------------------- */

static bool is_key(const struct canvas *canvas, int y, int x)
{
	int colour = canvas_cell(canvas, y, x)->colour;

	return y > 0 && (colour == CANVAS_KEY || colour == CANVAS_FOCUS);
}

static bool plate_with(const struct canvas *canvas, const char *cap, int *y,
		       int *x)
{
	for (size_t i = 0; i < canvas->plate_count; i++) {
		const struct plate *plate = &canvas->plates[i];

		*y = plate->y;
		*x = plate->x + plate->w / 2;
		if (is_key(canvas, *y, *x) && strcmp(plate->text, cap) == 0)
			return true;
	}
	return false;
}

/* What stands on the key of cells that begins at a place, with blanks around;
 * the caller frees it. */
static char *cap_at(const struct canvas *canvas, int y, int x)
{
	struct bytes text = { 0 };

	bytes_add_text(&text, " ");
	for (; x < canvas_columns(canvas) && is_key(canvas, y, x); x++) {
		const wchar_t *from = canvas_cell(canvas, y, x)->text;

		for (; *from; from++) {
			char bytes[LETTER_BYTES];

			letter_bytes((uint32_t)*from, bytes);
			bytes_add_text(&text, bytes);
		}
	}
	bytes_add_text(&text, " ");
	return bytes_take_text(&text);
}

static bool cells_with(const struct canvas *canvas, const char *cap, int *y,
		       int *x)
{
	SCOPED(char_freep) char *wanted = xasprintf(" %s ", cap);

	for (*y = 1; *y < canvas_rows(canvas); ++*y) {
		for (*x = 1; *x < canvas_columns(canvas); ++*x) {
			SCOPED(char_freep) char *found = NULL;

			if (!is_key(canvas, *y, *x - 1) ||
			    (*x > 1 && is_key(canvas, *y, *x - 2)))
				continue;
			found = cap_at(canvas, *y, *x - 1);
			if (strstr(found, wanted))
				return true;
		}
	}
	return false;
}

static bool find(const struct desk *desk, const char *cap, int *y, int *x)
{
	return plate_with(desk->canvas, cap, y, x) ||
	       cells_with(desk->canvas, cap, y, x);
}

static bool has_focus(const struct desk *desk, int y, int x)
{
	return canvas_cell(desk->canvas, y, x)->colour == CANVAS_FOCUS;
}

static bool row_has_focus(const struct desk *desk, int y)
{
	for (int x = 0; x < canvas_columns(desk->canvas); x++) {
		if (has_focus(desk, y, x))
			return true;
	}
	return false;
}

/* --- three ways to press a key -------------------------------------------- */

typedef enum keyboard_event pressing(struct desk *desk, int y, int x);

static enum keyboard_event by_touch(struct desk *desk, int y, int x)
{
	struct ui_event event = point_event(y, x);
	enum keyboard_event what = keyboard_key(desk->keyboard, &event);

	show(desk);
	return what;
}

#define MOST_STEPS 80

static enum keyboard_event by_arrows(struct desk *desk, int y, int x)
{
	for (int i = 0; !row_has_focus(desk, y); i++) {
		assert_true(i < MOST_STEPS);
		press(desk, UI_KEY_DOWN);
	}
	press(desk, UI_KEY_RIGHT);
	for (int i = 0; !has_focus(desk, y, x); i++) {
		assert_true(i < MOST_STEPS);
		press(desk, UI_KEY_RIGHT);
	}
	return press(desk, UI_KEY_ENTER);
}

static bool row_is_focused(const struct desk *desk, int y)
{
	for (int x = 0; x < canvas_columns(desk->canvas); x++) {
		if (is_key(desk->canvas, y, x) && !has_focus(desk, y, x))
			return false;
	}
	return true;
}

/* Up, down and yes. */
static enum keyboard_event by_three_keys(struct desk *desk, int y, int x)
{
	for (int i = 0; !row_is_focused(desk, y); i++) {
		assert_true(i < MOST_STEPS);
		press(desk, UI_KEY_DOWN);
	}
	for (int i = 0; row_is_focused(desk, y) || !has_focus(desk, y, x);
	     i++) {
		assert_true(i < MOST_STEPS);
		if (row_is_focused(desk, y))
			press(desk, UI_KEY_ENTER);
		else
			press(desk, i < 20 ? UI_KEY_DOWN : UI_KEY_UP);
	}
	return press(desk, UI_KEY_ENTER);
}

static void press_cap(struct desk *desk, pressing *how, const char *cap,
		      const char * or)
{
	int y, x;

	if (!find(desk, cap, &y, &x) && !find(desk, or, &y, &x))
		fail_msg("no key %s", cap);
	how(desk, y, x);
}

/* Caps parted by blanks; "_" is the key for a space. A letter that is not in
 * sight stands on a page of further letters. */
static void write_caps(struct desk *desk, pressing *how, const char *caps)
{
	SCOPED(char_freep) char *list = xstrdup(caps);
	char *rest = NULL;

	for (char *cap = strtok_r(list, " ", &rest); cap;
	     cap = strtok_r(NULL, " ", &rest)) {
		int y, x;

		if (strcmp(cap, "_") == 0) {
			press_cap(desk, how, desk->space, "␣");
			continue;
		}
		for (int i = 0; i < 12 && !find(desk, cap, &y, &x); i++)
			press_cap(desk, how, desk->more, "⋯");
		press_cap(desk, how, cap, cap);
	}
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

static void names_are_written_by(pressing *how)
{
	for (size_t i = 0; i < COUNT(names); i++) {
		struct desk desk;
		SCOPED(char_freep) char *normal = text_normal(names[i].text);

		print_message("%s %s\n", names[i].language, names[i].text);
		begin(&desk, names[i].language);
		write_caps(&desk, how, names[i].caps);
		assert_string_equal(entry_text(desk.entry), normal);
		end(&desk);
	}
}

static void names_are_written_by_touch(void **state)
{
	(void)state;
	names_are_written_by(by_touch);
}

static void names_are_written_by_arrows_and_yes(void **state)
{
	(void)state;
	names_are_written_by(by_arrows);
}

static void names_are_written_by_up_and_down_and_yes(void **state)
{
	(void)state;
	names_are_written_by(by_three_keys);
}

static void keyboards_look_as_they_should(void **state)
{
	static const char *const languages[] = { "en", "fr", "ar",     "ps",
						 "hi", "my", "ti",     "ko",
						 "vi", "ru", "zh-Hans" };

	(void)state;
	for (size_t i = 0; i < COUNT(languages); i++) {
		struct desk desk;
		SCOPED(char_freep)
		char *name = xasprintf("ui-keyboard-%s", languages[i]);

		begin(&desk, languages[i]);
		press(&desk, UI_KEY_DOWN);
		SCOPED(char_freep) char *picture = canvas_picture(desk.canvas);
		SCOPED(char_freep) char *looks = canvas_looks(desk.canvas);
		SCOPED(char_freep)
		char *both = xasprintf("%s%s", picture, looks);

		assert_golden(name, both);
		end(&desk);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_written_by_touch),
		cmocka_unit_test(names_are_written_by_arrows_and_yes),
		cmocka_unit_test(names_are_written_by_up_and_down_and_yes),
		cmocka_unit_test(keyboards_look_as_they_should),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
