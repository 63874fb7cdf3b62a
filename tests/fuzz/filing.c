#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "filing/inside.h"
#include "record/enrolled.h"
#include "seal/signature.h"
#include "ticket/frame.h"

/*
 * A desk with one kiosk and the form of the tests. Bytes beginning with d are
 * digits as a scanner sends them; others are a plaintext, sealed and signed as
 * a kiosk under hostile control could.
 */
static struct filing *filing;
static struct record *record;
static uint8_t secret[32], seed[32], agency[32], kiosk[32];
static uint32_t sequence;

static const struct record_who who = { .user = "fuzz", .desk = "" };

static void say_nothing(void *to, enum log_level level, const char *line)
{
	(void)to;
	(void)level;
	(void)line;
}

static void must(bool good)
{
	if (!good)
		abort();
}

static void put_form(const struct home *home)
{
	SCOPED(char_freep)
	char *path = home_path(home, HOME_FORMS, "visit.xml");
	struct bytes xml = { 0 };

	must(!file_read("tests/data/filing/visit.xml", FORM_BYTES_LIMIT, &xml));
	must(!folder_make(home_folder(home, HOME_FORMS)));
	must(!file_write(path, xml.data, xml.length, 0600));
	bytes_done(&xml);
}

static void begin(void)
{
	static char folder[] = "/dev/shm/foyer-fuzz-XXXXXX";
	static struct home *home;
	enum enrolled_answer answer;
	struct agency_key *key;
	SCOPED(char_freep) char *path = NULL;

	log_to(say_nothing, NULL);
	must(mkdtemp(folder));
	must(!home_open(folder, &home));
	put_form(home);
	memset(secret, 0x11, sizeof secret);
	memset(seed, 0x22, sizeof seed);
	signature_public(seed, kiosk);
	path = home_path(home, HOME_RECORD, RECORD_FILE);
	must(!record_open(path, &record));
	must(!enrolled_add(record, kiosk, "K7", "UTC", &who, 1, &answer));
	must(!filing_open(home, record, &filing));
	key = agency_key_of_secret(secret, "fuzz", 0);
	memcpy(agency, agency_key_public(key), sizeof agency);
	ring_add(filing->ring, key);
}

static char *digits_of_plain(const uint8_t *data, size_t size)
{
	uint8_t plain[WIRE_PLAIN_MAX] = { 0 }, ephemeral[32] = { 3 };
	unsigned class = size <= wire_plain(0)   ? 0
			 : size <= wire_plain(1) ? 1
						 : 2;
	struct bytes digits = { 0 };
	struct wire wire;

	memcpy(plain, data, size < sizeof plain ? size : sizeof plain);
	sequence++;
	must(!wire_make(agency, kiosk, seed, ephemeral, sequence, plain,
			wire_plain(class), &wire));
	frame_write(FRAME_TICKET, sequence % 10000, wire.bytes, wire.length,
		    &digits);
	return bytes_take_text(&digits);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct filing_ticket ticket;
	struct filing_answers answers;
	char *digits;

	if (!filing)
		begin();
	if (size && data[0] == 'd')
		digits = xstrndup((const char *)data + 1, size - 1);
	else
		digits = digits_of_plain(data, size);
	if (!filing_read(filing, digits, &who, 1782057600000, &ticket)) {
		if (!filing_ticket_answers(&ticket, "fr", &answers))
			filing_answers_done(&answers);
		filing_ticket_done(&ticket);
	}
	free(digits);
	return 0;
}
