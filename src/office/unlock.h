#pragma once

#include "base/home.h"
#include "filing/filing.h"

/*
 * Opens the agency's keys with a passphrase from where passphrase_read() looks
 * for it: 0, or the exit status after a complaint that names command ("foyer
 * ticket read"). A wrong passphrase is the input's fault.
 */
int unlock_keys(struct filing *filing, const struct home *home, int descriptor,
		const char *command);
