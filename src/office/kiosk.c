#include <ctype.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "issue/issue.h"
#include "office/desk.h"
#include "office/noun.h"
#include "office/options.h"
#include "record/enrolled.h"
#include "seal/card.h"
#include "text/zone.h"
#include "ticket/frame.h"

struct arguments {
	const char *home, *zone, *last_good;
	bool force, compared;
	const char *operand; /* NULL if none */
};

static int wrong(const char *verb, const char *complaint)
{
	return noun_usage("kiosk", verb, complaint);
}

static int read_arguments(int argc, char **argv, int operands,
			  struct arguments *arguments)
{
	const struct options_place places[] = {
		{ "home", .value = &arguments->home },
		{ "zone", .value = &arguments->zone },
		{ "last-good", .value = &arguments->last_good },
		{ "force", .flag = &arguments->force },
		{ "compared", .flag = &arguments->compared },
		{ 0 },
	};

	*arguments = (struct arguments){ 0 };
	if (!options_read(argc, argv, places))
		return wrong(argv[0], OPTIONS_COMPLAINT);
	if (argc - optind > operands)
		return wrong(argv[0], "one argument too many");
	arguments->operand = optind < argc ? argv[optind] : NULL;
	return EXIT_DONE;
}

static int complain(const char *verb, const char *complaint)
{
	fprintf(stderr, "foyer kiosk %s: %s\n", verb, complaint);
	return EXIT_INPUT;
}

static void show_card(const struct card *card)
{
	char fingerprint[KEY_FINGERPRINT_BYTES];

	key_fingerprint(card->key, fingerprint);
	printf("name        %s\nid          %04X\nfingerprint %s\n", card->name,
	       key_id(KEY_KIOSK, card->key), fingerprint);
}

/* --- enrol ---------------------------------------------------------------- */

#define INPUT_LIMIT 65536 /* characters */

/* Standard input: all of it, but at a terminal up to the first Enter behind
 * something. */
static char *read_input(void)
{
	const bool terminal = isatty(STDIN_FILENO);
	struct bytes text = { 0 };
	int c;

	while (text.length < INPUT_LIMIT && (c = getchar()) != EOF) {
		if (c == '\n' && terminal && text.length)
			break;
		bytes_add_byte(&text, (uint8_t)c);
	}
	return bytes_take_text(&text);
}

/*
 * The digits that were given, or those on standard input, where all that
 * `foyer kiosk show` prints may stand; in groups, as somebody wrote them down,
 * or not. The caller frees.
 */
static char *read_digits(const char *operand)
{
	static const char label[] = "enrolment ";
	SCOPED(char_freep)
	char *text = operand && strcmp(operand, "-") != 0 ? xstrdup(operand)
							  : read_input();
	const char *line = strstr(text, label);
	const char *at = line ? line + strlen(label) : text;
	const char *end = line ? at + strcspn(at, "\n") : at + strlen(at);
	struct bytes digits = { 0 };

	for (; at < end; at++) {
		if (!isspace((unsigned char)*at))
			bytes_add_byte(&digits, (uint8_t)*at);
	}
	return bytes_take_text(&digits);
}

static int read_enrolment(const char *digits, struct card *card)
{
	struct frame frame;

	if (frame_read(digits, strlen(digits), &frame) != FRAME_READ ||
	    frame.magic != FRAME_ENROLMENT)
		return complain("enrol", "that is not a kiosk's enrolment, or "
					 "not all of it: give the digits that "
					 "`foyer kiosk show` prints there");
	switch (card_read(KEY_KIOSK, frame.payload, frame.length, card)) {
	case CARD_GOOD:
		return EXIT_DONE;
	case CARD_MALFORMED:
		return complain("enrol", "the enrolment is of a newer Foyer, "
					 "or damaged");
	case CARD_UNSOUND:
	case CARD_FORGED:
		break;
	}
	return complain("enrol", "the enrolment is not genuine: do not enrol "
				 "this kiosk");
}

/* Who answers: whoever typed the digits, or sits where a file of them is read.
 */
static FILE *open_answers(void)
{
	if (isatty(STDIN_FILENO))
		return fdopen(dup(STDIN_FILENO), "r");
	return isatty(STDOUT_FILENO) ? fopen("/dev/tty", "r") : NULL;
}

static bool ask(FILE *answers, const char *question)
{
	char line[16];

	for (;;) {
		printf("%s [y/n] ", question);
		fflush(stdout);
		if (!fgets(line, sizeof line, answers))
			return false;
		line[strcspn(line, "\n")] = 0;
		if (!strcasecmp(line, "y") || !strcasecmp(line, "yes"))
			return true;
		if (!strcasecmp(line, "n") || !strcasecmp(line, "no"))
			return false;
	}
}

