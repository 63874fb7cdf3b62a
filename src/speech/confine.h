#pragma once

#include <stdbool.h>
#include <stddef.h>

/*
 * Takes from this process, for good, what a speaker has no need of, so that a
 * flaw in a library that decodes a file from outside opens nothing:
 *
 *   files     only those below the folders given can be read, and libraries,
 *             voices and ALSA's settings; only the sound devices, and what is
 *             below the writable folder, can be written (Landlock)
 *   network   no socket but a local one (seccomp)
 *   programs  none can be started (seccomp)
 *
 * NULL among readable is passed over; writable may be NULL. Sound servers that
 * keep their own settings below a home folder are not reached: the kiosk speaks
 * to ALSA.
 */
struct confined {
	bool files, calls; /* false: this kernel does not offer it */
};
struct confined confine(const char *const *readable, size_t count,
			const char *writable);
