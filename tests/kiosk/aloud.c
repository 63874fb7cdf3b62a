#include "tests/test.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "speech/mouth.h"
#include "speech/speaker.h"
#include "speech/voice.h"
#include "tests/support/folder.h"
#include "tests/support/heard.h"
#include "tests/support/stand.h"

/*
 * The lobby as a visitor hears it: the real kiosk in a terminal, with its sound
 * in a pipe. Every prompt that is expected was recorded as a tone of its own,
 * so that each sample tells which words were said.
 */
#define PTY_F4 "\033OS"
#define PAUSE (MOUTH_PAUSE_MS * VOICE_RATE / 1000)

static const struct {
	const char *key, *text;
} texts[] = {
	{ "kiosk.headphones", "Use headphones to hear this." },
	{ "kiosk.how_to_answer", "Touch your answer, or press its number." },
	{ "kiosk.idle", "Are you still here?" },
	{ "kiosk.idle_text", "If not, we erase your answers to protect you." },
	{ "kiosk.still_here", "Yes, I am here" },
	{ "kiosk.person_heading", "A person can help you" },
	{ "kiosk.closed", "We are closed now" },
	{ "kiosk.closed_help", "If you need help now, call:" },
	{ "kiosk.last", "Thank you. Please show this paper at the desk now." },
	{ "kiosk.number", "Your number" },
	{ "intake:/data/A1:label", "Choose your language." },
	{ "language:name", "English" },
	{ "intake:/data/A3:label", "Who is answering?" },
	{ "intake:choices/A3/SELF:label", "Me, by myself" },
	{ "intake:choices/A3/FAM:label", "Me, with family or a friend" },
	{ "intake:choices/A3/HLP:label", "A helper, for me" },
	{ "intake:choices/A3/OTH:label", "I am answering for another person" },
	{ "intake:choices/A3/SPO:label", "I am a sponsor. I help someone" },
	{ "intake:/data/C1:label", "Can you wait for your turn?" },
	{ "intake:choices/C1/OK:label", "Yes, I can wait" },
	{ "kiosk.other_language", "Another language" },
	{ "kiosk.services_which", "What are you looking for?" },
	{ "kiosk.need_hou", "A place to live" },
	{ "kiosk.need_inc", "Money and benefits" },
	{ "kiosk.need_hea", "Health" },
	{ "kiosk.need_lan", "Learning English or French" },
	{ "kiosk.need_oth", "Something else" },
};

