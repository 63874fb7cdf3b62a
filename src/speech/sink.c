#include "speech/sink.h"

#include <alsa/asoundlib.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "speech/voice.h"

struct sink {
	const struct kind *kind;
	int file;
	snd_pcm_t *device;
};

/* What each kind of place does; the address is behind the colon. */
struct kind {
	const char *prefix;
	enum fault (*open)(struct sink *sink, const char *address);
	enum fault (*write)(struct sink *sink, const int16_t *samples,
			    size_t count);
	void (*finish)(struct sink *sink);
	void (*drop)(struct sink *sink);
	void (*close)(struct sink *sink);
};

/* --- files and pipes --------------------------------------------------------
 */

static enum fault file_open(struct sink *sink, const char *path)
{
	sink->file =
	    open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (sink->file < 0) {
		log_warning("%s: sound cannot go there: %s", path,
			    strerror(errno));
		return FAULT_SYSTEM;
	}
	(void)fcntl(sink->file, F_SETPIPE_SZ, 1); /* a page; no file has it */
	return FAULT_NONE;
}

static enum fault file_put(struct sink *sink, const int16_t *samples,
			   size_t count)
{
	const char *at = (const char *)samples;
	size_t left = count * sizeof *samples;

	while (left) {
		ssize_t put = write(sink->file, at, left);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return FAULT_SYSTEM;
		at += put;
		left -= (size_t)put;
	}
	return FAULT_NONE;
}

static void file_wait(struct sink *sink)
{
	(void)sink;
}

static void file_close(struct sink *sink)
{
	close(sink->file);
}

/* --- ALSA -------------------------------------------------------------------
 */

static struct {
	void *library;
	__typeof__(snd_pcm_open) *open;
	__typeof__(snd_pcm_set_params) *set_params;
	__typeof__(snd_pcm_writei) *writei;
	__typeof__(snd_pcm_recover) *recover;
	__typeof__(snd_pcm_prepare) *prepare;
	__typeof__(snd_pcm_drain) *drain;
	__typeof__(snd_pcm_drop) *drop;
	__typeof__(snd_pcm_close) *close;
	__typeof__(snd_strerror) *error;
} alsa;

static bool alsa_load(void)
{
	const struct {
		const char *name;
		void *at;
	} functions[] = {
		{ "snd_pcm_open", &alsa.open },
		{ "snd_pcm_set_params", &alsa.set_params },
		{ "snd_pcm_writei", &alsa.writei },
		{ "snd_pcm_recover", &alsa.recover },
		{ "snd_pcm_prepare", &alsa.prepare },
		{ "snd_pcm_drain", &alsa.drain },
		{ "snd_pcm_drop", &alsa.drop },
		{ "snd_pcm_close", &alsa.close },
		{ "snd_strerror", &alsa.error },
	};

	if (alsa.library)
		return true;
	alsa.library = dlopen("libasound.so.2", RTLD_NOW | RTLD_LOCAL);
	for (size_t i = 0; alsa.library && i < COUNT(functions); i++) {
		void *found = dlsym(alsa.library, functions[i].name);

		memcpy(functions[i].at, &found, sizeof found);
		if (!found)
			alsa.library = NULL;
	}
	return alsa.library;
}

static enum fault alsa_open(struct sink *sink, const char *name)
{
	int problem;

	if (!alsa_load()) {
		log_warning("libasound.so.2 is not installed: nothing is read "
			    "aloud");
		return FAULT_SYSTEM;
	}
	problem = alsa.open(&sink->device, name, SND_PCM_STREAM_PLAYBACK, 0);
	if (problem >= 0)
		problem = alsa.set_params(sink->device, SND_PCM_FORMAT_S16,
					  SND_PCM_ACCESS_RW_INTERLEAVED, 1,
					  VOICE_RATE, 1, SINK_AHEAD * 1000);
	if (problem >= 0)
		return FAULT_NONE;
	log_warning("sound device %s: %s: nothing is read aloud", name,
		    alsa.error(problem));
	if (sink->device)
		alsa.close(sink->device);
	return FAULT_SYSTEM;
}

/* After a pause the device has run dry, and is made ready again. */
static enum fault alsa_put(struct sink *sink, const int16_t *samples,
			   size_t count)
{
	while (count) {
		snd_pcm_sframes_t put =
		    alsa.writei(sink->device, samples, count);

		if (put < 0)
			put = alsa.recover(sink->device, (int)put, 1);
		if (put < 0)
			return FAULT_SYSTEM;
		samples += put;
		count -= (size_t)put;
	}
	return FAULT_NONE;
}

static void alsa_finish(struct sink *sink)
{
	(void)alsa.drain(sink->device);
	(void)alsa.prepare(sink->device);
}

static void alsa_drop(struct sink *sink)
{
	(void)alsa.drop(sink->device);
	(void)alsa.prepare(sink->device);
}

static void alsa_close(struct sink *sink)
{
	alsa.close(sink->device);
}

/* --- both -------------------------------------------------------------------
 */

static const struct kind kinds[] = {
	{ "alsa:", alsa_open, alsa_put, alsa_finish, alsa_drop, alsa_close },
	{ "file:", file_open, file_put, file_wait, file_wait, file_close },
};

enum fault sink_open(const char *address, struct sink **out)
{
	struct sink *sink = xcalloc(1, sizeof *sink);

	for (size_t i = 0; i < COUNT(kinds); i++) {
		size_t length = strlen(kinds[i].prefix);
		enum fault fault;

		if (strncmp(address, kinds[i].prefix, length) != 0)
			continue;
		sink->kind = &kinds[i];
		fault = sink->kind->open(sink, address + length);
		if (fault)
			free(sink);
		else
			*out = sink;
		return fault;
	}
	free(sink);
	log_warning("[speech] output = %s: write alsa:DEVICE or file:PATH",
		    address);
	return FAULT_FORMAT;
}

void sink_free(struct sink *sink)
{
	if (!sink)
		return;
	sink->kind->close(sink);
	free(sink);
}

enum fault sink_write(struct sink *sink, const int16_t *samples, size_t count)
{
	return sink->kind->write(sink, samples, count);
}

void sink_finish(struct sink *sink)
{
	sink->kind->finish(sink);
}

void sink_drop(struct sink *sink)
{
	sink->kind->drop(sink);
}
