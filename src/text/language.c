#include "text/language.h"

#include <string.h>
#include <strings.h>

#include "base/memory.h"

#define ARABIC "Noto Naskh Arabic, Noto Sans"
#define LATIN "Noto Sans"
#define MYANMAR "Noto Sans Myanmar, Noto Sans"

/*
 * The languages an agency can offer, in the order that screens list them.
 * Those whose home calendar ICU does not have (Bikram Sambat) are Gregorian.
 */
static const struct language languages[] = {
	{ "en", "English", "English", "Latn", false, LANGUAGE_CELLS, LATIN,
	  "gregorian", "en" },
	{ "fr", "Français", "French", "Latn", false, LANGUAGE_CELLS, LATIN,
	  "gregorian", "fr" },
	{ "pa-Guru", "ਪੰਜਾਬੀ", "Punjabi", "Guru", false, LANGUAGE_PLATES,
	  "Noto Sans Gurmukhi, Noto Sans", "gregorian", "pa_Guru" },
	{ "zh-Hans", "中文（普通话）", "Chinese (Mandarin)", "Hans", false,
	  LANGUAGE_CELLS, "Noto Sans CJK SC, Noto Sans", "gregorian",
	  "zh_Hans" },
	{ "zh-Hant", "中文（廣東話）", "Chinese (Cantonese)", "Hant", false,
	  LANGUAGE_CELLS, "Noto Sans CJK TC, Noto Sans", "gregorian",
	  "zh_Hant" },
	{ "fil", "Filipino", "Filipino", "Latn", false, LANGUAGE_CELLS, LATIN,
	  "gregorian", "fil" },
	{ "ar", "العربية", "Arabic", "Arab", true, LANGUAGE_JOINER, ARABIC,
	  "gregorian", "ar" },
	{ "es-419", "Español", "Spanish", "Latn", false, LANGUAGE_CELLS, LATIN,
	  "gregorian", "es_419" },
	{ "hi", "हिन्दी", "Hindi", "Deva", false, LANGUAGE_PLATES,
	  "Noto Sans Devanagari, Noto Sans", "gregorian", "hi" },
	{ "ur", "اردو", "Urdu", "Arab", true, LANGUAGE_PLATES, ARABIC,
	  "gregorian", "ur" },
	{ "fa-IR", "فارسی", "Farsi", "Arab", true, LANGUAGE_JOINER, ARABIC,
	  "persian", "fa" },
	{ "prs", "دری", "Dari", "Arab", true, LANGUAGE_JOINER, ARABIC,
	  "persian", "fa_AF" },
	{ "ps", "پښتو", "Pashto", "Arab", true, LANGUAGE_PLATES, ARABIC,
	  "persian", "ps" },
	{ "ti", "ትግርኛ", "Tigrinya", "Ethi", false, LANGUAGE_PLATES,
	  "Noto Sans Ethiopic, Noto Sans", "ethiopic", "ti" },
	{ "am", "አማርኛ", "Amharic", "Ethi", false, LANGUAGE_PLATES,
	  "Noto Sans Ethiopic, Noto Sans", "ethiopic", "am" },
	{ "so", "Soomaali", "Somali", "Latn", false, LANGUAGE_CELLS, LATIN,
	  "gregorian", "so" },
	{ "uk", "Українська", "Ukrainian", "Cyrl", false, LANGUAGE_CELLS, LATIN,
	  "gregorian", "uk" },
	{ "ru", "Русский", "Russian", "Cyrl", false, LANGUAGE_CELLS, LATIN,
	  "gregorian", "ru" },
	{ "pt-BR", "Português", "Portuguese", "Latn", false, LANGUAGE_CELLS,
	  LATIN, "gregorian", "pt" },
	{ "vi", "Tiếng Việt", "Vietnamese", "Latn", false, LANGUAGE_CELLS,
	  LATIN, "gregorian", "vi" },
	{ "ko", "한국어", "Korean", "Kore", false, LANGUAGE_CELLS,
	  "Noto Sans CJK KR, Noto Sans", "gregorian", "ko" },
	{ "ta", "தமிழ்", "Tamil", "Taml", false, LANGUAGE_PLATES,
	  "Noto Sans Tamil, Noto Sans", "gregorian", "ta" },
	{ "gu", "ગુજરાતી", "Gujarati", "Gujr", false, LANGUAGE_PLATES,
	  "Noto Sans Gujarati, Noto Sans", "gregorian", "gu" },
	{ "bn", "বাংলা", "Bengali", "Beng", false, LANGUAGE_PLATES,
	  "Noto Sans Bengali, Noto Sans", "gregorian", "bn" },
	{ "ne", "नेपाली", "Nepali", "Deva", false, LANGUAGE_PLATES,
	  "Noto Sans Devanagari, Noto Sans", "gregorian", "ne" },
	{ "sw", "Kiswahili", "Swahili", "Latn", false, LANGUAGE_CELLS, LATIN,
	  "gregorian", "sw" },
	{ "rw", "Ikinyarwanda", "Kinyarwanda", "Latn", false, LANGUAGE_CELLS,
	  LATIN, "gregorian", "rw" },
	{ "ht", "Kreyòl ayisyen", "Haitian Creole", "Latn", false,
	  LANGUAGE_CELLS, LATIN, "gregorian", "ht" },
	{ "tr", "Türkçe", "Turkish", "Latn", false, LANGUAGE_CELLS, LATIN,
	  "gregorian", "tr" },
	{ "ckb", "کوردیی ناوەندی", "Kurdish (Sorani)", "Arab", true,
	  LANGUAGE_PLATES, ARABIC, "gregorian", "ckb" },
	{ "kmr", "Kurmancî", "Kurdish (Kurmanji)", "Latn", false,
	  LANGUAGE_CELLS, LATIN, "gregorian", "ku" },
	{ "om", "Afaan Oromoo", "Oromo", "Latn", false, LANGUAGE_CELLS, LATIN,
	  "gregorian", "om" },
	{ "ml", "മലയാളം", "Malayalam", "Mlym", false, LANGUAGE_PLATES,
	  "Noto Sans Malayalam, Noto Sans", "gregorian", "ml" },
	{ "my", "မြန်မာ", "Burmese", "Mymr", false, LANGUAGE_PLATES, MYANMAR,
	  "gregorian", "my" },
	{ "ksw", "ကညီ", "Karen (S'gaw)", "Mymr", false, LANGUAGE_PLATES, MYANMAR,
	  "gregorian", "ksw" },
	{ "rhg", "Ruáingga", "Rohingya", "Arab", true, LANGUAGE_PLATES, ARABIC,
	  "gregorian", "rhg" },
	{ "aii", "ܐܬܘܪܝܐ", "Assyrian, Chaldean", "Syrc", true, LANGUAGE_PLATES,
	  "Noto Sans Syriac, Noto Sans", "gregorian", "syr" },
};

