#pragma once

#include "base/memory.h"

/*
 * The name of a message's recording, without its ending: the key with each run
 * of what is not a letter, a digit, "-" or "." made one "_", so that
 * "intake:/data/A3:label" is read from audio/TAG/intake_data_A3_label.opus.
 * The caller frees it.
 */
char *audio_id(const char *key);

/*
 * A letter or a sign as its name is recorded, whether it was written great or
 * small in a language (BCP 47): "K" for "k". The caller frees it.
 */
char *audio_sign(const char *text, const char *language);

/*
 * The key of the name of a sign: "digit:7", "letter:K", or by the numbers of
 * its characters in Unicode, "letter:0986". The caller frees it.
 */
char *audio_sign_key(const char *sign);