/* A program that calls has decided already. */
static bool confirmed(const char *question)
{
	return !isatty(STDIN_FILENO) || ask(stdin, question);
}

/* A person compares; a program that calls says that somebody did. */
static int confirm(void)
{
	FILE *answers = open_answers();
	bool same;

	if (!answers)
		return complain("enrol",
				"not enrolled: nobody can be asked here "
				"whether the fingerprint is the one that the "
				"kiosk shows. Once somebody has compared them, "
				"say --compared");
	same = ask(answers,
		   "Does `foyer kiosk show`, at the kiosk, print the same "
		   "fingerprint?");
	fclose(answers);
	return same ? EXIT_DONE : complain("enrol", "not enrolled");
}

static const char *const refusals[] = {
	[ENROLLED_ALREADY] = "this kiosk is enrolled already",
	[ENROLLED_BAD_NAME] = "its name is not one: write letters and digits "
			      "in its foyer.ini, [kiosk] name",
	[ENROLLED_UNKNOWN] = "no such kiosk is enrolled",
	[ENROLLED_FULL] = "too many kiosks are enrolled",
};

/* One that is taken already, as it is known by its key. */
struct known {
	const struct card *card;
	bool enrolled;
};

static void look_whether_known(void *to, const struct enrolled *kiosk)
{
	struct known *known = to;

	known->enrolled |= !kiosk->revoked &&
			   memcmp(kiosk->key, known->card->key, KEY_BYTES) == 0;
}

static int enrol(const struct home *home, const struct card *card,
		 const char *zone, bool compared)
{
	SCOPED(record_closep) struct record *record = NULL;
	const struct record_who by = desk_who();
	struct known known = { card, false };
	enum enrolled_answer answer;
	enum fault fault;
	int status;

	if ((fault = desk_record(home, &record)) ||
	    (fault = enrolled_each(record, look_whether_known, &known)))
		return fault_exit(fault);
	if (known.enrolled)
		return complain("enrol", refusals[ENROLLED_ALREADY]);
	if (!compared && (status = confirm()))
		return status;
	if ((fault = enrolled_add(record, card->key, card->name, zone, &by,
				  desk_now(), &answer)))
		return fault_exit(fault);
	if (answer != ENROLLED_DONE && answer != ENROLLED_NAME_SHARED)
		return complain("enrol", refusals[answer]);
	printf("enrolled\n");
	if (answer == ENROLLED_NAME_SHARED)
		fprintf(stderr,
			"foyer kiosk enrol: another kiosk is called %s here, "
			"so two people may\nhold one number. Give one of them "
			"another name in its foyer.ini, [kiosk] name\n",
			card->name);
	return EXIT_DONE;
}

static int run_enrol(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(lobby_freep) struct lobby *lobby = NULL;
	SCOPED(char_freep) char *digits = NULL;
	struct arguments arguments;
	struct card card;
	enum fault fault;
	int status = read_arguments(argc, argv, 1, &arguments);

	if (status)
		return status;
	if (arguments.zone && !zone_known(arguments.zone))
		return wrong(argv[0], "--zone takes a name like "
				      "America/Toronto");
	if ((fault = desk_home(arguments.home, &home)) ||
	    (fault = lobby_read(home, &lobby)))
		return fault_exit(fault);
	digits = read_digits(arguments.operand);
	if ((status = read_enrolment(digits, &card)))
		return status;
	show_card(&card);
	return enrol(home, &card, arguments.zone ? arguments.zone : lobby->zone,
		     arguments.compared);
}

/* --- list, revoke --------------------------------------------------------- */

static void print_kiosk(void *to, const struct enrolled *kiosk)
{
	time_t at = (time_t)(kiosk->enrolled_at / 1000);
	char day[16] = "";
	struct tm utc;

	(void)to;
	if (gmtime_r(&at, &utc))
		strftime(day, sizeof day, "%Y-%m-%d", &utc);
	printf("%s\t%04X\t%s\t%s\t%s", kiosk->name,
	       key_id(KEY_KIOSK, kiosk->key), kiosk->zone, day,
	       kiosk->enrolled_by);
	if (kiosk->revoked)
		printf("\trevoked, last good %lu",
		       (unsigned long)kiosk->last_good);
	printf("\n");
}

static int run_list(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(record_closep) struct record *record = NULL;
	struct arguments arguments;
	enum fault fault;
	int status = read_arguments(argc, argv, 0, &arguments);

	if (status)
		return status;
	if ((fault = desk_home(arguments.home, &home)) ||
	    (fault = desk_record(home, &record)))
		return fault_exit(fault);
	return fault_exit(enrolled_each(record, print_kiosk, NULL));
}

struct wanted {
	const char *name;
	uint8_t key[KEY_BYTES];
	int found;
};

