#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/chance.h"
#include "tests/support/event.h"
#include "tests/support/golden.h"
#include "tests/support/slow.h"
#include "text/cells.h"
#include "ui/entry.h"

static struct entry *make(const char *language)
{
	return entry_new(&(struct entry_options){ .language = language });
}

static enum entry_event press(struct entry *entry, enum ui_key key)
{
	struct ui_event event = key_event(key);

	return entry_key(entry, &event);
}

static enum entry_event type(struct entry *entry, uint32_t character)
{
	struct ui_event event = text_event(character);

	return entry_key(entry, &event);
}

static void letters_are_written_at_the_caret(void **state)
{
	struct entry *entry = make("en");

	(void)state;
	for (const char *at = "Ana"; *at; at++)
		assert_int_equal(type(entry, (uint8_t)*at), ENTRY_CHANGED);
	press(entry, UI_KEY_LEFT);
	type(entry, 't');
	assert_string_equal(entry_text(entry), "Anta");
	assert_int_equal(entry_caret(entry), 3);
	press(entry, UI_KEY_HOME);
	type(entry, 0x1f600);
	press(entry, UI_KEY_END);
	type(entry, 0x20ac);
	type(entry, 0xe9);
	assert_string_equal(entry_text(entry), "😀Anta€é");
	assert_int_equal(press(entry, UI_KEY_ENTER), ENTRY_ENTERED);
	assert_int_equal(press(entry, UI_KEY_UP), ENTRY_IGNORED);
	entry_free(entry);
}

static void text_is_kept_composed(void **state)
{
	struct entry *entry = make("vi");

	(void)state;
	type(entry, 'e');
	type(entry, 0x302); /* circumflex */
	type(entry, 0x323); /* dot below */
	assert_string_equal(entry_text(entry), "ệ");
	assert_int_equal(entry_caret(entry), 3);
	/* A control character leaves nothing. */
	type(entry, 0x07);
	assert_string_equal(entry_text(entry), "ệ");
	entry_free(entry);
}

