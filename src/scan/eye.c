#include "scan/eye.h"

#include <errno.h>
#include <linux/videodev2.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/jail.h"
#include "base/memory.h"
#include "base/process.h"
#include "scan/event.h"
#include "scan/mjpeg.h"
#include "scan/symbols.h"

struct eye {
	int socket, camera; /* camera: -1 for none */
	struct eye_view view;
	struct {
		void *at;
		size_t length;
	} buffers[EYE_BUFFERS];
	struct mjpeg grey; /* the picture that is looked at */
	uint64_t pictures; /* that were looked at */
	struct seen {
		char text[SCAN_MAX + 2];
		uint64_t last; /* the picture; 0: none yet */
	} seen[EYE_SEEN];
};

/* What a camera is asked, and nothing else is. */
static const unsigned asked[] = { (unsigned)VIDIOC_QUERYBUF,
				  (unsigned)VIDIOC_QBUF, (unsigned)VIDIOC_DQBUF,
				  (unsigned)VIDIOC_STREAMON,
				  (unsigned)VIDIOC_STREAMOFF };

/* --- what is told -----------------------------------------------------------
 */

static void tell(const struct eye *eye, const char *text, size_t length)
{
	/* Who is gone is noticed where a camera is taken. */
	while (length) {
		const ssize_t sent =
		    send(eye->socket, text, length, MSG_NOSIGNAL);

		if (sent <= 0)
			return;
		text += sent;
		length -= (size_t)sent;
	}
}

static void tell_text(const struct eye *eye, const char *text)
{
	const char end = EYE_END;

	for (; *text; text++) {
		const char byte =
		    *text >= ' ' && *text <= '~' ? *text : EYE_ODD;

		tell(eye, &byte, 1);
	}
	tell(eye, &end, 1);
}

/* The one with that text, or the one that is out of view for longest. */
static struct seen *place_of(struct eye *eye, const char *text, size_t length)
{
	struct seen *place = &eye->seen[0];

	for (size_t i = 0; i < EYE_SEEN; i++) {
		struct seen *each = &eye->seen[i];

		if (strncmp(each->text, text, length) == 0 &&
		    !each->text[length])
			return each;
		if (each->last < place->last)
			place = each;
	}
	return place;
}

/* Too long a text stays longer than any ticket. */
static void see(struct eye *eye, const char *text)
{
	const size_t length = strnlen(text, sizeof eye->seen[0].text - 1);
	struct seen *place = place_of(eye, text, length);
	const bool same = strncmp(place->text, text, length) == 0 &&
			  !place->text[length] && place->last;

	if (!same || eye->pictures - place->last > EYE_AWAY) {
		memcpy(place->text, text, length);
		place->text[length] = 0;
		tell_text(eye, place->text);
	}
	place->last = eye->pictures;
}

/* --- pictures ---------------------------------------------------------------
 */

static void take_plain(const uint8_t *picture, const struct eye_view *view,
		       struct mjpeg *grey)
{
	uint8_t *to = grey->dots;

	for (int y = 0; y < view->height; y++) {
		const uint8_t *row = picture + (size_t)y * (size_t)view->stride;

		for (int x = 0; x < view->width; x++)
			*to++ = row[x * view->step];
	}
	grey->width = view->width;
	grey->height = view->height;
}

/* A JPEG that is none is passed over: the next one is not far. */
static void find(struct eye *eye, const uint8_t *picture, size_t length)
{
	struct scan_symbols found = { 0 };

	if (eye->view.pictures == EYE_PLAIN)
		take_plain(picture, &eye->view, &eye->grey);
	else if (!mjpeg_read(picture, length, &eye->grey))
		return;
	eye->pictures++;
	symbols_find(eye->grey.dots, eye->grey.width, eye->grey.height, &found);
	for (size_t i = 0; i < found.count; i++)
		see(eye, found.text[i]);
	scan_symbols_done(&found);
}

static bool give(const struct eye *eye, unsigned index)
{
	struct v4l2_buffer buffer = {
		.type = V4L2_BUF_TYPE_VIDEO_CAPTURE,
		.memory = V4L2_MEMORY_MMAP,
		.index = index,
	};

	return !ioctl(eye->camera, VIDIOC_QBUF, &buffer);
}

/* The last row may be shorter than its stride. */
static size_t least_length(const struct eye_view *view)
{
	if (view->pictures == EYE_JPEG)
		return 1;
	return (size_t)view->stride * (size_t)(view->height - 1) +
	       (size_t)(view->width - 1) * (size_t)view->step + 1;
}

static bool map(struct eye *eye, unsigned index)
{
	struct v4l2_buffer buffer = {
		.type = V4L2_BUF_TYPE_VIDEO_CAPTURE,
		.memory = V4L2_MEMORY_MMAP,
		.index = index,
	};
	void *at;

	if (ioctl(eye->camera, VIDIOC_QUERYBUF, &buffer) ||
	    buffer.length < least_length(&eye->view))
		return false;
	at = mmap(NULL, buffer.length, PROT_READ, MAP_SHARED, eye->camera,
		  buffer.m.offset);
	if (at == MAP_FAILED)
		return false;
	eye->buffers[index].at = at;
	eye->buffers[index].length = buffer.length;
	return give(eye, index);
}

