#include "text/icu.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

#include "text/language.h"

void icu_must(UErrorCode error, const char *doing)
{
	if (U_SUCCESS(error))
		return;
	fprintf(stderr, "ICU: %s: %s; is the package libicu installed whole?\n",
		doing, u_errorName(error));
	abort();
}

const char *icu_locale(const char *tag)
{
	static bool ready;
	const struct language *language = language_find(tag);

	if (!ready) {
		UErrorCode error = U_ZERO_ERROR;

		uloc_setDefault("en", &error);
		icu_must(error, "choosing English as the default");
		ready = true;
	}
	return language ? language->locale : tag;
}

UChar *icu_wide(const char *text, int32_t *length)
{
	size_t bytes = strlen(text);
	/* No text has more UTF-16 units than UTF-8 bytes. */
	UChar *wide = xcalloc(bytes + 1, sizeof *wide);
	UErrorCode error = U_ZERO_ERROR;
	int32_t units = 0;

	u_strFromUTF8WithSub(wide, (int32_t)bytes + 1, &units, text,
			     (int32_t)bytes, 0xfffd, NULL, &error);
	icu_must(error, "reading UTF-8");
	if (length)
		*length = units;
	return wide;
}

char *icu_narrow(const UChar *text, int32_t length)
{
	/* A UTF-16 unit takes at most three bytes. */
	int32_t room = length * 3 + 1;
	char *narrow = xcalloc((size_t)room, 1);
	UErrorCode error = U_ZERO_ERROR;

	u_strToUTF8WithSub(narrow, room, NULL, text, length, 0xfffd, NULL,
			   &error);
	icu_must(error, "writing UTF-8");
	return narrow;
}

char *icu_transliterated(const UTransliterator *rules, const char *text)
{
	UErrorCode error = U_ZERO_ERROR;
	int32_t length, end, room;
	SCOPED(UChar_freep) UChar *wide = icu_wide(text, &length);
	SCOPED(UChar_freep) UChar *out = NULL;

	room = length * 12 + 16;
	out = xcalloc((size_t)room, sizeof *out);
	memcpy(out, wide, (size_t)length * sizeof *out);
	end = length;
	utrans_transUChars(rules, out, &length, room, 0, &end, &error);
	return U_FAILURE(error) ? xstrdup("") : icu_narrow(out, length);
}

UChar32 icu_next(const char *text, size_t length, size_t *at)
{
	UChar32 point;

	U8_NEXT_OR_FFFD((const uint8_t *)text, *at, length, point);
	return point;
}
