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
#include "seal/secret.h"
#include "seal/signature.h"
#include "tests/bench/measure.h"
#include "tests/support/demo.h"
#include "tests/support/folder.h"
#include "tests/support/walker.h"

/*
 * What a ticket costs at both ends, beside the one signature it cannot do
 * without: a persona's answers are sealed again and again, and each is filed.
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
	measure_tell_load();
	close_both(&bench);
	return 0;
}
