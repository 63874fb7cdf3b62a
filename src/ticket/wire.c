#include "ticket/wire.h"

#include <stdio.h>
#include <string.h>

#include "seal/seal.h"
#include "seal/secret.h"

#define ENC_AT WIRE_HEADER
#define SEALED_AT (WIRE_HEADER + HPKE_ENC)
#define AROUND (SEALED_AT + HPKE_TAG + SIGNATURE_BYTES) /* 121 */

static const char signature_prefix[] = "foyer/ticket/v1/sig";
static const char info_prefix[] = "foyer/ticket/v1/hpke"; /* and its zero */

static const size_t classes[WIRE_CLASSES] = { 128, 256, WIRE_PLAIN_MAX };

_Static_assert(sizeof info_prefix + 2 * KEY_BYTES == WIRE_INFO,
	       "info is the prefix with its zero byte and two keys");
_Static_assert(WIRE_PLAIN_MAX + AROUND == WIRE_MAX, "the largest wire");

size_t wire_plain(unsigned size_class)
{
	return classes[size_class];
}

int wire_class_of_plain(size_t length)
{
	for (int i = 0; i < WIRE_CLASSES; i++) {
		if (classes[i] == length)
			return i;
	}
	return -1;
}

int wire_class_of_length(size_t length)
{
	return length < AROUND ? -1 : wire_class_of_plain(length - AROUND);
}

static unsigned two(const uint8_t *at)
{
	return (unsigned)at[0] << 8 | at[1];
}

enum wire_answer wire_read(const uint8_t *bytes, size_t length,
			   struct wire_header *header)
{
	if (wire_class_of_length(length) < 0)
		return WIRE_NOT_A_WIRE;
	if (bytes[0] != WIRE_SUITE)
		return WIRE_UNKNOWN_SUITE;
	*header = (struct wire_header){
		.agency = (uint16_t)two(bytes + 1),
		.kiosk = (uint16_t)two(bytes + 3),
		.sequence = (uint32_t)two(bytes + 5) << 16 | two(bytes + 7),
	};
	if (header->sequence == 0 || header->sequence > WIRE_SEQUENCE_MAX)
		return WIRE_NO_SUCH_NUMBER;
	return WIRE_SOUND;
}

bool wire_genuine(const uint8_t *bytes, size_t length,
		  const uint8_t kiosk[KEY_BYTES])
{
	size_t signed_length = length - SIGNATURE_BYTES;

	return wire_class_of_length(length) >= 0 &&
	       signature_good(kiosk, signature_prefix, bytes, signed_length,
			      bytes + signed_length);
}

void wire_info(const uint8_t agency[KEY_BYTES], const uint8_t kiosk[KEY_BYTES],
	       uint8_t info[WIRE_INFO])
{
	memcpy(info, info_prefix, sizeof info_prefix);
	memcpy(info + sizeof info_prefix, agency, KEY_BYTES);
	memcpy(info + sizeof info_prefix + KEY_BYTES, kiosk, KEY_BYTES);
}

static void put(uint8_t *at, uint32_t number, int count)
{
	for (int i = 0; i < count; i++)
		at[i] = (uint8_t)(number >> (8 * (count - 1 - i)));
}

enum fault wire_make(const uint8_t agency[KEY_BYTES],
		     const uint8_t kiosk[KEY_BYTES],
		     const uint8_t seed[SIGNATURE_SEED],
		     const uint8_t ephemeral[KEY_BYTES], uint32_t sequence,
		     const uint8_t *plain, size_t length, struct wire *out)
{
	struct hpke_context *context = secret_new(sizeof *context);
	uint8_t info[WIRE_INFO], *bytes = out->bytes;
	size_t signed_length = SEALED_AT + length + HPKE_TAG;
	enum fault fault;

	bytes[0] = WIRE_SUITE;
	put(bytes + 1, key_id(KEY_AGENCY, agency), 2);
	put(bytes + 3, key_id(KEY_KIOSK, kiosk), 2);
	put(bytes + 5, sequence, 4);
	wire_info(agency, kiosk, info);
	fault = hpke_send(HPKE_BASE, agency, ephemeral, NULL, info, sizeof info,
			  NULL, bytes + ENC_AT, context);
	if (!fault)
		hpke_seal(context, bytes, WIRE_HEADER, plain, length,
			  bytes + SEALED_AT);
	secret_free(context);
	if (fault)
		return fault;
	signature_make(seed, signature_prefix, bytes, signed_length,
		       bytes + signed_length);
	out->length = signed_length + SIGNATURE_BYTES;
	return FAULT_NONE;
}

void wire_hash(const uint8_t *bytes, size_t length,
	       uint8_t hash[KEY_HASH_BYTES])
{
	key_hash_plain(bytes, length, hash);
}

void wire_instance_id(const uint8_t hash[KEY_HASH_BYTES],
		      char text[WIRE_INSTANCE_BYTES])
{
	uint8_t id[16];
	size_t used = 5;

	memcpy(id, hash, sizeof id);
	id[6] = (uint8_t)(0x80 | (id[6] & 0x0F)); /* version 8 */
	id[8] = (uint8_t)(0x80 | (id[8] & 0x3F)); /* RFC 9562's variant */
	memcpy(text, "uuid:", used);
	for (size_t i = 0; i < sizeof id; i++) {
		bool dash = i == 4 || i == 6 || i == 8 || i == 10;

		used +=
		    (size_t)snprintf(text + used, WIRE_INSTANCE_BYTES - used,
				     "%s%02x", dash ? "-" : "", id[i]);
	}
}

void wire_number(const char *name, uint32_t sequence,
		 char text[WIRE_NUMBER_BYTES])
{
	snprintf(text, WIRE_NUMBER_BYTES, "%.24s-%04u", name,
		 (unsigned)(sequence % 10000));
}
