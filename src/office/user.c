#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "office/desk.h"
#include "office/line.h"
#include "office/noun.h"
#include "office/passphrase.h"
#include "record/user.h"
#include "seal/ring.h"
#include "seal/secret.h"

struct arguments {
	const char *home, *roles, *teams, *operand;
	int descriptor; /* of the passphrases */
	bool enable, reset;
};

static const struct option options[] = {
	{ "home", required_argument, NULL, 'h' },
	{ "roles", required_argument, NULL, 'r' },
	{ "teams", required_argument, NULL, 't' },
	{ "passphrase-fd", required_argument, NULL, 'p' },
	{ "enable", no_argument, NULL, 'e' },
	{ "reset", no_argument, NULL, 's' },
	{ 0 },
};

static int wrong(const char *verb, const char *complaint)
{
	return noun_usage("user", verb, complaint);
}

static bool take_option(int option, struct arguments *arguments)
{
	switch (option) {
	case 'h':
		arguments->home = optarg;
		return true;
	case 'r':
		arguments->roles = optarg;
		return true;
	case 't':
		arguments->teams = optarg;
		return true;
	case 'p':
		return passphrase_descriptor(optarg, &arguments->descriptor);
	case 'e':
		return arguments->enable = true;
	case 's':
		return arguments->reset = true;
	default:
		return false;
	}
}

static int read_arguments(int argc, char **argv, int operands,
			  struct arguments *arguments)
{
	int option;

	*arguments = (struct arguments){ .descriptor = PASSPHRASE_NO_FD };
	optind = 0;
	opterr = 1; /* it names which */
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (!take_option(option, arguments))
			return wrong(argv[0], "an option it does not know, or "
					      "one whose value is none");
	}
	if (argc - optind != operands)
		return wrong(argv[0],
			     operands ? "give one user's name" : "no argument");
	arguments->operand = operands ? argv[optind] : NULL;
	return EXIT_DONE;
}

static enum fault open_all(const struct arguments *arguments,
			   struct home **home, struct record **record)
{
	enum fault fault = desk_home(arguments->home, home);

	return fault ? fault : desk_record(*home, record);
}

static int complain(const char *verb, const char *name, enum user_answer answer)
{
	static const char *const words[USER_ANSWERS] = {
		[USER_WRONG] = "that is not this user's passphrase",
		[USER_SLOWED] = "too many attempts failed; wait a few minutes",
		[USER_AWAY] = "this user may not sign in; see --enable",
		[USER_NOT_THERE] = "there is no such user",
		[USER_TAKEN] = "there is a user with this name already",
		[USER_WEAK] = "a passphrase has 12 characters or more; several "
			      "words are best",
		[USER_LAST] = "this is the last administrator who can sign in; "
			      "make another one first",
		[USER_REFUSED] = "an administrator's right",
		[USER_INVALID] =
		    "a name is needed, and roles are reception, worker, "
		    "supervisor, coordinator, administrator, auditor, safety",
	};

	if (answer == USER_DONE)
		return EXIT_DONE;
	fprintf(stderr, "foyer user %s: %s: %s\n", verb, name, words[answer]);
	return EXIT_INPUT;
}

static enum own_cost cost_of(const struct home *home)
{
	return home_is_demo(home) ? OWN_DEMO : OWN_DESK;
}

/* "worker,safety" and "worker safety" alike; the caller frees it. */
static char *with_blanks(const char *list)
{
	char *copy = list ? xstrdup(list) : NULL;

	for (char *at = copy; at && *at; at++)
		*at = *at == ',' ? ' ' : *at;
	return copy;
}

/* --- teams ---------------------------------------------------------------- */

static enum fault team_of(struct record *record, const char *name, int64_t *id)
{
	const struct entity_match matches[] = { { "name", name },
						{ NULL, NULL } };

	return entity_first(record, kind_find("team"), matches, NULL, id);
}

