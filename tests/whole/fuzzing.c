#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/memory.h"
#include "tests/support/folder.h"

/*
 * tests/fuzz.sh and tests/fuzz_keep.sh, in a folder that stands for the
 * repository, with targets that are scripts; fuzzing gives each three turns.
 */

#define LIMIT 65536 /* bytes of what it prints */

struct told {
	int executions, seconds, edges, findings, broken, in_all;
};

static void write_file(const char *folder, const char *name, const char *text)
{
	SCOPED(char_freep) char *path = folder_file(folder, name);

	assert_int_equal(file_write(path, text, strlen(text), 0700),
			 FAULT_NONE);
}

static char *read_file(const char *folder, const char *name)
{
	SCOPED(char_freep) char *path = folder_file(folder, name);
	struct bytes out = { 0 };

	assert_int_equal(file_read(path, LIMIT, &out), FAULT_NONE);
	return bytes_take_text(&out);
}

/* Runs a script of tests/ there; what it prints is in the file said. */
static int run(const char *folder, const char *command)
{
	SCOPED(char_freep)
	char *all = xasprintf("cd %s && sh %s/tests/%s target >said 2>&1 "
			      "</dev/null",
			      folder, getenv("FOYER_SOURCE"), command);
	const int status = system(all);

	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

/* Fuzzes, which fails. What it prints, for the caller to free, and of that the
 * row of the target. */
static char *fuzz_in(const char *folder, const char *script, struct told *told)
{
	const char *row;
	char *text;

	write_file(folder, "target", script);
	assert_int_equal(run(folder, "fuzz.sh 1 kept ."), 1);
	text = read_file(folder, "said");
	row = strstr(text, "\ntarget   ");
	assert_non_null(row);
	assert_int_equal(sscanf(row, " target %d %d %d %d %d %d",
				&told->executions, &told->seconds, &told->edges,
				&told->findings, &told->broken, &told->in_all),
			 6);
	return text;
}

static char *fuzz(const char *script, struct told *told)
{
	SCOPED(folder_freep) char *folder = folder_new();

	return fuzz_in(folder, script, told);
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

/*
 * A target in which each character of an input is a piece of code that it
 * reaches, and which merges as libFuzzer does: the files of the first folder,
 * then those of the second, of each folder the smallest first.
 */
static const char merges[] =
    "#!/bin/sh\n"
    "for option; do case $option in\n"
    "-merge_control_file=*) notes=${option#*=} ;;\n"
    "-*) ;;\n"
    "*) files=\"$files $(find $option -type f -printf '%s %p\\n' |\n"
    "	sort -n -k 1,1 -k 2 | cut -d ' ' -f 2)\" ;;\n"
    "esac; done\n"
    "set -- $files\n"
    "{ echo $#; echo 0; printf '%s\\n' \"$@\"; n=0; seen=\n"
    "for file; do\n"
    "	line=\"COV $n\" n=$((n + 1))\n"
    "	for c in $(fold -w 1 $file | uniq); do case $seen in\n"
    "	*$c*) ;;\n"
    "	*) seen=$seen$c line=\"$line $c\" ;;\n"
    "	esac; done\n"
    "	echo \"$line\"\n"
    "done; } >$notes\n";

#define NAMED "tests/fuzz/corpus/target/by-hand"
#define HASH "%040x"
#define MOST 32      /* inputs without a name */
#define LARGEST 2048 /* bytes */

/* A repository with an input by hand, and what fuzzing left. */
static char *fuzzed(void)
{
	static const char *const folders[] = {
		"tests",       "tests/fuzz",         "tests/fuzz/corpus",
		"kept",        "kept/totals",        "tests/fuzz/corpus/target",
		"kept/corpus", "kept/corpus/target",
	};
	char *folder = folder_new();

	for (size_t i = 0; i < COUNT(folders); i++) {
		SCOPED(char_freep) char *path = folder_file(folder, folders[i]);

		assert_int_equal(mkdir(path, 0700), 0);
	}
	write_file(folder, "target", merges);
	write_file(folder, NAMED, "ab");
	write_file(folder, "kept/totals/target", "1000 250 7\n");
	return folder;
}

static void leave_input(const char *folder, unsigned int hash, const char *text)
{
	SCOPED(char_freep)
	char *name = xasprintf("kept/corpus/target/" HASH, hash);

	write_file(folder, name, text);
}

static bool is_kept(const char *folder, unsigned int hash)
{
	SCOPED(char_freep)
	char *name = xasprintf("tests/fuzz/corpus/target/" HASH, hash);
	SCOPED(char_freep) char *path = folder_file(folder, name);

	return !access(path, F_OK);
}

static int kept_below(const char *folder, unsigned int hash)
{
	int count = 0;

	while (hash--)
		count += is_kept(folder, hash);
	return count;
}

static void keep(const char *folder)
{
	assert_int_equal(run(folder, "fuzz_keep.sh kept ."), 0);
}

static void assert_totals(const char *folder, const char *expected)
{
	SCOPED(char_freep)
	char *totals = read_file(folder, "tests/fuzz/totals");

	assert_string_equal(totals, expected);
}

static void totals_are_kept_once_and_add_up(void **state)
{
	SCOPED(folder_freep) char *folder = fuzzed();
	SCOPED(char_freep) char *said = NULL;
	struct told told;

	(void)state;
	write_file(folder, "tests/fuzz/totals", "others 5 6 7\n");
	keep(folder);
	assert_totals(folder, "others 5 6 7\ntarget 1000 2 7\n");
	keep(folder);
	assert_totals(folder, "others 5 6 7\ntarget 1000 2 7\n");

	write_file(folder, "kept/totals/target", "1500 650 9\n");
	keep(folder);
	assert_totals(folder, "others 5 6 7\ntarget 1500 6 9\n");

	write_file(folder, "kept/totals/target", "1600 650 9\n");
	said = fuzz_in(folder, "#!/bin/sh\necho '#5 NEW cov: 3'\nexit 77\n",
		       &told);
	assert_int_equal(told.in_all, 1600 + 15);
}

static void another_machine_goes_on_from_what_is_kept(void **state)
{
	SCOPED(folder_freep) char *folder = fuzzed();

	(void)state;
	write_file(folder, "tests/fuzz/totals", "target 70000 600 8\n");
	keep(folder);
	assert_totals(folder, "target 71000 602 7\n");
}

static void what_reaches_more_is_kept_and_small(void **state)
{
	SCOPED(folder_freep) char *folder = fuzzed();
	char large[LARGEST + 2] = "z";

	(void)state;
	memset(large, 'z', LARGEST + 1);
	leave_input(folder, 1, "abc");
	leave_input(folder, 2, "a");
	leave_input(folder, 3, large);
	memset(large, 'y', LARGEST);
	large[LARGEST] = '\0';
	leave_input(folder, 4, large);
	keep(folder);
	assert_true(is_kept(folder, 1));
	assert_false(is_kept(folder, 2));
	assert_false(is_kept(folder, 3));
	assert_true(is_kept(folder, 4));
}

static void the_best_of_too_many_are_kept_beside_those_with_a_name(void **state)
{
	static const char letters[] = "cdefghijklmnopqrstuvwxyz"
				      "CDEFGHIJKLMNOPQRSTUVWXYZ";
	SCOPED(folder_freep) char *folder = fuzzed();
	SCOPED(char_freep) char *named = NULL;
	unsigned int i;

	(void)state;
	for (i = 0; i < MOST; i++)
		leave_input(folder, i, (char[]){ letters[i], '\0' });
	keep(folder);
	assert_int_equal(kept_below(folder, MOST), MOST);
	leave_input(folder, i, (char[]){ letters[i], letters[i + 1], '\0' });
	keep(folder);
	assert_true(is_kept(folder, i));
	assert_int_equal(kept_below(folder, i + 1), MOST);
	named = read_file(folder, NAMED);
	assert_string_equal(named, "ab");
}

static void a_corpus_that_cannot_be_looked_through_stays(void **state)
{
	SCOPED(folder_freep) char *folder = fuzzed();

	(void)state;
	write_file(folder, "target", "#!/bin/sh\necho broken\nexit 1\n");
	leave_input(folder, 1, "c");
	assert_int_equal(run(folder, "fuzz_keep.sh kept ."), 1);
	assert_false(is_kept(folder, 1));
	assert_totals(folder, "target 1000 2 7\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_target_that_never_ran_is_told),
		cmocka_unit_test(what_broke_a_target_is_a_finding_alone),
		cmocka_unit_test(totals_are_kept_once_and_add_up),
		cmocka_unit_test(another_machine_goes_on_from_what_is_kept),
		cmocka_unit_test(what_reaches_more_is_kept_and_small),
		cmocka_unit_test(
		    the_best_of_too_many_are_kept_beside_those_with_a_name),
		cmocka_unit_test(a_corpus_that_cannot_be_looked_through_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
