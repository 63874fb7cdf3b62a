#pragma once

#include <stdbool.h>

#include "desk/desk.h"

/*
 * Somebody at the locked desk gives a name and a passphrase. Where people have
 * passphrases of their own (record/user.h) it is theirs, and they work with
 * their roles and teams; else it is the agency key's, and the name is taken at
 * its word. True: they work here now. False: the message line says why not.
 *
 * While the record cannot be reached it is the same without it, as far as that
 * goes: the agency key's passphrase is checked against its file. Where people
 * sign in, whoever did here last is let in with their own; others with the
 * agency key's, for tickets alone. Nothing of the record is to be seen then,
 * nor changed, and who signs in has to again when it is back.
 */
bool enter_desk(struct desk *desk, const char *name, const char *passphrase);

/* Whether the desk asks for people's own passphrases, and can check them. */
bool enter_is_own(struct desk *desk);
