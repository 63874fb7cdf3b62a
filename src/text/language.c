#include "text/language.h"

#include <assert.h>
#include <string.h>
#include <strings.h>
#include <unicode/uloc.h>

#include "base/log.h"
#include "base/memory.h"

/* A script's own: ISO 15924, class, direction, drawing, fonts. */
#define LATN "Latn", 'L', false, LANGUAGE_CELLS, "Noto Sans, Noto Sans Math"
#define CYRL "Cyrl", 'C', false, LANGUAGE_CELLS, "Noto Sans"
#define GREK "Grek", 'C', false, LANGUAGE_CELLS, "Noto Sans"
#define ARMN PLATES("Armn", 'C', "Armenian")
#define GEOR PLATES("Geor", 'C', "Georgian")
#define HANS "Hans", 'W', false, LANGUAGE_CELLS, "Noto Sans CJK SC, Noto Sans"
#define HANT "Hant", 'W', false, LANGUAGE_CELLS, "Noto Sans CJK TC, Noto Sans"
#define JPAN "Jpan", 'W', false, LANGUAGE_CELLS, "Noto Sans CJK JP, Noto Sans"
#define KORE "Kore", 'K', false, LANGUAGE_CELLS, "Noto Sans CJK KR, Noto Sans"
#define ARAB_FONTS "Noto Naskh Arabic, Noto Sans"
#define ARAB "Arab", 'A', true, LANGUAGE_PLATES, ARAB_FONTS
#define ARAB_JOINED "Arab", 'A', true, LANGUAGE_JOINER, ARAB_FONTS
#define SYRC "Syrc", 'S', true, LANGUAGE_PLATES, "Noto Sans Syriac, Noto Sans"
#define HEBR "Hebr", 'S', true, LANGUAGE_PLATES, "Noto Sans Hebrew, Noto Sans"
#define PLATES(script, class, font) \
	script, class, false, LANGUAGE_PLATES, "Noto Sans " font ", Noto Sans"
#define ETHI PLATES("Ethi", 'E', "Ethiopic")
#define GURU PLATES("Guru", 'I', "Gurmukhi")
#define DEVA PLATES("Deva", 'I', "Devanagari")
#define TAML PLATES("Taml", 'I', "Tamil")
#define GUJR PLATES("Gujr", 'I', "Gujarati")
#define BENG PLATES("Beng", 'I', "Bengali")
#define MLYM PLATES("Mlym", 'I', "Malayalam")
#define TELU PLATES("Telu", 'I', "Telugu")
#define KNDA PLATES("Knda", 'I', "Kannada")
#define SINH PLATES("Sinh", 'I', "Sinhala")
#define MYMR PLATES("Mymr", 'M', "Myanmar")
#define KHMR PLATES("Khmr", 'M', "Khmer")
#define THAI PLATES("Thai", 'M', "Thai")
#define LAOO PLATES("Laoo", 'M', "Lao")

#define GREGORIAN "gregorian"

/*
 * The languages an agency can offer, in the order that screens list them.
 */