/* "East,West" as "[1,2]"; *ids is NULL after a complaint. */
static enum fault teams_of(struct record *record, const char *verb,
			   const char *names, char **ids)
{
	SCOPED(char_freep) char *copy = xstrdup(names);
	json_t *list = json_array();
	char *rest = copy, *name;
	enum fault fault = FAULT_NONE;
	bool all = true;
	int64_t id;

	while (all && !fault && (name = strsep(&rest, ","))) {
		if (!*name)
			continue;
		fault = team_of(record, name, &id);
		json_array_append_new(list, json_integer(id));
		all = fault || id;
		if (!all)
			fprintf(stderr,
				"foyer user %s: %s: there is no such team; "
				"make it with `foyer agency add team "
				"name=...`\n",
				verb, name);
	}
	*ids = all && !fault ? json_dumps(list, JSON_COMPACT) : NULL;
	json_decref(list);
	return fault;
}

/* --- passphrases ---------------------------------------------------------- */

/* What somebody signs in with, and what it opens; in secret memory. */
struct given {
	char own[PASSPHRASE_LIMIT], key[PASSPHRASE_LIMIT];
	bool made; /* own was made here, and has to be told */
};

/* The agency key's passphrase, which has to open a key of this home. */
static int read_key(const struct home *home, int descriptor, const char *verb,
		    struct given *given)
{
	SCOPED(ring_freep) struct ring *ring = ring_new();
	struct ring_tried tried = { 0 };
	enum fault fault = passphrase_read(
	    home, descriptor, "Passphrase of the agency's key: ", given->key);

	if (!fault)
		fault = ring_unlock(ring, home_folder(home, HOME_KEYS),
				    given->key, &tried);
	if (fault)
		return fault_exit(fault);
	if (tried.opened)
		return EXIT_DONE;
	fprintf(stderr,
		"foyer user %s: %s: that is not the passphrase of a key "
		"here\n",
		verb, home_folder(home, HOME_KEYS));
	return EXIT_INPUT;
}

/* Their own: of the descriptor, or a new one of six words. */
static int read_own(const struct home *home, int descriptor,
		    struct given *given)
{
	enum fault fault;

	if (descriptor == PASSPHRASE_NO_FD) {
		passphrase_make(given->own);
		given->made = true;
		return EXIT_DONE;
	}
	fault = passphrase_read(home, descriptor, "", given->own);
	return fault_exit(fault);
}

static struct user_key key_of(const struct home *home,
			      const struct given *given)
{
	return (struct user_key){ .passphrase = given->own,
				  .key = given->key[0] ? given->key : NULL,
				  .cost = cost_of(home) };
}

static void tell_made(const struct given *given, const char *name)
{
	if (given->made)
		fprintf(stderr,
			"The passphrase of %s, shown this once:\n\n    %s\n\n",
			name, given->own);
}

/* --- add ------------------------------------------------------------------ */

static int add(const struct home *home, struct record *record,
	       const struct arguments *arguments, const char *roles,
	       const char *teams, struct given *given)
{
	const struct record_who who = desk_who();
	const struct user_key key = key_of(home, given);
	enum user_answer answer;
	int64_t id;
	enum fault fault = user_add(record, arguments->operand, roles, teams,
				    &key, &who, desk_now(), &answer, &id);

	if (fault)
		return fault_exit(fault);
	if (answer != USER_DONE)
		return complain("add", arguments->operand, answer);
	tell_made(given, arguments->operand);
	line_print(json_pack("{sI ss}", "id", (json_int_t)id, "name",
			     arguments->operand));
	return EXIT_DONE;
}

static int run_add(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(record_closep) struct record *record = NULL;
	SCOPED(secret_freep) struct given *given = secret_new(sizeof *given);
	SCOPED(char_freep) char *roles = NULL;
	SCOPED(char_freep) char *teams = NULL;
	struct arguments arguments;
	enum fault fault;
	int status = read_arguments(argc, argv, 1, &arguments);

	if (status)
		return status;
	if ((fault = open_all(&arguments, &home, &record)) ||
	    (fault = teams_of(record, argv[0],
			      arguments.teams ? arguments.teams : "", &teams)))
		return fault_exit(fault);
	if (!teams)
		return EXIT_INPUT;
	roles = with_blanks(arguments.roles ? arguments.roles : "");
	if (user_roles(roles) & USER_ROLES_KEY &&
	    (status = read_key(home, arguments.descriptor, argv[0], given)))
		return status;
	if ((status = read_own(home, arguments.descriptor, given)))
		return status;
	return add(home, record, &arguments, roles, teams, given);
}

