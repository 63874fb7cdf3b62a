#include "filing/paper_code.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "text/digits.h"

#define DIGITS (PAPER_CODE_BYTES - 1)

/* The digit that belongs behind the others: every second one from the end
 * counts twice. */
static char check_digit(const char *code)
{
	int sum = 0;

	for (int i = 0; i < DIGITS - 1; i++) {
		int digit = (code[i] - '0') * (i % 2 ? 2 : 1);

		/* The one before the check digit is the first that doubles. */
		sum += digit / 10 + digit % 10;
	}
	return (char)('0' + (10 - sum % 10) % 10);
}

void paper_code_make(const uint8_t chance[PAPER_CODE_CHANCE],
		     char code[PAPER_CODE_BYTES])
{
	for (int i = 0; i < DIGITS - 1; i++)
		code[i] = (char)('0' + chance[i] % 10);
	code[DIGITS - 1] = check_digit(code);
	code[DIGITS] = 0;
}

bool paper_code_read(const char *typed, char code[PAPER_CODE_BYTES])
{
	SCOPED(char_freep) char *plain = digits_plain(typed);
	char read[PAPER_CODE_BYTES] = "";
	int count = 0;

	for (const char *at = plain; *at; at++) {
		if (strchr(" -.", *at))
			continue;
		if (*at < '0' || *at > '9' || count == DIGITS)
			return false;
		read[count++] = *at;
	}
	if (count != DIGITS || read[DIGITS - 1] != check_digit(read))
		return false;
	memcpy(code, read, PAPER_CODE_BYTES);
	return true;
}

void paper_code_show(const char *code, char shown[PAPER_CODE_SHOWN])
{
	snprintf(shown, PAPER_CODE_SHOWN, "%.3s %.3s %.3s", code, code + 3,
		 code + 6);
}
