#include "office/names.h"

#include "base/log.h"
#include "office/passphrase.h"
#include "record/names.h"
#include "seal/ring.h"
#include "seal/secret.h"

static int from = PASSPHRASE_NO_FD;

void names_from(int descriptor)
{
	from = descriptor;
}

enum fault names_open_here(const struct home *home, struct record *record)
{
	SCOPED(ring_freep) struct ring *ring = NULL;
	char passphrase[PASSPHRASE_LIMIT];
	struct ring_tried tried;
	bool opened = false;
	enum fault fault;

	if (names_state(record) != NAMES_LOCKED ||
	    (from == PASSPHRASE_NO_FD && !home_is_demo(home)))
		return FAULT_NONE;
	ring = ring_new();
	if (!(fault = passphrase_read(home, from, "", passphrase)))
		fault = ring_unlock(ring, home_folder(home, HOME_KEYS),
				    passphrase, &tried);
	secret_wipe(passphrase, sizeof passphrase);
	for (size_t i = 0; !fault && !opened && i < ring_count(ring); i++)
		fault = names_unlock(record, ring_at(ring, i), &opened);
	if (fault || opened)
		return fault;
	log_error("--names-fd: that passphrase does not open the names");
	return FAULT_FORMAT;
}
