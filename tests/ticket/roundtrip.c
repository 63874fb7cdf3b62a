#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/any_form.h"
#include "tests/support/forms.h"
#include "tests/support/slow.h"
#include "ticket/pack.h"
#include "ticket/unpack.h"

static char *submission(struct run *run)
{
	struct bytes xml = { 0 };

	assert_int_equal(run_submission(run, &xml), FAULT_NONE);
	return bytes_take_text(&xml);
}

static void assert_same(struct run *kiosk, struct run *desk)
{
	SCOPED(char_freep) char *before = submission(kiosk);
	SCOPED(char_freep) char *after = submission(desk);

	assert_string_equal(after, before);
}

/* True if the answers fit on a ticket. */
static bool comes_back(struct chance *chance, const struct form *form,
		       const struct slots *slots)
{
	SCOPED(run_freep) struct run *kiosk = forms_run(form);
	SCOPED(run_freep) struct run *desk = forms_run(form);
	uint8_t plain[WIRE_PLAIN_MAX];
	enum unpack_answer answer;
	size_t length;

	any_answers(chance, kiosk);
	if (pack(slots, kiosk, 0, 0, 0, plain, &length) != PACK_DONE)
		return false;
	assert_true(length >= wire_plain(slots_floor(slots)));
	assert_int_equal(unpack(slots, plain, length, desk, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, UNPACK_DONE);
	assert_same(kiosk, desk);
	return true;
}

static void answers_to_any_form_come_back(void **state)
{
	struct chance chance = { 4711 };
	long forms = loops(250), back = 0;

	(void)state;
	for (long n = forms; n; n--) {
		SCOPED(form_freep) struct form *form = any_form(&chance);
		SCOPED(slots_freep) struct slots *slots = NULL;

		assert_int_equal(slots_new(form, &slots), FAULT_NONE);
		for (int i = 0; i < 3; i++)
			back += comes_back(&chance, form, slots);
	}
	assert_true(back >= forms); /* most of them fit */
}

/*
 * A setvalue that fires again at the desk when its question gets its answer:
 * what the kiosk had stays, wherever in the form it stands.
 */
static void what_the_kiosk_had_wins_over_what_fires_again(void **state)
{
	SCOPED(form_freep)
	struct form *form = forms_of(
	    "<instance><data id='f'><said/><q/><count/><rep><a/></rep></data>"
	    "</instance><bind nodeset='/data/q' type='string'/>"
	    "<bind nodeset='/data/count' type='int'/>",
	    "<input ref='/data/q'><label>q</label><setvalue ref='/data/said' "
	    "event='xforms-value-changed' value=\"concat(/data/said, 'x')\"/>"
	    "</input>"
	    "<group ref='/data/rep'><repeat nodeset='/data/rep' "
	    "jr:count='/data/count'><input ref='/data/rep/a'><label>a</label>"
	    "</input></repeat></group>"
	    "<input ref='/data/count'><label>c</label></input>");
	SCOPED(slots_freep) struct slots *slots = NULL;
	SCOPED(run_freep) struct run *kiosk = forms_run(form);
	SCOPED(run_freep) struct run *desk = forms_run(form);
	uint8_t plain[WIRE_PLAIN_MAX];
	enum unpack_answer answer;
	size_t length;

	(void)state;
	assert_int_equal(slots_new(form, &slots), FAULT_NONE);
	forms_set(kiosk, "/data/q", "one");
	forms_set(kiosk, "/data/q", "two");
	forms_set(kiosk, "/data/count", "3");
	forms_set(kiosk, "/data/rep[3]/a", "last");
	assert_string_equal(forms_value(kiosk, "/data/said"), "xx");
	assert_int_equal(pack(slots, kiosk, 0, 0, 0, plain, &length),
			 PACK_DONE);
	assert_int_equal(unpack(slots, plain, length, desk, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, UNPACK_DONE);
	assert_string_equal(forms_value(desk, "/data/said"), "xx");
	assert_same(kiosk, desk);
}

/* Every byte of a plaintext changed: refused, or a run that can be sent. */
static void a_changed_plaintext_does_no_harm(void **state)
{
	struct chance chance = { 99 };
	SCOPED(form_freep) struct form *form = any_form(&chance);
	SCOPED(slots_freep) struct slots *slots = NULL;
	uint8_t plain[WIRE_PLAIN_MAX];
	size_t length = 0;

	(void)state;
	assert_int_equal(slots_new(form, &slots), FAULT_NONE);
	for (long n = loops(2000); n; n--) {
		SCOPED(run_freep) struct run *run = forms_run(form);
		SCOPED(char_freep) char *xml = NULL;
		enum unpack_answer answer;
		enum fault fault;

		if (n % 50 == 0 || !length) {
			SCOPED(run_freep) struct run *kiosk = forms_run(form);

			any_answers(&chance, kiosk);
			if (pack(slots, kiosk, 0, 0, 0, plain, &length) !=
			    PACK_DONE) {
				length = 0;
				continue;
			}
		}
		plain[chance_below(&chance, (uint32_t)length)] =
		    (uint8_t)chance_next(&chance);
		fault = unpack(slots, plain, length, run, &answer);
		assert_in_range(fault, FAULT_NONE, FAULT_LIMIT);
		xml = submission(run);
		assert_non_null(xml);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_to_any_form_come_back),
		cmocka_unit_test(what_the_kiosk_had_wins_over_what_fires_again),
		cmocka_unit_test(a_changed_plaintext_does_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
