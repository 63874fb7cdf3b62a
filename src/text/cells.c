#include "text/cells.h"

#include <string.h>
#include <unicode/uchar.h>

#include "text/icu.h"
#include "text/width.h"

/*
 * Where glibc's table leaves the East Asian Width property: Hangul vowels and
 * finals stand on the syllable before them, and two old blocks of symbols are
 * kept wide.
 */
static const struct {
	UChar32 first, last;
	int cells;
} exceptions[] = {
	{ 0x00ad, 0x00ad, 1 }, { 0x1160, 0x11ff, 0 }, { 0x3248, 0x324f, 2 },
	{ 0x4dc0, 0x4dff, 2 }, { 0xd7b0, 0xd7ff, 0 },
};

#define NO_CELLS                                                     \
	(U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CC_MASK | U_GC_ZL_MASK | \
	 U_GC_ZP_MASK)

int point_cells(UChar32 point)
{
	int width;

	if (point < 0x7f)
		return point >= ' ';
	for (size_t i = 0; i < COUNT(exceptions); i++) {
		if (point >= exceptions[i].first && point <= exceptions[i].last)
			return exceptions[i].cells;
	}
	if (U_GET_GC_MASK(point) & NO_CELLS)
		return 0;
	/* Arabic number signs are formats that show, above what follows. */
	if (u_charType(point) == U_FORMAT_CHAR)
		return u_hasBinaryProperty(point,
					   UCHAR_PREPENDED_CONCATENATION_MARK);
	width = u_getIntPropertyValue(point, UCHAR_EAST_ASIAN_WIDTH);
	return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

int text_cells(const char *text)
{
	size_t length = strlen(text), at = 0;
	int cells = 0;

	while (at < length)
		cells += point_cells(icu_next(text, length, &at));
	return cells;
}

char *text_fit(const char *text, int width)
{
	size_t end = 0;
	int cells = 0;

	if (text_cells(text) <= width)
		return xstrdup(text);
	if (width < 1)
		return xstrdup("");
	for (;;) {
		size_t next = text_next_cluster(text, end);

		for (size_t at = end; at < next;)
			cells += point_cells(icu_next(text, next, &at));
		if (cells > width - 1)
			return xasprintf("%.*s…", (int)end, text);
		end = next;
	}
}
