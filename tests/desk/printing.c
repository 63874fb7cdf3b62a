#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "desk/printing.h"
#include "tests/support/folder.h"
#include "tests/support/seat.h"

/* A page on its way to an office printer that lacks paper, then has some. */
static void what_a_page_waits_for_is_said_once(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;
	SCOPED(char_freep) char *old = xstrdup(getenv("PATH"));
	SCOPED(char_freep)
	char *ini = folder_file(office->agency.folder, "other.ini");
	SCOPED(char_freep)
	char *gate = folder_file(office->agency.folder, "gate");
	SCOPED(char_freep)
	char *sender = folder_file(office->agency.folder, "foyer");
	SCOPED(char_freep)
	char *script = xasprintf("#!/bin/sh\necho queued\necho no-paper\n"
				 "read word <%s\necho printed\n",
				 gate);
	SCOPED(settings_freep) struct settings *settings = NULL;
	SCOPED(page_freep)
	struct page *page =
	    page_new(language_find("en"), language_find("en"), PAGE_UNDER);
	static const char text[] = "[print]\nprinter = Front\n";
	struct settings *before = sam->desk.settings;
	FILE *open_gate;

	assert_int_equal(file_write(ini, text, strlen(text), 0600), FAULT_NONE);
	assert_int_equal(settings_read(ini, &settings), FAULT_NONE);
	assert_int_equal(file_write(sender, script, strlen(script), 0700),
			 FAULT_NONE);
	assert_int_equal(mkfifo(gate, 0600), 0);
	page_title(page, PAGE_TYPED("Plan"));
	setenv("PATH", office->agency.folder, 1);
	sam->desk.settings = settings;
	printing_put(&sam->desk, page, "plan");
	setenv("PATH", old, 1);
	assert_int_equal(sam->desk.printing.count, 1);
	while (!sam->desk.printing.jobs[0].said[0] ||
	       strcmp(sam->desk.printing.jobs[0].said, "queued") == 0) {
		printing_look(&sam->desk);
		usleep(1000);
	}
	seat_sees(sam, "The printer has no paper");
	desk_say(&sam->desk, NULL, false);
	printing_look(&sam->desk);
	seat_misses(sam, "The printer has no paper");
	open_gate = fopen(gate, "w");
	assert_non_null(open_gate);
	fputs("on\n", open_gate);
	fclose(open_gate);
	while (sam->desk.printing.count) {
		printing_look(&sam->desk);
		usleep(1000);
	}
	seat_sees(sam, "The printer has it");
	sam->desk.settings = before;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_OFFICE(what_a_page_waits_for_is_said_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
