#include <assert.h>
#include <stdint.h>

#include "print/escpos.h"

/*
 * A printer's replies as they come. Each byte is one of three things, and a
 * job is only ever acknowledged by a byte without the fixed bits.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct escpos_reader reader = { 0 };
	struct escpos_status status = { 0 };
	int question = ESCPOS_ASK_STATE;

	for (size_t i = 0; i < size; i++) {
		enum escpos_reply reply = escpos_reply(&reader, data[i]);

		assert(reader.skip >= 0 && reader.skip <= 3);
		if (reply == ESCPOS_STATUS) {
			assert((data[i] & 0x93) == 0x12);
			escpos_status((enum escpos_piece)question, data[i],
				      &status);
			question = question == ESCPOS_ASK_PAPER
				       ? ESCPOS_ASK_STATE
				       : question + 1;
		} else if (reply == ESCPOS_ACKNOWLEDGED) {
			assert(!(data[i] & 0x90));
			escpos_acknowledged(data[i], &status);
		}
	}
	return 0;
}
