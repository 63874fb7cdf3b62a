#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "filing/kept.h"
#include "office/desk.h"
#include "office/line.h"
#include "office/noun.h"
#include "office/record.h"
#include "office/record_key.h"
#include "office/watch.h"
#include "record/move.h"
#include "record/restore.h"
#include "record/where.h"

static void print_told(const char *key, const char *path, int64_t made,
		       const char *kept, const struct backup_told *told)
{
	json_t *line = json_object();

	json_object_set_new(line, key, json_string(path));
	json_object_set_new(line, "made", line_instant(made));
	json_object_set_new(line, "bytes", json_integer(told->bytes));
	json_object_set_new(line, "people", json_integer(told->people));
	json_object_set_new(line, "visits", json_integer(told->visits));
	json_object_set_new(line, "rows", json_integer(told->rows));
	if (kept)
		json_object_set_new(line, "kept", json_string(kept));
	line_print(line);
}

/* --- backup --------------------------------------------------------------- */

/* "foyer-2026-11-22-103000.backup" in the folder where one stands. */
static char *name_by_date(int64_t now)
{
	const time_t seconds = (time_t)(now / 1000);
	char text[64];
	struct tm parts;

	gmtime_r(&seconds, &parts);
	strftime(text, sizeof text, "foyer-%Y-%m-%d-%H%M%S.backup", &parts);
	return xstrdup(text);
}

/* A backup is of the record, and those are in none yet. */
static void tell_kept(const struct home *home)
{
	struct kept_state kept;

	if (kept_look(home, &kept) || !kept.count)
		return;
	fprintf(stderr,
		"foyer record backup: %zu ticket%s on this computer for the "
		"record's server %s not in it. `foyer record file-kept` files "
		"%s; then take another\n",
		kept.count, kept.count == 1 ? " that waits" : "s that wait",
		kept.count == 1 ? "is" : "are",
		kept.count == 1 ? "it" : "them");
}

int record_backup(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(record_closep) struct record *record = NULL;
	SCOPED(char_freep) char *path = NULL;
	struct record_arguments arguments;
	const struct record_who who = desk_who();
	const int64_t now = desk_now();
	struct backup_told told;
	struct watch watch;
	struct card card;
	bool found;
	enum fault fault;
	int status = record_arguments(argc, argv, 0, &arguments);

	if (status)
		return status;
	if ((fault = desk_home(arguments.home, &home)) ||
	    (fault = record_card(home, argv[0], "to seal the backup to", &found,
				 &card)))
		return fault_exit(fault);
	if (!found)
		return EXIT_INPUT;
	if ((fault = desk_record(home, &record)))
		return fault_exit(fault);
	path = arguments.output ? xstrdup(arguments.output) : name_by_date(now);
	watch_init(&watch);
	fault =
	    backup_make(record, path, card.key, &who, now, &watch.watch, &told);
	watch_done(&watch);
	if (!fault)
		print_told("backup", path, now, NULL, &told);
	if (!fault)
		tell_kept(home);
	return fault_exit(fault);
}

/* --- restore -------------------------------------------------------------- */

static const char *const complaints[BACKUP_ANSWERS] = {
	[BACKUP_NOT_ONE] = "this is no backup of a record of Foyer. Name the "
			   "file that `foyer record backup` wrote",
	[BACKUP_OF_OTHER] = "this is a caseload, some people of a record. On a "
			    "laptop, `foyer record open` puts it in its place; "
			    "at the agency, `foyer record merge` takes in what "
			    "was done",
	[BACKUP_CUT_SHORT] =
	    "this backup is not whole: it was cut short when it was written or "
	    "copied. Copy it again from where it was made, or use another one",
	[BACKUP_DAMAGED] =
	    "this backup is damaged: its bytes are not those that were "
	    "written. Copy it again from where it was made, or use another one",
	[BACKUP_NEWER] = "this backup is of a newer Foyer. Update Foyer on "
			 "this computer, then restore it",
	[BACKUP_NOT_OURS] =
	    "this backup was sealed to another key than those this passphrase "
	    "opens. Put a copy of that agency's key file into the keys folder",
	[BACKUP_OCCUPIED] = "there is a record here already. With --replace it "
			    "is kept beside and the backup takes its place",
	[BACKUP_APART] = "its names lie apart, and on a server they cannot. "
			 "Restore it to a file, and bring them together first "
			 "(foyer record names together)",
	[BACKUP_IN_USE] = "a desk or another program has the record open. "
			  "Close it at every desk, then restore",
};

