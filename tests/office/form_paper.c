#include "tests/test.h"

#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "office/form_paper.h"
#include "tests/support/folder.h"
#include "tests/support/paged.h"
#include "tests/support/program.h"
#include "xlsform/xlsform.h"

/* A form's twin on paper, as the text of its page. */

static void write_sheet(const char *folder, const char *name, const char *text)
{
	SCOPED(char_freep) char *path = folder_file(folder, name);

	assert_int_equal(file_write(path, text, strlen(text), 0600),
			 FAULT_NONE);
}

static void write_form(const char *folder)
{
	write_sheet(
	    folder, "survey.csv",
	    "type,name,label::English (en),label::Arabic (ar),hint::English "
	    "(en),relevant,appearance,calculation,required,repeat_count,"
	    "parameters,flat\n"
	    "select_one yn,child,Any children?,أطفال؟,,,,,yes,\n"
	    "begin group,kids,Children,الأطفال,,${child} = 'y',,,,\n"
	    "integer,many,How many?,كم؟,Count babies,,,,,\n"
	    "date,born,The eldest is born,ولد,,${many} != '',,,,\n"
	    "end group,,,,,,,,,\n"
	    "calculate,big,,,,,,\"if(${child} = 'y' and ${many} > 3, 'yes', "
	    "'no')\",,\n"
	    "text,rooms,Rooms,غرف,,${big} = 'yes',multiline,,,\n"
	    "text,else,Else,آخر,,not(${big} = 'yes'),,,,\n"
	    "text,odd,Odd,فردي,,string-length(${rooms}) > 3,,,,\n"
	    "select_one safe,alone,Can you wait?,انتظر,,,private,,,\n"
	    "text,secret,Never in sight,سر,,,private,,,\n"
	    "text,after,Told after,بعد,,${alone} = 'no',,,,\n"
	    "text,later,Told later,بعد,,${after} != '',,,,\n"
	    "begin repeat,kin,Relative,قريب,,,,,,\n"
	    "text,name,Name,اسم,,,,,,\n"
	    "begin repeat,pet,Pet,حيوان,,,,,,\n"
	    "select_one yn,cat,A **cat**?,قطة؟,,,,,,\n"
	    "end repeat,,,,,,,,,\n"
	    "end repeat,,,,,,,,,\n"
	    "begin group,safe,Safe,آمن,,,,,,\n"
	    "text,word,Never in sight either,سر,,,private,,,\n"
	    "calculate,known,,,,,,\"concat(../word, '!')\",,\n"
	    "end group,,,,,,,,,\n"
	    "text,behind,Told behind,بعد,,string-length(${known}) > 1,,,,\n"
	    "select_one yn,last,Last,أخير,,,,,,\n"
	    "begin group,table,How was it?,كيف؟,,,table-list,,,\n"
	    "select_one yn,food,The food,الطعام,,,,,,\n"
	    "end group,,,,,,,,,\n"
	    "date,feast,Feast,عيد,,,ethiopian,,,\n"
	    "range,tired,Tired,متعب,,,,,,,start=1 end=5 tick_labelset=marks\n"
	    "begin group,job,Your **work**,عملك,,,,,,,,yes\n"
	    "text,trade,Trade,مهنة,,,,,,,,\n"
	    "text,place,Where,أين,,${trade} != '',,,,,,\n"
	    "end group,,,,,,,,,,,\n");
	write_sheet(folder, "choices.csv",
		    "list_name,name,label::English (en),label::Arabic "
		    "(ar),private\n"
		    "yn,y,Yes,نعم,\nyn,n,No,لا,\n"
		    "marks,1,Not at all,لا,\nmarks,5,Very,جدا,\n"
		    "safe,yes,I can,أستطيع,\nsafe,no,Not safe,لا,yes\n");
	write_sheet(folder, "settings.csv",
		    "form_id,form_title,version\nkin,Kin 亲属,7\n");
}

static char *paper_of(const char *folder, const char *tag)
{
	SCOPED(form_freep) struct form *form = NULL;
	SCOPED(run_freep) struct run *run = NULL;
	SCOPED(page_freep) struct page *page = NULL;
	struct findings findings = { 0 };
	struct form_tongue tongue;
	struct bytes xml = { 0 };
	char *text;

	assert_int_equal(xlsform_build(folder, &findings, &xml), FAULT_NONE);
	findings_done(&findings);
	assert_int_equal(form_parse("kin", xml.data, xml.length, NULL, &form),
			 FAULT_NONE);
	bytes_done(&xml);
	assert_int_equal(form_tongue_open(form, tag, &tongue), FAULT_NONE);
	assert_int_equal(run_new(form, &tongue.world, &run), FAULT_NONE);
	assert_int_equal(form_paper(&tongue, run, "123 456 782", &page),
			 FAULT_NONE);
	text = paged(page);
	form_tongue_done(&tongue);
	return text;
}

