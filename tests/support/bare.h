#pragma once

#include "issue/lobby.h"
#include "kiosk/hall.h"

/*
 * A hall that has only what a visitor's porter uses, in a folder of its own:
 * keys and numbers, and no printer.
 */
struct bare {
	char *folder;
	struct lobby *lobby;
	struct hall hall;
};

void bare_open(struct bare *bare);
void bare_close(struct bare *bare);