/* --- list ----------------------------------------------------------------- */

/* One who is there; ids first, since a walk must not be walked within. */
struct ids {
	int64_t *ids;
	size_t count;
};

static bool take_id(void *to, const struct entity *entity)
{
	struct ids *ids = to;

	ids->ids = xreallocarray(ids->ids, ids->count + 1, sizeof *ids->ids);
	ids->ids[ids->count++] = entity->id;
	return true;
}

static enum fault print_one(struct record *record, int64_t id,
			    const struct record_who *who)
{
	SCOPED(entity_freep) struct entity *user = NULL;
	struct user_sign_in how;
	enum entity_answer answer;
	const char *teams;
	enum fault fault = entity_read(record, kind_find("user"), id, who,
				       desk_now(), &answer, &user);
	json_t *line, *list;

	if (fault || !user || (fault = user_sign_in(record, id, &how)))
		return fault;
	teams = entity_text(user, "teams");
	list = json_loads(teams ? teams : "[]", 0, NULL);
	line = json_pack("{sI ss so so sb sb sb si so}", "id", (json_int_t)id,
			 "name", entity_text(user, "name"), "roles",
			 line_words(entity_text(user, "roles")), "teams",
			 list ? list : json_array(), "signs_in", (int)how.any,
			 "holds_key", (int)how.key, "disabled",
			 entity_number(user, "away") != 0, "failed", how.failed,
			 "last_access", line_instant(how.last_access));
	line_print(line);
	return FAULT_NONE;
}

static int run_list(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(record_closep) struct record *record = NULL;
	const struct record_who who = desk_who();
	struct arguments arguments;
	struct ids ids = { 0 };
	enum fault fault;
	int status = read_arguments(argc, argv, 0, &arguments);

	if (status)
		return status;
	if (!(fault = open_all(&arguments, &home, &record)))
		fault = entity_each(record, kind_find("user"), NULL, "name", 0,
				    &who, take_id, &ids);
	for (size_t i = 0; !fault && i < ids.count; i++)
		fault = print_one(record, ids.ids[i], &who);
	free(ids.ids);
	return fault_exit(fault);
}

/* --- passphrase, disable, roles ------------------------------------------- */

/* With the old one, as its owner would. */
static int change(const struct home *home, struct record *record,
		  const struct arguments *arguments, struct given *given)
{
	SCOPED(secret_freep) char *old = secret_new(PASSPHRASE_LIMIT);
	struct user_in in = { 0 };
	int status;
	enum fault fault = passphrase_read(home, arguments->descriptor,
					   "The passphrase until now: ", old);

	if (fault)
		return fault_exit(fault);
	if ((status = read_own(home, arguments->descriptor, given)))
		return status;
	fault = user_change(record, arguments->operand, old, given->own,
			    cost_of(home), "", desk_now(), &in);
	status = fault ? fault_exit(fault)
		       : complain("passphrase", arguments->operand, in.answer);
	user_in_done(&in);
	if (!status)
		tell_made(given, arguments->operand);
	return status;
}

static enum fault needs_key(struct record *record, int64_t id, bool *needs)
{
	SCOPED(entity_freep) struct entity *user = NULL;
	const struct record_who who = desk_who();
	enum entity_answer answer;
	enum fault fault = entity_read(record, kind_find("user"), id, &who,
				       desk_now(), &answer, &user);

	*needs =
	    user && user_roles(entity_text(user, "roles")) & USER_ROLES_KEY;
	return fault;
}

