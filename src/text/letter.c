#include "text/letter.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

#include "base/memory.h"
#include "text/icu.h"

#define ZERO_WIDTH_NON_JOINER 0x200c
#define ZERO_WIDTH_JOINER 0x200d
#define TATWEEL 0x0640

static bool is_presentation_form(uint32_t point)
{
	return (point >= 0xfb1d && point <= 0xfdff) ||
	       (point >= 0xfe70 && point <= 0xfeff);
}

/* Marks that many scripts use belong to each. */
static bool is_of_script(uint32_t point, const char *name)
{
	UErrorCode error = U_ZERO_ERROR;
	UScriptCode script =
	    (UScriptCode)u_getPropertyValueEnum(UCHAR_SCRIPT, name);

	return uscript_hasScript((UChar32)point, script) ||
	       uscript_getScript((UChar32)point, &error) == USCRIPT_INHERITED;
}

enum letter_kind letter_kind(uint32_t point, const char *script)
{
	uint32_t type = U_MASK(u_charType((UChar32)point));

	if (point == ZERO_WIDTH_NON_JOINER || point == ZERO_WIDTH_JOINER)
		return LETTER_JOINER;
	if (point == TATWEEL || is_presentation_form(point) ||
	    !is_of_script(point, script))
		return LETTER_NONE;
	return type & U_GC_L_MASK   ? LETTER_BASE
	       : type & U_GC_M_MASK ? LETTER_MARK
				    : LETTER_NONE;
}

void letter_bytes(uint32_t point, char out[static LETTER_BYTES])
{
	int32_t length = 0;
	UBool broken = false;

	U8_APPEND((uint8_t *)out, length, LETTER_BYTES - 1, (UChar32)point,
		  broken);
	out[broken ? 0 : length] = 0;
}

bool letter_is_capital(uint32_t point)
{
	return u_isupper((UChar32)point);
}

char *letter_capital(const char *text, const char *language)
{
	UErrorCode error = U_ZERO_ERROR;
	int32_t length;
	SCOPED(UChar_freep) UChar *wide = icu_wide(text, &length);
	/* No letter becomes more than three. */
	int32_t room = length * 3 + 1;
	SCOPED(UChar_freep) UChar *out = xcalloc((size_t)room, sizeof *out);

	length =
	    u_strToUpper(out, room, wide, length, icu_locale(language), &error);
	icu_must(error, "writing capitals");
	return icu_narrow(out, length);
}
