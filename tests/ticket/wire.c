#include "tests/test.h"

#include <sodium.h>
#include <string.h>

#include "tests/support/chance.h"
#include "tests/support/hex.h"
#include "tests/support/slow.h"
#include "tests/support/vectors.h"
#include "ticket/open.h"
#include "ticket/wire.h"

static void the_vectors_keys_are_those(void **state)
{
	struct vector_keys keys;

	(void)state;
	vector_keys(&keys);
	assert_hex(keys.agency, 32,
		   "7b4e909bbe7ffe44c465a220037d608ee35897d31ef972f07f74892cb0"
		   "f73f13");
	assert_hex(keys.kiosk, 32,
		   "a09aa5f47a6759802ff955f8dc2d2a14a5c99d23be97f864127ff93834"
		   "55a4f0");
	assert_int_equal(key_id(KEY_AGENCY, keys.agency), 0xfad8);
	assert_int_equal(key_id(KEY_KIOSK, keys.kiosk), 0x0f7d);
}

static void the_vectors_are_made_to_the_byte(void **state)
{
	static const char enc[] =
	    "7b0d47d93427f8311160781c7c733fd89f88970aef490"
	    "d8aa0ee19a4cb8a1b14";
	static const char *const headers[] = { "01fad80f7d0000019c",
					       "01fad80f7d0000019d",
					       "01fad80f7d000028ae" };

	(void)state;
	for (int i = 0; i < VECTORS; i++) {
		struct wire wire;
		uint8_t hash[32];

		vector_wire(i, &wire);
		assert_int_equal(wire.length, vectors[i].plain_length + 121);
		assert_hex(wire.bytes, 9, headers[i]);
		assert_hex(wire.bytes + 9, 32, enc);
		assert_hex(wire.bytes + 41 + vectors[i].plain_length, 16,
			   vectors[i].tag);
		crypto_hash_sha256(hash, wire.bytes, wire.length);
		assert_hex(hash, 32, vectors[i].wire_sha256);
	}
}

static void the_vectors_open_again(void **state)
{
	struct vector_keys keys;

	(void)state;
	vector_keys(&keys);
	for (int i = 0; i < VECTORS; i++) {
		uint8_t plain[WIRE_PLAIN_MAX], opened[WIRE_PLAIN_MAX];
		struct wire_header header;
		struct wire wire;
		size_t length;

		vector_wire(i, &wire);
		vector_plain(i, plain);
		assert_int_equal(wire_read(wire.bytes, wire.length, &header),
				 WIRE_SOUND);
		assert_int_equal(header.sequence, vectors[i].sequence);
		assert_int_equal(header.agency, 0xfad8);
		assert_int_equal(header.kiosk, 0x0f7d);
		assert_true(wire_genuine(wire.bytes, wire.length, keys.kiosk));
		assert_int_equal(wire_open(wire.bytes, wire.length,
					   keys.agency_secret, keys.agency,
					   keys.kiosk, opened, &length),
				 OPEN_DONE);
		assert_int_equal(length, vectors[i].plain_length);
		assert_memory_equal(opened, plain, length);
	}
}

/* Whether a desk that has these keys would take the wire as far as opened. */
static bool taken(const struct vector_keys *keys, const struct wire *wire)
{
	struct wire_header header;

	return wire_read(wire->bytes, wire->length, &header) == WIRE_SOUND &&
	       header.kiosk == key_id(KEY_KIOSK, keys->kiosk) &&
	       wire_genuine(wire->bytes, wire->length, keys->kiosk);
}

static void every_bit_flipped_is_refused(void **state)
{
	struct vector_keys keys;
	struct wire wire;
	long step = 2000 / loops(2000);

	(void)state;
	vector_keys(&keys);
	vector_wire(0, &wire);
	assert_true(taken(&keys, &wire));
	for (size_t bit = 0; bit < 8 * wire.length; bit += (size_t)step) {
		wire.bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_false(taken(&keys, &wire));
		wire.bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
}

/* 100,000 over all sizes, every ticket a new one. */
static void a_hundred_thousand_flips_are_refused(void **state)
{
	struct chance chance = { 20260101 };
	struct vector_keys keys;

	(void)state;
	vector_keys(&keys);
	for (long left = loops(100000); left > 0;) {
		uint8_t plain[WIRE_PLAIN_MAX];
		size_t length = wire_plain(chance_below(&chance, 3));
		struct wire wire;

		chance_bytes(&chance, plain, length);
		chance_bytes(&chance, keys.ephemeral, 32);
		assert_int_equal(
		    wire_make(keys.agency, keys.kiosk, keys.seed,
			      keys.ephemeral,
			      1 + chance_below(&chance, 0xFFFFFFFE), plain,
			      length, &wire),
		    FAULT_NONE);
		assert_true(taken(&keys, &wire));
		for (int i = 0; i < 1000 && left > 0; i++, left--) {
			uint32_t bit =
			    chance_below(&chance, 8 * (uint32_t)wire.length);

			wire.bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
			assert_false(taken(&keys, &wire));
			wire.bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
		}
	}
}

static void only_three_lengths_are_wires(void **state)
{
	uint8_t bytes[700] = { 1, 0, 0, 0, 0, 0, 0, 0, 1 };
	struct wire_header header;

	(void)state;
	for (size_t length = 0; length < sizeof bytes; length++)
		assert_int_equal(wire_read(bytes, length, &header),
				 length == 249 || length == 377 || length == 601
				     ? WIRE_SOUND
				     : WIRE_NOT_A_WIRE);
}

static void numbers_that_no_kiosk_gives_are_refused(void **state)
{
	static const struct {
		uint8_t sequence[4];
		enum wire_answer answer;
	} cases[] = {
		{ { 0, 0, 0, 0 }, WIRE_NO_SUCH_NUMBER },
		{ { 0, 0, 0, 1 }, WIRE_SOUND },
		{ { 0xff, 0xff, 0xff, 0xfe }, WIRE_SOUND },
		{ { 0xff, 0xff, 0xff, 0xff }, WIRE_NO_SUCH_NUMBER },
	};
	uint8_t bytes[249] = { 1 };
	struct wire_header header;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		memcpy(bytes + 5, cases[i].sequence, 4);
		assert_int_equal(wire_read(bytes, sizeof bytes, &header),
				 cases[i].answer);
	}
	bytes[0] = 2;
	assert_int_equal(wire_read(bytes, sizeof bytes, &header),
			 WIRE_UNKNOWN_SUITE);
}

