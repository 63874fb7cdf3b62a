#include "text/fold_letter.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "base/memory.h"

/* Each group folds to the letter that it begins with. */
static const char *const groups[] = {
	/* Arabic, Persian, Urdu, Pashto, Kurdish */
	"ا\u0671",       /* alef wasla; the others lost their marks already */
	"ت\u0679\u067c", /* tteh, Pashto */
	"د\u0688\u0689",
	"ر\u0691\u0693\u0695",
	"ز\u0681", /* Pashto dze, as Dari writes it */
	"س\u0685", /* Pashto tse */
	"ش\u069a",
	"ژ\u0696",
	"ف\u06a4",
	"ك\u06a9\u06aa",
	"گ\u06ab",
	"ل\u06b5",
	"ن\u06ba\u06bc",
	"ه\u0629\u06be\u06c1\u06c3\u06d5",
	"و\u06c6\u06c7\u06c8\u06cb",
	"ي\u0649\u06cc\u06cd\u06ce\u06d0\u06d2",
	/* Cyrillic: Russian, Ukrainian and Belarusian spellings of a name */
	"и\u0456\u044b",
	"г\u0491",
	"е\u0454\u044d",
	/* Latin letters without a decomposition */
	"d\u0111\u00f0",
	"h\u0127",
	"i\u0131",
	"l\u0142",
	"o\u00f8",
	"t\u0167",
	"e\u01dd\u0259",
	"n\u014b",
	"z\u0292",
};

static const struct {
	UChar32 point;
	const char *letters;
} pairs[] = {
	{ 0x00e6, "ae" },
	{ 0x0153, "oe" },
	{ 0x00fe, "th" },
};

/*
 * Ethiopic series that sound alike: count syllables from the first fold to
 * those that begin at to.
 */
static const struct {
	UChar32 first, to;
	int count;
} series[] = {
	{ 0x1210, 0x1200, 7 }, /* hha as ha */
	{ 0x1280, 0x1200, 7 }, /* xa as ha */
	{ 0x12b8, 0x1200, 7 }, /* kxa as ha */
	{ 0x1220, 0x1230, 8 }, /* sza as sa */
	{ 0x12d0, 0x12a0, 7 }, /* pharyngeal a as glottal a */
	{ 0x1340, 0x1338, 7 }, /* tza as tsa */
};

/* In Amharic the fourth order of these is the first. */
static const UChar32 fourths[][2] = {
	{ 0x1203, 0x1200 },
	{ 0x12a3, 0x12a0 },
};

/* Written or left out at will. */
static const UChar32 dropped[] = {
	'\'',   '`',    0x00b4, 0x02b9, 0x02bb,
	0x02bc, 0x02be, 0x02bf, 0x0621, /* hamza alone */
	0x0640,                         /* tatweel */
	0x044a, 0x044c,                 /* hard and soft sign */
	0x200c, 0x200d, 0x2018, 0x2019,
};

static bool is_dropped_sign(UChar32 point)
{
	for (size_t i = 0; i < COUNT(dropped); i++) {
		if (dropped[i] == point)
			return true;
	}
	return false;
}

/*
 * Accents, Arabic vowels and nuktas; not the vowel signs of Indic and South-
 * East Asian scripts, which are the name.
 */
static bool is_dropped_mark(UChar32 point)
{
	static const UScriptCode scripts[] = {
		USCRIPT_INHERITED, USCRIPT_LATIN,  USCRIPT_GREEK,
		USCRIPT_CYRILLIC,  USCRIPT_ARABIC, USCRIPT_HEBREW,
		USCRIPT_SYRIAC,
	};
	UErrorCode error = U_ZERO_ERROR;
	UScriptCode script;

	if (u_charType(point) != U_NON_SPACING_MARK)
		return false;
	if (u_getCombiningClass(point) == 7)
		return true;
	script = uscript_getScript(point, &error);
	for (size_t i = 0; i < COUNT(scripts); i++) {
		if (scripts[i] == script)
			return true;
	}
	return false;
}

static void add_point(struct bytes *out, UChar32 point)
{
	uint8_t utf8[4];
	int32_t length = 0;

	U8_APPEND_UNSAFE(utf8, length, point);
	bytes_add(out, utf8, (size_t)length);
}

static UChar32 folded_syllable(UChar32 point)
{
	for (size_t i = 0; i < COUNT(series); i++) {
		if (point >= series[i].first &&
		    point < series[i].first + series[i].count)
			point = series[i].to + (point - series[i].first);
	}
	for (size_t i = 0; i < COUNT(fourths); i++) {
		if (point == fourths[i][0])
			point = fourths[i][1];
	}
	return point;
}

static UChar32 folded_by_group(UChar32 point)
{
	for (size_t i = 0; i < COUNT(groups); i++) {
		int32_t length = (int32_t)strlen(groups[i]), at = 0;
		UChar32 first, other;

		U8_NEXT((const uint8_t *)groups[i], at, length, first);
		while (at < length) {
			U8_NEXT((const uint8_t *)groups[i], at, length, other);
			if (other == point)
				return first;
		}
	}
	return point;
}

void fold_letter(UChar32 point, struct bytes *out)
{
	int digit = u_charDigitValue(point);

	if (is_dropped_sign(point) || is_dropped_mark(point))
		return;
	for (size_t i = 0; i < COUNT(pairs); i++) {
		if (pairs[i].point == point) {
			bytes_add_text(out, pairs[i].letters);
			return;
		}
	}
	if (digit >= 0)
		point = '0' + digit;
	else if (point >= 0x1200 && point <= 0x135a)
		point = folded_syllable(point);
	else if (point > 0x7f)
		point = folded_by_group(point);
	add_point(out, point);
}

bool fold_is_in_word(UChar32 point)
{
	return (U_GET_GC_MASK(point) &
		(U_GC_L_MASK | U_GC_M_MASK | U_GC_ND_MASK)) ||
	       is_dropped_sign(point);
}
