#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/memory.h"
#include "tests/support/folder.h"

/* tests/fuzz.sh, with targets that are scripts; each has three turns. */

#define LIMIT 65536 /* bytes of what it prints */

struct told {
	int executions, seconds, edges, findings, broken;
};

/* Fuzzes, which fails. What it prints, for the caller to free, and of that the
 * row of the target. */
static char *fuzz(const char *script, struct told *told)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *target = folder_file(folder, "target");
	SCOPED(char_freep) char *said = folder_file(folder, "said");
	SCOPED(char_freep)
	char *command = xasprintf("sh tests/fuzz.sh 1 %s/kept %s target >%s "
				  "2>&1 </dev/null",
				  folder, folder, said);
	struct bytes out = { 0 };
	const char *row;
	char *text;
	int status;

	assert_int_equal(file_write(target, script, strlen(script), 0700),
			 FAULT_NONE);
	status = system(command);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 1);
	assert_int_equal(file_read(said, LIMIT, &out), FAULT_NONE);
	text = bytes_take_text(&out);
	row = strstr(text, "\ntarget   ");
	assert_non_null(row);
	assert_int_equal(sscanf(row, " target %d %d %d %d %d",
				&told->executions, &told->seconds, &told->edges,
				&told->findings, &told->broken),
			 5);
	return text;
}

static void a_target_that_never_ran_is_told(void **state)
{
	struct told told;
	SCOPED(char_freep) char *said = fuzz("#!/bin/sh\nexit 127\n", &told);

	(void)state;
	assert_int_equal(told.executions, 0);
	assert_int_equal(told.findings, 0);
	assert_int_equal(told.broken, 3);
	assert_non_null(strstr(said, "target was not fuzzed"));
}

static void what_broke_a_target_is_a_finding_alone(void **state)
{
	struct told told;
	SCOPED(char_freep)
	char *said =
	    fuzz("#!/bin/sh\n"
		 "for option; do case $option in\n"
		 "-artifact_prefix=*) echo x >\"${option#*=}crash-1\" ;;\n"
		 "esac; done\n"
		 "echo '#5 NEW cov: 3'\n"
		 "echo 'Test unit written to crash-1'\n"
		 "exit 77\n",
		 &told);

	(void)state;
	assert_int_equal(told.executions, 15);
	assert_int_equal(told.findings, 1);
	assert_int_equal(told.broken, 0);
	assert_null(strstr(said, "not fuzzed"));
	assert_non_null(strstr(said, "what broke them"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_target_that_never_ran_is_told),
		cmocka_unit_test(what_broke_a_target_is_a_finding_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
