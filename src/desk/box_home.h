#pragma once

#include "desk/box_state.h"

/* What the steps do below the box's folder. */

/* Whether an agency's key lies there. */
bool box_has_key(const struct box *box);
/* Whether anybody signs in already; also where the record cannot be asked: a
 * damaged one is not the way to a new user. */
bool box_has_users(const struct box *box);

/* The language and the zone of its settings, where it has them. */
void box_read_settings(struct box *box);

/* The first field holds digits as a scanner types them. */
bool box_is_scan(const struct box *box);

/* Key, settings and forms are written; false: it was said why not. */
bool box_put_key(struct box *box);

/* Opens the key's file with a passphrase, from the box or the stick: kept in
 * box->key and box->secret. False: it was said why not. */
bool box_open_key(struct box *box, const char *passphrase);

/* Puts a backup of the stick into the record's place. */
void box_restore(struct box *box, const char *name);

/* Makes the first user; false: it was said why not. */
bool box_add_user(struct box *box, const char *name, const char *passphrase);

/* The key's paper goes to a printer of width dots (print/paper.h). */
void box_print_key(struct box *box, int width);
