#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/udat.h>
#include <unicode/uloc.h>

#include "base/memory.h"
#include "text/calendar.h"
#include "text/icu.h"
#include "text/language.h"

#define MONTHS 13
#define WEEKDAYS 7
#define WIDTHS 2

/* Names as we give them, where ICU has none, or another people's. */
struct given {
	const char *language; /* our tag */
	enum calendar calendar;
	const char *months[MONTHS], *short_months[MONTHS];
	const char *weekdays[WEEKDAYS], *short_weekdays[WEEKDAYS];
	const char *title;
};

static const struct given givens[] = {
	/* The same in Canada as elsewhere, where CLDR says "Sept". */
	{ .language = "en",
	  .calendar = CALENDAR_GREGORIAN,
	  .months = { "January", "February", "March", "April", "May", "June",
		      "July", "August", "September", "October", "November",
		      "December" },
	  .short_months = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul",
			    "Aug", "Sep", "Oct", "Nov", "Dec" },
	  .weekdays = { "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday",
			"Friday", "Saturday" },
	  .short_weekdays = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri",
			      "Sat" } },
	/* CLDR gives French ones. */
	{ .language = "ht",
	  .calendar = CALENDAR_GREGORIAN,
	  .months = { "janvye", "fevriye", "mas", "avril", "me", "jen", "jiyè",
		      "out", "septanm", "oktòb", "novanm", "desanm" },
	  .weekdays = { "dimanch", "lendi", "madi", "mèkredi", "jedi",
			"vandredi", "samdi" } },
	/* Afghanistan counts by the signs of the zodiac. */
	{ .language = "prs",
	  .calendar = CALENDAR_PERSIAN,
	  .months = { "حمل", "ثور", "جوزا", "سرطان", "اسد", "سنبله", "میزان",
		      "عقرب", "قوس", "جدی", "دلو", "حوت" } },
	{ .language = "ti",
	  .calendar = CALENDAR_ETHIOPIC,
	  .months = { "መስከረም", "ጥቅምቲ", "ሕዳር", "ታሕሳስ", "ጥሪ", "ለካቲት", "መጋቢት",
		      "ሚያዝያ", "ግንቦት", "ሰነ", "ሓምለ", "ነሓሰ", "ጳጉሜን" } },
	{ .language = "om",
	  .calendar = CALENDAR_ETHIOPIC,
	  .months = { "Fuulbana", "Onkololeessa", "Sadaasa", "Muddee",
		      "Amajjii", "Guraandhala", "Bitooteessa", "Elba", "Caamsa",
		      "Waxabajjii", "Adooleessa", "Hagayya", "Qaammee" } },
	/* CLDR's are a copy of the Gregorian ones; numbers cannot mislead. */
	{ .language = "so",
	  .calendar = CALENDAR_PERSIAN,
	  .months = { "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11",
		      "12" } },
	/* CLDR leaves two of these to the root, and others half written. */
	{ .language = "ps",
	  .calendar = CALENDAR_ISLAMIC_UMALQURA,
	  .months = { "محرم", "صفر", "ربيع الاول", "ربيع الثاني", "جمادي الاول",
		      "جمادي الثاني", "رجب", "شعبان", "رمضان", "شوال",
		      "ذوالقعده", "ذوالحجه" } },
	{ .language = "ckb",
	  .calendar = CALENDAR_PERSIAN,
	  .months = { "خاکەلێوە", "گوڵان", "جۆزەردان", "پووشپەڕ", "گەلاوێژ",
		      "خەرمانان", "ڕەزبەر", "گەڵاڕێزان", "سەرماوەز",
		      "بەفرانبار", "ڕێبەندان", "ڕەشەمە" } },
	{ .language = "aii",
	  .calendar = CALENDAR_GREGORIAN,
	  .months = { "ܟܢܘܢ ܐܚܪܝܐ", "ܫܒܛ", "ܐܕܪ", "ܢܝܣܢ", "ܐܝܪ", "ܚܙܝܪܢ",
		      "ܬܡܘܙ", "ܐܒ", "ܐܝܠܘܠ", "ܬܫܪܝܢ ܩܕܡܝܐ", "ܬܫܪܝܢ ܐܚܪܝܐ",
		      "ܟܢܘܢ ܩܕܡܝܐ" } },
	/* ICU does not have this calendar. */
	{ .language = "ne",
	  .calendar = CALENDAR_BIKRAM_SAMBAT,
	  .months = { "बैशाख", "जेठ", "असार", "साउन", "भदौ", "असोज", "कात्तिक",
		      "मंसिर", "पुस", "माघ", "फागुन", "चैत" },
	  .title = "विक्रम संवत्" },
	{ .language = "en",
	  .calendar = CALENDAR_BIKRAM_SAMBAT,
	  .months = { "Baisakh", "Jestha", "Asar", "Shrawan", "Bhadra", "Asoj",
		      "Kartik", "Mangsir", "Poush", "Magh", "Falgun",
		      "Chaitra" },
	  .title = "Bikram Sambat (Nepal)" },
};

