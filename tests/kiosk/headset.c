#include "tests/test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "kiosk/aloud.h"
#include "tests/support/folder.h"

/* A USB headset as the kernel shows it, by its descriptors. */
static const unsigned char headset[] = {
	18, 1,    0, 2, 0, 0, 0, 64, 0, 0, 0, 0, 0, 0,
	0,  0,    0, 1, 9, 4, 0, 0,  0, 1, 1, 0, 0, /* audio control */
	9,  0x24, 3, 6, 2, 4, 0, 9,  0,             /* an output: a headset */
};

struct machine {
	char *root;
	struct speaker_ways ways;
};

static void open_machine(struct machine *machine)
{
	SCOPED(char_freep) char *card = NULL;

	machine->root = folder_new();
	card = folder_file(machine->root, "sys/class/sound/card0");
	machine->ways = (struct speaker_ways){
		.output = xstrdup("alsa:null"),
		.root = xstrdup(machine->root),
		.has_voice = true,
	};
	assert_int_equal(folder_make(card), FAULT_NONE);
}

static void close_machine(struct machine *machine)
{
	speaker_ways_done(&machine->ways);
	folder_freep(&machine->root);
}

static void plug_in(const struct machine *machine)
{
	SCOPED(char_freep)
	char *card = folder_file(machine->root, "sys/class/sound/card1");
	SCOPED(char_freep)
	char *interface = folder_file(machine->root, "sys/devices/1-1/1-1:1.0");
	SCOPED(char_freep)
	char *descriptors =
	    folder_file(machine->root, "sys/devices/1-1/descriptors");
	SCOPED(char_freep) char *device = xasprintf("%s/device", card);

	assert_int_equal(folder_make(card), FAULT_NONE);
	assert_int_equal(folder_make(interface), FAULT_NONE);
	assert_int_equal(file_write(descriptors, headset, sizeof headset, 0600),
			 FAULT_NONE);
	assert_int_equal(symlink(interface, device), 0);
}

static void pull_out(const struct machine *machine)
{
	SCOPED(char_freep)
	char *device =
	    folder_file(machine->root, "sys/class/sound/card1/device");

	assert_int_equal(unlink(device), 0);
}

static void a_headset_switches_reading_on_and_off(void **state)
{
	struct machine machine;
	SCOPED(aloud_freep) struct aloud *aloud = NULL;

	(void)state;
	open_machine(&machine);
	aloud = aloud_new(&machine.ways);
	assert_true(aloud_serves(aloud, "en"));
	assert_false(aloud_serves(aloud, "ti"));
	assert_false(aloud_watch(aloud));
	assert_false(aloud_reads(aloud));
	plug_in(&machine);
	assert_true(aloud_watch(aloud));
	assert_true(aloud_reads(aloud));
	assert_false(aloud_watch(aloud));
	/* A key ends it, and the headset does not begin again by itself. */
	aloud_switch(aloud, false);
	assert_false(aloud_watch(aloud));
	assert_false(aloud_reads(aloud));
	aloud_switch(aloud, true);
	/* What went into headphones does not go on through the loudspeaker. */
	pull_out(&machine);
	assert_true(aloud_watch(aloud));
	assert_false(aloud_reads(aloud));
	aloud_free(aloud);
	aloud = NULL;
	close_machine(&machine);
}

static void without_a_card_nothing_starts(void **state)
{
	struct machine machine;
	SCOPED(aloud_freep) struct aloud *aloud = NULL;
	SCOPED(char_freep) char *card = NULL;

	(void)state;
	open_machine(&machine);
	card = folder_file(machine.root, "sys/class/sound/card0");
	assert_int_equal(rmdir(card), 0);
	aloud = aloud_new(&machine.ways);
	assert_false(aloud_serves(aloud, "en"));
	aloud_switch(aloud, true);
	assert_false(aloud_reads(aloud));
	close_machine(&machine);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_headset_switches_reading_on_and_off),
		cmocka_unit_test(without_a_card_nothing_starts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