/*
 * Other tags in use for one of them: macrolanguages, old codes, and regions
 * that decide the script or the variety.
 */
static const struct {
	const char *tag, *meant;
} aliases[] = {
	{ "arb", "ar" },        { "cld", "aii" },       { "cmn", "zh-Hans" },
	{ "fa-AF", "prs" },     { "hat", "ht" },        { "kin", "rw" },
	{ "ku", "kmr" },        { "ku-Arab", "ckb" },   { "orm", "om" },
	{ "pbt", "ps" },        { "pbu", "ps" },        { "pes", "fa-IR" },
	{ "som", "so" },        { "syr", "aii" },       { "tl", "fil" },
	{ "yue", "zh-Hant" },   { "zh-HK", "zh-Hant" }, { "zh-MO", "zh-Hant" },
	{ "zh-TW", "zh-Hant" },
};

size_t language_count(void)
{
	return COUNT(languages);
}

const struct language *language_at(size_t index)
{
	return &languages[index];
}

/* BCP 47 in shape: "_" is "-", and what POSIX adds (".UTF-8") is cut off. */
static void in_shape(const char *tag, char out[static 32])
{
	size_t length = strcspn(tag, ".@");

	if (length > 31)
		length = 31;
	for (size_t i = 0; i < length; i++)
		out[i] = tag[i] == '_' ? '-' : tag[i];
	out[length] = 0;
}

static size_t primary(const char *tag)
{
	return strcspn(tag, "-");
}

/* The script subtag: four letters, right behind the primary one. */
static const char *script_of(const char *tag)
{
	const char *next = tag + primary(tag);

	if (!*next || strcspn(next + 1, "-") != 4)
		return NULL;
	return next + 1;
}

static const struct language *whole(const char *tag)
{
	for (size_t i = 0; i < COUNT(languages); i++) {
		if (strcasecmp(tag, languages[i].tag) == 0)
			return &languages[i];
	}
	return NULL;
}

static const struct language *by_alias(const char *tag)
{
	for (size_t i = 0; i < COUNT(aliases); i++) {
		if (strcasecmp(tag, aliases[i].tag) == 0)
			return whole(aliases[i].meant);
	}
	return NULL;
}

static const struct language *by_primary(const char *tag)
{
	const char *script = script_of(tag);
	size_t length = primary(tag);

	for (size_t i = 0; i < COUNT(languages); i++) {
		const struct language *language = &languages[i];

		if (primary(language->tag) == length &&
		    strncasecmp(tag, language->tag, length) == 0 &&
		    (!script || strncasecmp(script, language->script, 4) == 0))
			return language;
	}
	return NULL;
}

const struct language *language_find(const char *tag)
{
	const struct language *found;
	char shaped[32];

	in_shape(tag, shaped);
	if ((found = whole(shaped)) || (found = by_alias(shaped)) ||
	    (found = by_primary(shaped)) || script_of(shaped))
		return found;
	/* "yue-CA", "tl-PH": the alias without its region. */
	shaped[primary(shaped)] = 0;
	return by_alias(shaped);
}
