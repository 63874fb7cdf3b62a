#pragma once

#include "base/memory.h"

/*
 * The name of a message's recording, without its ending: the key with each run
 * of what is not a letter, a digit, "-" or "." made one "_", so that
 * "intake:/data/A3:label" is read from audio/TAG/intake_data_A3_label.opus.
 * The caller frees it.
 */
char *audio_id(const char *key);
