#include "tests/support/foot.h"

#include <fcntl.h>
#include <glob.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/bytes.h"
#include "tests/support/folder.h"
#include "tests/test.h"

#define NOBODY 65534
#define PATIENCE 20000 /* ms */
#define SHOWN 700      /* ms after which foot has drawn what it has read */

struct foot {
	char *folder, *socket;
	pid_t compositor, terminal;
	int screen;
};

static void wait_ms(int milliseconds)
{
	usleep((useconds_t)milliseconds * 1000);
}

/* --- what they are told ----------------------------------------------------
 */

static char *put_file(const struct foot *foot, const char *name, char *text)
{
	char *path = folder_file(foot->folder, name);
	FILE *file = fopen(path, "we");

	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
	free(text);
	return path;
}

/* What it keeps and how it draws, as in kiosk-image/tree/etc/foot.ini. */
static char *terminal_settings(void)
{
	return xasprintf("font=DejaVu Sans Mono:pixelsize=28\n"
			 "line-height=%dpx\n"
			 "pad=0x0 center\n"
			 "[scrollback]\nlines=0\n"
			 "[csd]\npreferred=none\n"
			 "[cursor]\nblink=no\n"
			 "[colors]\nbackground=0f141f\n",
			 FOOT_CELL_HEIGHT);
}

static char *compositor_settings(int rows, int columns)
{
	return xasprintf("output HEADLESS-1 resolution %dx%d\n"
			 "default_border none\n",
			 columns * FOOT_CELL_WIDTH, rows * FOOT_CELL_HEIGHT);
}

/* --- processes -------------------------------------------------------------
 */

/* Fonts and the like are looked for where nobody may; what is freed is
 * overwritten, as in kiosk-image/tree/etc/systemd/system/foyer-kiosk.service.
 */
static void become_nobody(const struct foot *foot)
{
	const char *const folders[] = { "HOME", "XDG_RUNTIME_DIR",
					"XDG_CACHE_HOME" };

	for (size_t i = 0; i < COUNT(folders); i++)
		setenv(folders[i], foot->folder, 1);
	setenv("WLR_BACKENDS", "headless", 1);
	setenv("WLR_RENDERER", "pixman", 1);
	setenv("WLR_LIBINPUT_NO_DEVICES", "1", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("MALLOC_PERTURB_", "165", 1);
	if (foot->socket)
		setenv("WAYLAND_DISPLAY", foot->socket, 1);
	if (geteuid() == 0 &&
	    (setgroups(0, NULL) || setgid(NOBODY) || setuid(NOBODY)))
		_exit(126);
}

static pid_t start(const struct foot *foot, const char *const *argv, int out)
{
	const pid_t child = fork();

	if (child)
		return child;
	dup2(out, STDOUT_FILENO);
	dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
	become_nobody(foot);
	execvp(argv[0], (char *const *)argv);
	_exit(127);
}

static pid_t start_quietly(const struct foot *foot, const char *const *argv)
{
	const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
	const pid_t child = start(foot, argv, nowhere);

	close(nowhere);
	return child;
}

static bool has_ended(pid_t *process, int milliseconds)
{
	for (; *process && milliseconds > 0; milliseconds -= 20) {
		if (waitpid(*process, NULL, WNOHANG))
			*process = 0;
		else
			wait_ms(20);
	}
	return !*process;
}

static void stop(pid_t *process)
{
	if (!*process)
		return;
	kill(*process, SIGTERM);
	if (has_ended(process, PATIENCE))
		return;
	kill(*process, SIGKILL);
	(void)has_ended(process, PATIENCE);
}

/* The compositor chooses the name. */
static void await_socket(struct foot *foot)
{
	SCOPED(char_freep) char *names = folder_file(foot->folder, "wayland-?");
	glob_t found = { 0 };

	for (int i = 0; glob(names, 0, NULL, &found) && i < PATIENCE; i += 50)
		wait_ms(50);
	assert_int_equal(found.gl_pathc, 1);
	foot->socket = xstrdup(strrchr(found.gl_pathv[0], '/') + 1);
	globfree(&found);
}

static void open_screen(struct foot *foot, const char *path)
{
	for (int i = 0; foot->screen < 0 && i < PATIENCE; i += 50) {
		foot->screen = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC);
		wait_ms(50);
	}
	assert_true(foot->screen >= 0);
	fcntl(foot->screen, F_SETFL, 0);
}

