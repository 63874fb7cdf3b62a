#include "office/visit_type.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "filing/typed.h"
#include "issue/lobby.h"
#include "office/desk.h"
#include "office/filed.h"
#include "office/given.h"
#include "office/noun.h"
#include "office/options.h"

#define COMMAND "foyer visit type"

struct arguments {
	const char *home, *form, *answers, *language, *paper, *filled;
	char code[PAPER_CODE_BYTES];
};

static int wrong(const char *complaint)
{
	return noun_usage("visit", "type", complaint);
}

static int read_arguments(int argc, char **argv, struct arguments *arguments)
{
	const struct options_place places[] = {
		{ "home", &arguments->home, NULL },
		{ "form", &arguments->form, NULL },
		{ "answers", &arguments->answers, NULL },
		{ "lang", &arguments->language, NULL },
		{ "paper", &arguments->paper, NULL },
		{ "filled", &arguments->filled, NULL },
		{ NULL, NULL, NULL },
	};

	*arguments = (struct arguments){ .language = "en" };
	if (!options_read(argc, argv, places))
		return wrong(OPTIONS_COMPLAINT);
	if (optind < argc)
		return wrong("one argument too many");
	if (!arguments->form || !arguments->answers)
		return wrong("--form takes the id of a form in the home, as in "
			     "intake, and --answers a JSON file");
	if (arguments->paper &&
	    !paper_code_read(arguments->paper, arguments->code))
		return wrong("--paper takes the nine digits that are printed "
			     "on the paper; these are not right");
	return EXIT_DONE;
}

static int say(const char *complaint, const char *what)
{
	fprintf(stderr, COMMAND ": %s: %s\n", what, complaint);
	return EXIT_INPUT;
}

/* The home's own version of the form, or else the newest of the older ones. */
static enum fault find_form(struct filing *filing, const char *id, bool *found,
			    uint8_t reference[8])
{
	struct typed_form *forms = NULL;
	size_t count = 0;
	enum fault fault = typed_forms(filing, &forms, &count);

	*found = false;
	for (size_t i = 0; !fault && i < count && !*found; i++) {
		*found = strcmp(forms[i].id, id) == 0;
		if (*found)
			memcpy(reference, forms[i].reference, 8);
	}
	typed_forms_free(forms, count);
	return fault;
}

static int file(struct typed *typed, struct record *record)
{
	SCOPED(catalogue_freep) struct catalogue *words = NULL;
	SCOPED(char_freep) char *message = NULL;
	const struct record_who who = desk_who();
	struct filing_ticket ticket = { 0 };
	enum fault fault = filed_words("en", &words);
	bool filed;

	if (fault)
		return fault_exit(fault);
	if ((fault = typed_file(typed, &who, desk_now(), &ticket))) {
		message = filing_trouble_message(record_trouble(record), words);
		fprintf(stderr, COMMAND ": %s\n", message);
		return fault_exit(fault);
	}
	filed = ticket.status == FILING_FILED;
	message = filing_message(&ticket, words);
	filed_print(&ticket, "en", message);
	if (!filed)
		fprintf(stderr, COMMAND ": %s\n", message);
	filing_ticket_done(&ticket);
	return filed ? EXIT_DONE : EXIT_INPUT;
}

static int type(struct typed *typed, struct record *record,
		const struct arguments *arguments)
{
	const char *language;
	struct node *node;
	int refused = 0;
	enum fault fault = given_apply(COMMAND, arguments->answers,
				       typed_run(typed), &refused);

	if (!fault && (language = given_language(typed_run(typed))))
		fault = typed_note_language(typed, language);
	if (fault)
		return fault_exit(fault);
	if ((node = typed_refused(typed)))
		return given_wrong(COMMAND, node);
	return refused ? EXIT_INPUT : file(typed, record);
}

static int with_record(const struct home *home, struct record *record,
		       const struct arguments *arguments)
{
	SCOPED(lobby_freep) struct lobby *lobby = NULL;
	SCOPED(filing_freep) struct filing *filing = NULL;
	SCOPED(typed_freep) struct typed *typed = NULL;
	uint8_t form[8];
	struct typed_about about = {
		.form = form,
		.language = arguments->language,
		.code = arguments->code,
	};
	enum fault fault;
	bool found;

	if ((fault = lobby_read(home, &lobby)) ||
	    (fault = filing_open(home, record, &filing)) ||
	    (fault = find_form(filing, arguments->form, &found, form)))
		return fault_exit(fault);
	if (!found)
		return say("no form of the home has this id; see `foyer form "
			   "build`",
			   arguments->form);
	about.zone = lobby->zone;
	if (arguments->filled && !typed_noon(arguments->filled, lobby->zone,
					     desk_now(), &about.filled))
		return say("--filled takes a day that was, like 2026-11-22",
			   arguments->filled);
	if ((fault = typed_new(filing, &about, desk_now(), &typed)))
		return fault_exit(fault);
	return type(typed, record, arguments);
}

int visit_type(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(record_closep) struct record *record = NULL;
	struct arguments arguments;
	enum fault fault;
	int status = read_arguments(argc, argv, &arguments);

	if (status)
		return status;
	if ((fault = desk_home(arguments.home, &home)) ||
	    (fault = desk_record(home, &record)))
		return fault_exit(fault);
	return with_record(home, record, &arguments);
}
