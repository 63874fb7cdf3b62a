#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/fault.h"
#include "base/memory.h"
#include "speech/prompts.h"

/*
 * Reads prompts aloud: a recording where there is one of these words
 * (speech/recording.h), else espeak-ng where it has the language
 * (speech/voice.h), else nothing.
 *
 * A process of its own does it, one a visitor: it takes prompts over a socket
 * and reads files of outside; libraries are loaded there, when the first prompt
 * comes. What else is in its memory is its parent's when it started, so it is
 * started before an answer is known. It has nothing open that its parent has.
 * It keeps no prompt that was said, and overwrites its memory when it ends,
 * unless a device hangs: then it is killed.
 */
struct speaker;

/* What speaks and through what; read once, for every visitor. */
struct speaker_ways {
	char *packs[2]; /* folders of recordings, the first goes first */
	char *output;   /* as speech/sink.h */
	char *root;     /* of the file system with the sound cards: "" */
	bool vouched;   /* the agency says that it is headphones */
	bool has_voice; /* espeak-ng is installed */
};

void speaker_ways_done(struct speaker_ways *ways);

/* Whether sound goes anywhere now: there is a card, or a file for it. */
bool speaker_is_heard(const struct speaker_ways *ways);

/* Whether anything can be read aloud in a language here. */
bool speaker_serves(const struct speaker_ways *ways, const char *tag);

/* Whether what is said now would go to headphones. */
bool speaker_is_worn(const struct speaker_ways *ways);

/*
 * Starts the process. ways outlives it. The caller frees *out, which ends the
 * process. FAULT_SYSTEM: there is none to be had.
 */
MUST_CHECK enum fault speaker_start(const struct speaker_ways *ways,
				    struct speaker **out);
void speaker_free(struct speaker *speaker); /* NULL is fine */
DEFINE_SCOPED(struct speaker, speaker_free)

/*
 * Says prompts, in place of what was being said. Private ones are left out
 * unless headphones are there now; then instead, if it is not NULL, is said
 * once, where the first would have been.
 */
void speaker_say(struct speaker *speaker, const struct prompts *prompts,
		 const struct prompt *instead);

/* Falls silent within SINK_AHEAD and a piece, in ms (speech/sink.h). */
void speaker_stop(struct speaker *speaker);

/* Writes down what it has for the log, as no device to be found; it waits for
 * nothing. */
void speaker_take(struct speaker *speaker);

pid_t speaker_process(const struct speaker *speaker);
