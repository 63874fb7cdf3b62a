#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "ask/step.h"
#include "base/data.h"
#include "base/file.h"
#include "base/log.h"
#include "issue/issue.h"
#include "issue/paper.h"
#include "office/desk.h"
#include "office/given.h"
#include "office/noun.h"
#include "office/printer.h"
#include "office/ticket.h"
#include "print/escpos.h"
#include "print/profile.h"
#include "seal/secret.h"
#include "text/catalogue.h"
#include "text/language.h"

#define COMMAND "foyer ticket issue"

struct arguments {
	const char *home, *form, *answers, *language;
	const char *picture, *escpos; /* files to write, or NULL */
	bool print, digits, test;
};

enum option_key {
	OPTION_HOME = 256,
	OPTION_FORM,
	OPTION_ANSWERS,
	OPTION_LANG,
	OPTION_ESCPOS,
	OPTION_PRINT,
	OPTION_DIGITS,
	OPTION_TEST,
};

static const struct option options[] = {
	{ "home", required_argument, NULL, OPTION_HOME },
	{ "form", required_argument, NULL, OPTION_FORM },
	{ "answers", required_argument, NULL, OPTION_ANSWERS },
	{ "lang", required_argument, NULL, OPTION_LANG },
	{ "escpos", required_argument, NULL, OPTION_ESCPOS },
	{ "print", no_argument, NULL, OPTION_PRINT },
	{ "digits", no_argument, NULL, OPTION_DIGITS },
	{ "test", no_argument, NULL, OPTION_TEST },
	{ 0 },
};

static int wrong(const char *complaint)
{
	return noun_usage("ticket", "issue", complaint);
}

/* What is written is told by the end of the name. */
static bool is_picture(const char *path)
{
	const char *end = strrchr(path, '.');

	return end && end != path &&
	       (!strcasecmp(end, ".png") || !strcasecmp(end, ".pdf"));
}

static bool take_option(int option, struct arguments *arguments)
{
	switch (option) {
	case OPTION_HOME:
		arguments->home = optarg;
		return true;
	case OPTION_FORM:
		arguments->form = optarg;
		return true;
	case OPTION_ANSWERS:
		arguments->answers = optarg;
		return true;
	case OPTION_LANG:
		arguments->language = optarg;
		return true;
	case OPTION_ESCPOS:
		arguments->escpos = optarg;
		return true;
	case 'o':
		arguments->picture = optarg;
		return true;
	case OPTION_PRINT:
		return arguments->print = true;
	case OPTION_DIGITS:
		return arguments->digits = true;
	case OPTION_TEST:
		return arguments->test = true;
	default:
		return false;
	}
}

static int read_arguments(int argc, char **argv, struct arguments *arguments)
{
	int option;

	*arguments = (struct arguments){ 0 };
	optind = 0;
	opterr = 1; /* it names which */
	while ((option = getopt_long(argc, argv, "o:", options, NULL)) != -1) {
		if (!take_option(option, arguments))
			return wrong("an option it does not know, or one "
				     "without its value");
	}
	if (optind < argc)
		return wrong("one argument too many");
	if (!arguments->form || strchr(arguments->form, '/'))
		return wrong("--form takes the name of a form in the home, "
			     "as in intake");
	if (!arguments->answers)
		return wrong("--answers takes a JSON file");
	if (arguments->picture && !is_picture(arguments->picture))
		return wrong("-o takes a name that ends in .png or .pdf");
	if (!arguments->picture && !arguments->escpos && !arguments->print &&
	    !arguments->digits)
		return wrong("where to? -o T.png or T.pdf, --escpos FILE, "
			     "--print or --digits");
	return EXIT_DONE;
}

/* --- the world and the run ------------------------------------------------ */

static int64_t now(void *to)
{
	(void)to;
	return desk_now();
}

static void random_bytes(void *to, uint8_t *bytes, size_t count)
{
	(void)to;
	secret_random(bytes, count);
}

