#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/log.h"
#include "filing/inside.h"
#include "scan/layout.h"
#include "seal/signature.h"
#include "tests/support/agency.h"
#include "tests/support/asked.h"
#include "tests/support/chance.h"
#include "tests/support/folder.h"
#include "tests/support/sample.h"
#include "tests/support/slow.h"
#include "ticket/frame.h"

/*
 * None is wrongly accepted. Scans that went wrong in every way that a scanner,
 * a keyboard, a pair of scissors or a forger can bring about come to a desk
 * that is unlocked. What it would file has to be, byte for byte, a ticket that
 * a kiosk of the agency made and that nobody has filed; what it says is filed
 * already has to be one that is.
 *
 * Some thousands in `make check`; FOYER_SCANS and FOYER_SEED for more and
 * others.
 */
#define SCANS 10000
#define TOLD 100000 /* scans, after which the table is printed */
#define GENUINE 48  /* tickets, of all sizes; every other one is filed first */
#define FALSE 4     /* of each kind of false ones, for every genuine one */
#define OTHER_KIOSK 77
#define REPAIRED_AT_LEAST 95 /* % of scans with one lost or doubled digit */

/* A paper, and what others made of it. */
struct genuine {
	struct wire wire;
	char *digits;
	bool filed;
	char *cloned[FALSE];   /* the kiosk's key and number, other answers */
	char *forged[FALSE];   /* the same by a key that is not enrolled */
	char *resigned[FALSE]; /* its content under another kiosk's name */
};

struct booth {
	struct chance chance;
	struct agency agency;
	struct genuine genuine[GENUINE];
	struct genuine *one; /* whose scan goes wrong */
	struct bytes scan;   /* what comes of it */
};

static void silent(void *to, enum log_level level, const char *line)
{
	(void)to;
	(void)level;
	(void)line;
}

/* --- papers --------------------------------------------------------------- */

/* A visitor's answers as the kiosk packs them, padded to one of three sizes. */
static size_t plain_of(struct booth *booth, size_t size,
		       uint8_t plain[WIRE_PLAIN_MAX])
{
	static const size_t sizes[] = { 128, 256, 480 };
	SCOPED(char_freep)
	char *name =
	    xasprintf("Visitor %u", chance_below(&booth->chance, 1000000));
	const struct agency_answer answers[] = { { "/data/name", name },
						 { "/data/wait", "OK" } };
	size_t length;

	memset(plain, 0, WIRE_PLAIN_MAX);
	agency_pack(&booth->agency, 0, AGENCY_NOON, answers, COUNT(answers),
		    plain, &length);
	return sizes[size % COUNT(sizes)];
}

static struct wire wire_of(struct booth *booth, size_t size,
			   const uint8_t seed[32], const uint8_t kiosk[32],
			   uint32_t seq)
{
	uint8_t plain[WIRE_PLAIN_MAX];
	const size_t length = plain_of(booth, size, plain);

	return agency_wire(booth->agency.key, seed, kiosk, seq, plain, length);
}

static uint32_t sequence_of(size_t index)
{
	return 1 + (uint32_t)index * 64;
}

/* Signed anew by another kiosk of the agency, in its own name. */
static struct wire resigned(const struct wire *wire)
{
	uint8_t seed[32], key[KEY_BYTES];
	struct wire stolen = *wire;
	const size_t covered = wire->length - SIGNATURE_BYTES;
	uint16_t id;

	agency_kiosk(OTHER_KIOSK, seed, key);
	id = key_id(KEY_KIOSK, key);
	stolen.bytes[3] = (uint8_t)(id >> 8);
	stolen.bytes[4] = (uint8_t)id;
	signature_make(seed, "foyer/ticket/v1/sig", stolen.bytes, covered,
		       stolen.bytes + covered);
	return stolen;
}

static void print(struct booth *booth, size_t index)
{
	const struct agency *agency = &booth->agency;
	struct genuine *one = &booth->genuine[index];
	const uint32_t seq = sequence_of(index);
	uint8_t seed[32], key[KEY_BYTES];

	agency_kiosk(OTHER_KIOSK + 1, seed, key);
	one->wire = wire_of(booth, index, agency->seed, agency->kiosk_key, seq);
	one->digits = agency_digits(&one->wire, seq);
	for (int i = 0; i < FALSE; i++) {
		struct wire cloned =
		    wire_of(booth, index, agency->seed, agency->kiosk_key, seq);
		struct wire forged = wire_of(
		    booth, index, seed, i % 2 ? key : agency->kiosk_key, seq);
		struct wire stolen = resigned(i % 2 ? &cloned : &one->wire);

		one->cloned[i] = agency_digits(&cloned, seq);
		one->forged[i] = agency_digits(&forged, seq);
		one->resigned[i] = agency_digits(&stolen, seq);
	}
}

