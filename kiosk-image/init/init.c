/*
 * The first program: loads the drivers of the card, finds the root on it,
 * checks every block of it, lays a part of memory over it and hands on to
 * systemd. It knows no shell and no option. When it cannot go on it says why
 * on the screen, and stays there.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "notice.h"
#include "verity.h"

#define ROOT_PART 3
#define WAIT_SECONDS 60
#define STEP_MILLISECONDS 50
#define OVERLAY "size=64m,nr_inodes=16k,mode=0755"

static void pause_for(long milliseconds)
{
	nanosleep(
	    &(struct timespec){ .tv_sec = milliseconds / 1000,
				.tv_nsec = milliseconds % 1000 * 1000000 },
	    NULL);
}

_Noreturn static void stop(const char *notice)
{
	static const char *const screens[] = { "/dev/tty1", "/dev/console" };

	fprintf(stderr, "foyer: stop: %s: %s\n", notice, strerror(errno));
	for (;;) {
		for (size_t i = 0; i < sizeof screens / sizeof *screens; i++) {
			int screen = open(screens[i], O_WRONLY | O_NOCTTY);

			if (screen < 0)
				continue;
			notice_show("/notices", notice, screen);
			close(screen);
		}
		pause_for(10000);
	}
}

/* A driver that finds no device of its own is not missed. */
static bool load(const char *name)
{
	char path[256];
	int file, answer;

	snprintf(path, sizeof path, "/modules/%s", name);
	file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return false;
	answer = (int)syscall(SYS_finit_module, file, "", 0);
	close(file);
	return answer == 0 || errno == EEXIST || errno == ENODEV;
}

static void load_all(const char *list)
{
	char name[128];
	FILE *file = fopen(list, "re");

	while (file && fscanf(file, "%127s", name) == 1)
		if (!load(name))
			fprintf(stderr, "foyer: driver %s: %s\n", name,
				strerror(errno));
	if (file)
		fclose(file);
}

static void read_root(struct root *root)
{
	FILE *file = fopen("/root", "re");

	if (!file || fscanf(file, "%x %llu %64s %64s", &root->disk,
			    &root->blocks, root->hash, root->salt) != 4)
		stop("driver");
	fclose(file);
}

/* The number that a partition table carries, or 0. */
static unsigned int disk_number(const char *name)
{
	unsigned char bytes[4] = { 0 };
	char path[300];
	int file;

	snprintf(path, sizeof path, "/dev/%s", name);
	file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return 0;
	if (pread(file, bytes, sizeof bytes, 440) != sizeof bytes)
		bytes[0] = 0;
	close(file);
	return (unsigned int)bytes[0] | (unsigned int)bytes[1] << 8 |
	       (unsigned int)bytes[2] << 16 | (unsigned int)bytes[3] << 24;
}

static bool first_line(const char *path, char *line, int size)
{
	FILE *file = fopen(path, "re");
	bool got = file && fgets(line, size, file);

	if (file)
		fclose(file);
	if (got)
		line[strcspn(line, "\n")] = '\0';
	return got;
}

/* "major:minor" of the disk's part with the root: mmcblk0p3, vda3. */
static bool part_of(const char *disk, char *part, int size)
{
	static const char *const between[] = { "p", "" };
	char path[600];

	for (size_t i = 0; i < sizeof between / sizeof *between; i++) {
		snprintf(path, sizeof path, "/sys/block/%s/%s%s%d/dev", disk,
			 disk, between[i], ROOT_PART);
		if (first_line(path, part, size))
			return true;
	}
	return false;
}

static bool find_part(unsigned int number, char *part, int size)
{
	DIR *disks = opendir("/sys/block");
	struct dirent *disk;
	bool found = false;

	while (disks && !found && (disk = readdir(disks)))
		found = disk->d_name[0] != '.' &&
			disk_number(disk->d_name) == number &&
			part_of(disk->d_name, part, size);
	if (disks)
		closedir(disks);
	return found;
}

/* A card may take seconds to answer. */
static void wait_for_part(unsigned int number, char *part, int size)
{
	int steps = WAIT_SECONDS * 1000 / STEP_MILLISECONDS;

	while (!find_part(number, part, size)) {
		if (steps-- == 0)
			stop("card");
		pause_for(STEP_MILLISECONDS);
	}
}

static void attach(const char *what, const char *where, const char *type,
		   unsigned long flags, const char *words, const char *notice)
{
	mkdir(where, 0755);
	if (mount(what, where, type, flags, words) < 0)
		stop(notice);
}

/* Memory that the drivers and this program took is given back. */
static void forget_start(void)
{
	char path[300], list[] = "/modules";
	DIR *folder = opendir(list);
	struct dirent *file;

	while (folder && (file = readdir(folder))) {
		snprintf(path, sizeof path, "%s/%s", list, file->d_name);
		unlink(path);
	}
	if (folder)
		closedir(folder);
	unlink("/init");
	unlink("/root");
}

static void hand_on(void)
{
	static const char *const kept[] = { "/dev", "/proc", "/sys" };
	char to[32];

	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
		snprintf(to, sizeof to, "/new%s", kept[i]);
		if (mount(kept[i], to, NULL, MS_MOVE, NULL) < 0)
			stop("damaged");
	}
	forget_start();
	if (chdir("/new") < 0 || mount(".", "/", NULL, MS_MOVE, NULL) < 0 ||
	    chroot(".") < 0 || chdir("/") < 0)
		stop("damaged");
	execl("/usr/lib/systemd/systemd", "/sbin/init", NULL);
	stop("damaged");
}

int main(void)
{
	struct root root;
	char part[32];
	int console;

	attach("devtmpfs", "/dev", "devtmpfs", MS_NOSUID, "mode=0755",
	       "driver");
	attach("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL,
	       "driver");
	attach("sysfs", "/sys", "sysfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL,
	       "driver");
	console = open("/dev/console", O_RDWR | O_NOCTTY);
	for (int i = 0; console >= 0 && i < 3; i++)
		dup2(console, i);
	if (console > 2)
		close(console);

	read_root(&root);
	load_all("/modules/list");
	wait_for_part(root.disk, part, sizeof part);
	if (!verity_open(&root, part, "/dev/foyer-root"))
		stop("damaged");
	attach("/dev/foyer-root", "/base", "squashfs", MS_RDONLY | MS_NODEV,
	       NULL, "damaged");
	attach("tmpfs", "/over", "tmpfs", MS_NODEV, OVERLAY, "memory");
	mkdir("/over/upper", 0755);
	mkdir("/over/work", 0755);
	attach("overlay", "/new", "overlay", 0,
	       "lowerdir=/base,upperdir=/over/upper,workdir=/over/work",
	       "memory");
	hand_on();
}
