#include "flash/tool.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"

#define SAID_LIMIT 2000 /* bytes of complaint that are worth showing */

/* The tools read no settings of the person's own, and no clock: an update gives
 * the same card whenever it is made. What they write is dated to a day. */
static const char *const environment[] = {
	"PATH=/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin",
	"LC_ALL=C.UTF-8",
	"MTOOLSRC=/dev/null",
	"HOME=/nonexistent",
	"TZ=UTC",
	"SOURCE_DATE_EPOCH=1767225600", /* 1 January 2026 */
	NULL,
};

static enum fault not_installed(const char *program)
{
	log_error("%s cannot be started: %s; install the packages mtools and "
		  "dosfstools (on Debian: sudo apt install mtools dosfstools)",
		  program, strerror(errno));
	return FAULT_SYSTEM;
}

/* posix_spawnp() looks along our own PATH, which may lack /usr/sbin. */
static int start(const char *const *words, int out, int said, pid_t *child)
{
	posix_spawn_file_actions_t actions;
	SCOPED(char_freep)
	char *beside = xasprintf("/usr/sbin/%s", words[0]);
	/* exec(3) does not change what it is given. */
	char *const *arguments = (char *const *)(uintptr_t)words;
	char *const *variables = (char *const *)(uintptr_t)environment;
	int problem;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, out, 1);
	posix_spawn_file_actions_adddup2(&actions, said, 2);
	problem =
	    posix_spawnp(child, words[0], &actions, NULL, arguments, variables);
	if (problem == ENOENT)
		problem = posix_spawn(child, beside, &actions, NULL, arguments,
				      variables);
	posix_spawn_file_actions_destroy(&actions);
	return problem;
}

static enum fault read_back(int file, const char *program, size_t limit,
			    struct bytes *out)
{
	const off_t length = lseek(file, 0, SEEK_END);
	uint8_t piece[65536];
	ssize_t got;

	if (length < 0 || (size_t)length > limit) {
		log_error("%s: gives %lld bytes, more than there should be",
			  program, (long long)length);
		return FAULT_LIMIT;
	}
	for (off_t at = 0; at < length; at += got) {
		got = pread(file, piece, sizeof piece, at);
		if (got <= 0)
			return FAULT_SYSTEM;
		bytes_add(out, piece, (size_t)got);
	}
	return FAULT_NONE;
}

static enum fault wait_for(pid_t child, const char *program, int *status)
{
	int how;

	while (waitpid(child, &how, 0) < 0) {
		if (errno != EINTR)
			return not_installed(program);
	}
	if (!WIFEXITED(how)) {
		log_error("%s was ended; run this again", program);
		return FAULT_SYSTEM;
	}
	*status = WEXITSTATUS(how);
	return FAULT_NONE;
}

/* Runs it with what it prints and what it complains in files of memory. */
static enum fault run(const char *const *words, size_t limit, struct bytes *out,
		      struct bytes *said, int *status)
{
	const int printed = memfd_create("printed", MFD_CLOEXEC);
	const int complained = memfd_create("complained", MFD_CLOEXEC);
	enum fault fault = FAULT_SYSTEM;
	pid_t child;

	if (printed < 0 || complained < 0 ||
	    (errno = start(words, printed, complained, &child)))
		fault = not_installed(words[0]);
	else
		fault = wait_for(child, words[0], status);
	if (!fault && out)
		fault = read_back(printed, words[0], limit, out);
	if (!fault && lseek(complained, 0, SEEK_END) < SAID_LIMIT)
		fault = read_back(complained, words[0], SAID_LIMIT, said);
	if (printed >= 0)
		close(printed);
	if (complained >= 0)
		close(complained);
	return fault;
}

enum fault tool_run(const char *const *words, size_t limit, struct bytes *out,
		    int *status)
{
	struct bytes said = { 0 };
	enum fault fault = run(words, limit, out, &said, status);

	bytes_done(&said);
	return fault;
}

enum fault tool_do(const char *const *words, size_t limit, struct bytes *out)
{
	struct bytes said = { 0 };
	int status = 0;
	enum fault fault = run(words, limit, out, &said, &status);

	if (!fault && status) {
		bytes_add_text(&said, "");
		said.data[strcspn((char *)said.data, "\n")] = 0;
		log_error("%s failed: %s", words[0], (char *)said.data);
		fault = FAULT_FORMAT;
	}
	bytes_done(&said);
	return fault;
}