static enum filing_status file(struct booth *booth, const char *digits)
{
	struct filing_ticket ticket = { 0 };
	enum filing_status status;

	assert_int_equal(filing_scan(booth->agency.filing, digits, &sample_sam,
				     AGENCY_NOON, &ticket),
			 FAULT_NONE);
	status = ticket.status;
	filing_ticket_done(&ticket);
	return status;
}

static void booth_init(struct booth *booth, uint64_t seed)
{
	uint8_t other[32], key[KEY_BYTES];

	*booth = (struct booth){ .chance = { seed } };
	agency_init(&booth->agency, 0x40);
	agency_kiosk(OTHER_KIOSK, other, key);
	agency_enrol(&booth->agency, key, "K9");
	for (size_t i = 0; i < GENUINE; i++) {
		struct genuine *one = &booth->genuine[i];

		print(booth, i);
		one->filed = i % 2;
		if (one->filed)
			assert_int_equal(file(booth, one->digits),
					 FILING_FILED);
	}
}

static void booth_done(struct booth *booth)
{
	for (size_t i = 0; i < GENUINE; i++) {
		struct genuine *one = &booth->genuine[i];

		for (int f = 0; f < FALSE; f++) {
			free(one->cloned[f]);
			free(one->forged[f]);
			free(one->resigned[f]);
		}
		free(one->digits);
	}
	bytes_done(&booth->scan);
	agency_done(&booth->agency);
}

/* --- what goes wrong ------------------------------------------------------ */

static size_t place(struct booth *booth, size_t count)
{
	return chance_below(&booth->chance, (uint32_t)count);
}

static char digit(struct booth *booth)
{
	return (char)('0' + chance_below(&booth->chance, 10));
}

static void scan_text(struct booth *booth, const char *text)
{
	bytes_add(&booth->scan, text, strlen(text));
}

static void lose(struct booth *booth, size_t at)
{
	struct bytes *scan = &booth->scan;

	memmove(scan->data + at, scan->data + at + 1, scan->length - at - 1);
	scan->length--;
}

static void put(struct booth *booth, size_t at, char character)
{
	struct bytes *scan = &booth->scan;

	bytes_add_byte(scan, 0);
	memmove(scan->data + at + 1, scan->data + at, scan->length - 1 - at);
	scan->data[at] = (uint8_t)character;
}

static void one_lost(struct booth *booth)
{
	scan_text(booth, booth->one->digits);
	lose(booth, place(booth, booth->scan.length));
}

static void one_doubled(struct booth *booth)
{
	size_t at;

	scan_text(booth, booth->one->digits);
	at = place(booth, booth->scan.length);
	put(booth, at, (char)booth->scan.data[at]);
}

/* As many digits as there have to be, or one more or less, of which some are
 * others: whatever the search for a repair comes upon is wrong. */
static void lost_and_changed(struct booth *booth)
{
	one_lost(booth);
	booth->scan.data[place(booth, booth->scan.length)] =
	    (uint8_t)digit(booth);
	if (place(booth, 2))
		put(booth, place(booth, booth->scan.length), digit(booth));
}

static void changed(struct booth *booth)
{
	scan_text(booth, booth->one->digits);
	for (size_t i = 0, count = 1 + place(booth, 8); i < count; i++)
		booth->scan.data[place(booth, booth->scan.length)] =
		    (uint8_t)digit(booth);
}

static void swapped(struct booth *booth)
{
	uint8_t *data, kept;
	size_t at;

	scan_text(booth, booth->one->digits);
	data = booth->scan.data;
	at = place(booth, booth->scan.length - 1);
	kept = data[at];
	data[at] = data[at + 1];
	data[at + 1] = kept;
}

static void several_lost(struct booth *booth)
{
	scan_text(booth, booth->one->digits);
	for (size_t i = 0, count = 2 + place(booth, 30); i < count; i++)
		lose(booth, place(booth, booth->scan.length));
}

static void several_doubled(struct booth *booth)
{
	scan_text(booth, booth->one->digits);
	for (size_t i = 0, count = 2 + place(booth, 30); i < count; i++) {
		size_t at = place(booth, booth->scan.length);

		put(booth, at, (char)booth->scan.data[at]);
	}
}

static void cut(struct booth *booth)
{
	const char *digits = booth->one->digits;
	const size_t from = place(booth, 4) ? 0 : place(booth, 64);

	bytes_add(&booth->scan, digits + from,
		  1 + place(booth, strlen(digits) - from - 1));
}

/* Two papers under one sweep: one ends where the other goes on, or both come
 * with nothing between. */
