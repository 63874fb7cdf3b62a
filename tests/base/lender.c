#include "tests/test.h"

#include "base/lender.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "tests/support/child.h"
#include "tests/support/folder.h"

/* A folder that is lent, with a file; one beside it that is not, with a key;
 * and links from the one into the other. */
struct library {
	char *folder, *shelf;
	struct child lender;
	int socket, ends[2];
};

static char *within(const struct library *library, const char *name)
{
	return folder_file(library->folder, name);
}

static int lend(void *to)
{
	struct library *library = to;
	SCOPED(char_freep) char *cards = within(library, "machine/*/card[0-9]");
	const char *const patterns[] = { cards };
	const struct lender_shelf shelf = {
		.folders = &library->shelf,
		.folder_count = 1,
		.patterns = patterns,
		.pattern_count = 1,
	};

	close(library->ends[0]);
	while (lender_serve(library->ends[1], &shelf))
		continue;
	return 0;
}

static void put(const struct library *library, const char *name,
		const char *text)
{
	SCOPED(char_freep) char *path = within(library, name);

	assert_int_equal(file_write(path, text, strlen(text), 0600),
			 FAULT_NONE);
}

static void open_library(struct library *library)
{
	*library = (struct library){ .folder = folder_new() };
	SCOPED(char_freep) char *beside = within(library, "lent-not");
	SCOPED(char_freep) char *link = within(library, "lent/link");
	SCOPED(char_freep) char *own = within(library, "lent/own");
	SCOPED(char_freep) char *lent = within(library, "lent");

	assert_int_equal(folder_make(beside), FAULT_NONE);
	assert_int_equal(folder_make(lent), FAULT_NONE);
	SCOPED(char_freep) char *card = within(library, "machine/a/b/card1");

	assert_int_equal(folder_make(card), FAULT_NONE);
	put(library, "machine/a/b/card1/serial", "7");
	put(library, "machine/card2", "2");
	put(library, "machine/a/card3", "3");
	put(library, "lent/words", "words");
	put(library, "lent-not/key", "key");
	assert_int_equal(symlink("../lent-not/key", link), 0);
	assert_int_equal(symlink("words", own), 0);
	library->shelf = realpath(lent, NULL);
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, library->ends),
			 0);
	library->lender = child_start(lend, library);
	close(library->ends[1]);
	library->socket = library->ends[0];
}

static void close_library(struct library *library)
{
	close(library->socket);
	(void)child_wait(&library->lender);
	free(library->shelf);
	folder_freep(&library->folder);
}

static void what_is_below_a_folder_or_named_is_lent_and_no_more(void **state)
{
	static const struct {
		const char *name;
		long answer; /* 0: lent */
	} cases[] = {
		{ "lent/words", 0 },
		{ "lent/own", 0 },
		{ "lent", 0 },
		{ "lent/../lent/words", 0 },
		{ "lent/none", -ENOENT },
		{ "lent/link", -ENOENT },
		{ "lent/../lent-not/key", -ENOENT },
		{ "lent-not/key", -ENOENT }, /* a name that begins alike */
		{ "lent-not", -ENOENT },
		{ "machine/a/b/card1", 0 },
		{ "machine/a/card3", 0 },
		{ "machine/a/b/card1/serial", -ENOENT },
		{ "machine/card2", -ENOENT },
		{ "machine/a/b", -ENOENT },
		{ "machine", -ENOENT },
	};
	struct library library;
	struct stat about;

	(void)state;
	open_library(&library);
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(char_freep)
		char *path = within(&library, cases[i].name);
		const long file = lender_open(library.socket, path);

		print_message("%s\n", cases[i].name);
		assert_int_equal(file < 0 ? file : 0, cases[i].answer);
		assert_int_equal(lender_stat(library.socket, path, &about),
				 cases[i].answer);
		if (file >= 0)
			close((int)file);
	}
	assert_int_equal(lender_open(library.socket, "/dev/null"), -ENOENT);
	close_library(&library);
}

static void what_was_lent_is_read_and_not_written(void **state)
{
	struct library library;
	struct stat about;
	char text[16] = "";

	(void)state;
	open_library(&library);
	SCOPED(char_freep) char *path = within(&library, "lent/words");
	const long file = lender_open(library.socket, path);

	assert_true(file >= 0);
	assert_int_equal(read((int)file, text, sizeof text - 1), 5);
	assert_string_equal(text, "words");
	assert_int_equal(write((int)file, "x", 1), -1);
	close((int)file);
	assert_int_equal(lender_stat(library.socket, path, &about), 0);
	assert_int_equal(about.st_size, 5);
	close_library(&library);
}

static void a_lender_who_is_gone_lends_nothing(void **state)
{
	int ends[2];

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends), 0);
	close(ends[1]);
	assert_int_equal(lender_open(ends[0], "/etc/fonts"), -EIO);
	close(ends[0]);
}

static void what_is_no_request_is_passed_over(void **state)
{
	static char root[] = "/";
	char *const folders[] = { root };
	const struct lender_shelf shelf = { .folders = folders,
					    .folder_count = 1 };
	int ends[2];

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends), 0);
	assert_int_equal(send(ends[0], "ab", 2, 0), 2);
	assert_true(lender_serve(ends[1], &shelf));
	close(ends[0]);
	assert_false(lender_serve(ends[1], &shelf));
	close(ends[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    what_is_below_a_folder_or_named_is_lent_and_no_more),
		cmocka_unit_test(what_was_lent_is_read_and_not_written),
		cmocka_unit_test(a_lender_who_is_gone_lends_nothing),
		cmocka_unit_test(what_is_no_request_is_passed_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
