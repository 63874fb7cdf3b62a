#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "kiosk/buttons.h"
#include "tests/support/folder.h"
#include "tests/support/logged.h"

static void read_text(const char *text, struct buttons *out)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = folder_file(folder, "foyer.ini");
	SCOPED(settings_freep) struct settings *settings = NULL;

	assert_int_equal(file_write(path, text, strlen(text), 0600),
			 FAULT_NONE);
	assert_int_equal(settings_read(path, &settings), FAULT_NONE);
	buttons_read(settings, out);
}

static void six_buttons_may_send_any_key(void **state)
{
	static const struct {
		enum ui_key key;
		uint32_t character;
		enum ui_key means;
		uint32_t of;
	} cases[] = {
		{ UI_KEY_FUNCTION, 5, UI_KEY_UP, 0 },
		{ UI_KEY_FUNCTION, 12, UI_KEY_DOWN, 0 },
		{ UI_KEY_BACKSPACE, 0, UI_KEY_ESCAPE, 0 },
		{ UI_KEY_TEXT, '+', UI_KEY_TAB, 0 },
		{ UI_KEY_TEXT, ' ', UI_KEY_ENTER, 0 },
		{ UI_KEY_PAGE_DOWN, 0, UI_KEY_ENTER, 0 },
		{ UI_KEY_TEXT, 'p', UI_KEY_FUNCTION, 1 },
		/* What is not named stays what it is. */
		{ UI_KEY_UP, 0, UI_KEY_UP, 0 },
		{ UI_KEY_TEXT, 'P', UI_KEY_TEXT, 'P' },
		{ UI_KEY_FUNCTION, 2, UI_KEY_FUNCTION, 2 },
		{ UI_KEY_POINT, 0, UI_KEY_POINT, 0 },
	};
	struct buttons buttons;

	(void)state;
	read_text("[keys]\nup = f5\ndown = F12\nback = backspace\nskip = +\n"
		  "yes = Space  PageDown\nperson = p\n",
		  &buttons);
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct ui_event event = {
			.key = cases[i].key,
			.character = cases[i].character,
			.y = 3,
			.at = 77,
		};
		struct ui_event means = buttons_meaning(&buttons, &event);

		assert_int_equal(means.key, cases[i].means);
		assert_int_equal(means.character, cases[i].of);
		assert_int_equal(means.at, 77);
	}
}

static void a_name_of_no_key_is_told_and_left_out(void **state)
{
	static const char *const wrong[] = { "Enterr", "F13", "F0", "F1x",
					     "ab",     "F",   "é" };

	(void)state;
	for (size_t i = 0; i < COUNT(wrong); i++) {
		SCOPED(char_freep)
		char *text = xasprintf("[keys]\nyes = %s Enter\n", wrong[i]);
		SCOPED(char_freep)
		char *told = xasprintf("[keys] yes = %s is no key", wrong[i]);
		struct buttons buttons;
		bool letter = strcmp(wrong[i], "F") == 0;

		logged_start();
		read_text(text, &buttons);
		assert_int_equal(buttons.count, letter ? 2 : 1);
		assert_int_equal(strstr(logged(), told) != NULL, !letter);
		logged_stop();
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(six_buttons_may_send_any_key),
		cmocka_unit_test(a_name_of_no_key_is_told_and_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
