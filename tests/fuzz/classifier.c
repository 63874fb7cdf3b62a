#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "scan/layout.h"
#include "scan/wedge.h"
#include "tests/fuzz/scanned.h"

/*
 * Keys and pauses, two bytes a key: which character (a digit in some layout,
 * an end, or any), and the pause before it. Keys pass in order and at most
 * once; what is called digits is digits.
 */
static const uint32_t others[] = U"\r\t\na5x \u0636";

static uint32_t character_of(uint8_t byte)
{
	if (byte < 90)
		return layout_at(byte / 10)->digit[byte % 10];
	if (byte < 98)
		return others[byte - 90];
	return byte == 98 ? 0 : byte;
}

static int64_t pause_of(uint8_t byte)
{
	return byte < 200 ? byte % 25 : (byte - 200) * 9;
}

static void take_events(struct wedge *wedge, uint64_t given, uint64_t *passed)
{
	struct scan_event event;

	while ((event = wedge_next(wedge)).kind != SCAN_NONE) {
		if (event.kind == SCAN_KEY) {
			assert(event.key > *passed && event.key <= given);
			*passed = event.key;
		} else {
			check_scanned(&event);
			assert(event.kind != SCAN_DROPPED || event.count > 3);
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct wedge *wedge = wedge_new();
	uint64_t passed = 0, given = 0;
	int64_t now = 0;

	for (size_t i = 0; i + 1 < size; i += 2) {
		now += pause_of(data[i + 1]);
		if (data[i + 1] & 1) {
			wedge_tick(wedge, now);
			take_events(wedge, given, &passed);
		}
		wedge_key(wedge, character_of(data[i]), ++given, now);
		take_events(wedge, given, &passed);
	}
	wedge_tick(wedge, now + 1000);
	take_events(wedge, given, &passed);
	assert(wedge_deadline(wedge) == INT64_MAX);
	wedge_free(wedge);
	return 0;
}
