#pragma once

#include "seal/stream.h"

/*
 * Opening what seal/stream.h sealed. For the desk and the office only, as
 * seal/open.h is.
 */
enum stream_opened {
	STREAM_OPENED,
	STREAM_NOT_OURS, /* another key, another front, or a damaged head */
};

/*
 * purpose and front are as they were at stream_seal(). On STREAM_OPENED the
 * caller pulls the frames and frees *out with stream_free().
 */
enum stream_opened stream_open(const uint8_t secret[HPKE_KEY],
			       const char *purpose, const void *front,
			       size_t front_length,
			       const uint8_t head[STREAM_HEAD],
			       struct stream **out);
