#include "tests/support/teller.h"

#include <stdlib.h>

#include "base/memory.h"
#include "tests/test.h"

int teller_open(void **state)
{
	SCOPED(char_freep)
	char *shipped = xasprintf("%s/translations", getenv("FOYER_SOURCE"));
	struct teller *teller = xcalloc(1, sizeof *teller);

	setenv("TZ", "UTC", 1);
	assert_int_equal(book_open((void **)&teller->book), 0);
	teller->words = catalogue_new("en");
	assert_int_equal(catalogue_add_family(teller->words, shipped, "desk"),
			 FAULT_NONE);
	teller->about.day = "2026-11-21";
	teller->wording =
	    (struct wording){ teller->book->record, teller->words, &book_sam };
	*state = teller;
	return tongues_open(&(struct tongues_options){ .shipped = shipped,
						       .own = "fr",
						       .staff = "en" },
			    &teller->about.tongues);
}

int teller_close(void **state)
{
	struct teller *teller = *state;

	book_close((void **)&teller->book);
	catalogue_free(teller->words);
	tongues_free(teller->about.tongues);
	free(teller);
	return 0;
}
