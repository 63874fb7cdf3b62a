#include "tests/test.h"

#include <string.h>

#include "seal/agency_key.h"
#include "seal/box.h"

static const uint8_t key[BOX_KEY] = { 7 };

static void a_box_gives_back_what_was_put_in(void **state)
{
	static const size_t lengths[] = { 0, 1, 59, 60, 61, 5000 };
	char text[5000];

	(void)state;
	memset(text, 'x', sizeof text);
	for (size_t i = 0; i < COUNT(lengths); i++) {
		struct bytes box = { 0 }, back = { 0 };

		box_seal(key, "name 1", text, lengths[i], &box);
		assert_int_equal(box.length,
				 BOX_OVER + (lengths[i] + 67) / 64 * 64);
		assert_true(
		    box_open(key, "name 1", box.data, box.length, &back));
		assert_int_equal(back.length, lengths[i]);
		if (back.length)
			assert_memory_equal(back.data, text, lengths[i]);
		bytes_done(&box);
		bytes_done(&back);
	}
}

static void it_opens_for_its_key_and_its_place_alone(void **state)
{
	const uint8_t other[BOX_KEY] = { 8 };
	struct bytes box = { 0 }, back = { 0 };

	(void)state;
	box_seal(key, "name 1", "Ana", 3, &box);
	assert_false(box_open(other, "name 1", box.data, box.length, &back));
	assert_false(box_open(key, "name 2", box.data, box.length, &back));
	for (size_t cut = 0; cut < box.length; cut++)
		assert_false(box_open(key, "name 1", box.data, cut, &back));
	for (size_t i = 0; i < box.length; i++) {
		box.data[i] ^= 1;
		assert_false(
		    box_open(key, "name 1", box.data, box.length, &back));
		box.data[i] ^= 1;
	}
	assert_int_equal(back.length, 0);
	bytes_done(&box);
}

static void its_key_is_wrapped_for_an_agency(void **state)
{
	const uint8_t secret[32] = { 0x48 }, other[32] = { 0x50 };
	struct agency_key *agency = agency_key_of_secret(secret, "", 0);
	uint8_t wrapped[BOX_WRAPPED], back[BOX_KEY];

	(void)state;
	assert_int_equal(
	    box_wrap(agency_key_public(agency), "foyer/test", key, wrapped),
	    FAULT_NONE);
	assert_true(box_unwrap(secret, "foyer/test", wrapped, back));
	assert_memory_equal(back, key, BOX_KEY);
	assert_false(box_unwrap(other, "foyer/test", wrapped, back));
	assert_false(box_unwrap(secret, "foyer/tesu", wrapped, back));
	wrapped[40] ^= 1;
	assert_false(box_unwrap(secret, "foyer/test", wrapped, back));
	agency_key_free(agency);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_box_gives_back_what_was_put_in),
		cmocka_unit_test(it_opens_for_its_key_and_its_place_alone),
		cmocka_unit_test(its_key_is_wrapped_for_an_agency),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