static const char *const numbers[MONTHS] = { "1",  "2",  "3", "4", "5",
					     "6",  "7",  "8", "9", "10",
					     "11", "12", "13" };

/* What was asked for once stays. */
struct names {
	char locale[32];
	enum calendar calendar;
	char *month[MONTHS][WIDTHS], *weekday[WEEKDAYS][WIDTHS];
	char *title;
	struct names *next;
};

static const struct given *given_in(enum calendar calendar, const char *tag)
{
	for (size_t i = 0; i < COUNT(givens); i++) {
		if (givens[i].calendar == calendar &&
		    strcmp(givens[i].language, tag) == 0)
			return &givens[i];
	}
	return NULL;
}

static const struct given *given_for(enum calendar calendar,
				     const struct language *language)
{
	return language ? given_in(calendar, language->tag) : NULL;
}

static char *symbol(const UDateFormat *format, UDateFormatSymbolType kind,
		    int32_t index)
{
	UErrorCode error = U_ZERO_ERROR;
	UChar wide[100];
	int32_t length =
	    udat_getSymbols(format, kind, index, wide, COUNT(wide), &error);

	return U_FAILURE(error) ? xstrdup("") : icu_narrow(wide, length);
}

/* ICU counts weekdays from 1. */
static void read_symbols(struct names *names, const UDateFormat *format)
{
	static const UDateFormatSymbolType months[] = {
		[CALENDAR_FULL] = UDAT_STANDALONE_MONTHS,
		[CALENDAR_SHORT] = UDAT_STANDALONE_SHORT_MONTHS,
	};
	static const UDateFormatSymbolType weekdays[] = {
		[CALENDAR_FULL] = UDAT_STANDALONE_WEEKDAYS,
		[CALENDAR_SHORT] = UDAT_STANDALONE_SHORT_WEEKDAYS,
	};

	for (int width = 0; width < WIDTHS; width++) {
		for (int i = 0; i < calendar_months(names->calendar); i++)
			names->month[i][width] =
			    symbol(format, months[width], i);
		for (int i = 0; i < WEEKDAYS; i++)
			names->weekday[i][width] =
			    symbol(format, weekdays[width], i + 1);
	}
}

static void read_title(struct names *names, const char *asked)
{
	UErrorCode error = U_ZERO_ERROR;
	UChar wide[200];
	int32_t length = uloc_getDisplayKeywordValue(
	    asked, "calendar", names->locale, wide, COUNT(wide), &error);

	icu_must(error, "naming a calendar");
	names->title = icu_narrow(wide, length);
}

static struct names *read_names(enum calendar calendar, const char *locale)
{
	struct names *names = xcalloc(1, sizeof *names);
	SCOPED(char_freep)
	char *asked =
	    xasprintf("%s@calendar=%s", locale, calendar_name(calendar));
	UErrorCode error = U_ZERO_ERROR;
	UDateFormat *format = udat_open(UDAT_PATTERN, UDAT_PATTERN, asked,
					u"Etc/UTC", -1, u"MMM", -1, &error);