/* A picture that comes while its window gets its size makes foot 1.13 crash, so
 * it is left a second. */
static const char relay[] = "sleep 1; stty raw -echo; exec cat \"$0\"";

static void run_both(struct foot *foot, const char *compositor,
		     const char *terminal, const char *screen)
{
	const char *const shows[] = { "sway", "-c", compositor, NULL };
	const char *const draws[] = { "foot", "-F",  "-c",   terminal, "sh",
				      "-c",   relay, screen, NULL };

	foot->compositor = start_quietly(foot, shows);
	await_socket(foot);
	foot->terminal = start_quietly(foot, draws);
}

struct foot *foot_start(int rows, int columns)
{
	struct foot *foot = xcalloc(1, sizeof *foot);
	SCOPED(char_freep) char *screen = NULL;
	SCOPED(char_freep) char *compositor = NULL;
	SCOPED(char_freep) char *terminal = NULL;

	foot->screen = -1;
	/* Where nobody may go. */
	foot->folder = xstrdup("/tmp/foyer-XXXXXX");
	assert_non_null(mkdtemp(foot->folder));
	if (geteuid() == 0)
		assert_int_equal(chown(foot->folder, NOBODY, NOBODY), 0);
	screen = folder_file(foot->folder, "screen");
	assert_int_equal(mkfifo(screen, 0600), 0);
	if (geteuid() == 0)
		assert_int_equal(chown(screen, NOBODY, NOBODY), 0);
	compositor =
	    put_file(foot, "compositor", compositor_settings(rows, columns));
	terminal = put_file(foot, "terminal", terminal_settings());
	run_both(foot, compositor, terminal, screen);
	open_screen(foot, screen);
	return foot;
}

bool foot_end(struct foot *foot)
{
	if (foot->screen >= 0)
		close(foot->screen);
	foot->screen = -1;
	return has_ended(&foot->terminal, PATIENCE);
}

void foot_free(struct foot *foot)
{
	if (!foot)
		return;
	(void)foot_end(foot);
	stop(&foot->terminal);
	stop(&foot->compositor);
	folder_freep(&foot->folder);
	free(foot->socket);
	free(foot);
}

int foot_screen(const struct foot *foot)
{
	return foot->screen;
}

void foot_processes(const struct foot *foot, pid_t processes[FOOT_PROCESSES])
{
	processes[0] = foot->terminal;
	processes[1] = foot->compositor;
}

/* --- what is seen ----------------------------------------------------------
 */

static void await_shown(const struct foot *foot)
{
	int unread = 1;

	for (int i = 0; unread && i < PATIENCE; i += 20) {
		assert_int_equal(ioctl(foot->screen, FIONREAD, &unread), 0);
		wait_ms(20);
	}
	assert_int_equal(unread, 0);
	wait_ms(SHOWN);
}

/* A binary PPM, which grim writes. */
static struct traces_picture read_picture(FILE *file)
{
	struct traces_picture picture;
	size_t count;

	assert_int_equal(
	    fscanf(file, "P6 %d %d 255", &picture.width, &picture.height), 2);
	(void)getc(file);
	count = (size_t)picture.width * (size_t)picture.height;
	picture.pixels = xcalloc(count, sizeof *picture.pixels);
	for (size_t i = 0; i < count; i++) {
		uint8_t colours[3];

		assert_int_equal(fread(colours, 3, 1, file), 1);
		picture.pixels[i] = (uint32_t)colours[0] << 16 |
				    (uint32_t)colours[1] << 8 | colours[2];
	}
	return picture;
}

struct traces_picture foot_picture(struct foot *foot)
{
	const char *const argv[] = { "grim", "-t", "ppm", "-", NULL };
	struct traces_picture picture;
	int ends[2];
	pid_t grim;
	FILE *file;

	await_shown(foot);
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	grim = start(foot, argv, ends[1]);
	close(ends[1]);
	file = fdopen(ends[0], "r");
	picture = read_picture(file);
	fclose(file);
	assert_true(has_ended(&grim, PATIENCE));
	return picture;
}
