#include <stdlib.h>
#include <string.h>
#include <unicode/ubidi.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "text/cells.h"
#include "text/emphasis.h"
#include "text/icu.h"

/*
 * Arabic letters to the presentation forms that a plain cell font draws
 * joined. The forms come from Unicode's own decompositions of U+FB50 to
 * U+FEFC; u_shapeArabic() would leave several letters of Farsi's and Kurdish's
 * neighbours unjoined.
 */
enum form { ISOLATED, FINAL, INITIAL, MEDIAL, FORMS };

#define FIRST_LETTER 0x0600
#define LETTERS 0x0100
#define LAM 0x0644
#define AE 0x06d5 /* Kurdish; drawn with the forms of heh */
#define NON_JOINER 0x200c
#define JOINER 0x200d

static struct {
	UChar letter[LETTERS][FORMS];
	UChar lam_with[LETTERS][FORMS]; /* the ligature, by its alef */
	bool built;
} forms;

static bool form_of(UChar32 shape, enum form *out)
{
	switch (u_getIntPropertyValue(shape, UCHAR_DECOMPOSITION_TYPE)) {
	case U_DT_ISOLATED:
		*out = ISOLATED;
		return true;
	case U_DT_FINAL:
		*out = FINAL;
		return true;
	case U_DT_INITIAL:
		*out = INITIAL;
		return true;
	case U_DT_MEDIAL:
		*out = MEDIAL;
		return true;
	default:
		return false;
	}
}

static bool is_letter(UChar32 point)
{
	return point >= FIRST_LETTER && point < FIRST_LETTER + LETTERS;
}

static void learn(const UNormalizer2 *normal, UChar shape)
{
	UErrorCode error = U_ZERO_ERROR;
	UChar plain[20];
	int32_t length = unorm2_getRawDecomposition(normal, shape, plain,
						    COUNT(plain), &error);
	enum form form;

	if (U_FAILURE(error) || !form_of(shape, &form))
		return;
	if (length == 1 && is_letter(plain[0]))
		forms.letter[plain[0] - FIRST_LETTER][form] = shape;
	if (length == 2 && plain[0] == LAM && is_letter(plain[1]) &&
	    u_getIntPropertyValue(plain[1], UCHAR_JOINING_GROUP) == U_JG_ALEF)
		forms.lam_with[plain[1] - FIRST_LETTER][form] = shape;
}

static void build_forms(void)
{
	UErrorCode error = U_ZERO_ERROR;
	const UNormalizer2 *normal = unorm2_getNFKCInstance(&error);

	icu_must(error, "reading decompositions");
	for (UChar shape = 0xfb50; shape <= 0xfefc; shape++)
		learn(normal, shape);
	forms.letter[AE - FIRST_LETTER][ISOLATED] = 0xfee9;
	forms.letter[AE - FIRST_LETTER][FINAL] = 0xfeea;
	forms.built = true;
}

static int joining(UChar32 point)
{
	return u_getIntPropertyValue(point, UCHAR_JOINING_TYPE);
}

/* Whether two letters next to each other (marks apart) join. */
static bool join(UChar32 before, UChar32 after)
{
	int left = joining(before), right = joining(after);

	return (left == U_JT_DUAL_JOINING || left == U_JT_LEFT_JOINING ||
		left == U_JT_JOIN_CAUSING) &&
	       (right == U_JT_DUAL_JOINING || right == U_JT_RIGHT_JOINING ||
		right == U_JT_JOIN_CAUSING);
}

/* The letter beside at in a direction, past marks; 0 beyond the ends. */
static UChar32 beside(const UChar32 *text, int32_t length, int32_t at, int step)
{
	for (at += step; at >= 0 && at < length; at += step) {
		if (joining(text[at]) != U_JT_TRANSPARENT)
			return text[at];
	}
	return 0;
}

/* The shape for a form; a letter without it takes the nearest, or stays. */
static UChar32 shaped(const UChar shapes[static FORMS], enum form form,
		      UChar32 plain)
{
	if (shapes[form])
		return shapes[form];
	if (form == MEDIAL && shapes[FINAL])
		return shapes[FINAL];
	return shapes[ISOLATED] ? shapes[ISOLATED] : plain;
}

