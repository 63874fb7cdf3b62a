#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"

/* `foyer language review`: the pack that a native reader gets. */

#define PAGE_MOST (32 * 1024 * 1024)

/* One pack, in Pashto, that every test looks at. */
struct pack {
	char *folder, *page;
};

static int make_pack(void **state)
{
	struct pack *pack = xcalloc(1, sizeof *pack);
	struct bytes page = { 0 };
	struct output output;

	pack->folder = folder_new();
	*state = pack;
	output =
	    program_run("", "foyer language review ps -o %s/pack --home %s",
			pack->folder, pack->folder);
	SCOPED(char_freep)
	char *path = xasprintf("%s/pack/review-ps.html", pack->folder);

	if (output.status || !strstr(output.out, path) ||
	    strstr(output.out, "on no picture"))
		fail_msg("%d: %s%s", output.status, output.out, output.err);
	output_done(&output);
	assert_int_equal(file_read(path, PAGE_MOST, &page), FAULT_NONE);
	pack->page = bytes_take_text(&page);
	return 0;
}

static int drop_pack(void **state)
{
	struct pack *pack = *state;

	folder_freep(&pack->folder);
	free(pack->page);
	free(pack);
	return 0;
}

/* The names above the pictures, a line each, without their numbers. */
static char *captions_of(const char *page)
{
	static const char begin[] = "<figcaption><b>";
	struct bytes names = { 0 };

	for (const char *at = page; (at = strstr(at, begin));) {
		at += strlen(begin);
		at += strspn(at, "0123456789");
		bytes_add(&names, at + 1, strcspn(at, "<") - 1);
		bytes_add_byte(&names, '\n');
	}
	return bytes_take_text(&names);
}

/* Each of words stands in text behind the one before it. */
static void assert_in_order(const char *text, const char *const *words)
{
	for (; *words; words++) {
		const char *at = strstr(text, *words);

		if (!at)
			fail_msg("%s is missing, or not in its place", *words);
		text = at + strlen(*words);
	}
}

static void a_reader_sees_every_screen_in_a_visitors_order(void **state)
{
	static const char *const stops[] = {
		"kiosk.welcome\n",
		"A1\n",
		"A1, page 2\n",
		"A3\n",
		"A4\n",
		"B1\n",
		"B1, after MORE\n",
		"B2\n",
		"C1\n",
		"D2\n", /* own letters first, then A-B-C */
		"D1\n",
		"D4_date\n",
		"D6_children\n",
		"E6\n",
		"F1\n",
		"F1, page 2\n",
		"MEN1\n",
		"G2\n",
		"kiosk.review\n",
		"B3\n",
		"D7_help\n",
		"kiosk.came_out\n",
		"kiosk.last\n",
		"earlier_ticket\n",
		"D4_year\n",
		"kiosk.idle\n",
		"kiosk.trouble\n",
		"ticket.show\n",
		NULL,
	};
	const struct pack *pack = *state;
	SCOPED(char_freep) char *names = captions_of(pack->page);

	assert_in_order(names, stops);
}

static void the_words_that_can_harm_come_first(void **state)
{
	static const char *const parts[] = {
		"Please read our Pashto",
		"No native reader has looked at them yet",
		"What we are not sure of",
		"What this script asks for",
		"Are the letters joined",
		"id=\"screens\"",
		"data:image/png;base64,iVBOR",
		"id=\"first\"",
		"lang=\"ps\" dir=\"rtl\"",
		"data-about=\"words intake:choices/C1/UNSAFE:label\"",
		"data-about=\"words intake:/data/B1:label\"",
		"id=\"others\"",
		"data-about=\"words intake:choices/D4/",
		"id=\"end\"",
		"kiosk.ps.po, ticket.ps.po, intake.ps.po",
		"Save my remarks",
		NULL,
	};
	const struct pack *pack = *state;

	assert_in_order(pack->page, parts);
}

static void the_page_fetches_nothing_and_the_files_are_beside_it(void **state)
{
	static const char *const files[] = { "kiosk.ps.po", "ticket.ps.po",
					     "intake.ps.po" };
	const struct pack *pack = *state;
	const char *page = pack->page;

	assert_null(strstr(page, "http:"));
	assert_null(strstr(page, "https:"));
	assert_null(strstr(page, "<link"));
	assert_null(strstr(page, "@import"));
	assert_non_null(strstr(page, "content=\"default-src 'none'; "));
	for (size_t i = 0; i < COUNT(files); i++) {
		SCOPED(char_freep)
		char *ours = xasprintf("%s/pack/%s", pack->folder, files[i]);
		SCOPED(char_freep)
		char *theirs = xasprintf("translations/%s", files[i]);
		struct bytes one = { 0 }, other = { 0 };

		assert_int_equal(file_read(ours, PAGE_MOST, &one), FAULT_NONE);
		assert_int_equal(file_read(theirs, PAGE_MOST, &other),
				 FAULT_NONE);
		assert_int_equal(one.length, other.length);
		assert_memory_equal(one.data, other.data, one.length);
		bytes_done(&one);
		bytes_done(&other);
	}
}

static void what_is_there_is_not_written_over(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	static const struct {
		const char *arguments;
		int status;
		const char *said;
	} cases[] = {
		{ "so -o", 1, "take it away, or name another folder with -o" },
		{ "xx -o new", 1, "there are no words of xx" },
		{ "", 2, "which language?" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct output output =
		    program_run("", "foyer language review %s %s",
				cases[i].arguments, i ? "" : folder);

		if (output.status != cases[i].status ||
		    !strstr(output.err, cases[i].said))
			fail_msg("%d: %s", output.status, output.err);
		output_done(&output);
	}
	assert_false(file_exists("new"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_reader_sees_every_screen_in_a_visitors_order),
		cmocka_unit_test(the_words_that_can_harm_come_first),
		cmocka_unit_test(
		    the_page_fetches_nothing_and_the_files_are_beside_it),
		cmocka_unit_test(what_is_there_is_not_written_over),
	};

	return cmocka_run_group_tests(tests, make_pack, drop_pack);
}
