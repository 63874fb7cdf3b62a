#include "tests/test.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "speech/confine.h"
#include "tests/support/child.h"
#include "tests/support/folder.h"

/* What a confined process tried, a bit each. */
enum {
	NOT_OFFERED = 1 << 0,
	READ_A_KEY = 1 << 1,
	READ_NO_PACK = 1 << 2,
	WROTE_A_PACK = 1 << 3,
	REACHED_THE_NETWORK = 1 << 4,
	STARTED_A_PROGRAM = 1 << 5,
	LOCAL_SOCKET = 1 << 6,
	MADE_A_RING = 1 << 7,
	SIGNALLED_ANOTHER = 1 << 8,
	TRACED_ANOTHER = 1 << 9,
	READ_ANOTHER = 1 << 10,
	HELD_ANOTHER = 1 << 11,
	BEGAN_A_PROCESS = 1 << 12,
	CANNOT_ABORT = 1 << 13,
	NO_THREAD = 1 << 14,
	LEFT_ITS_SPACE = 1 << 15,
};

struct places {
	char *pack, *key, *recording;
	bool server;
};

static bool opens(const char *path, int how)
{
	int file = open(path, how);

	if (file >= 0)
		close(file);
	return file >= 0;
}

static int try_files(const struct places *places)
{
	int tried = 0;

	tried |= opens(places->key, O_RDONLY) ? READ_A_KEY : 0;
	tried |= opens(places->recording, O_RDONLY) ? 0 : READ_NO_PACK;
	tried |= opens(places->recording, O_RDWR) ? WROTE_A_PACK : 0;
	return tried;
}

/* Through io_uring a socket was had that no filter saw. */
static int try_network(void)
{
	struct io_uring_params ring = { 0 };
	int tried = 0;

	tried |= socket(AF_INET, SOCK_STREAM, 0) >= 0 ? REACHED_THE_NETWORK : 0;
	tried |= socket(AF_INET6, SOCK_DGRAM, 0) >= 0 ? REACHED_THE_NETWORK : 0;
	tried |= socket(AF_NETLINK, SOCK_RAW, 0) >= 0 ? REACHED_THE_NETWORK : 0;
	tried |= socket(AF_UNIX, SOCK_STREAM, 0) >= 0 ? LOCAL_SOCKET : 0;
	errno = 0;
	if (syscall(SYS_io_uring_setup, 4, &ring) >= 0 || errno != EPERM)
		tried |= MADE_A_RING;
	return tried;
}

static bool is_refused(long answer)
{
	return answer < 0 && errno == EPERM;
}

static void *thread(void *to)
{
	return to;
}

static int try_processes(void)
{
	const pid_t parent = getppid();
	pthread_t other;
	struct iovec piece = { 0 };
	int tried = 0;
	pid_t child;

	tried |= is_refused(kill(parent, 0)) ? 0 : SIGNALLED_ANOTHER;
	tried |= is_refused(syscall(SYS_tgkill, parent, parent, 0))
		     ? 0
		     : SIGNALLED_ANOTHER;
	tried |= syscall(SYS_tgkill, getpid(), gettid(), 0) ? CANNOT_ABORT : 0;
	tried |= is_refused(ptrace(PTRACE_ATTACH, parent, NULL, NULL))
		     ? 0
		     : TRACED_ANOTHER;
	tried |= is_refused(syscall(SYS_process_vm_readv, parent, &piece, 1,
				    &piece, 1, 0))
		     ? 0
		     : READ_ANOTHER;
	tried |=
	    is_refused(syscall(SYS_pidfd_open, parent, 0)) ? 0 : HELD_ANOTHER;
	tried |= is_refused(unshare(CLONE_NEWUSER)) ? 0 : LEFT_ITS_SPACE;
	if (pthread_create(&other, NULL, thread, NULL))
		tried |= NO_THREAD;
	else
		pthread_join(other, NULL);
	child = fork();
	if (!child)
		_exit(0);
	if (child > 0)
		waitpid(child, NULL, 0);
	return tried | (child > 0 ? BEGAN_A_PROCESS : 0);
}

/* What came of it, in memory that both processes have. */
static int *tried;

static int try_all(void *to)
{
	const struct places *places = to;
	const char *const packs[] = { places->pack, NULL };
	struct confined confined =
	    confine(packs, COUNT(packs), NULL, places->server);

	*tried = NOT_OFFERED;
	if (!confined.files || !confined.calls)
		return 0;
	*tried = try_files(places) | try_network() | try_processes();
	errno = 0;
	(void)execl("/bin/false", "false", NULL);
	*tried |= errno == EPERM ? 0 : STARTED_A_PROGRAM;
	return 0;
}

static int tried_in(bool server)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *pack = folder_file(folder, "audio");
	SCOPED(char_freep) char *key = folder_file(folder, "agency.key");
	SCOPED(char_freep)
	char *recording = folder_file(folder, "audio/a.opus");
	struct places places = { pack, key, recording, server };

	assert_int_equal(folder_make(pack), FAULT_NONE);
	assert_int_equal(file_write(key, "k", 1, 0600), FAULT_NONE);
	assert_int_equal(file_write(recording, "o", 1, 0600), FAULT_NONE);
	tried = mmap(NULL, sizeof *tried, PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_true(tried != MAP_FAILED);
	assert_int_equal(child_result(try_all, &places), 0);
	return *tried;
}

static void a_speaker_reaches_its_packs_and_nothing_else(void **state)
{
	const int alone = tried_in(false);

	(void)state;
	if (alone == NOT_OFFERED) {
		print_message("skipped: no Landlock or seccomp here\n");
		return;
	}
	assert_int_equal(alone, 0);
	/* With a server: its socket, and the process of ALSA's mixer. */
	assert_int_equal(tried_in(true), LOCAL_SOCKET | BEGAN_A_PROCESS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_speaker_reaches_its_packs_and_nothing_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
