#include "tests/test.h"

#include <string.h>

#include "seal/card.h"

static const uint8_t seed[SIGNATURE_SEED] = { 7 };

static struct card kiosk_card(const char *name)
{
	struct card card = { 0 };

	signature_public(seed, card.key);
	memcpy(card.name, name, strlen(name));
	return card;
}

static void a_kiosk_s_card_is_read_as_it_was_written(void **state)
{
	struct card card = kiosk_card("K7"), read;
	struct bytes bytes = { 0 };

	(void)state;
	card_write_kiosk(&card, seed, &bytes);
	assert_int_equal(bytes.length, 1 + 32 + 1 + 2 + 64);
	assert_int_equal(bytes.data[0], 1);
	assert_int_equal(bytes.data[33], 2);
	assert_memory_equal(bytes.data + 34, "K7", 2);
	assert_int_equal(card_read(KEY_KIOSK, bytes.data, bytes.length, &read),
			 CARD_GOOD);
	assert_memory_equal(&read, &card, sizeof card);
	bytes_done(&bytes);
}

static void no_changed_card_of_a_kiosk_is_taken(void **state)
{
	struct card card = kiosk_card("Entrance"), read;
	struct bytes bytes = { 0 };

	(void)state;
	card_write_kiosk(&card, seed, &bytes);
	for (size_t bit = 0; bit < 8 * bytes.length; bit++) {
		bytes.data[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_int_not_equal(
		    card_read(KEY_KIOSK, bytes.data, bytes.length, &read),
		    CARD_GOOD);
		bytes.data[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	for (size_t length = 0; length < bytes.length; length++)
		assert_int_equal(
		    card_read(KEY_KIOSK, bytes.data, length, &read),
		    CARD_MALFORMED);
	bytes_done(&bytes);
}

static void a_signature_of_another_key_is_forged(void **state)
{
	static const uint8_t other[SIGNATURE_SEED] = { 8 };
	struct card card = kiosk_card("K7"), read;
	struct bytes bytes = { 0 };

	(void)state;
	card_write_kiosk(&card, other, &bytes);
	assert_int_equal(card_read(KEY_KIOSK, bytes.data, bytes.length, &read),
			 CARD_FORGED);
	bytes_done(&bytes);
}

static void a_key_that_must_not_be_used_is_said_to_be_unsound(void **state)
{
	struct card card = { .name = "zero" }, read;
	struct bytes bytes = { 0 };

	(void)state;
	card_write_agency(&card, &bytes);
	assert_int_equal(card_read(KEY_AGENCY, bytes.data, bytes.length, &read),
			 CARD_UNSOUND);
	bytes_done(&bytes);
	card_write_kiosk(&card, seed, &bytes);
	assert_int_equal(card_read(KEY_KIOSK, bytes.data, bytes.length, &read),
			 CARD_UNSOUND);
	bytes_done(&bytes);
}

static void a_name_is_text_that_staff_can_be_shown(void **state)
{
	static const struct {
		const char *name;
		enum card_answer answer;
	} names[] = {
		{ "", CARD_GOOD },
		{ "Foyer d'accueil — Montréal", CARD_GOOD },
		{ "\xE1\x88\xB0\xF0\x9F\x8C\xB1", CARD_GOOD },
		{ "a\nb", CARD_MALFORMED },
		{ "\x1b[2J", CARD_MALFORMED },
		{ "\x7f", CARD_MALFORMED },
		{ "\xc2\x9b", CARD_MALFORMED },
		{ "\xc3", CARD_MALFORMED },
		{ "\xc0\x80", CARD_MALFORMED },
		{ "\xe0\x80\x80", CARD_MALFORMED },
		{ "\xed\xa0\x80", CARD_MALFORMED },
		{ "\xf4\x90\x80\x80", CARD_MALFORMED },
		{ "\xff", CARD_MALFORMED },
		{ "\xe1\x88", CARD_MALFORMED },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		struct card card = kiosk_card(names[i].name), read;
		struct bytes bytes = { 0 };

		card_write_agency(&card, &bytes);
		assert_int_equal(
		    card_read(KEY_AGENCY, bytes.data, bytes.length, &read),
		    names[i].answer);
		bytes_done(&bytes);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_kiosk_s_card_is_read_as_it_was_written),
		cmocka_unit_test(no_changed_card_of_a_kiosk_is_taken),
		cmocka_unit_test(a_signature_of_another_key_is_forged),
		cmocka_unit_test(
		    a_key_that_must_not_be_used_is_said_to_be_unsound),
		cmocka_unit_test(a_name_is_text_that_staff_can_be_shown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
