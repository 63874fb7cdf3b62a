#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "desk/assess.h"
#include "desk/open.h"
#include "desk/plan.h"
#include "tests/support/folder.h"
#include "tests/support/plans.h"
#include "tests/support/program.h"
#include "tests/support/seat.h"
#include "tests/test.h"

/* What workers see of assessments and plans. Everybody is made up. */

/* Client goals: one key from a need. */
static void row_14_a_need_is_one_key_from_its_goal(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	assess_open(&sam->desk,
		    seat_make(sam, "person", "number", "P-1", NULL));
	seat_sees(sam, "Nobody has assessed this person yet.");
	seat_type(sam, "1");
	seat_down(sam, 1);
	seat_type(sam, "+");
	seat_sees(sam, "A goal: A place to live");
	seat_type(sam, "A warm home");
	seat_press(sam, UI_KEY_ENTER);
	seat_type(sam, "Call the co-op");
	seat_press(sam, UI_KEY_ENTER);
	seat_type(sam, "y");
	seat_sees(sam, "A place to live: A warm home open");
	seat_sees(sam, "→ Call the co-op open");
}

/* Person's own priority: "which one is first" above the levels. */
static void row_15_which_one_is_first_stands_above_the_levels(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;
	struct book book = { .record = sam->record };
	const int64_t person = seat_make(sam, "person", "number", "P-1", NULL);
	const int64_t visit =
	    plans_visit(&book, true, "", "level_HOU", "C", "level_LAN", "V",
			"needs", "HOU LAN", "first_need", "LAN", NULL);
	SCOPED(char_freep) char *picture = NULL;
	enum entity_answer answer;
	int64_t id;

	assert_int_equal(assess_self(sam->record, visit, person, &book_sam,
				     BOOK_NOW, &answer, &id),
			 FAULT_NONE);
	assess_open(&sam->desk, person);
	seat_sees(sam, "First need: Language");
	seat_sees(sam, "A place to live crisis");
	picture = seat_picture(sam);
	assert_true(strstr(picture, "First need") < strstr(picture, "crisis"));
}

/* Outcomes tracked: four groups of indicators with printed definitions. */
static void row_33_four_groups_of_indicators_say_what_they_count(void **state)
{
	static const char *const groups[] = { "Access", "Connection",
					      "Stability", "Belonging" };
	static const char *const steps[] = { "people add birth_from=1990",
					     "assess new 1",
					     "assess say 1 HOU=C",
					     "assess sign 1" };
	SCOPED(folder_freep) char *home = folder_new();
	struct output said =
	    program_run("", "foyer demo new --home %s/h", home);

	(void)state;
	output_done(&said);
	for (size_t i = 0; i < COUNT(steps); i++) {
		said = program_run("", "foyer %s --home %s/h", steps[i], home);
		assert_int_equal(said.status, 0);
		output_done(&said);
	}
	said = program_run("", "foyer plan indicators --home %s/h", home);
	assert_int_equal(said.status, 0);
	for (size_t i = 0; i < COUNT(groups); i++) {
		SCOPED(char_freep)
		char *group = xasprintf("\"group\":\"%s\"", groups[i]);

		assert_non_null(strstr(said.out, group));
	}
	assert_non_null(strstr(
	    said.out, "\"definition\":\"People whose newest signed assessment "
		      "has housing in crisis or vulnerable.\",\"count\":1}"));
	output_done(&said);
}

/* An agency's own indicators are a sheet of its own. */
static void row_53_an_own_file_of_indicators_loads(void **state)
{
	SCOPED(folder_freep) char *home = folder_new();
	SCOPED(char_freep) char *file = folder_file(home, "own.csv");
	struct output said =
	    program_run("", "foyer demo new --home %s/h", home);

	(void)state;
	output_done(&said);
	said =
	    program_run("", "foyer people add language=ti --home %s/h", home);
	output_done(&said);
	for (int known = 0; known < 2; known++) {
		SCOPED(char_freep)
		char *sheet =
		    xasprintf("name,group_en,label_en,definition_en,list,"
			      "column,value\ntigrinya,Ours,Tigrinya,People who "
			      "speak it best,people,%s,ti\n",
			      known ? "language" : "shoe");

		assert_int_equal(file_write(file, sheet, strlen(sheet), 0600),
				 FAULT_NONE);
		said = program_run("", "foyer plan indicators --home %s/h %s",
				   home, file);
		assert_int_equal(said.status, known ? 0 : 1);
		assert_non_null(strstr(
		    known ? said.out : said.err,
		    known ? "\"count\":1}" : "row 2: no such list or column"));
		output_done(&said);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_OFFICE(row_14_a_need_is_one_key_from_its_goal),
		WITH_OFFICE(row_15_which_one_is_first_stands_above_the_levels),
		cmocka_unit_test(row_53_an_own_file_of_indicators_loads),
		cmocka_unit_test(
		    row_33_four_groups_of_indicators_say_what_they_count),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
