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
#include "tests/support/folder.h"
#include "tests/support/logged.h"
#include "tests/support/symbol.h"

/*
 * A camera, which is a file here: its buffers lie in it one behind the other,
 * and what the kernel would answer is answered below, in both processes. No
 * camera has been in front of this, and no lens.
 */
#define WIDTH 640
#define HEIGHT 480

static struct {
	unsigned format; /* that it gives */
	bool there, gone;
	unsigned next;
} * kernel;

static int step(void)
{
	return kernel->format == V4L2_PIX_FMT_YUYV ? 2 : 1;
}

static size_t buffer_length(void)
{
	return (size_t)WIDTH * HEIGHT * (size_t)step();
}

static int answer(unsigned long request, void *argument)
{
	static const struct timespec frame = { 0, 5000000 };
	struct v4l2_buffer *buffer = argument;
	struct v4l2_format *format = argument;

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
		format->fmt.pix.pixelformat = kernel->format;
		format->fmt.pix.width = WIDTH;
		format->fmt.pix.height = HEIGHT;
		format->fmt.pix.bytesperline = WIDTH * (unsigned)step();
		return 0;
	case VIDIOC_QUERYBUF:
		buffer->length = (unsigned)buffer_length();
		buffer->m.offset =
		    buffer->index * ((buffer->length + 4095) & ~4095U);
		return 0;
	case VIDIOC_DQBUF:
		nanosleep(&frame, NULL);
		buffer->index = kernel->next++ % EYE_BUFFERS;
		return 0;
	default: /* REQBUFS, QBUF, STREAMON and STREAMOFF */
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

static int set_up(void **state)
{
	struct fixture *fixture = xcalloc(1, sizeof *fixture);

	kernel = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	kernel->there = true;
	kernel->format = V4L2_PIX_FMT_GREY;
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

/* In all of its buffers; NULL: a white wall. A half-made file is never seen:
 * it is the same one, written over. */
static void show(const struct fixture *fixture, const struct paper_symbol *what)
{
	const size_t each = (buffer_length() + 4095) & ~(size_t)4095;
	const int file =
	    open(fixture->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	uint8_t *dots = xcalloc(each, 1);

	memset(dots, 0xf0, each);
	if (what)
		draw(dots, what);
	for (int i = 0; i < EYE_BUFFERS; i++)
		assert_int_equal(pwrite(file, dots, each, (off_t)(i * each)),
				 each);
	free(dots);
	close(file);
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

static void a_ticket_in_view_is_read_once(void **state)
{
	static const unsigned formats[] = { V4L2_PIX_FMT_GREY,
					    V4L2_PIX_FMT_YUYV };
	char digits[GEOMETRY_DIGITS + 1];

	for (size_t i = 0; i < COUNT(formats); i++) {
		struct fixture *fixture = *state;
		struct paper_symbol symbol;

		kernel->format = formats[i];
		geometry_digits(&geometries[4], 7, digits);
		symbol = geometry_symbol(&geometries[4], digits);
		show(fixture, &symbol);
		feed_tick(fixture->feed, fixture->now);
		assert_true(feed_present(fixture->feed));
		expect_digits(fixture, digits);
		/* Some more pictures of the same: nothing new. */
		for (unsigned until = kernel->next + 8; kernel->next < until;)
			poll(NULL, 0, 5);
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

static void what_is_no_camera_is_not_taken(void **state)
{
	struct fixture *fixture = *state;

	feed_tick(fixture->feed, fixture->now);
	assert_false(feed_present(fixture->feed));
	show(fixture, NULL);
	kernel->format = V4L2_PIX_FMT_MJPEG;
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
		TEST(one_that_was_unplugged_goes_to_the_same_process),
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
