#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Sound as a test listens to it: 48 kHz, one channel. Samples are taken from
 * the room speech itself or from the pipe that a speaker writes to.
 */
struct heard {
	int16_t *samples;
	size_t count;
};

bool heard_add(void *heard, const int16_t *samples, size_t count); /* a sink */
void heard_done(struct heard *heard);

/* A pipe with a name in the folder, to be read; mouth() of it is "file:...". */
int heard_pipe(const char *folder, char **output);

/* Takes count samples from a pipe; the test fails where they do not come. */
void heard_take(int pipe, size_t count, struct heard *heard);

/* Takes samples until those of end have come, and says where they begin. */
size_t heard_until(int pipe, const struct heard *end, struct heard *heard);

/* Fails unless the same samples stand at that place. */
void heard_expect(const struct heard *heard, size_t at,
		  const struct heard *part);

/* How alike the loudness of two runs in time is: 1 is the same, 0 nothing. */
double heard_likeness(const struct heard *one, const struct heard *other);

/*
 * Records a tone of so many hertz, milliseconds long, as a person would record
 * text: folder/TAG/ID.opus, marked as being of text (NULL: without a mark).
 */
void heard_record(const char *folder, const char *tag, const char *key,
		  const char *text, int hertz, int milliseconds);

/* What such a recording sounds like. */
void heard_recording(const char *folder, const char *tag, const char *key,
		     const char *text, struct heard *heard);
