#include "ui/layout.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "text/cells.h"
#include "text/digits.h"
#include "text/letter.h"
#include "ui/grid.h"
#include "ui/layout_xkb.h"

/*
 * Where each language's keys come from. top: letters that belong in sight and
 * are not on the first three rows; more: letters that no key of it gives.
 */
struct source {
	const char *tag; /* or ISO 15924, for languages that were learnt */
	const char *layout, *variant;
	enum layout_kind kind;
	const char *top, *more;
};

static const struct source sources[] = {
	{ "en", "us", "", LAYOUT_LETTERS, "", "" },
	{ "fr", "fr", "", LAYOUT_LETTERS, "éèàçêëâîïôûœ", "" },
	{ "pa-Guru", "in", "guru", LAYOUT_LETTERS, "", "ੲੳ੦੧੨੩੪੫੬੭੮੯" },
	{ "zh-Hans", "cn", "", LAYOUT_PINYIN, "", "" },
	{ "zh-Hant", "cn", "", LAYOUT_PINYIN, "", "" },
	{ "fil", "ph", "", LAYOUT_LETTERS, "ñ", "" },
	{ "ar", "ara", "", LAYOUT_LETTERS, "", "" },
	{ "es-419", "es", "", LAYOUT_LETTERS, "áéíóúü", "" },
	{ "hi", "in", "", LAYOUT_LETTERS, "", "" },
	{ "ur", "pk", "", LAYOUT_LETTERS, "", "" },
	{ "fa-IR", "ir", "", LAYOUT_LETTERS, "", "" },
	{ "prs", "af", "", LAYOUT_LETTERS, "", "" },
	{ "ps", "af", "ps", LAYOUT_LETTERS, "", "" },
	{ "ti", NULL, NULL, LAYOUT_SYLLABLES, NULL, NULL },
	{ "am", NULL, NULL, LAYOUT_SYLLABLES, NULL, NULL },
	{ "so", "us", "", LAYOUT_LETTERS, "", "" },
	{ "uk", "ua", "", LAYOUT_LETTERS, "ʼ", "" },
	{ "ru", "ru", "", LAYOUT_LETTERS, "", "" },
	{ "pt-BR", "br", "", LAYOUT_LETTERS, "áâãàéêíóôõú", "" },
	{ "vi", "vn", "", LAYOUT_LETTERS, "", "" },
	{ "ko", "kr", "", LAYOUT_JAMO, NULL, NULL },
	{ "ta", "in", "tam", LAYOUT_LETTERS, "", "" },
	{ "gu", "in", "guj", LAYOUT_LETTERS, "", "ઽૄૐૠ" },
	{ "bn", "in", "ben", LAYOUT_LETTERS, "", "ৎঌঽৄৗৠৡৢৣ৺" },
	{ "ne", "np", "", LAYOUT_LETTERS, "", "ऌऍऑळॅॉ" },
	{ "sw", "us", "", LAYOUT_LETTERS, "", "" },
	{ "rw", "us", "", LAYOUT_LETTERS, "", "" },
	{ "ht", "us", "", LAYOUT_LETTERS, "èéòà", "" },
	{ "tr", "tr", "", LAYOUT_LETTERS, "âîû", "" },
	{ "ckb", "iq", "ku_ara", LAYOUT_LETTERS, "", "ھ" },
	{ "kmr", "tr", "ku", LAYOUT_LETTERS, "", "" },
	{ "om", "us", "", LAYOUT_LETTERS, "", "" },
	{ "ml", "in", "mal", LAYOUT_LETTERS, "ൽൻർൾൺ", "ഌൗൠൡൿ" },
	{ "my", "mm", "", LAYOUT_LETTERS, "", "၏" },
	{ "ksw", "mm", "", LAYOUT_LETTERS, "", "ၡၢၣၤ" },
	{ "rhg", "pk", "", LAYOUT_LETTERS, "", "" },
	{ "aii", "sy", "syc", LAYOUT_LETTERS, "", "" },
	/* Learnt ones, by script. */
	{ "Arab", "ir", "", LAYOUT_LETTERS, "", "" },
	{ "Armn", "am", "", LAYOUT_LETTERS, "", "" },
	{ "Beng", "in", "ben", LAYOUT_LETTERS, "", "ৎ" },
	{ "Gujr", "in", "guj", LAYOUT_LETTERS, "", "ઽૄૐૠ" },
	{ "Guru", "in", "guru", LAYOUT_LETTERS, "", "ੲੳ" },
	{ "Hans", "cn", "", LAYOUT_PINYIN, "", "" },
	{ "Hant", "cn", "", LAYOUT_PINYIN, "", "" },
	{ "Kore", "kr", "", LAYOUT_JAMO, NULL, NULL },
	{ "Mlym", "in", "mal", LAYOUT_LETTERS, "ൽൻർൾൺ", "ഌൗൠൡൿ" },
	{ "Syrc", "sy", "syc", LAYOUT_LETTERS, "", "" },
	{ "Taml", "in", "tam", LAYOUT_LETTERS, "", "" },
	{ "Cyrl", "ru", "", LAYOUT_LETTERS, "", "" },
	{ "Deva", "in", "", LAYOUT_LETTERS, "", "" },
	{ "Ethi", NULL, NULL, LAYOUT_SYLLABLES, NULL, NULL },
	{ "Geor", "ge", "", LAYOUT_LETTERS, "", "" },
	{ "Grek", "gr", "", LAYOUT_LETTERS, "άέήίόύώ", "" },
	{ "Hebr", "il", "", LAYOUT_LETTERS, "", "" },
	{ "Khmr", "kh", "", LAYOUT_LETTERS, "", "" },
	{ "Knda", "in", "kan", LAYOUT_LETTERS, "", "" },
	{ "Laoo", "la", "", LAYOUT_LETTERS, "", "" },
	{ "Mymr", "mm", "", LAYOUT_LETTERS, "", "" },
	{ "Sinh", "lk", "", LAYOUT_LETTERS, "", "" },
	{ "Telu", "in", "tel", LAYOUT_LETTERS, "", "" },
	{ "Thai", "th", "", LAYOUT_LETTERS, "", "" },
};

