/* The agency's key on its way to another desk, as a file under a passphrase of
 * its own: neither desk learns the other's. */
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "issue/key_paper.h"
#include "issue/keys.h"
#include "office/desk.h"
#include "office/key.h"
#include "office/noun.h"
#include "office/passphrase.h"
#include "print/paper.h"
#include "seal/secret.h"

/* --- from here -------------------------------------------------------------
 */

/* Of the descriptor, or six words that are told once. */
static enum fault transfer_passphrase(const struct home *home, int descriptor,
				      char text[PASSPHRASE_LIMIT])
{
	if (descriptor != PASSPHRASE_NO_FD)
		return passphrase_read(home, descriptor, "", text);
	passphrase_make(text);
	printf("For the way alone, another passphrase. Tell it by another way "
	       "than the file's:\n\n    %s\n\n",
	       text);
	return FAULT_NONE;
}

/* The file that it travels in. */
struct carrying {
	const char *path;
	struct bytes file;
};

static enum fault write_carried(void *to)
{
	const struct carrying *way = to;

	return file_write(way->path, way->file.data, way->file.length, 0600);
}

/* Its file is made before the record is anybody's alone: that takes seconds. */
static enum fault carry(const struct home *home, const struct agency_key *key,
			const char *passphrase, const char *path, bool *done)
{
	struct carrying way = { .path = path };
	enum fault fault =
	    agency_key_lock(key, keys_cost(home), passphrase, &way.file);

	if (!fault)
		fault = key_do(home, "key-exported", agency_key_id(key),
			       write_carried, &way, done);
	bytes_done(&way.file);
	return fault;
}

static void show_key(const struct agency_key *key)
{
	struct card card = { 0 };

	memcpy(card.key, agency_key_public(key), KEY_BYTES);
	strcpy(card.name, agency_key_label(key));
	key_show_card(&card);
}

static int export(const struct home *home,
		  const struct key_arguments *arguments)
{
	SCOPED(agency_key_freep) struct agency_key *key = NULL;
	char passphrase[PASSPHRASE_LIMIT];
	int status = EXIT_DONE;
	bool done = false;
	enum fault fault = passphrase_read(home, arguments->descriptor,
					   "Passphrase: ", passphrase);

	if (!fault)
		fault = key_open("export", home, passphrase, &status, &key);
	if (!fault && !status &&
	    !(fault = transfer_passphrase(home, arguments->second, passphrase)))
		fault = carry(home, key, passphrase, arguments->output, &done);
	if (done) {
		show_key(key);
		printf("Erase %s once the other desk has it.\n",
		       arguments->output);
	}
	secret_wipe(passphrase, sizeof passphrase);
	return fault ? fault_exit(fault) : status;
}

int key_export(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	struct key_arguments arguments;
	struct card card;
	int status = key_arguments(argc, argv, NULL, &arguments);

	if (status)
		return status;
	if (!arguments.output)
		return noun_usage("key", argv[0], "say where to, with -o FILE");
	if ((status = key_home(argv[0], &arguments, &home, &card)))
		return status;
	return export(home, &arguments);
}

/* --- to here ---------------------------------------------------------------
 */

/* A person compares; a program that calls has decided already. */
static bool is_confirmed(void)
{
	char line[16] = "";

	if (!isatty(STDIN_FILENO))
		return true;
	printf("Does the other desk show the same fingerprint? [y/n] ");
	fflush(stdout);
	if (!fgets(line, sizeof line, stdin))
		return false;
	return line[0] == 'y' || line[0] == 'Y';
}

static int complain(const char *complaint)
{
	fprintf(stderr, "foyer key import: %s\n", complaint);
	return EXIT_INPUT;
}

static int open_carried(const struct home *home,
			const struct key_arguments *arguments,
			struct agency_key **out)
{
	char passphrase[PASSPHRASE_LIMIT];
	enum agency_key_answer answer;
	struct bytes file = { 0 };
	enum fault fault =
	    file_read(arguments->operand, AGENCY_KEY_FILE_LIMIT, &file);

	if (!fault && arguments->second != PASSPHRASE_NO_FD)
		fault =
		    passphrase_read(home, arguments->second, "", passphrase);
	else if (!fault)
		fault = passphrase_ask("Passphrase of the file: ", passphrase);
	if (!fault)
		fault = agency_key_unlock(file.data, file.length, passphrase,
					  &answer, out);
	secret_wipe(passphrase, sizeof passphrase);
	bytes_done(&file);
	if (fault)
		return fault_exit(fault);
	return answer == AGENCY_KEY_OPENED
		   ? EXIT_DONE
		   : complain("that is not the file's passphrase, or the file "
			      "is damaged");
}

/* At a desk that has no key yet. */
static int put_first(const struct home *home, const struct agency_key *key,
		     const struct key_arguments *arguments)
{
	char passphrase[PASSPHRASE_LIMIT];
	enum keys_answer answer;
	bool done = false;
	enum fault fault = key_passphrase(home, arguments, passphrase);

	if (!fault)
		fault = key_put_first(home, key, passphrase, &answer, &done);
	if (done && arguments->descriptor == PASSPHRASE_NO_FD)
		key_show_passphrase(passphrase);
	secret_wipe(passphrase, sizeof passphrase);
	if (fault || done)
		return fault_exit(fault);
	return key_refuse("import", home, answer);
}

static int put_carried(const struct home *home, const struct agency_key *key,
		       const struct key_arguments *arguments)
{
	SCOPED(char_freep)
	char *path = home_path(home, HOME_KEYS, KEYS_SECRET);

	if (!file_exists(path))
		return put_first(home, key, arguments);
	if (arguments->place == KEY_ALONE)
		return complain("there is a key here already. --over puts this "
				"one in its place and\nkeeps that one for old "
				"tickets; --old keeps this one for old "
				"tickets");
	return key_put_beside("import", home, key, arguments);
}

int key_import(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(agency_key_freep) struct agency_key *key = NULL;
	struct key_arguments arguments;
	enum fault fault;
	int status = key_arguments(argc, argv,
				   "which file? give the one that `foyer key "
				   "export` wrote",
				   &arguments);

	if (status)
		return status;
	if ((fault = home_open(arguments.home, &home)))
		return fault_exit(fault);
	if ((status = open_carried(home, &arguments, &key)))
		return status;
	show_key(key);
	if (!is_confirmed())
		return complain("not taken");
	return put_carried(home, key, &arguments);
}

/* --- its public half -------------------------------------------------------
 */

int key_show_symbol(const struct card *card, const char *path)
{
	SCOPED(picture_freep) struct picture *picture = NULL;
	struct bytes png = { 0 };
	enum fault fault = key_card_draw(card, PAPER_WIDE, &picture);

	if (fault)
		return fault_exit(fault);
	picture_png(picture, PICTURE_MARGIN, &png);
	fault = file_write(path, png.data, png.length, 0644);
	bytes_done(&png);
	return fault_exit(fault);
}
