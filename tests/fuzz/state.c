#include <assert.h>
#include <sodium.h>

#include "base/bytes.h"
#include "base/file.h"
#include "card/folder.h"
#include "card/pins.h"
#include "filing/kept.h"
#include "issue/agency.h"
#include "issue/key_gone.h"
#include "issue/key_told.h"
#include "issue/sequence.h"
#include "kiosk/progress.h"
#include "kiosk/timepiece.h"
#include "seal/hash.h"
#include "seal/kiosk_key.h"
#include "seal/pin.h"
#include "tests/fuzz/folder.h"
#include "ticket/frame.h"
#include "ticket/wire.h"

/*
 * The small files that a kiosk and a desk keep for themselves, after whatever
 * happened to their card. The first byte says which one the rest is.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define NOW 86400000          /* ms since the machine was switched on */
#define MOST_MS (3600 * 1000) /* that a PIN makes anybody wait */
#define CENTURY_MS INT64_C(3155760000000)
#define NAME KEY_OLD_NAME /* bytes of a file's name */

static struct home *home;

static char *place(enum home_place where, const char *name)
{
	return home_path(home, where, name);
}

static void put(enum home_place where, const char *name, const void *data,
		size_t size)
{
	SCOPED(char_freep) char *path = place(where, name);

	fuzz_put(path, data, size);
}

static void take_away(enum home_place where, const char *name)
{
	SCOPED(char_freep) char *path = place(where, name);

	(void)unlink(path);
}

static void begin(void)
{
	fuzz_begin();
	must(!home_open(fuzz_folder, &home));
	for (int i = 0; i < HOME_PLACES; i++)
		must(!folder_make(home_folder(home, (enum home_place)i)));
}

/* --- the staff's PIN ------------------------------------------------------ */

/* However many tries the file tells of, nobody waits longer than an hour, nor
 * gains by it: the next wrong one makes the wait no shorter. */
static void read_tries(const uint8_t *data, size_t size)
{
	const char *folder = home_folder(home, HOME_KIOSK);
	SCOPED(pin_freep) struct pin *pin = NULL;
	SCOPED(pin_freep) struct pin *again = NULL;
	enum pin_answer answer;
	int64_t wait;

	take_away(HOME_KIOSK, "staff.pin");
	put(HOME_KIOSK, "staff.tries", data, size);
	pin = pin_new(folder, NOW);
	wait = pin_wait(pin, NOW);
	assert(wait >= 0 && wait <= MOST_MS);
	must(!pin_try(pin, "593817", NOW, &answer));
	assert(answer == (wait ? PIN_WAIT : PIN_WRONG));
	again = pin_new(folder, NOW);
	assert(pin_wait(again, NOW) >= wait);
	assert(pin_wait(again, NOW + MOST_MS) == 0);
}

/* Only "593817" is right, and only where the file is of it. */
static void read_pin(const uint8_t *data, size_t size)
{
	SCOPED(pin_freep) struct pin *pin = NULL;
	enum pin_answer answer;

	take_away(HOME_KIOSK, "staff.tries");
	put(HOME_KIOSK, "staff.pin", data, size);
	pin = pin_new(home_folder(home, HOME_KIOSK), NOW);
	must(!pin_try(pin, "271905", NOW, &answer));
	assert(answer == PIN_WRONG);
}

/* --- time, numbers, key --------------------------------------------------- */

static void read_time(const uint8_t *data, size_t size)
{
	struct timepiece timepiece;
	int64_t now;

	put(HOME_KIOSK, "time", data, size);
	timepiece = timepiece_read(home, true);
	now = timepiece_now(&timepiece);
	assert(now > 0 && llabs(timepiece.offset) < CENTURY_MS);
}

/* As it is after staff said what time it is, since when it was not off. */
static void read_own_time(const uint8_t *data, size_t size)
{
	SCOPED(bytes_done) struct bytes boot = { 0 };

	must(!file_read("/proc/sys/kernel/random/boot_id", 256, &boot));
	boot.length = 36;
	bytes_add(&boot, data, size);
	read_time(boot.data, boot.length);
}

