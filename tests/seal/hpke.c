#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/file.h"
#include "seal/open.h"
#include "seal/seal.h"
#include "tests/support/hex.h"

static const char info[] = "Ode on a Grecian Urn";
static const char plain[] = "Beauty is truth, truth beauty";
#define PLAIN (sizeof plain - 1)

struct vector {
	int mode;
	uint8_t skE[32], skR[32], pkR[32], skS[32], pkS[32], enc[32], key[32];
	uint8_t nonce[12], psk[32], psk_id[22];
	struct {
		unsigned long sequence;
		uint8_t sealed[PLAIN + HPKE_TAG];
	} messages[6];
	int count;
};

static const struct {
	const char *name;
	size_t at, size;
} fields[] = {
#define FIELD(f)                                                              \
	{                                                                     \
#f, offsetof(struct vector, f), sizeof((struct vector *)0)->f \
	}
	FIELD(skE), FIELD(skR), FIELD(pkR),   FIELD(skS), FIELD(pkS),
	FIELD(enc), FIELD(key), FIELD(nonce), FIELD(psk), FIELD(psk_id),
};

static void read_line(struct vector *vectors, int *count, const char *line)
{
	struct vector *vector = *count ? &vectors[*count - 1] : NULL;
	char name[16];
	int used;

	if (sscanf(line, "%15s %n", name, &used) != 1 || name[0] == '#')
		return;
	if (strcmp(name, "mode") == 0) {
		assert_true(*count < 4);
		vectors[(*count)++].mode = atoi(line + used);
		return;
	}
	for (size_t i = 0; i < COUNT(fields); i++) {
		if (strcmp(name, fields[i].name) == 0) {
			assert_int_equal(
			    from_hex(line + used,
				     (uint8_t *)vector + fields[i].at,
				     fields[i].size),
			    fields[i].size);
			return;
		}
	}
	assert_true(vector->count < 6);
	vector->messages[vector->count].sequence = strtoul(name, NULL, 10);
	assert_int_equal(from_hex(line + used,
				  vector->messages[vector->count++].sealed,
				  PLAIN + HPKE_TAG),
			 PLAIN + HPKE_TAG);
}

static int read_vectors(struct vector vectors[4])
{
	struct bytes text = { 0 };
	int count = 0;

	assert_int_equal(
	    file_read("tests/data/seal/rfc9180-a2.txt", 65536, &text), 0);
	for (char *line = strtok((char *)text.data, "\n"); line;
	     line = strtok(NULL, "\n"))
		read_line(vectors, &count, line);
	bytes_done(&text);
	assert_int_equal(count, 4);
	return count;
}

static const struct hpke_psk *psk_of(const struct vector *vector,
				     struct hpke_psk *psk)
{
	*psk = (struct hpke_psk){ .key = vector->psk,
				  .key_length = sizeof vector->psk,
				  .id = vector->psk_id,
				  .id_length = sizeof vector->psk_id };
	return vector->mode & HPKE_PSK ? psk : NULL;
}

static void receive(const struct vector *vector, struct hpke_context *context)
{
	struct hpke_psk psk;

	assert_int_equal(
	    hpke_receive(vector->mode, vector->skR, vector->enc,
			 vector->mode & HPKE_AUTH ? vector->pkS : NULL, info,
			 strlen(info), psk_of(vector, &psk), context),
	    FAULT_NONE);
}