/* Letters of other people's names in Latin letters, for a page of their own. */
static const char *const accented[LAYOUT_ROWS * 2] = {
	"áàâäãåāăąæ", "çćčďđéèêëē", "ėęěğíìîïīı", "ıłñńňóòôöõ",
	"øőœřśşšßťț", "úùûüūůűýÿþ", "źżžșðģķļņ",
};

static const char *const latin_rows[] = { "qwertyuiop", "asdfghjkl",
					  "zxcvbnm" };

/* What stands between words, beside "-'.,/()@+:;?!", by script. */
static const struct {
	const char *script, *signs;
} between_words[] = {
	{ "Arab", "،؛؟" },     { "Syrc", "،؛؟" },  { "Deva", "।॥" },
	{ "Guru", "।॥" },      { "Beng", "।॥" },   { "Gujr", "।॥" },
	{ "Mymr", "၊။" },      { "Ethi", "፡።፣፤" }, { "Hans", "·，。、" },
	{ "Hant", "·，。、" },
};

#define LEAST_IN_ROW 3 /* fewer letters of the digits' row join the others */

/* --- keys ----------------------------------------------------------------- */

static bool page_has(const struct layout_page *page, const char *text)
{
	for (int i = 0; i < page->count; i++) {
		for (int j = 0; j < page->rows[i].count; j++) {
			if (strcmp(page->rows[i].keys[j].text, text) == 0)
				return true;
		}
	}
	return false;
}

static bool has(const struct layout *layout, const char *text)
{
	for (int i = 0; i < layout->page_count; i++) {
		if (page_has(&layout->pages[i], text))
			return true;
	}
	return false;
}

/* A mark stands on a dotted circle; what cannot be seen shows what it does. */
static struct layout_key key_of(const char *text, const char *script)
{
	struct layout_key key = { 0 };
	size_t at = 0;
	uint32_t point = grid_next(text, &at);

