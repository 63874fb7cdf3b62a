#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Which of espeak-ng's voices reads which of our languages. A voice is named
 * only where it is of the same language and gets its words right; elsewhere
 * there is none, because a wrong voice is worse than silence, and recordings
 * serve instead. Judged by the sounds that version 1.51 makes of the kiosk's
 * own sentences (espeak-ng --ipa); no speaker of any of them has listened yet.
 *
 *   read     en fr es-419 pt-BR vi ru tr sw ko am, kmr (as ku), fa-IR (as fa),
 *            ur hi pa-Guru ne ta gu bn ml, zh-Hant (Cantonese),
 *            zh-Hans (Mandarin by the pinyin voice: the plain one, cmn, spells
 *            each syllable with English letters and a number)
 *   ar       vowels that are not written are left out: "tntðr" for تنتظر
 *   prs      a Persian voice is not a Dari one
 *   uk       unstressed o is read as a, as in Russian
 *   ht       ou and ch are read as two sounds each
 *   om       dh is read as in English "this"
 *   my       stacked letters lose their vowels
 *   none     fil so rw ps ti ckb ksw rhg aii: there is no voice
 */

/* The voice's name, or NULL where there is none that serves. */
const char *voice_name(const char *tag);

/*
 * espeak-ng, loaded when it is first asked for, once in a process: its library
 * brings thirty others along, and a kiosk that reads nothing aloud shall not
 * carry them. False: not installed, or its data are not.
 */
bool voice_load(void);
void voice_unload(void);

/* The same tried in a process that ends with it, so that nothing stays. */
bool voice_is_installed(void);

#define VOICE_RATE 48000 /* samples a second, of every sound of this room */

/*
 * What takes the sound: one channel, count samples at a time. False: that is
 * enough, no more is wanted.
 */
typedef bool voice_sink(void *to, const int16_t *samples, size_t count);

/*
 * Reads text aloud in the language of tag. False where there is no voice for
 * it (or none is installed), and nothing was said. The same text gives nearly
 * the same samples: the voice's breath is chance.
 */
bool voice_say(const char *tag, const char *text, voice_sink *sink, void *to);
