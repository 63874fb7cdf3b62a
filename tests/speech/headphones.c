#include "tests/test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "speech/headphones.h"
#include "tests/support/folder.h"

/*
 * Descriptors as a USB device gives them: the device, its configuration, an
 * audio control interface with terminals, a streaming interface.
 */
#define DEVICE                                                                 \
	18, 1, 0, 2, 0, 0, 0, 64, 0x8c, 0x0d, 0x0c, 0, 0, 1, 1, 2, 0, 1, 9, 2, \
	    100, 0, 2, 1, 0, 0x80, 50
#define CONTROL 9, 4, 0, 0, 0, 1, 1, 0, 0, 9, 0x24, 1, 0, 1, 40, 0, 1, 1
#define OUTPUT(low, high) 9, 0x24, 3, 6, low, high, 0, 9, 0
#define STREAMING 9, 4, 1, 0, 0, 1, 2, 0, 0
#define HID 9, 4, 2, 0, 1, 3, 0, 0, 0
#define FROM_COMPUTER 12, 0x24, 2, 1, 0x01, 0x01, 0, 2, 3, 0, 0, 0
#define MICROPHONE 12, 0x24, 2, 2, 0x01, 0x02, 0, 1, 0, 0, 0, 0
#define TO_COMPUTER OUTPUT(0x01, 0x01)

struct device {
	const char *what;
	unsigned char bytes[160];
	unsigned length;
	bool worn;
};

#define BYTES(...) { __VA_ARGS__ }, sizeof((unsigned char[]){ __VA_ARGS__ })

static const struct device devices[] = {
	{ "headphones",
	  BYTES(DEVICE, CONTROL, FROM_COMPUTER, OUTPUT(0x02, 0x03), STREAMING),
	  true },
	{ "a headset with its microphone",
	  BYTES(DEVICE, CONTROL, FROM_COMPUTER, OUTPUT(0x02, 0x04), MICROPHONE,
		TO_COMPUTER, STREAMING, HID),
	  true },
	{ "a speaker",
	  BYTES(DEVICE, CONTROL, FROM_COMPUTER, OUTPUT(0x01, 0x03), STREAMING),
	  false },
	{ "headphones beside a speaker",
	  BYTES(DEVICE, CONTROL, FROM_COMPUTER, OUTPUT(0x02, 0x03),
		OUTPUT(0x01, 0x03), STREAMING),
	  false },
	{ "a speakerphone",
	  BYTES(DEVICE, CONTROL, FROM_COMPUTER, OUTPUT(0x03, 0x04), STREAMING),
	  false },
	{ "a microphone alone",
	  BYTES(DEVICE, CONTROL, MICROPHONE, TO_COMPUTER, STREAMING), false },
	{ "the same bytes in another interface",
	  BYTES(DEVICE, HID, OUTPUT(0x02, 0x03)), false },
	{ "a descriptor of no length",
	  BYTES(DEVICE, CONTROL, OUTPUT(0x02, 0x03), 0, 0), false },
	{ "a descriptor past the end",
	  BYTES(DEVICE, CONTROL, OUTPUT(0x02, 0x03), 9, 4, 1), false },
	{ "a keyboard", BYTES(DEVICE, HID), false },
};

static void only_what_is_worn_counts_as_headphones(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(devices); i++) {
		print_message("%s\n", devices[i].what);
		assert_int_equal(
		    sound_is_worn(devices[i].bytes, devices[i].length),
		    devices[i].worn);
	}
	assert_false(sound_is_worn((const unsigned char *)"", 0));
}

/* A card as the kernel shows it: its device leads to the interface's folder,
 * whose parent has the descriptors; built-in sound has none. */
static void add_card(const char *root, int card, const struct device *device)
{
	SCOPED(char_freep)
	char *usb = xasprintf("%s/sys/devices/usb1/1-%d", root, card);
	SCOPED(char_freep)
	char *interface = xasprintf("%s/1-%d:1.0", usb, card);
	SCOPED(char_freep)
	char *class = xasprintf("%s/sys/class/sound/card%d", root, card);
	SCOPED(char_freep) char *link = xasprintf("%s/device", class);
	SCOPED(char_freep) char *path = xasprintf("%s/descriptors", usb);

	assert_int_equal(folder_make(interface), FAULT_NONE);
	assert_int_equal(folder_make(class), FAULT_NONE);
	assert_int_equal(symlink(interface, link), 0);
	if (device)
		assert_int_equal(
		    file_write(path, device->bytes, device->length, 0600),
		    FAULT_NONE);
}

static void the_card_that_is_worn_is_found(void **state)
{
	char *root = folder_new();

	(void)state;
	assert_false(sound_exists(root));
	assert_int_equal(sound_headphones(root), SOUND_NONE);
	add_card(root, 0, NULL);
	assert_true(sound_exists(root));
	assert_int_equal(sound_headphones(root), SOUND_NONE);
	add_card(root, 1, &devices[2]);
	assert_int_equal(sound_headphones(root), SOUND_NONE);
	add_card(root, 3, &devices[1]);
	assert_int_equal(sound_headphones(root), 3);
	folder_freep(&root);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_what_is_worn_counts_as_headphones),
		cmocka_unit_test(the_card_that_is_worn_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
