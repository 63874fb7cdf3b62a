#include "tests/test.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "scan/eye.h"
#include "scan/feed.h"
#include "scan/mjpeg.h"
#include "tests/support/folder.h"
#include "tests/support/logged.h"
#include "tests/support/still.h"
#include "tests/support/symbol.h"

/*
 * A camera, which is a file here: its buffers lie in it one behind the other,
 * and what the kernel would answer is answered below, in both processes. No
 * camera has been in front of this, and no lens.
 */
#define WIDTH 640
#define HEIGHT 480
#define OFFERS 3

static struct {
	struct offer {
		unsigned format, width, height;
		unsigned rate; /* pictures a second; 0: it does not tell */
	} offers[OFFERS];
	unsigned taken; /* of them */
	bool there, gone;
	bool narrow;    /* its bus has room for JPEGs alone */
	unsigned next;  /* picture */
	unsigned used;  /* bytes of a buffer */
	unsigned flags; /* of pictures */
} * kernel;

static unsigned format(void)
{
	return kernel->offers[kernel->taken].format;
}

static int step(void)
{
	return format() == V4L2_PIX_FMT_YUYV ? 2 : 1;
}

static size_t buffer_length(void)
{
	return (size_t)WIDTH * HEIGHT * (size_t)step();
}

/* What it does not have, it answers with the first that it has. */
static int set_format(struct v4l2_pix_format *pix)
{
	kernel->taken = 0;
	for (unsigned i = OFFERS; i--;) {
		if (kernel->offers[i].format == pix->pixelformat)
			kernel->taken = i;
	}
	pix->pixelformat = format();
	pix->width = kernel->offers[kernel->taken].width;
	pix->height = kernel->offers[kernel->taken].height;
	pix->bytesperline =
	    format() == V4L2_PIX_FMT_MJPEG ? 0 : pix->width * (unsigned)step();
	return 0;
}

static int set_rate(struct v4l2_captureparm *capture)
{
	const unsigned rate = kernel->offers[kernel->taken].rate;

	if (rate)
		capture->timeperframe = (struct v4l2_fract){ 1, rate };
	errno = ENOTTY;
	return rate ? 0 : -1;
}

static int answer(unsigned long request, void *argument)
{
	static const struct timespec frame = { 0, 5000000 };
	struct v4l2_buffer *buffer = argument;

	errno = ENODEV;
	if (kernel->gone)
		return -1;
	switch (request) {
	case VIDIOC_QUERYCAP:
		*(struct v4l2_capability *)argument =
		    (struct v4l2_capability){ .capabilities =
						  V4L2_CAP_VIDEO_CAPTURE |
						  V4L2_CAP_STREAMING };
		return 0;
	case VIDIOC_S_FMT:
		return set_format(&((struct v4l2_format *)argument)->fmt.pix);
	case VIDIOC_S_PARM:
		return set_rate(
		    &((struct v4l2_streamparm *)argument)->parm.capture);
	case VIDIOC_QUERYBUF:
		buffer->length = (unsigned)buffer_length();
		buffer->m.offset =
		    buffer->index * ((buffer->length + 4095) & ~4095U);
		return 0;
	case VIDIOC_DQBUF:
		nanosleep(&frame, NULL);
		buffer->index = kernel->next++ % EYE_BUFFERS;
		buffer->bytesused = kernel->used;
		buffer->flags = kernel->flags;
		return 0;
	case VIDIOC_STREAMON:
		errno = ENOSPC;
		return kernel->narrow && format() != V4L2_PIX_FMT_MJPEG ? -1
									: 0;
	default: /* REQBUFS, QBUF and STREAMOFF */
		return 0;
	}
}

int ioctl(int file, unsigned long request, ...)
{
	va_list arguments;
	void *argument;

	va_start(arguments, request);
	argument = va_arg(arguments, void *);
	va_end(arguments);
	if (kernel && kernel->there && _IOC_TYPE(request) == 'V')
		return answer(request, argument);
	return (int)syscall(SYS_ioctl, file, request, argument);
}

struct fixture {
	char *folder, *path;
	struct feed *feed;
	int64_t now;
};

static void offer_alone(unsigned what)
{
	memset(kernel->offers, 0, sizeof kernel->offers);
	kernel->offers[0] = (struct offer){ what, WIDTH, HEIGHT, 0 };
}

