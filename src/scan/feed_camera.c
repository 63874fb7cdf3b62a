#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/process.h"
#include "scan/eye.h"
#include "scan/feed_inside.h"

struct camera {
	int socket; /* -1: the process is gone, for good */
	pid_t process;
	bool plain;      /* what it was last asked for is EYE_PLAIN */
	bool jpegs_only; /* it did not begin with a plain format */
};

/* --- the process ------------------------------------------------------------
 */

static void be_the_eye(int socket)
{
	const int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);

	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	log_to(NULL, NULL); /* to standard error, which is nowhere */
	for (int file = 0; file < 3 && nothing >= 0; file++)
		(void)dup2(nothing, file);
	if (nothing < 0 || process_keep_only(&socket, 1) || process_hide())
		process_wipe_and_exit(1);
	eye_run(socket);
}

/* Before anything secret is known: a camera that comes back later is handed to
 * the same process. */
static void *new_camera(void)
{
	struct camera *camera = xcalloc(1, sizeof *camera);
	int ends[2];

	camera->socket = -1;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends))
		return camera;
	camera->process = fork();
	if (!camera->process) {
		close(ends[0]);
		be_the_eye(ends[1]);
	}
	close(ends[1]);
	if (camera->process > 0)
		camera->socket = ends[0];
	else
		close(ends[0]);
	return camera;
}

static void free_camera(void *state)
{
	struct camera *camera = state;

	if (camera->socket >= 0)
		close(camera->socket);
	if (camera->process > 0) {
		(void)kill(camera->process, SIGKILL);
		(void)waitpid(camera->process, NULL, 0);
	}
	free(camera);
}

/* --- the device -------------------------------------------------------------
 */

/* In these the lightness stands by itself, or in a JPEG. */
static const struct {
	__u32 format;
	enum eye_pictures pictures;
	int step;
} formats[] = {
	{ V4L2_PIX_FMT_GREY, EYE_PLAIN, 1 },
	{ V4L2_PIX_FMT_YUYV, EYE_PLAIN, 2 },
	{ V4L2_PIX_FMT_NV12, EYE_PLAIN, 1 },
	{ V4L2_PIX_FMT_YUV420, EYE_PLAIN, 1 },
	{ V4L2_PIX_FMT_YVU420, EYE_PLAIN, 1 },
	{ V4L2_PIX_FMT_MJPEG, EYE_JPEG, 0 },
	{ V4L2_PIX_FMT_JPEG, EYE_JPEG, 0 },
};

/* Wide enough for the largest symbol, and not too much for a Pi to search. */
#define WIDTH 1280
#define HEIGHT 720
/* Pictures a second: those that are asked for, and those that will do. */
#define RATE 15
#define RATE_ENOUGH 10

struct offer {
	struct eye_view view;
	unsigned rate; /* pictures a second, at the most it can up to RATE */
};

/* A camera that does not tell its rate has enough. */
static unsigned set_rate(int file)
{
	struct v4l2_streamparm asked = {
		.type = V4L2_BUF_TYPE_VIDEO_CAPTURE,
		.parm.capture.timeperframe = { 1, RATE },
	};
	const struct v4l2_fract *each = &asked.parm.capture.timeperframe;

	if (ioctl(file, VIDIOC_S_PARM, &asked) || !each->numerator)
		return RATE;
	return each->denominator / each->numerator;
}

static bool takes_format(int file, size_t index, struct offer *offer)
{
	struct v4l2_format format = {
		.type = V4L2_BUF_TYPE_VIDEO_CAPTURE,
		.fmt.pix = { .width = WIDTH,
			     .height = HEIGHT,
			     .pixelformat = formats[index].format },
	};

	if (ioctl(file, VIDIOC_S_FMT, &format) ||
	    format.fmt.pix.pixelformat != formats[index].format)
		return false;
	offer->view = (struct eye_view){
		.pictures = formats[index].pictures,
		.width = (int)format.fmt.pix.width,
		.height = (int)format.fmt.pix.height,
		.stride = (int)format.fmt.pix.bytesperline,
		.step = formats[index].step,
	};
	offer->rate = set_rate(file);
	return true;
}

/* What a symbol has room in. */
static int shorter_side(const struct offer *offer)
{
	const int width = offer->view.width, height = offer->view.height;
	const int side = width < height ? width : height;

	return side < HEIGHT ? side : HEIGHT;
}

/*
 * The first format that is large and fast enough, else the first of the
 * largest: many cameras give such pictures as JPEG alone, since USB is too slow
 * for others.
 */
