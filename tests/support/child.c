#include "tests/support/child.h"

#include <signal.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/test.h"

struct child child_start(child_run *run, void *to)
{
	struct child child;
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	child.id = fork();
	assert_true(child.id >= 0);
	if (!child.id) {
		uint8_t result = (uint8_t)run(to);

		(void)!write(ends[1], &result, 1);
		execl("/bin/true", "true", NULL);
		raise(SIGKILL);
	}
	close(ends[1]);
	child.from = ends[0];
	return child;
}

int child_wait(struct child *child)
{
	uint8_t result;
	ssize_t got = read(child->from, &result, 1);

	close(child->from);
	waitpid(child->id, NULL, 0);
	return got == 1 ? result : CHILD_KILLED;
}

int child_result(child_run *run, void *to)
{
	struct child child = child_start(run, to);

	return child_wait(&child);
}
