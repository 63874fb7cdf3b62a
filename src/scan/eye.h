#pragma once

#include <stdint.h>

/*
 * The process behind a camera that reads tickets (scan/feed_camera.c). What a
 * lens sees is whatever somebody holds up, and finding symbols in it is a large
 * library's work: so it is forked before anything secret is known, has nothing
 * open but its end of a socket, and is shut in (base/jail.h) before the first
 * picture. Cameras are opened and set up by the other side and handed over.
 */

/* How a camera that was handed over gives its pictures. */
struct eye_view {
	enum eye_pictures {
		EYE_PLAIN, /* how light a dot is stands in a byte of its own */
		EYE_JPEG,  /* each is one of scan/mjpeg.h */
	} pictures;
	int width, height;
	int stride, step; /* EYE_PLAIN: bytes from row to row, dot to dot */
	int buffers;      /* of the kernel's, not queued yet */
};
#define EYE_BUFFERS 4
#define EYE_DOTS 4096 /* a side at most */

/*
 * The process: until the other end of socket (SOCK_STREAM) is closed. It takes
 * a struct eye_view, with the camera's descriptor (SCM_RIGHTS) or without: then
 * no camera is looked through. It gives the text of each symbol that comes into
 * view, with EYE_END behind it, EYE_REFUSED where the camera does not begin, as
 * for want of room on the bus for such pictures, and EYE_GONE where it fails
 * later. A character that does not print is EYE_ODD.
 */
void eye_run(int socket) __attribute__((noreturn));

#define EYE_END '\r'
#define EYE_GONE '\0'
#define EYE_REFUSED '\x01'
#define EYE_ODD '?'

/* One that stays in view is read once, and again when it was out of view for so
 * many pictures; of so many at once. */
#define EYE_AWAY 40
#define EYE_SEEN 4
