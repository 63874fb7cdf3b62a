#pragma once

/*
 * What the program logs while a test looks: from lines_begin() on every line
 * is kept, one behind the other with LF between; lines_end() goes back to
 * standard error.
 */
void lines_begin(void);
const char *lines_logged(void); /* "" for none; until the next begin */
void lines_end(void);
