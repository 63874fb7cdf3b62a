#include "speech/voice.h"

#include <dlfcn.h>
#include <espeak-ng/speak_lib.h>
#include <speex/speex_resampler.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"
#include "text/language.h"

static const struct {
	const char *tag, *voice;
} voices[] = {
	{ "en", "en-us" },      { "fr", "fr-fr" },
	{ "es-419", "es-419" }, { "pt-BR", "pt-br" },
	{ "vi", "vi" },         { "ru", "ru" },
	{ "tr", "tr" },         { "sw", "sw" },
	{ "ko", "ko" },         { "am", "am" },
	{ "kmr", "ku" },        { "fa-IR", "fa" },
	{ "ur", "ur" },         { "hi", "hi" },
	{ "pa-Guru", "pa" },    { "ne", "ne" },
	{ "ta", "ta" },         { "gu", "gu" },
	{ "bn", "bn" },         { "ml", "ml" },
	{ "zh-Hant", "yue" },   { "zh-Hans", "cmn-latn-pinyin" },
};

#define SPEED 140      /* words a minute; espeak's usual 175 is hurried */
#define PIECE_MS 20    /* of sound at a time */
#define QUALITY 5      /* of the resampler, 0 to 10 */
#define PIECE_MOST 960 /* samples given to the sink at a time */

/* Of the library, found when it is loaded. */
static struct {
	void *library;
	int rate;
	__typeof__(espeak_Initialize) *initialize;
	__typeof__(espeak_SetSynthCallback) *set_callback;
	__typeof__(espeak_SetVoiceByName) *set_voice;
	__typeof__(espeak_SetParameter) *set_parameter;
	__typeof__(espeak_Synth) *synth;
	__typeof__(espeak_Terminate) *terminate;
} espeak;

const char *voice_name(const char *tag)
{
	const struct language *language = language_find(tag);

	for (size_t i = 0; language && i < COUNT(voices); i++) {
		if (strcmp(language->tag, voices[i].tag) == 0)
			return voices[i].voice;
	}
	return NULL;
}

/* --- the library ------------------------------------------------------------
 */

static bool find_functions(void)
{
	const struct {
		const char *name;
		void *at;
	} functions[] = {
		{ "espeak_Initialize", &espeak.initialize },
		{ "espeak_SetSynthCallback", &espeak.set_callback },
		{ "espeak_SetVoiceByName", &espeak.set_voice },
		{ "espeak_SetParameter", &espeak.set_parameter },
		{ "espeak_Synth", &espeak.synth },
		{ "espeak_Terminate", &espeak.terminate },
	};

	for (size_t i = 0; i < COUNT(functions); i++) {
		void *found = dlsym(espeak.library, functions[i].name);

		if (!found)
			return false;
		memcpy(functions[i].at, &found, sizeof found);
	}
	return true;
}

static int take_sound(short *samples, int count, espeak_EVENT *events);

bool voice_load(void)
{
	if (espeak.library)
		return espeak.rate > 0;
	espeak.library = dlopen("libespeak-ng.so.1", RTLD_NOW | RTLD_LOCAL);
	if (!espeak.library || !find_functions())
		return false;
	espeak.rate = espeak.initialize(AUDIO_OUTPUT_SYNCHRONOUS, PIECE_MS,
					NULL, espeakINITIALIZE_DONT_EXIT);
	if (espeak.rate <= 0)
		return false;
	espeak.set_callback(take_sound);
	espeak.set_parameter(espeakRATE, SPEED, 0);
	return true;
}

/* The library itself stays: those that it brought are not made to leave. */
void voice_unload(void)
{
	if (espeak.library && espeak.rate > 0)
		espeak.terminate();
	espeak.rate = 0;
	espeak.library = NULL;
}

bool voice_is_installed(void)
{
	pid_t child = fork();
	int status;

	if (!child)
		_exit(voice_load() ? 0 : 1);
	return child > 0 && waitpid(child, &status, 0) == child &&
	       WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* --- saying -----------------------------------------------------------------
 */

/* What is being said now: the library's callback has no better way to know. */
static struct {
	SpeexResamplerState *resampler;
	voice_sink *sink;
	void *to;
} saying;

static int take_sound(short *samples, int count, espeak_EVENT *events)
{
	int16_t out[PIECE_MOST];
	spx_uint32_t at = 0;
	bool more = true;

	(void)events;
	while (more && samples && at < (spx_uint32_t)count) {
		spx_uint32_t in = (spx_uint32_t)count - at, made = PIECE_MOST;

		speex_resampler_process_int(saying.resampler, 0, samples + at,
					    &in, out, &made);
		at += in;
		more = saying.sink(saying.to, out, made);
	}
	explicit_bzero(out, sizeof out);
	return more ? 0 : 1;
}

static void say_aloud(const char *text, SpeexResamplerState *resampler,
		      voice_sink *sink, void *to)
{
	saying.resampler = resampler;
	saying.sink = sink;
	saying.to = to;
	(void)espeak.synth(text, strlen(text) + 1, 0, POS_CHARACTER, 0,
			   espeakCHARS_UTF8 | espeakENDPAUSE, NULL, NULL);
	saying.to = NULL;
}

bool voice_say(const char *tag, const char *text, voice_sink *sink, void *to)
{
	const char *name = voice_name(tag);
	SpeexResamplerState *resampler;
	int problem = 0;

	if (!name || !voice_load() || espeak.set_voice(name) != EE_OK)
		return false;
	resampler = speex_resampler_init(1, (spx_uint32_t)espeak.rate,
					 VOICE_RATE, QUALITY, &problem);
	if (!resampler)
		return false;
	say_aloud(text, resampler, sink, to);
	speex_resampler_destroy(resampler);
	return true;
}