static void look_for(void *to, const struct enrolled *kiosk)
{
	struct wanted *wanted = to;

	char id[5];

	snprintf(id, sizeof id, "%04X", key_id(KEY_KIOSK, kiosk->key));
	if (kiosk->revoked || (strcmp(kiosk->name, wanted->name) != 0 &&
			       strcasecmp(id, wanted->name) != 0))
		return;
	memcpy(wanted->key, kiosk->key, KEY_BYTES);
	wanted->found++;
}

static int revoke_named(const struct home *home, const char *name,
			uint32_t last)
{
	SCOPED(record_closep) struct record *record = NULL;
	struct wanted wanted = { .name = name };
	const struct record_who by = desk_who();
	enum enrolled_answer answer;
	enum fault fault;

	if ((fault = desk_record(home, &record)) ||
	    (fault = enrolled_each(record, look_for, &wanted)))
		return fault_exit(fault);
	if (!wanted.found)
		return complain("revoke", refusals[ENROLLED_UNKNOWN]);
	if (wanted.found > 1)
		return complain("revoke", "two kiosks have this name: give "
					  "the id that `foyer kiosk list` "
					  "shows");
	fault =
	    enrolled_revoke(record, wanted.key, last, &by, desk_now(), &answer);
	if (fault)
		return fault_exit(fault);
	if (answer != ENROLLED_DONE)
		return complain("revoke", refusals[answer]);
	printf("revoked; tickets up to %lu still file\n", (unsigned long)last);
	return EXIT_DONE;
}

static int run_revoke(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	struct arguments arguments;
	unsigned long last = 0;
	char *end;
	enum fault fault;
	int status = read_arguments(argc, argv, 1, &arguments);

	if (status)
		return status;
	if (!arguments.operand)
		return wrong(argv[0], "which kiosk? give its name");
	if (arguments.last_good) {
		last = strtoul(arguments.last_good, &end, 10);
		if (*end || end == arguments.last_good ||
		    last > WIRE_SEQUENCE_MAX)
			return wrong(argv[0], "--last-good takes a number");
	}
	if ((fault = desk_home(arguments.home, &home)))
		return fault_exit(fault);
	return revoke_named(home, arguments.operand, (uint32_t)last);
}

/* --- this home's own kiosk ------------------------------------------------ */

typedef enum fault issuer_opening(const struct home *home,
				  const struct lobby *lobby,
				  struct issuer **out);
/* Its answer is an exit status; what it refuses it says. */
typedef int issuer_deed(const struct arguments *arguments,
			const struct lobby *lobby, struct issuer *issuer);

static struct card card_of(const struct lobby *lobby,
			   const struct issuer *issuer)
{
	struct card card = { 0 };

	memcpy(card.key, issuer_kiosk(issuer), KEY_BYTES);
	memcpy(card.name, lobby->kiosk, sizeof lobby->kiosk);
	return card;
}

static void show_issuer(const struct lobby *lobby, const struct issuer *issuer)
{
	const struct card card = card_of(lobby, issuer);
	struct bytes digits = { 0 };

	show_card(&card);
	issuer_enrolment(issuer, &digits);
	printf("enrolment   %s\n", (char *)digits.data);
	bytes_done(&digits);
	if (issuer_agency(issuer)) {
		char fingerprint[KEY_FINGERPRINT_BYTES];

		key_fingerprint(issuer_agency(issuer), fingerprint);
		printf("seals to    %s (%s)\n", issuer_agency_label(issuer),
		       fingerprint);
	}
}

/* Opens the home's own kiosk with open, does something to it, and shows its
 * card. */
static int with_issuer(int argc, char **argv, issuer_opening *open,
		       issuer_deed *deed)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(lobby_freep) struct lobby *lobby = NULL;
	SCOPED(issuer_freep) struct issuer *issuer = NULL;
	struct arguments arguments;
	enum fault fault;
	int status = read_arguments(argc, argv, 0, &arguments);

	if (status)
		return status;
	if ((fault = desk_home(arguments.home, &home)) ||
	    (fault = lobby_read(home, &lobby)) ||
	    (fault = open(home, lobby, &issuer)))
		return fault_exit(fault);
	if (deed && (status = deed(&arguments, lobby, issuer)))
		return status;
	show_issuer(lobby, issuer);
	return EXIT_DONE;
}

/* A kiosk that was never started shows its key all the same, and so it is made
 * now: but not in the office, which would have a kiosk then. */
static enum fault look_at_kiosk(const struct home *home,
				const struct lobby *lobby, struct issuer **out)
{
	SCOPED(char_freep)
	char *kiosk = home_path(home, HOME_KIOSK, "kiosk.key");
	SCOPED(char_freep)
	char *agency = home_path(home, HOME_KEYS, "agency.key");

	if (!file_exists(kiosk) && file_exists(agency)) {
		log_error("%s: this is the agency's own key, so this is the "
			  "office, and there is no kiosk here. Ask at the "
			  "kiosk, with --home and its folder",
			  agency);
		return FAULT_FORMAT;
	}
	return issuer_look(home, lobby, out);
}

