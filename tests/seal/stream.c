#include "tests/test.h"

#include <string.h>

#include "seal/agency_key.h"
#include "seal/stream_open.h"
#include "tests/support/logged.h"

static const char purpose[] = "foyer/test";
static const char front[] = "what lies in front";

struct agency {
	struct agency_key *key;
	uint8_t head[STREAM_HEAD];
	struct stream *sealing, *opening;
};

static void begin(struct agency *agency)
{
	uint8_t secret[32] = { 5 };

	agency->key = agency_key_of_secret(secret, "", 0);
	assert_int_equal(stream_seal(agency_key_public(agency->key), purpose,
				     front, sizeof front, agency->head,
				     &agency->sealing),
			 FAULT_NONE);
	assert_int_equal(stream_open(agency_key_secret(agency->key), purpose,
				     front, sizeof front, agency->head,
				     &agency->opening),
			 STREAM_OPENED);
}

static void end(struct agency *agency)
{
	stream_free(agency->sealing);
	stream_free(agency->opening);
	agency_key_free(agency->key);
}

static void what_was_sealed_opens_frame_by_frame(void **state)
{
	static uint8_t plain[STREAM_FRAME], back[STREAM_FRAME],
	    sealed[STREAM_FRAME + STREAM_OVER];
	struct agency agency;
	struct stream *looking;

	(void)state;
	begin(&agency);
	looking = stream_look_back(agency.sealing, agency.head);
	memset(plain, 'x', sizeof plain);
	stream_push(agency.sealing, plain, sizeof plain, false, sealed);
	assert_int_equal(
	    stream_pull(agency.opening, sealed, sizeof sealed, back),
	    STREAM_MORE);
	assert_memory_equal(back, plain, sizeof plain);
	assert_int_equal(stream_pull(looking, sealed, sizeof sealed, back),
			 STREAM_MORE);
	stream_push(agency.sealing, "", 0, true, sealed);
	assert_int_equal(stream_pull(agency.opening, sealed, STREAM_OVER, back),
			 STREAM_LAST);
	assert_int_equal(stream_pull(looking, sealed, STREAM_OVER, back),
			 STREAM_LAST);
	stream_free(looking);
	end(&agency);
}

static void a_frame_changed_left_out_or_moved_is_refused(void **state)
{
	uint8_t frames[2][5 + STREAM_OVER], back[5];
	struct agency agency;

	(void)state;
	begin(&agency);
	stream_push(agency.sealing, "first", 5, false, frames[0]);
	stream_push(agency.sealing, "other", 5, true, frames[1]);
	assert_int_equal(
	    stream_pull(agency.opening, frames[1], sizeof frames[1], back),
	    STREAM_REFUSED);
	for (size_t bit = 0; bit < 8 * sizeof frames[0]; bit++) {
		frames[0][bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_int_equal(stream_pull(agency.opening, frames[0],
					     sizeof frames[0], back),
				 STREAM_REFUSED);
		frames[0][bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	assert_int_equal(
	    stream_pull(agency.opening, frames[0], sizeof frames[0], back),
	    STREAM_MORE);
	assert_memory_equal(back, "first", 5);
	end(&agency);
}

static void another_key_purpose_front_or_head_opens_nothing(void **state)
{
	const uint8_t other[32] = { 0x40 };
	struct stream *none = NULL;
	struct agency agency;
	const uint8_t *secret;

	(void)state;
	begin(&agency);
	secret = agency_key_secret(agency.key);
	assert_int_equal(stream_open(other, purpose, front, sizeof front,
				     agency.head, &none),
			 STREAM_NOT_OURS);
	assert_int_equal(stream_open(secret, "foyer/tesu", front, sizeof front,
				     agency.head, &none),
			 STREAM_NOT_OURS);
	assert_int_equal(stream_open(secret, purpose, front, sizeof front - 1,
				     agency.head, &none),
			 STREAM_NOT_OURS);
	agency.head[40] ^= 1;
	assert_int_equal(stream_open(secret, purpose, front, sizeof front,
				     agency.head, &none),
			 STREAM_NOT_OURS);
	assert_null(none);
	end(&agency);
}

static void a_receiver_that_is_no_key_is_a_fault(void **state)
{
	const uint8_t zero[32] = { 0 };
	uint8_t head[STREAM_HEAD];
	struct stream *none = NULL;

	(void)state;
	logged_start();
	assert_int_equal(stream_seal(zero, purpose, "", 0, head, &none),
			 FAULT_FORMAT);
	assert_non_null(strstr(logged(), "public key"));
	logged_stop();
	assert_null(none);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_sealed_opens_frame_by_frame),
		cmocka_unit_test(a_frame_changed_left_out_or_moved_is_refused),
		cmocka_unit_test(
		    another_key_purpose_front_or_head_opens_nothing),
		cmocka_unit_test(a_receiver_that_is_no_key_is_a_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