static void the_rfc_s_messages_are_sealed_as_it_says(void **state)
{
	struct vector vectors[4] = { 0 };
	int count = read_vectors(vectors);

	(void)state;
	for (int i = 0; i < count; i++) {
		const struct vector *vector = &vectors[i];
		struct hpke_context context;
		struct hpke_psk psk;
		uint8_t enc[32], sealed[PLAIN + HPKE_TAG];
		char aad[16];

		assert_int_equal(
		    hpke_send(vector->mode, vector->pkR, vector->skE,
			      vector->mode & HPKE_AUTH ? vector->skS : NULL,
			      info, strlen(info), psk_of(vector, &psk), enc,
			      &context),
		    FAULT_NONE);
		assert_memory_equal(enc, vector->enc, 32);
		assert_memory_equal(context.key, vector->key, 32);
		assert_memory_equal(context.nonce, vector->nonce, 12);
		assert_int_equal(vector->count, 6);
		for (int m = 0; m < vector->count; m++) {
			context.sequence = vector->messages[m].sequence;
			snprintf(aad, sizeof aad, "Count-%lu",
				 vector->messages[m].sequence);
			hpke_seal(&context, aad, strlen(aad), plain, PLAIN,
				  sealed);
			assert_memory_equal(sealed, vector->messages[m].sealed,
					    sizeof sealed);
			assert_int_equal(context.sequence,
					 vector->messages[m].sequence + 1);
		}
	}
}

static void the_rfc_s_messages_open(void **state)
{
	struct vector vectors[4] = { 0 };
	int count = read_vectors(vectors);

	(void)state;
	for (int i = 0; i < count; i++) {
		struct hpke_context context;
		uint8_t opened[PLAIN];
		char aad[16];

		receive(&vectors[i], &context);
		for (int m = 0; m < vectors[i].count; m++) {
			context.sequence = vectors[i].messages[m].sequence;
			snprintf(aad, sizeof aad, "Count-%lu",
				 vectors[i].messages[m].sequence);
			assert_int_equal(
			    hpke_open(&context, aad, strlen(aad),
				      vectors[i].messages[m].sealed,
				      PLAIN + HPKE_TAG, opened),
			    HPKE_OPENED);
			assert_memory_equal(opened, plain, PLAIN);
		}
	}
}

static void a_changed_message_or_header_does_not_open(void **state)
{
	struct vector vectors[4] = { 0 };
	struct hpke_context context;
	uint8_t sealed[PLAIN + HPKE_TAG], opened[PLAIN];
	static const uint8_t zeros[PLAIN];

	(void)state;
	read_vectors(vectors);
	receive(&vectors[0], &context);
	for (size_t bit = 0; bit < 8 * sizeof sealed; bit++) {
		memcpy(sealed, vectors[0].messages[0].sealed, sizeof sealed);
		sealed[bit / 8] ^= (uint8_t)(1 << bit % 8);
		memset(opened, 0xAA, sizeof opened);
		assert_int_equal(hpke_open(&context, "Count-0", 7, sealed,
					   sizeof sealed, opened),
				 HPKE_REFUSED);
		assert_memory_equal(opened, zeros, sizeof opened);
	}
	assert_int_equal(hpke_open(&context, "Count-1", 7,
				   vectors[0].messages[0].sealed, sizeof sealed,
				   opened),
			 HPKE_REFUSED);
	assert_int_equal(context.sequence, 0);
}

/* RFC 7748 §6.1: the result of these is zero whatever the secret is. */
static void a_key_that_gives_everybody_the_same_secret_is_a_fault(void **state)
{
	static const uint8_t secret[32] = { 1, 2, 3 };
	uint8_t key[32] = { 0 }, enc[32];
	struct hpke_context context;

	(void)state;
	for (uint8_t first = 0; first < 2; first++) {
		key[0] = first;
		assert_int_equal(hpke_send(HPKE_BASE, key, secret, NULL, "", 0,
					   NULL, enc, &context),
				 FAULT_FORMAT);
		assert_int_equal(hpke_receive(HPKE_BASE, secret, key, NULL, "",
					      0, NULL, &context),
				 FAULT_FORMAT);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_rfc_s_messages_are_sealed_as_it_says),
		cmocka_unit_test(the_rfc_s_messages_open),
		cmocka_unit_test(a_changed_message_or_header_does_not_open),
		cmocka_unit_test(
		    a_key_that_gives_everybody_the_same_secret_is_a_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
