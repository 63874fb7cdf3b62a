#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "issue/paper.h"
#include "print/escpos.h"
#include "print/profile.h"
#include "tests/support/agency.h"
#include "tests/support/chance.h"
#include "tests/support/emulator.h"
#include "tests/support/photo.h"
#include "tests/support/symbol.h"
#include "tests/support/vectors.h"
#include "text/catalogue.h"
#include "text/language.h"
#include "ticket/frame.h"

/*
 * The six geometries of TICKET.md §5 and two readers. A ticket of each size
 * class, sealed and signed, goes in the printer's own bytes onto narrow and
 * wide paper, with the line to show it in a newcomer's language too; from the
 * rows that came out zbar and ZXing each read all of its digits, and from
 * those of a reprint.
 *
 * Some languages in `make check`; FOYER_LANGUAGES=all for every one there are
 * words of.
 */
static const char *const some[] = { "fr", "ar", "my" };

struct tally {
	long languages, papers, read[PHOTO_READERS];
};

static const struct lobby lobby = {
	.agency = "Riverside Newcomer Services",
	.desk = "Desk: ground floor, room 2",
	.helpline = "Help: 416 555 0123",
	.kiosk = "K7",
	.zone = (char *)"America/Toronto",
	.prints_language = true,
};

/* A ticket of so many digits, of what nobody has answered. */
static struct issued seal(const struct geometry *geometry,
			  struct chance *chance)
{
	struct issued issued = { .sequence = 1 + chance_below(chance, 99999),
				 .minutes = AGENCY_NOON / 60000 };
	uint8_t plain[WIRE_PLAIN_MAX], ephemeral[KEY_BYTES];
	struct vector_keys keys;
	unsigned class = 0;

	while (frame_digits(wire_plain(class) + WIRE_MAX - WIRE_PLAIN_MAX) !=
	       (size_t)geometry->digits)
		class ++;
	vector_keys(&keys);
	chance_bytes(chance, plain, sizeof plain);
	chance_bytes(chance, ephemeral, sizeof ephemeral);
	assert_int_equal(wire_make(keys.agency, keys.kiosk, keys.seed,
				   ephemeral, issued.sequence, plain,
				   wire_plain(class), &issued.wire),
			 FAULT_NONE);
	wire_number(lobby.kiosk, issued.sequence, issued.number);
	frame_write(FRAME_TICKET, issued.sequence % 10000, issued.wire.bytes,
		    issued.wire.length, &issued.digits);
	return issued;
}

/* What lies in the tray when the printer has done its job. */
static struct picture *printed(const struct picture *picture)
{
	SCOPED(emulator_freep)
	struct emulator *emulator = emulator_new(picture->width);
	struct escpos_job job;

	escpos_job(picture, &profile_usual.ways, &job);
	emulator_take(emulator, job.bytes.data, job.bytes.length);
	escpos_done(&job);
	return emulator_picture(emulator, 0, emulator_rows(emulator));
}

static void expect_read(const struct picture *picture, const char *digits,
			const struct language *language, struct tally *tally)
{
	static const char *const names[] = {
		[PHOTO_ZBAR] = "zbar", [PHOTO_ZXING] = "ZXing"
	};
	SCOPED(picture_freep) struct picture *paper = printed(picture);
	struct photo photo = photo_of(paper, PICTURE_MARGIN);

	for (int i = 0; i < PHOTO_READERS; i++) {
		if (!photo_reads(&photo, (enum photo_reader)i, digits))
			fail_msg("%s: %zu digits on %d dots: not read by %s",
				 language->tag, strlen(digits), picture->width,
				 names[i]);
		tally->read[i]++;
	}
	tally->papers++;
	photo_done(&photo);
}

static void print_all(const struct language *language,
		      const struct catalogue *words, struct chance *chance,
		      struct tally *tally)
{
	SCOPED(char_freep) char *line = catalogue_word(words, "ticket.show");
	const struct paper_line extra = {
		.text = line,
		.language = language->tag,
		.families = language->families,
		.right_to_left = language->right_to_left,
	};

	for (size_t i = 0; i < GEOMETRIES; i++) {
		struct issued issued = seal(&geometries[i], chance);
		const char *digits = (const char *)issued.digits.data;
		SCOPED(picture_freep) struct picture *first = NULL;
		SCOPED(picture_freep) struct picture *again = NULL;

		assert_int_equal(issue_paper(&lobby, &issued, &extra,
					     geometries[i].width, &first),
				 FAULT_NONE);
		again = picture_moved(first, PICTURE_REPRINT);
		expect_read(first, digits, language, tally);
		expect_read(again, digits, language, tally);
		issued_done(&issued);
	}
	tally->languages++;
}

static bool is_asked(const struct language *language)
{
	if (getenv("FOYER_LANGUAGES"))
		return true;
	for (size_t i = 0; i < COUNT(some); i++) {
		if (strcmp(some[i], language->tag) == 0)
			return true;
	}
	return false;
}

static void two_readers_read_every_ticket_in_all_geometries(void **state)
{
	struct chance chance = { 5 };
	struct tally tally = { 0 };

	(void)state;
	for (size_t i = 0; i < language_count(); i++) {
		const struct language *language = language_at(i);
		SCOPED(catalogue_freep)
		struct catalogue *words = catalogue_new(language->tag);
		SCOPED(char_freep)
		char *path =
		    xasprintf("translations/ticket.%s.po", language->tag);

		if (!is_asked(language) || !file_exists(path))
			continue;
		assert_int_equal(catalogue_add(words, path), FAULT_NONE);
		print_all(language, words, &chance, &tally);
	}
	print_message("%ld languages, %d geometries, each also reprinted: %ld "
		      "papers; read exactly by zbar %ld, by ZXing %ld\n",
		      tally.languages, GEOMETRIES, tally.papers,
		      tally.read[PHOTO_ZBAR], tally.read[PHOTO_ZXING]);
	assert_true(tally.languages >= (long)COUNT(some));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    two_readers_read_every_ticket_in_all_geometries),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
