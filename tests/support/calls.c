#include "tests/support/calls.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"
#include "tests/test.h"

#define CALL_STOP (SIGTRAP | 0x80)

struct followed {
	pid_t id;
	bool own;  /* a child of this program, which waits for it itself */
	bool held; /* before a call */
	bool gone;
};

struct calls {
	struct followed of[CALLS_MOST];
	size_t count;
};

/* --- what a call does ----------------------------------------------------- */

/* What its processes send each other is gone with them. */
static const long tracing[] = {
	SYS_write,     SYS_writev,     SYS_pwrite64,  SYS_fsync,
	SYS_fdatasync, SYS_renameat,   SYS_renameat2, SYS_unlinkat,
	SYS_mkdirat,   SYS_socket,     SYS_connect,   SYS_shutdown,
	SYS_ftruncate, SYS_exit_group, SYS_clone,
/* Older machines have these beside the ones that take a folder. */
#if defined(SYS_rename)
	SYS_rename,
#endif
#if defined(SYS_unlink)
	SYS_unlink,
#endif
#if defined(SYS_mkdir)
	SYS_mkdir,
#endif
};

static bool leaves_trace(const struct __ptrace_syscall_info *info)
{
	long number = (long)info->entry.nr;

	/* What is drawn on the terminal is gone with it. */
	if (number == SYS_write && info->entry.args[0] <= STDERR_FILENO)
		return false;
	if (number == SYS_openat)
		return info->entry.args[2] & (O_WRONLY | O_RDWR | O_DIRECTORY);
	for (size_t i = 0; i < COUNT(tracing); i++) {
		if (number == tracing[i])
			return true;
	}
	return false;
}

/* --- following ------------------------------------------------------------ */

static void resume(struct followed *one, int deliver)
{
	one->held = false;
	/* Somebody else may have killed it meanwhile. */
	if (ptrace(PTRACE_SYSCALL, one->id, NULL, (void *)(long)deliver))
		assert_int_equal(errno, ESRCH);
}

/* Whether it stopped; an end that is somebody else's to wait for is left. */
static bool stops(struct followed *one, int flags, int *status)
{
	siginfo_t info = { 0 };
	int error;

	/* The kernel may break off a wait for one while another one stops. */
	do
		error = waitid(P_PID, (id_t)one->id, &info,
			       WSTOPPED | WEXITED | WNOWAIT | __WALL | flags);
	while (error && errno == EINTR);
	if (error || !info.si_pid)
		return false;
	one->gone = info.si_code != CLD_TRAPPED && info.si_code != CLD_STOPPED;
	if (!one->gone || !one->own)
		assert_int_equal(waitpid(one->id, status, __WALL), one->id);
	return !one->gone;
}

/* Holds it wherever it is; false once it has ended. */
static bool hold(struct followed *one)
{
	int status;

	if (!one->gone && !one->held &&
	    !ptrace(PTRACE_INTERRUPT, one->id, NULL, NULL))
		one->held = stops(one, 0, &status);
	return one->held;
}

static bool seize(struct followed *one)
{
	siginfo_t info;

	one->own =
	    !waitid(P_PID, (id_t)one->id, &info, WEXITED | WNOHANG | WNOWAIT);
	return !ptrace(PTRACE_SEIZE, one->id, NULL,
		       (void *)(PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL));
}

bool calls_allowed(void)
{
	struct followed one = { .id = fork() };
	bool allowed;
	int status;

	if (!one.id) {
		prctl(PR_SET_DUMPABLE, 0);
		raise(SIGSTOP);
		_exit(0);
	}
	assert_int_equal(waitpid(one.id, &status, WUNTRACED), one.id);
	allowed = seize(&one);
	kill(one.id, SIGKILL);
	assert_int_equal(waitpid(one.id, &status, 0), one.id);
	return allowed;
}

struct calls *calls_follow(const pid_t *processes, size_t count)
{
	struct calls *calls = xcalloc(1, sizeof *calls);

	assert_true(count <= CALLS_MOST);
	for (size_t i = 0; i < count; i++) {
		struct followed *one = &calls->of[i];

		one->id = processes[i];
		assert_true(seize(one));
		assert_true(hold(one));
		calls->count++;
	}
	return calls;
}

void calls_free(struct calls *calls)
{
	for (size_t i = 0; i < calls->count; i++) {
		if (hold(&calls->of[i]))
			ptrace(PTRACE_DETACH, calls->of[i].id, NULL, NULL);
	}
	free(calls);
}

/* It stopped; true if that is before a call. */
static bool is_before_call(struct followed *one, int status, struct call *call)
{
	struct __ptrace_syscall_info info;

	if (WSTOPSIG(status) != CALL_STOP) {
		/* A stop of ptrace's own brings no signal. */
		resume(one, status >> 16 ? 0 : WSTOPSIG(status));
		return false;
	}
	if (ptrace(PTRACE_GET_SYSCALL_INFO, one->id, sizeof info, &info) <= 0 ||
	    info.op != PTRACE_SYSCALL_INFO_ENTRY) {
		resume(one, 0);
		return false;
	}
	one->held = true;
	*call = (struct call){ .process = one->id,
			       .number = (long)info.entry.nr,
			       .leaves_trace = leaves_trace(&info) };
	return true;
}

static struct followed *find(struct calls *calls, pid_t process)
{
	for (size_t i = 0; i < calls->count; i++) {
		if (calls->of[i].id == process)
			return &calls->of[i];
	}
	fail_msg("%d is not followed", process);
	return NULL;
}

static bool next_of(struct followed *one, struct call *call)
{
	int status;

	while (!one->gone && !one->held) {
		if (!stops(one, WNOHANG, &status)) {
			*call = (struct call){ .process = one->id,
					       .ends = one->gone };
			return one->gone;
		}
		if (is_before_call(one, status, call))
			return true;
	}
	return false;
}

bool calls_next(struct calls *calls, struct call *call)
{
	for (size_t i = 0; i < calls->count; i++) {
		if (next_of(&calls->of[i], call))
			return true;
	}
	return false;
}

void calls_go_on(struct calls *calls, pid_t process)
{
	struct followed *one = find(calls, process);

	if (one->held)
		resume(one, 0);
}

bool calls_gone(struct calls *calls, pid_t process)
{
	return find(calls, process)->gone;
}

void calls_kill(struct calls *calls, pid_t process)
{
	struct followed *one = find(calls, process);
	int status;

	if (!one->gone)
		kill(process, SIGKILL);
	one->held = false;
	while (!one->gone)
		(void)stops(one, 0, &status);
}
