#include "seal/passphrase_ask.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/log.h"
#include "seal/secret.h"

#define CONTROL_C 0x03

/* What came of one line. */
enum line {
	LINE_READ,
	LINE_LONG,
	LINE_BROKEN_OFF,
	LINE_FAILED,
};

/* Byte by byte, so that what follows the line stays for who reads next. */
static enum line read_line(int from, char text[PASSPHRASE_LIMIT])
{
	size_t length = 0;
	char byte;

	for (;;) {
		ssize_t got = read(from, &byte, 1);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return LINE_FAILED;
		if (got && byte == CONTROL_C)
			return LINE_BROKEN_OFF;
		if (got == 0 || byte == '\n' || byte == '\r')
			break;
		if (length == PASSPHRASE_LIMIT - 1)
			return LINE_LONG;
		text[length++] = byte;
	}
	text[length] = 0;
	return LINE_READ;
}

static enum fault take_line(enum line line, const char *from,
			    char text[PASSPHRASE_LIMIT])
{
	if (line != LINE_READ)
		secret_wipe(text, PASSPHRASE_LIMIT);
	switch (line) {
	case LINE_READ:
		passphrase_tidy(text);
		if (*text)
			return FAULT_NONE;
		log_error("%s: the passphrase is empty", from);
		return FAULT_FORMAT;
	case LINE_LONG:
		log_error("%s: a passphrase has at most %d bytes", from,
			  PASSPHRASE_LIMIT - 1);
		return FAULT_LIMIT;
	case LINE_BROKEN_OFF:
		log_error("no passphrase was given");
		return FAULT_SYSTEM;
	case LINE_FAILED:
		break;
	}
	log_error("%s: cannot be read: %s", from, strerror(errno));
	return FAULT_SYSTEM;
}

/*
 * Nothing is asked before the terminal hides what is typed, or the first words
 * would be seen. Signals from the keyboard are off meanwhile: a Control-C in
 * the middle must not leave a terminal behind that shows nothing.
 */
static enum line read_hidden(int terminal, const char *prompt,
			     char text[PASSPHRASE_LIMIT])
{
	struct termios before, hidden;
	enum line line;

	if (tcgetattr(terminal, &before))
		return LINE_FAILED;
	hidden = before;
	hidden.c_lflag &= ~(tcflag_t)(ECHO | ECHOE | ECHOK | ECHONL | ISIG);
	hidden.c_cc[VEOL] = CONTROL_C; /* comes at once, as a line's end does */
	if (tcsetattr(terminal, TCSAFLUSH, &hidden))
		return LINE_FAILED;
	(void)!write(terminal, prompt, strlen(prompt));
	line = read_line(terminal, text);
	(void)tcsetattr(terminal, TCSAFLUSH, &before);
	(void)!write(terminal, "\n", 1);
	return line;
}

enum fault passphrase_ask(const char *prompt, char text[PASSPHRASE_LIMIT])
{
	int terminal = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
	enum line line;

	memset(text, 0, PASSPHRASE_LIMIT);
	if (terminal < 0) {
		log_error("there is no terminal to ask for the passphrase: "
			  "give it on a descriptor, as in "
			  "--passphrase-fd 3 3<FILE");
		return FAULT_SYSTEM;
	}
	line = read_hidden(terminal, prompt, text);
	close(terminal);
	return take_line(line, "the terminal", text);
}

enum fault passphrase_take(int descriptor, const char *name,
			   char text[PASSPHRASE_LIMIT])
{
	memset(text, 0, PASSPHRASE_LIMIT);
	return take_line(read_line(descriptor, text), name, text);
}

bool passphrase_descriptor(const char *argument, int *descriptor)
{
	char *end;
	long number = strtol(argument, &end, 10);

	if (end == argument || *end || number < 0 || number > 1023)
		return false;
	*descriptor = (int)number;
	return true;
}
