#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/settings.h"
#include "office/desk.h"
#include "office/line.h"
#include "office/noun.h"
#include "office/record.h"
#include "record/move.h"
#include "record/where.h"

static int complain(const char *where, enum move_answer answer)
{
	static const char *const words[] = {
		[MOVE_OCCUPIED] = "a record is there already; nothing was "
				  "moved",
		[MOVE_IN_USE] = "a desk or another program has the record "
				"open. Close it at every desk first",
		[MOVE_APART] = "its names lie apart, sealed. A server would "
			       "have to know them to look for them: bring them "
			       "together first (foyer record names together) "
			       "and have the server's disk encrypted, or keep "
			       "the record in its file",
		[MOVE_DIFFERS] = "what arrived is not what was sent; nothing "
				 "was marked as moved",
	};

	fprintf(stderr, "foyer record move: %s: %s\n", where, words[answer]);
	return EXIT_INPUT;
}

static void tell(void *to, const char *table, int64_t rows)
{
	(void)to;
	if (rows)
		fprintf(stderr, "%-24s %10lld\n", table, (long long)rows);
}

/* The settings come last: until they say so, no desk looks there. */
static int say_moved(const char *to, bool server, const struct move_told *told)
{
	fprintf(stderr, server ? "Every row was compared. Write below [record] "
				 "in each desk's foyer.ini: at = ADDRESS\n"
			       : "Every row was compared. Take `at` out of "
				 "[record] in each desk's foyer.ini\n");
	line_print(json_pack("{ss sI sI}", "moved", to, "tables",
			     (json_int_t)told->tables, "rows",
			     (json_int_t)told->rows));
	return EXIT_DONE;
}

int record_move(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(char_freep) char *file = NULL;
	SCOPED(char_freep) char *where = NULL;
	const struct move_watch watch = { NULL, tell };
	const struct record_who who = desk_who();
	struct record_arguments arguments;
	enum move_answer answer = MOVE_DONE;
	struct move_told told;
	bool server;
	enum fault fault;
	int status = record_arguments(argc, argv, 0, &arguments);

	if (status)
		return status;
	if (!arguments.to)
		return noun_usage("record", argv[0],
				  "--to ADDRESS, or --to file?");
	if ((fault = desk_home(arguments.home, &home)) ||
	    (fault = record_where(home, &where)))
		return fault_exit(fault);
	file = home_path(home, HOME_RECORD, RECORD_FILE);
	server = strcmp(arguments.to, "file") != 0;
	if (!server && !strcmp(where, file))
		return complain(file, MOVE_OCCUPIED);
	fault = server ? move_to_server(file, arguments.to, &watch, &who,
					desk_now(), &answer, &told)
		       : move_to_file(where, file, &watch, &who, desk_now(),
				      &answer, &told);
	if (fault)
		return fault_exit(fault);
	if (answer != MOVE_DONE)
		return complain(server ? "the server" : file, answer);
	return say_moved(server ? "server" : file, server, &told);
}

int record_roles(int argc, char **argv)
{
	SCOPED(char_freep) char *sql = NULL;
	struct record_arguments arguments;
	int status = record_arguments(argc, argv, 0, &arguments);

	if (status)
		return status;
	sql = move_roles();
	fputs(sql, stdout);
	return EXIT_DONE;
}
