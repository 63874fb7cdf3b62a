#include "tests/test.h"

#include <string.h>

#include "filing/content.h"
#include "tests/support/forms.h"

/* The id that a form makes up for a ticket of that id; the caller frees it. */
static char *made_up(const char *instance_id)
{
	SCOPED(form_freep)
	struct form *form = forms_data(
	    "<id/>", "<bind nodeset='/data/id' calculate='once(uuid())'/>", "");
	struct filed_form filed = { .form = form };
	SCOPED(content_freep) struct filing_content *content = NULL;

	assert_int_equal(
	    content_new(&filed, NULL, 0, "UTC", instance_id, &content),
	    FAULT_NONE);
	return xstrdup(forms_value(content->run, "/data/id"));
}

/* A server takes no two entities of one id, and one that is sent again must
 * not become another. */
static void each_ticket_makes_up_its_own_and_always_the_same(void **state)
{
	SCOPED(char_freep) char *first = made_up("uuid:1");
	SCOPED(char_freep) char *again = made_up("uuid:1");
	SCOPED(char_freep) char *other = made_up("uuid:2");

	(void)state;
	assert_int_equal(strlen(first), 36);
	assert_string_equal(first, again);
	assert_string_not_equal(first, other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    each_ticket_makes_up_its_own_and_always_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
