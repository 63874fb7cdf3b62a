#include "tests/support/vectors.h"

#include <sodium.h>
#include <string.h>

#include "tests/support/hex.h"
#include "tests/test.h"

const struct vector vectors[VECTORS] = {
	{ .sequence = 412,
	  .plain_length = 128,
	  .tag = "25948c8761a8a8f395ce0d9377c9e8fc",
	  .wire_sha256 = "f6520d5bd08d6b4dab9be566bffaa0316e5c2c88aaa13f95f922"
			 "e8a8d345eebf",
	  .digits = 628,
	  .digits_begin = "583110412024900557280856",
	  .digits_end = "3504270876",
	  .digits_sha256 = "9cda43b9a9f2db63a0110386bda66717c0b25682f8563addea"
			   "68a4ee4160dc3d" },
	{ .sequence = 413,
	  .plain_length = 256,
	  .tag = "3d781d6478213f88d7f62bb4adf1675d",
	  .wire_sha256 = "3d6c94ba37091925b777e56203798fa528803c2bc4167e62d0b5"
			 "5ba66b18ad97",
	  .digits = 939,
	  .digits_begin = "583110413037700557280856",
	  .digits_end = "2767261275",
	  .digits_sha256 = "66592b0536989660640f333ad5919454dcdb03b264e4c12465"
			   "06865c0af595f2" },
	{ .sequence = 10414,
	  .plain_length = 480,
	  .tag = "48bfcd0aa09b659bba61191d9c2f1bfc",
	  .wire_sha256 = "30de50b8b3f25beb83610a436ae2a94fc816cb7008c27f3e41d9"
			 "56e011db92d2",
	  .digits = 1483,
	  .digits_begin = "583110414060100557280856",
	  .digits_end = "1554331603",
	  .digits_sha256 = "22e0d5e8e44f0609638b06411447a7edc144b106ebed3af25e"
			   "ace31aebd6e489" },
};

void vector_keys(struct vector_keys *keys)
{
	memset(keys->agency_secret, 0x11, 32);
	memset(keys->seed, 0x22, 32);
	memset(keys->ephemeral, 0x33, 32);
	crypto_scalarmult_base(keys->agency, keys->agency_secret);
	signature_public(keys->seed, keys->kiosk);
}

void vector_plain(int which, uint8_t plain[WIRE_PLAIN_MAX])
{
	if (which == 0) {
		memset(plain, 0, 128);
		from_hex("010101c5a0100000000000000000ff", plain, 15);
		return;
	}
	for (size_t i = 0; i < vectors[which].plain_length; i++)
		plain[i] = (uint8_t)(i % 251);
}

void vector_wire(int which, struct wire *wire)
{
	struct vector_keys keys;
	uint8_t plain[WIRE_PLAIN_MAX];

	vector_keys(&keys);
	vector_plain(which, plain);
	assert_int_equal(wire_make(keys.agency, keys.kiosk, keys.seed,
				   keys.ephemeral, vectors[which].sequence,
				   plain, vectors[which].plain_length, wire),
			 FAULT_NONE);
}
