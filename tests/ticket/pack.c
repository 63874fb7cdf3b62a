#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/forms.h"
#include "tests/support/hex.h"
#include "tests/support/kitchen.h"
#include "tests/support/logged.h"
#include "ticket/coding.h"
#include "ticket/pack.h"
#include "ticket/unpack.h"

struct kitchen {
	struct form *form;
	struct slots *slots;
	struct run *run;
};

static int start(void **state)
{
	struct kitchen *kitchen = xcalloc(1, sizeof *kitchen);

	kitchen->form = kitchen_form();
	assert_int_equal(slots_new(kitchen->form, &kitchen->slots), FAULT_NONE);
	kitchen->run = forms_run(kitchen->form);
	*state = kitchen;
	logged_start();
	return 0;
}

static int stop(void **state)
{
	struct kitchen *kitchen = *state;

	logged_stop();
	run_free(kitchen->run);
	slots_free(kitchen->slots);
	form_free(kitchen->form);
	free(kitchen);
	return 0;
}

static void set(const struct kitchen *kitchen, const char *reference,
		const char *value)
{
	assert_int_equal(forms_set(kitchen->run, reference, value), RUN_TAKEN);
}

static void put(const struct kitchen *kitchen, const char *reference,
		const char *value)
{
	enum run_answer answer;

	assert_int_equal(run_put(kitchen->run,
				 forms_node(kitchen->run, reference), value,
				 &answer),
			 FAULT_NONE);
	assert_int_equal(answer, RUN_TAKEN);
}

static void answer_all(const struct kitchen *kitchen)
{
	static const struct {
		const char *reference, *value;
	} answers[] = {
		{ "/data/g/one", "c3" },
		{ "/data/g/several", "c9 c1" },
		{ "/data/number", "-3" },
		{ "/data/day", "1970-01-02" },
		{ "/data/month", "1969-12-01" },
		{ "/data/ok", "OK" },
		{ "/data/people[1]/name", "Bo" },
		{ "/data/price", "2.5" },
	};

	put(kitchen, "/data/language", "ti");
	for (size_t i = 0; i < COUNT(answers); i++)
		set(kitchen, answers[i].reference, answers[i].value);
}

#define ANSWERS                                                       \
	"01087469" /* language: 2 bytes as they are */                \
	"0102"     /* one: the third */                               \
	"010101"   /* several: the first and the ninth */             \
	"0105"     /* number: -3 */                                   \
	"0102"     /* day: one after 1970-01-01 */                    \
	"013d11"   /* month: 31 before, a month, Ethiopian */         \
	"01"       /* ok */                                           \
	"0101"     /* people: one of them */                          \
	"0108426f" /*   name */                                       \
	"0201"                                                        \
	"00"                                                          \
	"00"             /*   pets: one, of which nothing is known */ \
	"010c416e6e"     /* name, which the form had given */         \
	"020c322e35"     /* price, over story */                      \
	"01146669727374" /* copied: a setvalue's target */            \
	"00"

static void the_plaintext_is_exact(void **state)
{
	struct kitchen *kitchen = *state;
	uint8_t plain[WIRE_PLAIN_MAX], digest[32], answers[64];
	size_t length, count = from_hex(ANSWERS, answers, sizeof answers);

	answer_all(kitchen);
	run_set_language(kitchen->run, "ti");
	assert_int_equal(pack(kitchen->slots, kitchen->run,
			      PLAIN_CLOCK_UNSURE | PLAIN_TEST, 0x01c5a010, 0,
			      plain, &length),
			 PACK_DONE);
	assert_int_equal(length, 480);
	assert_hex(plain, 6, "010a01c5a010");
	form_digest(kitchen->form, digest);
	assert_memory_equal(plain + 6, digest, 8);
	assert_int_equal(plain[14], 1); /* the second language */
	assert_memory_equal(plain + 15, answers, count);
	for (size_t i = 15 + count; i < length; i++)
		assert_int_equal(plain[i], 0);
}

static char *submission(struct run *run)
{
	struct bytes xml = { 0 };

	assert_int_equal(run_submission(run, &xml), FAULT_NONE);
	return bytes_take_text(&xml);
}

