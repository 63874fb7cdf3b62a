#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "print/picture.h"
#include "scan/picture.h"
#include "tests/support/folder.h"
#include "tests/support/symbol.h"

/* Puts a symbol's dots into a picture; the caller has left room. */
static void put(struct picture *picture, const struct paper_symbol *symbol,
		int left, int top)
{
	for (int y = 0; y < symbol->side * symbol->dots; y++)
		for (int x = 0; x < symbol->side * symbol->dots; x++)
			if (symbol->modules[y / symbol->dots * symbol->side +
					    x / symbol->dots] &
			    1)
				picture_ink(picture, left + x, top + y);
}

static struct picture *symbols(int count, char digits[2][GEOMETRY_DIGITS + 1])
{
	struct picture *picture = picture_new(384, 40 + count * 380);

	for (int i = 0; i < count; i++) {
		const struct geometry *geometry = &geometries[2 * i];
		struct paper_symbol symbol;

		geometry_digits(geometry, (unsigned)i + 1, digits[i]);
		symbol = geometry_symbol(geometry, digits[i]);
		put(picture, &symbol, 12, 20 + i * 380);
		geometry_free(&symbol);
	}
	return picture;
}

static bool has(const struct scan_symbols *found, const char *text)
{
	for (size_t i = 0; i < found->count; i++)
		if (strcmp(found->text[i], text) == 0)
			return true;
	return false;
}

static void every_symbol_of_a_picture_is_read(void **state)
{
	(void)state;
	for (int count = 0; count <= 2; count++) {
		char digits[2][GEOMETRY_DIGITS + 1];
		SCOPED(picture_freep)
		struct picture *picture = symbols(count, digits);
		struct scan_symbols found = { 0 };
		struct bytes png = { 0 };

		picture_png(picture, PICTURE_MARGIN, &png);
		assert_int_equal(
		    scan_picture_bytes("two", png.data, png.length, &found),
		    FAULT_NONE);
		assert_int_equal(found.count, count);
		for (int i = 0; i < count; i++)
			assert_true(has(&found, digits[i]));
		scan_symbols_done(&found);
		assert_null(found.text);
		bytes_done(&png);
	}
}

static void a_symbol_cut_out_without_its_white_is_read(void **state)
{
	SCOPED(picture_freep) struct picture *picture = NULL;
	char digits[GEOMETRY_DIGITS + 1];
	struct paper_symbol symbol;
	struct scan_symbols found = { 0 };
	struct bytes png = { 0 };
	int side;

	(void)state;
	geometry_digits(&geometries[0], 9, digits);
	symbol = geometry_symbol(&geometries[0], digits);
	symbol.dots = 8;
	side = symbol.side * symbol.dots;
	picture = picture_new(side, side);
	put(picture, &symbol, 0, 0);
	picture_png(picture, 0, &png);
	assert_int_equal(
	    scan_picture_bytes("cut", png.data, png.length, &found),
	    FAULT_NONE);
	assert_int_equal(found.count, 1);
	assert_string_equal(found.text[0], digits);
	scan_symbols_done(&found);
	bytes_done(&png);
	geometry_free(&symbol);
}

static void quiet(void *to, enum log_level level, const char *line)
{
	(void)level;
	(void)line;
	++*(int *)to;
}

static void what_is_no_picture_is_refused(void **state)
{
	static const char huge[] = "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"
				   "\0\0\x20\x01\0\0\0\x10\x08\0\0\0\0";
	static const struct {
		const char *data;
		size_t length;
		enum fault fault;
	} cases[] = {
		{ "", 0, FAULT_FORMAT },
		{ "583110412", 9, FAULT_FORMAT },
		{ "\x89PNG\r\n\x1a\n", 8, FAULT_FORMAT },
		{ huge, sizeof huge - 1, FAULT_LIMIT },
	};
	SCOPED(picture_freep) struct picture *picture = picture_new(384, 64);
	struct bytes png = { 0 };
	int lines = 0;

	(void)state;
	log_to(quiet, &lines);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct scan_symbols found = { .count = 77 };

		assert_int_equal(
		    scan_picture_bytes("wrong", (const uint8_t *)cases[i].data,
				       cases[i].length, &found),
		    cases[i].fault);
		assert_int_equal(found.count, 77);
	}
	picture_png(picture, 0, &png);
	for (size_t length = 8; length < png.length - 12; length += 7) {
		struct scan_symbols found = { 0 };

		assert_int_equal(
		    scan_picture_bytes("cut off", png.data, length, &found),
		    FAULT_FORMAT);
	}
	log_to(NULL, NULL);
	assert_true(lines > 4);
	bytes_done(&png);
}

static void a_file_is_read_or_named(void **state)
{
	char *folder = folder_new();
	SCOPED(char_freep) char *path = xasprintf("%s/ticket.png", folder);
	char digits[2][GEOMETRY_DIGITS + 1];
	SCOPED(picture_freep) struct picture *picture = symbols(1, digits);
	struct scan_symbols found = { 0 };
	struct bytes png = { 0 };
	int lines = 0;

	(void)state;
	log_to(quiet, &lines);
	assert_int_equal(scan_picture(path, &found), FAULT_SYSTEM);
	assert_int_equal(lines, 1);
	log_to(NULL, NULL);
	picture_png(picture, PICTURE_MARGIN, &png);
	assert_int_equal(file_write(path, png.data, png.length, 0600),
			 FAULT_NONE);
	assert_int_equal(scan_picture(path, &found), FAULT_NONE);
	assert_int_equal(found.count, 1);
	assert_string_equal(found.text[0], digits[0]);
	scan_symbols_done(&found);
	bytes_done(&png);
	folder_remove(folder);
	free(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_symbol_of_a_picture_is_read),
		cmocka_unit_test(a_symbol_cut_out_without_its_white_is_read),
		cmocka_unit_test(what_is_no_picture_is_refused),
		cmocka_unit_test(a_file_is_read_or_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
