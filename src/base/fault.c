#include "base/fault.h"

#include <assert.h>

#include "base/memory.h"

static const struct {
	const char *text;
	int exit;
} faults[] = {
	[FAULT_NONE] = { "no fault", 0 },
	[FAULT_SYSTEM] = { "the operating system refused", 3 },
	[FAULT_FORMAT] = { "the input is malformed", 1 },
	[FAULT_LIMIT] = { "the input is too large", 1 },
	[FAULT_STORE] = { "the record store refused", 3 },
};

static_assert(COUNT(faults) == FAULT_COUNT, "every fault has a text");

const char *fault_text(enum fault fault)
{
	return faults[fault].text;
}

int fault_exit(enum fault fault)
{
	return faults[fault].exit;
}
