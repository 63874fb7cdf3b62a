#include "speech/mouth.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/process.h"
#include "speech/recording.h"
#include "speech/sink.h"
#include "speech/voice.h"

struct mouth {
	const struct speaker_ways *ways;
	int socket;
	struct sink *sink; /* NULL: none is open */
	char *address;     /* of the sink that was asked for last */
	bool broken;       /* it could not be opened, or was unplugged */
};

static bool is_interrupted(const struct mouth *mouth)
{
	struct pollfd wait = { .fd = mouth->socket, .events = POLLIN };

	return poll(&wait, 1, 0) > 0;
}

/* A piece at a time, so that whoever interrupts waits for no more than one. */
static bool put(void *to, const int16_t *samples, size_t count)
{
	struct mouth *mouth = to;

	while (count) {
		size_t piece = count < SINK_PIECE ? count : SINK_PIECE;

		if (mouth->broken || is_interrupted(mouth))
			return false;
		mouth->broken = sink_write(mouth->sink, samples, piece);
		samples += piece;
		count -= piece;
	}
	return true;
}

static void be_silent(struct mouth *mouth)
{
	static const int16_t silence[SINK_PIECE];

	for (int left = MOUTH_PAUSE_MS * VOICE_RATE / 1000; left > 0;
	     left -= SINK_PIECE) {
		if (!put(mouth, silence, SINK_PIECE))
			return;
	}
}

static bool say_recorded(struct mouth *mouth, const char *language,
			 const char *key, const char *text)
{
	for (size_t i = 0; key[0] && i < COUNT(mouth->ways->packs); i++) {
		const char *folder = mouth->ways->packs[i];

		if (folder && recording_say(folder, language, key, text, put,
					    mouth) == RECORDING_SAID)
			return true;
	}
	return false;
}

static void say(struct mouth *mouth, const char *language, const char *key,
		const char *text)
{
	if (say_recorded(mouth, language, key, text) ||
	    (mouth->ways->has_voice && voice_say(language, text, put, mouth)))
		be_silent(mouth);
}

static bool open_sink(struct mouth *mouth, const char *address)
{
	if (mouth->sink && !mouth->broken &&
	    strcmp(mouth->address, address) == 0)
		return true;
	sink_free(mouth->sink);
	free(mouth->address);
	mouth->sink = NULL;
	mouth->address = xstrdup(address);
	mouth->broken = sink_open(address, &mouth->sink) != FAULT_NONE;
	return !mouth->broken;
}

/* The text behind at, before end; NULL where there is none. */
static const char *next_text(const char **at, const char *end)
{
	const char *text = *at;
	const char *zero =
	    text < end ? memchr(text, 0, (size_t)(end - text)) : NULL;

	if (!zero)
		return NULL;
	*at = zero + 1;
	return text;
}

static void obey(struct mouth *mouth, const char *message, size_t length)
{
	const char *end = message + length;
	const char *address = next_text(&message, end);

	if (!address || !open_sink(mouth, address))
		return;
	while (!mouth->broken && !is_interrupted(mouth)) {
		const char *language = next_text(&message, end);
		const char *key = next_text(&message, end);
		const char *text = next_text(&message, end);

		if (!text) {
			sink_finish(mouth->sink);
			return;
		}
		say(mouth, language, key, text);
	}
	if (!mouth->broken)
		sink_drop(mouth->sink);
}

void mouth_run(const struct speaker_ways *ways, int socket)
{
	static char message[MOUTH_MESSAGE];
	struct mouth mouth = { .ways = ways, .socket = socket };
	ssize_t length;

	do {
		length = recv(socket, message, sizeof message, 0);
		if (length > 0)
			obey(&mouth, message, (size_t)length);
		explicit_bzero(message, length > 0 ? (size_t)length : 0);
	} while (length > 0 || (length < 0 && errno == EINTR));
	sink_free(mouth.sink);
	free(mouth.address);
	process_wipe_and_exit(0);
}
