#pragma once

#include <stdbool.h>

#include "desk/desk.h"

/*
 * Somebody at the locked desk gives a name and a passphrase. Where people have
 * passphrases of their own (record/user.h) it is theirs, and they work with
 * their roles and teams; else it is the agency key's, and the name is taken at
 * its word. True: they work here now. False: the message line says why not.
 */
bool enter_desk(struct desk *desk, const char *name, const char *passphrase);

/* Whether the desk asks for people's own passphrases. */
bool enter_is_own(struct desk *desk);
