#include "tests/test.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/home.h"
#include "filing/filing.h"
#include "form/answers.h"
#include "issue/issue.h"
#include "issue/paper.h"
#include "print/printer.h"
#include "seal/seal.h"
#include "seal/secret.h"
#include "seal/signature.h"
#include "tests/bench/alone.h"
#include "tests/bench/measure.h"
#include "tests/support/demo.h"
#include "tests/support/emulator.h"
#include "tests/support/folder.h"
#include "tests/support/vectors.h"
#include "tests/support/walker.h"
#include "ticket/frame.h"

/*
 * What a ticket costs at both ends, beside the one signature it cannot do
 * without: a persona's answers are sealed again and again, and each is filed.
 * Then its steps, each beside what the library below takes for it alone.
 */
#define TICKETS 100
#define SIGNATURES 5000
#define PERSONAS "tests/data/intake/personas.json"

struct bench {
	struct home *home;
	struct lobby *lobby;
	struct form *form;
	struct slots *slots;
	struct run *run;
	struct issuer *issuer;
	struct record *record;
	struct filing *filing;
};

static int64_t now(void *to)
{
	(void)to;
	return time(NULL) * 1000LL;
}

static void chance(void *to, uint8_t *bytes, size_t count)
{
	(void)to;
	secret_random(bytes, count);
}

static const char *property(void *to, const char *name)
{
	return lobby_property(to, name);
}

static void answer_as_persona(struct run *run)
{
	json_t *file = json_load_file(PERSONAS, 0, NULL);
	json_t *first = json_array_get(json_object_get(file, "personas"), 0);
	char *answers = json_dumps(json_object_get(first, "answers"), 0);

	assert_non_null(answers);
	assert_int_equal(answers_apply_text(PERSONAS, answers, strlen(answers),
					    run, NULL, NULL),
			 FAULT_NONE);
	free(answers);
	json_decref(file);
}

static void open_kiosk(struct bench *bench)
{
	SCOPED(char_freep)
	char *path = home_path(bench->home, HOME_FORMS, "intake.xml");
	struct run_world world;

	assert_int_equal(lobby_read(bench->home, &bench->lobby), FAULT_NONE);
	assert_int_equal(form_read(path, NULL, &bench->form), FAULT_NONE);
	assert_int_equal(slots_new(bench->form, &bench->slots), FAULT_NONE);
	world = (struct run_world){ .to = bench->lobby,
				    .now = now,
				    .zone = bench->lobby->zone,
				    .random_bytes = chance,
				    .property = property };
	assert_int_equal(run_new(bench->form, &world, &bench->run), FAULT_NONE);
	answer_as_persona(bench->run);
	assert_int_equal(issuer_open(bench->home, bench->lobby, &bench->issuer),
			 FAULT_NONE);
}

