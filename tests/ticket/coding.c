#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/chance.h"
#include "tests/support/hex.h"
#include "tests/support/slow.h"
#include "ticket/coding.h"

static void the_window_coder_writes_these_bytes(void **state)
{
	static const struct {
		const char *text, *hex;
	} rows[] = {
		{ "", "" },
		{ "Hi\n~", "48690a7e" },
		{ "سلام", "b3c4a7c5" },          /* the front window */
		{ "мир", "03bcb8c0" },           /* window 2 to the front */
		{ "ሰላም", "04b08b9d" },           /* window 3 */
		{ "é", "0101e9" },               /* a new window */
		{ "şş", "0102dfdf" },            /* which stays */
		{ "س é س", "b3200101e9200cb3" }, /* one from window 1 */
		{ "м س س", "0dbc20b320b3" },     /* one from window 2 */
		{ "中文", "05024e2d6587" },      /* a run */
		{ "a中", "6105014e2d" },
		{ "中,文，好", "05054e2d002c6587ff0c597d" }, /* goes on */
		{ "中, 文", "05014e2d2c2005016587" },        /* or ends */
		{ "😀", "0601f600" },                         /* above U+FFFF */
		{ "ﷺx", "0501fdfa78" },
		{ "ﻼﻼ", "01fdfcfc" }, /* the windows above */
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct bytes coded = { 0 }, text = { 0 };

		window_write(rows[i].text, strlen(rows[i].text), &coded);
		assert_hex(coded.data, coded.length, rows[i].hex);
		assert_int_equal(window_read(coded.data, coded.length, &text),
				 CODING_READ);
		assert_string_equal(text.data ? (char *)text.data : "",
				    rows[i].text);
		bytes_done(&coded);
		bytes_done(&text);
	}
}

static void bytes_that_no_coder_writes_are_refused(void **state)
{
	static const char *const rows[] = {
		"00",
		"07",
		"08",
		"09",
		"0b",
		"0d",
		"0f",
		"1f",
		"7f",
		"01",
		"015d80",
		"01fb80",
		"015d",
		"0180",
		"05",
		"0500",
		"0501",
		"050141",
		"0501d800",
		"0501dfff",
		"05010007",
		"0501007f",
		"05010085",
		"06",
		"06ffff",
		"0600ffff",
		"06110000",
		"06ffffff",
		"0c",
		"0c7f",
		"0101"
		"80",
		"01019f",
	};
	static const char *const fine[] = {
		"0a",     "20",       "7e",   "80",   "0101a0", "015cff",
		"01fc80", "0610ffff", "0c80", "0e80", "02",     "05010041",
	};
	uint8_t data[16];

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		size_t length = from_hex(rows[i], data, sizeof data);
		struct bytes text = { 0 };

		bytes_add_text(&text, "kept");
		assert_int_equal(window_read(data, length, &text),
				 CODING_REFUSED);
		assert_string_equal((char *)text.data, "kept");
		bytes_done(&text);
	}
	for (size_t i = 0; i < COUNT(fine); i++) {
		size_t length = from_hex(fine[i], data, sizeof data);
		struct bytes text = { 0 };

		assert_int_equal(window_read(data, length, &text), CODING_READ);
		bytes_done(&text);
	}
}

static void utf8_is_read_strictly(void **state)
{
	static const struct {
		const char *hex;
		enum coding_answer answer;
	} rows[] = {
		{ "41c3a9", CODING_READ },      { "c3", CODING_REFUSED },
		{ "c080", CODING_REFUSED },     { "eda080", CODING_REFUSED },
		{ "f4908080", CODING_REFUSED }, { "00", CODING_REFUSED },
		{ "0d", CODING_REFUSED },       { "09", CODING_REFUSED },
		{ "7f", CODING_REFUSED },       { "c285", CODING_REFUSED },
		{ "0a", CODING_READ },          { "f09f9880", CODING_READ },
	};
	uint8_t data[16];

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		size_t length = from_hex(rows[i].hex, data, sizeof data);
		struct bytes text = { 0 };

		assert_int_equal(coding_read(CODING_UTF8, data, length, &text),
				 rows[i].answer);
		assert_int_equal(text.length,
				 rows[i].answer == CODING_READ ? length : 0);
		bytes_done(&text);
	}
}

