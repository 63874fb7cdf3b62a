#pragma once

#include "vault/message.h"
#include "vault/place.h"

/* What the helper does with a request: the only deeds that need root. */

/*
 * Does it, whatever it takes, and says how things are afterwards. A partition
 * that holds anything but zeros or a LUKS header is never written to.
 */
void keeper_do(const struct vault_place *place,
	       const struct vault_request *request,
	       struct vault_answer *answer);
