#include "office/record.h"

#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "issue/agency.h"
#include "office/desk.h"
#include "office/enter.h"
#include "office/export_forms.h"
#include "office/line.h"
#include "office/noun.h"
#include "office/options.h"
#include "office/outlet.h"
#include "office/passphrase.h"
#include "office/record_key.h"
#include "record/export.h"

struct wanted {
	const char *home, *to, *seal, *user;
	int descriptor;
};

static int wrong(const char *complaint)
{
	return noun_usage("record", "export", complaint);
}

static int complain(const char *about, const char *complaint)
{
	fprintf(stderr, "foyer record export: %s: %s\n", about, complaint);
	return EXIT_INPUT;
}

static int read_wanted(int argc, char **argv, struct wanted *wanted)
{
	const char *descriptor = NULL;
	const struct options_place places[] = {
		{ "home", &wanted->home, NULL },
		{ "to", &wanted->to, NULL },
		{ "seal", &wanted->seal, NULL },
		{ "user", &wanted->user, NULL },
		{ "passphrase-fd", &descriptor, NULL },
		{ NULL, NULL, NULL },
	};

	*wanted = (struct wanted){ .descriptor = PASSPHRASE_NO_FD };
	if (!options_read(argc, argv, places))
		return wrong(OPTIONS_COMPLAINT);
	if (descriptor &&
	    !passphrase_descriptor(descriptor, &wanted->descriptor))
		return wrong(PASSPHRASE_FD_COMPLAINT);
	if (optind != argc)
		return wrong("one argument too many");
	return wanted->to ? EXIT_DONE : wrong("where to? --to FILE");
}

/* --- export --------------------------------------------------------------- */

static int find_receiver(const struct wanted *wanted, struct card *card)
{
	bool found = false;
	enum fault fault = agency_file_read(wanted->seal, &found, card);

	if (fault)
		return fault_exit(fault);
	return found ? EXIT_DONE
		     : complain(wanted->seal, "there is no such key; "
					      "keys/agency.pub is the agency's "
					      "own");
}

static void tell(const struct wanted *wanted, const struct export_told *told)
{
	if (!wanted->seal)
		fprintf(stderr,
			"%s is not encrypted: whoever has it reads every name, "
			"answer and note%s.\nKeep it on an encrypted disk, and "
			"erase it once it is no more needed. With\n--seal KEY "
			"it is sealed.\n",
			wanted->to,
			told->guarded ? ", restricted and safety notes too"
				      : "");
	line_print(json_pack(
	    "{ss sb sI sI sI sI}", "export", wanted->to, "sealed",
	    wanted->seal != NULL, "people", (json_int_t)told->people, "visits",
	    (json_int_t)told->visits, "rows", (json_int_t)told->rows, "damaged",
	    (json_int_t)(told->damaged[EXPORT_BYTES] +
			 told->damaged[EXPORT_SEALED])));
}

#define DAMAGES_TOLD 20 /* of them, each on a line */

struct taking {
	struct outlet *outlet;
	int damages;
};

static enum fault take_bytes(void *to, const void *bytes, size_t length)
{
	const struct taking *taking = to;

	return outlet_write(taking->outlet, bytes, length);
}

static void tell_damage(void *to, const struct export_place *place)
{
	static const char *const whats[EXPORT_DAMAGES] = {
		[EXPORT_BYTES] = "is no UTF-8",
		[EXPORT_SEALED] = "is sealed and cannot be opened",
	};
	struct taking *taking = to;

	if (taking->damages++ >= DAMAGES_TOLD)
		return;
	fprintf(stderr, "damaged: %s, row %lld", place->table,
		(long long)place->row);
	if (place->first)
		fprintf(stderr, " (%s %lld)", place->first,
			(long long)place->id);
	fprintf(stderr, ": %s %s\n", place->column, whats[place->damage]);
}

/* The file is whole, but the record is not. */
static int tell_damages(const struct taking *taking)
{
	if (!taking->damages)
		return EXIT_DONE;
	if (taking->damages > DAMAGES_TOLD)
		fprintf(stderr, "damaged: %d more\n",
			taking->damages - DAMAGES_TOLD);
	fprintf(stderr,
		"%d text%s of the record %s damaged and stand%s in the file as "
		"foyer_bytes or\nfoyer_sealed, in base64. A backup from before "
		"the damage may have them whole.\n",
		taking->damages, taking->damages == 1 ? "" : "s",
		taking->damages == 1 ? "is" : "are",
		taking->damages == 1 ? "s" : "");
	return EXIT_INPUT;
}