static void run_together(struct booth *booth)
{
	const char *first = booth->one->digits;
	const char *other = booth->genuine[place(booth, GENUINE)].digits;
	const size_t shorter =
	    strlen(first) < strlen(other) ? strlen(first) : strlen(other);
	const size_t at =
	    place(booth, 2) ? 1 + place(booth, shorter - 1) : strlen(first);

	bytes_add(&booth->scan, first, at);
	scan_text(booth, at < shorter ? other + at : other);
}

/* Typed on a keyboard that is not the one plugged in; once more in three the
 * layout is another one half-way, or some characters are lost or wrong. The
 * classifier turns it into digits, or drops it. */
static void garbled(struct booth *booth)
{
	const char *digits = booth->one->digits;
	const struct layout *layout = layout_at(place(booth, layout_count()));
	const size_t trouble = place(booth, 4);
	size_t turn = trouble == 1 ? place(booth, strlen(digits)) : SIZE_MAX;
	uint32_t typed[FRAME_DIGITS_MAX];
	char read[FRAME_DIGITS_MAX + 1];
	size_t count = 0;

	for (size_t i = 0; digits[i]; i++) {
		if (i == turn)
			layout = layout_at(place(booth, layout_count()));
		if (trouble != 2 || place(booth, 200))
			typed[count++] = layout->digit[digits[i] - '0'];
	}
	if (trouble == 3)
		typed[place(booth, count)] = layout->digit[place(booth, 10)];
	if (layout_digits(typed, count, read))
		scan_text(booth, read);
}

