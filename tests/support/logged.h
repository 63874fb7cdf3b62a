#pragma once

/* Catches what the program logs, so that a test can look for the words. */
void logged_start(void);
void logged_stop(void);   /* back to standard error; forgets */
const char *logged(void); /* all lines since the start, each with a newline */