static int complain(const char *path, enum backup_answer answer)
{
	fprintf(stderr, "foyer record restore: %s: %s.\n", path,
		complaints[answer]);
	return EXIT_INPUT;
}

static int complain_server(void)
{
	fputs("foyer record restore: an empty database is needed: there is a "
	      "record on the server already, and on a server none is "
	      "replaced. Make one there and name it in foyer.ini ([record] "
	      "at): the record that is there stays as it is.\n",
	      stderr);
	return EXIT_INPUT;
}

/* Asked first: a passphrase is not typed, and hours are not waited, for
 * nothing. */
static int look_for_room(const struct home *home)
{
	SCOPED(char_freep) char *where = NULL;
	enum move_answer answer = MOVE_DONE;
	enum fault fault = record_where(home, &where);

	if (!fault && record_where_server(where))
		fault = move_look(where, &answer);
	if (fault)
		return fault_exit(fault);
	return answer == MOVE_OCCUPIED ? complain_server() : EXIT_DONE;
}

static int restore(const struct home *home, const struct agency_key *key,
		   const struct record_arguments *arguments)
{
	SCOPED(char_freep) char *where = NULL;
	SCOPED(char_freep) char *path = NULL;
	const struct record_who who = desk_who();
	struct restored restored;
	struct watch watch;
	int status = EXIT_DONE;
	enum fault fault = record_where(home, &where);
	const bool server = !fault && record_where_server(where);

	if (fault)
		return fault_exit(fault);
	path =
	    server ? home_path(home, HOME_RECORD, "restored") : xstrdup(where);
	watch_init(&watch);
	const struct restore restore = {
		.from = arguments->operand,
		.to = path,
		.key = key,
		.replace = arguments->replace && !server,
		.act = "restore",
		.who = &who,
		.now = desk_now(),
		.watch = &watch.watch,
	};

	fault = server ? restore_to_server(&restore, where, &restored)
		       : restore_run(&restore, &restored);
	watch_done(&watch);
	if (fault)
		status = fault_exit(fault);
	else if (restored.answer == BACKUP_SOUND)
		print_told("record", server ? "on the server" : path,
			   restored.made, restored.kept, &restored.told);
	else if (server && restored.answer == BACKUP_OCCUPIED)
		status = complain_server();
	else
		status = complain(restored.answer == BACKUP_OCCUPIED ||
					  restored.answer == BACKUP_IN_USE
				      ? path
				      : arguments->operand,
				  restored.answer);
	restored_done(&restored);
	return status;
}

int record_restore(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(ring_freep) struct ring *ring = ring_new();
	struct record_arguments arguments;
	struct record_sealed file = { .what = BACKUP_RECORD };
	enum backup_answer answer;
	const struct agency_key *key;
	enum fault fault;
	int status = record_arguments(argc, argv, 1, &arguments);

	if (status)
		return status;
	if (!arguments.operand)
		return noun_usage("record", argv[0], "which backup?");
	file.path = arguments.operand;
	if ((fault = desk_home(arguments.home, &home)))
		return fault_exit(fault);
	if ((status = look_for_room(home)) ||
	    (status = record_sealed_key(home, argv[0], arguments.descriptor,
					&file, ring, &answer, &key)))
		return status;
	if (answer != BACKUP_SOUND)
		return complain(arguments.operand, answer);
	return restore(home, key, &arguments);
}