/* Anew, as an administrator would for somebody who forgot it. */
static int reset(const struct home *home, struct record *record, int64_t id,
		 const struct arguments *arguments, struct given *given)
{
	const struct record_who who = desk_who();
	struct user_key key;
	enum user_answer answer;
	bool needs;
	int status;
	enum fault fault = needs_key(record, id, &needs);

	if (fault)
		return fault_exit(fault);
	if (needs && (status = read_key(home, arguments->descriptor,
					"passphrase", given)))
		return status;
	if ((status = read_own(home, arguments->descriptor, given)))
		return status;
	key = key_of(home, given);
	if ((fault = user_give(record, id, &key, &who, desk_now(), &answer)))
		return fault_exit(fault);
	status = complain("passphrase", arguments->operand, answer);
	if (!status)
		tell_made(given, arguments->operand);
	return status;
}

static int run_passphrase(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(record_closep) struct record *record = NULL;
	SCOPED(secret_freep) struct given *given = secret_new(sizeof *given);
	struct arguments arguments;
	int64_t id = 0;
	enum fault fault;
	int status = read_arguments(argc, argv, 1, &arguments);

	if (status)
		return status;
	if ((fault = open_all(&arguments, &home, &record)) ||
	    (fault = user_find(record, arguments.operand, &id)))
		return fault_exit(fault);
	if (!id)
		return complain(argv[0], arguments.operand, USER_NOT_THERE);
	return arguments.reset ? reset(home, record, id, &arguments, given)
			       : change(home, record, &arguments, given);
}

static int run_set(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(record_closep) struct record *record = NULL;
	SCOPED(char_freep) char *roles = NULL;
	SCOPED(char_freep) char *teams = NULL;
	const struct record_who who = desk_who();
	struct arguments arguments;
	enum user_answer answer = USER_NOT_THERE;
	int64_t id = 0;
	enum fault fault;
	int status = read_arguments(argc, argv, 1, &arguments);

	if (status)
		return status;
	if (!strcmp(argv[0], "roles") && !arguments.roles && !arguments.teams)
		return wrong(argv[0], "give --roles, --teams or both");
	if ((fault = open_all(&arguments, &home, &record)) ||
	    (fault = user_find(record, arguments.operand, &id)) ||
	    (arguments.teams &&
	     (fault = teams_of(record, argv[0], arguments.teams, &teams))))
		return fault_exit(fault);
	if (arguments.teams && !teams)
		return EXIT_INPUT;
	roles = with_blanks(arguments.roles);
	if (id)
		fault = strcmp(argv[0], "roles") == 0
			    ? user_set(record, id, roles, teams, &who,
				       desk_now(), &answer)
			    : user_disable(record, id, !arguments.enable, &who,
					   desk_now(), &answer);
	return fault ? fault_exit(fault)
		     : complain(argv[0], arguments.operand, answer);
}

static const struct verb verbs[] = {
	{ "add",
	  "[--home DIR] [--roles R,R] [--teams T,T] [--passphrase-fd N] NAME",
	  "somebody who signs in with a passphrase of their own", run_add },
	{ "list", "[--home DIR]",
	  "who signs in here, as what, and when last; a line of JSON each",
	  run_list },
	{ "passphrase", "[--home DIR] [--reset] [--passphrase-fd N] NAME",
	  "another passphrase: with the old one, or anew (--reset)",
	  run_passphrase },
	{ "roles", "[--home DIR] [--roles R,R] [--teams T,T] NAME",
	  "what somebody may do, and whose people they see", run_set },
	{ "disable", "[--home DIR] [--enable] NAME",
	  "may not sign in any more; with --enable, may again", run_set },
	{ .name = NULL },
};

static const char *const kinds[] = { "user", NULL };
const struct noun noun_user = {
	.name = "user",
	.summary = "who signs in at the desks, and as what",
	.details =
	    "As long as nobody has a passphrase of their own, a desk opens "
	    "with "
	    "that of the\nagency's key. The first who gets one is made an "
	    "administrator.\nRoles: reception, worker, supervisor, "
	    "coordinator, "
	    "administrator, auditor, safety.\nThe passphrase of the agency's "
	    "key is asked for where a role needs it; on a\ndescriptor it is "
	    "the first line, and the user's own the second. Without a\n"
	    "descriptor six words are made and shown once.\n",
	.verbs = verbs,
	.kinds = kinds,
};
