#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "filing/paper_code.h"
#include "office/form.h"
#include "office/form_paper.h"
#include "office/form_screens.h"
#include "office/noun.h"
#include "print/page_pdf.h"
#include "seal/secret.h"

struct arguments {
	const char *form, *language;
	const char *print, *paper;
	long copies;
	bool json, xml;
};

/* --- on paper --------------------------------------------------------------
 */

#define COPIES_MOST 200

/* The number of a paper that nobody has printed before, as far as chance goes.
 */
static void make_number(char shown[PAPER_CODE_SHOWN])
{
	uint8_t chance[PAPER_CODE_CHANCE];
	char code[PAPER_CODE_BYTES];

	secret_random(chance, sizeof chance);
	paper_code_make(chance, code);
	paper_code_show(code, shown);
}

/* A paper: its page, and that put on sheets. */
struct copy {
	struct page *page;
	struct sheets *sheets;
};

static enum fault make_copy(const struct form_tongue *tongue,
			    enum sheet_paper paper, struct copy *copy)
{
	SCOPED(run_freep) struct run *run = NULL;
	char number[PAPER_CODE_SHOWN];
	enum fault fault = run_new(tongue->form, &tongue->world, &run);

	make_number(number);
	if (fault || (fault = form_paper(tongue, run, number, &copy->page)))
		return fault;
	return sheets_new(copy->page, paper, &copy->sheets);
}

static enum fault write_pdf(struct sheets *const *all, size_t count,
			    const char *path)
{
	struct bytes pdf = { 0 };
	enum fault fault;

	sheets_pdf_all(all, count, &pdf);
	fault = file_write(path, pdf.data, pdf.length, 0644);
	bytes_done(&pdf);
	return fault;
}

static enum fault print_paper(const struct form_tongue *tongue,
			      const struct arguments *arguments)
{
	const enum sheet_paper paper = sheet_paper_named(arguments->paper);
	const size_t count = (size_t)arguments->copies;
	struct copy *copies = xcalloc(count, sizeof *copies);
	struct sheets **all = xcalloc(count, sizeof(struct sheets *));
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; !fault && i < count; i++) {
		fault = make_copy(tongue, paper, &copies[i]);
		all[i] = copies[i].sheets;
	}
	if (!fault)
		fault = write_pdf(all, count, arguments->print);
	for (size_t i = 0; i < count; i++) {
		sheets_free(copies[i].sheets);
		page_free(copies[i].page);
	}
	free(all);
	free(copies);
	return fault;
}

/* --- on the screen ---------------------------------------------------------
 */

static enum fault show(struct form_tongue *tongue,
		       const struct arguments *arguments)
{
	enum form_told told = arguments->json  ? FORM_TOLD_JSON
			      : arguments->xml ? FORM_TOLD_XML
					       : FORM_TOLD_NOTHING;

	return form_screens(tongue, arguments->form, told);
}

/* --- arguments ----------------------------------------------------------- */

static const char *take_option(struct arguments *arguments, int option)
{
	switch (option) {
	case 'l':
		arguments->language = optarg;
		return NULL;
	case 'p':
		arguments->print = optarg;
		return NULL;
	case 's':
		arguments->paper = optarg;
		return strcmp(optarg, "letter") && strcmp(optarg, "a4")
			   ? "--paper takes letter or a4"
			   : NULL;
	case 'c':
		arguments->copies = strtol(optarg, NULL, 10);
		return arguments->copies < 1 || arguments->copies > COPIES_MOST
			   ? "--copies takes 1 to 200"
			   : NULL;
	case 'j':
		arguments->json = true;
		return NULL;
	case 'x':
		arguments->xml = true;
		return NULL;
	default:
		return "unknown option, or an option without its value";
	}
}

static int preview(const struct arguments *arguments)
{
	SCOPED(form_freep) struct form *form = NULL;
	struct form_tongue tongue = { 0 };
	enum fault fault = form_load(arguments->form, &form);

	if (!fault)
		fault = form_tongue_open(form, arguments->language, &tongue);
	if (!fault)
		fault = arguments->print ? print_paper(&tongue, arguments)
					 : show(&tongue, arguments);
	form_tongue_done(&tongue);
	return fault_exit(fault);
}

int form_preview(int argc, char **argv)
{
	static const struct option options[] = {
		{ "lang", required_argument, NULL, 'l' },
		{ "print", required_argument, NULL, 'p' },
		{ "paper", required_argument, NULL, 's' },
		{ "copies", required_argument, NULL, 'c' },
		{ "json", no_argument, NULL, 'j' },
		{ "xml", no_argument, NULL, 'x' },
		{ NULL, 0, NULL, 0 },
	};
	struct arguments arguments = { .paper = "letter", .copies = 1 };
	int option;

	optind = 0;
	opterr = 1; /* it names which */
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		const char *complaint = take_option(&arguments, option);

		if (complaint)
			return noun_usage("form", "preview", complaint);
	}
	if (optind + 1 != argc)
		return noun_usage("form", "preview", "name one form");
	if (arguments.print && (arguments.json || arguments.xml))
		return noun_usage("form", "preview",
				  "paper has no answers: leave out --json and "
				  "--xml, or --print");
	arguments.form = argv[optind];
	return preview(&arguments);
}
