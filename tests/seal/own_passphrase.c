#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "seal/own_passphrase.h"
#include "tests/support/logged.h"
#include "tests/support/old_box.h"

static const char own[] = "lamo kire fusa bido";

static void a_hash_matches_its_passphrase_alone(void **state)
{
	char hash[OWN_HASH], other[OWN_HASH];

	(void)state;
	assert_int_equal(own_hash(own, OWN_DEMO, hash), FAULT_NONE);
	assert_int_equal(own_hash(own, OWN_DEMO, other), FAULT_NONE);
	assert_true(own_matches(hash, own));
	assert_false(own_matches(hash, "lamo kire fusa bidu"));
	assert_false(own_matches("", own));
	/* Salted: two with one passphrase do not look alike. */
	assert_string_not_equal(hash, other);
	assert_memory_equal(hash, "$argon2id$v=19$m=8192,t=1,p=1$", 30);
}

static void at_a_desk_a_guess_costs_two_passes_over_64_mib(void **state)
{
	char hash[OWN_HASH];

	(void)state;
	/* Dear it is, and dearer where every access is looked at. */
	if (getenv("FOYER_SLOW"))
		skip();
	assert_int_equal(own_hash(own, OWN_DESK, hash), FAULT_NONE);
	assert_memory_equal(hash, "$argon2id$v=19$m=65536,t=2,p=1$", 31);
}

static void a_box_opens_with_its_passphrase_alone(void **state)
{
	const char *const secrets[] = { "", "topu",
					"wena topu lamo kire fusa bido" };
	char back[PASSPHRASE_LIMIT];
	bool opened;

	(void)state;
	for (size_t i = 0; i < COUNT(secrets); i++) {
		struct bytes box = { 0 };

		assert_int_equal(own_wrap(own, OWN_DEMO, secrets[i], &box),
				 FAULT_NONE);
		/* Its length says nothing of what is inside. */
		assert_int_equal(box.length, OWN_BOX);
		assert_int_equal(
		    own_unwrap(own, box.data, box.length, &opened, back),
		    FAULT_NONE);
		assert_true(opened);
		assert_string_equal(back, secrets[i]);
		assert_int_equal(own_unwrap("another of twelve", box.data,
					    box.length, &opened, back),
				 FAULT_NONE);
		assert_false(opened);
		assert_string_equal(back, "");
		bytes_done(&box);
	}
}

static void a_damaged_box_opens_nothing_and_starves_nobody(void **state)
{
	char back[PASSPHRASE_LIMIT];
	struct bytes box = { 0 };
	bool opened = true;

	(void)state;
	assert_int_equal(own_wrap(own, OWN_DEMO, "topu", &box), FAULT_NONE);
	box.data[OWN_FRONT] ^= 1;
	assert_int_equal(own_unwrap(own, box.data, box.length, &opened, back),
			 FAULT_NONE);
	assert_false(opened);
	logged_start();
	box.data[5] = 0xFF; /* memory */
	assert_int_equal(own_unwrap(own, box.data, box.length, &opened, back),
			 FAULT_FORMAT);
	box.data[5] = 0;
	box.data[0] = 3; /* version */
	assert_int_equal(own_unwrap(own, box.data, box.length, &opened, back),
			 FAULT_FORMAT);
	assert_int_equal(own_unwrap(own, box.data, 10, &opened, back),
			 FAULT_FORMAT);
	assert_non_null(strstr(logged(), "foyer user passphrase"));
	logged_stop();
	bytes_done(&box);
}

static void a_box_takes_another_secret_without_its_passphrase(void **state)
{
	char back[PASSPHRASE_LIMIT];
	struct bytes box = { 0 }, other = { 0 };
	bool opened;

	(void)state;
	assert_int_equal(own_wrap(own, OWN_DEMO, "topu", &box), FAULT_NONE);
	assert_true(own_renew(box.data, box.length, "wena lamo", &other));
	assert_int_equal(other.length, OWN_BOX);
	assert_int_equal(
	    own_unwrap(own, other.data, other.length, &opened, back),
	    FAULT_NONE);
	assert_true(opened);
	assert_string_equal(back, "wena lamo");
	assert_int_equal(own_unwrap("another of twelve", other.data,
				    other.length, &opened, back),
			 FAULT_NONE);
	assert_false(opened);
	/* The one before is as it was. */
	assert_int_equal(own_unwrap(own, box.data, box.length, &opened, back),
			 FAULT_NONE);
	assert_string_equal(back, "topu");
	assert_false(own_renew(box.data, 10, "wena", &other));
	bytes_done(&box);
	bytes_done(&other);
}

static void a_box_of_version_1_opens_and_takes_no_other_secret(void **state)
{
	char back[PASSPHRASE_LIMIT];
	struct bytes box = { 0 };
	bool opened;

	(void)state;
	old_box(own, "topu", &box);
	assert_int_equal(own_unwrap(own, box.data, box.length, &opened, back),
			 FAULT_NONE);
	assert_true(opened);
	assert_string_equal(back, "topu");
	assert_false(own_renew(box.data, box.length, "wena", &box));
	box.data[20] ^= 1; /* salt */
	assert_int_equal(own_unwrap(own, box.data, box.length, &opened, back),
			 FAULT_NONE);
	assert_false(opened);
	bytes_done(&box);
}

static void a_passphrase_has_twelve_characters_of_any_script(void **state)
{
	(void)state;
	assert_false(own_strong(""));
	assert_false(own_strong("elevencharz"));
	assert_true(own_strong("twelve chars"));
	assert_false(own_strong("aaaaaaaaaaaaaaaaaaaa"));
	/* Eleven characters of two bytes, and twelve. */
	assert_false(own_strong("пароль наше"));
	assert_true(own_strong("пароль нашей"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_hash_matches_its_passphrase_alone),
		cmocka_unit_test(
		    at_a_desk_a_guess_costs_two_passes_over_64_mib),
		cmocka_unit_test(a_box_opens_with_its_passphrase_alone),
		cmocka_unit_test(
		    a_damaged_box_opens_nothing_and_starves_nobody),
		cmocka_unit_test(
		    a_box_takes_another_secret_without_its_passphrase),
		cmocka_unit_test(
		    a_box_of_version_1_opens_and_takes_no_other_secret),
		cmocka_unit_test(
		    a_passphrase_has_twelve_characters_of_any_script),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
