#include "speech/speaker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/log.h"
#include "base/process.h"
#include "speech/confine.h"
#include "speech/headphones.h"
#include "speech/mouth.h"
#include "speech/voice.h"

#define PATIENCE 500 /* ms that a process may take to end */
#define LINES 16     /* for the log; more it has not to say */
#define LINE 300     /* bytes of one */

struct speaker {
	const struct speaker_ways *ways;
	int socket;
	pid_t process;
	int lines;  /* that it said for the log */
	bool ended; /* it says nothing more */
};

/* --- ways ------------------------------------------------------------------
 */

void speaker_ways_done(struct speaker_ways *ways)
{
	for (size_t i = 0; i < COUNT(ways->packs); i++)
		free(ways->packs[i]);
	free(ways->output);
	free(ways->root);
	*ways = (struct speaker_ways){ 0 };
}

/* A file is where tests listen; it is worn if the settings say so. */
static bool is_device(const struct speaker_ways *ways)
{
	return strncmp(ways->output, "alsa:", 5) == 0;
}

bool speaker_is_heard(const struct speaker_ways *ways)
{
	if (is_device(ways))
		return sound_exists(ways->root);
	return strncmp(ways->output, "file:", 5) == 0;
}

bool speaker_serves(const struct speaker_ways *ways, const char *tag)
{
	if (!speaker_is_heard(ways))
		return false;
	for (size_t i = 0; i < COUNT(ways->packs); i++) {
		SCOPED(char_freep) char *pack = NULL;

		if (!ways->packs[i])
			continue;
		pack = xasprintf("%s/%s", ways->packs[i], tag);
		if (file_exists(pack))
			return true;
	}
	return ways->has_voice && voice_name(tag);
}

static int headphones(const struct speaker_ways *ways)
{
	return is_device(ways) ? sound_headphones(ways->root) : SOUND_NONE;
}

bool speaker_is_worn(const struct speaker_ways *ways)
{
	return ways->vouched || headphones(ways) != SOUND_NONE;
}

/* --- the process ------------------------------------------------------------
 */

/* "alsa:plughw:0,0" is a card itself; ALSA's other names may be a server's. */
static bool may_be_served(const struct speaker_ways *ways)
{
	return is_device(ways) && strncmp(ways->output, "alsa:hw:", 8) != 0 &&
	       strncmp(ways->output, "alsa:plughw:", 12) != 0;
}

/* Whatever this kernel offers; a speaker without is no worse than others. */
static void be_confined(const struct speaker_ways *ways)
{
	const char *const packs[] = { ways->packs[0], ways->packs[1] };
	SCOPED(char_freep) char *folder = NULL;

	if (!is_device(ways)) {
		folder = xstrdup(ways->output + strlen("file:"));
		*(strrchr(folder, '/') ? strrchr(folder, '/') : folder) = 0;
	}
	(void)confine(packs, COUNT(packs), folder, may_be_served(ways));
}

/* A byte, enum log_level, and the line: whoever started it writes it down. */
static void log_through(void *to, enum log_level level, const char *line)
{
	const int *socket = to;
	char said[1 + LINE] = { (char)level };
	const size_t length = strnlen(line, LINE);

	memcpy(said + 1, line, length);
	(void)!send(*socket, said, 1 + length, MSG_NOSIGNAL | MSG_DONTWAIT);
}

/* It has no terminal, and of what its visitor has open nothing but its end of
 * the socket: a flaw in a library that reads files must open no other way. */
static void be_the_mouth(const struct speaker_ways *ways, int socket)
{
	int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);

	log_to(log_through, &socket);
	for (int file = 0; file < 3 && nothing >= 0; file++)
		(void)dup2(nothing, file);
	if (!process_keep_only(&socket, 1) && !process_protect()) {
		be_confined(ways);
		mouth_run(ways, socket);
	}
	process_wipe_and_exit(1);
}

