#include "tests/test.h"

#include <string.h>

#include "print/escpos.h"
#include "print/paper.h"
#include "print/profile.h"
#include "scan/picture.h"
#include "tests/support/emulator.h"
#include "tests/support/paper.h"
#include "tests/support/slow.h"
#include "tests/support/symbol.h"

static uint32_t next(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

/* Random dots, and often the bytes that printers would obey. */
static struct picture *noise(int width, int height, uint32_t seed)
{
	static const uint8_t often[] = { 0x10, 0x04, 0x05, 0x14, 0x10 };
	struct picture *picture = picture_new(width, height);

	for (int i = 0; i < height * width / 8; i++) {
		uint32_t random = next(&seed);

		picture->bits[i] =
		    random & 0x100 ? often[random % 5] : (uint8_t)random;
	}
	return picture;
}

static bool is_same(const struct picture *a, const struct picture *b)
{
	return a->width == b->width && a->height == b->height &&
	       memcmp(a->bits, b->bits,
		      (size_t)a->height * (size_t)a->width / 8) == 0;
}

static void print(struct emulator *emulator, const struct picture *picture)
{
	struct escpos_job job;

	escpos_job(picture, &profile_usual.ways, &job);
	emulator_take(emulator, job.bytes.data, job.bytes.length);
	escpos_done(&job);
}

static void a_job_is_these_bytes(void **state)
{
	static const uint8_t behind_zeros[] = {
		0x1B, 0x40, /* initialise */
		0x10, 0x04, 1,    0x10, 0x04, 2,    0x10, 0x04,
		4,                                           /* questions */
		0x1D, 0x76, 0x30, 0,    2,    0,    3,    0, /* 3 rows of 2 */
		0x80, 0,    0,    0,    0,    0x01,          /* dots */
		0x1B, 0x64, 3,                               /* feed */
		0x1D, 0x56, 0x42, 0,                         /* cut */
		0x1D, 0x72, 1,                               /* acknowledge */
	};
	SCOPED(picture_freep) struct picture *picture = picture_new(16, 3);
	struct escpos_job job;
	size_t zeros = 64 * 16 / 8 + 8;

	(void)state;
	picture_ink(picture, 0, 0);
	picture_ink(picture, 15, 2);
	escpos_job(picture, &profile_usual.ways, &job);
	assert_int_equal(job.bytes.length, zeros + sizeof behind_zeros);
	for (size_t i = 0; i < zeros; i++)
		assert_int_equal(job.bytes.data[i], 0);
	assert_memory_equal(job.bytes.data + zeros, behind_zeros,
			    sizeof behind_zeros);
	assert_int_equal(job.pieces, ESCPOS_BANDS + 2);
	assert_int_equal(job.end[ESCPOS_OPENING], zeros + 2);
	assert_int_equal(job.end[ESCPOS_ASK_PAPER], zeros + 11);
	assert_int_equal(job.end[ESCPOS_BANDS], zeros + 25);
	assert_int_equal(job.end[ESCPOS_BANDS + 1], job.bytes.length);
	escpos_done(&job);
}

/* And no longer than a printer at a slow machine's USB takes in time. */
static void assert_bands(int width, int height)
{
	SCOPED(picture_freep)
	struct picture *picture = picture_new(width, height);
	struct escpos_job job;
	int rows = 0;

	escpos_job(picture, &profile_usual.ways, &job);
	for (int i = ESCPOS_BANDS; i < job.pieces - 1; i++) {
		const uint8_t *band = job.bytes.data + job.end[i - 1];
		int high = band[6] | band[7] << 8;

		assert_in_range(high, 1, ESCPOS_BAND);
		assert_int_not_equal(high % 48, 0);
		assert_int_equal(job.end[i] - job.end[i - 1],
				 8 + high * width / 8);
		assert_true(job.end[i] - job.end[i - 1] <= 5000);
		rows += high;
	}
	assert_int_equal(rows, height % 64 == 48 ? height + 8 : height);
	escpos_done(&job);
}

static void bands_are_low_and_never_a_multiple_of_48_rows(void **state)
{
	(void)state;
	for (int height = 1; height <= 200;
	     height += loops(11) == 11 ? 1 : 11) {
		assert_bands(PAPER_NARROW, height);
		assert_bands(PAPER_WIDE, height);
	}
}

static void what_is_printed_is_the_picture_dot_for_dot(void **state)
{
	static const int heights[] = { 1, 48, 63, 64, 65, 112, 500 };

	(void)state;
	for (size_t i = 0; i < COUNT(heights); i++) {
		struct emulator *emulator = emulator_new(576);
		SCOPED(picture_freep)
		struct picture *sent = noise(576, heights[i], (uint32_t)i + 1);
		SCOPED(picture_freep) struct picture *printed = NULL;

		emulator->faults.low_byte = true;
		emulator->faults.rubbish_48 = true;
		(void)escpos_mend(sent);
		print(emulator, sent);
		printed = emulator_picture(emulator, 0, heights[i]);
		assert_true(is_same(sent, printed));
		assert_int_equal(emulator->unknown, 0);
		assert_int_equal(emulator->cuts, 1);
		assert_int_equal(emulator->acknowledgements, 1);
		emulator_free(emulator);
	}
}

static void the_six_papers_come_out_whole_and_are_read(void **state)
{
	(void)state;
	for (int i = 0; i < loops(GEOMETRIES); i++) {
		struct emulator *emulator = emulator_new(geometries[i].width);
		struct paper paper = sample_paper;
		char digits[GEOMETRY_DIGITS + 1];
		SCOPED(picture_freep) struct picture *sent = NULL;
		SCOPED(picture_freep) struct picture *printed = NULL;
		struct scan_symbols found = { 0 };
		struct bytes png = { 0 };

		geometry_digits(&geometries[i], 11, digits);
		paper.symbol = geometry_symbol(&geometries[i], digits);
		assert_int_equal(paper_draw(&paper, geometries[i].width, &sent),
				 FAULT_NONE);
		print(emulator, sent);
		printed = emulator_picture(emulator, 0, sent->height);
		assert_true(is_same(sent, printed));
		assert_int_equal(emulator->unknown + emulator->realtime, 0);
		picture_png(printed, PICTURE_MARGIN, &png);
		assert_int_equal(
		    scan_picture_bytes("printed", png.data, png.length, &found),
		    FAULT_NONE);
		assert_int_equal(found.count, 1);
		assert_string_equal(found.text[0], digits);
		scan_symbols_done(&found);
		bytes_done(&png);
		geometry_free(&paper.symbol);
		emulator_free(emulator);
	}
}

static void a_raster_never_holds_a_real_time_command(void **state)
{
	(void)state;
	for (uint32_t seed = 1; seed <= loops(50); seed++) {
		struct emulator *emulator = emulator_new(384);
		SCOPED(picture_freep)
		struct picture *picture = noise(384, 130, seed);

		emulator->faults.obeys_raster = true;
		print(emulator, picture);
		assert_int_equal(emulator->realtime, 0);
		assert_int_equal(emulator->unknown, 0);
		assert_int_equal(emulator->cuts, 1);
		emulator_free(emulator);
	}
}

static void mending_adds_one_dot_where_it_must(void **state)
{
	static const struct {
		uint8_t before[4], after[4];
		int added;
	} rows[] = {
		{ { 0x10, 0x04, 0, 0 }, { 0x18, 0x04, 0, 0 }, 1 },
		{ { 0x10, 0x05, 0, 0 }, { 0x18, 0x05, 0, 0 }, 1 },
		{ { 0x10, 0x14, 0, 0 }, { 0x18, 0x14, 0, 0 }, 1 },
		{ { 0x10, 0x10, 0x10, 0x04 }, { 0x10, 0x10, 0x18, 0x04 }, 1 },
		{ { 0, 0x10, 0x04, 0 }, { 0, 0x18, 0x04, 0 }, 1 },
		{ { 0x10, 0x04, 0x10, 0x14 }, { 0x18, 0x04, 0x18, 0x14 }, 2 },
		{ { 0x10, 0x06, 0x04, 0x10 }, { 0x10, 0x06, 0x04, 0x10 }, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		/* The second case crosses from one row to the next. */
		for (int width = 16; width <= 32; width += 16) {
			SCOPED(picture_freep)
			struct picture *picture =
			    picture_new(width, 32 / width);

			memcpy(picture->bits, rows[i].before, 4);
			assert_int_equal(escpos_mend(picture), rows[i].added);
			assert_memory_equal(picture->bits, rows[i].after, 4);
		}
	}
}

static void a_picture_that_was_moved_is_mended_as_it_is_sent(void **state)
{
	static const uint8_t command[] = { 0x10, 0x04 };
	SCOPED(picture_freep) struct picture *picture = picture_new(16, 1);
	SCOPED(picture_freep) struct picture *moved = NULL;
	struct escpos_job job;
	size_t bands;

	(void)state;
	/* 3 dots to the right these become 10 04 */
	picture_ink(picture, 0, 0);
	picture_ink(picture, 10, 0);
	moved = picture_moved(picture, PICTURE_REPRINT);
	assert_memory_equal(moved->bits, command, sizeof command);
	escpos_job(moved, &profile_usual.ways, &job);
	bands = job.end[ESCPOS_BANDS - 1];
	assert_null(memmem(job.bytes.data + bands, job.bytes.length - bands,
			   command, sizeof command));
	assert_int_equal(job.bytes.data[bands + 8], 0x18);
	escpos_done(&job);
}

/* Cuts the first job off anywhere; the second must come out whole. */
static void the_zeros_heal_a_job_that_was_cut_off(void **state)
{
	SCOPED(picture_freep) struct picture *first = noise(384, 200, 1);
	SCOPED(picture_freep) struct picture *second = noise(384, 200, 2);
	struct escpos_job job;
	size_t most = 0;

	(void)state;
	(void)escpos_mend(second);
	escpos_job(first, &profile_usual.ways, &job);
	for (size_t at = 0; at < job.bytes.length;
	     at += loops(100) == 100 ? 37 : 1999) {
		struct emulator *emulator = emulator_new(384);
		SCOPED(picture_freep) struct picture *printed = NULL;
		int rows;

		emulator_take(emulator, job.bytes.data, at);
		print(emulator, second);
		rows = emulator_rows(emulator) - 200 - 3 * 30;
		assert_true(rows >= 0);
		printed = emulator_picture(emulator, rows, 200);
		assert_true(is_same(second, printed));
		if (emulator->unknown > most)
			most = emulator->unknown;
		emulator_free(emulator);
	}
	/* Within a raster none; within a command its bytes and one zero. */
	assert_in_range(most, 0, 4);
	escpos_done(&job);
}

static void a_cut_off_raster_prints_nothing_strange(void **state)
{
	SCOPED(picture_freep) struct picture *picture = noise(576, 64, 3);
	struct escpos_job job;

	(void)state;
	escpos_job(picture, &profile_usual.ways, &job);
	for (size_t at = job.end[ESCPOS_ASK_PAPER] + 8;
	     at < job.end[ESCPOS_BANDS]; at += loops(100) == 100 ? 101 : 1777) {
		struct emulator *emulator = emulator_new(576);

		emulator_take(emulator, job.bytes.data, at);
		print(emulator, picture);
		assert_int_equal(emulator->unknown, 0);
		emulator_free(emulator);
	}
	escpos_done(&job);
}

static void replies_are_told_apart(void **state)
{
	static const struct {
		uint8_t bytes[8];
		int count;
		enum escpos_reply last;
	} cases[] = {
		{ { 0x12 }, 1, ESCPOS_STATUS },
		{ { 0x1A }, 1, ESCPOS_STATUS },
		{ { 0x7E }, 1, ESCPOS_STATUS },
		{ { 0x00 }, 1, ESCPOS_ACKNOWLEDGED },
		{ { 0x0F }, 1, ESCPOS_ACKNOWLEDGED },
		{ { 0x80 }, 1, ESCPOS_NOTHING },
		{ { 0x92 }, 1, ESCPOS_NOTHING },
		{ { 0xFF }, 1, ESCPOS_NOTHING },
		/* automatic status back: four bytes, none of them ours */
		{ { 0x10 }, 1, ESCPOS_NOTHING },
		{ { 0x14, 0x00, 0x00, 0x0F }, 4, ESCPOS_NOTHING },
		{ { 0x14, 0x00, 0x00, 0x0F, 0x00 }, 5, ESCPOS_ACKNOWLEDGED },
		{ { 0x10, 0x00, 0x12, 0x00 }, 4, ESCPOS_ACKNOWLEDGED },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct escpos_reader reader = { 0 };
		enum escpos_reply last = ESCPOS_NOTHING;

		for (int j = 0; j < cases[i].count; j++)
			last = escpos_reply(&reader, cases[i].bytes[j]);
		assert_int_equal(last, cases[i].last);
	}
}

static void a_status_reply_says_what_its_question_asked(void **state)
{
	static const struct {
		enum escpos_piece question;
		uint8_t reply;
		struct escpos_status status;
	} cases[] = {
		{ ESCPOS_ASK_STATE, 0x12, { 0 } },
		{ ESCPOS_ASK_STATE, 0x1A, { .offline = true } },
		{ ESCPOS_ASK_CAUSE, 0x12, { 0 } },
		{ ESCPOS_ASK_CAUSE, 0x16, { .cover_open = true } },
		{ ESCPOS_ASK_CAUSE, 0x32, { .no_paper = true } },
		{ ESCPOS_ASK_CAUSE, 0x52, { .failed = true } },
		{ ESCPOS_ASK_PAPER, 0x12, { 0 } },
		{ ESCPOS_ASK_PAPER, 0x1E, { .paper_low = true } },
		{ ESCPOS_ASK_PAPER, 0x72, { .no_paper = true } },
		{ ESCPOS_ASK_PAPER,
		  0x7E,
		  { .no_paper = true, .paper_low = true } },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct escpos_status status = { 0 };

		escpos_status(cases[i].question, cases[i].reply, &status);
		assert_memory_equal(&status, &cases[i].status, sizeof status);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_job_is_these_bytes),
		cmocka_unit_test(bands_are_low_and_never_a_multiple_of_48_rows),
		cmocka_unit_test(what_is_printed_is_the_picture_dot_for_dot),
		cmocka_unit_test(the_six_papers_come_out_whole_and_are_read),
		cmocka_unit_test(a_raster_never_holds_a_real_time_command),
		cmocka_unit_test(mending_adds_one_dot_where_it_must),
		cmocka_unit_test(
		    a_picture_that_was_moved_is_mended_as_it_is_sent),
		cmocka_unit_test(the_zeros_heal_a_job_that_was_cut_off),
		cmocka_unit_test(a_cut_off_raster_prints_nothing_strange),
		cmocka_unit_test(replies_are_told_apart),
		cmocka_unit_test(a_status_reply_says_what_its_question_asked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
