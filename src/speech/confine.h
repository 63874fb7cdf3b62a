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
 *   network   no socket but a local one, and none at all without a sound
 *             server; no TCP connection (seccomp, Landlock)
 *   programs  none can be started; without a sound server no process (seccomp)
 *   others    no process is signalled, traced or read (seccomp)
 *   kernel    no ring that makes calls unseen (io_uring), no key, no mount, no
 *             program of its own (seccomp)
 *
 * server: the sound may go through a sound server, or ALSA's own mixer, which
 * is a process. NULL among readable is passed over; writable may be NULL. Sound
 * servers that keep their own settings below a home folder are not reached: the
 * kiosk speaks to ALSA.
 */
struct confined {
	bool files, calls; /* false: this kernel does not offer it */
};
struct confined confine(const char *const *readable, size_t count,
			const char *writable, bool server);
