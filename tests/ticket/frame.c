#include "tests/test.h"

#include <sodium.h>
#include <string.h>

#include "tests/support/chance.h"
#include "tests/support/hex.h"
#include "tests/support/slow.h"
#include "tests/support/vectors.h"
#include "ticket/frame.h"
#include "ticket/repair.h"

static void frame_of_vector(int which, struct bytes *digits)
{
	struct wire wire;

	vector_wire(which, &wire);
	frame_write(FRAME_TICKET, vectors[which].sequence, wire.bytes,
		    wire.length, digits);
}

static void the_vectors_digits_are_exact(void **state)
{
	(void)state;
	for (int i = 0; i < VECTORS; i++) {
		struct bytes digits = { 0 };
		uint8_t hash[32];

		frame_of_vector(i, &digits);
		assert_int_equal(digits.length, vectors[i].digits);
		assert_memory_equal(digits.data, vectors[i].digits_begin,
				    strlen(vectors[i].digits_begin));
		assert_string_equal((char *)digits.data + digits.length - 10,
				    vectors[i].digits_end);
		crypto_hash_sha256(hash, digits.data, digits.length);
		assert_hex(hash, 32, vectors[i].digits_sha256);
		bytes_done(&digits);
	}
}

static void the_crc_is_the_usual_one(void **state)
{
	(void)state;
	assert_int_equal(frame_crc("123456789", 9), 0xCBF43926);
}

static void frames_of_every_length_read_back(void **state)
{
	struct chance chance = { 5 };
	uint8_t payload[FRAME_PAYLOAD_MAX];

	(void)state;
	for (size_t length = 0; length <= FRAME_PAYLOAD_MAX; length++) {
		struct bytes digits = { 0 };
		struct frame frame;

		chance_bytes(&chance, payload, length);
		frame_write(FRAME_ENROLMENT, 0, payload, length, &digits);
		assert_int_equal(digits.length, frame_digits(length));
		assert_int_equal(
		    frame_announced((char *)digits.data, digits.length),
		    digits.length);
		assert_int_equal(
		    frame_read((char *)digits.data, digits.length, &frame),
		    FRAME_READ);
		assert_int_equal(frame.magic, FRAME_ENROLMENT);
		assert_int_equal(frame.length, length);
		assert_memory_equal(frame.payload, payload, length);
		bytes_done(&digits);
	}
}

static void every_lost_or_changed_digit_is_seen(void **state)
{
	struct bytes digits = { 0 };
	char scan[1500];
	struct frame frame;

	(void)state;
	frame_of_vector(0, &digits);
	for (size_t at = 0; at < digits.length; at++) {
		memcpy(scan, digits.data, at);
		memcpy(scan + at, digits.data + at + 1, digits.length - at);
		assert_int_not_equal(
		    frame_read(scan, digits.length - 1, &frame), FRAME_READ);
		memcpy(scan, digits.data, digits.length + 1);
		for (char digit = '0'; digit <= '9'; digit++) {
			scan[at] = digit;
			assert_int_equal(frame_read(scan, digits.length,
						    &frame) == FRAME_READ,
					 digit == (char)digits.data[at]);
		}
	}
	bytes_done(&digits);
}

/* Puts the CRC of what precedes it behind the digits. */
static void sign(char *digits, size_t length)
{
	uint32_t crc = frame_crc(digits, length - 10);

	for (size_t i = length; i-- > length - 10; crc /= 10)
		digits[i] = (char)('0' + crc % 10);
}

static void a_frame_with_a_good_crc_may_still_be_wrong(void **state)
{
	static const struct {
		size_t at;
		char digit;
		const char *why;
	} changes[] = {
		{ 3, '2', "part 2" },
		{ 4, '2', "of 2 parts" },
		{ 8, '3', "a set that is not the sequence's" },
		{ 13, '9', "a group above 7 bytes" },
		{ 0, '4', "no magic" },
		{ 2, '4', "an enrolment with a set" },
		{ 2, '7', "a magic nobody gave out" },
	};
	struct bytes digits = { 0 };
	char scan[1500];
	struct frame frame;

	(void)state;
	frame_of_vector(0, &digits);
	for (size_t i = 0; i < COUNT(changes); i++) {
		memcpy(scan, digits.data, digits.length);
		scan[changes[i].at] = changes[i].digit;
		sign(scan, digits.length);
		assert_int_not_equal(frame_read(scan, digits.length, &frame),
				     FRAME_READ);
	}
	bytes_done(&digits);
}

