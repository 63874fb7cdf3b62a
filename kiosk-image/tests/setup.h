#pragma once

#include "kiosk-image/tests/lab.h"

/*
 * A kiosk's first boot as staff go through it, from the first page to the open
 * lobby: the card and the agency's key are taken, a PIN is set, the desk learns
 * the kiosk's key from the code on the screen, and a test ticket is printed and
 * read by the desk. The machine has said that it is ready; the lab's printer
 * has printed nothing. Fails the test where a step does not come.
 */
void setup_walk(struct lab *lab, struct machine *machine);
