#include <stdlib.h>

#include "base/memory.h"
#include "desk/open.h"
#include "record/visit.h"
#include "tests/support/sample.h"
#include "tests/support/seat.h"
#include "tests/test.h"

/* A visit was just filed, and is the one that keys act upon. */
static void file_visit(struct seat *seat, enum visit_keep keep)
{
	struct sample sample;

	sample_init(&sample, 1);
	sample.visit.keep = keep;
	sample.visit.arrived = SEAT_NOW - SAMPLE_MINUTE;
	(void)sample_file(seat->record, &sample);
	seat_look(seat);
	seat_sees(seat, "K7-0001");
}

static void a_visit_says_where_it_was_handed_to(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	file_visit(sam, VISIT_KEEP_KEPT);
	seat_misses(sam, "Handed to");
	seat_type(sam, "v");
	seat_sees(sam, "To which system");
	seat_press(sam, UI_KEY_ENTER);
	seat_type(sam, "OCMS");
	seat_press(sam, UI_KEY_ENTER);
	seat_press(sam, UI_KEY_DOWN);
	seat_press(sam, UI_KEY_ENTER);
	seat_type(sam, "A-17");
	seat_press(sam, UI_KEY_ENTER);
	seat_type(sam, "s");
	seat_press(sam, UI_KEY_ESCAPE);
	seat_sees(sam, "Handed to OCMS as A-17");
}

static void who_did_not_agree_to_be_kept_is_handed_to_nobody(void **state)
{
	struct office *office = *state;

	file_visit(&office->sam, VISIT_KEEP_TODAY);
	seat_type(&office->sam, "v");
	seat_sees(&office->sam, "did not agree to be kept");
	seat_misses(&office->sam, "To which system");
}

static void a_persons_pages_are_printed_from_their_screen(void **state)
{
	static const struct {
		const char *pick, *file;
	} pages[] = {
		{ "1", "prints/foyer-plan-" },
		{ "2", "prints/foyer-consent-" },
		{ "3", "prints/foyer-summary-" },
	};
	struct office *office = *state;
	struct seat *sam = &office->sam;
	int64_t person = seat_make(sam, "person", "language", "ti", NULL);

	sam->columns = 160; /* a path is long */
	open_entity(&sam->desk, kind_find("person"), person);
	for (size_t i = 0; i < COUNT(pages); i++) {
		seat_type(sam, "p");
		seat_sees(sam, "What shall be printed?");
		seat_type(sam, pages[i].pick);
		seat_sees(sam, pages[i].file);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_OFFICE(a_persons_pages_are_printed_from_their_screen),
		WITH_OFFICE(a_visit_says_where_it_was_handed_to),
		WITH_OFFICE(who_did_not_agree_to_be_kept_is_handed_to_nobody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
