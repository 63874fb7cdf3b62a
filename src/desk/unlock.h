#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "desk/desk.h"

/*
 * Keys that came all at once while the locked desk is the uppermost screen: a
 * passphrase that was pasted, or any barcode. Characters alone are put into
 * the passphrase's field, where they are dots and do nothing: only Enter,
 * pressed by itself, tries them, and a letter or Backspace begins anew. A name
 * is typed by hand, since what is done is written down under it. False, and
 * nothing said: with an arrow or Escape among them, or too long for a
 * passphrase, they are none.
 */
bool unlock_paste(struct desk *desk, const uint32_t *typed, size_t count);
