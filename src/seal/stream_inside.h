#pragma once

#include "seal/stream.h"

/* Inside the room: what sealing and opening a stream share. */

/* The reading side of a one-time key. */
struct stream *stream_reading(const uint8_t key[STREAM_KEY],
			      const uint8_t begin[STREAM_BEGIN]);
