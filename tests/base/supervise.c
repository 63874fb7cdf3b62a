#include "tests/test.h"

#include <string.h>

#include "base/memory.h"
#include "base/supervise.h"
#include "tests/support/folder.h"
#include "tests/support/manager.h"

static void a_message_arrives_whole_at_a_path(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = folder_file(folder, "notify");
	struct manager manager = manager_new(path);

	(void)state;
	assert_true(supervise_tell(path, SUPERVISE_READY));
	assert_true(supervise_tell(path, SUPERVISE_ALIVE));
	manager_expect(&manager, "READY=1");
	manager_expect(&manager, "WATCHDOG=1");
	manager_done(&manager);
}

static void a_message_arrives_in_the_abstract_namespace(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *name = xasprintf("@foyer%s", folder);
	struct manager manager = manager_new(name);

	(void)state;
	assert_true(supervise_tell(name, SUPERVISE_STOPPING));
	manager_expect(&manager, "STOPPING=1");
	manager_done(&manager);
}

static void nobody_to_tell_is_no_harm(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = folder_file(folder, "nobody");
	char long_path[300];

	(void)state;
	memset(long_path, '/', sizeof long_path - 1);
	long_path[sizeof long_path - 1] = 0;
	assert_false(supervise_tell(NULL, SUPERVISE_READY));
	assert_false(supervise_tell("", SUPERVISE_READY));
	assert_false(supervise_tell("@", SUPERVISE_READY));
	assert_false(supervise_tell("notify", SUPERVISE_READY));
	assert_false(supervise_tell(path, SUPERVISE_READY));
	assert_false(supervise_tell(long_path, SUPERVISE_READY));
}

/* A manager that reads nothing must not hold the lobby up. */
static void a_manager_that_does_not_listen_is_not_waited_for(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = folder_file(folder, "notify");
	struct manager manager = manager_new(path);
	bool full = false;

	(void)state;
	for (int i = 0; i < 100000 && !full; i++)
		full = !supervise_tell(path, SUPERVISE_ALIVE);
	assert_true(full);
	manager_done(&manager);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_arrives_whole_at_a_path),
		cmocka_unit_test(a_message_arrives_in_the_abstract_namespace),
		cmocka_unit_test(nobody_to_tell_is_no_harm),
		cmocka_unit_test(
		    a_manager_that_does_not_listen_is_not_waited_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
