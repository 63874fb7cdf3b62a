#include <stdio.h>
#include <string.h>

#include "issue/agency.h"
#include "office/desk.h"
#include "office/line.h"
#include "office/noun.h"
#include "office/passphrase.h"
#include "office/record.h"
#include "record/names.h"
#include "record/where.h"
#include "seal/ring.h"
#include "seal/secret.h"

static int complain(const char *path, enum names_answer answer)
{
	static const char *const words[] = {
		[NAMES_ALREADY] = "they are so already",
		[NAMES_IN_USE] = "a desk or another program has the record "
				 "open. Close it at every desk first",
		[NAMES_CLOSED] = "no key that this passphrase opens opens the "
				 "names, or their file is not here",
	};

	fprintf(stderr, "foyer record names: %s: %s\n", path, words[answer]);
	return EXIT_INPUT;
}

static enum fault part(const struct home *home, const char *path,
		       enum names_answer *answer, int64_t *rows, bool *found)
{
	SCOPED(char_freep)
	char *card_path = home_path(home, HOME_KEYS, AGENCY_FILE);
	const struct record_who who = desk_who();
	struct card card;
	enum fault fault = agency_file_read(card_path, found, &card);

	if (!fault && !*found)
		fprintf(stderr,
			"foyer record names: %s: there is no key to seal them "
			"to; make one with\n`foyer key new`\n",
			card_path);
	if (fault || !*found)
		return fault;
	return names_part(path, card.key, &who, desk_now(), answer, rows);
}

static enum fault join(const struct home *home, const char *path,
		       int descriptor, enum names_answer *answer, int64_t *rows)
{
	SCOPED(ring_freep) struct ring *ring = ring_new();
	const struct record_who who = desk_who();
	char passphrase[PASSPHRASE_LIMIT];
	struct ring_tried tried = { 0 };
	enum fault fault =
	    passphrase_read(home, descriptor, "Passphrase: ", passphrase);

	if (!fault)
		fault = ring_unlock(ring, home_folder(home, HOME_KEYS),
				    passphrase, &tried);
	secret_wipe(passphrase, sizeof passphrase);
	*answer = NAMES_CLOSED;
	for (size_t i = 0;
	     !fault && *answer == NAMES_CLOSED && i < ring_count(ring); i++)
		fault = names_join(path, ring_at(ring, i), &who, desk_now(),
				   answer, rows);
	return fault;
}

static int complain_server(void)
{
	fputs("foyer record names: this home's record is on a server, where "
	      "names stay with it: a server has to know a name to look for "
	      "it, so sealing it there would hide nothing from whoever runs "
	      "the server. What keeps names there is an encrypted disk, sealed "
	      "backups (foyer record backup), and the role foyer_report for "
	      "reports, which reads no name. To seal them, move the record "
	      "to its file first (foyer record move --to file).\n",
	      stderr);
	return EXIT_INPUT;
}

int record_names(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(char_freep) char *path = NULL;
	struct record_arguments arguments;
	enum names_answer answer = NAMES_DONE;
	int64_t rows = 0;
	bool apart, found = true;
	enum fault fault;
	int status = record_arguments(argc, argv, 1, &arguments);

	if (status)
		return status;
	apart = arguments.operand && !strcmp(arguments.operand, "apart");
	if (!arguments.operand ||
	    (!apart && strcmp(arguments.operand, "together") != 0))
		return noun_usage("record", argv[0], "apart, or together?");
	if ((fault = desk_home(arguments.home, &home)) ||
	    (fault = record_where(home, &path)))
		return fault_exit(fault);
	if (record_where_server(path))
		return complain_server();
	fault = apart ? part(home, path, &answer, &rows, &found)
		      : join(home, path, arguments.descriptor, &answer, &rows);
	if (fault || !found)
		return fault ? fault_exit(fault) : EXIT_INPUT;
	if (answer != NAMES_DONE)
		return complain(path, answer);
	line_print(json_pack("{ss sI}", "names", arguments.operand, "rows",
			     (json_int_t)rows));
	return EXIT_DONE;
}
