#pragma once

#include "report/about.h"
#include "report/wording.h"
#include "tests/support/book.h"

/* A record and the words to tell it in: French for the person, English for the
 * staff. */
struct teller {
	struct book *book;
	struct catalogue *words;
	struct about about;
	struct wording wording;
};

int teller_open(void **state); /* *state becomes a struct teller */
int teller_close(void **state);
#define WITH_TELLER(test) \
	cmocka_unit_test_setup_teardown(test, teller_open, teller_close)