static void backspace_takes_a_cluster_or_a_sign(void **state)
{
	static const struct {
		const char *language, *text, *left;
	} cases[] = {
		{ "en", "ab", "a" },     { "en", "a😀", "a" },
		{ "ar", "سلامٌ", "سلا" }, { "hi", "क्षि", "क्ष" },
		{ "hi", "क्ष", "क्" },     { "my", "ကြို", "ကြိ" },
		{ "ti", "ሰላም", "ሰላ" },   { "en", "", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct entry *entry = make(cases[i].language);

		print_message("case %zu\n", i);
		entry_set_text(entry, cases[i].text);
		press(entry, UI_KEY_BACKSPACE);
		assert_string_equal(entry_text(entry), cases[i].left);
		entry_free(entry);
	}
}

static void the_caret_stops_between_clusters(void **state)
{
	struct entry *entry = make("hi");
	size_t stops[16], count = 0;

	(void)state;
	entry_set_text(entry, "क्षत्रिय");
	press(entry, UI_KEY_HOME);
	do {
		stops[count++] = entry_caret(entry);
		press(entry, UI_KEY_RIGHT);
	} while (entry_caret(entry) != stops[count - 1] && count < 16);
	assert_int_equal(count, 4); /* ICU finds three clusters */
	assert_int_equal(stops[3], strlen("क्षत्रिय"));
	press(entry, UI_KEY_LEFT);
	assert_int_equal(entry_caret(entry), stops[2]);
	press(entry, UI_KEY_HOME);
	press(entry, UI_KEY_DELETE);
	assert_int_equal(strlen(entry_text(entry)), stops[3] - stops[1]);
	entry_free(entry);
}

static void arrows_follow_the_direction_of_the_text(void **state)
{
	struct entry *entry = make("ar");

	(void)state;
	entry_set_text(entry, "سلام");
	press(entry, UI_KEY_RIGHT);
	assert_int_equal(entry_caret(entry), 6);
	press(entry, UI_KEY_LEFT);
	assert_int_equal(entry_caret(entry), 8);
	entry_free(entry);
}

static bool at_most_five_bytes(void *to, const char *text)
{
	++*(int *)to;
	return strlen(text) <= 5;
}

static void what_is_not_accepted_changes_nothing(void **state)
{
	int asked = 0;
	struct entry *entry = entry_new(&(struct entry_options){
	    .language = "en",
	    .accepts = at_most_five_bytes,
	    .to = &asked,
	});

	(void)state;
	assert_int_equal(entry_insert(entry, "abcd"), ENTRY_CHANGED);
	assert_int_equal(type(entry, 0xe9), ENTRY_REFUSED);
	assert_string_equal(entry_text(entry), "abcd");
	assert_int_equal(entry_caret(entry), 4);
	assert_int_equal(type(entry, 'e'), ENTRY_CHANGED);
	assert_int_equal(type(entry, 'f'), ENTRY_REFUSED);
	assert_int_equal(asked, 4);
	/* What is put in by the program is not asked about. */
	entry_set_text(entry, "longer than five");
	assert_string_equal(entry_text(entry), "longer than five");
	assert_int_equal(press(entry, UI_KEY_BACKSPACE), ENTRY_CHANGED);
	entry_free(entry);
}

static void it_is_full_at_its_limit(void **state)
{
	struct entry *entry = make("en");
	char *text = calloc(ENTRY_MAX + 10, 1);

	(void)state;
	memset(text, 'a', ENTRY_MAX - 1);
	memcpy(text + ENTRY_MAX - 1, "é", 2);
	entry_set_text(entry, text);
	assert_int_equal(strlen(entry_text(entry)), ENTRY_MAX - 1);
	assert_int_equal(type(entry, 0xe9), ENTRY_REFUSED);
	assert_int_equal(type(entry, 'b'), ENTRY_CHANGED);
	assert_int_equal(type(entry, 'b'), ENTRY_REFUSED);
	free(text);
	entry_free(entry);
}

static void lines_are_written_where_they_are_wanted(void **state)
{
	struct entry *entry = entry_new(
	    &(struct entry_options){ .language = "en", .lines = true });
	SCOPED(canvas_freep) struct canvas *canvas = canvas_new(4, 12, false);
	SCOPED(char_freep) char *picture = NULL;

	(void)state;
	entry_insert(entry, "one");
	assert_int_equal(press(entry, UI_KEY_ENTER), ENTRY_CHANGED);
	entry_insert(entry, "two three four");
	entry_draw(entry, canvas, (struct canvas_area){ 0, 0, 4, 12 },
		   ENTRY_FOCUSED);
	picture = canvas_picture(canvas);
	assert_string_equal(picture, " one\n two three\n four\n\n");
	entry_free(entry);
}

static void it_is_drawn_with_and_without_the_focus(void **state)
{
	struct entry *entry = entry_new(&(struct entry_options){
	    .language = "en", .placeholder = "A-B-C letters" });
	struct entry *secret = entry_new(
	    &(struct entry_options){ .language = "en", .secret = true });
	SCOPED(canvas_freep) struct canvas *canvas = canvas_new(20, 40, false);
	SCOPED(char_freep) char *picture = NULL;
	SCOPED(char_freep) char *looks = NULL;
	SCOPED(char_freep) char *both = NULL;

	(void)state;
	entry_draw(entry, canvas, (struct canvas_area){ 0, 2, 2, 30 },
		   ENTRY_QUIET);
	entry_draw(entry, canvas, (struct canvas_area){ 3, 2, 1, 30 },
		   ENTRY_FOCUSED);
	entry_set_text(entry, "María José de la Concepción y Rodríguez");
	press(entry, UI_KEY_LEFT);
	entry_draw(entry, canvas, (struct canvas_area){ 5, 2, 1, 30 },
		   ENTRY_FOCUSED);
	entry_draw(entry, canvas, (struct canvas_area){ 7, 2, 2, 30 },
		   ENTRY_QUIET);
	entry_draw(entry, canvas, (struct canvas_area){ 13, 2, 2, 30 },
		   ENTRY_FED);
	entry_set_text(entry, "");
	entry_draw(entry, canvas, (struct canvas_area){ 16, 2, 2, 30 },
		   ENTRY_FED);
	entry_set_text(secret, "clé");
	entry_draw(secret, canvas, (struct canvas_area){ 10, 2, 3, 30 },
		   ENTRY_FOCUSED);
	picture = canvas_picture(canvas);
	looks = canvas_looks(canvas);
	both = xasprintf("%s%s", picture, looks);
	assert_golden("ui-entry", both);
	entry_free(entry);
	entry_free(secret);
}

static void a_touch_asks_for_the_focus(void **state)
{
	struct entry *entry = make("en");
	SCOPED(canvas_freep) struct canvas *canvas = canvas_new(5, 40, false);
	struct ui_event in = point_event(2, 30), out = point_event(2, 9);

	(void)state;
	canvas_mirror(canvas, true);
	entry_draw(entry, canvas, (struct canvas_area){ 2, 0, 1, 30 },
		   ENTRY_QUIET);
	assert_int_equal(entry_key(entry, &in), ENTRY_MOVED);
	assert_int_equal(entry_key(entry, &out), ENTRY_IGNORED);
	entry_free(entry);
}

static bool is_boundary(const char *text, size_t offset)
{
	size_t at = 0;

	while (at < offset)
		at = text_next_cluster(text, at);
	return at == offset;
}

static void any_keys_leave_the_caret_at_a_cluster(void **state)
{
	static const uint32_t characters[] = {
		'a',     ' ',    0x301,   0x915, 0x94d, 0x937, 0x93f,  0x1f1e8,
		0x1f1e6, 0x200d, 0x1f468, 0x644, 0x627, 0x64b, 0x1100, 0x1161,
	};
	static const enum ui_key keys[] = {
		UI_KEY_LEFT, UI_KEY_RIGHT,     UI_KEY_HOME,
		UI_KEY_END,  UI_KEY_BACKSPACE, UI_KEY_DELETE,
	};
	static const char *const languages[] = { "en", "hi", "ar" };
	struct chance chance = { 7 };

	(void)state;
	for (long round = 0; round < loops(100); round++) {
		struct entry *entry = make(languages[round % 3]);

		for (int i = 0; i < 60; i++) {
			SCOPED(char_freep) char *normal = NULL;

			if (chance_below(&chance, 3))
				type(entry, characters[chance_below(
						&chance, COUNT(characters))]);
			else
				press(entry,
				      keys[chance_below(&chance, COUNT(keys))]);
			normal = text_normal(entry_text(entry));
			assert_string_equal(normal, entry_text(entry));
			assert_true(
			    is_boundary(entry_text(entry), entry_caret(entry)));
		}
		entry_free(entry);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_are_written_at_the_caret),
		cmocka_unit_test(text_is_kept_composed),
		cmocka_unit_test(backspace_takes_a_cluster_or_a_sign),
		cmocka_unit_test(the_caret_stops_between_clusters),
		cmocka_unit_test(arrows_follow_the_direction_of_the_text),
		cmocka_unit_test(what_is_not_accepted_changes_nothing),
		cmocka_unit_test(it_is_full_at_its_limit),
		cmocka_unit_test(lines_are_written_where_they_are_wanted),
		cmocka_unit_test(it_is_drawn_with_and_without_the_focus),
		cmocka_unit_test(a_touch_asks_for_the_focus),
		cmocka_unit_test(any_keys_leave_the_caret_at_a_cluster),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