#define YESNO "check: [ ]Yes | [ ]No | \n"

static void paper_asks_all_and_says_when_but_nothing_private(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *text = NULL;
	const char *questions;

	(void)state;
	write_form(folder);
	text = paper_of(folder, "en");
	questions = strstr(text, "question: 1.");
	assert_non_null(questions);
	assert_string_equal(
	    questions,
	    "question: 1. Any children? *\n"
	    "check: [ ]Yes | [ ]No | \n"
	    "heading: Children\n"
	    "text: Only if 1: Yes\n"
	    "question: 2. How many?\n"
	    "text: Count babies\n"
	    "text: ____________\n"
	    "question: 3. The eldest is born\n"
	    "text: Only if 2: …\n"
	    "text: Day ____   Month ________   Year ________\n"
	    "question: 4. Rooms\n"
	    "text: Only if 1: Yes + 2 > 3\n"
	    "line: \nline: \nline: \nline: \n"
	    "question: 5. Else\n"
	    "text: Only if 1 ≠ Yes / 2 ≤ 3\n"
	    "line: \n"
	    "question: 6. Odd\n"
	    "text: Only if ?(4)\n"
	    "line: \n"
	    "question: 7. Can you wait?\n"
	    "check: [ ]I can |  | \n"
	    "heading: Relative (1)\n"
	    "question: 8. Name\nline: \n"
	    "heading: Pet (1.1)\n"
	    "question: 9. A cat?\n" YESNO "heading: Pet (1.2)\n"
	    "question: 9 (1.2). A cat?\n" YESNO "heading: Pet (1.3)\n"
	    "question: 9 (1.3). A cat?\n" YESNO "heading: Relative (2)\n"
	    "question: 8 (2). Name\nline: \n"
	    "heading: Pet (2.1)\n"
	    "question: 9 (2.1). A cat?\n" YESNO "heading: Pet (2.2)\n"
	    "question: 9 (2.2). A cat?\n" YESNO "heading: Pet (2.3)\n"
	    "question: 9 (2.3). A cat?\n" YESNO "heading: Relative (3)\n"
	    "question: 8 (3). Name\nline: \n"
	    "heading: Pet (3.1)\n"
	    "question: 9 (3.1). A cat?\n" YESNO "heading: Pet (3.2)\n"
	    "question: 9 (3.2). A cat?\n" YESNO "heading: Pet (3.3)\n"
	    "question: 9 (3.3). A cat?\n" YESNO "question: 10. Last\n" YESNO
	    "question: How was it?\n"
	    "question: 11. The food\n" YESNO "question: 12. Feast\n"
	    "text: Ethiopic Calendar:  Day ____   Month "
	    "________   Year ________\n"
	    "question: 13. Tired\n"
	    "text: 1 = Not at all   5 = Very\n"
	    "text: 1 – 5:  ____________\n"
	    "heading: Your work\n"
	    "question: 14. Trade\nline: \n"
	    "question: 15. Where\ntext: Only if 14: …\nline: \n");
}

static void another_language_reads_its_own_words(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *text = NULL;

	(void)state;
	write_form(folder);
	text = paper_of(folder, "ar");
	assert_non_null(strstr(text, "question: 1. أطفال؟ *\n"
				     "check: [ ]نعم | [ ]لا | \n"
				     "heading: الأطفال\n"
				     "text: ← 1: نعم\n"));
}

static void it_is_written_as_a_file(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *pdf = folder_file(folder, "paper.pdf");
	struct bytes bytes = { 0 };
	struct output output;

	(void)state;
	write_form(folder);
	output =
	    program_run("", "foyer form preview %s --print %s", folder, pdf);
	assert_string_equal(output.err, "");
	assert_int_equal(output.status, 0);
	output_done(&output);
	assert_int_equal(file_read(pdf, 1 << 20, &bytes), FAULT_NONE);
	assert_memory_equal(bytes.data, "%PDF-", 5);
	bytes_done(&bytes);
	output = program_run("", "foyer form preview %s --lang xx --print %s",
			     folder, pdf);
	assert_int_equal(output.status, 1);
	assert_non_null(strstr(output.err, "xx: there are no words of this"));
	output_done(&output);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    paper_asks_all_and_says_when_but_nothing_private),
		cmocka_unit_test(another_language_reads_its_own_words),
		cmocka_unit_test(it_is_written_as_a_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