	assert(strlen(text) < sizeof key.text);
	strcpy(key.text, text);
	if (point == 0x200c)
		strcpy(key.cap, "←|→");
	else if (point == 0x200d)
		strcpy(key.cap, "→|←");
	else if (letter_kind(point, script) == LETTER_MARK)
		strcat(strcpy(key.cap, "◌"), text);
	return key;
}

/* False where the row is full. */
static bool add(struct layout_row *row, const char *text, const char *script)
{
	if (row->count == LAYOUT_KEYS)
		return false;
	row->keys[row->count++] = key_of(text, script);
	return true;
}

/* Each character of signs a key, but for what the layout has. */
static void add_each(const struct layout *layout, struct layout_row *row,
		     const char *signs, const char *script)
{
	size_t at = 0;
	uint32_t point;

	while ((point = grid_next(signs, &at))) {
		char one[LETTER_BYTES];

		letter_bytes(point, one);
		if (!has(layout, one))
			(void)add(row, one, script); /* the rest has no room */
	}
}

static struct layout_page *add_page(struct layout *layout)
{
	return layout->page_count < LAYOUT_PAGES
		   ? &layout->pages[layout->page_count++]
		   : NULL;
}

static void drop_row(struct layout_page *page, int row)
{
	memmove(&page->rows[row], &page->rows[row + 1],
		(size_t)(page->count - row - 1) * sizeof page->rows[0]);
	page->count--;
	page->rows[page->count] = (struct layout_row){ 0 };
}

static struct layout_row *shortest(struct layout_page *page, int from)
{
	struct layout_row *found = &page->rows[page->count - 1];

	for (int i = page->count - 1; i >= from; i--) {
		if (page->rows[i].count < found->count)
			found = &page->rows[i];
	}
	return found;
}

/* A row of hardly a letter is no row: its letters go where there is room. */
static void join_row(struct layout_page *page, int row)
{
	struct layout_row loose = page->rows[row];

	drop_row(page, row);
	for (int i = 0; i < loose.count && page->count; i++) {
		struct layout_row *to = shortest(page, 0);

		if (to->count < LAYOUT_KEYS)
			to->keys[to->count++] = loose.keys[i];
	}
}

static void join_short_rows(struct layout_page *page)
{
	for (int i = page->count; i-- > 0;) {
		if (page->count > 1 && page->rows[i].count < LEAST_IN_ROW)
			join_row(page, i);
	}
}

static int keys_of(const struct layout_page *page)
{
	int count = 0;

	for (int i = 0; i < page->count; i++)
		count += page->rows[i].count;
	return count;
}

/* --- from xkeyboard-config ------------------------------------------------ */

/* Keys for lam with alef give one character of presentation: two letters. */
static void put_point(uint32_t point, char out[static LAYOUT_BYTES])
{
	static const char *const lam_alef[] = { "لآ", "لأ", "لإ", "لا" };
	char bytes[LETTER_BYTES];

	if (point >= 0xfef5 && point <= 0xfefc) {
		strcpy(out, lam_alef[(point - 0xfef5) / 2]);
		return;
	}
	letter_bytes(point, bytes);
	SCOPED(char_freep) char *normal = text_normal(bytes);
	snprintf(out, LAYOUT_BYTES, "%s", normal);
}

/* A capital is the key's letter once more. */
static bool is_wanted(uint32_t point, const char *script)
{
	if (point >= 0xfef5 && point <= 0xfefc)
		return true;
	return point && letter_kind(point, script) != LETTER_NONE &&
	       !letter_is_capital(point);
}

/* The letters of one row and level. */
static void add_keys(const struct layout *layout, struct layout_row *row,
		     const uint32_t points[LAYOUT_XKB_KEYS])
{
	const char *script = layout->language->script;

	for (int i = 0; i < LAYOUT_XKB_KEYS; i++) {
		char text[LAYOUT_BYTES];

		if (!is_wanted(points[i], script))
			continue;
		put_point(points[i], text);
		if (!has(layout, text))
			(void)add(row, text, script);
	}
}

static void finish_page(struct layout *layout, struct layout_page *page)
{
	join_short_rows(page);
	if (!keys_of(page))
		layout->page_count--;
}

