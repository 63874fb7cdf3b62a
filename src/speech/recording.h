#pragma once

#include <stdbool.h>

#include "base/fault.h"
#include "speech/voice.h"

/*
 * A pack is a folder of recordings of one language, audio/TAG, made by a person
 * who read the script that `foyer language audio-list TAG` prints. Each is an
 * Ogg Opus file (RFC 7845) named by the message's id (text/audio.h), and says
 * in its comment FOYER_TEXT which text was read: mark_of() that text. A message
 * whose words have changed since is not spoken from an old recording.
 *
 *	opusenc --comment FOYER_TEXT=MARK said.wav \
 *		audio/so/kiosk.idle.opus
 */
#define RECORDING_BYTES (2 * 1024 * 1024) /* of a file */
#define RECORDING_SECONDS 120             /* of its sound */

enum recording_answer {
	RECORDING_SAID,
	RECORDING_NONE,    /* there is no such file */
	RECORDING_STALE,   /* of other words than these, or it does not tell */
	RECORDING_REFUSED, /* damaged, too large or too long; the log says it */
};

/*
 * Plays folder/TAG/ID.opus into sink if it is a recording of text. Nothing of
 * one that is not played to the end is heard, but for damage in its midst:
 * then RECORDING_REFUSED comes after what was sound.
 */
enum recording_answer recording_say(const char *folder, const char *tag,
				    const char *key, const char *text,
				    voice_sink *sink, void *to);

/* The same from the bytes of a file; name is for the log. */
enum recording_answer recording_decode(const char *name,
				       const unsigned char *bytes,
				       size_t length, const char *text,
				       voice_sink *sink, void *to);
