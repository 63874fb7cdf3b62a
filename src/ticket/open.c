#include "ticket/open.h"

#include "seal/open.h"
#include "seal/secret.h"

#define ENC_AT WIRE_HEADER
#define SEALED_AT (WIRE_HEADER + HPKE_ENC)

enum open_answer wire_open(const uint8_t *bytes, size_t length,
			   const uint8_t agency_secret[KEY_BYTES],
			   const uint8_t agency[KEY_BYTES],
			   const uint8_t kiosk[KEY_BYTES],
			   uint8_t plain[WIRE_PLAIN_MAX], size_t *plain_length)
{
	struct hpke_context *context;
	uint8_t info[WIRE_INFO];
	int size_class = wire_class_of_length(length);
	enum open_answer answer = OPEN_REFUSED;

	if (size_class < 0)
		return OPEN_REFUSED;
	context = secret_new(sizeof *context);
	wire_info(agency, kiosk, info);
	*plain_length = wire_plain((unsigned)size_class);
	if (!hpke_receive(HPKE_BASE, agency_secret, bytes + ENC_AT, NULL, info,
			  sizeof info, NULL, context) &&
	    hpke_open(context, bytes, WIRE_HEADER, bytes + SEALED_AT,
		      *plain_length + HPKE_TAG, plain) == HPKE_OPENED)
		answer = OPEN_DONE;
	secret_free(context);
	return answer;
}
