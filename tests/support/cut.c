#include "tests/support/cut.h"

#include <signal.h>
#include <stdbool.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/test.h"

#define REFUSED 77 /* the child's exit status where it cannot be traced */
#define CALL_STOP (SIGTRAP | 0x80)

static void be_traced(cut_run *run, void *to)
{
	if (ptrace(PTRACE_TRACEME, 0, NULL, NULL))
		_exit(REFUSED);
	raise(SIGSTOP);
	run(to);
	_exit(0);
}

/* Goes on to the child's next stop; false once it has ended. */
static bool go_on(pid_t child, int deliver, int *status)
{
	assert_int_equal(
	    ptrace(PTRACE_SYSCALL, child, NULL, (void *)(long)deliver), 0);
	assert_int_equal(waitpid(child, status, 0), child);
	return WIFSTOPPED(*status);
}

static enum cut follow(pid_t child, int n)
{
	int status, deliver = 0, stops = 0;

	while (go_on(child, deliver, &status)) {
		deliver = 0;
		if (WSTOPSIG(status) != CALL_STOP) {
			deliver = WSTOPSIG(status);
			continue;
		}
		/* Every call stops twice: before it and after it. */
		if (stops++ == 2 * (n - 1)) {
			kill(child, SIGKILL);
			waitpid(child, &status, 0);
			return CUT_OFF;
		}
	}
	/* The last call is the one that ends the child: nothing to cut. */
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	return CUT_FINISHED;
}

enum cut cut_at(int n, cut_run *run, void *to)
{
	int status;
	pid_t child = fork();

	assert_true(child >= 0);
	if (!child)
		be_traced(run, to);
	assert_int_equal(waitpid(child, &status, 0), child);
	if (WIFEXITED(status) && WEXITSTATUS(status) == REFUSED)
		return CUT_CANNOT;
	assert_true(WIFSTOPPED(status));
	assert_int_equal(
	    ptrace(PTRACE_SETOPTIONS, child, NULL,
		   (void *)(PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL)),
	    0);
	return follow(child, n);
}
