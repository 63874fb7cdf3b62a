#include "tests/test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/memory.h"
#include "speech/mouth.h"
#include "speech/recording.h"
#include "speech/sink.h"
#include "speech/speaker.h"
#include "tests/support/folder.h"
#include "tests/support/heard.h"
#include "tests/support/logged.h"

#define PAUSE (MOUTH_PAUSE_MS * VOICE_RATE / 1000)

/* A speaker that writes to a pipe which the test reads, and the pack. */
struct room {
	char *folder;
	struct speaker_ways ways;
	struct speaker *speaker;
	int pipe;
	struct heard heard;
};

static void open_room(struct room *room, bool voice, bool vouched)
{
	*room = (struct room){ .folder = folder_new() };
	room->ways = (struct speaker_ways){
		.packs = { xstrdup(room->folder) },
		.root = xstrdup("/nowhere"),
		.vouched = vouched,
		.has_voice = voice,
	};
	room->pipe = heard_pipe(room->folder, &room->ways.output);
	assert_int_equal(speaker_start(&room->ways, &room->speaker),
			 FAULT_NONE);
}

static void close_room(struct room *room)
{
	speaker_free(room->speaker);
	heard_done(&room->heard);
	close(room->pipe);
	speaker_ways_done(&room->ways);
	folder_freep(&room->folder);
}

static struct prompt prompt(const char *language, const char *key,
			    const char *text)
{
	return (
	    struct prompt){ .language = language, .key = key, .text = text };
}

static void say(struct room *room, const struct prompt *one)
{
	const struct prompt instead =
	    prompt("en", "kiosk.headphones", "Use headphones.");
	struct prompts prompts = { 0 };

	prompts_add(&prompts, one);
	speaker_say(room->speaker, &prompts, &instead);
	prompts_done(&prompts);
}

/* Says a tone that nothing else sounds like; gives what it sounds like. */
static void say_end(struct room *room, struct heard *end)
{
	const struct prompt last = prompt("en", "the.end", "The end.");

	heard_recording(room->folder, "en", "the.end", "The end.", end);
	say(room, &last);
}

static void a_number_and_its_words_are_said_in_turn(void **state)
{
	struct prompt row = prompt("so", "intake:/data/A:label", "Haa");
	struct heard digit = { 0 }, words = { 0 };
	struct room room;

	(void)state;
	open_room(&room, false, false);
	heard_record(room.folder, "so", "digit:2", "2", 300, 200);
	heard_record(room.folder, "so", row.key, row.text, 500, 300);
	heard_recording(room.folder, "so", "digit:2", "2", &digit);
	heard_recording(room.folder, "so", row.key, row.text, &words);
	assert_int_equal(digit.count, 9600);
	assert_int_equal(words.count, 14400);
	row.number = 2;
	say(&room, &row);
	heard_take(room.pipe, digit.count + PAUSE + words.count + PAUSE,
		   &room.heard);
	heard_expect(&room.heard, 0, &digit);
	assert_int_equal(room.heard.samples[digit.count], 0);
	assert_int_equal(room.heard.samples[digit.count + PAUSE - 1], 0);
	heard_expect(&room.heard, digit.count + PAUSE, &words);
	heard_done(&digit);
	heard_done(&words);
	close_room(&room);
}

static void a_recording_goes_before_the_voice(void **state)
{
	const struct prompt recorded = prompt("en", "kiosk.yes", "Yes");
	const struct prompt read =
	    prompt("en", "kiosk.x", "Can you wait for your turn?");
	struct heard tone = { 0 }, voice = { 0 }, other = { 0 }, end = { 0 };
	struct room room;
	size_t at;

	(void)state;
	open_room(&room, true, false);
	heard_record(room.folder, "en", "kiosk.yes", "Yes", 400, 200);
	heard_record(room.folder, "en", "the.end", "The end.", 900, 200);
	heard_recording(room.folder, "en", "kiosk.yes", "Yes", &tone);
	say(&room, &recorded);
	heard_take(room.pipe, tone.count + PAUSE, &room.heard);
	heard_expect(&room.heard, 0, &tone);
	heard_done(&room.heard);

	/* The voice says the words that it was given, and no others. */
	assert_true(voice_say("en", read.text, heard_add, &voice));
	assert_true(voice_say("en", "Who is answering?", heard_add, &other));
	say(&room, &read);
	heard_take(room.pipe, voice.count + PAUSE / 2, &room.heard);
	say_end(&room, &end);
	at = heard_until(room.pipe, &end, &room.heard);
	assert_in_range(at, voice.count, voice.count + 2 * PAUSE);
	room.heard.count = voice.count;
	assert_true(heard_likeness(&room.heard, &voice) > 0.95);
	assert_true(heard_likeness(&room.heard, &other) < 0.8);
	heard_done(&tone);
	heard_done(&voice);
	heard_done(&other);
	heard_done(&end);
	voice_unload();
	close_room(&room);
}

