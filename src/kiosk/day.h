#pragma once

#include <stdbool.h>

#include "base/fault.h"
#include "base/home.h"
#include "base/journal.h"
#include "kiosk/receive.h"
#include "kiosk/visitor.h"

/*
 * What the kiosk's own process does from its start to its end: asks staff what
 * they must say first, opens the lobby, receives visitors, and lets staff in.
 */
struct day_wish {
	struct home *home;
	const char *card; /* the agency's folder; NULL: none */
	bool desk;        /* it is on this machine, too */
	bool once;        /* one visitor, or one visit of staff to the menu */
	struct journal *journal; /* told when a screen is up */
};

enum day_end {
	DAY_OVER,
	DAY_POWER_OFF, /* staff want the machine off, or started again */
	DAY_REBOOT,
	DAY_DESK, /* staff want the desk, which is on this machine */
};

struct day_result {
	bool opened; /* a screen was up */
	enum day_end end;
	enum visitor_end last; /* how the last visit ended */
};

/* Faults as hall_open(), where no staff can be told of them on the screen, and
 * receive_visitors(). */
MUST_CHECK enum fault day_run(struct reception *reception,
			      const struct day_wish *wish,
			      struct day_result *result);
