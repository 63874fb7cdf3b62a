#include "tests/test.h"

#include <string.h>

#include "base/memory.h"
#include "vault/message.h"

static void a_request_says_again_what_was_asked(void **state)
{
	static const struct vault_request asked[] = {
		{ .verb = VAULT_ASK },
		{ .verb = VAULT_MAKE, .passphrase = "lamo riku tesa" },
		{ .verb = VAULT_CHANGE,
		  .passphrase = "old",
		  .new_passphrase = "n\xC3\xA9w" },
		{ .verb = VAULT_MOUNT_STICK, .stick = "sda1" },
		{ .verb = VAULT_SET_TIME, .seconds = 1795370520 },
		{ .verb = VAULT_POWER_OFF },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(asked); i++) {
		struct vault_request heard;
		struct bytes message = { 0 };

		vault_request_write(&asked[i], &message);
		assert_true(
		    vault_request_read(message.data, message.length, &heard));
		assert_memory_equal(&heard, &asked[i], sizeof heard);
		/* Neither cut nor with anything behind it. */
		assert_false(vault_request_read(message.data,
						message.length - 1, &heard));
		bytes_add_byte(&message, 0);
		assert_false(
		    vault_request_read(message.data, message.length, &heard));
		bytes_done(&message);
	}
}

static void what_could_name_anything_else_is_no_request(void **state)
{
	static const struct {
		const char *bytes;
		size_t length;
	} wrong[] = {
#define WRONG(text) { text, sizeof(text) - 1 }
		WRONG(""),
		WRONG("FOYERVQ1"),
		WRONG("FOYERVQ2\x00"),
		WRONG("FOYERVQ1\x09"),     /* no such verb */
		WRONG("FOYERVQ1\x01\x00"), /* empty passphrase */
		WRONG("FOYERVQ1\x02\x05"
		      "ab\0de"), /* a zero in it */
		WRONG("FOYERVQ1\x02\x03"
		      "a\nb"), /* cryptsetup's own end */
		WRONG("FOYERVQ1\x05\x07"
		      "../sda1"), /* a path */
		WRONG("FOYERVQ1\x05\x05"
		      "sda 1"),
		WRONG("FOYERVQ1\x05\x10"
		      "aaaaaaaaaaaaaaaa"), /* too long */
		WRONG("FOYERVQ1\x07\x08"
		      "\0\0\0\0\0\0\0\x01"), /* in 1970 */
		WRONG("FOYERVQ1\x07\x08"
		      "\xFF\0\0\0\0\0\0\0"),
		WRONG("FOYERVQ1\x07\x04"
		      "\x67\x74\x85\x80"),
#undef WRONG
	};
	struct vault_request heard;

	(void)state;
	for (size_t i = 0; i < COUNT(wrong); i++)
		assert_false(vault_request_read(wrong[i].bytes, wrong[i].length,
						&heard));
}

static void an_answer_says_again_how_things_are(void **state)
{
	const struct vault_answer said = {
		.result = VAULT_WRONG,
		.state = VAULT_CLOSED,
		.mounted = true,
		.sticks = { { "sda1", "FOYER", 4194304 },
			    { "sdb", "", UINT64_C(128) << 30 } },
		.stick_count = 2,
		.cards = { { "sdc", "MassStorageClass", UINT64_C(32) << 30 } },
		.card_count = 1,
	};
	struct vault_answer heard;
	struct bytes message = { 0 };

	(void)state;
	vault_answer_write(&said, &message);
	assert_true(vault_answer_read(message.data, message.length, &heard));
	assert_memory_equal(&heard, &said, sizeof heard);
	for (size_t cut = 0; cut < message.length; cut++)
		assert_false(vault_answer_read(message.data, cut, &heard));
	message.data[11] = VAULT_STICKS + 1;
	assert_false(vault_answer_read(message.data, message.length, &heard));
	bytes_done(&message);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_request_says_again_what_was_asked),
		cmocka_unit_test(what_could_name_anything_else_is_no_request),
		cmocka_unit_test(an_answer_says_again_how_things_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