enum fault speaker_start(const struct speaker_ways *ways, struct speaker **out)
{
	int ends[2];
	pid_t process;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends)) {
		log_warning("nothing is read aloud: %s", strerror(errno));
		return FAULT_SYSTEM;
	}
	process = fork();
	if (!process) {
		close(ends[0]);
		be_the_mouth(ways, ends[1]);
	}
	close(ends[1]);
	if (process < 0) {
		close(ends[0]);
		log_warning("nothing is read aloud: %s", strerror(errno));
		return FAULT_SYSTEM;
	}
	*out = xcalloc(1, sizeof **out);
	**out = (struct speaker){ .ways = ways,
				  .socket = ends[0],
				  .process = process };
	return FAULT_NONE;
}

void speaker_take(struct speaker *speaker)
{
	char said[1 + LINE];
	ssize_t got;

	while ((got = recv(speaker->socket, said, sizeof said, MSG_DONTWAIT)) >
	       0) {
		if ((uint8_t)said[0] <= LOG_ERROR && speaker->lines++ < LINES)
			log_line((enum log_level)said[0], "%.*s", (int)got - 1,
				 said + 1);
	}
	speaker->ended = !got || (errno != EAGAIN && errno != EINTR);
}

/* A device that hangs is not waited for. */
void speaker_free(struct speaker *speaker)
{
	struct pollfd ended = { .events = POLLIN };

	if (!speaker)
		return;
	ended.fd = speaker->socket;
	(void)shutdown(speaker->socket, SHUT_WR);
	speaker_take(speaker);
	while (!speaker->ended && poll(&ended, 1, PATIENCE) > 0)
		speaker_take(speaker);
	if (!speaker->ended)
		kill(speaker->process, SIGKILL);
	close(speaker->socket);
	(void)waitpid(speaker->process, NULL, 0);
	free(speaker);
}

pid_t speaker_process(const struct speaker *speaker)
{
	return speaker->process;
}

/* --- messages ---------------------------------------------------------------
 */

static void tell(const struct speaker *speaker, const void *data, size_t length)
{
	/* A process that has ended says nothing more; its visit goes on. */
	(void)!send(speaker->socket, data, length, MSG_NOSIGNAL | MSG_DONTWAIT);
}

void speaker_stop(struct speaker *speaker)
{
	tell(speaker, "x", 1); /* no text: no zero byte ends it */
}

static void add_text(struct bytes *message, const char *text)
{
	size_t length = strlen(text);

	/* Cut before a letter, not in one. */
	if (length > PROMPT_BYTES)
		for (length = PROMPT_BYTES; (text[length] & 0xc0) == 0x80;)
			length--;
	bytes_add(message, text, length);
	bytes_add_byte(message, 0);
}

static void add_number(struct bytes *message, const struct prompt *prompt)
{
	char key[] = "digit:?", text[] = "?";

	if (prompt->number < 1 || prompt->number > 9)
		return;
	key[sizeof key - 2] = text[0] = (char)('0' + prompt->number);
	add_text(message, prompt->language);
	add_text(message, key);
	add_text(message, text);
}

static void add_prompt(struct bytes *message, const struct prompt *prompt)
{
	size_t room = 2 * PROMPT_BYTES + 400; /* with all that stands around */

	if (message->length + room > MOUTH_MESSAGE)
		return;
	add_number(message, prompt);
	add_text(message, prompt->language);
	add_text(message, prompt->key ? prompt->key : "");
	add_text(message, prompt->text);
}

static void add_address(struct bytes *message, const struct speaker_ways *ways,
			int card)
{
	char address[40];

	snprintf(address, sizeof address, "alsa:plughw:%d,0", card);
	add_text(message, card == SOUND_NONE ? ways->output : address);
}

void speaker_say(struct speaker *speaker, const struct prompts *prompts,
		 const struct prompt *instead)
{
	int card = headphones(speaker->ways);
	bool worn = speaker->ways->vouched || card != SOUND_NONE;
	struct bytes message = { 0 };

	add_address(&message, speaker->ways, card);
	for (size_t i = 0; i < prompts->count; i++) {
		if (worn || !prompts->items[i].private) {
			add_prompt(&message, &prompts->items[i]);
		} else if (instead) {
			add_prompt(&message, instead);
			instead = NULL;
		}
	}
	tell(speaker, message.data, message.length);
	bytes_wipe(&message);
}