static void bits_changed(struct booth *booth)
{
	struct wire wire = booth->one->wire;
	SCOPED(char_freep) char *digits = NULL;
	const uint8_t *at = wire.bytes + 5;
	uint32_t seq;

	for (size_t i = 0, count = 1 + place(booth, 8); i < count; i++)
		wire.bytes[place(booth, wire.length)] ^=
		    (uint8_t)(1 << place(booth, 8));
	seq = (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 |
	      (uint32_t)at[2] << 8 | at[3];
	digits = agency_digits(&wire, seq);
	scan_text(booth, digits);
}

static void forged(struct booth *booth)
{
	scan_text(booth, booth->one->forged[place(booth, FALSE)]);
}

static void stolen(struct booth *booth)
{
	scan_text(booth, booth->one->resigned[place(booth, FALSE)]);
}

static void replayed(struct booth *booth)
{
	scan_text(booth, booth->one->digits);
}

static void cloned(struct booth *booth)
{
	scan_text(booth, booth->one->cloned[place(booth, FALSE)]);
}

static void invented(struct booth *booth)
{
	static const size_t lengths[] = { 249, 377, 601 };
	const size_t length = lengths[place(booth, COUNT(lengths))];

	scan_text(booth, "58311");
	for (size_t i = 5; i < frame_digits(length); i++)
		bytes_add_byte(&booth->scan, (uint8_t)digit(booth));
}

enum of {
	ANY,
	FILED,  /* of papers that are filed */
	MENDED, /* one digit too few or too many: to be repaired */
};

static const struct kind {
	const char *name;
	void (*make)(struct booth *booth);
	uint32_t share; /* of SHARES */
	enum of of;
} kinds[] = {
	{ "changed digits", changed, 200, ANY },
	{ "neighbours swapped", swapped, 50, ANY },
	{ "several digits lost", several_lost, 80, ANY },
	{ "several digits doubled", several_doubled, 60, ANY },
	{ "cut", cut, 110, ANY },
	{ "two run together", run_together, 60, ANY },
	{ "garbled by a layout", garbled, 60, ANY },
	{ "bits changed, framed anew", bits_changed, 120, ANY },
	{ "forged by another key", forged, 70, ANY },
	{ "signed by another kiosk", stolen, 30, ANY },
	{ "replayed", replayed, 60, FILED },
	{ "cloned", cloned, 40, FILED },
	{ "invented", invented, 30, ANY },
	{ "one digit lost", one_lost, 10, MENDED },
	{ "one digit doubled", one_doubled, 15, MENDED },
	{ "one lost, and others changed", lost_and_changed, 5, ANY },
};
#define SHARES 1000

/* --- what the desk says --------------------------------------------------- */

struct tally {
	long scans, read, known, wrong;
};

static const struct genuine *find(const struct booth *booth,
				  const struct filing_ticket *ticket)
{
	for (size_t i = 0; i < GENUINE; i++) {
		const struct wire *wire = &booth->genuine[i].wire;

		if (wire->length == ticket->wire.length &&
		    memcmp(wire->bytes, ticket->wire.bytes, wire->length) == 0)
			return &booth->genuine[i];
	}
	return NULL;
}

/* Read means that the desk would file it, and may. */
static void judge(const struct booth *booth, const struct filing_ticket *ticket,
		  struct tally *tally)
{
	const struct genuine *genuine;

	if (ticket->status != FILING_FILED &&
	    ticket->status != FILING_ALREADY_FILED)
		return;
	genuine = find(booth, ticket);
	if (!genuine ||
	    genuine->filed != (ticket->status == FILING_ALREADY_FILED))
		tally->wrong++;
	else if (genuine->filed)
		tally->known++;
	else
		tally->read++;
}

static size_t choose(struct booth *booth)
{
	uint32_t share = chance_below(&booth->chance, SHARES);
	size_t kind = 0;

	while (share >= kinds[kind].share)
		share -= kinds[kind++].share;
	return kind;
}

static void scan(struct booth *booth, struct tally tallies[COUNT(kinds)])
{
	const size_t kind = choose(booth);
	size_t index = place(booth, GENUINE);
	struct filing_ticket ticket = { 0 };

	if (kinds[kind].of == FILED)
		index |= 1;
	booth->one = &booth->genuine[index];
	booth->scan.length = 0;
	kinds[kind].make(booth);
	bytes_add_byte(&booth->scan, 0);
	assert_int_equal(filing_read(booth->agency.filing,
				     (const char *)booth->scan.data,
				     &sample_sam, AGENCY_NOON, &ticket),
			 FAULT_NONE);
	judge(booth, &ticket, &tallies[kind]);
	tallies[kind].scans++;
	filing_ticket_done(&ticket);
}

/* --- figures -------------------------------------------------------------- */

static void tell(const struct tally tallies[COUNT(kinds)], long seed)
{
	struct tally all = { 0 };

	print_message("%-30s %8s %8s %8s %8s %6s\n", "scans", "all", "refused",
		      "read", "known", "wrong");
	for (size_t i = 0; i < COUNT(kinds); i++) {
		const struct tally *tally = &tallies[i];

		print_message("%-30s %8ld %8ld %8ld %8ld %6ld\n", kinds[i].name,
			      tally->scans,
			      tally->scans - tally->read - tally->known -
				  tally->wrong,
			      tally->read, tally->known, tally->wrong);
		all.scans += tally->scans;
		all.wrong += tally->wrong;
	}
	print_message("seed %ld: %ld scans, %ld accepted wrongly\n", seed,
		      all.scans, all.wrong);
}

static void assert_mended(const struct tally tallies[COUNT(kinds)])
{
	long scans = 0, right = 0;

	for (size_t i = 0; i < COUNT(kinds); i++) {
		if (kinds[i].of != MENDED)
			continue;
		scans += tallies[i].scans;
		right += tallies[i].read + tallies[i].known;
	}
	print_message("one digit lost or doubled: %ld of %ld repaired\n", right,
		      scans);
	assert_true(right * 100 >= scans * REPAIRED_AT_LEAST);
}

/* All that was said did nothing to the papers: each files, once. */
static void assert_each_files_once(struct booth *booth)
{
	for (size_t i = 0; i < GENUINE; i++) {
		const struct genuine *one = &booth->genuine[i];

		assert_int_equal(file(booth, one->digits),
				 one->filed ? FILING_ALREADY_FILED
					    : FILING_FILED);
		assert_int_equal(file(booth, one->digits),
				 FILING_ALREADY_FILED);
	}
}

static void no_scan_that_went_wrong_is_accepted(void **state)
{
	const long scans = asked_number("FOYER_SCANS", loops(SCANS));
	const long seed = asked_number("FOYER_SEED", 1);
	struct tally tallies[COUNT(kinds)] = { 0 };
	struct booth booth;

	(void)state;
	log_to(silent, NULL);
	booth_init(&booth, (uint64_t)seed);
	for (long i = 1; i <= scans; i++) {
		scan(&booth, tallies);
		if (i == scans || i % TOLD == 0)
			tell(tallies, seed);
	}
	assert_mended(tallies);
	for (size_t i = 0; i < COUNT(kinds); i++)
		assert_int_equal(tallies[i].wrong, 0);
	assert_each_files_once(&booth);
	booth_done(&booth);
	log_to(NULL, NULL);
}

static void the_shares_of_all_kinds_are_the_whole(void **state)
{
	uint32_t sum = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(kinds); i++)
		sum += kinds[i].share;
	assert_int_equal(sum, SHARES);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_shares_of_all_kinds_are_the_whole),
		cmocka_unit_test(no_scan_that_went_wrong_is_accepted),
	};

	if (access("/dev/shm", W_OK) == 0)
		setenv("TMPDIR", "/dev/shm", 0);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