static int run_show(int argc, char **argv)
{
	return with_issuer(argc, argv, look_at_kiosk, NULL);
}

static int renew(const struct arguments *arguments, const struct lobby *lobby,
		 struct issuer *issuer)
{
	const struct card card = card_of(lobby, issuer);
	enum issuer_renewal renewal;
	enum fault fault;

	if (issuer_state(issuer) != ISSUER_NUMBERS_LOST && !arguments->force)
		return complain("renew", "this kiosk knows its numbers, and "
					 "needs no new key; where it is to "
					 "have one all the same: --force");
	show_card(&card);
	if (!confirmed("Is this key to go? No desk takes tickets of the next "
		       "one before it is enrolled there."))
		return complain("renew", "the key is as it was");
	if ((fault = issuer_renew(issuer, &renewal)))
		return fault_exit(fault);
	return renewal == ISSUER_RENEWED
		   ? EXIT_DONE
		   : complain("renew", "a ticket waits for its paper, and "
				       "would be lost: print it, or erase it, "
				       "in the kiosk's staff menu");
}

static int run_renew(int argc, char **argv)
{
	return with_issuer(argc, argv, issuer_open, renew);
}

static int pin(const struct arguments *arguments, const struct lobby *lobby,
	       struct issuer *issuer)
{
	char fingerprint[KEY_FINGERPRINT_BYTES];
	struct card card;
	bool found;
	enum fault fault = issuer_offered(issuer, &found, &card);

	(void)arguments;
	(void)lobby;
	if (fault)
		return fault_exit(fault);
	if (!found)
		return complain("pin", "there is no keys/agency.pub to pin");
	key_fingerprint(card.key, fingerprint);
	printf("agency      %s\nfingerprint %s\n", card.name, fingerprint);
	if (!confirmed("Does `foyer key show`, where that key was made, print "
		       "the same fingerprint?"))
		return complain("pin", "not pinned");
	return fault_exit(issuer_pin(issuer));
}

static int run_pin(int argc, char **argv)
{
	return with_issuer(argc, argv, issuer_open, pin);
}

/* --- the lobby, closed by staff ------------------------------------------- */

#define CLOSED "closed" /* in the kiosk's folder; see kiosk/hall.h */

static int set_closed(int argc, char **argv, bool closed)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(char_freep) char *path = NULL;
	struct arguments arguments;
	enum fault fault;
	int status = read_arguments(argc, argv, 0, &arguments);

	if (status)
		return status;
	if ((fault = desk_home(arguments.home, &home)) ||
	    (fault = folder_make(home_folder(home, HOME_KIOSK))))
		return fault_exit(fault);
	path = home_path(home, HOME_KIOSK, CLOSED);
	fault = closed ? file_write(path, "", 0, 0600) : file_remove(path);
	if (!fault)
		printf("%s\n", closed ? "closed: nobody can begin; who has "
					"begun can finish"
				      : "open, within the hours");
	return fault_exit(fault);
}

static int run_close(int argc, char **argv)
{
	return set_closed(argc, argv, true);
}

static int run_open(int argc, char **argv)
{
	return set_closed(argc, argv, false);
}

static const struct verb verbs[] = {
	{ "enrol", "[--home DIR] [--zone ZONE] [--compared] DIGITS",
	  "take tickets of the kiosk that shows these digits (- reads them)",
	  run_enrol },
	{ "list", "[--home DIR]", "the kiosks whose tickets are taken",
	  run_list },
	{ "revoke", "[--home DIR] [--last-good N] NAME|ID",
	  "take no tickets above number N of a kiosk any more", run_revoke },
	{ "show", "[--home DIR]",
	  "this home's own kiosk: fingerprint and enrolment digits", run_show },
	{ "renew", "[--home DIR] [--force]",
	  "a new kiosk key, when its numbers were lost; enrol it again",
	  run_renew },
	{ "pin", "[--home DIR]",
	  "seal to keys/agency.pub from now on, after comparing fingerprints",
	  run_pin },
	{ "close", "[--home DIR]",
	  "show only the helplines in the lobby, from now on", run_close },
	{ "open", "[--home DIR]", "receive people again, within the hours",
	  run_open },
	{ .name = NULL },
};

const struct noun noun_kiosk = {
	.name = "kiosk",
	.summary = "the kiosks in the lobby",
	.details =
	    "list prints name, key id, zone, day of enrolment and by "
	    "whom, parted by tabs.\nBefore enrolling, compare the "
	    "fingerprint with the one that `foyer kiosk show` prints there.\n",
	.verbs = verbs,
};
