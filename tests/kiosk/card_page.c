#include "tests/test.h"

#include <ctype.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "kiosk/session.h"
#include "tests/support/tray.h"
#include "ui/canvas.h"

/*
 * Whatever is wrong on a card can be read whole on the smallest screen, in
 * both languages: every file of tests/data/card, page after page.
 */

/* Only what is printed, since lines break where the screen does. */
static void add_signs(struct bytes *out, const char *text)
{
	for (; *text; text++) {
		if (!isspace((unsigned char)*text))
			bytes_add_byte(out, (uint8_t)*text);
	}
}

static char *drawn(struct leaf *leaf)
{
	SCOPED(canvas_freep) struct canvas *canvas = canvas_new(14, 60, false);

	leaf_draw(leaf, canvas);
	return canvas_picture(canvas);
}

/* The page of the card, turned until it begins anew. */
static char *all_signs(struct leaf *leaf)
{
	SCOPED(char_freep) char *first = drawn(leaf);
	struct bytes out = { 0 };

	add_signs(&out, first);
	for (int turns = 0; turns < 20; turns++) {
		const struct ui_event end = { .key = UI_KEY_END };
		const struct ui_event enter = { .key = UI_KEY_ENTER };
		SCOPED(char_freep) char *page = NULL;

		(void)leaf_take(leaf, &end);
		if (leaf_take(leaf, &enter) != LEAF_MOVED)
			break;
		page = drawn(leaf);
		add_signs(&out, page);
	}
	return bytes_take_text(&out);
}

static void expect_shown(const char *path, const char *language)
{
	struct tray tray = tray_new();
	struct session session = { .card = tray.path };
	SCOPED(leaf_freep)
	struct leaf *leaf =
	    leaf_new(&(struct leaf_words){ language, "More", "Erase", "Done" },
		     NULL, "Title");
	SCOPED(char_freep) char *shown = NULL;

	tray_copy(&tray, "foyer.ini", strrchr(path, '/') + 1);
	assert_int_equal(session_speak(&session, language), FAULT_NONE);
	page_card.fill(&session, leaf);
	shown = all_signs(leaf);
	for (size_t i = 0; i < session.folder.findings.count; i++) {
		SCOPED(char_freep)
		char *text = card_finding_say(&session.folder.findings.list[i],
					      session.words);
		SCOPED(char_freep) char *line = xasprintf("• %s", text);
		struct bytes wanted = { 0 };

		add_signs(&wanted, line);
		if (!strstr(shown, (const char *)wanted.data))
			fail_msg("%s: %s: %s", path, text, shown);
		bytes_done(&wanted);
	}
	card_folder_done(&session.folder);
	catalogue_free(session.words);
	tray_done(&tray);
}

static void everything_wrong_is_shown_whole(void **state)
{
	SCOPED(char_freep)
	char *pattern =
	    xasprintf("%s/tests/data/card/*.ini", getenv("FOYER_SOURCE"));
	glob_t found;

	(void)state;
	assert_int_equal(glob(pattern, 0, NULL, &found), 0);
	assert_true(found.gl_pathc >= 20);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		expect_shown(found.gl_pathv[i], "en");
		expect_shown(found.gl_pathv[i], "fr");
	}
	globfree(&found);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everything_wrong_is_shown_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