static const char *const refusals[] = {
	[EXPORT_REFUSED] = "all of the record is for a supervisor",
	[EXPORT_NAMES_LOCKED] = "names lie apart; give the passphrase of the "
				"agency's key: foyer --names-fd N record "
				"export ...",
};

static int export_all(const struct home *home, struct record *record,
		      const struct wanted *wanted, const struct record_who *who)
{
	SCOPED(outlet_freep) struct outlet *outlet = NULL;
	SCOPED(char_freep) char *forms = NULL;
	struct taking taking = { 0 };
	struct export_wish wish = { .write = take_bytes,
				    .damaged = tell_damage,
				    .to = &taking };
	enum export_answer answer;
	struct export_told told;
	struct card card;
	enum fault fault;
	int status;

	if (wanted->seal && (status = find_receiver(wanted, &card)))
		return status;
	if ((fault = export_forms(home, &forms)) ||
	    (fault = outlet_new(wanted->to, wanted->seal ? card.key : NULL,
				&outlet)))
		return fault_exit(fault);
	wish.forms = forms;
	taking.outlet = outlet;
	if ((fault =
		 record_export(record, &wish, who, desk_now(), &answer, &told)))
		return fault_exit(fault);
	if (answer != EXPORT_DONE)
		return complain(who->user, refusals[answer]);
	if ((fault = outlet_finish(outlet)))
		return fault_exit(fault);
	tell(wanted, &told);
	return tell_damages(&taking);
}

int record_export_all(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(record_closep) struct record *record = NULL;
	struct user_in in = { 0 };
	struct record_who who;
	struct wanted wanted;
	enum fault fault;
	int status = read_wanted(argc, argv, &wanted);

	if (status)
		return status;
	if ((fault = desk_home(wanted.home, &home)) ||
	    (fault = desk_record(home, &record)))
		return fault_exit(fault);
	status = enter_as(home, record,
			  &(struct enter){ .verb = "record export",
					   .refuse = refusals[EXPORT_REFUSED],
					   .user = wanted.user,
					   .descriptor = wanted.descriptor },
			  &in, &who);
	if (!status)
		status = export_all(home, record, &wanted, &who);
	user_in_done(&in);
	return status;
}

/* --- unseal --------------------------------------------------------------- */

static const char *const complaints[INLET_ANSWERS] = {
	[INLET_NOT_ONE] = "this is no file that `foyer record export --seal` "
			  "wrote",
	[INLET_NOT_OURS] = "it was sealed to another key than those this "
			   "passphrase opens",
	[INLET_DAMAGED] = "it is damaged or cut short; copy it again from "
			  "where it was made",
};

static int refuse(const char *path, enum inlet_answer answer)
{
	fprintf(stderr, "foyer record unseal: %s: %s.\n", path,
		complaints[answer]);
	return EXIT_INPUT;
}

static int unseal(const struct record_arguments *arguments,
		  const struct agency_key *key)
{
	SCOPED(outlet_freep) struct outlet *to = NULL;
	enum inlet_answer answer;
	enum fault fault = outlet_new(arguments->output, NULL, &to);

	if (!fault)
		fault = inlet_open(arguments->operand, key, to, &answer);
	if (fault)
		return fault_exit(fault);
	return answer == INLET_OPENED ? EXIT_DONE
				      : refuse(arguments->operand, answer);
}

int record_unseal(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(ring_freep) struct ring *ring = ring_new();
	struct record_arguments arguments;
	const struct agency_key *key;
	uint8_t receiver[KEY_BYTES];
	enum inlet_answer answer;
	enum fault fault;
	int status = record_arguments(argc, argv, 1, &arguments);

	if (status)
		return status;
	if (!arguments.operand || !arguments.output)
		return noun_usage("record", argv[0],
				  "which file, and -o where "
				  "to?");
	if ((fault = desk_home(arguments.home, &home)) ||
	    (fault = inlet_look(arguments.operand, receiver, &answer)))
		return fault_exit(fault);
	if (answer != INLET_OPENED)
		return refuse(arguments.operand, answer);
	if ((status = record_key(home, argv[0], arguments.descriptor, receiver,
				 ring, &key)))
		return status;
	return key ? unseal(&arguments, key)
		   : refuse(arguments.operand, INLET_NOT_OURS);
}
