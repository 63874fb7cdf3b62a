#pragma once

#include <stdbool.h>

/*
 * What the machine can be heard through. Only what says of itself that it is
 * worn on the head counts as headphones: a USB audio device each of whose
 * outputs is a headphone (0x0302) or a headset (0x0402) by the USB Device Class
 * Definition for Terminal Types 1.0, sections 2.3 and 2.4. A device that calls
 * itself a speaker, a jack (which cannot tell what is plugged in), HDMI, and
 * whatever is not understood count as a loudspeaker, which everybody hears.
 *
 * root is the root of the file system, "" but for tests: cards are read from
 * root/sys/class/sound.
 */

#define SOUND_NONE (-1)

/* The number of the first card that is headphones, or SOUND_NONE. */
int sound_headphones(const char *root);

/* Whether there is any card at all. */
bool sound_exists(const char *root);

/*
 * Whether a USB device's descriptors (USB 2.0, 9.5; as the kernel gives them in
 * `descriptors`) are those of headphones. Any bytes may come.
 */
bool sound_is_worn(const unsigned char *bytes, unsigned long length);