/* Numbers come in their order, none twice, also after the power went. */
static void read_numbers(const uint8_t *data, size_t size)
{
	SCOPED(char_freep) char *path = place(HOME_KIOSK, "seq.state");
	uint32_t last = 0, number;

	fuzz_put(path, data, size);
	for (int i = 0; i < 3; i++) {
		SCOPED(sequence_freep) struct sequence *sequence = NULL;
		enum sequence_answer answer;

		must(!sequence_open(path, 0x1a2b, &answer, &sequence));
		if (answer != SEQUENCE_READY)
			return;
		if (sequence_take(sequence, &number))
			return; /* all are used */
		assert(number > last && number <= WIRE_SEQUENCE_MAX);
		last = number;
	}
}

static void read_sound_numbers(const uint8_t *data, size_t size)
{
	uint8_t file[SEQUENCE_BYTES] = { 0 };
	uint32_t crc;

	memcpy(file, data, size < 12 ? size : 12);
	crc = frame_crc(file, 12);
	for (int i = 0; i < 4; i++)
		file[12 + i] = (uint8_t)(crc >> (24 - 8 * i));
	read_numbers(file, sizeof file);
}

static void read_progress(const uint8_t *data, size_t size)
{
	struct setup_progress first, second;

	put(HOME_KIOSK, "setup", data, size);
	first = setup_progress_read(home);
	assert(strspn(first.language, "abcdefghijklmnopqrstuvwxyz") ==
	       strlen(first.language));
	must(!setup_progress_write(home, &first));
	second = setup_progress_read(home);
	assert(!*first.language || (first.steps == second.steps &&
				    !strcmp(first.language, second.language)));
}

static void read_key(const uint8_t *data, size_t size)
{
	SCOPED(char_freep) char *path = place(HOME_KIOSK, "kiosk.key");
	SCOPED(kiosk_key_freep) struct kiosk_key *key = NULL;

	fuzz_put(path, data, size);
	(void)!kiosk_key_read(path, &key);
}

static void read_hashed_key(const uint8_t *data, size_t size)
{
	uint8_t file[48] = "FOYERKK1", hash[KEY_HASH_BYTES];

	memcpy(file + 8, data, size < 32 ? size : 32);
	key_hash_plain(file, 40, hash);
	memcpy(file + 40, hash, 8);
	read_key(file, sizeof file);
}

/* --- the agency's keys ---------------------------------------------------- */

static void read_agency(const uint8_t *data, size_t size)
{
	SCOPED(char_freep) char *path = place(HOME_KEYS, AGENCY_FILE);
	struct card card, again;
	bool found;

	fuzz_put(path, data, size);
	if (agency_file_read(path, &found, &card))
		return;
	assert(found);
	must(!agency_file_write(path, &card));
	must(!agency_file_read(path, &found, &again));
	assert(!memcmp(card.key, again.key, sizeof card.key));
}

static const uint8_t keys[2][KEY_BYTES] = { { 1 }, { 2 } };

static bool is_gone(const char *name, const uint8_t key[KEY_BYTES])
{
	SCOPED(char_freep) char *from = place(HOME_PRINTS, name);
	struct bytes text = { 0 };
	bool gone = false;

	/* As it stands in another place, it is read in ours. */
	must(!file_read(from, SIZE_MAX, &text));
	put(HOME_KEYS, KEYS_HISTORY, text.data ? text.data : (void *)"",
	    text.length);
	bytes_done(&text);
	return !key_gone_is(home, key, &gone) && gone;
}

/* What was destroyed is, whatever else stands there. */
static void read_history(const uint8_t *data, size_t size)
{
	const uint16_t id = key_id(KEY_AGENCY, keys[0]);
	char fingerprint[KEY_FINGERPRINT_BYTES] = "";
	bool gone;

	if (size % 2)
		key_fingerprint(keys[0], fingerprint);
	put(HOME_KEYS, KEYS_HISTORY, data, size);
	if (key_gone_note_kept(home, keys[0]) ||
	    key_gone_note_destroyed(home, id, fingerprint, NULL))
		return;
	must(!key_gone_is(home, keys[0], &gone));
	assert(gone);
}

