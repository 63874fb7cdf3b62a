#pragma once

/*
 * What a person in front of the screen is told when the kiosk cannot start: a
 * file of its folder, in English and French, in letters that the kernel has.
 *
 * Clears the screen behind file and writes folder/name.txt on it; without that
 * file the name alone.
 */
void notice_show(const char *folder, const char *name, int file);
