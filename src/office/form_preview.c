#include <getopt.h>
#include <stdio.h>

#include "base/file.h"
#include "office/form.h"
#include "office/form_paper.h"
#include "office/form_screens.h"
#include "office/noun.h"
#include "print/page_pdf.h"

struct arguments {
	const char *form, *language;
	const char *print, *paper;
	bool json, xml;
};

/* --- on paper --------------------------------------------------------------
 */

static enum fault write_pdf(const struct page *page,
			    const struct arguments *arguments)
{
	SCOPED(sheets_freep) struct sheets *sheets = NULL;
	struct bytes pdf = { 0 };
	enum fault fault =
	    sheets_new(page, sheet_paper_named(arguments->paper), &sheets);

	if (!fault) {
		sheets_pdf(sheets, &pdf);
		fault =
		    file_write(arguments->print, pdf.data, pdf.length, 0644);
	}
	bytes_done(&pdf);
	return fault;
}

static enum fault print_paper(const struct form_tongue *tongue,
			      const struct arguments *arguments)
{
	SCOPED(run_freep) struct run *run = NULL;
	SCOPED(page_freep) struct page *page = NULL;
	enum fault fault = run_new(tongue->form, &tongue->world, &run);

	if (fault || (fault = form_paper(tongue, run, &page)))
		return fault;
	return write_pdf(page, arguments);
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
		return NULL;
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
		{ "json", no_argument, NULL, 'j' },
		{ "xml", no_argument, NULL, 'x' },
		{ NULL, 0, NULL, 0 },
	};
	struct arguments arguments = { .paper = "letter" };
	int option;

	optind = 0;
	opterr = 0;
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
