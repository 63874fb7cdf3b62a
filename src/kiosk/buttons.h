#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/settings.h"
#include "ui/key.h"

/*
 * A keypad of six buttons: which key of the terminal means up, down, back,
 * skip, yes and person, from foyer.ini:
 *
 *   [keys]
 *   up = F5
 *   yes = F7 Space
 *
 * A key is named as printed on keyboards (Up, Down, Left, Right, Enter, Escape,
 * Tab, Space, Backspace, Delete, Home, End, PageUp, PageDown, F1 to F12) or is
 * one character. Several are parted by blanks. A key that is named here means
 * nothing else any more, so letters and digits are for a kiosk without a
 * keyboard; every key that is not named stays what it is.
 */
#define BUTTON_KEYS 24 /* of all six together */

struct buttons {
	struct button {
		enum ui_key key;
		uint32_t character;
		struct ui_event means;
	} known[BUTTON_KEYS];
	size_t count;
};

/* A name that is not known is logged with the mend, and left out. */
void buttons_read(const struct settings *settings, struct buttons *out);

/* The event that an event means. */
struct ui_event buttons_meaning(const struct buttons *buttons,
				const struct ui_event *event);