/* --- cameras ----------------------------------------------------------------
 */

static void put_down(struct eye *eye)
{
	int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;

	for (int i = 0; i < EYE_BUFFERS; i++) {
		if (eye->buffers[i].at)
			(void)munmap(eye->buffers[i].at,
				     eye->buffers[i].length);
		eye->buffers[i].at = NULL;
	}
	if (eye->camera >= 0) {
		(void)ioctl(eye->camera, VIDIOC_STREAMOFF, &type);
		close(eye->camera);
	}
	eye->camera = -1;
	free(eye->grey.dots);
	eye->grey.dots = NULL;
}

static void lose(struct eye *eye, char why)
{
	put_down(eye);
	tell(eye, &why, 1);
}

static bool is_sound(const struct eye_view *view)
{
	const bool rows =
	    view->pictures == EYE_JPEG ||
	    (view->step > 0 && view->stride >= view->width * view->step);

	return rows && view->width > 0 && view->width <= EYE_DOTS &&
	       view->height > 0 && view->height <= EYE_DOTS &&
	       view->buffers > 0 && view->buffers <= EYE_BUFFERS;
}

static int whole_blocks(int side)
{
	return (side + MJPEG_BLOCK - 1) / MJPEG_BLOCK * MJPEG_BLOCK;
}

static void make_room(const struct eye_view *view, struct mjpeg *grey)
{
	grey->most_width = whole_blocks(view->width);
	grey->most_height = whole_blocks(view->height);
	grey->dots =
	    xcalloc((size_t)grey->most_width, (size_t)grey->most_height);
}

static void pick_up(struct eye *eye, int camera)
{
	int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
	bool ready = is_sound(&eye->view);

	eye->camera = camera;
	for (int i = 0; ready && i < eye->view.buffers; i++)
		ready = map(eye, (unsigned)i);
	if (ready)
		make_room(&eye->view, &eye->grey);
	if (!ready)
		lose(eye, EYE_GONE);
	else if (ioctl(camera, VIDIOC_STREAMON, &type))
		lose(eye, EYE_REFUSED);
}

/* What was lost on its way here is not looked at. */
static bool is_whole(const struct eye *eye, const struct v4l2_buffer *buffer)
{
	return buffer->index < EYE_BUFFERS && eye->buffers[buffer->index].at &&
	       buffer->bytesused <= eye->buffers[buffer->index].length &&
	       !(buffer->flags & V4L2_BUF_FLAG_ERROR);
}

static void look(struct eye *eye)
{
	struct v4l2_buffer buffer = {
		.type = V4L2_BUF_TYPE_VIDEO_CAPTURE,
		.memory = V4L2_MEMORY_MMAP,
	};

	if (ioctl(eye->camera, VIDIOC_DQBUF, &buffer)) {
		if (errno != EAGAIN && errno != EINTR)
			lose(eye, EYE_GONE);
		return;
	}
	if (is_whole(eye, &buffer))
		find(eye, eye->buffers[buffer.index].at, buffer.bytesused);
	if (!give(eye, buffer.index))
		lose(eye, EYE_GONE);
}

/* --- the process ------------------------------------------------------------
 */

union carried {
	struct cmsghdr head;
	char room[CMSG_SPACE(sizeof(int))];
};

/* A camera, or none, is handed over; false: nobody is there any more. */
static bool take(struct eye *eye)
{
	struct eye_view view;
	struct iovec data = { &view, sizeof view };
	union carried carried = { 0 };
	struct msghdr message = {
		.msg_iov = &data,
		.msg_iovlen = 1,
		.msg_control = &carried,
		.msg_controllen = sizeof carried.room,
	};
	const ssize_t got = recvmsg(eye->socket, &message, MSG_CMSG_CLOEXEC);
	int camera;

	if (got < 0)
		return errno == EINTR || errno == EAGAIN;
	if (got != sizeof view)
		return false;
	put_down(eye);
	if (!message.msg_controllen)
		return true;
	memcpy(&camera, CMSG_DATA(&carried.head), sizeof camera);
	eye->view = view;
	pick_up(eye, camera);
	return true;
}

static void turn(struct eye *eye, bool *over)
{
	struct pollfd wait[] = {
		{ eye->socket, POLLIN, 0 },
		{ eye->camera, POLLIN, 0 },
	};

	(void)poll(wait, COUNT(wait), -1);
	if (wait[0].revents)
		*over = !take(eye);
	else if (wait[1].revents & POLLIN)
		look(eye);
	else if (wait[1].revents)
		lose(eye, EYE_GONE);
}

static void trespass(void)
{
	process_wipe_and_exit(1);
}

void eye_run(int socket)
{
	const struct jail_rules rules = {
		.lender = -1,
		.ioctls = asked,
		.ioctl_count = COUNT(asked),
		.trespass = trespass,
	};
	struct eye eye = { .socket = socket, .camera = -1 };
	bool over = jail_enter(&rules) != FAULT_NONE;

	while (!over)
		turn(&eye, &over);
	process_wipe_and_exit(over);
}
