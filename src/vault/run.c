#include "vault/run.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"

#define FURTHER_DESCRIPTOR 3

static const char *const environment[] = {
	"PATH=/usr/sbin:/usr/bin:/sbin:/bin",
	"LC_ALL=C",
	/* Nodes are made at once, not by rules that would have to be there. */
	"DM_DISABLE_UDEV=1",
	NULL,
};

/* A pipe with the text in it and nobody to write more; -1: none. Its number is
 * high, so that putting one in its place never closes the other. */
static int pipe_with(const char *text)
{
	int ends[2], high = -1;
	const ssize_t length = (ssize_t)strlen(text);

	if (pipe2(ends, O_CLOEXEC))
		return -1;
	if (write(ends[1], text, (size_t)length) == length)
		high = fcntl(ends[0], F_DUPFD_CLOEXEC, FURTHER_DESCRIPTOR + 1);
	close(ends[0]);
	close(ends[1]);
	return high;
}

static int wait_for(pid_t child, const char *path)
{
	int status;

	while (waitpid(child, &status, 0) < 0) {
		if (errno != EINTR)
			return -1;
	}
	if (WIFEXITED(status))
		return WEXITSTATUS(status);
	log_error("%s: was killed", path);
	return -1;
}

static int run_with(const char *const argv[], int secret, int further)
{
	posix_spawn_file_actions_t files;
	pid_t child;
	int error;

	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_adddup2(&files, secret, STDIN_FILENO);
	posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null",
					 O_WRONLY, 0);
	if (further >= 0)
		posix_spawn_file_actions_adddup2(&files, further,
						 FURTHER_DESCRIPTOR);
	error = posix_spawn(&child, argv[0], &files, NULL, (char *const *)argv,
			    (char *const *)environment);
	posix_spawn_file_actions_destroy(&files);
	if (!error)
		return wait_for(child, argv[0]);
	log_error("%s: cannot be run: %s", argv[0], strerror(error));
	return -1;
}

int run_program(const char *const argv[], const char *secret,
		const char *further)
{
	const int first = pipe_with(secret);
	const int second = further ? pipe_with(further) : -1;
	int status = -1;

	if (first < 0 || (further && second < 0))
		log_error("%s: cannot be given what it reads: %s", argv[0],
			  strerror(errno));
	else
		status = run_with(argv, first, second);
	if (first >= 0)
		close(first);
	if (second >= 0)
		close(second);
	return status;
}