/* What the keys give on some levels, as a page. */
static void add_levels(struct layout *layout, const struct layout_xkb *xkb,
		       int first, int last, const char *top)
{
	struct layout_page *page = add_page(layout);

	if (!page)
		return;
	page->count = LAYOUT_ROWS;
	for (int row = LAYOUT_ROWS - 1; row >= 0; row--) {
		for (int level = first; level <= last; level++)
			add_keys(layout, &page->rows[row],
				 xkb->point[level][row]);
	}
	add_each(layout, &page->rows[0], top, layout->language->script);
	finish_page(layout, page);
}

static void add_more(struct layout *layout, const char *const *rows, int count)
{
	struct layout_page *page = add_page(layout);

	if (!page)
		return;
	page->count = count;
	for (int i = 0; i < count; i++)
		add_each(layout, &page->rows[i], rows[i],
			 layout->language->script);
	finish_page(layout, page);
}

static void add_accented(struct layout *layout)
{
	add_more(layout, accented, 3);
	add_more(layout, accented + 3, 3);
}

static bool is_latin(const struct layout *layout)
{
	return strcmp(layout->language->script, "Latn") == 0;
}

/* Where xkeyboard-config is missing, names can still be written. */
static void add_latin_rows(struct layout *layout)
{
	add_more(layout, latin_rows, COUNT(latin_rows));
}

static void add_letters(struct layout *layout, const struct source *source)
{
	struct layout_xkb xkb;

	if (!layout_xkb_read(source->layout, source->variant, &xkb)) {
		add_latin_rows(layout);
		return;
	}
	add_levels(layout, &xkb, 0, 0, source->top);
	if (!layout->has_case)
		add_levels(layout, &xkb, 1, 1, "");
	/* What finds no room beside the third level comes behind it. */
	if (!is_latin(layout)) {
		add_levels(layout, &xkb, 2, 3, "");
		add_levels(layout, &xkb, 3, 3, "");
	}
	if (source->more[0])
		add_more(layout, &source->more, 1);
	if (is_latin(layout))
		add_accented(layout);
	if (!layout->page_count)
		add_latin_rows(layout);
}

/* --- other kinds ---------------------------------------------------------- */

/* The two-set keyboard; libhangul composes. */
static void add_jamo(struct layout *layout)
{
	static const char *const rows[] = { "ㅃㅉㄸㄲㅆㅒㅖ",
					    "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ",
					    "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ",
					    "ㅋㅌㅊㅍㅠㅜㅡ" };

	add_more(layout, rows, COUNT(rows));
}

static void add_consonants(struct layout *layout)
{
	static const char *const amharic[] = { "ሀለሐመሠረሰሸቀበተቸ", "ኀነኘአከኸወዐዘዠየደ",
					       "ጀገጠጨጰጸፀፈፐቨ" };
	static const char *const tigrinya[] = { "ሀለሐመረሰሸቀቐበቨተ", "ቸነኘአከኸወዐዘዠየደ",
						"ጀገጠጨጸፈፐጰሠፀኀ" };
	bool is_tigrinya = strcmp(layout->language->tag, "ti") == 0;

	add_more(layout, is_tigrinya ? tigrinya : amharic, 3);
}

/* Consonants whose rounded orders stand in the eight characters after. */
static bool has_rounded(uint32_t consonant)
{
	static const uint32_t rounded[] = { 0x1240, 0x1250, 0x1280,
					    0x12a8, 0x12b8, 0x1308 };

	for (size_t i = 0; i < COUNT(rounded); i++) {
		if (rounded[i] == consonant)
			return true;
	}
	return false;
}

int layout_orders(const char *consonant, int most, char out[][LAYOUT_BYTES])
{
	size_t at = 0;
	uint32_t first = grid_next(consonant, &at) & ~7u;
	uint32_t end = first + (has_rounded(first) ? 16 : 8);
	int count = 0;

	for (uint32_t point = first; point < end && count < most; point++) {
		if (letter_kind(point, "Ethi") == LETTER_BASE)
			letter_bytes(point, out[count++]);
	}
	return count;
}

/* --- digits --------------------------------------------------------------- */

