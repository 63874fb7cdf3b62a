#include "speech/recording.h"

#include <opusfile.h>
#include <string.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/log.h"
#include "speech/mark.h"
#include "text/audio.h"

#define COMMENT "FOYER_TEXT"
#define PIECE 960 /* samples given to the sink at a time */

static void opus_freep(OggOpusFile **file)
{
	op_free(*file);
}

static bool is_of(const OggOpusFile *file, const char *text)
{
	const OpusTags *tags = op_tags(file, -1);
	const char *said = tags ? opus_tags_query(tags, COMMENT, 0) : NULL;
	char mark[MARK_LENGTH + 1];

	mark_of(text, mark);
	return said && strcmp(said, mark) == 0;
}

/* Both ears hear the same; a sum of two cannot overflow an int. */
static void to_one_channel(const opus_int16 *both, int16_t *one, int count)
{
	for (int i = 0; i < count; i++)
		one[i] = (int16_t)((both[2 * i] + both[2 * i + 1]) / 2);
}

/* Returns whether it was sound to the end, or no more was wanted. */
static bool play(OggOpusFile *file, voice_sink *sink, void *to)
{
	opus_int16 both[2 * PIECE];
	int16_t one[PIECE];
	int count;

	/* OP_HOLE: something is missing in its midst. */
	while ((count = op_read_stereo(file, both, 2 * PIECE)) > 0) {
		to_one_channel(both, one, count);
		if (!sink(to, one, (size_t)count))
			return true;
	}
	return count == 0;
}

enum recording_answer recording_decode(const char *name,
				       const unsigned char *bytes,
				       size_t length, const char *text,
				       voice_sink *sink, void *to)
{
	SCOPED(opus_freep) OggOpusFile *file = NULL;
	int problem = 0;
	ogg_int64_t samples;

	file = op_open_memory(bytes, length, &problem);
	if (!file) {
		log_warning("%s: not a recording in Ogg Opus (%d): record it "
			    "again with opusenc",
			    name, problem);
		return RECORDING_REFUSED;
	}
	if (!is_of(file, text))
		return RECORDING_STALE;
	samples = op_pcm_total(file, -1);
	if (samples < 0 ||
	    samples > (ogg_int64_t)RECORDING_SECONDS * VOICE_RATE) {
		log_warning("%s: longer than %d seconds: cut it", name,
			    RECORDING_SECONDS);
		return RECORDING_REFUSED;
	}
	if (play(file, sink, to))
		return RECORDING_SAID;
	log_warning("%s: damaged: record it again", name);
	return RECORDING_REFUSED;
}

enum recording_answer recording_say(const char *folder, const char *tag,
				    const char *key, const char *text,
				    voice_sink *sink, void *to)
{
	SCOPED(char_freep) char *id = audio_id(key);
	SCOPED(char_freep)
	char *path = xasprintf("%s/%s/%s.opus", folder, tag, id);
	struct bytes bytes = { 0 };
	enum recording_answer answer = RECORDING_REFUSED;

	if (!id[0] || !file_exists(path))
		return RECORDING_NONE;
	if (!file_read(path, RECORDING_BYTES, &bytes))
		answer = recording_decode(path, bytes.data, bytes.length, text,
					  sink, to);
	bytes_done(&bytes);
	return answer;
}