/* Packs, and unpacks into a new run, which must say the same. */
static void assert_comes_back(struct kitchen *kitchen)
{
	SCOPED(run_freep) struct run *desk = forms_run(kitchen->form);
	SCOPED(char_freep) char *before = submission(kitchen->run);
	SCOPED(char_freep) char *after = NULL;
	uint8_t plain[WIRE_PLAIN_MAX];
	enum unpack_answer answer;
	size_t length;

	assert_int_equal(
	    pack(kitchen->slots, kitchen->run, 0, 1, 0, plain, &length),
	    PACK_DONE);
	assert_int_equal(unpack(kitchen->slots, plain, length, desk, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, UNPACK_DONE);
	after = submission(desk);
	assert_string_equal(after, before);
}

static void every_answer_comes_back(void **state)
{
	struct kitchen *kitchen = *state;
	struct node *people;

	assert_comes_back(kitchen);
	answer_all(kitchen);
	set(kitchen, "/data/story", "ሰላም። ሓገዝ የድልየና ኣሎ።\nDanke");
	assert_comes_back(kitchen);
	people = forms_node(kitchen->run, "/data/people");
	assert_int_equal(run_repeat_add(kitchen->run, people), FAULT_NONE);
	assert_int_equal(run_repeat_add(kitchen->run, people), FAULT_NONE);
	set(kitchen, "/data/people[3]/age", "2147483647");
	assert_int_equal(
	    run_repeat_add(kitchen->run,
			   forms_node(kitchen->run, "/data/people[3]/pets")),
	    FAULT_NONE);
	set(kitchen, "/data/people[3]/pets[2]/pet", "cat");
	assert_comes_back(kitchen);
}

/* The form gives a name, a first person and a copied word; all go. */
static void what_was_taken_back_does_not_come_back(void **state)
{
	struct kitchen *kitchen = *state;

	set(kitchen, "/data/name", "");
	put(kitchen, "/data/copied", "");
	assert_int_equal(
	    run_repeat_remove(kitchen->run,
			      forms_node(kitchen->run, "/data/people[1]")),
	    FAULT_NONE);
	assert_comes_back(kitchen);
}

static void what_is_not_relevant_stays_at_the_kiosk(void **state)
{
	struct kitchen *kitchen = *state;
	uint8_t plain[WIRE_PLAIN_MAX];
	size_t length;

	set(kitchen, "/data/g/one", "c1");
	set(kitchen, "/data/name", "hide");
	put(kitchen, "/data/copied", "");
	assert_int_equal(
	    pack(kitchen->slots, kitchen->run, 0, 1, 0, plain, &length),
	    PACK_DONE);
	/* people (one, with one pet) and name. */
	assert_hex(plain + 15, 14,
		   "0801"
		   "0301"
		   "0000"
		   "0110"
		   "68696465"
		   "0000");
	assert_comes_back(kitchen);
}

static void a_number_only_ticket_looks_like_any_other(void **state)
{
	struct kitchen *kitchen = *state;
	uint8_t plain[WIRE_PLAIN_MAX];
	struct plain_cover cover;
	size_t length;

	set(kitchen, "/data/g/one", "c9"); /* keep becomes no */
	assert_int_equal(
	    pack(kitchen->slots, kitchen->run, 0, 7, 0, plain, &length),
	    PACK_DONE);
	assert_int_equal(length, 480);
	assert_int_equal(unpack_cover(plain, length, &cover), UNPACK_DONE);
	assert_int_equal(cover.flags, PLAIN_NOT_KEPT);
	assert_int_equal(cover.minutes, 7);
	assert_int_equal(cover.language, 0);
}

/* --- size ----------------------------------------------------------------- */

static void short_form(struct kitchen *small, const char *appearance)
{
	SCOPED(char_freep)
	char *body = xasprintf(
	    "<input ref='/data/a'><label>A</label></input>"
	    "<input ref='/data/b' appearance='%s'><label>B</label></input>",
	    appearance);

	small->form =
	    forms_of("<instance><data id='s'><a/><b/></data></instance>"
		     "<bind nodeset='/data/a' type='int'/>",
		     body);
	assert_int_equal(slots_new(small->form, &small->slots), FAULT_NONE);
	small->run = forms_run(small->form);
}

static void short_done(struct kitchen *small)
{
	run_free(small->run);
	slots_free(small->slots);
	form_free(small->form);
}

/* Text that takes exactly so many bytes when it is coded. */
static char *noise(size_t wanted)
{
	struct bytes text = { 0 };
	uint32_t state = 1;

	for (size_t length = 0; length != wanted;) {
		struct bytes coded = { 0 };

		state = state * 1103515245 + 12345;
		bytes_add_byte(&text, (uint8_t)('!' + (state >> 16) % 94));
		(void)coding_write((char *)text.data, &coded);
		length = coded.length;
		bytes_done(&coded);
		assert_true(length <= wanted);
	}
	return bytes_take_text(&text);
}

static void only_long_text_raises_the_class(void **state)
{
	static const struct {
		size_t text;
		unsigned least;
		size_t length;
	} rows[] = {
		{ 0, 0, 128 },   { 100, 0, 128 }, { 109, 0, 128 },
		{ 110, 0, 256 }, { 237, 0, 256 }, { 238, 0, 480 },
		{ 461, 0, 480 }, { 0, 1, 256 },   { 0, 2, 480 },
		{ 238, 1, 480 },
	};
	struct kitchen small;
	uint8_t plain[WIRE_PLAIN_MAX];
	size_t length;

	(void)state;
	short_form(&small, "multiline");
	assert_int_equal(slots_floor(small.slots), 0);
	for (size_t i = 0; i < COUNT(rows); i++) {
		SCOPED(char_freep) char *text = noise(rows[i].text);

		set(&small, "/data/b", text);
		assert_int_equal(pack(small.slots, small.run, 0, 0,
				      rows[i].least, plain, &length),
				 PACK_DONE);
		assert_int_equal(length, rows[i].length);
	}
	short_done(&small);
}

static void what_does_not_fit_is_never_cut(void **state)
{
	SCOPED(char_freep) char *text = noise(462);
	SCOPED(char_freep) char *name = noise(61);
	SCOPED(char_freep) char *shorter = noise(60);
	struct kitchen small;
	uint8_t plain[WIRE_PLAIN_MAX];
	size_t length;

	(void)state;
	short_form(&small, "multiline");
	set(&small, "/data/b", text);
	assert_int_equal(pack(small.slots, small.run, 0, 0, 0, plain, &length),
			 PACK_TOO_LONG);
	short_done(&small);
	short_form(&small, "");
	set(&small, "/data/b", name);
	assert_int_equal(pack(small.slots, small.run, 0, 0, 0, plain, &length),
			 PACK_TOO_LONG);
	set(&small, "/data/b", shorter);
	assert_int_equal(pack(small.slots, small.run, 0, 0, 0, plain, &length),
			 PACK_DONE);
	assert_int_equal(length, 128);
	short_done(&small);
}

static void a_value_that_its_type_cannot_hold_is_told_at_the_desk(void **state)
{
	struct kitchen *kitchen = *state;
	uint8_t plain[WIRE_PLAIN_MAX];
	struct plain_cover cover;
	size_t length;

	set(kitchen, "/data/day", "0000-01-01");
	assert_int_equal(
	    pack(kitchen->slots, kitchen->run, 0, 0, 0, plain, &length),
	    PACK_DONE);
	assert_int_equal(unpack_cover(plain, length, &cover), UNPACK_DONE);
	assert_int_equal(cover.flags, PLAIN_MORE_TO_TELL);
	assert_non_null(strstr(logged(), "/data/day"));
	assert_null(strstr(logged(), "0000"));
}

/* --- room ----------------------------------------------------------------- */

static int room(const struct kitchen *kitchen, const char *reference,
		const char *text)
{
	return pack_room(kitchen->slots, kitchen->run,
			 forms_node(kitchen->run, reference), text);
}

static void room_is_what_the_rest_leaves(void **state)
{
	SCOPED(char_freep) char *text = noise(461);
	SCOPED(char_freep) char *name = noise(61);
	struct kitchen small;

	(void)state;
	short_form(&small, "multiline");
	/* 464, less index and length of the text itself. */
	assert_int_equal(room(&small, "/data/b", ""), 462);
	assert_int_equal(room(&small, "/data/b", "abc"), 459);
	assert_int_equal(room(&small, "/data/b", text), 0);
	set(&small, "/data/a", "5");
	assert_int_equal(room(&small, "/data/b", ""), 460);
	assert_int_equal(room(&small, "/data/b", text), -2);
	short_done(&small);
	short_form(&small, "");
	assert_int_equal(room(&small, "/data/b", ""), 60);
	assert_int_equal(room(&small, "/data/b", "abc"), 57);
	assert_int_equal(room(&small, "/data/b", name), -1);
	short_done(&small);
}

static void later_questions_keep_their_room(void **state)
{
	SCOPED(form_freep)
	struct form *form = forms_of(
	    "<instance><data id='s'><a/><b/><c/><d/></data></instance>"
	    "<bind nodeset='/data/b' type='int'/>"
	    "<bind nodeset='/data/d' type='date'/>",
	    "<input ref='/data/a' appearance='multiline'><label>A</label>"
	    "</input><input ref='/data/b'><label>B</label></input>"
	    "<input ref='/data/c'><label>C</label></input>"
	    "<input ref='/data/d'><label>D</label></input>");
	SCOPED(slots_freep) struct slots *slots = NULL;
	SCOPED(run_freep) struct run *run = forms_run(form);
	struct kitchen all = { form, NULL, run };

	(void)state;
	assert_int_equal(slots_new(form, &slots), FAULT_NONE);
	all.slots = slots;
	/* b 6, c 4, d 5 */
	assert_int_equal(room(&all, "/data/a", ""), 462 - 15);
	set(&all, "/data/b", "5"); /* could become larger again */
	assert_int_equal(room(&all, "/data/a", ""), 462 - 15);
	set(&all, "/data/c", "abcdefgh"); /* is there, with 10 bytes */
	assert_int_equal(room(&all, "/data/a", ""), 462 - 21);
}

static void a_form_that_asks_too_much_can_still_be_answered(void **state)
{
	struct kitchen *kitchen = *state;

	/* Its people alone would take more than there is. */
	assert_true(room(kitchen, "/data/people[1]/name", "") > 40);
	assert_true(room(kitchen, "/data/story", "") > 300);
}

/* --- strictness ----------------------------------------------------------- */

static enum unpack_answer unpacked(const struct kitchen *kitchen,
				   const char *answers, size_t length)
{
	SCOPED(run_freep) struct run *desk = forms_run(kitchen->form);
	uint8_t plain[WIRE_PLAIN_MAX + 1] = { 1 };
	enum unpack_answer answer;

	from_hex(answers, plain + PLAIN_COVER, sizeof plain - PLAIN_COVER);
	assert_int_equal(unpack(kitchen->slots, plain, length, desk, &answer),
			 FAULT_NONE);
	return answer;
}

static void what_no_kiosk_writes_is_refused(void **state)
{
	static const char *const refused[] = {
		"0d",       /* more questions than there are */
		"0101",     /* a text of no length */
		"0104ff00", /* not UTF-8 */
		"01057f",   /* not the window's */
		"01064142", /* not DEFLATE */
		"0209",     /* the tenth of nine choices */
		"028200",   /* a number longer than it must be */
		"030000",   /* none of several */
		"030002",   /* a spare bit */
		"04ffffffffffffffffffff7f", /* above 64 bits */
		"04ffffffff7f",             /* above what a form holds */
		"05c282e602",               /* a day above 9999 */
		"060218",                   /* a reserved bit */
		"060203",                   /* no such precision */
		"060270",                   /* no such calendar */
		"0800",                     /* a repeat of nothing */
		"086500",                   /* more than 100 */
		"080104",                   /* a question its inside has not */
		"0000000001",               /* something behind the end */
		"0104610001",               /* the same after an answer */
	};
	static const char *const taken[] = {
		"",           "00",     "01046100",     "0208",
		"030001",     "0404",   "04ffffffff0f", "060202",
		"0602660000", "080100", "0802000000",   "05c082e602",
	};
	const struct kitchen *kitchen = *state;

	for (size_t i = 0; i < COUNT(refused); i++)
		assert_int_equal(unpacked(kitchen, refused[i], 128),
				 UNPACK_REFUSED);
	for (size_t i = 0; i < COUNT(taken); i++)
		assert_int_equal(unpacked(kitchen, taken[i], 128), UNPACK_DONE);
	assert_int_equal(unpacked(kitchen, "", 127), UNPACK_REFUSED);
	assert_int_equal(unpacked(kitchen, "", 481), UNPACK_REFUSED);
}

static void a_list_that_is_cut_off_is_refused(void **state)
{
	const struct kitchen *kitchen = *state;
	SCOPED(run_freep) struct run *desk = forms_run(kitchen->form);
	uint8_t plain[WIRE_PLAIN_MAX];
	enum unpack_answer answer;

	memset(plain, 1, sizeof plain); /* 1: delta 1, index 1, ... */
	plain[1] = 0;
	assert_int_equal(unpack(kitchen->slots, plain, 128, desk, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, UNPACK_REFUSED);
}

static void a_newer_ticket_says_so(void **state)
{
	static const struct {
		uint8_t format, flags;
		enum unpack_answer answer;
	} rows[] = {
		{ 1, 0x0f, UNPACK_DONE },  { 2, 0, UNPACK_NEWER },
		{ 0, 0, UNPACK_NEWER },    { 1, 0x10, UNPACK_NEWER },
		{ 1, 0x80, UNPACK_NEWER },
	};
	uint8_t plain[128] = { 0 };
	struct plain_cover cover;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		plain[0] = rows[i].format;
		plain[1] = rows[i].flags;
		assert_int_equal(unpack_cover(plain, sizeof plain, &cover),
				 rows[i].answer);
	}
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, start, stop)
	static const struct CMUnitTest tests[] = {
		TEST(the_plaintext_is_exact),
		TEST(every_answer_comes_back),
		TEST(what_was_taken_back_does_not_come_back),
		TEST(what_is_not_relevant_stays_at_the_kiosk),
		TEST(a_number_only_ticket_looks_like_any_other),
		TEST(only_long_text_raises_the_class),
		TEST(what_does_not_fit_is_never_cut),
		TEST(a_value_that_its_type_cannot_hold_is_told_at_the_desk),
		TEST(room_is_what_the_rest_leaves),
		TEST(later_questions_keep_their_room),
		TEST(a_form_that_asks_too_much_can_still_be_answered),
		TEST(what_no_kiosk_writes_is_refused),
		TEST(a_list_that_is_cut_off_is_refused),
		TEST(a_newer_ticket_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
