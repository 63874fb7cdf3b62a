#include "tests/test.h"

#include <string.h>

#include "seal/signature.h"
#include "tests/support/hex.h"

static const char prefix[] = "foyer/test";

/* TICKET.md §10: seed 32 x 22. */
static void a_seed_gives_the_key_of_the_vectors(void **state)
{
	uint8_t seed[SIGNATURE_SEED], key[KEY_BYTES];
	char fingerprint[KEY_FINGERPRINT_BYTES];

	(void)state;
	memset(seed, 0x22, sizeof seed);
	signature_public(seed, key);
	assert_hex(key, sizeof key,
		   "a09aa5f47a6759802ff955f8dc2d2a14"
		   "a5c99d23be97f864127ff9383455a4f0");
	key_fingerprint(key, fingerprint);
	assert_string_equal(fingerprint, "63627 47404 56984 22289 28119 16146");
	assert_int_equal(key_id(KEY_KIOSK, key), 0x0f7d);
}

static void a_signature_is_good_for_its_message_alone(void **state)
{
	uint8_t seed[SIGNATURE_SEED] = { 1 }, key[KEY_BYTES];
	uint8_t signature[SIGNATURE_BYTES], message[50] = "a message";

	(void)state;
	signature_public(seed, key);
	signature_make(seed, prefix, message, sizeof message, signature);
	assert_true(
	    signature_good(key, prefix, message, sizeof message, signature));
	assert_false(signature_good(key, "foyer/tesu", message, sizeof message,
				    signature));
	assert_false(signature_good(key, prefix, message, sizeof message - 1,
				    signature));
	for (size_t bit = 0; bit < 8 * sizeof signature; bit++) {
		signature[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_false(signature_good(key, prefix, message,
					    sizeof message, signature));
		signature[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	for (size_t bit = 0; bit < 8 * sizeof message; bit++) {
		message[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_false(signature_good(key, prefix, message,
					    sizeof message, signature));
		message[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
}

/* RFC 8032 §5.1: the order of the group, little-endian. */
static const char order[] = "edd3f55c1a631258d69cf7a2def9de14"
			    "00000000000000000000000000000010";

/* S + L verifies in lax libraries, and would be a second wire of one number. */
static void a_signature_has_one_spelling(void **state)
{
	uint8_t seed[SIGNATURE_SEED] = { 2 }, key[KEY_BYTES], more[32];
	uint8_t signature[SIGNATURE_BYTES];
	unsigned carry = 0;

	(void)state;
	signature_public(seed, key);
	signature_make(seed, prefix, "x", 1, signature);
	assert_int_equal(from_hex(order, more, sizeof more), 32);
	for (int i = 0; i < 32; i++) {
		carry += (unsigned)signature[32 + i] + more[i];
		signature[32 + i] = (uint8_t)carry;
		carry >>= 8;
	}
	assert_int_equal(carry, 0);
	assert_false(signature_good(key, prefix, "x", 1, signature));
}

/* Points of order 1, 2, 4 and 8, and some of their other spellings. */
static const char *const small[] = {
	"0100000000000000000000000000000000000000000000000000000000000000",
	"0000000000000000000000000000000000000000000000000000000000000000",
	"0000000000000000000000000000000000000000000000000000000000000080",
	"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
	"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
	"0100000000000000000000000000000000000000000000000000000000000080",
	"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
};

/* With such a key and R, S = 0 is a signature of many messages. */
static void points_of_small_order_are_refused(void **state)
{
	uint8_t point[KEY_BYTES], signature[SIGNATURE_BYTES] = { 0 };
	uint8_t seed[SIGNATURE_SEED] = { 3 }, key[KEY_BYTES];

	(void)state;
	signature_public(seed, key);
	for (size_t i = 0; i < COUNT(small); i++) {
		from_hex(small[i], point, sizeof point);
		assert_false(key_sound(KEY_KIOSK, point));
		memcpy(signature, point, 32);
		for (char message = 0; message < 16; message++) {
			assert_false(signature_good(point, prefix, &message, 1,
						    signature));
			assert_false(signature_good(key, prefix, &message, 1,
						    signature));
		}
	}
	assert_true(key_sound(KEY_KIOSK, key));
}

static void a_point_not_written_in_its_shortest_form_is_refused(void **state)
{
	uint8_t point[KEY_BYTES];

	(void)state;
	/* y = 3 and y = p + 3; only the first is canonical. */
	for (int y = 2; y < 19; y++) {
		memset(point, 0xff, sizeof point);
		point[0] = (uint8_t)(0xed + y);
		point[31] = 0x7f;
		assert_false(key_sound(KEY_KIOSK, point));
	}
}

/* RFC 7748 §6.1, and the known points whose multiples are zero. */
static void an_agency_key_must_not_make_a_secret_that_all_know(void **state)
{
	static const char *const bad[] = {
		"000000000000000000000000000000000000000000000000000000000000"
		"0000",
		"010000000000000000000000000000000000000000000000000000000000"
		"0000",
		"e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49"
		"b800",
		"5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f"
		"1157",
		"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		"ff7f",
		"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		"ff7f",
	};
	uint8_t key[KEY_BYTES];

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		assert_int_equal(from_hex(bad[i], key, sizeof key), KEY_BYTES);
		assert_false(key_sound(KEY_AGENCY, key));
	}
	memset(key, 9, sizeof key);
	assert_true(key_sound(KEY_AGENCY, key));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_seed_gives_the_key_of_the_vectors),
		cmocka_unit_test(a_signature_is_good_for_its_message_alone),
		cmocka_unit_test(a_signature_has_one_spelling),
		cmocka_unit_test(points_of_small_order_are_refused),
		cmocka_unit_test(
		    a_point_not_written_in_its_shortest_form_is_refused),
		cmocka_unit_test(
		    an_agency_key_must_not_make_a_secret_that_all_know),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
