#include "tests/test.h"

#include "tests/support/event.h"
#include "tests/support/golden.h"
#include "ui/message.h"

static const struct message_key keys[] = {
	{ .word = "Keep it", .character = 'k' },
	{ .word = "Erase everything", .character = 'e' },
	{ .word = "Ask someone", .character = 'a' },
};

static struct message *make(size_t count)
{
	return message_new(&(struct message_options){
	    .language = "en",
	    .heading = "Start over?",
	    .text = "Everything you have answered is erased from this machine. "
		    "Nobody has seen it.",
	    .keys = keys,
	    .count = count,
	    .colour = CANVAS_ACCENT,
	});
}

static enum message_event press(struct message *message, enum ui_key key)
{
	struct ui_event event = key_event(key);

	return message_key(message, &event);
}

static enum message_event type(struct message *message, uint32_t character)
{
	struct ui_event event = text_event(character);

	return message_key(message, &event);
}

static void assert_picture(struct message *message, int rows, int columns,
			   const char *name)
{
	SCOPED(canvas_freep)
	struct canvas *canvas = canvas_new(rows, columns, false);
	SCOPED(char_freep) char *picture = NULL;

	message_draw(message, canvas,
		     (struct canvas_area){ 0, 0, rows, columns });
	picture = canvas_picture(canvas);
	assert_golden(name, picture);
}

static void it_stands_in_the_middle_of_every_screen(void **state)
{
	struct message *message = make(3);

	(void)state;
	assert_picture(message, 14, 60, "ui-message-60x14");
	assert_picture(message, 24, 80, "ui-message-80x24");
	assert_picture(message, 12, 40, "ui-message-40x12");
	assert_picture(message, 5, 20, "ui-message-20x5");
	message_free(message);
}

static void arabic_is_mirrored(void **state)
{
	static const struct message_key yes[] = { { .word = "نعم" },
						  { .word = "لا" } };
	struct message *message = message_new(&(struct message_options){
	    .language = "ar",
	    .text = "هل ما زلت هنا؟",
	    .keys = yes,
	    .count = 2,
	});
	SCOPED(canvas_freep) struct canvas *canvas = canvas_new(9, 40, false);
	SCOPED(char_freep) char *picture = NULL;

	(void)state;
	canvas_mirror(canvas, true);
	message_draw(message, canvas, (struct canvas_area){ 0, 0, 9, 40 });
	picture = canvas_picture(canvas);
	assert_golden("ui-message-arabic", picture);
	/* Left leads on to the second key. */
	press(message, UI_KEY_LEFT);
	assert_int_equal(message_selected(message), 1);
	message_free(message);
}

static void its_keys_are_walked_and_pressed(void **state)
{
	struct message *message = make(2);

	(void)state;
	assert_int_equal(message_selected(message), 0);
	assert_int_equal(press(message, UI_KEY_LEFT), MESSAGE_MOVED);
	assert_int_equal(message_selected(message), 0);
	press(message, UI_KEY_DOWN);
	press(message, UI_KEY_TAB);
	assert_int_equal(message_selected(message), 1);
	assert_int_equal(press(message, UI_KEY_ENTER), MESSAGE_PRESSED);
	assert_int_equal(message_selected(message), 1);
	assert_int_equal(type(message, 'K'), MESSAGE_PRESSED);
	assert_int_equal(message_selected(message), 0);
	assert_int_equal(type(message, '2'), MESSAGE_PRESSED);
	assert_int_equal(message_selected(message), 1);
	assert_int_equal(type(message, '3'), MESSAGE_IGNORED);
	assert_int_equal(type(message, ' '), MESSAGE_PRESSED);
	assert_int_equal(press(message, UI_KEY_ESCAPE), MESSAGE_CANCELLED);
	message_free(message);
}

static void its_keys_can_be_touched(void **state)
{
	struct message *message = make(2);
	SCOPED(canvas_freep) struct canvas *canvas = canvas_new(14, 60, false);
	struct ui_event second = point_event(9, 20);
	struct ui_event beside = point_event(9, 50);

	(void)state;
	message_draw(message, canvas, (struct canvas_area){ 0, 0, 14, 60 });
	assert_int_equal(message_key(message, &second), MESSAGE_PRESSED);
	assert_int_equal(message_selected(message), 1);
	assert_int_equal(message_key(message, &beside), MESSAGE_IGNORED);
	message_free(message);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_stands_in_the_middle_of_every_screen),
		cmocka_unit_test(arabic_is_mirrored),
		cmocka_unit_test(its_keys_are_walked_and_pressed),
		cmocka_unit_test(its_keys_can_be_touched),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