static void other_barcodes_are_not_ours(void **state)
{
	static const struct {
		const char *digits;
		enum frame_answer answer;
	} cases[] = {
		{ "", FRAME_NOT_OURS },
		{ "58", FRAME_NOT_OURS },
		{ "5901234123457", FRAME_NOT_OURS },
		{ "HTTP://EXAMPLE.ORG", FRAME_NOT_OURS },
		{ "583", FRAME_INCOMPLETE },
		{ "5831104120249005572808", FRAME_INCOMPLETE },
		{ "58311041202490055728o8", FRAME_INCOMPLETE },
		{ "58511000000003504270876", FRAME_INCOMPLETE },
		{ "58311000099993504270876", FRAME_INCOMPLETE },
	};
	struct frame frame;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(frame_read(cases[i].digits,
					    strlen(cases[i].digits), &frame),
				 cases[i].answer);
	assert_int_equal(frame_announced("5831104120249", 13), 628);
	assert_int_equal(frame_announced("583110412024", 12), 0);
	assert_int_equal(frame_announced("5831104129999", 13), 0);
}

static bool by_signature(void *to, const struct frame *frame)
{
	struct vector_keys keys;

	vector_keys(&keys);
	++*(int *)to;
	return wire_genuine(frame->payload, frame->length, keys.kiosk);
}

static void one_digit_lost_or_doubled_is_repaired(void **state)
{
	struct chance chance = { 9 };

	(void)state;
	for (int i = 0; i < VECTORS; i++) {
		struct bytes digits = { 0 };
		struct frame frame, whole;
		char scan[1500];

		frame_of_vector(i, &digits);
		assert_int_equal(
		    frame_read((char *)digits.data, digits.length, &whole),
		    FRAME_READ);
		for (long n = loops(40); n; n--) {
			size_t at =
			    3 +
			    chance_below(&chance, (uint32_t)digits.length - 3);
			bool lost = chance_below(&chance, 2);
			size_t length = digits.length;
			int judged = 0;

			memcpy(scan, digits.data, at + 1);
			memcpy(scan + at + !lost, digits.data + at + lost,
			       length - at - lost);
			length = lost ? length - 1 : length + 1;
			assert_int_equal(
			    repair(scan, length, by_signature, &judged, &frame),
			    REPAIR_DONE);
			assert_int_equal(frame.length, whole.length);
			assert_memory_equal(frame.payload, whole.payload,
					    whole.length);
			assert_in_range(judged, 1, 3);
		}
		bytes_done(&digits);
	}
}

static bool never(void *to, const struct frame *frame)
{
	(void)to;
	(void)frame;
	return false;
}

static void nothing_else_is_repaired(void **state)
{
	struct bytes digits = { 0 };
	struct frame frame;
	char scan[1500];
	int judged = 0;

	(void)state;
	frame_of_vector(0, &digits);
	memcpy(scan, digits.data, digits.length);
	scan[99] = scan[99] == '9' ? '0' : '9';
	assert_int_equal(
	    repair(scan, digits.length, by_signature, &judged, &frame),
	    REPAIR_IMPOSSIBLE); /* changed */
	assert_int_equal(
	    repair(scan, digits.length - 1, by_signature, &judged, &frame),
	    REPAIR_IMPOSSIBLE); /* changed and cut */
	assert_int_equal(repair((char *)digits.data, digits.length - 2,
				by_signature, &judged, &frame),
			 REPAIR_IMPOSSIBLE); /* two lost */
	assert_int_equal(judged, 0);
	assert_int_equal(
	    repair((char *)digits.data, digits.length - 1, never, NULL, &frame),
	    REPAIR_IMPOSSIBLE); /* not genuine */
	assert_int_equal(repair("", 0, never, NULL, &frame), REPAIR_IMPOSSIBLE);
	bytes_done(&digits);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_vectors_digits_are_exact),
		cmocka_unit_test(the_crc_is_the_usual_one),
		cmocka_unit_test(frames_of_every_length_read_back),
		cmocka_unit_test(every_lost_or_changed_digit_is_seen),
		cmocka_unit_test(a_frame_with_a_good_crc_may_still_be_wrong),
		cmocka_unit_test(other_barcodes_are_not_ours),
		cmocka_unit_test(one_digit_lost_or_doubled_is_repaired),
		cmocka_unit_test(nothing_else_is_repaired),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
