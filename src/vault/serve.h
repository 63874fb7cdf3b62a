#pragma once

#include "base/fault.h"
#include "vault/place.h"

/*
 * Listens at path until the process ends: one request a connection, one after
 * another, since all of them are about the same partition. Only the owner and
 * root are answered (SO_PEERCRED), and what is no request is answered
 * VAULT_REFUSED without being looked at twice.
 */
MUST_CHECK enum fault
serve_open(const char *path, const struct vault_place *place, int *listener);
void serve_one(int listener, const struct vault_place *place);
