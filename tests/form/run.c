#include "tests/test.h"

#include <string.h>

#include "base/bytes.h"
#include "tests/support/forms.h"

static void an_answer_is_kept_and_read_by_what_depends_on_it(void **state)
{
	SCOPED(form_freep)
	struct form *form =
	    forms_of("<instance><data id='f'><a/><b/><c>7</c></data></instance>"
		     "<bind nodeset='/data/a' type='int'/>"
		     "<bind nodeset='/data/b' calculate='/data/a * 2 + ../c'/>",
		     "<input ref='/data/a'><label>A</label></input>");
	SCOPED(run_freep) struct run *run = forms_run(form);

	(void)state;
	assert_string_equal(forms_value(run, "/data/b"), "");
	assert_int_equal(forms_set(run, "/data/a", "4"), RUN_TAKEN);
	assert_string_equal(forms_value(run, "/data/a"), "4");
	assert_string_equal(forms_value(run, "/data/b"), "15");
	assert_int_equal(forms_set(run, "/data/a", ""), RUN_TAKEN);
	assert_string_equal(forms_value(run, "/data/b"), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    an_answer_is_kept_and_read_by_what_depends_on_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
