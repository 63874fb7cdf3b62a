#include "tests/test.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "tests/support/folder.h"
#include "tests/support/logged.h"
#include "ui/album.h"
#include "ui/drawing.h"

static const char sound[] = "<svg viewBox='0 0 48 48'><circle r='9'/></svg>";

static void put(const char *folder, const char *name, const char *text)
{
	SCOPED(char_freep) char *path = folder_file(folder, name);

	assert_int_equal(file_write(path, text, strlen(text), 0600),
			 FAULT_NONE);
}

static void the_agencys_own_pictures_go_before_those_that_ship(void **state)
{
	SCOPED(folder_freep) char *own = folder_new();
	SCOPED(folder_freep) char *shipped = folder_new();
	const char *const folders[] = { "/nowhere", own, shipped };
	SCOPED(album_freep) struct album *album = NULL;
	const struct drawing *bed;

	(void)state;
	put(shipped, "bed.svg", "not read");
	put(own, "bed.svg", sound);
	put(shipped, "bowl.svg", sound);
	album = album_new(folders, COUNT(folders));
	bed = album_find(album, "jr://images/bed.svg");
	assert_non_null(bed);
	assert_string_equal(drawing_name(bed), "bed.svg");
	assert_non_null(album_find(album, "jr://images/bowl.svg"));
	assert_null(album_problem(album, "jr://images/bowl.svg"));
	/* Read once: it does not change while it is used. */
	put(own, "bed.svg", "gone");
	assert_ptr_equal(album_find(album, "jr://images/bed.svg"), bed);
}

static void nothing_outside_the_folder_is_read(void **state)
{
	static const char *const addresses[] = {
		"jr://images/../out.svg",
		"jr://images//out.svg",
		"jr://images/a/out.svg",
		"jr://images/.out.svg",
		"jr://images/..",
		"jr://images/",
		"jr://images/out.svg\n",
		"jr://images/link.svg",
		"jr://images/folder",
		"jr://images/pipe.svg",
		"jr://audio/out.svg",
		"/out.svg",
		"out.svg",
		"",
	};
	SCOPED(folder_freep) char *above = folder_new();
	SCOPED(char_freep) char *media = folder_file(above, "media");
	SCOPED(char_freep) char *inside = folder_file(above, "media/folder");
	SCOPED(char_freep) char *pipe = folder_file(above, "media/pipe.svg");
	SCOPED(char_freep) char *link = folder_file(above, "media/link.svg");
	const char *const folders[] = { media };
	SCOPED(album_freep) struct album *album = album_new(folders, 1);

	(void)state;
	logged_start();
	assert_int_equal(folder_make(inside), FAULT_NONE);
	put(above, "out.svg", sound);
	put(above, "media/.out.svg", sound);
	assert_int_equal(symlink("../out.svg", link), 0);
	assert_int_equal(mkfifo(pipe, 0600), 0);
	for (size_t i = 0; i < COUNT(addresses); i++) {
		print_message("%s\n", addresses[i]);
		assert_null(album_find(album, addresses[i]));
	}
	logged_stop();
}

static void what_cannot_be_shown_is_said_once_with_the_mend(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	const char *const folders[] = { folder };
	SCOPED(album_freep) struct album *album = album_new(folders, 1);
	SCOPED(char_freep) char *missing = NULL;
	SCOPED(char_freep) char *damaged = NULL;
	SCOPED(char_freep) char *named = NULL;
	SCOPED(char_freep)
	char *wanted = xasprintf("no.svg: there is no such picture; put it in "
				 "%s",
				 folder);

	(void)state;
	logged_start();
	put(folder, "text.svg", "<svg viewBox='0 0 9 9'>\n<text/></svg>");
	missing = album_problem(album, "jr://images/no.svg");
	damaged = album_problem(album, "jr://images/text.svg");
	named = album_problem(album, "jr://images/a b.svg");
	assert_string_equal(missing, wanted);
	assert_string_equal(damaged, "text.svg: line 2: a drawing of lines has "
				     "no element text");
	assert_non_null(strstr(named, "only letters"));
	assert_null(album_find(album, "jr://images/text.svg"));
	assert_non_null(strstr(logged(), "text.svg: line 2"));
	assert_null(strstr(strstr(logged(), "text.svg: line 2") + 1,
			   "text.svg: line 2"));
	logged_stop();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    the_agencys_own_pictures_go_before_those_that_ship),
		cmocka_unit_test(nothing_outside_the_folder_is_read),
		cmocka_unit_test(
		    what_cannot_be_shown_is_said_once_with_the_mend),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