/* What numbers are said with, recorded beside them. */
static const char signs[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

static const char *words_of(const char *key)
{
	for (size_t i = 0; i < COUNT(texts); i++) {
		if (strcmp(texts[i].key, key) == 0)
			return texts[i].text;
	}
	if (strncmp(key, "digit:", 6) == 0)
		return key + 6;
	fail_msg("%s is not recorded", key);
	return NULL;
}

struct lobby {
	struct stand stand;
	char *pack; /* the folder of packs; English is in it */
	int pipe;
};

static char *key_of_sign(char sign)
{
	return xasprintf(
	    "%s:%c", isdigit((unsigned char)sign) ? "digit" : "letter", sign);
}

static char *packs; /* recorded once, for every test */

static int record(void **state)
{
	packs = folder_new();
	for (size_t i = 0; i < COUNT(texts); i++)
		heard_record(packs, "en", texts[i].key, texts[i].text,
			     300 + 60 * (int)i, 100 + 10 * (int)i);
	for (size_t i = 0; signs[i]; i++) {
		const char text[] = { signs[i], 0 };
		SCOPED(char_freep) char *key = key_of_sign(signs[i]);

		heard_record(packs, "en", key, text, 250 + 40 * (int)i,
			     60 + 5 * (int)i);
	}
	return stand_prepare(state);
}

static int forget(void **state)
{
	folder_freep(&packs);
	return stand_clear(state);
}

/* A kiosk's home with its sound in a pipe, and the settings added. */
static void furnish(struct lobby *lobby, const char *settings)
{
	SCOPED(char_freep) char *output = NULL;
	SCOPED(char_freep) char *copy = NULL;
	SCOPED(char_freep) char *ini = NULL;
	FILE *file;

	stand_home(&lobby->stand, settings);
	lobby->pipe = heard_pipe(lobby->stand.folder, &output);
	copy = xasprintf("cp -r %s %s/audio", packs, lobby->stand.home);
	assert_int_equal(system(copy), 0);
	ini = folder_file(lobby->stand.home, "foyer.ini");
	file = fopen(ini, "ae");
	assert_non_null(file);
	fprintf(file, "[speech]\noutput = %s\n", output);
	assert_int_equal(fclose(file), 0);
}

static void open_lobby(struct lobby *lobby, const char *settings)
{
	furnish(lobby, settings);
	stand_open(&lobby->stand, 24, 80);
}

static void close_lobby(struct lobby *lobby)
{
	close(lobby->pipe);
	stand_done(&lobby->stand);
}

/* The next to be heard are these, parted by blanks, and nothing between. */
static void hear(struct lobby *lobby, const char *keys)
{
	SCOPED(char_freep) char *copy = xstrdup(keys);
	char *rest = NULL;

	for (char *key = strtok_r(copy, " ", &rest); key;
	     key = strtok_r(NULL, " ", &rest)) {
		struct heard expected = { 0 }, heard = { 0 };

		print_message("%s\n", key);
		heard_recording(packs, "en", key, words_of(key), &expected);
		heard_take(lobby->pipe, expected.count + PAUSE, &heard);
		heard_expect(&heard, 0, &expected);
		for (size_t i = expected.count; i < heard.count; i++)
			assert_int_equal(heard.samples[i], 0);
		heard_done(&expected);
		heard_done(&heard);
	}
}

/* What is heard until then is not looked at: a key has cut it off. */
static void hear_at_last(struct lobby *lobby, const char *key)
{
	struct heard expected = { 0 }, heard = { 0 };
	size_t end;

	heard_recording(packs, "en", key, words_of(key), &expected);
	end = heard_until(lobby->pipe, &expected, &heard) + expected.count;
	heard_take(lobby->pipe, PAUSE - (heard.count - end), &heard);
	heard_done(&expected);
	heard_done(&heard);
}

/* Names of languages are for headphones. */
#define START                                             \
	"intake:/data/A1:label kiosk.headphones digit:4 " \
	"kiosk.other_language kiosk.how_to_answer "

#define CHOICES_OF_A3                           \
	"digit:1 intake:choices/A3/SELF:label " \
	"digit:2 intake:choices/A3/FAM:label "  \
	"digit:3 intake:choices/A3/HLP:label "  \
	"digit:4 intake:choices/A3/OTH:label "  \
	"digit:5 intake:choices/A3/SPO:label "

static void a_visit_is_read_aloud_prompt_by_prompt(void **state)
{
	struct lobby lobby;

	(void)state;
	open_lobby(&lobby, "");
	stand_press(&lobby.stand, "Welcome", PTY_ENTER);
	stand_expect(&lobby.stand, "♪ Read to me");
	pty_send(lobby.stand.pty, PTY_F4);
	hear(&lobby, START);
	stand_expect(&lobby.stand, "♪ Stop reading");
	pty_send(lobby.stand.pty, "1");
	hear(&lobby, "intake:/data/A3:label " CHOICES_OF_A3);
	/* Speech follows the highlight. */
	pty_send(lobby.stand.pty, PTY_DOWN);
	hear(&lobby, "digit:2 intake:choices/A3/FAM:label");
	pty_send(lobby.stand.pty, PTY_UP);
	hear(&lobby, "digit:1 intake:choices/A3/SELF:label");
	/* What lies over the question, and the question once more. */
	pty_send(lobby.stand.pty, PTY_F1);
	hear(&lobby, "kiosk.person_heading");
	pty_send(lobby.stand.pty, PTY_ESCAPE);
	hear_at_last(&lobby, "intake:/data/A3:label");
	hear_at_last(&lobby, "intake:choices/A3/SPO:label");
	close_lobby(&lobby);
}

static void the_key_ends_reading(void **state)
{
	struct lobby lobby;

	(void)state;
	open_lobby(&lobby, "");
	stand_press(&lobby.stand, "Welcome", PTY_ENTER);
	stand_press(&lobby.stand, "♪ Read to me", PTY_F4);
	hear(&lobby, "intake:/data/A1:label");
	stand_press(&lobby.stand, "♪ Stop reading", PTY_F4);
	stand_press(&lobby.stand, "♪ Read to me", "1");
	stand_expect(&lobby.stand, "Who is answering?");
	/* Nothing was said of that; the next is what is asked for. */
	pty_send(lobby.stand.pty, PTY_F4);
	hear_at_last(&lobby, "intake:/data/A3:label");
	hear_at_last(&lobby, "intake:choices/A3/SPO:label");
	close_lobby(&lobby);
}

static void on_to_the_private_question(struct lobby *lobby)
{
	stand_press(&lobby->stand, "Welcome", PTY_ENTER);
	stand_press(&lobby->stand, "Choose your language", "1");
	stand_press(&lobby->stand, "Who is answering?", "1");
	stand_press(&lobby->stand, "Have you been here before?", "4");
	stand_press(&lobby->stand, "Which language do you want to speak", "1");
	stand_expect(&lobby->stand, "Can you wait for your turn?");
}

static void a_private_question_is_for_headphones(void **state)
{
	struct lobby lobby;

	(void)state;
	open_lobby(&lobby, "");
	on_to_the_private_question(&lobby);
	pty_send(lobby.stand.pty, PTY_F4);
	hear(&lobby, "kiosk.headphones kiosk.how_to_answer");
	pty_send(lobby.stand.pty, PTY_DOWN);
	hear(&lobby, "kiosk.headphones");
	close_lobby(&lobby);
}

/* Of the needs, those that nobody else is to hear are for headphones. */
static void needs_to_look_up_are_read_aloud(void **state)
{
	struct lobby lobby;

	(void)state;
	furnish(&lobby, "");
	stand_services(&lobby.stand);
	stand_open(&lobby.stand, 24, 80);
	stand_press(&lobby.stand, "Welcome", "2");
	stand_press(&lobby.stand, "Choose your language", "1");
	stand_press(&lobby.stand, "What are you looking for?", PTY_F4);
	hear(&lobby, "kiosk.services_which kiosk.headphones "
		     "digit:2 kiosk.need_hou digit:3 kiosk.need_inc "
		     "digit:4 kiosk.need_hea digit:5 kiosk.need_lan "
		     "digit:6 kiosk.need_oth kiosk.how_to_answer");
	pty_send(lobby.stand.pty, PTY_RIGHT);
	hear(&lobby, "digit:2 kiosk.need_hou");
	close_lobby(&lobby);
}

/* No key is needed: there is nothing to press. */
static void the_closed_lobby_says_whom_to_call(void **state)
{
	struct lobby lobby;

	(void)state;
	open_lobby(&lobby, "[speech]\nheadphones = yes\n");
	stand_expect(&lobby.stand, "Welcome");
	free(stand_office(&lobby.stand, "kiosk close"));
	hear_at_last(&lobby, "kiosk.closed");
	hear_at_last(&lobby, "kiosk.closed_help");
	/* 613-555-0100, behind the agency's name. */
	hear_at_last(&lobby, "digit:6");
	hear(&lobby, "digit:1 digit:3 digit:5 digit:5 digit:5 digit:0 digit:1 "
		     "digit:0 digit:0");
	hear_at_last(&lobby, "digit:9");
	hear(&lobby, "digit:1 digit:1");
	close_lobby(&lobby);
}

static void headphones_that_the_agency_vouches_for_start_it(void **state)
{
	struct lobby lobby;

	(void)state;
	open_lobby(&lobby, "[speech]\nheadphones = yes\n");
	stand_press(&lobby.stand, "Welcome", PTY_ENTER);
	hear_at_last(&lobby, "intake:/data/A1:label");
	/* The name of the language under the highlight. */
	hear_at_last(&lobby, "language:name");
	pty_send(lobby.stand.pty, "1");
	hear_at_last(&lobby, "intake:/data/A3:label");
	stand_press(&lobby.stand, "Who is answering?", "1");
	stand_press(&lobby.stand, "Have you been here before?", "4");
	stand_press(&lobby.stand, "Which language do you want to speak", "1");
	hear_at_last(&lobby, "intake:/data/C1:label");
	hear_at_last(&lobby, "intake:choices/C1/OK:label");
	close_lobby(&lobby);
}

static void a_warning_is_heard(void **state)
{
	struct lobby lobby;

	(void)state;
	open_lobby(&lobby, "[kiosk]\nidle = 3\nextend = 10\n");
	stand_press(&lobby.stand, "Welcome", PTY_ENTER);
	stand_press(&lobby.stand, "♪ Read to me", PTY_F4);
	hear(&lobby, START "kiosk.idle");
	close_lobby(&lobby);
}

static void hear_sign(struct lobby *lobby, char sign)
{
	const char text[] = { sign, 0 };
	SCOPED(char_freep) char *key = key_of_sign(sign);
	struct heard expected = { 0 }, heard = { 0 };

	heard_recording(packs, "en", key, text, &expected);
	heard_take(lobby->pipe, expected.count + PAUSE, &heard);
	heard_expect(&heard, 0, &expected);
	heard_done(&expected);
	heard_done(&heard);
}

/* "Your number", and the number as it stands below: letters and digits. */
static void the_number_is_said_sign_by_sign(void **state)
{
	SCOPED(char_freep) char *screen = NULL;
	struct lobby lobby;
	const char *number;

	(void)state;
	open_lobby(&lobby, "[kiosk]\nlast = 120\n");
	on_to_the_private_question(&lobby);
	pty_send(lobby.stand.pty, PTY_F4);
	hear(&lobby, "kiosk.headphones kiosk.how_to_answer");
	pty_send(lobby.stand.pty, "1");
	hear_at_last(&lobby, "kiosk.number");
	stand_expect(&lobby.stand, "Your number");
	screen = pty_screen(lobby.stand.pty);
	number = strchr(screen, '-');
	while (number &&
	       !(isdigit((unsigned char)number[1]) && number > screen &&
		 isalnum((unsigned char)number[-1])))
		number = strchr(number + 1, '-');
	assert_non_null(number);
	while (number > screen && isalnum((unsigned char)number[-1]))
		number--;
	for (; isalnum((unsigned char)*number) || *number == '-'; number++) {
		if (*number != '-')
			hear_sign(&lobby, *number);
	}
	close_lobby(&lobby);
}

static void without_sound_there_is_no_key(void **state)
{
	struct stand stand;

	(void)state;
	stand_start(&stand, 24, 80, "[speech]\noutput = none\n");
	stand_begin(&stand);
	pty_send(stand.pty, PTY_F4);
	pty_settle(stand.pty, 200);
	assert_false(pty_shows(stand.pty, "♪"));
	SCOPED(char_freep) char *log = stand_file(&stand, "kiosk/kiosk.log");

	assert_non_null(strstr(log, "nothing is read aloud"));
	stand_done(&stand);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_visit_is_read_aloud_prompt_by_prompt),
		cmocka_unit_test(the_key_ends_reading),
		cmocka_unit_test(a_private_question_is_for_headphones),
		cmocka_unit_test(needs_to_look_up_are_read_aloud),
		cmocka_unit_test(the_closed_lobby_says_whom_to_call),
		cmocka_unit_test(
		    headphones_that_the_agency_vouches_for_start_it),
		cmocka_unit_test(a_warning_is_heard),
		cmocka_unit_test(the_number_is_said_sign_by_sign),
		cmocka_unit_test(without_sound_there_is_no_key),
	};

	return cmocka_run_group_tests(tests, record, forget);
}
