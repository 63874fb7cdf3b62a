#include "office/doubts.h"

#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "tests/support/folder.h"
#include "tests/test.h"

static const char review[] =
    "# Translations\n"
    "\n"
    "| language | reviewed by | day |\n"
    "|---|---|---|\n"
    "| Welsh | nobody yet | |\n"
    "\n"
    "## Welsh (`cy`)\n"
    "\n"
    "What a first reader should decide:\n"
    "\n"
    "- sponsor: *noddwr*\n"
    "- the reader is spoken to as one of many,\n"
    "  which is polite\n"
    "\n"
    "| key | back into English | verdict |\n"
    "|---|---|---|\n"
    "| `kiosk.last` | Thanks | same |\n"
    "| `C1/UNSAFE` | I am not well | doubt: well or safe |\n"
    "\n"
    "## Breton (`br`)\n"
    "\n"
    "What a first reader should decide:\n"
    "\n"
    "- not ours\n"
    "\n"
    "| `B1:label` | May we? | doubt: not ours either |\n"
    "| `YES_NO_DK` | Yes / No / I do not know | same |\n";

static void read_review(const char *tag, struct doubts *doubts)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = folder_file(folder, "REVIEW.md");

	assert_int_equal(file_write(path, review, strlen(review), 0600),
			 FAULT_NONE);
	assert_int_equal(doubts_read(path, tag, doubts), FAULT_NONE);
}

static void a_language_has_its_own_list_and_its_doubts(void **state)
{
	struct doubts doubts;

	(void)state;
	read_review("cy", &doubts);
	assert_int_equal(doubts.decide_count, 3);
	assert_string_equal(doubts.decide[0], "sponsor: *noddwr*");
	assert_string_equal(doubts.decide[1],
			    "the reader is spoken to as one of many, which is "
			    "polite");
	assert_string_equal(doubts.decide[2], "`C1/UNSAFE`: well or safe ");
	doubts_done(&doubts);
	read_review("gd", &doubts);
	assert_int_equal(doubts.decide_count, 0);
	assert_int_equal(doubts.key_count, 4);
	doubts_done(&doubts);
}

static void what_was_looked_at_first_is_known_by_its_key(void **state)
{
	static const struct {
		const char *key;
		bool has;
	} cases[] = {
		{ "kiosk.last", true },
		{ "kiosk.last_symbol", false },
		{ "intake:choices/C1/UNSAFE:label", true },
		{ "intake:choices/C1/OK:label", false },
		{ "intake:/data/B1:label", true },
		{ "intake:/data/group/B1:label", true },
		{ "intake:/data/B1:hint", false },
		{ "intake:choices/YES_NO_DK/NO:label", true },
		{ "intake:choices/YES_NO/NO:label", false },
	};
	struct doubts doubts;

	(void)state;
	read_review("cy", &doubts);
	for (size_t i = 0; i < COUNT(cases); i++) {
		if (doubts_has(&doubts, cases[i].key) != cases[i].has)
			fail_msg("%s", cases[i].key);
	}
	doubts_done(&doubts);
}

static void no_review_is_no_doubt(void **state)
{
	struct doubts doubts;

	(void)state;
	assert_int_equal(doubts_read("/nowhere/REVIEW.md", "cy", &doubts),
			 FAULT_NONE);
	assert_int_equal(doubts.key_count + doubts.decide_count, 0);
	assert_false(doubts_has(&doubts, "kiosk.last"));
	doubts_done(&doubts);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_language_has_its_own_list_and_its_doubts),
		cmocka_unit_test(what_was_looked_at_first_is_known_by_its_key),
		cmocka_unit_test(no_review_is_no_doubt),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