static const struct language languages[] = {
	{ "en", "English", "English", LATN, GREGORIAN, "en" },
	{ "fr", "Français", "French", LATN, GREGORIAN, "fr" },
	{ "pa-Guru", "ਪੰਜਾਬੀ", "Punjabi", GURU, GREGORIAN, "pa_Guru" },
	{ "zh-Hans", "普通话", "Chinese (Mandarin)", HANS, GREGORIAN,
	  "zh_Hans" },
	{ "zh-Hant", "廣東話", "Chinese (Cantonese)", HANT, GREGORIAN,
	  "zh_Hant" },
	{ "fil", "Filipino", "Filipino", LATN, GREGORIAN, "fil" },
	{ "ar", "العربية", "Arabic", ARAB_JOINED, "gregorian islamic", "ar" },
	{ "es-419", "Español", "Spanish", LATN, GREGORIAN, "es_419" },
	{ "hi", "हिन्दी", "Hindi", DEVA, GREGORIAN, "hi" },
	{ "ur", "اردو", "Urdu", ARAB, "gregorian islamic", "ur" },
	{ "fa-IR", "فارسی", "Farsi", ARAB_JOINED, "persian gregorian", "fa" },
	{ "prs", "دری", "Dari", ARAB_JOINED, "persian gregorian", "fa_AF" },
	{ "ps", "پښتو", "Pashto", ARAB, "persian gregorian", "ps" },
	{ "ti", "ትግርኛ", "Tigrinya", ETHI, "ethiopic gregorian", "ti" },
	{ "am", "አማርኛ", "Amharic", ETHI, "ethiopic gregorian", "am" },
	{ "so", "Soomaali", "Somali", LATN, "gregorian islamic", "so" },
	{ "uk", "Українська", "Ukrainian", CYRL, GREGORIAN, "uk" },
	{ "ru", "Русский", "Russian", CYRL, GREGORIAN, "ru" },
	{ "pt-BR", "Português", "Portuguese", LATN, GREGORIAN, "pt" },
	{ "vi", "Tiếng Việt", "Vietnamese", LATN, GREGORIAN, "vi" },
	{ "ko", "한국어", "Korean", KORE, GREGORIAN, "ko" },
	{ "ta", "தமிழ்", "Tamil", TAML, GREGORIAN, "ta" },
	{ "gu", "ગુજરાતી", "Gujarati", GUJR, GREGORIAN, "gu" },
	{ "bn", "বাংলা", "Bengali", BENG, GREGORIAN, "bn" },
	{ "ne", "नेपाली", "Nepali", DEVA, "bikram-sambat gregorian", "ne" },
	{ "sw", "Kiswahili", "Swahili", LATN, GREGORIAN, "sw" },
	{ "rw", "Ikinyarwanda", "Kinyarwanda", LATN, GREGORIAN, "rw" },
	{ "ht", "Kreyòl ayisyen", "Haitian Creole", LATN, GREGORIAN, "ht" },
	{ "tr", "Türkçe", "Turkish", LATN, GREGORIAN, "tr" },
	{ "ckb", "کوردیی ناوەندی", "Kurdish (Sorani)", ARAB,
	  "gregorian persian", "ckb" },
	{ "kmr", "Kurmancî", "Kurdish (Kurmanji)", LATN, GREGORIAN, "ku" },
	{ "om", "Afaan Oromoo", "Oromo", LATN, "gregorian ethiopic", "om" },
	{ "ml", "മലയാളം", "Malayalam", MLYM, GREGORIAN, "ml" },
	{ "my", "မြန်မာ", "Burmese", MYMR, "gregorian myanmar", "my" },
	{ "ksw", "ကညီ", "Karen (S'gaw)", MYMR, GREGORIAN, "ksw" },
	{ "rhg", "Ruáingga", "Rohingya", ARAB, "gregorian islamic", "rhg" },
	{ "aii", "ܐܬܘܪܝܐ", "Assyrian, Chaldean", SYRC, GREGORIAN, "syr" },
};