static void a_text_that_swells_is_refused(void **state)
{
	struct bytes coded = { 0 }, text = { 0 };
	char letters[CODING_TEXT_MAX + 1] = { 0 };
	uint8_t swollen[32];
	enum coding coding;
	size_t length;

	(void)state;
	memset(letters, 'a', CODING_TEXT_MAX);
	coding = coding_write(letters, &coded);
	assert_int_equal(coding, CODING_DEFLATE);
	assert_in_range(coded.length, 10, 30);
	assert_int_equal(coding_read(coding, coded.data, coded.length, &text),
			 CODING_READ);
	assert_int_equal(text.length, CODING_TEXT_MAX);
	assert_int_equal(
	    coding_read(coding, coded.data, coded.length - 1, &text),
	    CODING_REFUSED);
	bytes_add_byte(&coded, 0); /* input left over */
	assert_int_equal(coding_read(coding, coded.data, coded.length, &text),
			 CODING_REFUSED);
	assert_int_equal(text.length, CODING_TEXT_MAX);
	bytes_done(&coded);
	bytes_done(&text);

	/* 4,097 of the letter: one too many. */
	length = from_hex("edc1010d000000c2a0acef5fc21e0e28000000e0de00",
			  swollen, sizeof swollen);
	bytes_add(&coded, swollen, length);
	assert_int_equal(
	    coding_read(CODING_DEFLATE, coded.data, coded.length, &text),
	    CODING_REFUSED);
	bytes_done(&coded);
}

static void longer_text_is_never_cut(void **state)
{
	char *letters = xcalloc(CODING_TEXT_MAX + 2, 1);
	struct bytes coded = { 0 };

	(void)state;
	memset(letters, 'a', CODING_TEXT_MAX + 1);
	assert_int_equal(coding_write(letters, &coded), CODING_UTF8);
	assert_int_equal(coded.length, CODING_TEXT_MAX + 1);
	free(letters);
	bytes_done(&coded);
}

static void the_text_is_composed_and_cleaned_first(void **state)
{
	struct bytes coded = { 0 };

	(void)state;
	assert_int_equal(coding_write("e\xCC\x81\r\x07\n", &coded),
			 CODING_UTF8);
	assert_string_equal((char *)coded.data, "é\n");
	bytes_done(&coded);
}

