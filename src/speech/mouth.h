#pragma once

#include "speech/speaker.h"

/*
 * The speaking process: takes messages from socket until it is closed, then
 * overwrites its memory and ends. Any message ends what is being said.
 *
 * A message is texts, each ended by a zero byte: where the sound goes
 * (speech/sink.h), then for each prompt its language, its key ("": none) and
 * its words. One without any text is only an end of what is being said.
 */
#define MOUTH_MESSAGE (96 * 1024) /* bytes of one */
#define MOUTH_PAUSE_MS 250        /* of silence behind each prompt */

void mouth_run(const struct speaker_ways *ways, int socket)
    __attribute__((noreturn));
