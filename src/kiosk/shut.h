#pragma once

#include "base/fault.h"

struct visit;

/*
 * Shuts the visitor's process in (base/jail.h): from here on it has the
 * terminal, its porter (kiosk/porter.h) and whoever reads aloud, and nothing
 * else. It reads only what the porter lends. FAULT_SYSTEM: it could not be, as
 * the log says, and nothing may be asked.
 */
MUST_CHECK enum fault shut_in(struct visit *visit);