/* What people write, by script; with how many bytes a character may cost. */
static void each_script_stays_small(void **state)
{
	static const struct {
		const char *text;
		size_t most; /* bytes */
	} rows[] = {
		{ "My children have no school yet and my mother is ill. We "
		  "live with friends, eight people in two rooms, and we must "
		  "leave at the end of the month. I can work as an "
		  "electrician; I have my papers with me.",
		  140 },
		{ "أطفالي ليس لديهم مدرسة بعد وأمي مريضة. نعيش مع أصدقاء "
		  "ثمانية أشخاص في غرفتين ويجب أن نغادر في نهاية الشهر.",
		  110 },
		{ "Мої діти ще не ходять до школи, а мама хвора. Ми живемо у "
		  "друзів, восьмеро людей у двох кімнатах.",
		  92 },
		{ "ਮੇਰੇ ਬੱਚਿਆਂ ਕੋਲ ਅਜੇ ਸਕੂਲ ਨਹੀਂ ਹੈ ਅਤੇ ਮੇਰੀ ਮਾਂ ਬਿਮਾਰ ਹੈ।", 62 },
		{ "ደቀይ ክሳብ ሕጂ ቤት ትምህርቲ የብሎምን፡ ኣደይ ድማ ሓሚማ ኣላ።", 64 },
		{ "我的孩子还没有上学，我母亲病了。我们八个人住在朋友家的两个"
		  "房间里。",
		  74 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct bytes coded = { 0 }, text = { 0 };
		enum coding coding = coding_write(rows[i].text, &coded);

		assert_in_range(coded.length, 20, rows[i].most);
		assert_int_equal(
		    coding_read(coding, coded.data, coded.length, &text),
		    CODING_READ);
		assert_string_equal((char *)text.data, rows[i].text);
		bytes_done(&coded);
		bytes_done(&text);
	}
}

/* Letters of NFC alone, so that what is read is what was given. */
static uint32_t any_character(struct chance *chance, unsigned script)
{
	static const struct {
		uint32_t from, count;
	} scripts[] = {
		{ 0x20, 0x5F },    { 0x61, 26 },       { 0xC0, 0x40 },
		{ 0x620, 0x2B },   { 0x410, 0x40 },    { 0x904, 0x24 },
		{ 0x1200, 0x48 },  { 0x4E00, 0x5000 }, { 0x10D0, 0x20 },
		{ 0x1F600, 0x40 }, { 0xFF01, 0x5E },   { 0x3041, 0x50 },
	};

	if (chance_below(chance, 9) == 0)
		return chance_below(chance, 12) ? ' ' : '\n';
	if (chance_below(chance, 9) == 0)
		script = chance_below(chance, COUNT(scripts));
	script %= COUNT(scripts);
	return scripts[script].from +
	       chance_below(chance, scripts[script].count);
}

static void add_utf8(struct bytes *text, uint32_t c)
{
	if (c < 0x80) {
		bytes_add_byte(text, (uint8_t)c);
		return;
	}
	if (c < 0x800) {
		bytes_add_byte(text, (uint8_t)(0xC0 | c >> 6));
	} else if (c < 0x10000) {
		bytes_add_byte(text, (uint8_t)(0xE0 | c >> 12));
		bytes_add_byte(text, (uint8_t)(0x80 | (c >> 6 & 0x3F)));
	} else {
		bytes_add_byte(text, (uint8_t)(0xF0 | c >> 18));
		bytes_add_byte(text, (uint8_t)(0x80 | (c >> 12 & 0x3F)));
		bytes_add_byte(text, (uint8_t)(0x80 | (c >> 6 & 0x3F)));
	}
	bytes_add_byte(text, (uint8_t)(0x80 | (c & 0x3F)));
}

static void twenty_thousand_texts_come_back(void **state)
{
	struct chance chance = { 77 };

	(void)state;
	for (long n = loops(20000); n; n--) {
		struct bytes given = { 0 }, coded = { 0 }, read = { 0 };
		unsigned script = chance_below(&chance, 12);
		enum coding coding;

		for (uint32_t i = 1 + chance_below(&chance, 60); i; i--)
			add_utf8(&given, any_character(&chance, script));
		coding = coding_write((char *)given.data, &coded);
		assert_true(coded.length <= given.length);
		assert_int_equal(
		    coding_read(coding, coded.data, coded.length, &read),
		    CODING_READ);
		assert_string_equal((char *)read.data, (char *)given.data);
		bytes_done(&read);
		bytes_done(&coded);
		window_write((char *)given.data, given.length, &coded);
		assert_int_equal(window_read(coded.data, coded.length, &read),
				 CODING_READ);
		assert_string_equal((char *)read.data, (char *)given.data);
		bytes_done(&given);
		bytes_done(&coded);
		bytes_done(&read);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_window_coder_writes_these_bytes),
		cmocka_unit_test(bytes_that_no_coder_writes_are_refused),
		cmocka_unit_test(utf8_is_read_strictly),
		cmocka_unit_test(a_text_that_swells_is_refused),
		cmocka_unit_test(longer_text_is_never_cut),
		cmocka_unit_test(the_text_is_composed_and_cleaned_first),
		cmocka_unit_test(each_script_stays_small),
		cmocka_unit_test(twenty_thousand_texts_come_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
