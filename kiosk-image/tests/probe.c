#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/*
 * The eyes of a boot test inside the image, which has neither a shell nor a
 * login. The test's own kernel command line starts it before the image's init
 * (rdinit=/probe, from an archive behind the image's initramfs), so nothing of
 * the image is changed and no image has it. It is linked statically, holds
 * views of /proc and /dev that are mounted nowhere, and goes on when the root
 * is switched.
 *
 * On the virtio port of number 2 it takes lines and ends each answer with a
 * line "." alone:
 *
 *	read PATH    what a file holds
 *	list PATH    names in a folder
 *	of NAME FILE a file of /proc, of every process of that name
 *	processes    "UID NAME", a process of user space a line
 *	forget       drops what is remembered of cards, so that they are read
 *	stop NAME    holds every process of that name where it is
 *	freeze       holds process 1, so that nobody feeds the watchdog
 */
#define PORT "vport%dp2"
#define PORTS 32
#define LINE 256

static int proc, devices;

static int view(const char *kind)
{
	int context = (int)syscall(SYS_fsopen, kind, 0);

	syscall(SYS_fsconfig, context, FSCONFIG_CMD_CREATE, NULL, NULL, 0);
	return (int)syscall(SYS_fsmount, context, 0, 0);
}

static int open_port(void)
{
	char name[LINE];
	int port;

	for (int i = 0;; i = (i + 1) % PORTS) {
		snprintf(name, sizeof name, PORT, i);
		port = openat(devices, name, O_RDWR | O_CLOEXEC);
		if (port >= 0)
			return port;
		nanosleep(&(struct timespec){ .tv_nsec = 50000000 }, NULL);
	}
}

/* The system's files as process 1 sees them, but /proc is our own. */
static int open_path(const char *path, int how)
{
	char inside[LINE + 16];

	if (strncmp(path, "/proc/", 6) == 0)
		return openat(proc, path + 6, how);
	snprintf(inside, sizeof inside, "1/root%s", path);
	return openat(proc, inside, how);
}

static bool put(const char *path, const char *text)
{
	int file = open_path(path, O_WRONLY | O_CLOEXEC);
	bool all = file >= 0 &&
		   write(file, text, strlen(text)) == (ssize_t)strlen(text);

	if (file >= 0)
		close(file);
	return all;
}

/*
 * The card lets nobody trace process 1, but its group of processes can be held
 * (kernel's cgroup-v2, "cgroup.freeze"). systemd has put us into that group
 * too, so we leave it first.
 */
#define GROUPS "/sys/fs/cgroup/"

static bool freeze(void)
{
	return put(GROUPS "cgroup.procs", "0") &&
	       put(GROUPS "init.scope/cgroup.freeze", "1");
}

static void tell_file(FILE *out, const char *path)
{
	int file = open_path(path, O_RDONLY);
	char data[4096];
	ssize_t got;

	while (file >= 0 && (got = read(file, data, sizeof data)) > 0)
		fwrite(data, 1, (size_t)got, out);
	if (file >= 0)
		close(file);
	else
		fprintf(out, "%s: %m\n", path);
}

static void tell_names(FILE *out, const char *path)
{
	int file = open_path(path, O_RDONLY | O_DIRECTORY);
	DIR *folder = file < 0 ? NULL : fdopendir(file);
	struct dirent *entry;

	while (folder && (entry = readdir(folder)))
		fprintf(out, "%s\n", entry->d_name);
	if (folder)
		closedir(folder);
}

/* Its name, and whether it is a process of user space that is not us. */
static bool named(int process, char name[LINE])
{
	char path[LINE];
	int file;
	ssize_t got;

	snprintf(path, sizeof path, "%d/exe", process);
	if (process == getpid() || readlinkat(proc, path, name, LINE) <= 0)
		return false;
	snprintf(path, sizeof path, "%d/comm", process);
	file = openat(proc, path, O_RDONLY);
	got = file < 0 ? -1 : read(file, name, LINE - 1);
	if (file >= 0)
		close(file);
	if (got <= 0)
		return false;
	name[got - 1] = 0; /* the line's end */
	return true;
}

typedef void each_process(FILE *out, int process, const char *name,
			  const char *wanted);

static void tell_process(FILE *out, int process, const char *name,
			 const char *wanted)
{
	char path[LINE];
	struct stat about;

	(void)wanted;
	snprintf(path, sizeof path, "%d/stat", process);
	if (fstatat(proc, path, &about, 0) == 0)
		fprintf(out, "%u %s\n", about.st_uid, name);
}

static void tell_of_process(FILE *out, int process, const char *name,
			    const char *wanted)
{
	size_t length = strcspn(wanted, " ");
	char path[LINE];

	if (strncmp(name, wanted, length) || name[length] || !wanted[length])
		return;
	snprintf(path, sizeof path, "/proc/%d/%.200s", process,
		 wanted + length + 1);
	tell_file(out, path);
}

static void stop_process(FILE *out, int process, const char *name,
			 const char *wanted)
{
	if (strcmp(name, wanted) == 0 && kill(process, SIGSTOP) == 0)
		fprintf(out, "%d\n", process);
}

static void for_each(FILE *out, each_process *act, const char *wanted)
{
	int copy = openat(proc, ".", O_RDONLY | O_DIRECTORY);
	DIR *folder = copy < 0 ? NULL : fdopendir(copy);
	struct dirent *entry;
	char name[LINE];

	while (folder && (entry = readdir(folder))) {
		int process = atoi(entry->d_name);

		if (process > 0 && named(process, name))
			act(out, process, name, wanted);
	}
	if (folder)
		closedir(folder);
}

/* A card that was written to from outside is read anew. */
static void forget(FILE *out)
{
	int file = openat(proc, "sys/vm/drop_caches", O_WRONLY);

	if (file < 0 || write(file, "3", 1) != 1)
		fprintf(out, "%m\n");
	if (file >= 0)
		close(file);
}

static void answer(FILE *out, char *line)
{
	char *word = strtok(line, " \n"), *rest = strtok(NULL, "\n");

	if (!word)
		return;
	if (strcmp(word, "read") == 0 && rest)
		tell_file(out, rest);
	else if (strcmp(word, "list") == 0 && rest)
		tell_names(out, rest);
	else if (strcmp(word, "of") == 0 && rest)
		for_each(out, tell_of_process, rest);
	else if (strcmp(word, "processes") == 0)
		for_each(out, tell_process, "");
	else if (strcmp(word, "forget") == 0)
		forget(out);
	else if (strcmp(word, "stop") == 0 && rest)
		for_each(out, stop_process, rest);
	else if (strcmp(word, "freeze") == 0 && !freeze())
		fprintf(out, "%m\n");
	fputs(".\n", out);
	fflush(out);
}

static void serve(void)
{
	FILE *in, *out;
	char line[LINE];
	int port = open_port();

	in = fdopen(port, "r");
	out = fdopen(dup(port), "w");
	fputs("probe\n", out);
	fflush(out);
	while (fgets(line, sizeof line, in))
		answer(out, line);
}

int main(void)
{
	if (fork() == 0) {
		proc = view("proc");
		devices = view("devtmpfs");
		serve();
		_exit(0);
	}
	execl("/init", "/init", NULL);
	perror("/init");
	return 1;
}
