#include "tests/test.h"

#include <string.h>

#include "base/bytes.h"
#include "record/enrolled.h"
#include "tests/support/folder.h"
#include "tests/support/sample.h"

static enum enrolled_answer enrol(struct record *record, uint8_t key_byte,
				  const char *name)
{
	enum enrolled_answer answer;
	uint8_t key[32];

	memset(key, key_byte, sizeof key);
	assert_int_equal(enrolled_add(record, key, name, "America/Toronto",
				      &sample_sam, SAMPLE_NOON, &answer),
			 FAULT_NONE);
	return answer;
}

static enum enrolled_answer revoke(struct record *record, uint8_t key_byte,
				   uint32_t last_good)
{
	enum enrolled_answer answer;
	uint8_t key[32];

	memset(key, key_byte, sizeof key);
	assert_int_equal(enrolled_revoke(record, key, last_good, &sample_sam,
					 SAMPLE_NOON, &answer),
			 FAULT_NONE);
	return answer;
}

static void list(void *to, const struct enrolled *kiosk)
{
	bytes_add_format(to, "%s %d %s %s%s %u;", kiosk->name, kiosk->key[31],
			 kiosk->zone, kiosk->enrolled_by,
			 kiosk->revoked ? " revoked" : "", kiosk->last_good);
}

static void a_kiosk_is_enrolled_once(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	struct record *record = sample_record(folder);
	struct bytes all = { 0 };

	(void)state;
	assert_int_equal(enrol(record, 2, "K8"), ENROLLED_DONE);
	assert_int_equal(enrol(record, 1, "K7"), ENROLLED_DONE);
	assert_int_equal(enrol(record, 1, "K9"), ENROLLED_ALREADY);
	assert_int_equal(enrol(record, 3, ""), ENROLLED_BAD_NAME);
	assert_int_equal(enrol(record, 3, "K 7"), ENROLLED_BAD_NAME);
	assert_int_equal(enrol(record, 3, "K-7"), ENROLLED_BAD_NAME);
	assert_int_equal(enrol(record, 3, "é"), ENROLLED_BAD_NAME);
	assert_int_equal(enrol(record, 3, "a-name-longer-than-24-bytes"),
			 ENROLLED_BAD_NAME);
	assert_int_equal(enrolled_each(record, list, &all), FAULT_NONE);
	assert_string_equal(all.data, "K7 1 America/Toronto Sam 0;"
				      "K8 2 America/Toronto Sam 0;");
	/* It is taken in all the same, and somebody renames it. */
	assert_int_equal(enrol(record, 3, "K7"), ENROLLED_NAME_SHARED);
	assert_int_equal(enrol(record, 3, "K7"), ENROLLED_ALREADY);
	bytes_done(&all);
	record_close(record);
}

static void list_revoked(void *to, const struct record_audit *row)
{
	if (strcmp(row->act, "revoke") == 0)
		bytes_add_format(to, "%s;", row->old ? row->old : "");
}

static void a_revoked_kiosk_hands_its_name_on(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	struct record *record = sample_record(folder);
	struct bytes all = { 0 };

	(void)state;
	assert_int_equal(enrol(record, 1, "K7"), ENROLLED_DONE);
	assert_int_equal(revoke(record, 2, 0), ENROLLED_UNKNOWN);
	assert_int_equal(revoke(record, 1, 4000000000), ENROLLED_DONE);
	assert_int_equal(enrol(record, 1, "K7"), ENROLLED_ALREADY);
	assert_int_equal(enrol(record, 4, "K7"), ENROLLED_DONE);
	assert_int_equal(enrolled_each(record, list, &all), FAULT_NONE);
	assert_string_equal(all.data,
			    "K7 1 America/Toronto Sam revoked 4000000000;"
			    "K7 4 America/Toronto Sam 0;");
	bytes_done(&all);
	assert_int_equal(record_audit_each(record, 0, list_revoked, &all),
			 FAULT_NONE);
	assert_string_equal(all.data, "K7 ≤ 4000000000;");
	bytes_done(&all);
	record_close(record);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_kiosk_is_enrolled_once),
		cmocka_unit_test(a_revoked_kiosk_hands_its_name_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
