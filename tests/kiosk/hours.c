#include "kiosk/hours.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "tests/support/folder.h"
#include "tests/test.h"

#define AT(hour, minute) ((hour)*60 + (minute))

enum { MONDAY, TUESDAY, FRIDAY = 4, SATURDAY, SUNDAY };

/* The settings of these lines; the caller frees them. */
static struct settings *settings_of(const char *lines)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = folder_file(folder, "foyer.ini");
	struct settings *settings = NULL;

	assert_int_equal(file_write(path, lines, strlen(lines), 0600),
			 FAULT_NONE);
	assert_int_equal(settings_read(path, &settings), FAULT_NONE);
	return settings;
}

static void the_lobby_is_open_within_its_spans(void **state)
{
	static const struct {
		const char *lines;
		int weekday, minute;
		bool open;
	} cases[] = {
		/* No hours: always. */
		{ "", MONDAY, AT(3, 0), true },
		{ "[hours]\n", MONDAY, AT(3, 0), true },
		/* From a minute on, until before another. */
		{ "[hours]\nmonday = 08:30-12:00 13:00-16:30", MONDAY,
		  AT(8, 29), false },
		{ "[hours]\nmonday = 08:30-12:00 13:00-16:30", MONDAY,
		  AT(8, 30), true },
		{ "[hours]\nmonday = 08:30-12:00 13:00-16:30", MONDAY,
		  AT(12, 0), false },
		{ "[hours]\nmonday = 08:30-12:00 13:00-16:30", MONDAY,
		  AT(16, 29), true },
		{ "[hours]\nmonday = 08:30-12:00 13:00-16:30", TUESDAY,
		  AT(9, 0), false },
		/* To the day's end, and the whole day. */
		{ "[hours]\nfriday = 20:00-24:00", FRIDAY, AT(23, 59), true },
		{ "[hours]\nfriday = 20:00-24:00", SATURDAY, 0, false },
		{ "[hours]\nfriday = 00:00-24:00", FRIDAY, 0, true },
		{ "[hours]\nfriday = 20:00-00:00", FRIDAY, AT(23, 59), true },
		{ "[hours]\nfriday = 20:00-00:00", SATURDAY, 0, false },
		/* Past midnight. */
		{ "[hours]\nfriday = 20:00-02:00", FRIDAY, AT(19, 59), false },
		{ "[hours]\nfriday = 20:00-02:00", FRIDAY, AT(20, 0), true },
		{ "[hours]\nfriday = 20:00-02:00", FRIDAY, AT(1, 0), false },
		{ "[hours]\nfriday = 20:00-02:00", SATURDAY, AT(1, 59), true },
		{ "[hours]\nfriday = 20:00-02:00", SATURDAY, AT(2, 0), false },
		{ "[hours]\nsunday = 9:00-10:00 22:00-06:00", MONDAY, AT(5, 59),
		  true },
		{ "[hours]\nsunday = 9:00-10:00 22:00-06:00", SUNDAY, AT(5, 59),
		  false },
		/* A misprint is open, on its own day. */
		{ "[hours]\nfriday = 8-16", FRIDAY, AT(3, 0), true },
		{ "[hours]\nfriday = 8-16", SATURDAY, AT(3, 0), false },
		{ "[hours]\nfriday = 08:00-08:00", FRIDAY, AT(3, 0), true },
		{ "[hours]\nfriday = 08:00-24:30", FRIDAY, AT(3, 0), true },
		{ "[hours]\nfriday = 08:00-12:00, 13:00-16:00", FRIDAY,
		  AT(20, 0), true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(settings_freep)
		struct settings *settings = settings_of(cases[i].lines);

		if (hours_open(settings, cases[i].weekday, cases[i].minute) !=
		    cases[i].open)
			fail_msg("\"%s\" on day %d at minute %d",
				 cases[i].lines, cases[i].weekday,
				 cases[i].minute);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_lobby_is_open_within_its_spans),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
