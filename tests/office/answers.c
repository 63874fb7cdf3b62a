#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "tests/support/demo.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/test.h"

static void expect(int status, const char *says, struct output output)
{
	if (output.status != status ||
	    (!strstr(output.out, says) && !strstr(output.err, says)))
		fail_msg("%d: %s%s", output.status, output.out, output.err);
	output_done(&output);
}

static void questions_go_from_site_to_site_and_back(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *east = folder_file(folder, "east");
	SCOPED(char_freep) char *west = folder_file(folder, "west");
	SCOPED(char_freep) char *file = folder_file(folder, "answers.json");

	(void)state;
	demo_new(east);
	demo_new(west);
	expect(0, "\"id\":1",
	       program_run("",
			   "foyer agency add --home %s shared_answer "
			   "question=Who owner=Noor day=2026-11-02 topic=t",
			   east));
	expect(0, "\"answers\":1",
	       program_run("", "foyer agency share --home %s --site East -o %s",
			   east, file));
	/* What would come is told before it does. */
	expect(0, "new: Who\n{\"applied\":false,\"new\":1",
	       program_run("", "foyer agency take --home %s %s", west, file));
	expect(0, "\"applied\":true,\"new\":1,\"changed\":0,\"known\":0",
	       program_run("", "foyer agency take --home %s --apply %s", west,
			   file));
	expect(0, "\"new\":0,\"changed\":0,\"known\":1,\"refused\":0",
	       program_run("", "foyer agency take --home %s --apply %s", west,
			   file));
	/* West knows the answer; East's own question gets it, once. */
	expect(0, "\"site\":\"East\"",
	       program_run("",
			   "foyer agency change --home %s shared_answer 1 "
			   "answer=Line3 day=2026-11-05",
			   west));
	expect(0, "",
	       program_run("", "foyer agency share --home %s --site West -o %s",
			   west, file));
	expect(0, "changed: Who\n{\"applied\":true,\"new\":0,\"changed\":1",
	       program_run("", "foyer agency take --home %s --apply %s", east,
			   file));
	expect(0, "\"answer\":\"Line3\"",
	       program_run("", "foyer agency show --home %s shared_answer 1",
			   east));
	/* An answer that is East's own by now is not written over. */
	expect(
	    0, "",
	    program_run("",
			"foyer agency add --home %s shared_answer question=Own "
			"answer=A owner=Noor day=2026-11-02 topic=t",
			east));
	expect(
	    0, "",
	    program_run("",
			"foyer agency add --home %s shared_answer question=Own "
			"answer=B owner=Noor day=2026-11-05 topic=t",
			west));
	expect(0, "",
	       program_run("", "foyer agency share --home %s --site West -o %s",
			   west, file));
	expect(0, "our own has an answer: Own",
	       program_run("", "foyer agency take --home %s --apply %s", east,
			   file));
	expect(0, "\"answer\":\"A\"",
	       program_run("", "foyer agency show --home %s shared_answer 2",
			   east));
}

static void a_file_that_is_none_or_has_gaps_is_refused_by_name(void **state)
{
	static const struct {
		const char *text, *says;
	} cases[] = {
		{ "", "no file that" },
		{ "{}", "no file that" },
		{ "{\"foyer_answers\":2,\"answers\":[]}", "no file that" },
		{ "{\"foyer_answers\":1,\"answers\":{}}", "no file that" },
		{ "{\"foyer_answers\":1,\"answers\":[{\"question\":\"Q\","
		  "\"day\":\"2026-11-02\"}]}",
		  "\"Q\" is not taken: owner" },
		{ "{\"foyer_answers\":1,\"answers\":[{\"question\":\"Q\","
		  "\"owner\":\"O\",\"day\":\"soon\"}]}",
		  "\"Q\" is not taken: its day is in the future" },
		{ "{\"foyer_answers\":1,\"answers\":[{\"question\":"
		  "\"Q\\u009b2J\","
		  "\"owner\":\"O\",\"day\":\"2999-01-01\"}]}",
		  "\"Q 2J\" is not taken: its day is in the future" },
		{ "{\"foyer_answers\":1,\"answers\":[7]}", "is not taken" },
	};
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *home = folder_file(folder, "home");
	SCOPED(char_freep) char *file = folder_file(folder, "answers.json");

	(void)state;
	demo_new(home);
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(file_write(file, cases[i].text,
					    strlen(cases[i].text), 0600),
				 FAULT_NONE);
		expect(1, cases[i].says,
		       program_run("", "foyer agency take --home %s --apply %s",
				   home, file));
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(questions_go_from_site_to_site_and_back),
		cmocka_unit_test(
		    a_file_that_is_none_or_has_gaps_is_refused_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