static const char *property(void *to, const char *name)
{
	return lobby_property(to, name);
}

static enum fault read_form(const struct home *home, const char *name,
			    struct form **out)
{
	SCOPED(char_freep) char *file = xasprintf("%s.xml", name);
	SCOPED(char_freep) char *beside = xasprintf("%s-media", name);
	SCOPED(char_freep) char *path = home_path(home, HOME_FORMS, file);
	SCOPED(char_freep) char *media = home_path(home, HOME_FORMS, beside);

	return form_read(path, file_exists(media) ? media : NULL, out);
}

/* The first relevant node that the kiosk would not let pass; NULL if none. */
static struct node *first_violation(struct node *above)
{
	for (struct node *node = node_first(above); node;
	     node = node_next(node)) {
		struct node *inside;

		if (!node_relevant(node))
			continue;
		if (step_violation(node) != VALID)
			return node;
		if ((inside = first_violation(node)))
			return inside;
	}
	return NULL;
}

/* The kiosk takes the language chosen for the person's, and notes it. */
static enum fault speak(struct run *run, const char *language)
{
	struct node *reserved = run_named(run, "language");
	enum run_answer answer;

	if (!language)
		language = given_language(run);
	if (!language || !*language)
		return FAULT_NONE;
	run_set_language(run, language);
	return reserved ? run_put(run, reserved, language, &answer)
			: FAULT_NONE;
}

static int answer(struct run *run, const struct arguments *arguments)
{
	int refused = 0;
	struct node *violation;
	enum fault fault;

	if ((fault = given_apply(COMMAND, arguments->answers, run, &refused)) ||
	    (fault = speak(run, arguments->language)))
		return fault_exit(fault);
	violation = first_violation(run_root(run));
	if (violation)
		return given_wrong(COMMAND, violation);
	return refused ? EXIT_INPUT : EXIT_DONE;
}

/* --- the ticket ----------------------------------------------------------- */

static enum fault write_picture(const struct picture *picture, const char *path)
{
	struct bytes file = { 0 };
	enum fault fault;

	if (strcasecmp(strrchr(path, '.'), ".pdf") == 0)
		picture_pdf(picture, PICTURE_MARGIN, &file);
	else
		picture_png(picture, PICTURE_MARGIN, &file);
	fault = file_write(path, file.data, file.length, 0600);
	bytes_done(&file);
	return fault;
}

static enum fault write_escpos(const struct picture *picture, const char *path)
{
	struct escpos_job job;
	enum fault fault;

	escpos_job(picture, &profile_usual.ways, &job);
	fault = file_write(path, job.bytes.data, job.bytes.length, 0600);
	escpos_done(&job);
	return fault;
}

/* The fixed line in a language; NULL where Foyer has not its words. */
static char *fixed_line(const char *tag)
{
	SCOPED(char_freep)
	char *name = xasprintf("translations/ticket.%s.po", tag);
	SCOPED(char_freep) char *path = data_path(name);
	SCOPED(catalogue_freep) struct catalogue *words = catalogue_new(tag);

	if (!file_exists(path) || catalogue_add(words, path) ||
	    !catalogue_pattern(words, "ticket.show"))
		return NULL;
	return catalogue_word(words, "ticket.show");
}

static enum fault draw(const struct lobby *lobby, const struct issued *issued,
		       const char *tag, struct picture **out)
{
	const struct language *language = tag ? language_find(tag) : NULL;
	SCOPED(char_freep)
	char *line = language ? fixed_line(language->tag) : NULL;
	const struct paper_line extra = {
		.text = line,
		.language = language ? language->tag : NULL,
		.families = language ? language->families : NULL,
		.right_to_left = language && language->right_to_left,
	};

	return issue_paper(lobby, issued, line ? &extra : NULL,
			   lobby->paper_width, out);
}

