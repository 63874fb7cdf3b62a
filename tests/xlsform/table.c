#include "xlsform/table.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/sheets.h"
#include "tests/test.h"

#define TITLES "type,name,label::En (en),label::Fr (fr),hint,appearance\n"
#define LISTS "list_name,name,label\nl,n,Never\nl,o,Often\nk,x,X\n"

/* What pyxform makes of it, name by name. */
static void a_table_of_choices_is_written_out(void **state)
{
	SCOPED(char_freep)
	char *document = sheets_sound((struct sheets_text){
	    .survey = TITLES "begin group,t,How often?,Combien ?,,"
			     "w4 Table-List\n"
			     "select_one l,a,Sleep,Dormir,,\n"
			     "text,b,Why?,Pourquoi ?,,\n"
			     "select_one l,c,Eat,Manger,,minimal\n"
			     "end group,,,,,\n"
			     "select_one k,d,D,D,,minimal\n",
	    .choices = LISTS,
	});

	(void)state;
	sheets_contain(
	    document,
	    "<generated_table_list_label_2/>\n"
	    "            <reserved_name_for_field_list_labels_3/>\n"
	    "            <a/>\n            <b/>\n            <c/>\n",
	    "<group ref=\"/data/t\" appearance=\"w4 field-list\">\n"
	    "      <input ref=\"/data/t/generated_table_list_label_2\">\n"
	    "        <label ref=\"jr:itext('/data/t/"
	    "generated_table_list_label_2:label')\"/>\n      </input>\n"
	    "      <select1 ref=\"/data/t/reserved_name_for_field_list_"
	    "labels_3\" appearance=\"label\">\n        <itemset",
	    "<select1 ref=\"/data/t/a\" appearance=\"list-nolabel\">",
	    "<input ref=\"/data/t/b\">",
	    "<select1 ref=\"/data/t/c\" appearance=\"list-nolabel\">",
	    "<select1 ref=\"/data/d\" appearance=\"minimal\">",
	    "<value>How often?</value>", "<value>Combien ?</value>", NULL);
}

static void a_table_without_words_needs_no_note(void **state)
{
	SCOPED(char_freep)
	char *document = sheets_sound((struct sheets_text){
	    .survey = "type,name,label,appearance,relevant\n"
		      "begin repeat,r,,table-list,\n"
		      "select_multiple l,a,A,,${b} = 1\n"
		      "integer,b,B,,\nend repeat,,,,\n",
	    .choices = LISTS,
	});

	(void)state;
	assert_null(strstr(document, "generated_table_list_label"));
	/* The titles stay where the first question goes. */
	sheets_contain(document,
		       "<bind nodeset=\"/data/r/reserved_name_for_field_list_"
		       "labels_3\" type=\"string\"/>",
		       "<select ref=\"/data/r/reserved_name_for_field_list_"
		       "labels_3\" appearance=\"label\">",
		       "<repeat nodeset=\"/data/r\" "
		       "appearance=\"field-list\">",
		       NULL);
}

static void a_table_has_one_list(void **state)
{
	(void)state;
	sheets_find(
	    (struct sheets_text){ .survey =
				      "type,name,label,appearance\n"
				      "begin group,t,,table-list\n"
				      "select_one l,a,A,\nselect_one k,b,B,\n"
				      "end group,,,\nselect_one k,c,C,\n",
				  .choices = LISTS },
	    "survey.csv: row 4, column type: the choices of a "
	    "table-list are one list: that of row 3, l; put this "
	    "question outside",
	    NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_table_of_choices_is_written_out),
		cmocka_unit_test(a_table_without_words_needs_no_note),
		cmocka_unit_test(a_table_has_one_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
