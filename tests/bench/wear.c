#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "print/paper.h"
#include "tests/bench/measure.h"
#include "tests/support/asked.h"
#include "tests/support/paper.h"
#include "tests/support/photo.h"
#include "tests/support/symbol.h"
#include "tests/support/worn.h"
#include "ticket/symbol.h"

/*
 * TICKET.md §5 again, on tickets as Foyer prints them: what zbar and ZXing read
 * on photos of papers in three states, and beside it what stands there. Symbols
 * of smaller modules, which Foyer does not print, are there to be compared:
 * they hold the same digits with more to spare. Then a stain on a tenth of the
 * symbol.
 *
 * FOYER_PHOTOS for another number of photos of each ticket in each state.
 */
#define PHOTOS 12
#define CELL_SYMBOLS 3
#define STAIN 0.1
#define STAINS 16
#define ABOVE 60 /* dots of the paper */

/* The levels and sizes of a row, and what TICKET.md has for it, in percent; 0:
 * nothing. */
static const struct row {
	const char *name;
	int width, dots;
	double scale; /* pixels of the camera for each dot */
	struct {
		int digits;
		enum symbol_level level;
	} symbols[CELL_SYMBOLS];
	int said[WEARS];
} rows[] = {
	{ "58 mm, 5 dots", PAPER_NARROW, 5, 1.5, { { 628, SYMBOL_M } }, { 0 } },
	{ "58 mm, 4 dots",
	  PAPER_NARROW,
	  4,
	  1.5,
	  { { 939, SYMBOL_Q }, { 1483, SYMBOL_M } },
	  { 98, 94, 87 } },
	{ "58 mm, 3 dots, not printed",
	  PAPER_NARROW,
	  3,
	  1.5,
	  { { 939, SYMBOL_H }, { 1483, SYMBOL_Q } },
	  { 98, 85, 65 } },
	{ "80 mm, 6 dots",
	  PAPER_WIDE,
	  6,
	  1,
	  { { 628, SYMBOL_Q }, { 939, SYMBOL_Q }, { 1483, SYMBOL_M } },
	  { 97, 96, 82 } },
	{ "80 mm, 4 dots, not printed",
	  PAPER_WIDE,
	  4,
	  1,
	  { { 1483, SYMBOL_H } },
	  { 86, 72, 54 } },
};

/* A paper with such a symbol, and where that is. */
struct print {
	struct picture *picture;
	struct paper_symbol symbol;
	char digits[GEOMETRY_DIGITS + 1];
	int version;
};

/* From a little above the symbol on, as a camera is held. */
static struct picture *lower_part(const struct picture *whole, int top)
{
	const int row = whole->width / 8, from = top - ABOVE;
	struct picture *part = picture_new(whole->width, whole->height - from);

	memcpy(part->bits, whole->bits + (size_t)from * (size_t)row,
	       (size_t)part->height * (size_t)row);
	return part;
}

static struct print print_of(int count, enum symbol_level level, int width,
			     int dots)
{
	const struct geometry of = { .digits = count };
	SCOPED(symbol_freep) struct symbol *symbol = NULL;
	struct paper paper = sample_paper;
	struct print print = { 0 };
	SCOPED(picture_freep) struct picture *whole = NULL;

	geometry_digits(&of, (unsigned)count, print.digits);
	assert_int_equal(symbol_new(print.digits, level, &symbol), FAULT_NONE);
	print.version = symbol_version(symbol);
	print.symbol = (struct paper_symbol){ symbol_plain(symbol),
					      symbol_size(symbol), dots };
	paper.symbol = print.symbol;
	assert_int_equal(paper_draw(&paper, width, &whole), FAULT_NONE);
	print.picture = lower_part(whole, symbol_top(whole, &print.symbol));
	return print;
}

static void print_done(struct print *print)
{
	picture_free(print->picture);
	geometry_free(&print->symbol);
}

struct tally {
	long photos, read[PHOTO_READERS], either;
};

static void look(const struct photo *photo, const char *digits,
		 struct tally *tally)
{
	bool any = false;

	for (int i = 0; i < PHOTO_READERS; i++) {
		const bool reads =
		    photo_reads(photo, (enum photo_reader)i, digits);

		tally->read[i] += reads;
		any = any || reads;
	}
	tally->either += any;
	tally->photos++;
}

static int percent(long part, long all)
{
	return (int)((part * 200 + all) / (2 * all));
}

static void tell(const struct tally *tally, int said)
{
	printf("  %3d %3d %3d", percent(tally->read[PHOTO_ZBAR], tally->photos),
	       percent(tally->read[PHOTO_ZXING], tally->photos),
	       percent(tally->either, tally->photos));
	if (said)
		printf(" (%2d)", said);
	else
		printf("  %4s", "");
}

static void measure(const struct row *row, long photos)
{
	struct print prints[CELL_SYMBOLS];
	char name[80];
	int count = 0;

	for (; count < CELL_SYMBOLS && row->symbols[count].digits; count++)
		prints[count] =
		    print_of(row->symbols[count].digits,
			     row->symbols[count].level, row->width, row->dots);
	snprintf(name, sizeof name, "%s, v%d-%d", row->name, prints[0].version,
		 prints[count - 1].version);
	printf("  %-34s", name);
	for (int w = 0; w < WEARS; w++) {
		struct chance chance = { 2025 };
		struct tally tally = { 0 };

		for (long i = 0; i < count * photos; i++) {
			const struct print *print = &prints[i % count];
			struct photo photo =
			    worn_photo(print->picture, PICTURE_MARGIN,
				       row->scale, &wears[w], &chance);

			look(&photo, print->digits, &tally);
			photo_done(&photo);
		}
		tell(&tally, row->said[w]);
		fflush(stdout);
	}
	printf("\n");
	for (int i = 0; i < count; i++)
		print_done(&prints[i]);
}

static void measure_stain(enum symbol_level level, const char *name,
			  const char *said)
{
	struct print print = print_of(1483, level, PAPER_WIDE, 5);
	const int side = print.symbol.side * print.symbol.dots;
	struct chance chance = { 2025 };
	struct tally tally = { 0 };

	for (int i = 0; i < STAINS; i++) {
		SCOPED(picture_freep)
		struct picture *paper =
		    stained(print.picture, (PAPER_WIDE - side) / 2,
			    symbol_top(print.picture, &print.symbol), side,
			    STAIN, &chance);
		struct photo photo = photo_of(paper, PICTURE_MARGIN);

		look(&photo, print.digits, &tally);
		photo_done(&photo);
	}
	printf("  a stain on a tenth of it, level %s: zbar %ld, ZXing %ld, "
	       "either %ld of %ld (%s)\n",
	       name, tally.read[PHOTO_ZBAR], tally.read[PHOTO_ZXING],
	       tally.either, tally.photos, said);
	print_done(&print);
}

int main(void)
{
	const long photos = asked_number("FOYER_PHOTOS", PHOTOS);

	printf(
	    "worn tickets: of %ld photos of each, %% read by zbar, by ZXing, "
	    "by either (TICKET.md: by either)\n  %-34s",
	    photos, "");
	for (int w = 0; w < WEARS; w++)
		printf("  %-16s", wears[w].name);
	printf("\n");
	for (size_t i = 0; i < COUNT(rows); i++)
		measure(&rows[i], photos);
	measure_stain(SYMBOL_L, "L", "TICKET.md: 0 of 16");
	measure_stain(SYMBOL_M, "M", "TICKET.md: 16 of 16");
	measure_tell_load();
	return 0;
}