static void open_desk(struct bench *bench, const char *folder)
{
	SCOPED(char_freep)
	char *path = home_path(bench->home, HOME_RECORD, "record.db");
	SCOPED(char_freep) char *passphrase = demo_passphrase(folder);
	enum filing_unlock answer;

	assert_int_equal(record_open(path, &bench->record), FAULT_NONE);
	assert_int_equal(
	    filing_open(bench->home, bench->record, &bench->filing),
	    FAULT_NONE);
	assert_int_equal(filing_unlock(bench->filing, passphrase, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, FILING_UNLOCKED);
}

static void close_both(struct bench *bench)
{
	filing_free(bench->filing);
	record_close(bench->record);
	issuer_free(bench->issuer);
	run_free(bench->run);
	slots_free(bench->slots);
	form_free(bench->form);
	lobby_free(bench->lobby);
	home_free(bench->home);
}

/* Seals one; its time in ms, without the durable number before it. */
static double seal(struct bench *bench, char **digits)
{
	enum issue_answer answer;
	struct issued issued;
	uint32_t number;
	double start, took;

	assert_int_equal(issuer_take(bench->issuer, &number), FAULT_NONE);
	start = measure_ms();
	assert_int_equal(issue_seal(bench->issuer, bench->slots, bench->run,
				    number, now(NULL), 0, &answer, &issued),
			 FAULT_NONE);
	took = measure_ms() - start;
	assert_int_equal(answer, ISSUE_DONE);
	*digits = bytes_take_text(&issued.digits);
	issued_done(&issued);
	assert_int_equal(issue_confirm(bench->issuer), FAULT_NONE);
	return took;
}

static double file_away(struct bench *bench, const char *digits)
{
	static const struct record_who who = { .user = "Sam", .desk = "bench" };
	struct filing_ticket ticket;
	double start = measure_ms(), took;

	assert_int_equal(
	    filing_scan(bench->filing, digits, &who, now(NULL), &ticket),
	    FAULT_NONE);
	took = measure_ms() - start;
	assert_int_equal(ticket.status, FILING_FILED);
	filing_ticket_done(&ticket);
	return took;
}

static double signatures_per_second(void)
{
	uint8_t seed[SIGNATURE_SEED] = { 7 }, data[300] = { 0 };
	uint8_t signature[SIGNATURE_BYTES];
	double start = measure_ms();

	for (int i = 0; i < SIGNATURES; i++) {
		data[0] = (uint8_t)i;
		signature_make(seed, "bench", data, sizeof data, signature);
	}
	return SIGNATURES * 1e3 / (measure_ms() - start);
}

static void measure_tickets(struct bench *bench)
{
	double sealing[TICKETS], filing[TICKETS], sealed, filed;
	double signatures = signatures_per_second();

	for (size_t i = 0; i < TICKETS; i++) {
		SCOPED(char_freep) char *digits = NULL;

		sealing[i] = seal(bench, &digits);
		filing[i] = file_away(bench, digits);
	}
	sealed = 1e3 / measure_median(sealing, TICKETS);
	filed = 1e3 / measure_median(filing, TICKETS);
	printf("a ticket of the first persona, median of %d, disk included\n",
	       TICKETS);
	measure_tell("bare Ed25519 signatures of 300 bytes", signatures, "/s",
		     "%s", "");
	measure_tell("tickets sealed", sealed, "/s", "%.1f signatures each",
		     signatures / sealed);
	measure_tell("tickets filed", filed, "/s", "%.1f signatures each",
		     signatures / filed);
}

/* --- beside the libraries alone --------------------------------------------
 */

#define ROUNDS 400 /* of what is done in memory */
#define PAPERS 40

static double time_of(void (*does)(void *to), void *to, size_t rounds)
{
	double took[ROUNDS];

	for (size_t i = 0; i < rounds; i++) {
		double start = measure_own_ms();

		does(to);
		took[i] = measure_own_ms() - start;
	}
	return measure_median(took, rounds);
}

static void do_sealing(void *to)
{
	static const uint8_t plain[WIRE_PLAIN_MAX];
	struct vector_keys *keys = to;
	uint8_t enc[HPKE_ENC], sealed[WIRE_PLAIN_MAX + HPKE_TAG];
	uint8_t info[WIRE_INFO];
	struct hpke_context context;

	wire_info(keys->agency, keys->kiosk, info);
	assert_int_equal(hpke_send(HPKE_BASE, keys->agency, keys->ephemeral,
				   NULL, info, sizeof info, NULL, enc,
				   &context),
			 FAULT_NONE);
	hpke_seal(&context, info, WIRE_HEADER, plain, sizeof plain, sealed);
}

#define SIGNED (WIRE_MAX - SIGNATURE_BYTES)

static void do_signing(void *to)
{
	static const uint8_t message[SIGNED];
	const struct vector_keys *keys = to;
	uint8_t signature[SIGNATURE_BYTES];

	signature_make(keys->seed, "foyer/ticket/v1/sig", message,
		       sizeof message, signature);
}

static void do_sealing_alone(void *to)
{
	(void)to;
	alone_seal(WIRE_PLAIN_MAX);
}

static void do_signing_alone(void *to)
{
	(void)to;
	alone_sign(SIGNED + sizeof "foyer/ticket/v1/sig");
}

struct rendering {
	const struct lobby *lobby;
	struct issued issued;
	struct picture *picture;
};

static void do_rendering(void *to)
{
	struct rendering *rendering = to;

	picture_free(rendering->picture);
	assert_int_equal(issue_paper(rendering->lobby, &rendering->issued, NULL,
				     PAPER_NARROW, &rendering->picture),
			 FAULT_NONE);
}

static void do_rendering_alone(void *to)
{
	const struct rendering *rendering = to;

	alone_paper(&(struct paper){ .agency = rendering->lobby->agency,
				     .number = rendering->issued.number,
				     .date = "2026-06-21",
				     .desk = rendering->lobby->desk,
				     .helpline = rendering->lobby->helpline },
		    PAPER_NARROW);
}

static void do_encoding_alone(void *to)
{
	const struct rendering *rendering = to;

	alone_symbol((const char *)rendering->issued.digits.data);
}

static void tell_ratio(const char *what, double took, double alone,
		       const char *whose)
{
	measure_tell(what, took, "ms", "%.2f times %s alone (%.3f ms)",
		     took / alone, whose, alone);
}

/* From the key that confirms to what is in the printer's line. */
static double first_byte(struct bench *bench)
{
	SCOPED(emulator_freep)
	struct emulator *emulator = emulator_new(PAPER_NARROW);
	SCOPED(char_freep)
	char *address = xasprintf("tty:%s", emulator_open_tty(emulator));
	SCOPED(printer_freep) struct printer *printer = NULL;
	SCOPED(picture_freep) struct picture *picture = NULL;
	enum issue_answer answer;
	struct issued issued;
	uint32_t number;
	double start, took;
	int64_t turn = 1000;

	assert_int_equal(printer_new(address, &printer), FAULT_NONE);
	assert_int_equal(issuer_take(bench->issuer, &number), FAULT_NONE);
	start = measure_ms();
	assert_int_equal(issue_seal(bench->issuer, bench->slots, bench->run,
				    number, now(NULL), 0, &answer, &issued),
			 FAULT_NONE);
	assert_int_equal(
	    issue_paper(bench->lobby, &issued, NULL, PAPER_NARROW, &picture),
	    FAULT_NONE);
	printer_start(printer, picture, turn);
	while (!emulator->received) {
		printer_ready(printer, printer_events(printer), turn);
		printer_tick(printer, ++turn);
		emulator_pump(emulator, turn);
	}
	took = measure_ms() - start;
	issued_done(&issued);
	assert_int_equal(issue_confirm(bench->issuer), FAULT_NONE);
	return took;
}

/* A ticket as large as there is one, but for the first byte, which is the
 * persona's. */
static void measure_beside(struct bench *bench)
{
	struct rendering rendering = { .lobby = bench->lobby,
				       .issued = { .minutes = -1 } };
	struct vector_keys keys;
	double first[PAPERS], sealing, signing, painting, encoding, rendered;

	vector_keys(&keys);
	vector_wire(2, &rendering.issued.wire);
	wire_number("K7", 10414, rendering.issued.number);
	frame_write(FRAME_TICKET, 414, rendering.issued.wire.bytes,
		    rendering.issued.wire.length, &rendering.issued.digits);
	sealing = time_of(do_sealing_alone, NULL, ROUNDS);
	signing = time_of(do_signing_alone, NULL, ROUNDS);
	painting = time_of(do_rendering_alone, &rendering, PAPERS);
	encoding = time_of(do_encoding_alone, &rendering, PAPERS);
	printf("what is ours in it, medians of what is computed\n");
	tell_ratio("480 bytes sealed", time_of(do_sealing, &keys, ROUNDS),
		   sealing, "libsodium");
	tell_ratio("a wire signed", time_of(do_signing, &keys, ROUNDS), signing,
		   "libsodium");
	rendered = time_of(do_rendering, &rendering, PAPERS);
	tell_ratio("a paper rendered, with its symbol", rendered, painting,
		   "Pango");
	tell_ratio("the same", rendered, painting + encoding,
		   "Pango and libqrencode");
	for (size_t i = 0; i < PAPERS; i++)
		first[i] = first_byte(bench);
	tell_ratio("from answers to the first byte, with the disk",
		   measure_median(first, PAPERS), sealing + signing + painting,
		   "libsodium and Pango");
	issued_done(&rendering.issued);
	picture_free(rendering.picture);
}

int main(void)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = xasprintf("%s/home", folder);
	struct bench bench = { 0 };

	assert_true(walker_home(path));
	assert_int_equal(home_open(path, &bench.home), FAULT_NONE);
	open_kiosk(&bench);
	open_desk(&bench, path);
	measure_tickets(&bench);
	measure_beside(&bench);
	measure_tell_load();
	close_both(&bench);
	return 0;
}
