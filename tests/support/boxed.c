#include "tests/support/boxed.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/folder.h"
#include "tests/test.h"
#include "vault/serve.h"

void boxed_init(struct boxed *boxed)
{
	safe_init(&boxed->safe, false);
	boxed->socket = folder_file(boxed->safe.folder, "socket");
	assert_int_equal(
	    serve_open(boxed->socket, &boxed->safe.place, &boxed->listener),
	    FAULT_NONE);
	boxed->helper = fork();
	if (!boxed->helper) {
		for (;;)
			serve_one(boxed->listener, &boxed->safe.place);
	}
}

void boxed_done(struct boxed *boxed)
{
	kill(boxed->helper, SIGKILL);
	waitpid(boxed->helper, NULL, 0);
	close(boxed->listener);
	free(boxed->socket);
	safe_done(&boxed->safe);
}
