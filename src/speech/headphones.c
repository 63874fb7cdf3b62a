#include "speech/headphones.h"

#include "base/bytes.h"
#include "base/file.h"
#include "base/memory.h"

#define CARDS 32 /* ALSA has no more */
#define DESCRIPTORS                                              \
	(64 * 1024) /* bytes of them; a device has a few hundred \
		     */

/* Of a descriptor: its length, its kind, then what the kind has. */
enum {
	KIND_INTERFACE = 0x04,
	KIND_AUDIO = 0x24,
	CLASS_AUDIO = 0x01,
	PART_CONTROL = 0x01,
	AUDIO_OUTPUT_TERMINAL = 0x03,
	TERMINAL_STREAM = 0x01, /* high byte: to the computer, not the ear */
	TERMINAL_HEADPHONES = 0x0302,
	TERMINAL_HEADSET = 0x0402,
};

struct outputs {
	bool in_control; /* within the interface that lists terminals */
	unsigned worn, other;
};

static void look_at(struct outputs *outputs, const unsigned char *descriptor,
		    unsigned length)
{
	unsigned terminal;

	if (descriptor[1] == KIND_INTERFACE && length >= 9) {
		outputs->in_control = descriptor[5] == CLASS_AUDIO &&
				      descriptor[6] == PART_CONTROL;
		return;
	}
	if (!outputs->in_control || descriptor[1] != KIND_AUDIO || length < 6 ||
	    descriptor[2] != AUDIO_OUTPUT_TERMINAL)
		return;
	terminal = descriptor[4] | (unsigned)descriptor[5] << 8;
	if (terminal == TERMINAL_HEADPHONES || terminal == TERMINAL_HEADSET)
		outputs->worn++;
	else if (terminal >> 8 != TERMINAL_STREAM)
		outputs->other++;
}

bool sound_is_worn(const unsigned char *bytes, unsigned long length)
{
	struct outputs outputs = { 0 };

	for (unsigned long at = 0; at + 2 <= length; at += bytes[at]) {
		if (bytes[at] < 2 || bytes[at] > length - at)
			return false; /* damaged: not understood */
		look_at(&outputs, bytes + at, bytes[at]);
	}
	return outputs.worn && !outputs.other;
}

/* A card's device is an interface of the USB device, in whose folder it is. */
static bool card_is_worn(const char *root, int card)
{
	SCOPED(char_freep)
	char *path = xasprintf(
	    "%s/sys/class/sound/card%d/device/../descriptors", root, card);
	struct bytes bytes = { 0 };
	bool worn = false;

	if (file_exists(path) && !file_read(path, DESCRIPTORS, &bytes))
		worn = sound_is_worn(bytes.data, bytes.length);
	bytes_done(&bytes);
	return worn;
}

static bool card_exists(const char *root, int card)
{
	SCOPED(char_freep)
	char *path = xasprintf("%s/sys/class/sound/card%d", root, card);

	return file_exists(path);
}

int sound_headphones(const char *root)
{
	for (int card = 0; card < CARDS; card++) {
		if (card_exists(root, card) && card_is_worn(root, card))
			return card;
	}
	return SOUND_NONE;
}

bool sound_exists(const char *root)
{
	for (int card = 0; card < CARDS; card++) {
		if (card_exists(root, card))
			return true;
	}
	return false;
}
