#include "text/message.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "tests/support/logged.h"
#include "tests/test.h"

static const struct digits western = { .system = "latn" };

static const struct catalogue_argument arguments[] = {
	{ .name = "name", .text = "Amina" },
	{ .name = "kind", .text = "kin" },
	{ .name = "one", .number = 1 },
	{ .name = "two", .number = 2 },
	{ .name = "five", .number = 5 },
	{ .name = "big", .number = 12345 },
	{ .name = "half", .number = 0.5 },
	{ .name = "text3", .text = "3" },
	{ .name = "hard", .text = "{name} '{' #" },
};

static void a_message_is_said_with_its_arguments(void **state)
{
	static const struct {
		const char *language, *pattern, *said;
	} samples[] = {
		{ "en", "Back", "Back" },
		{ "en", "", "" },
		{ "en", "Hello {name}!", "Hello Amina!" },
		{ "en", "{name} and { name }", "Amina and Amina" },
		{ "en", "{five} people", "5 people" },
		{ "en", "{half}", "0.5" },
		{ "en", "{big}", "12345" },
		{ "en", "{hard}", "{name} '{' #" },
		/* Apostrophes. */
		{ "fr", "L'heure de {name}", "L'heure de Amina" },
		{ "fr", "L'heure", "L'heure" },
		{ "fr", "L''heure", "L'heure" },
		{ "en", "'{name}' is {name}", "{name} is Amina" },
		{ "en", "it''s {name}''s", "it's Amina's" },
		{ "en", "'{''}'", "{'}" },
		{ "en", "a '{open", "a {open" },
		{ "en", "{one, plural, one {'#' #} other {x}}", "# 1" },
		/* Plurals by the language's rules. */
		{ "en", "{one, plural, one {# day} other {# days}}", "1 day" },
		{ "en", "{two, plural, one {# day} other {# days}}", "2 days" },
		{ "en", "{big, plural, one {# day} other {# days}}",
		  "12,345 days" },
		{ "en", "{two, plural, =2 {a pair} other {#}}", "a pair" },
		{ "en",
		  "{two, plural, offset:1 one {{name} and # more} other "
		  "{#}}",
		  "Amina and 1 more" },
		{ "ar",
		  "{two, plural, zero {z} one {o} two {t} few {f} many "
		  "{m} other {x}}",
		  "t" },
		{ "ar", "{five, plural, two {t} few {# f} other {x}}", "5 f" },
		{ "ru",
		  "{five, plural, one {день} few {дня} many {# дней} "
		  "other {x}}",
		  "5 дней" },
		{ "prs", "{two, plural, one {o} other {# x}}", "2 x" },
		{ "en", "{two, selectordinal, two {#nd} other {#th}}", "2nd" },
		{ "en", "{text3, plural, one {# a} other {# b}}", "3 b" },
		/* The same name as a number and as text. */
		{ "en", "{one, plural, one {{one} a} other {b}} {one}",
		  "1 a 1" },
		{ "en",
		  "{one, plural, one {a} other {b}}{two, plural, one {a} "
		  "other {b}}{five, plural, one {a} other {b}} {name}",
		  "abb Amina" },
		/* Selects, nested, over several lines. */
		{ "en", "{kind, select, kin {your {name}} other {x}}",
		  "your Amina" },
		{ "en", "{name, select, kin {k} other {x}}", "x" },
		{ "en",
		  "{kind, select,\n  kin {{one, plural, one {a} other "
		  "{b}}}\n  other {x}}",
		  "a" },
		{ "ar", "\u200f{\u200fname\u200f}",
		  "\u200f"
		  "Amina" },
		/* A gap is seen. */
		{ "en", "{nobody} is here", "{nobody} is here" },
	};

	(void)state;
	logged_start();
	for (size_t i = 0; i < COUNT(samples); i++) {
		char *said;

		if (message_refused(samples[i].pattern, samples[i].language))
			fail_msg("%s is refused", samples[i].pattern);
		said = message_say(samples[i].pattern, samples[i].language,
				   &western, arguments, COUNT(arguments));
		assert_string_equal(said, samples[i].said);
		free(said);
	}
	assert_string_equal(logged(),
			    "a message was said without its argument nobody\n");
	logged_stop();
}