static void a_stop_leaves_fifty_milliseconds_at_most(void **state)
{
	struct heard end = { 0 };
	struct room room;
	size_t at;

	(void)state;
	open_room(&room, false, false);
	heard_record(room.folder, "en", "the.end", "The end.", 900, 200);
	heard_record(room.folder, "en", "long", "Long", 300, 20000);
	const struct prompt endless = prompt("en", "long", "Long");

	say(&room, &endless);
	heard_take(room.pipe, 24000, &room.heard);
	speaker_stop(room.speaker);
	say_end(&room, &end);
	at = heard_until(room.pipe, &end, &room.heard);
	assert_in_range(at, 24000, 24000 + VOICE_RATE / 20);
	heard_done(&end);
	close_room(&room);
}

static void what_is_private_is_for_headphones_alone(void **state)
{
	struct prompt secret = prompt("en", "secret", "I am not safe");
	struct heard tone = { 0 }, instead = { 0 };

	(void)state;
	secret.private = true;
	for (int worn = 0; worn < 2; worn++) {
		struct room room;

		open_room(&room, false, worn);
		heard_record(room.folder, "en", "secret", secret.text, 400,
			     200);
		heard_record(room.folder, "en", "kiosk.headphones",
			     "Use headphones.", 700, 200);
		heard_recording(room.folder, "en", "secret", secret.text,
				&tone);
		heard_recording(room.folder, "en", "kiosk.headphones",
				"Use headphones.", &instead);
		assert_int_equal(speaker_is_worn(&room.ways), worn);
		say(&room, &secret);
		heard_take(room.pipe, tone.count + PAUSE, &room.heard);
		heard_expect(&room.heard, 0, worn ? &tone : &instead);
		heard_done(&tone);
		heard_done(&instead);
		close_room(&room);
	}
}

static void a_language_without_a_voice_is_silent(void **state)
{
	static const char *const tags[] = { "ti", "prs", "uk", "xx" };
	struct heard end = { 0 };
	struct room room;

	(void)state;
	open_room(&room, true, false);
	heard_record(room.folder, "en", "the.end", "The end.", 900, 200);
	for (size_t i = 0; i < COUNT(tags); i++) {
		const struct prompt one = prompt(tags[i], "kiosk.yes", "Yes");

		say(&room, &one);
	}
	/* Another language's recording is none of its own. */
	say_end(&room, &end);
	assert_int_equal(heard_until(room.pipe, &end, &room.heard), 0);
	heard_done(&end);
	close_room(&room);
}

static void only_what_can_be_said_is_offered(void **state)
{
	struct speaker_ways ways = {
		.output = xstrdup("file:/dev/null"),
		.root = xstrdup("/nowhere"),
		.has_voice = true,
	};
	char *folder = folder_new();

	(void)state;
	assert_true(speaker_serves(&ways, "en"));
	assert_true(speaker_serves(&ways, "zh-Hans"));
	assert_false(speaker_serves(&ways, "ti"));
	ways.packs[1] = xstrdup(folder);
	assert_false(speaker_serves(&ways, "ti"));
	heard_record(folder, "ti", "kiosk.yes", "Yes", 400, 100);
	assert_true(speaker_serves(&ways, "ti"));
	ways.has_voice = false;
	assert_true(speaker_serves(&ways, "ti"));
	assert_false(speaker_serves(&ways, "en"));
	free(ways.output);
	ways.output = xstrdup("alsa:default"); /* and no card */
	assert_false(speaker_serves(&ways, "ti"));
	speaker_ways_done(&ways);
	folder_freep(&folder);
}