static enum form form_at(const UChar32 *text, int32_t length, int32_t at)
{
	UChar32 before = beside(text, length, at, -1);
	UChar32 after = beside(text, length, at, 1);
	bool from = before && join(before, text[at]);
	bool to = after && join(text[at], after);

	return from ? (to ? MEDIAL : FINAL) : (to ? INITIAL : ISOLATED);
}

/* The alef that follows a lam and its marks, or -1. */
static int32_t alef_after(const UChar32 *text, int32_t length, int32_t at)
{
	for (at++; at < length; at++) {
		if (joining(text[at]) != U_JT_TRANSPARENT)
			break;
	}
	if (at < length && is_letter(text[at]) &&
	    forms.lam_with[text[at] - FIRST_LETTER][ISOLATED])
		return at;
	return -1;
}

/* Whether the letter at a place is followed by a mark of emphasis. */
static bool is_marked(const UChar32 *text, int32_t length, int32_t at)
{
	return at + 1 < length && emphasis_of_mark((uint32_t)text[at + 1]);
}

/* Shapes in place; 0 stands where a letter went into a ligature. */
static void shape(const UChar32 *plain, UChar32 *out, int32_t length)
{
	memcpy(out, plain, (size_t)length * sizeof *out);
	for (int32_t at = 0; at < length; at++) {
		enum form form;
		int32_t alef;

		if (!is_letter(plain[at]) || !out[at])
			continue;
		form = form_at(plain, length, at);
		alef = plain[at] == LAM ? alef_after(plain, length, at) : -1;
		if (alef < 0) {
			out[at] = shaped(forms.letter[plain[at] - FIRST_LETTER],
					 form, plain[at]);
			continue;
		}
		out[at] = shaped(forms.lam_with[plain[alef] - FIRST_LETTER],
				 form == MEDIAL ? FINAL : ISOLATED, 0);
		out[alef] = 0;
		/* One letter now, it is marked once. */
		if (is_marked(plain, length, at) &&
		    is_marked(plain, length, alef))
			out[alef + 1] = 0;
	}
}

/* No letter below U+0590 runs from right to left or joins. */
static bool runs_left_to_right(const char *text)
{
	for (; *text; text++) {
		if ((unsigned char)*text >= 0xd6)
			return false;
	}
	return true;
}

static UChar *joined(const char *text, int32_t *length)
{
	SCOPED(UChar_freep) UChar *wide = icu_wide(text, length);
	int32_t units = *length, points = 0;
	UChar32 *plain = xcalloc((size_t)units * 2 + 1, sizeof *plain);
	UChar32 *shapes = plain + units;
	UChar *out = xcalloc((size_t)units + 1, sizeof *out);
	UErrorCode error = U_ZERO_ERROR;

	if (!forms.built)
		build_forms();
	u_strToUTF32(plain, units, &points, wide, units, &error);
	icu_must(error, "reading code points");
	shape(plain, shapes, points);
	*length = 0;
	for (int32_t i = 0; i < points; i++) {
		if (shapes[i] && shapes[i] != NON_JOINER && shapes[i] != JOINER)
			U16_APPEND_UNSAFE(out, *length, shapes[i]);
	}
	free(plain);
	return out;
}

char *text_joined(const char *text)
{
	SCOPED(UChar_freep) UChar *out = NULL;
	int32_t length;

	if (runs_left_to_right(text))
		return xstrdup(text);
	out = joined(text, &length);
	return icu_narrow(out, length);
}

char *text_visual(const char *line, bool right_to_left)
{
	static UBiDi *bidi;
	SCOPED(UChar_freep) UChar *logical = NULL;
	SCOPED(UChar_freep) UChar *visual = NULL;
	UErrorCode error = U_ZERO_ERROR;
	int32_t length;

	if (!right_to_left && runs_left_to_right(line))
		return xstrdup(line);
	if (!bidi)
		bidi = ubidi_open();
	logical = joined(line, &length);
	visual = xcalloc((size_t)length + 1, sizeof *visual);
	ubidi_setPara(bidi, logical, length, right_to_left, NULL, &error);
	length = ubidi_writeReordered(bidi, visual, length + 1,
				      UBIDI_DO_MIRRORING |
					  UBIDI_KEEP_BASE_COMBINING |
					  UBIDI_REMOVE_BIDI_CONTROLS,
				      &error);
	icu_must(error, "ordering a line");
	return icu_narrow(visual, length);
}
