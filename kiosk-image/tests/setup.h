#pragma once

#include "base/bytes.h"
#include "kiosk-image/tests/lab.h"

/* The first page of a kiosk's first boot, and on it the language of those who
 * set it up: what is on the card is told next. The machine has said that it is
 * ready. */
void setup_begin(struct machine *machine);

/* That page once it tells of another foyer.ini. The card was read before with
 * one that served, or did not; the caller frees the screen. */
struct screen *setup_look_again(const struct lab *lab, struct machine *machine,
				const struct bytes *settings, bool served);

/*
 * The rest of a first boot as staff go through it, from that page to the open
 * lobby: the card and the agency's key are taken, a PIN is set, the desk learns
 * the kiosk's key from the code on the screen, and a test ticket is printed and
 * read by the desk. The lab's printer has printed nothing. Fails the test where
 * a step does not come.
 */
void setup_walk(struct lab *lab, struct machine *machine);
