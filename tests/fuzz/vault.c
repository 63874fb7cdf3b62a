#include <assert.h>
#include <string.h>

#include "vault/message.h"

/* Whatever reaches the helper that runs as root: it is a request, and then
 * writes again as it came, or none. Its answers are read by the desk. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct vault_request request;
	struct vault_answer answer;
	struct bytes again = { 0 };

	if (vault_request_read(data, size, &request)) {
		vault_request_write(&request, &again);
		assert(again.length == size && !memcmp(again.data, data, size));
		assert(!strpbrk(request.stick, "/. "));
	}
	bytes_done(&again);
	if (vault_answer_read(data, size, &answer)) {
		vault_answer_write(&answer, &again);
		assert(again.length == size && !memcmp(again.data, data, size));
	}
	bytes_done(&again);
	return 0;
}
