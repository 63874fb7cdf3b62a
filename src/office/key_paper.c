#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "issue/key_change.h"
#include "issue/key_paper.h"
#include "issue/keys.h"
#include "office/desk.h"
#include "office/key.h"
#include "office/noun.h"
#include "office/passphrase.h"
#include "print/paper.h"
#include "seal/secret.h"

/* --- to paper --------------------------------------------------------------
 */

static void print_lines(const struct agency_key *key)
{
	char line[KEY_LINE_SPACED], name[KEY_PAPER_NAME];

	key_paper_name(key, name);
	printf("%s\n%s\n", agency_key_label(key), name);
	for (int number = 1; number <= KEY_LINES; number++) {
		key_line_write(agency_key_secret(key), number, line);
		printf("%d  %s\n", number, line);
	}
	secret_wipe(line, sizeof line);
}

static enum fault write_picture(const struct agency_key *key, const char *path)
{
	SCOPED(picture_freep) struct picture *picture = NULL;
	struct bytes png = { 0 };
	enum fault fault = key_paper_draw(key, PAPER_WIDE, &picture);

	if (fault)
		return fault;
	picture_png(picture, PICTURE_MARGIN, &png);
	fault = file_write(path, png.data, png.length, 0600);
	bytes_wipe(&png);
	return fault;
}

/* Nobody but who knows the passphrase gets the key out of its file. */
static enum fault ask_and_open(const char *verb, const struct home *home,
			       int descriptor, int *status,
			       struct agency_key **out)
{
	char passphrase[PASSPHRASE_LIMIT];
	enum fault fault =
	    passphrase_read(home, descriptor, "Passphrase: ", passphrase);

	if (!fault)
		fault = key_open(verb, home, passphrase, status, out);
	secret_wipe(passphrase, sizeof passphrase);
	return fault;
}

enum fault key_give_paper(const struct agency_key *key, const char *output)
{
	if (output)
		return write_picture(key, output);
	print_lines(key);
	return FAULT_NONE;
}

/* A key, and where its paper goes. */
struct giving {
	const struct agency_key *key;
	const char *output;
};

static enum fault give(void *to)
{
	const struct giving *giving = to;

	return key_give_paper(giving->key, giving->output);
}

int key_backup(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(agency_key_freep) struct agency_key *key = NULL;
	struct key_arguments arguments;
	bool done;
	enum fault fault;
	int status = key_arguments(argc, argv, NULL, &arguments);

	if (status)
		return status;
	if ((fault = desk_home(arguments.home, &home)) ||
	    (fault = ask_and_open(argv[0], home, arguments.descriptor, &status,
				  &key)))
		return fault_exit(fault);
	if (status)
		return status;
	return fault_exit(key_do(home, "key-paper", agency_key_id(key), give,
				 &(struct giving){ key, arguments.output },
				 &done));
}

/* --- from paper ------------------------------------------------------------
 */

#define LINE_LIMIT 256 /* bytes typed, with the zero: digits fit, too */

/* "1  ABCD ...": the number that the paper has before a line is no part. */
static const char *behind_number(const char *line, int number)
{
	return line[0] == '0' + number && line[1] == ' ' ? line + 2 : line;
}

static bool next_line(char line[LINE_LIMIT])
{
	if (!fgets(line, LINE_LIMIT, stdin)) {
		line[0] = 0;
		return false;
	}
	line[strcspn(line, "\r\n")] = 0;
	return true;
}

/* The line that is wrong, from 1; 0: the whole key was read. */
static int read_key(uint8_t secret[KEY_BYTES])
{
	char line[LINE_LIMIT];
	int wrong = 0;

	for (int number = 1; number <= KEY_LINES && !wrong; number++) {
		(void)next_line(line);
		if (number == 1 && key_paper_scan(line, strlen(line), secret))
			break;
		if (!key_line_read(behind_number(line, number), number, secret))
			wrong = number;
	}
	secret_wipe(line, sizeof line);
	return wrong;
}

static int complain_of_line(const char *verb, int wrong)
{
	fprintf(stderr,
		"foyer key %s: line %d is not as it was written down: look at "
		"each sign\nagain. There are 16, in groups of four\n",
		verb, wrong);
	return EXIT_INPUT;
}

#define ASKED_LINE 3
#define ASKED_TIMES 5

bool key_rehearse_line(const struct agency_key *key)
{
	char line[LINE_LIMIT];
	bool right = false;

	for (int i = 0; i < ASKED_TIMES && !right; i++) {
		printf("From the paper, line %d: ", ASKED_LINE);
		fflush(stdout);
		if (!next_line(line))
			break;
		right = key_paper_proves(key, ASKED_LINE,
					 behind_number(line, ASKED_LINE));
		if (!right)
			printf("That is not what this key has there.\n");
	}
	secret_wipe(line, sizeof line);
	return right;
}

/* Whoever reads the paper needs no passphrase: the public half tells. */
int key_rehearse(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(agency_key_freep) struct agency_key *key = NULL;
	SCOPED(secret_freep) uint8_t *secret = secret_new(KEY_BYTES);
	struct key_arguments arguments;
	struct card card;
	enum fault fault;
	int wrong, status = key_arguments(argc, argv, NULL, &arguments);

	if (status || (status = key_home(argv[0], &arguments, &home, &card)))
		return status;
	if ((wrong = read_key(secret)))
		return complain_of_line(argv[0], wrong);
	key = agency_key_of_secret(secret, "", 0);
	if (memcmp(agency_key_public(key), card.key, KEY_BYTES) != 0) {
		fprintf(
		    stderr,
		    "foyer key rehearse: that is the paper of another key, "
		    "%04X. Keep it only as\nlong as that one is kept; write "
		    "this one's paper with `foyer key backup`\n",
		    agency_key_id(key));
		return EXIT_INPUT;
	}
	if (!(fault = keys_note_paper(home, card.key)))
		printf("the paper is good: it brings back %04X\n",
		       agency_key_id(key));
	return fault_exit(fault);
}

static int put_back(const struct home *home, const struct agency_key *key,
		    const struct key_arguments *arguments)
{
	char passphrase[PASSPHRASE_LIMIT];
	enum keys_answer answer;
	bool done = false;
	enum fault noted = FAULT_NONE;
	enum fault fault = key_passphrase(home, arguments, passphrase);

	if (!fault)
		fault = key_put_first(home, key, passphrase, &answer, &done);
	if (done) {
		if (arguments->descriptor == PASSPHRASE_NO_FD)
			key_show_passphrase(passphrase);
		printf("restored %04X\n", agency_key_id(key));
		noted = keys_note_paper(home, agency_key_public(key));
	}
	secret_wipe(passphrase, sizeof passphrase);
	if (fault || done)
		return fault_exit(fault ? fault : noted);
	return key_refuse("restore", home, answer);
}

int key_restore(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(agency_key_freep) struct agency_key *key = NULL;
	SCOPED(secret_freep) uint8_t *secret = secret_new(KEY_BYTES);
	struct key_arguments arguments;
	enum fault fault;
	int wrong, status = key_arguments(argc, argv, NULL, &arguments);

	if (status)
		return status;
	if ((fault = home_open(arguments.home, &home)))
		return fault_exit(fault);
	if ((wrong = read_key(secret)))
		return complain_of_line(argv[0], wrong);
	key = agency_key_of_secret(secret, arguments.label ?: KEYS_LABEL, 0);
	return arguments.place == KEY_ALONE
		   ? put_back(home, key, &arguments)
		   : key_put_beside(argv[0], home, key, &arguments);
}
