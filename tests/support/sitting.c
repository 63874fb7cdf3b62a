#include "tests/support/sitting.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "issue/agency.h"
#include "tests/test.h"

int sitting_open(void **state)
{
	struct sitting *sitting = xcalloc(1, sizeof *sitting);
	struct card card = { .name = "Riverside" };
	SCOPED(char_freep) char *public = NULL;

	assert_int_equal(office_open((void **)&sitting->office), 0);
	boxed_init(&sitting->boxed);
	safe_plug(&sitting->boxed.safe, true);
	sitting->sam = &sitting->office->sam;
	sitting->sam->desk.vault = sitting->boxed.socket;
	sitting->sam->desk.stick = sitting->boxed.safe.place.stick;
	sitting->sam->desk.nodes = sitting->boxed.safe.place.nodes;
	memcpy(card.key, sitting->office->agency.key, sizeof card.key);
	public =
	    home_path(sitting->office->agency.home, HOME_KEYS, AGENCY_FILE);
	assert_int_equal(
	    folder_make(home_folder(sitting->office->agency.home, HOME_KEYS)),
	    FAULT_NONE);
	assert_int_equal(agency_file_write(public, &card), FAULT_NONE);
	*state = sitting;
	return 0;
}

int sitting_close(void **state)
{
	struct sitting *sitting = *state;

	/* Screens that are left may still ask the helper. */
	office_close((void **)&sitting->office);
	boxed_done(&sitting->boxed);
	free(sitting);
	return 0;
}

void sitting_wait(struct seat *seat, const char *words)
{
	for (int tries = 0; tries < 4000; tries++) {
		SCOPED(char_freep) char *seen = seat_picture(seat);

		if (strstr(seen, words))
			return;
		(void)stack_tick(&seat->desk.stack, 1);
		usleep(1000);
	}
	seat_sees(seat, words);
}

void sitting_row(struct seat *seat, int row)
{
	seat_type(seat, "B");
	seat_down(seat, row);
	seat_press(seat, UI_KEY_ENTER);
}