#define DIGITS "1234567890"

static struct layout_row row_of(const char *signs)
{
	static const struct layout nothing;
	struct layout_row row = { 0 };

	add_each(&nothing, &row, signs, "Latn");
	return row;
}

static void add_signs(struct layout_page *page, const char *script)
{
	for (size_t i = 0; i < COUNT(between_words); i++) {
		if (strcmp(between_words[i].script, script) == 0)
			page->rows[page->count++] =
			    row_of(between_words[i].signs);
	}
}

static void add_native(struct layout_page *page, const char *tag)
{
	struct digits digits = digits_of(tag);
	struct layout_row *row = &page->rows[page->count];

	if (!digits.native)
		return;
	for (int i = 1; i <= 10; i++)
		(void)add(row, digits.digit[i % 10], "Latn");
	page->count++;
}

static void add_digits(struct layout *layout)
{
	struct layout_page *page = &layout->digits;

	add_signs(page, layout->language->script);
	add_native(page, layout->language->tag);
	page->rows[page->count++] = row_of(DIGITS);
	page->rows[page->count++] = row_of("-'.,/()@+:;?!");
}

/* One row, in the language's digits alone. */
static void add_amounts(struct layout *layout)
{
	struct digits_signs signs = digits_signs(layout->language->tag);
	struct layout_page *whole = &layout->whole;

	add_native(whole, layout->language->tag);
	if (!whole->count)
		whole->rows[whole->count++] = row_of(DIGITS);
	(void)add(&whole->rows[0], "-", "Latn");
	layout->decimal = *whole;
	(void)add(&layout->decimal.rows[0], signs.point, "Latn");
}

const struct layout_page *layout_numbers(void)
{
	static struct layout_page page;

	if (!page.count) {
		page.rows[0] = row_of(DIGITS);
		page.rows[1] = row_of("+-.,:/()#*");
		page.count = 2;
	}
	return &page;
}

/* --- layouts -------------------------------------------------------------- */

static const struct source *source_named(const char *name)
{
	for (size_t i = 0; i < COUNT(sources); i++) {
		if (strcmp(sources[i].tag, name) == 0)
			return &sources[i];
	}
	return NULL;
}

static const struct source *source_of(const struct language *language)
{
	const struct source *found = source_named(language->tag);

	return found ? found : source_named(language->script);
}

static bool has_case(const char *script)
{
	static const char *const cased[] = { "Latn", "Cyrl", "Grek", "Armn" };

	for (size_t i = 0; i < COUNT(cased); i++) {
		if (strcmp(cased[i], script) == 0)
			return true;
	}
	return false;
}

/* Pinyin is spelt in Latin letters, and small ones. */
static void add_spelling(struct layout *layout)
{
	add_latin_rows(layout);
	layout->has_case = false;
}

static struct layout *load(const struct language *language,
			   const struct source *source)
{
	struct layout *layout = xcalloc(1, sizeof *layout);

	layout->language = language;
	layout->kind = source->kind;
	layout->has_case = has_case(language->script);
	switch (source->kind) {
	case LAYOUT_LETTERS:
		add_letters(layout, source);
		break;
	case LAYOUT_JAMO:
		add_jamo(layout);
		break;
	case LAYOUT_PINYIN:
		add_spelling(layout);
		break;
	case LAYOUT_SYLLABLES:
		add_consonants(layout);
		break;
	}
	add_digits(layout);
	add_amounts(layout);
	return layout;
}

/* What was read; a program knows no more languages than this. */
static struct layout *loaded[LANGUAGES + LANGUAGE_LEARNT];
static size_t loaded_count;

const struct layout *layout_of(const char *tag)
{
	const struct language *language = language_find(tag);
	const struct source *source = language ? source_of(language) : NULL;

	if (!source)
		language = language_find("en");
	for (size_t i = 0; i < loaded_count; i++) {
		if (loaded[i]->language == language)
			return loaded[i];
	}
	return loaded[loaded_count++] =
		   load(language, source ? source : source_named("en"));
}

const struct layout *layout_latin(void)
{
	return layout_of("en");
}
