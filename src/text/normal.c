#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "text/cells.h"
#include "text/icu.h"

/* What stands in for a UTF-16 unit; 0 for what is left out. */
static UChar kept(UChar unit)
{
	if (unit == '\n' || unit == 0x2028 || unit == 0x2029)
		return '\n';
	if (unit == '\t')
		return ' ';
	if (u_charType(unit) == U_CONTROL_CHAR || unit == 0xfeff ||
	    (unit >= 0x202a && unit <= 0x202e) ||
	    (unit >= 0x2066 && unit <= 0x2069))
		return 0;
	return unit;
}

char *text_normal(const char *text)
{
	UErrorCode error = U_ZERO_ERROR;
	const UNormalizer2 *normal = unorm2_getNFCInstance(&error);
	int32_t length, clean = 0, room;
	char *narrow;
	UChar *wide = icu_wide(text, &length), *out;
	size_t read = (size_t)length;

	for (int32_t i = 0; i < length; i++) {
		if ((wide[clean] = kept(wide[i])))
			clean++;
	}
	/* NFC makes no text more than three times as long. */
	room = clean * 3 + 1;
	out = xcalloc((size_t)room, sizeof *out);
	length = unorm2_normalize(normal, wide, clean, out, room, &error);
	icu_must(error, "composing letters");
	narrow = icu_narrow(out, length);
	/* It may be a name or a passphrase. */
	explicit_bzero(wide, read * sizeof *wide);
	explicit_bzero(out, (size_t)length * sizeof *out);
	UChar_free(wide);
	UChar_free(out);
	return narrow;
}