/* ALSA's own plug-in writes what it was given into a file. */
static void a_sound_device_gets_the_same_samples(void **state)
{
	char *folder = folder_new();
	SCOPED(char_freep) char *path = folder_file(folder, "raw");
	SCOPED(char_freep)
	char *address = xasprintf("alsa:tee:null,%s,raw", path);
	SCOPED(sink_freep) struct sink *sink = NULL;
	int16_t ramp[SINK_PIECE], back[SINK_PIECE];
	FILE *file;

	(void)state;
	for (int i = 0; i < SINK_PIECE; i++)
		ramp[i] = (int16_t)(100 * i);
	assert_int_equal(sink_open(address, &sink), FAULT_NONE);
	for (int i = 0; i < 3; i++)
		assert_int_equal(sink_write(sink, ramp, SINK_PIECE),
				 FAULT_NONE);
	sink_finish(sink);
	sink_free(sink);
	sink = NULL;
	file = fopen(path, "re");
	assert_non_null(file);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(fread(back, sizeof *back, SINK_PIECE, file),
				 SINK_PIECE);
		assert_memory_equal(back, ramp, sizeof ramp);
	}
	fclose(file);
	folder_freep(&folder);
}

static void it_has_nothing_open_but_its_own_end(void **state)
{
	struct room room;
	int sockets = 0, others = 0, secret[2];

	(void)state;
	if (getenv("FOYER_SLOW")) {
		print_message("skipped: valgrind has files of its own open\n");
		return;
	}
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, secret), 0);
	open_room(&room, false, false);
	SCOPED(char_freep)
	char *folder =
	    xasprintf("/proc/%d/fd", (int)speaker_process(room.speaker));
	/* Its first prompt was said: it is past its beginning. */
	heard_record(room.folder, "en", "kiosk.yes", "Yes", 400, 200);
	const struct prompt yes = prompt("en", "kiosk.yes", "Yes");

	say(&room, &yes);
	heard_take(room.pipe, 9600, &room.heard);
	DIR *files = opendir(folder);
	const struct dirent *each;
	char target[256];

	assert_non_null(files);
	while ((each = readdir(files))) {
		const ssize_t length = readlinkat(dirfd(files), each->d_name,
						  target, sizeof target - 1);

		if (length < 0)
			continue;
		target[length] = 0;
		if (strncmp(target, "socket:", 7) == 0)
			sockets++;
		else if (strcmp(target, "/dev/null") &&
			 !strstr(room.ways.output, target))
			others++;
	}
	closedir(files);
	assert_int_equal(sockets, 1);
	assert_int_equal(others, 0);
	close(secret[0]);
	close(secret[1]);
	close_room(&room);
}

static void
what_it_cannot_do_is_written_down_by_whom_it_speaks_for(void **state)
{
	const struct prompt yes = prompt("en", "kiosk.yes", "Yes");
	struct room room;

	(void)state;
	open_room(&room, false, false);
	logged_start();
	free(room.ways.output);
	room.ways.output = xstrdup("file:/nowhere/at all");
	say(&room, &yes);
	while (!strstr(logged(), "/nowhere/at all: sound cannot go there"))
		speaker_take(room.speaker);
	logged_stop();
	close_room(&room);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_number_and_its_words_are_said_in_turn),
		cmocka_unit_test(a_recording_goes_before_the_voice),
		cmocka_unit_test(a_stop_leaves_fifty_milliseconds_at_most),
		cmocka_unit_test(what_is_private_is_for_headphones_alone),
		cmocka_unit_test(a_language_without_a_voice_is_silent),
		cmocka_unit_test(only_what_can_be_said_is_offered),
		cmocka_unit_test(a_sound_device_gets_the_same_samples),
		cmocka_unit_test(it_has_nothing_open_but_its_own_end),
		cmocka_unit_test(
		    what_it_cannot_do_is_written_down_by_whom_it_speaks_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
