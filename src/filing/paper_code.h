#pragma once

#include <stdbool.h>
#include <stdint.h>

/*
 * The number that is printed on a paper form, so that no paper is typed in
 * twice: nine digits, shown in threes ("123 456 782"), of which the last checks
 * the others (ISO/IEC 7812-1, annex B: the Luhn formula).
 */
#define PAPER_CODE_BYTES 10 /* with the zero */
#define PAPER_CODE_SHOWN 12 /* in threes, with the zero */
#define PAPER_CODE_CHANCE 8 /* bytes of chance that make one */

void paper_code_make(const uint8_t chance[PAPER_CODE_CHANCE],
		     char code[PAPER_CODE_BYTES]);

/* What was typed, in any digits, parted by blanks, hyphens or dots, or not.
 * False, and code untouched: it is no paper's number. */
bool paper_code_read(const char *typed, char code[PAPER_CODE_BYTES]);

void paper_code_show(const char *code, char shown[PAPER_CODE_SHOWN]);