static bool choose(int file, bool jpegs_only, struct eye_view *view)
{
	struct offer each, best = { 0 };
	size_t chosen = COUNT(formats);

	for (size_t i = 0; i < COUNT(formats); i++) {
		if ((jpegs_only && formats[i].pictures == EYE_PLAIN) ||
		    !takes_format(file, i, &each))
			continue;
		if (shorter_side(&each) == HEIGHT && each.rate >= RATE_ENOUGH) {
			*view = each.view;
			return true;
		}
		if (shorter_side(&each) > shorter_side(&best)) {
			best = each;
			chosen = i;
		}
	}
	if (chosen == COUNT(formats) || !takes_format(file, chosen, &best))
		return false;
	*view = best.view;
	return true;
}

/* What a camera module on a Pi's own connector gives needs libcamera, and is
 * refused here. errno where it fails. */
static bool set_up(int file, bool jpegs_only, struct eye_view *view)
{
	struct v4l2_capability able = { 0 };
	struct v4l2_requestbuffers buffers = {
		.count = EYE_BUFFERS,
		.type = V4L2_BUF_TYPE_VIDEO_CAPTURE,
		.memory = V4L2_MEMORY_MMAP,
	};

	if (ioctl(file, VIDIOC_QUERYCAP, &able))
		return false;
	errno = EINVAL;
	if (!(able.capabilities & V4L2_CAP_VIDEO_CAPTURE) ||
	    !(able.capabilities & V4L2_CAP_STREAMING))
		return false;
	if (!choose(file, jpegs_only, view) ||
	    ioctl(file, VIDIOC_REQBUFS, &buffers))
		return false;
	view->buffers =
	    buffers.count < EYE_BUFFERS ? (int)buffers.count : EYE_BUFFERS;
	return true;
}

union carried {
	struct cmsghdr head;
	char room[CMSG_SPACE(sizeof(int))];
};

/* file -1: no camera. */
static bool hand_over(const struct camera *camera, struct eye_view *view,
		      int file)
{
	struct iovec data = { view, sizeof *view };
	union carried carried = { .head = { .cmsg_len = CMSG_LEN(sizeof file),
					    .cmsg_level = SOL_SOCKET,
					    .cmsg_type = SCM_RIGHTS } };
	struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1 };

	if (file >= 0) {
		memcpy(CMSG_DATA(&carried.head), &file, sizeof file);
		message.msg_control = &carried;
		message.msg_controllen = sizeof carried.room;
	}
	return sendmsg(camera->socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT) ==
	       sizeof *view;
}

/* Nothing of the camera stays open here. */
static int open_camera(void *state, const char *path)
{
	struct camera *camera = state;
	struct eye_view view = { 0 };
	int file, error;
	bool done;

	if (camera->socket < 0) {
		errno = ECHILD;
		return -1;
	}
	file = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	if (file < 0)
		return -1;
	done = set_up(file, camera->jpegs_only, &view) &&
	       hand_over(camera, &view, file);
	error = errno;
	camera->plain = done && view.pictures == EYE_PLAIN;
	/* One that has no JPEG is tried with the others again. */
	camera->jpegs_only &= done;
	close(file);
	errno = error;
	return done ? camera->socket : -1;
}

/* It was not to be shut in, or what was held up broke it. Another one would
 * have in its memory what this program knows by now. */
static ssize_t give_up(struct camera *camera)
{
	log_error("the process that looks through the camera has ended: start "
		  "this program again to use it");
	close(camera->socket);
	camera->socket = -1;
	errno = 0;
	return -1;
}

static ssize_t take(void *state, char *to, size_t room)
{
	struct camera *camera = state;
	const ssize_t got = recv(camera->socket, to, room, MSG_DONTWAIT);
	bool refused;

	if (got < 0 && (errno == EAGAIN || errno == EINTR))
		return 0;
	if (got <= 0)
		return give_up(camera);
	refused = memchr(to, EYE_REFUSED, (size_t)got);
	if (!refused && !memchr(to, EYE_GONE, (size_t)got))
		return got;
	camera->jpegs_only = refused && camera->plain;
	errno = refused ? EBUSY : 0;
	return -1;
}

/* A camera that is gone is put down already; that it is twice is no harm. */
static void close_camera(void *state)
{
	const struct camera *camera = state;
	struct eye_view none = { 0 };

	if (camera->socket >= 0)
		(void)hand_over(camera, &none, -1);
}

const struct feed_ops feed_camera = {
	.new = new_camera,
	.open = open_camera,
	.take = take,
	.close = close_camera,
	.free = free_camera,
};
