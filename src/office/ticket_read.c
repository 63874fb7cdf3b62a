#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "filing/filing.h"
#include "office/desk.h"
#include "office/line.h"
#include "office/noun.h"
#include "office/options.h"
#include "office/passphrase.h"
#include "office/scanned.h"
#include "office/ticket.h"
#include "office/unlock.h"

struct arguments {
	const char *home, *language;
	const char *picture; /* NULL: digits on standard input */
	int descriptor;
};

static int wrong(const char *complaint)
{
	return noun_usage("ticket", "read", complaint);
}

static int read_arguments(int argc, char **argv, struct arguments *arguments)
{
	const char *descriptor = NULL;
	const struct options_place places[] = {
		{ "home", &arguments->home, NULL },
		{ "lang", &arguments->language, NULL },
		{ "passphrase-fd", &descriptor, NULL },
		{ NULL, NULL, NULL },
	};

	*arguments = (struct arguments){ .language = "en",
					 .descriptor = PASSPHRASE_NO_FD };
	if (!options_read(argc, argv, places))
		return wrong(OPTIONS_COMPLAINT);
	if (descriptor &&
	    !passphrase_descriptor(descriptor, &arguments->descriptor))
		return wrong(PASSPHRASE_FD_COMPLAINT);
	if (strcmp(arguments->language, "en") != 0 &&
	    strcmp(arguments->language, "fr") != 0)
		return wrong("--lang takes en or fr");
	if (argc - optind > 1)
		return wrong("one argument too many");
	arguments->picture = optind < argc ? argv[optind] : NULL;
	return EXIT_DONE;
}

/* --- JSON ----------------------------------------------------------------- */

static void add_text(json_t *object, const char *name, const char *text)
{
	json_object_set_new(object, name,
			    text && *text ? json_string(text) : json_null());
}

static void add_hex(json_t *object, const char *name, const uint8_t *bytes,
		    size_t count)
{
	char text[2 * 32 + 1] = "";

	for (size_t i = 0; i < count; i++)
		snprintf(text + 2 * i, 3, "%02X", bytes[i]);
	add_text(object, name, text);
}

static void add_id(json_t *object, const char *name, uint16_t id)
{
	const uint8_t bytes[2] = { (uint8_t)(id >> 8), (uint8_t)id };

	add_hex(object, name, bytes, sizeof bytes);
}

static void add_issued(json_t *object, int64_t issued)
{
	time_t seconds = (time_t)(issued / 1000);
	char text[32] = "";
	struct tm utc;

	if (issued && gmtime_r(&seconds, &utc))
		strftime(text, sizeof text, "%Y-%m-%dT%H:%MZ", &utc);
	add_text(object, "issued", text);
}

static void add_answers(json_t *object, const struct filing_answers *answers)
{
	json_t *list = json_array();

	for (size_t i = 0; i < answers->count; i++) {
		const struct filing_answer *row = &answers->rows[i];

		json_array_append_new(list,
				      json_pack("{ssssssss}", "name", row->name,
						"label", row->label, "value",
						row->value, "raw", row->raw));
	}
	json_object_set_new(object, "answers", list);
}

/* What anybody can read of it, and what only the agency can. */
static json_t *describe(const struct filing_ticket *ticket)
{
	json_t *object = json_object();

	add_text(object, "status", filing_status_word(ticket->status));
	if (!ticket->seq)
		return object;
	add_text(object, "number", ticket->number);
	json_object_set_new(object, "sequence", json_integer(ticket->seq));
	add_id(object, "kiosk", ticket->kiosk_id);
	add_id(object, "agency", ticket->agency_id);
	if (!ticket->content)
		return object;
	add_hex(object, "form", ticket->form, sizeof ticket->form);
	add_issued(object, ticket->issued);
	add_text(object, "language", ticket->language);
	add_text(object, "keep", visit_keep_word(ticket->keep));
	add_text(object, "level", visit_level_word(ticket->level));
	json_object_set_new(object, "more_to_tell",
			    json_boolean(ticket->more_to_tell));
	return object;
}

static enum fault print_ticket(const struct filing_ticket *ticket,
			       const char *language)
{
	json_t *object = describe(ticket);
	struct filing_answers answers = { 0 };
	enum fault fault = FAULT_NONE;

	if (ticket->content) {
		const struct bytes *xml = filing_submission(ticket);

		fault = filing_ticket_answers(ticket, language, &answers);
		if (!fault)
			add_answers(object, &answers);
		json_object_set_new(object, "birth",
				    line_birth(&answers.birth));
		filing_answers_done(&answers);
		add_text(object, "submission",
			 xml ? (const char *)xml->data : NULL);
	}
	if (!fault) {
		json_dumpf(object, stdout, JSON_COMPACT);
		putchar('\n');
	}
	json_decref(object);
	return fault;
}

/* --- reading -------------------------------------------------------------- */

static int read_ticket(struct filing *filing, const char *digits,
		       const char *language)
{
	const struct record_who who = desk_who();
	struct filing_ticket ticket = { 0 };
	enum fault fault =
	    filing_read(filing, digits, &who, desk_now(), &ticket);
	bool opened = ticket.status == FILING_FILED ||
		      ticket.status == FILING_ALREADY_FILED ||
		      ticket.status == FILING_TEST;

	if (!fault)
		fault = print_ticket(&ticket, language);
	filing_ticket_done(&ticket);
	return fault ? fault_exit(fault) : opened ? EXIT_DONE : EXIT_INPUT;
}

int ticket_read(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(record_closep) struct record *record = NULL;
	SCOPED(filing_freep) struct filing *filing = NULL;
	SCOPED(char_freep) char *digits = NULL;
	struct arguments arguments;
	enum fault fault;
	int status = read_arguments(argc, argv, &arguments);

	if (status)
		return status;
	if ((fault = desk_home(arguments.home, &home)) ||
	    (fault = desk_record(home, &record)) ||
	    (fault = filing_open(home, record, &filing)))
		return fault_exit(fault);
	if ((status = unlock_keys(filing, home, arguments.descriptor,
				  "foyer ticket read")))
		return status;
	if ((fault = scanned(arguments.picture, &digits)))
		return fault_exit(fault);
	return read_ticket(filing, digits, arguments.language);
}
