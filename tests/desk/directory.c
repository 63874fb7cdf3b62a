#include "desk/directory.h"

#include <stdlib.h>
#include <string.h>

#include "record/entity.h"
#include "tests/support/seat.h"
#include "tests/test.h"

/* The directory as reception works with it. */

static int64_t add(struct seat *seat, const struct directory_new *service,
		   int64_t days_ago)
{
	const struct directory_rules rules = {
		.stale_days = DIRECTORY_STALE_DAYS,
		.zone = "America/Toronto",
		.now = SEAT_NOW - days_ago * 24 * 3600 * 1000,
	};
	enum directory_answer answer;
	int64_t id = 0;

	assert_int_equal(directory_add(seat->record, service, &rules,
				       &seat->desk.staff.who, &answer, &id),
			 FAULT_NONE);
	return id;
}

static void add_three(struct seat *seat)
{
	(void)add(seat,
		  &(struct directory_new){ .name = "Housing desk",
					   .organization = "Open Door",
					   .phone = "555-0101",
					   .languages = "ar fr",
					   .area = "Riverton",
					   .codes = "need:HOU walk-in" },
		  1);
	(void)add(seat,
		  &(struct directory_new){ .name = "Rent bank",
					   .organization = "Northfield Legal",
					   .codes = "need:HOU capacity:wait" },
		  400);
	(void)add(
	    seat,
	    &(struct directory_new){ .name = "مركز النور",
				     .organization = "Al-Noor Centre",
				     .codes = "need:COM informal:faith-group",
				     .safety = "Ask who of the family comes." },
	    2);
}

static void services_are_found_by_need_words_and_script(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	add_three(sam);
	seat_type(sam, "d");
	seat_sees(sam, "── Directory ──");
	seat_sees(sam, "3 services");
	seat_type(sam, "n2"); /* a place to live */
	seat_sees(sam, "2 services · need: A place to live");
	seat_sees(sam, "Housing desk");
	seat_sees(sam, "not checked · ");
	seat_misses(sam, "Al-Noor");
	seat_type(sam, "frent");
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "1 service · need");
	seat_misses(sam, "Housing desk");
}

static void a_check_of_today_takes_the_mark_away(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	add_three(sam);
	seat_type(sam, "dfrent");
	seat_press(sam, UI_KEY_ENTER);
	seat_type(sam, "p");
	seat_sees(sam, "Nobody checked this service for too long");
	seat_type(sam, "k");
	seat_sees(sam, "Checked today.");
	seat_misses(sam, "not checked");
	/* And back, as it was by mistake. */
	seat_type(sam, "u");
	seat_sees(sam, "not checked");
}

static void the_card_says_what_to_mind(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	add_three(sam);
	seat_type(sam, "df");
	seat_type(sam, "noor");
	seat_press(sam, UI_KEY_ENTER);
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "To mind");
	seat_sees(sam, "Ask who of the family comes.");
	seat_sees(sam, "Faith group");
}

static void a_person_is_referred_in_a_few_keys(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;
	const int64_t person =
	    seat_make(sam, "person", "number", "P-7", "language", "ar", NULL);
	int64_t referral = 0;
	SCOPED(entity_freep) struct entity *made = NULL;
	enum entity_answer answer;

	add_three(sam);
	directory_open_for(&sam->desk, person, "HOU");
	seat_sees(sam, "── Directory · P-7 ──");
	seat_sees(sam, "· language: ");
	seat_type(sam, "r");
	seat_sees(sam, "Housing desk");
	seat_type(sam, "s");
	if (entity_first(sam->record, kind_find("referral"), NULL, NULL,
			 &referral) ||
	    entity_read(sam->record, kind_find("referral"), referral,
			&sam->desk.staff.who, SEAT_NOW, &answer, &made))
		fail();
	assert_int_equal(answer, ENTITY_DONE);
	assert_int_equal(entity_number(made, "person"), person);
	assert_string_equal(entity_text(made, "need"), "HOU");
	assert_string_equal(entity_text(made, "state"), "proposed");
}

static void it_is_drawn_in_both_languages_and_sizes(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam, *ana = &office->ana;

	add_three(sam);
	seat_type(sam, "d");
	seat_golden(sam, "desk-directory-80x24");
	ana->rows = 45;
	ana->columns = 160;
	seat_type(ana, "d");
	seat_golden(ana, "desk-directory-fr-160x45");
	seat_press(sam, UI_KEY_ENTER);
	sam->rows = 14;
	sam->columns = 60;
	seat_golden(sam, "desk-service-60x14");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_OFFICE(services_are_found_by_need_words_and_script),
		WITH_OFFICE(a_check_of_today_takes_the_mark_away),
		WITH_OFFICE(the_card_says_what_to_mind),
		WITH_OFFICE(a_person_is_referred_in_a_few_keys),
		WITH_OFFICE(it_is_drawn_in_both_languages_and_sizes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
