#include "tests/support/agency.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "filing/inside.h"
#include "record/enrolled.h"
#include "seal/agency_key.h"
#include "seal/signature.h"
#include "tests/support/folder.h"
#include "tests/support/logged.h"
#include "tests/support/sample.h"
#include "tests/test.h"
#include "ticket/frame.h"

static void put(const struct agency *agency, enum home_place place,
		const char *name, const void *data, size_t length)
{
	SCOPED(char_freep) char *path = home_path(agency->home, place, name);

	assert_int_equal(folder_make(home_folder(agency->home, place)),
			 FAULT_NONE);
	assert_int_equal(file_write(path, data, length, 0600), FAULT_NONE);
}

static void put_key(struct agency *agency)
{
	SCOPED(agency_key_freep)
	struct agency_key *key =
	    agency_key_of_secret(agency->secret, "Test", 0);
	struct bytes file = { 0 };

	memcpy(agency->key, agency_key_public(key), sizeof agency->key);
	assert_int_equal(
	    agency_key_lock(key, AGENCY_KEY_DEMO, AGENCY_PASSPHRASE, &file),
	    FAULT_NONE);
	put(agency, HOME_KEYS, "agency.key", file.data, file.length);
	bytes_done(&file);
}

static void put_form(struct agency *agency)
{
	static const char path[] = "tests/data/filing/visit.xml";
	struct bytes xml = { 0 };

	assert_int_equal(file_read(path, FORM_BYTES_LIMIT, &xml), FAULT_NONE);
	put(agency, HOME_FORMS, "visit.xml", xml.data, xml.length);
	bytes_done(&xml);
	assert_int_equal(form_read(path, NULL, &agency->form), FAULT_NONE);
	assert_int_equal(slots_new(agency->form, &agency->slots), FAULT_NONE);
}

void agency_kiosk(uint8_t byte, uint8_t seed[32], uint8_t key[32])
{
	memset(seed, byte, 32);
	signature_public(seed, key);
}

void agency_enrol(struct agency *agency, const uint8_t key[32],
		  const char *name)
{
	enum enrolled_answer answer;

	assert_int_equal(enrolled_add(agency->record, key, name,
				      "America/Toronto", &sample_sam,
				      AGENCY_NOON, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, ENROLLED_DONE);
}

void agency_init(struct agency *agency, uint8_t byte)
{
	*agency = (struct agency){ .folder = folder_new() };
	memset(agency->secret, byte, sizeof agency->secret);
	agency_kiosk((uint8_t)(byte + 1), agency->seed, agency->kiosk_key);
	assert_int_equal(home_open(agency->folder, &agency->home), FAULT_NONE);
	put(agency, HOME_SETTINGS, "demo", "", 0);
	put(agency, HOME_SETTINGS, "passphrase.txt", AGENCY_PASSPHRASE "\n",
	    strlen(AGENCY_PASSPHRASE) + 1);
	put_key(agency);
	put_form(agency);
	agency->record = sample_record(agency->folder);
	agency_enrol(agency, agency->kiosk_key, "K7");
	assert_int_equal(
	    filing_open(agency->home, agency->record, &agency->filing),
	    FAULT_NONE);
	/* The passphrase would open it too, and take its time. */
	ring_add(agency->filing->ring,
		 agency_key_of_secret(agency->secret, "Test", 0));
}

void agency_done(struct agency *agency)
{
	filing_free(agency->filing);
	record_close(agency->record);
	slots_free(agency->slots);
	form_free(agency->form);
	home_free(agency->home);
	folder_freep(&agency->folder);
}

int agency_open(void **state)
{
	struct agency *agency = xcalloc(1, sizeof *agency);

	agency_init(agency, 0x11);
	logged_start();
	*state = agency;
	return 0;
}

int agency_close(void **state)
{
	logged_stop();
	agency_done(*state);
	free(*state);
	return 0;
}

static void answer(struct run *run, const struct agency_answer *each)
{
	struct node *node = run_find(run, each->path);
	enum run_answer taken = RUN_TAKEN;

	assert_non_null(node);
	if (each->value[0])
		assert_int_equal(run_put(run, node, each->value, &taken),
				 FAULT_NONE);
	else
		assert_int_equal(run_repeat_add(run, node), FAULT_NONE);
	assert_int_equal(taken, RUN_TAKEN);
}

void agency_pack(const struct agency *agency, unsigned flags, int64_t at,
		 const struct agency_answer *answers, size_t count,
		 uint8_t plain[WIRE_PLAIN_MAX], size_t *length)
{
	struct run_world world = { 0 };
	SCOPED(run_freep) struct run *run = NULL;

	assert_int_equal(run_new(agency->form, &world, &run), FAULT_NONE);
	for (size_t i = 0; i < count; i++)
		answer(run, &answers[i]);
	assert_int_equal(pack(agency->slots, run, flags, (uint32_t)(at / 60000),
			      0, plain, length),
			 PACK_DONE);
}

struct wire agency_wire(const uint8_t agency[32], const uint8_t seed[32],
			const uint8_t kiosk[32], uint32_t seq,
			const uint8_t *plain, size_t length)
{
	uint8_t ephemeral[32];
	struct wire wire;

	memset(ephemeral, 0x33, sizeof ephemeral);
	assert_int_equal(wire_make(agency, kiosk, seed, ephemeral, seq, plain,
				   length, &wire),
			 FAULT_NONE);
	return wire;
}

char *agency_digits(const struct wire *wire, uint32_t seq)
{
	struct bytes digits = { 0 };

	frame_write(FRAME_TICKET, seq % 10000, wire->bytes, wire->length,
		    &digits);
	return bytes_take_text(&digits);
}

char *agency_ticket(const struct agency *agency, uint32_t seq, unsigned flags,
		    const struct agency_answer *answers, size_t count)
{
	uint8_t plain[WIRE_PLAIN_MAX];
	struct wire wire;
	size_t length;

	agency_pack(agency, flags, AGENCY_NOON, answers, count, plain, &length);
	wire = agency_wire(agency->key, agency->seed, agency->kiosk_key, seq,
			   plain, length);
	return agency_digits(&wire, seq);
}