/*
 * A thief of paper who has a kiosk of their own strips the signature and signs
 * again as their kiosk: the header and info say another key, so it stays shut.
 */
static void a_ticket_signed_again_by_another_kiosk_does_not_open(void **state)
{
	struct vector_keys keys, thief;
	uint8_t opened[WIRE_PLAIN_MAX];
	struct wire wire;
	size_t length;

	(void)state;
	vector_keys(&keys);
	thief = keys;
	memset(thief.seed, 0x44, 32);
	signature_public(thief.seed, thief.kiosk);
	vector_wire(0, &wire);
	wire.bytes[3] = (uint8_t)(key_id(KEY_KIOSK, thief.kiosk) >> 8);
	wire.bytes[4] = (uint8_t)key_id(KEY_KIOSK, thief.kiosk);
	signature_make(thief.seed, "foyer/ticket/v1/sig", wire.bytes,
		       wire.length - 64, wire.bytes + wire.length - 64);
	assert_true(wire_genuine(wire.bytes, wire.length, thief.kiosk));
	assert_int_equal(wire_open(wire.bytes, wire.length, keys.agency_secret,
				   keys.agency, thief.kiosk, opened, &length),
			 OPEN_REFUSED);
}

static void another_agency_s_key_does_not_open_it(void **state)
{
	struct vector_keys keys;
	uint8_t opened[WIRE_PLAIN_MAX], secret[32] = { 0x12 }, public[32];
	struct wire wire;
	size_t length;

	(void)state;
	vector_keys(&keys);
	vector_wire(2, &wire);
	crypto_scalarmult_base(public, secret);
	assert_int_equal(wire_open(wire.bytes, wire.length, secret, public,
				   keys.kiosk, opened, &length),
			 OPEN_REFUSED);
}

static void the_instance_is_named_by_the_hash(void **state)
{
	uint8_t hash[KEY_HASH_BYTES];
	char text[WIRE_INSTANCE_BYTES];

	(void)state;
	memset(hash, 0xff, sizeof hash);
	wire_instance_id(hash, text);
	assert_string_equal(text, "uuid:ffffffff-ffff-8fff-bfff-ffffffffffff");
	memset(hash, 0, sizeof hash);
	wire_instance_id(hash, text);
	assert_string_equal(text, "uuid:00000000-0000-8000-8000-000000000000");
}

static void the_number_called_is_the_kiosk_s_and_four_digits(void **state)
{
	static const struct {
		uint32_t sequence;
		const char *text;
	} cases[] = { { 1, "K7-0001" },
		      { 412, "K7-0412" },
		      { 10412, "K7-0412" },
		      { 0xFFFFFFFE, "K7-7294" } };
	char text[WIRE_NUMBER_BYTES];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		wire_number("K7", cases[i].sequence, text);
		assert_string_equal(text, cases[i].text);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_vectors_keys_are_those),
		cmocka_unit_test(the_vectors_are_made_to_the_byte),
		cmocka_unit_test(the_vectors_open_again),
		cmocka_unit_test(every_bit_flipped_is_refused),
		cmocka_unit_test(a_hundred_thousand_flips_are_refused),
		cmocka_unit_test(only_three_lengths_are_wires),
		cmocka_unit_test(numbers_that_no_kiosk_gives_are_refused),
		cmocka_unit_test(
		    a_ticket_signed_again_by_another_kiosk_does_not_open),
		cmocka_unit_test(another_agency_s_key_does_not_open_it),
		cmocka_unit_test(the_instance_is_named_by_the_hash),
		cmocka_unit_test(
		    the_number_called_is_the_kiosk_s_and_four_digits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