/* At the home's printer; FAULT_SYSTEM: nothing came out, and the sealed ticket
 * waits for the kiosk's staff menu. */
static enum fault print(const struct picture *picture,
			const struct arguments *arguments)
{
	SCOPED(printer_place_done) struct printer_place place = { 0 };
	const struct printer_wish wish = { .home = arguments->home };
	enum printer_answer answer;
	enum fault fault;
	bool talks;

	if ((fault = printer_place_open(&wish, &place)) ||
	    (fault = printer_print(&place, PRINTER_TICKET, picture, &answer,
				   &talks)))
		return fault;
	if (answer == PRINTER_CONFIRMED)
		return FAULT_NONE;
	log_warning("%s: %s", place.address, printer_says(answer));
	return answer == PRINTER_UNKNOWN ? FAULT_NONE : FAULT_SYSTEM;
}

static enum fault write_all(const struct lobby *lobby,
			    const struct issued *issued, const char *language,
			    const struct arguments *arguments)
{
	SCOPED(picture_freep) struct picture *picture = NULL;
	enum fault fault = FAULT_NONE;

	if (arguments->picture || arguments->escpos || arguments->print)
		fault = draw(lobby, issued, language, &picture);
	if (!fault && arguments->print)
		fault = print(picture, arguments);
	if (!fault && arguments->picture)
		fault = write_picture(picture, arguments->picture);
	if (!fault && arguments->escpos)
		fault = write_escpos(picture, arguments->escpos);
	return fault;
}

static int issue(struct issuer *issuer, const struct lobby *lobby,
		 const struct slots *slots, struct run *run,
		 const struct arguments *arguments)
{
	struct issued issued = { 0 };
	enum issue_answer made = ISSUE_DONE;
	uint32_t number;
	enum fault fault;

	if ((fault = issuer_take(issuer, &number)) ||
	    (fault =
		 issue_seal(issuer, slots, run, number, desk_now(),
			    arguments->test ? PLAIN_TEST : 0, &made, &issued)))
		return fault_exit(fault);
	if (made == ISSUE_TOO_LONG) {
		fprintf(stderr, "foyer ticket issue: the answers do not fit on "
				"a ticket: shorten the texts\n");
		return EXIT_INPUT;
	}
	if (!(fault =
		  write_all(lobby, &issued, run_language(run), arguments)) &&
	    !(fault = issue_confirm(issuer))) {
		printf("%s\n", issued.number);
		if (arguments->digits)
			printf("%s\n", (char *)issued.digits.data);
	}
	issued_done(&issued);
	return fault_exit(fault);
}

static int with_form(const struct home *home, struct lobby *lobby,
		     const struct arguments *arguments)
{
	const struct run_world world = {
		.to = lobby,
		.now = now,
		.zone = lobby->zone,
		.random_bytes = random_bytes,
		.property = property,
	};
	SCOPED(issuer_freep) struct issuer *issuer = NULL;
	SCOPED(form_freep) struct form *form = NULL;
	SCOPED(slots_freep) struct slots *slots = NULL;
	SCOPED(run_freep) struct run *run = NULL;
	enum fault fault;
	int status;

	if ((fault = read_form(home, arguments->form, &form)) ||
	    (fault = slots_new(form, &slots)) ||
	    (fault = run_new(form, &world, &run)))
		return fault_exit(fault);
	if ((status = answer(run, arguments)))
		return status;
	if ((fault = issuer_open(home, lobby, &issuer)))
		return fault_exit(fault);
	return issue(issuer, lobby, slots, run, arguments);
}

int ticket_issue(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(lobby_freep) struct lobby *lobby = NULL;
	struct arguments arguments;
	enum fault fault;
	int status = read_arguments(argc, argv, &arguments);

	if (status)
		return status;
	if ((fault = desk_home(arguments.home, &home)) ||
	    (fault = lobby_read(home, &lobby)))
		return fault_exit(fault);
	return with_form(home, lobby, &arguments);
}
