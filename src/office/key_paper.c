#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
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
static enum fault open_key(const struct home *home, int descriptor,
			   enum agency_key_answer *answer,
			   struct agency_key **out)
{
	SCOPED(char_freep)
	char *path = home_path(home, HOME_KEYS, KEYS_SECRET);
	char passphrase[PASSPHRASE_LIMIT];
	struct bytes file = { 0 };
	enum fault fault =
	    passphrase_read(home, descriptor, "Passphrase: ", passphrase);

	if (!fault)
		fault = file_read(path, AGENCY_KEY_FILE_LIMIT, &file);
	if (!fault)
		fault = agency_key_unlock(file.data, file.length, passphrase,
					  answer, out);
	secret_wipe(passphrase, sizeof passphrase);
	bytes_done(&file);
	return fault;
}

int key_backup(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(agency_key_freep) struct agency_key *key = NULL;
	struct key_arguments arguments;
	enum agency_key_answer answer;
	enum fault fault;
	int status = key_arguments(argc, argv, &arguments);

	if (status)
		return status;
	if ((fault = desk_home(arguments.home, &home)) ||
	    (fault = open_key(home, arguments.descriptor, &answer, &key)))
		return fault_exit(fault);
	if (answer == AGENCY_KEY_WRONG_PASSPHRASE) {
		fprintf(stderr, "foyer key backup: that is not the passphrase "
				"of the key\n");
		return EXIT_INPUT;
	}
	if (arguments.output)
		return fault_exit(write_picture(key, arguments.output));
	print_lines(key);
	return EXIT_DONE;
}

/* --- from paper ------------------------------------------------------------
 */

#define LINE_LIMIT 256 /* bytes typed, with the zero: digits fit, too */

/* "1  ABCD ...": the number that the paper has before a line is no part. */
static const char *behind_number(const char *line, int number)
{
	return line[0] == '0' + number && line[1] == ' ' ? line + 2 : line;
}

/* The line that is wrong, from 1; 0: the whole key was read. */
static int read_key(uint8_t secret[KEY_BYTES])
{
	char line[LINE_LIMIT];
	int wrong = 0;

	for (int number = 1; number <= KEY_LINES && !wrong; number++) {
		if (!fgets(line, sizeof line, stdin))
			line[0] = 0;
		line[strcspn(line, "\r\n")] = 0;
		if (number == 1 && key_paper_scan(line, strlen(line), secret))
			break;
		if (!key_line_read(behind_number(line, number), number, secret))
			wrong = number;
	}
	secret_wipe(line, sizeof line);
	return wrong;
}

static int put_back(const struct home *home, const struct agency_key *key,
		    const struct key_arguments *arguments)
{
	char passphrase[PASSPHRASE_LIMIT];
	enum keys_answer answer = KEYS_MADE;
	enum fault fault = key_passphrase(home, arguments, passphrase);

	if (!fault)
		fault =
		    keys_put(home, key, keys_cost(home), passphrase, &answer);
	if (!fault && answer == KEYS_MADE) {
		if (arguments->descriptor == PASSPHRASE_NO_FD)
			key_show_passphrase(passphrase);
		printf("restored %04X\n", agency_key_id(key));
	}
	secret_wipe(passphrase, sizeof passphrase);
	if (fault || answer == KEYS_MADE)
		return fault_exit(fault);
	return key_refuse("restore", home);
}

int key_restore(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(agency_key_freep) struct agency_key *key = NULL;
	SCOPED(secret_freep) uint8_t *secret = secret_new(KEY_BYTES);
	struct key_arguments arguments;
	enum fault fault;
	int wrong, status = key_arguments(argc, argv, &arguments);

	if (status)
		return status;
	if ((fault = home_open(arguments.home, &home)))
		return fault_exit(fault);
	if ((wrong = read_key(secret))) {
		fprintf(stderr,
			"foyer key restore: line %d is not as it was written "
			"down: look at each sign\nagain. There are 16, in "
			"groups of four\n",
			wrong);
		return EXIT_INPUT;
	}
	key = agency_key_of_secret(secret, arguments.label, time(NULL));
	return put_back(home, key, &arguments);
}
