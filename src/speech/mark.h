#pragma once

/*
 * The mark of a text, by which a recording tells which words were read: the
 * first 16 hexadecimal digits of SHA-256 of the text with each run of blanks
 * and line ends made one blank and none at its ends.
 */
#define MARK_LENGTH 16
void mark_of(const char *text, char mark[MARK_LENGTH + 1]);
