/*
 * relay FIFO PROGRAM...: runs a program in a pseudo-terminal inside the
 * terminal it is started in, and passes on what both say, pixels included.
 * What is written to the FIFO comes to the program as keys, so that a script
 * can lead a program that somebody's terminal shows.
 */
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#define SETTLED 300 /* ms without another size */

static volatile sig_atomic_t resized;

static void on_resize(int signal)
{
	(void)signal;
	resized = 1;
}

static void pass_size(int master)
{
	struct winsize size;

	resized = 0;
	if (!ioctl(STDIN_FILENO, TIOCGWINSZ, &size))
		(void)ioctl(master, TIOCSWINSZ, &size);
}

/* False at the end of from. */
static int pass_on(int from, int to)
{
	char bytes[65536];
	ssize_t got = read(from, bytes, sizeof bytes);

	for (ssize_t put = 0; put < got;) {
		ssize_t written = write(to, bytes + put, (size_t)(got - put));

		if (written < 0)
			return 0;
		put += written;
	}
	return got > 0;
}

static void relay(int master, int keys)
{
	struct pollfd wait[] = { { master, POLLIN, 0 },
				 { STDIN_FILENO, POLLIN, 0 },
				 { keys, POLLIN, 0 } };

	for (;;) {
		if (resized)
			pass_size(master);
		if (poll(wait, 3, -1) < 0)
			continue;
		if (wait[0].revents && !pass_on(master, STDOUT_FILENO))
			return;
		if (wait[1].revents && !pass_on(STDIN_FILENO, master))
			return;
		if (wait[2].revents & POLLIN)
			(void)pass_on(keys, master);
	}
}

/*
 * A window gets its size after it has opened. foot 1.13 crashes now and then
 * when a picture comes while that happens, so the program waits for it.
 */
static void await_size(void)
{
	do {
		resized = 0;
		(void)poll(NULL, 0, SETTLED);
	} while (resized);
}

int main(int argc, char **argv)
{
	struct termios found, raw;
	struct winsize size;
	int master, keys;
	pid_t child;

	signal(SIGWINCH, on_resize);
	await_size();
	if (argc < 3 || tcgetattr(STDIN_FILENO, &found) ||
	    ioctl(STDIN_FILENO, TIOCGWINSZ, &size)) {
		fprintf(stderr,
			"usage: relay FIFO PROGRAM..., in a terminal\n");
		return 2;
	}
	/* Read and write, so that it does not end when one writer leaves. */
	keys = open(argv[1], O_RDWR | O_CLOEXEC);
	signal(SIGHUP, SIG_IGN);
	child = forkpty(&master, NULL, &found, &size);
	if (!child) {
		signal(SIGHUP, SIG_DFL);
		execvp(argv[2], argv + 2);
		perror(argv[2]);
		_exit(127);
	}
	raw = found;
	cfmakeraw(&raw);
	tcsetattr(STDIN_FILENO, TCSANOW, &raw);
	pass_size(master);
	relay(master, keys);
	(void)tcsetattr(STDIN_FILENO, TCSANOW, &found);
	/* The program's terminal is gone, which ends it. */
	close(master);
	waitpid(child, NULL, 0);
	return 0;
}