/* What a language that is not among them takes from its script. */
static const struct language scripts[] = {
	{ NULL, NULL, NULL, LATN, GREGORIAN, NULL },
	{ NULL, NULL, NULL, CYRL, GREGORIAN, NULL },
	{ NULL, NULL, NULL, GREK, GREGORIAN, NULL },
	{ NULL, NULL, NULL, ARMN, GREGORIAN, NULL },
	{ NULL, NULL, NULL, GEOR, GREGORIAN, NULL },
	{ NULL, NULL, NULL, HANS, GREGORIAN, NULL },
	{ NULL, NULL, NULL, HANT, GREGORIAN, NULL },
	{ NULL, NULL, NULL, JPAN, GREGORIAN, NULL },
	{ NULL, NULL, NULL, KORE, GREGORIAN, NULL },
	{ NULL, NULL, NULL, ARAB, GREGORIAN, NULL },
	{ NULL, NULL, NULL, SYRC, GREGORIAN, NULL },
	{ NULL, NULL, NULL, HEBR, GREGORIAN, NULL },
	{ NULL, NULL, NULL, ETHI, GREGORIAN, NULL },
	{ NULL, NULL, NULL, GURU, GREGORIAN, NULL },
	{ NULL, NULL, NULL, DEVA, GREGORIAN, NULL },
	{ NULL, NULL, NULL, TAML, GREGORIAN, NULL },
	{ NULL, NULL, NULL, GUJR, GREGORIAN, NULL },
	{ NULL, NULL, NULL, BENG, GREGORIAN, NULL },
	{ NULL, NULL, NULL, MLYM, GREGORIAN, NULL },
	{ NULL, NULL, NULL, TELU, GREGORIAN, NULL },
	{ NULL, NULL, NULL, KNDA, GREGORIAN, NULL },
	{ NULL, NULL, NULL, SINH, GREGORIAN, NULL },
	{ NULL, NULL, NULL, MYMR, GREGORIAN, NULL },
	{ NULL, NULL, NULL, KHMR, GREGORIAN, NULL },
	{ NULL, NULL, NULL, THAI, GREGORIAN, NULL },
	{ NULL, NULL, NULL, LAOO, GREGORIAN, NULL },
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

static_assert(COUNT(languages) == LANGUAGES, "as many as the header says");

/* What was learnt while the program ran; lives as long as the program. */
static struct language *learnt[LANGUAGE_LEARNT];
static size_t learnt_count;

size_t language_count(void)
{
	return COUNT(languages) + learnt_count;
}

const struct language *language_at(size_t index)
{
	return index < COUNT(languages) ? &languages[index]
					: learnt[index - COUNT(languages)];
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
	for (size_t i = 0; i < language_count(); i++) {
		if (strcasecmp(tag, language_at(i)->tag) == 0)
			return language_at(i);
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

	for (size_t i = 0; i < language_count(); i++) {
		const struct language *language = language_at(i);

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

/* --- others --------------------------------------------------------------- */

/* The script that a tag names or that CLDR thinks likely: "" for none. */
static void likely_script(const char *tag, char script[static 8])
{
	char locale[ULOC_FULLNAME_CAPACITY], full[ULOC_FULLNAME_CAPACITY];
	UErrorCode error = U_ZERO_ERROR;
	int32_t read = 0;

	script[0] = 0;
	uloc_forLanguageTag(tag, locale, sizeof locale, &read, &error);
	if (U_FAILURE(error) || !*tag || (size_t)read != strlen(tag))
		return;
	uloc_addLikelySubtags(locale, full, sizeof full, &error);
	uloc_getScript(full, script, 8, &error);
	if (U_FAILURE(error))
		script[0] = 0;
}

static const struct language *of_script(const char *script)
{
	for (size_t i = 0; i < COUNT(scripts); i++) {
		if (strcmp(scripts[i].script, script) == 0)
			return &scripts[i];
	}
	return NULL;
}

enum fault language_learn(const char *tag, const char *own_name,
			  const struct language **out)
{
	const struct language *like;
	char script[8];

	if ((*out = whole(tag)))
		return FAULT_NONE;
	likely_script(tag, script);
	if (!(like = of_script(script))) {
		log_error("\"%.40s\" names no language that can be drawn: "
			  "write its BCP 47 tag with its script, like "
			  "\"xx-Latn\"",
			  tag);
		return FAULT_FORMAT;
	}
	if (learnt_count == LANGUAGE_LEARNT) {
		log_error("more than %d languages that Foyer does not know; "
			  "take some out of translations/",
			  LANGUAGE_LEARNT);
		return FAULT_LIMIT;
	}
	learnt[learnt_count] = xcalloc(1, sizeof **learnt);
	*learnt[learnt_count] = *like;
	learnt[learnt_count]->tag = xstrdup(tag);
	learnt[learnt_count]->own_name =
	    xstrdup(own_name && *own_name ? own_name : tag);
	learnt[learnt_count]->name = learnt[learnt_count]->own_name;
	learnt[learnt_count]->locale = learnt[learnt_count]->tag;
	*out = learnt[learnt_count++];
	return FAULT_NONE;
}