/* Two of them, parted by a zero byte: neither forgets, and once is enough. */
static void merge_histories(const uint8_t *data, size_t size)
{
	SCOPED(char_freep) char *from = place(HOME_PRINTS, "from");
	SCOPED(char_freep) char *to = place(HOME_PRINTS, "to");
	const uint8_t *end = size ? memchr(data, 0, size) : NULL;
	const size_t length = end ? (size_t)(end - data) : size;
	struct bytes once = { 0 }, twice = { 0 };
	bool before[COUNT(keys)];

	fuzz_put(from, data, length);
	fuzz_put(to, data + length + !!end, size - length - !!end);
	for (size_t i = 0; i < COUNT(keys); i++)
		before[i] = is_gone("from", keys[i]) || is_gone("to", keys[i]);
	if (key_gone_merge(from, to))
		return;
	for (size_t i = 0; i < COUNT(keys); i++)
		assert(!before[i] || is_gone("to", keys[i]));
	must(!file_read(to, SIZE_MAX, &once));
	must(!key_gone_merge(from, to));
	must(!file_read(to, SIZE_MAX, &twice));
	assert(once.length == twice.length);
	bytes_done(&once);
	bytes_done(&twice);
}

/* The rest is a file's name, of what should be an old key. */
static void read_old_name(const uint8_t *data, size_t size)
{
	SCOPED(char_freep)
	char *name = xstrndup((const char *)data, size < NAME ? size : NAME);
	struct old_key old[KEYS_OLD];
	size_t count;

	if (!*name || strchr(name, '/') || *name == '.')
		return;
	put(HOME_KEYS, name, "", 0);
	must(!keys_old(home, old, &count));
	for (size_t i = 0; i < count; i++) {
		assert(!strcmp(old[i].name, name));
		assert(old[i].until > old[i].replaced);
		/* All of it, or nothing. */
		assert(
		    !*old[i].fingerprint ||
		    (strlen(old[i].fingerprint) == KEY_FINGERPRINT_BYTES - 1 &&
		     !old[i].fingerprint[strspn(old[i].fingerprint,
						"0123456789 ")]));
	}
	take_away(HOME_KEYS, name);
}

static void read_paper(const uint8_t *data, size_t size)
{
	put(HOME_KEYS, "paper", data, size);
	(void)keys_paper_noted(home, keys[0]);
}

/* --- cards and tickets ---------------------------------------------------- */

/* Which files of the card were taken in, against a card that has none now. */
static void read_pins(const uint8_t *data, size_t size)
{
	static const struct card_folder none;
	struct card_changes changes;

	put(HOME_KIOSK, "card.pins", data, size);
	if (!card_compare(home, &none, &changes))
		card_changes_done(&changes);
}

/* A scan that a desk kept while its record was away. */
static void read_kept(const uint8_t *data, size_t size)
{
	static const char name[] =
	    KEPT_FOLDER "/1795370520000000-00112233445566778899aabbccddeeff-"
			"0000002a";
	SCOPED(char_freep) char *folder = place(HOME_RECORD, KEPT_FOLDER);
	size_t count;

	must(!folder_make(folder));
	put(HOME_RECORD, name, data, size);
	for (unsigned id = 0; id < 2; id++) {
		must(!kept_sealed_to(home, (uint16_t)id, &count));
		assert(count <= 1);
	}
}

/* -------------------------------------------------------------------------- */

static void (*const files[])(const uint8_t *data, size_t size) = {
	read_tries,      read_pin,           read_time,     read_own_time,
	read_numbers,    read_sound_numbers, read_progress, read_key,
	read_hashed_key, read_agency,        read_history,  merge_histories,
	read_old_name,   read_paper,         read_pins,     read_kept,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!home)
		begin();
	if (size)
		files[data[0] % COUNT(files)](data + 1, size - 1);
	return 0;
}
