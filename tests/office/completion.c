#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/memory.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/test.h"

/*
 * What --help names is put to bash with the completion that is installed: each
 * question is a line of what is typed, "|", and a word that must be offered.
 */
static const char asking[] =
    "source \"$FOYER_SOURCE/src/office/completion.bash\"\n"
    "declare -A help offered\n"
    "for p in foyer foyer-kiosk foyer-desk foyer-vault foyer-flash; do\n"
    "	help[$p]=$(\"$FOYER_BUILD/$p\" --help)\n"
    "	eval \"$p() { printf '%s\\n' \\\"\\${help[$p]}\\\"; }\"\n"
    "done\n"
    "while IFS='|' read -r typed word; do\n"
    "	if [[ ! -v offered[$typed] ]]; then\n"
    "		COMP_WORDS=($typed \"\")\n"
    "		COMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n"
    "		_foyer \"${COMP_WORDS[0]}\"\n"
    "		offered[$typed]=\" ${COMPREPLY[*]} \"\n"
    "	fi\n"
    "	[[ ${offered[$typed]} == *\" $word \"* ]] ||\n"
    "		echo \"$typed: $word is not offered\"\n"
    "done\n";

static void ask(struct bytes *questions, const char *typed, const char *word,
		size_t length)
{
	bytes_add_format(questions, "%s|%.*s\n", typed, (int)length, word);
}

/* Every --word of a text. */
static void ask_options(struct bytes *questions, const char *typed,
			const char *text)
{
	for (text = strstr(text, "--"); text; text = strstr(text, "--")) {
		size_t length =
		    2 + strspn(text + 2, "abcdefghijklmnopqrstuvwxyz-");

		if (length > 2)
			ask(questions, typed, text, length);
		text += length;
	}
}

/* "PROGRAM WORD... USAGE", words in small letters. */
static void ask_line(struct bytes *questions, const char *line)
{
	struct bytes typed = { 0 };
	size_t words = 0, length;

	while (islower((unsigned char)*line) || !strncmp(line, "NOUN", 4)) {
		const char *word = strncmp(line, "NOUN", 4) ? line : "people";

		length = strcspn(line, " ");
		if (words)
			ask(questions, (char *)typed.data, word,
			    strcspn(word, " "));
		bytes_add_format(&typed, "%s%.*s", words ? " " : "",
				 (int)strcspn(word, " "), word);
		line += length + strspn(line + length, " ");
		words++;
	}
	ask_options(questions, (char *)typed.data, line);
	bytes_done(&typed);
}

/* "people     person name": the kinds of a noun. */
static void ask_kinds(struct bytes *questions, char *line)
{
	char *rest = NULL, *noun = strtok_r(line, " ", &rest), *kind;
	SCOPED(char_freep) char *typed = xasprintf("foyer %s change", noun);

	ask(questions, "foyer", noun, strlen(noun));
	while ((kind = strtok_r(NULL, " ", &rest)))
		ask(questions, typed, kind, strlen(kind));
}

static void ask_help(struct bytes *questions, const char *program)
{
	struct output help = program_run("", "%s --help", program);
	SCOPED(char_freep) char *begin = xasprintf("  %s ", program);
	char *rest = NULL;
	bool kinds = false;

	assert_int_equal(help.status, 0);
	for (char *line = strtok_r(help.out, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest)) {
		kinds |= !strncmp(line, "What the record holds", 21);
		if (!strncmp(line, "  --", 4))
			ask_options(questions, program, line);
		else if (!strncmp(line, begin, strlen(begin)))
			ask_line(questions, line + 2);
		else if (kinds && !strncmp(line, "  ", 2) &&
			 islower((unsigned char)line[2]))
			ask_kinds(questions, line + 2);
	}
	output_done(&help);
}

static size_t lines_of(const char *text)
{
	size_t lines = 0;

	for (; (text = strchr(text, '\n')); text++)
		lines++;
	return lines;
}

/* What bash says to the questions; the caller frees it. */
static char *answered(const char *questions)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *script = folder_file(folder, "ask.bash");
	SCOPED(char_freep) char *from = folder_file(folder, "questions");
	SCOPED(char_freep) char *to = folder_file(folder, "said");
	SCOPED(char_freep)
	char *line = xasprintf("bash --norc %s <%s >%s 2>&1", script, from, to);
	struct bytes said = { 0 };

	assert_int_equal(file_write(script, asking, strlen(asking), 0600),
			 FAULT_NONE);
	assert_int_equal(file_write(from, questions, strlen(questions), 0600),
			 FAULT_NONE);
	assert_int_equal(system(line), 0);
	bytes_add_text(&said, "");
	assert_int_equal(file_read(to, 1 << 20, &said), FAULT_NONE);
	return bytes_take_text(&said);
}

static void every_noun_verb_and_option_of_help_is_completed(void **state)
{
	static const char *const programs[] = { "foyer", "foyer-kiosk",
						"foyer-desk", "foyer-vault",
						"foyer-flash" };
	struct bytes questions = { 0 };
	SCOPED(char_freep) char *said = NULL;

	(void)state;
	for (size_t i = 0; i < COUNT(programs); i++)
		ask_help(&questions, programs[i]);
	assert_true(lines_of((char *)questions.data) > 600);
	said = answered((char *)questions.data);
	assert_string_equal(said, "");
	bytes_done(&questions);
}

static void choices_kinds_and_words_before_a_noun_are_completed(void **state)
{
	static const char questions[] = "foyer|--names-fd\n"
					"foyer --names-fd 3|people\n"
					"foyer --names-fd 3 list|--csv\n"
					"foyer people list|contact\n"
					"foyer report --format|xlsx\n"
					"foyer report|all\n"
					"foyer record names|apart\n"
					"foyer household add --source|seen\n"
					"foyer-flash key|new\n"
					"foyer-desk|--version\n";
	SCOPED(char_freep) char *said = answered(questions);
	SCOPED(char_freep)
	char *wrong = answered("foyer report --format|--shared\n"
			       "foyer key|apart\n"
			       "foyer-desk --home|--user\n");

	(void)state;
	assert_string_equal(said, "");
	assert_string_equal(wrong,
			    "foyer report --format: --shared is not offered\n"
			    "foyer key: apart is not offered\n"
			    "foyer-desk --home: --user is not offered\n");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    every_noun_verb_and_option_of_help_is_completed),
		cmocka_unit_test(
		    choices_kinds_and_words_before_a_noun_are_completed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