static void a_malformed_pattern_is_refused_with_the_mend(void **state)
{
	static const struct {
		const char *pattern, *why;
	} samples[] = {
		{ "Hello {name", "a `}` is missing" },
		{ "Hello {", "`{` without a name" },
		{ "Hello name}", "a `}` without its `{`" },
		{ "{}", "`{` without a name" },
		{ "{0}", "`{` without a name" },
		{ "{a b}", "a `}` is missing" },
		{ "{n, plural}", "a comma is missing" },
		{ "{n, plural", "a comma is missing" },
		{ "{n, plural,", "lacks its `other {...}`" },
		{ "{n, plural, one {x}}", "lacks its `other {...}`" },
		{ "{n, plural, one x other {y}}", "must stand in braces" },
		{ "{n, plural, lots {x} other {y}}",
		  "a form that is not known" },
		{ "{n, plural, other {y}", "a `}` is missing" },
		{ "{n, plural, other {y", "a `}` is missing" },
		{ "{n, plural, = {x} other {y}}", "without a number" },
		{ "{n, plural, offset: other {y}}", "without a number" },
		{ "{n, select, a {x} = {y} other {y}}", "a form that is not" },
		{ "{n, number}", "of this type is not known" },
		{ "{d, date, short}", "of this type is not known" },
		{ "{n, choice, 0#a|1#b}", "of this type is not known" },
		{ "{a,select,other{{b,select,other{{c,select,other{{d,select,"
		  "other{{e,select,other{{f,select,other{x}}}}}}}}}}}}",
		  "too many forms within forms" },
		{ "{a,plural,other{}}{b,plural,other{}}{c,plural,other{}}"
		  "{d,plural,other{}}",
		  "too many different arguments" },
		{ "{a}{b}{c}{d}{e}{f}{g}{h}{i}", "too many different" },
		{ "{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}"
		  "{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}{a}",
		  "more than 32 arguments" },
		{ "{n,plural,=1{}=2{}=3{}=4{}=5{}=6{}=7{}=8{}=9{}other{}}",
		  "more than 8 forms" },
	};
	char *long_one = xcalloc(MESSAGE_LIMIT + 2, 1);

	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		const char *why = message_refused(samples[i].pattern, "en");
		char *said;

		assert_non_null(why);
		if (!strstr(why, samples[i].why))
			fail_msg("%s: %s", samples[i].pattern, why);
		/* Never reached from a catalogue, and never a crash. */
		said = message_say(samples[i].pattern, "en", &western, NULL, 0);
		assert_string_equal(said, samples[i].pattern);
		free(said);
	}
	memset(long_one, 'x', MESSAGE_LIMIT + 1);
	assert_non_null(message_refused(long_one, "en"));
	long_one[MESSAGE_LIMIT] = 0;
	assert_null(message_refused(long_one, "en"));
	free(long_one);
}

static void arguments_and_forms_are_found_where_they_stand(void **state)
{
	static const char pattern[] =
	    "'{no}' {name} {n, plural, offset:2 =0 {none} one {{name}} other "
	    "{#}}";
	struct message message;

	(void)state;
	assert_null(message_read(pattern, &message));
	assert_int_equal(message.count, 3);
	assert_memory_equal(pattern + message.uses[0].at, "name", 4);
	assert_int_equal(message.uses[0].kind, MESSAGE_TEXT);
	assert_memory_equal(pattern + message.uses[1].at, "n,", 2);
	assert_int_equal(message.uses[1].kind, MESSAGE_PLURAL);
	assert_int_equal(message.uses[1].forms,
			 1u << MESSAGE_ONE | 1u << MESSAGE_OTHER);
	assert_int_equal(message.uses[1].offset, 2);
	assert_int_equal(message.uses[1].exact_count, 1);
	assert_int_equal(message.uses[1].exact[0], 0);
	assert_int_equal(message.uses[2].length, 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_is_said_with_its_arguments),
		cmocka_unit_test(a_malformed_pattern_is_refused_with_the_mend),
		cmocka_unit_test(
		    arguments_and_forms_are_found_where_they_stand),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
