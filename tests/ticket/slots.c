#include "tests/test.h"

#include <string.h>

#include "tests/support/forms.h"
#include "tests/support/kitchen.h"
#include "ticket/slots.h"

struct row {
	const char *path;
	enum slot_kind kind;
	int choices, most;
	bool typed;
};

static void assert_rows(const struct slot *slots, size_t count,
			const struct row *rows, size_t wanted)
{
	assert_int_equal(count, wanted);
	for (size_t i = 0; i < count; i++) {
		assert_string_equal(slots[i].path, rows[i].path);
		assert_int_equal(slots[i].kind, rows[i].kind);
		assert_int_equal(slots[i].index, i);
		assert_int_equal(slots[i].choices, rows[i].choices);
		assert_int_equal(slots[i].most, rows[i].most);
		assert_int_equal(slots[i].typed, rows[i].typed);
	}
}

/* Not counted: start (preload), calc, note, keep (calculates), meta. */
static void questions_are_numbered_in_document_order(void **state)
{
	static const struct row rows[] = {
		{ "/data/language", SLOT_TEXT, 0, 60, false },
		{ "/data/g/one", SLOT_ONE, 9, 1, false },
		{ "/data/g/several", SLOT_SEVERAL, 9, 2, false },
		{ "/data/number", SLOT_INTEGER, 0, 5, true },
		{ "/data/day", SLOT_DATE, 0, 4, false },
		{ "/data/month", SLOT_DATE_PARTS, 0, 5, false },
		{ "/data/ok", SLOT_DONE, 0, 0, false },
		{ "/data/people", SLOT_REPEAT, 0, 3, false },
		{ "/data/name", SLOT_TEXT, 0, 10, true },
		{ "/data/story", SLOT_FREE_TEXT, 0, 480, true },
		{ "/data/price", SLOT_TEXT, 0, 32, false },
		{ "/data/copied", SLOT_TEXT, 0, 60, false },
	};
	static const struct row people[] = {
		{ "/data/people/name", SLOT_TEXT, 0, 60, true },
		{ "/data/people/age", SLOT_INTEGER, 0, 5, true },
		{ "/data/people/pets", SLOT_REPEAT, 0, 2, false },
	};
	static const struct row pets[] = {
		{ "/data/people/pets/pet", SLOT_TEXT, 0, 60, true },
	};
	SCOPED(form_freep) struct form *form = kitchen_form();
	SCOPED(slots_freep) struct slots *slots = NULL;
	const struct slot *first, *repeat;
	size_t count;

	(void)state;
	assert_int_equal(slots_new(form, &slots), FAULT_NONE);
	first = slots_first(slots, &count);
	assert_rows(first, count, rows, COUNT(rows));
	assert_int_equal(first[5].parts, 0x11); /* month, Ethiopian */
	repeat = &first[7];
	assert_rows(repeat->inside, repeat->inside_count, people,
		    COUNT(people));
	assert_ptr_equal(repeat->inside[0].parent, repeat);
	repeat = &repeat->inside[2];
	assert_rows(repeat->inside, repeat->inside_count, pets, COUNT(pets));
	assert_ptr_equal(repeat->inside[0].parent, repeat);
}

static void a_node_finds_its_slot(void **state)
{
	SCOPED(form_freep) struct form *form = kitchen_form();
	SCOPED(slots_freep) struct slots *slots = NULL;
	SCOPED(run_freep) struct run *run = forms_run(form);
	const struct slot *slot;

	(void)state;
	assert_int_equal(slots_new(form, &slots), FAULT_NONE);
	slot = slots_of(slots, forms_node(run, "/data/people[1]/age"));
	assert_string_equal(slot->path, "/data/people/age");
	slot = slots_of(slots, forms_node(run, "/data/people"));
	assert_int_equal(slot->kind, SLOT_REPEAT);
	assert_null(slots_of(slots, forms_node(run, "/data/people[1]")));
	assert_null(slots_of(slots, forms_node(run, "/data/g")));
	assert_null(slots_of(slots, forms_node(run, "/data/calc")));
	assert_null(slots_of(slots, run_root(run)));
}

/*
 * 15 + 1; language 63, one 2, several 3, number 6, day 5, month 6, ok 1,
 * people 1 + 1 + 3 * (63 + 6 + (1 + 1 + 2 * (63 + 1)) + 1), name 12, story
 * none, price 35, copied 63.
 */
static void the_floor_counts_every_answer_at_its_largest(void **state)
{
	SCOPED(form_freep) struct form *form = kitchen_form();
	SCOPED(slots_freep) struct slots *slots = NULL;

	(void)state;
	assert_int_equal(slots_new(form, &slots), FAULT_NONE);
	assert_int_equal(slots_largest(slots), 214 + 600);
	assert_int_equal(slots_floor(slots), 2);
}

static void a_small_form_has_a_small_floor(void **state)
{
	static const struct {
		const char *bytes;
		size_t largest;
		unsigned floor;
	} rows[] = {
		{ "109", 128, 0 },
		{ "110", 129, 1 },
		{ "237", 256, 1 },
		{ "238", 257, 2 },
		{ "480", 499, 2 },
		{ "481", 79, 0 }, /* not a number it may be: 60 */
		{ "ten", 79, 0 },
		{ "0", 79, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		SCOPED(char_freep)
		char *model =
		    xasprintf("<instance><data id='f'><a/></data></instance>"
			      "<bind nodeset='/data/a' foyer:bytes='%s'/>",
			      rows[i].bytes);
		SCOPED(form_freep)
		struct form *form =
		    forms_of(model, "<input ref='/data/a'><label>A</label>"
				    "</input>");
		SCOPED(slots_freep) struct slots *slots = NULL;

		assert_int_equal(slots_new(form, &slots), FAULT_NONE);
		assert_int_equal(slots_largest(slots), rows[i].largest);
		assert_int_equal(slots_floor(slots), rows[i].floor);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(questions_are_numbered_in_document_order),
		cmocka_unit_test(a_node_finds_its_slot),
		cmocka_unit_test(the_floor_counts_every_answer_at_its_largest),
		cmocka_unit_test(a_small_form_has_a_small_floor),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
