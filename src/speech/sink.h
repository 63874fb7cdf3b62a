#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/memory.h"

/*
 * Where sound goes: VOICE_RATE samples a second, one channel, 16 bits.
 *
 *   alsa:DEVICE  an ALSA device ("alsa:default", "alsa:plughw:1,0"); the
 *                library is loaded when the first is opened
 *   file:PATH    added to a file or written to a pipe, as they are, in the
 *                machine's byte order; a pipe is made to hold no more than a
 *                page, so that whoever reads it sets the pace
 */
struct sink;

#define SINK_PIECE 240 /* samples in one write: 5 ms */
#define SINK_AHEAD 40  /* ms of sound that a device holds at most */

/*
 * FAULT_FORMAT: no such kind. FAULT_SYSTEM: it cannot be opened; the log has
 * the reason. The caller frees *out.
 */
MUST_CHECK enum fault sink_open(const char *address, struct sink **out);
void sink_free(struct sink *sink); /* NULL is fine */
DEFINE_SCOPED(struct sink, sink_free)

/*
 * Gives it SINK_PIECE samples or fewer, and returns when there is room for
 * more. FAULT_SYSTEM: it is gone (unplugged); nothing more will be heard.
 */
MUST_CHECK enum fault sink_write(struct sink *sink, const int16_t *samples,
				 size_t count);

void sink_finish(struct sink *sink); /* returns when all was heard */
void sink_drop(struct sink *sink);   /* what was not heard yet never is */