static int set_up(void **state)
{
	struct fixture *fixture = xcalloc(1, sizeof *fixture);

	kernel = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	kernel->there = true;
	offer_alone(V4L2_PIX_FMT_GREY);
	fixture->folder = folder_new();
	fixture->path = folder_file(fixture->folder, "video0");
	fixture->feed = feed_new(FEED_CAMERA, fixture->path);
	fixture->now = 5000;
	logged_start();
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	logged_stop();
	feed_free(fixture->feed);
	free(fixture->path);
	folder_freep(&fixture->folder);
	free(fixture);
	munmap(kernel, 4096);
	kernel = NULL;
	return 0;
}

/* --- what it sees -----------------------------------------------------------
 */

static void draw(uint8_t *dots, const struct paper_symbol *symbol)
{
	const int side = symbol->side * symbol->dots;

	for (int y = 0; y < side; y++) {
		for (int x = 0; x < side; x++) {
			const int module =
			    y / symbol->dots * symbol->side + x / symbol->dots;

			if (symbol->modules[module] & 1)
				dots[((y + 40) * WIDTH + x + 100) * step()] = 0;
		}
	}
}

/* In all of its buffers. A half-made file is never seen: it is the same one,
 * written over. */
static void show_bytes(const struct fixture *fixture, const uint8_t *bytes,
		       size_t length)
{
	const size_t each = (buffer_length() + 4095) & ~(size_t)4095;
	const int file =
	    open(fixture->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	assert_true(length <= each);
	assert_int_equal(ftruncate(file, (off_t)(EYE_BUFFERS * each)), 0);
	for (int i = 0; i < EYE_BUFFERS; i++)
		assert_int_equal(pwrite(file, bytes, length, (off_t)(i * each)),
				 length);
	kernel->used = (unsigned)length;
	close(file);
}

static void show_jpeg(const struct fixture *fixture, const struct still *kind,
		      const uint8_t *dots)
{
	struct bytes jpeg = { 0 };

	still_add(kind, dots, WIDTH, HEIGHT, &jpeg);
	show_bytes(fixture, jpeg.data, jpeg.length);
	bytes_done(&jpeg);
}

/* NULL: a white wall. */
static void show(const struct fixture *fixture, const struct paper_symbol *what)
{
	uint8_t *dots = xcalloc(buffer_length(), 1);

	memset(dots, 0xf0, buffer_length());
	if (what)
		draw(dots, what);
	if (format() == V4L2_PIX_FMT_MJPEG)
		show_jpeg(fixture, &(struct still){ .bare = true }, dots);
	else
		show_bytes(fixture, dots, buffer_length());
	free(dots);
}

static void expect_digits(struct fixture *fixture, const char *wanted)
{
	struct scan_event event = { .kind = SCAN_NONE };

	while (event.kind != SCAN_DIGITS) {
		struct pollfd wait = { feed_descriptor(fixture->feed), POLLIN,
				       0 };

		assert_int_equal(poll(&wait, 1, 20000), 1);
		feed_ready(fixture->feed, fixture->now);
		while ((event = feed_next(fixture->feed)).kind == SCAN_READING)
			continue;
		assert_int_not_equal(event.kind, SCAN_DROPPED);
	}
	assert_string_equal(event.digits, wanted);
}

static void pass_pictures(unsigned count)
{
	for (unsigned until = kernel->next + count; kernel->next < until;)
		poll(NULL, 0, 5);
}

static void a_ticket_in_view_is_read_once(void **state)
{
	static const unsigned formats[] = { V4L2_PIX_FMT_GREY,
					    V4L2_PIX_FMT_YUYV,
					    V4L2_PIX_FMT_MJPEG };
	char digits[GEOMETRY_DIGITS + 1];

	for (size_t i = 0; i < COUNT(formats); i++) {
		struct fixture *fixture = *state;
		struct paper_symbol symbol;

		offer_alone(formats[i]);
		geometry_digits(&geometries[4], 7, digits);
		symbol = geometry_symbol(&geometries[4], digits);
		show(fixture, &symbol);
		feed_tick(fixture->feed, fixture->now);
		assert_true(feed_present(fixture->feed));
		expect_digits(fixture, digits);
		/* Some more pictures of the same: nothing new. */
		pass_pictures(8);
		feed_ready(fixture->feed, fixture->now);
		assert_int_equal(feed_next(fixture->feed).kind, SCAN_NONE);
		/* Another is held up at once. */
		geometry_free(&symbol);
		geometry_digits(&geometries[4], 8, digits);
		symbol = geometry_symbol(&geometries[4], digits);
		show(fixture, &symbol);
		expect_digits(fixture, digits);
		geometry_free(&symbol);
		tear_down(state);
		set_up(state);
	}
}

/* Its own process goes on, and so does the camera. */
static void a_jpeg_that_is_none_is_passed_over(void **state)
{
	static const struct still kinds[] = { { .progressive = true },
					      { .arithmetic = true },
					      { .apart = true },
					      { .components = 4 } };
	struct fixture *fixture = *state;
	uint8_t *dots = xcalloc(WIDTH, HEIGHT);
	char digits[GEOMETRY_DIGITS + 1];
	struct paper_symbol symbol;

	offer_alone(V4L2_PIX_FMT_MJPEG);
	geometry_digits(&geometries[4], 7, digits);
	symbol = geometry_symbol(&geometries[4], digits);
	memset(dots, 0xf0, (size_t)WIDTH * HEIGHT);
	show_bytes(fixture, dots, 5000);
	feed_tick(fixture->feed, fixture->now);
	draw(dots, &symbol);
	for (size_t i = 0; i < COUNT(kinds); i++) {
		show_jpeg(fixture, &kinds[i], dots);
		pass_pictures(2 * EYE_BUFFERS);
	}
	show(fixture, &symbol);
	kernel->used = 20000; /* of it; the rest is lost */
	pass_pictures(2 * EYE_BUFFERS);
	kernel->used = 1 << 30;
	pass_pictures(2 * EYE_BUFFERS);
	feed_ready(fixture->feed, fixture->now);
	assert_true(feed_present(fixture->feed));
	assert_int_equal(feed_next(fixture->feed).kind, SCAN_NONE);
	show(fixture, &symbol);
	expect_digits(fixture, digits);
	geometry_free(&symbol);
	free(dots);
}

static void a_jpeg_of_whole_blocks_is_read(void **state)
{
	struct fixture *fixture = *state;
	char digits[GEOMETRY_DIGITS + 1];
	struct paper_symbol symbol;

	offer_alone(V4L2_PIX_FMT_MJPEG);
	kernel->offers[0].height = HEIGHT - MJPEG_BLOCK + 1;
	geometry_digits(&geometries[4], 7, digits);
	symbol = geometry_symbol(&geometries[4], digits);
	show(fixture, &symbol);
	feed_tick(fixture->feed, fixture->now);
	expect_digits(fixture, digits);
	geometry_free(&symbol);
}

static void what_the_kernel_says_is_broken_is_not_looked_at(void **state)
{
	struct fixture *fixture = *state;
	char digits[GEOMETRY_DIGITS + 1];
	struct paper_symbol symbol;

	geometry_digits(&geometries[4], 7, digits);
	symbol = geometry_symbol(&geometries[4], digits);
	show(fixture, &symbol);
	kernel->flags = V4L2_BUF_FLAG_ERROR;
	feed_tick(fixture->feed, fixture->now);
	pass_pictures(2 * EYE_BUFFERS);
	feed_ready(fixture->feed, fixture->now);
	assert_int_equal(feed_next(fixture->feed).kind, SCAN_NONE);
	kernel->flags = 0;
	expect_digits(fixture, digits);
	geometry_free(&symbol);
}

static void the_first_that_is_large_and_fast_enough_is_taken(void **state)
{
#define YUYV V4L2_PIX_FMT_YUYV
#define JPEG V4L2_PIX_FMT_MJPEG
	static const struct {
		struct offer offers[OFFERS];
		unsigned taken;
	} cases[] = {
		{ { { JPEG, 1280, 720, 30 }, { YUYV, 1280, 720, 10 } }, 1 },
		{ { { JPEG, 1280, 720, 30 }, { YUYV, 1280, 720, 0 } }, 1 },
		{ { { JPEG, 1280, 720, 30 }, { YUYV, 1280, 720, 9 } }, 0 },
		{ { { JPEG, 1280, 720, 30 }, { YUYV, 640, 480, 30 } }, 0 },
		{ { { JPEG, 1280, 720, 5 }, { YUYV, 1280, 720, 5 } }, 1 },
		{ { { JPEG, 1280, 720, 5 }, { YUYV, 640, 480, 30 } }, 0 },
		{ { { YUYV, 640, 480, 30 }, { JPEG, 640, 480, 30 } }, 0 },
		{ { { YUYV, 640, 480, 30 }, { JPEG, 320, 240, 30 } }, 0 },
		{ { { YUYV, 1600, 1200, 5 }, { JPEG, 1024, 768, 30 } }, 1 },
		{ { { JPEG, 640, 480, 30 } }, 0 },
	};
	struct fixture *fixture = *state;

	show(fixture, NULL);
	for (size_t i = 0; i < COUNT(cases); i++) {
		print_message("case %zu\n", i);
		memcpy(kernel->offers, cases[i].offers, sizeof kernel->offers);
		feed_free(fixture->feed);
		fixture->feed = feed_new(FEED_CAMERA, fixture->path);
		feed_tick(fixture->feed, fixture->now);
		assert_true(feed_present(fixture->feed));
		assert_int_equal(kernel->taken, cases[i].taken);
	}
}

static void one_that_was_unplugged_goes_to_the_same_process(void **state)
{
	struct fixture *fixture = *state;
	char digits[GEOMETRY_DIGITS + 1];
	struct paper_symbol symbol;
	struct pollfd wait;

	show(fixture, NULL);
	feed_tick(fixture->feed, fixture->now);
	assert_true(feed_present(fixture->feed));
	kernel->gone = true;
	wait = (struct pollfd){ feed_descriptor(fixture->feed), POLLIN, 0 };
	assert_int_equal(poll(&wait, 1, 20000), 1);
	feed_ready(fixture->feed, fixture->now);
	assert_false(feed_present(fixture->feed));
	assert_non_null(strstr(logged(), "it went away"));
	feed_tick(fixture->feed, fixture->now + 2000);
	assert_false(feed_present(fixture->feed));
	kernel->gone = false;
	geometry_digits(&geometries[4], 7, digits);
	symbol = geometry_symbol(&geometries[4], digits);
	show(fixture, &symbol);
	feed_tick(fixture->feed, fixture->now + 4000);
	assert_true(feed_present(fixture->feed));
	expect_digits(fixture, digits);
	geometry_free(&symbol);
}

static void expect_refused(struct fixture *fixture)
{
	struct pollfd wait = { feed_descriptor(fixture->feed), POLLIN, 0 };

	assert_true(feed_present(fixture->feed));
	assert_int_equal(poll(&wait, 1, 20000), 1);
	feed_ready(fixture->feed, fixture->now);
	assert_false(feed_present(fixture->feed));
}

/* As at a hub that others are at, too. */
static void one_that_does_not_begin_is_asked_for_jpegs(void **state)
{
	static const struct offer both[OFFERS] = {
		{ YUYV, WIDTH, HEIGHT, 30 }, { JPEG, WIDTH, HEIGHT, 30 }
	};
	struct fixture *fixture = *state;
	char digits[GEOMETRY_DIGITS + 1];
	struct paper_symbol symbol;

	memcpy(kernel->offers, both, sizeof both);
	show(fixture, NULL);
	kernel->narrow = true;
	feed_tick(fixture->feed, fixture->now);
	expect_refused(fixture);
	feed_tick(fixture->feed, fixture->now + 2000);
	assert_true(feed_present(fixture->feed));
	assert_int_equal(format(), JPEG);
	geometry_digits(&geometries[4], 7, digits);
	symbol = geometry_symbol(&geometries[4], digits);
	show(fixture, &symbol);
	expect_digits(fixture, digits);
	geometry_free(&symbol);
}

static void one_without_jpegs_is_tried_again_as_it_is(void **state)
{
	struct fixture *fixture = *state;

	show(fixture, NULL);
	kernel->narrow = true;
	feed_tick(fixture->feed, fixture->now);
	expect_refused(fixture);
	feed_tick(fixture->feed, fixture->now + 2000);
	assert_false(feed_present(fixture->feed));
	kernel->narrow = false;
	feed_tick(fixture->feed, fixture->now + 4000);
	assert_true(feed_present(fixture->feed));
	pass_pictures(2);
}

static void what_is_no_camera_is_not_taken(void **state)
{
	struct fixture *fixture = *state;

	feed_tick(fixture->feed, fixture->now);
	assert_false(feed_present(fixture->feed));
	show(fixture, NULL);
	offer_alone(V4L2_PIX_FMT_H264);
	feed_tick(fixture->feed, fixture->now + 2000);
	assert_false(feed_present(fixture->feed));
	kernel->there = false;
	feed_tick(fixture->feed, fixture->now + 4000);
	assert_false(feed_present(fixture->feed));
}

/* --- its process ------------------------------------------------------------
 */

static pid_t eye_of_this(void)
{
	SCOPED(char_freep)
	char *path = xasprintf("/proc/self/task/%d/children", gettid());
	FILE *file = fopen(path, "re");
	int process = 0;

	assert_non_null(file);
	assert_int_equal(fscanf(file, "%d", &process), 1);
	fclose(file);
	return process;
}

static bool is_shut_in(pid_t process)
{
	SCOPED(char_freep) char *path = xasprintf("/proc/%d/status", process);
	FILE *file = fopen(path, "re");
	char line[256];
	bool in = false;

	assert_non_null(file);
	while (fgets(line, sizeof line, file))
		in = in || strcmp(line, "Seccomp:\t2\n") == 0;
	fclose(file);
	return in;
}

static void it_sees_shut_in_with_nothing_else_open(void **state)
{
	struct fixture *fixture = *state;
	char digits[GEOMETRY_DIGITS + 1], target[512];
	struct paper_symbol symbol;
	const struct dirent *each;
	int sockets = 0, cameras = 0, others = 0;

	geometry_digits(&geometries[4], 7, digits);
	symbol = geometry_symbol(&geometries[4], digits);
	show(fixture, &symbol);
	feed_tick(fixture->feed, fixture->now);
	expect_digits(fixture, digits);
	geometry_free(&symbol);
	assert_true(is_shut_in(eye_of_this()));
	SCOPED(char_freep)
	char *folder = xasprintf("/proc/%d/fd", eye_of_this());
	DIR *files = opendir(folder);

	assert_non_null(files);
	while ((each = readdir(files))) {
		const ssize_t length = readlinkat(dirfd(files), each->d_name,
						  target, sizeof target - 1);

		if (length < 0)
			continue;
		target[length] = 0;
		if (strncmp(target, "socket:", 7) == 0)
			sockets++;
		else if (strcmp(target, fixture->path) == 0)
			cameras++;
		else if (strcmp(target, "/dev/null") &&
			 !strstr(target, "/maps"))
			others++;
	}
	closedir(files);
	assert_int_equal(sockets, 1);
	assert_int_equal(cameras, 1);
	assert_int_equal(others, 0);
}

/* No other is made: it would know what this program knows by then. */
static void one_whose_process_ended_is_not_opened_again(void **state)
{
	struct fixture *fixture = *state;
	struct pollfd wait;

	show(fixture, NULL);
	feed_tick(fixture->feed, fixture->now);
	wait = (struct pollfd){ feed_descriptor(fixture->feed), POLLIN, 0 };
	assert_int_equal(kill(eye_of_this(), SIGKILL), 0);
	assert_int_equal(poll(&wait, 1, 20000), 1);
	feed_ready(fixture->feed, fixture->now);
	assert_false(feed_present(fixture->feed));
	assert_non_null(strstr(logged(), "start this program again"));
	feed_tick(fixture->feed, fixture->now + 2000);
	assert_false(feed_present(fixture->feed));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_ticket_in_view_is_read_once),
		TEST(a_jpeg_that_is_none_is_passed_over),
		TEST(a_jpeg_of_whole_blocks_is_read),
		TEST(what_the_kernel_says_is_broken_is_not_looked_at),
		TEST(the_first_that_is_large_and_fast_enough_is_taken),
		TEST(one_that_was_unplugged_goes_to_the_same_process),
		TEST(one_that_does_not_begin_is_asked_for_jpegs),
		TEST(one_without_jpegs_is_tried_again_as_it_is),
		TEST(what_is_no_camera_is_not_taken),
		TEST(it_sees_shut_in_with_nothing_else_open),
		TEST(one_whose_process_ended_is_not_opened_again),
	};

	if (getenv("FOYER_SLOW")) {
		print_message("skipped: valgrind makes calls of its own\n");
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
