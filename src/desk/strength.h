#pragma once

/* How good a passphrase is that somebody chooses: a catalogue key. */
const char *strength_key(const char *passphrase);