	icu_must(error, "opening the names of a calendar");
	snprintf(names->locale, sizeof names->locale, "%s", locale);
	names->calendar = calendar;
	read_symbols(names, format);
	read_title(names, asked);
	udat_close(format);
	return names;
}

static const struct names *names_for(enum calendar calendar,
				     const char *language)
{
	static struct names *known;
	const char *locale = icu_locale(language);
	struct names *names;

	for (names = known; names; names = names->next) {
		if (names->calendar == calendar &&
		    strncmp(names->locale, locale, sizeof names->locale - 1) ==
			0)
			return names;
	}
	names = read_names(calendar, locale);
	names->next = known;
	known = names;
	return names;
}

static bool has_ascii_letter(const char *text)
{
	for (; *text; text++) {
		if ((*text >= 'a' && *text <= 'z') ||
		    (*text >= 'A' && *text <= 'Z'))
			return true;
	}
	return false;
}

static bool reads_latin(const struct language *language)
{
	return !language || strcmp(language->script, "Latn") == 0;
}

/*
 * Where ICU has no names of a language it gives English ones, which a reader of
 * another script could do nothing with. A calendar of which one month is like
 * that has no names at all: beside names, numbers only confuse.
 */
static bool is_readable(const struct names *names, enum calendar_width width,
			const struct language *language)
{
	for (int i = 0; i < calendar_months(names->calendar); i++) {
		const char *name = names->month[i][width];

		if (!*name ||
		    (!reads_latin(language) && has_ascii_letter(name)))
			return false;
	}
	return true;
}

static const char *given_name(const char *const *full, const char *const *brief,
			      int index, enum calendar_width width)
{
	if (width == CALENDAR_SHORT && brief[index])
		return brief[index];
	return full[index];
}

static const char *bikram_month(const struct language *language, int month)
{
	const struct given *given = given_for(CALENDAR_BIKRAM_SAMBAT, language);

	if (given || reads_latin(language))
		return (given ? given : given_in(CALENDAR_BIKRAM_SAMBAT, "en"))
		    ->months[month - 1];
	return numbers[month - 1];
}

/* By rule or as announced, the months are the same. */
static enum calendar named_like(enum calendar calendar)
{
	switch (calendar) {
	case CALENDAR_BUDDHIST:
		return CALENDAR_GREGORIAN;
	case CALENDAR_ISLAMIC_CIVIL:
		return CALENDAR_ISLAMIC_UMALQURA;
	default:
		return calendar;
	}
}

const char *calendar_month_name(enum calendar calendar, const char *language,
				int month, enum calendar_width width)
{
	const struct language *known = language_find(language);
	const struct given *given;
	const struct names *names;

	if (month < 1 || month > calendar_months(calendar))
		return "";
	calendar = named_like(calendar);
	if (calendar == CALENDAR_BIKRAM_SAMBAT)
		return bikram_month(known, month);
	if ((given = given_for(calendar, known)))
		return given_name(given->months, given->short_months, month - 1,
				  width);
	names = names_for(calendar, language);
	if (!is_readable(names, width, known))
		width = CALENDAR_FULL;
	return is_readable(names, width, known) ? names->month[month - 1][width]
						: numbers[month - 1];
}

const char *calendar_weekday_name(const char *language, int weekday,
				  enum calendar_width width)
{
	const struct given *given =
	    given_for(CALENDAR_GREGORIAN, language_find(language));

	if (weekday < 0 || weekday >= WEEKDAYS)
		return "";
	if (given && given->weekdays[0])
		return given_name(given->weekdays, given->short_weekdays,
				  weekday, width);
	return names_for(CALENDAR_GREGORIAN, language)->weekday[weekday][width];
}

const char *calendar_title(enum calendar calendar, const char *language)
{
	const struct given *given =
	    given_for(calendar, language_find(language));
	const char *title;

	if (calendar == CALENDAR_BIKRAM_SAMBAT)
		return (given ? given : given_in(calendar, "en"))->title;
	title = names_for(calendar, language)->title;
	/* ICU's own code for it: the language has no name. */
	if (strcmp(title, calendar_name(calendar)) == 0)
		return names_for(calendar, "en")->title;
	return title;
}
