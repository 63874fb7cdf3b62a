#pragma once

/*
 * Fails the test unless text is what tests/golden/NAME.txt holds, and prints
 * the lines that differ. With UPDATE_GOLDEN=1 in the environment the file is
 * written instead: look at what git then says has changed.
 */
void assert_golden(const char *name, const char *text);
