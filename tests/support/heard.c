#include "tests/support/heard.h"

#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "speech/mark.h"
#include "speech/recording.h"
#include "tests/support/folder.h"
#include "tests/test.h"
#include "text/audio.h"

#define PATIENCE 20000 /* ms for a sound to come */
#define FRAME 960      /* samples whose loudness is compared: 20 ms */

bool heard_add(void *to, const int16_t *samples, size_t count)
{
	struct heard *heard = to;

	heard->samples = xreallocarray(heard->samples, heard->count + count + 1,
				       sizeof *samples);
	memcpy(heard->samples + heard->count, samples, count * sizeof *samples);
	heard->count += count;
	return true;
}

void heard_done(struct heard *heard)
{
	free(heard->samples);
	*heard = (struct heard){ 0 };
}

int heard_pipe(const char *folder, char **output)
{
	SCOPED(char_freep) char *path = folder_file(folder, "sound");
	int pipe;

	assert_int_equal(mkfifo(path, 0600), 0);
	pipe = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	assert_true(pipe >= 0);
	*output = xasprintf("file:%s", path);
	return pipe;
}

void heard_take(int pipe, size_t count, struct heard *heard)
{
	uint8_t *bytes = xcalloc(count, 2);
	size_t have = 0;

	while (have < 2 * count) {
		struct pollfd wait = { .fd = pipe, .events = POLLIN };
		ssize_t got;

		assert_int_equal(poll(&wait, 1, PATIENCE), 1);
		got = read(pipe, bytes + have, 2 * count - have);
		assert_true(got > 0);
		have += (size_t)got;
	}
	heard_add(heard, (int16_t *)bytes, count);
	free(bytes);
}

size_t heard_until(int pipe, const struct heard *end, struct heard *heard)
{
	size_t bytes = end->count * sizeof *end->samples;

	for (;;) {
		const char *found =
		    heard->count ? memmem(heard->samples,
					  heard->count * sizeof *end->samples,
					  end->samples, bytes)
				 : NULL;

		if (found)
			return (size_t)(found - (char *)heard->samples) /
			       sizeof *end->samples;
		heard_take(pipe, FRAME / 4, heard);
	}
}

void heard_expect(const struct heard *heard, size_t at,
		  const struct heard *part)
{
	assert_true(at + part->count <= heard->count);
	assert_memory_equal(heard->samples + at, part->samples,
			    part->count * sizeof *part->samples);
}

static double loudness(const struct heard *heard, size_t frame)
{
	double sum = 0;

	for (size_t i = frame * FRAME; i < (frame + 1) * FRAME; i++) {
		double sample = i < heard->count ? heard->samples[i] : 0;

		sum += sample * sample;
	}
	return sqrt(sum / FRAME);
}

/* Pearson's correlation of the loudness of frames. */
double heard_likeness(const struct heard *one, const struct heard *other)
{
	size_t longer = one->count > other->count ? one->count : other->count;
	size_t frames = longer / FRAME + 1;
	double a = 0, b = 0, aa = 0, bb = 0, ab = 0;

	for (size_t i = 0; i < frames; i++) {
		double x = loudness(one, i), y = loudness(other, i);

		a += x;
		b += y;
		aa += x * x;
		bb += y * y;
		ab += x * y;
	}
	return ((double)frames * ab - a * b) /
	       sqrt(((double)frames * aa - a * a) *
		    ((double)frames * bb - b * b));
}

/* --- recordings -------------------------------------------------------------
 */

static void put(FILE *file, uint32_t value, int bytes)
{
	for (int i = 0; i < bytes; i++)
		putc((int)(value >> 8 * i & 0xff), file);
}

/* A RIFF WAVE file of one tone. */
static void write_tone(const char *path, int hertz, int milliseconds)
{
	uint32_t count = (uint32_t)milliseconds * 48;
	FILE *file = fopen(path, "we");

	assert_non_null(file);
	fputs("RIFF", file);
	put(file, 36 + 2 * count, 4);
	fputs("WAVEfmt ", file);
	put(file, 16, 4);
	put(file, 1, 2);
	put(file, 1, 2);
	put(file, 48000, 4);
	put(file, 96000, 4);
	put(file, 2, 2);
	put(file, 16, 2);
	fputs("data", file);
	put(file, 2 * count, 4);
	for (uint32_t i = 0; i < count; i++)
		put(file,
		    (uint32_t)(int32_t)(8000 *
					sin(2 * M_PI * hertz * i / 48000)),
		    2);
	assert_int_equal(fclose(file), 0);
}

void heard_record(const char *folder, const char *tag, const char *key,
		  const char *text, int hertz, int milliseconds)
{
	SCOPED(char_freep) char *id = audio_id(key);
	SCOPED(char_freep) char *pack = xasprintf("%s/%s", folder, tag);
	SCOPED(char_freep) char *wav = xasprintf("%s/tone.wav", folder);
	SCOPED(char_freep) char *command = NULL;
	char mark[MARK_LENGTH + 1] = "";

	assert_int_equal(folder_make(pack), FAULT_NONE);
	write_tone(wav, hertz, milliseconds);
	if (text)
		mark_of(text, mark);
	command = xasprintf("opusenc --quiet --bitrate 24 --comment "
			    "FOYER_TEXT=%s %s %s/%s.opus",
			    mark, wav, pack, id);
	assert_int_equal(system(command), 0);
	assert_int_equal(unlink(wav), 0);
}

void heard_recording(const char *folder, const char *tag, const char *key,
		     const char *text, struct heard *heard)
{
	assert_int_equal(
	    recording_say(folder, tag, key, text, heard_add, heard),
	    RECORDING_SAID);
}
