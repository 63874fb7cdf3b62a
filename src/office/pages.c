#include "office/pages.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "office/desk.h"
#include "office/entity.h"
#include "office/noun.h"
#include "office/printed.h"
#include "report/letter_page.h"
#include "report/read_consent.h"
#include "report/read_plan.h"
#include "report/read_summary.h"

#define LETTER_MOST 100000 /* bytes of a letter */

static const struct option options[] = {
	{ "home", required_argument, NULL, 'h' },
	{ "lang", required_argument, NULL, 'l' },
	{ "output", required_argument, NULL, 'o' },
	{ "text", required_argument, NULL, 't' },
	{ 0 },
};

/* What a verb works on. */
struct work {
	const char *noun, *verb;
	bool for_staff; /* the person's language does not matter */
	const char *home, *language, *output, *text;
	int64_t person;
	struct home *folder;
	struct record *record;
	struct printed printed;
	struct wording wording;
};

static int wrong(const struct work *work, const char *complaint)
{
	return noun_usage(work->noun, work->verb, complaint);
}

static bool take_option(int option, struct work *work)
{
	const char **const to = option == 'h'   ? &work->home
				: option == 'l' ? &work->language
				: option == 'o' ? &work->output
				: option == 't' ? &work->text
						: NULL;

	if (to)
		*to = optarg;
	return to;
}

static int read_arguments(int argc, char **argv, struct work *work)
{
	int option;
	char *end;

	work->verb = argv[0];
	optind = 0;
	opterr = 1; /* it names which */
	while ((option = getopt_long(argc, argv, "o:", options, NULL)) != -1) {
		if (!take_option(option, work))
			return wrong(work, "an option it does not know, or one "
					   "without its value");
	}
	if (argc - optind != 1)
		return wrong(work, "give one person's id, as list prints it");
	work->person = strtoll(argv[optind], &end, 10);
	if (*end || work->person < 1)
		return wrong(work, "an id is a number, as list prints it");
	return EXIT_DONE;
}

static void work_done(struct work *work)
{
	printed_done(&work->printed);
	record_close(work->record);
	home_free(work->folder);
}

/* The person is there and may be seen; their own language serves where none was
 * asked for. */
static int meet(struct work *work, char **language)
{
	const struct record_who who = desk_who();
	SCOPED(entity_freep) struct entity *person = NULL;
	enum entity_answer answer;
	enum fault fault =
	    entity_read(work->record, kind_find("person"), work->person, &who,
			desk_now(), &answer, &person);
	const char *own;

	if (fault)
		return fault_exit(fault);
	if (answer != ENTITY_DONE)
		return entity_complain(work->noun, work->verb,
				       kind_find("person"), answer, NULL);
	own = work->language || work->for_staff
		  ? work->language
		  : entity_text(person, "language");
	*language = own ? xstrdup(own) : NULL;
	return EXIT_DONE;
}

/* Opens all that a page is made from: EXIT_DONE, or after a complaint. */
static int begin(int argc, char **argv, struct work *work)
{
	SCOPED(char_freep) char *language = NULL;
	int status = read_arguments(argc, argv, work);
	enum fault fault;

	if (status)
		return status;
	if (work->language && !language_find(work->language)) {
		fprintf(stderr,
			"foyer %s %s: no language %s is known; see `foyer "
			"language list`\n",
			work->noun, work->verb, work->language);
		return EXIT_INPUT;
	}
	if ((fault = desk_home(work->home, &work->folder)) ||
	    (fault = desk_record(work->folder, &work->record)))
		return fault_exit(fault);
	if ((status = meet(work, &language)))
		return status;
	if ((fault = printed_open(&work->printed, work->folder, language)))
		return fault_exit(fault);
	work->wording = printed_wording(&work->printed, work->record);
	return EXIT_DONE;
}

static int put(const struct work *work, const struct page *page,
	       const char *name)
{
	return fault_exit(
	    printed_put(&work->printed, page, name, work->output));
}

/* Makes the page of a verb; it is put where it is wanted as name. */
typedef enum fault read_page(const struct work *work, struct page **out);

static int run(int argc, char **argv, struct work *work, const char *name,
	       read_page *read)
{
	SCOPED(page_freep) struct page *page = NULL;
	int status = begin(argc, argv, work);
	enum fault fault;

	if (status)
		return status;
	fault = read(work, &page);
	return fault ? fault_exit(fault) : put(work, page, name);
}

static enum fault summary(const struct work *work, struct page **out)
{
	return read_summary(&work->printed.about, &work->wording, work->person,
			    work->printed.now, out);
}

int pages_summary(int argc, char **argv)
{
	SCOPED(work_done)
	struct work work = { .noun = "people", .for_staff = true };

	return run(argc, argv, &work, "summary", summary);
}

static enum fault consent(const struct work *work, struct page **out)
{
	return read_consent(&work->printed.about, &work->wording, work->person,
			    out);
}

int pages_consent(int argc, char **argv)
{
	SCOPED(work_done) struct work work = { .noun = "consent" };

	return run(argc, argv, &work, "consent", consent);
}

static enum fault plan(const struct work *work, struct page **out)
{
	return read_plan(&work->printed.about, &work->wording, work->person,
			 work->printed.now, out);
}

int pages_plan(int argc, char **argv)
{
	SCOPED(work_done) struct work work = { .noun = "plan" };

	return run(argc, argv, &work, "plan", plan);
}

/* --- letters -------------------------------------------------------------- */

/* "-" is standard input. */
static enum fault read_text(const char *path, struct bytes *out)
{
	return file_read(strcmp(path, "-") == 0 ? "/dev/stdin" : path,
			 LETTER_MOST, out);
}

int pages_letter(int argc, char **argv)
{
	SCOPED(work_done) struct work work = { .noun = "people" };
	SCOPED(page_freep) struct page *page = NULL;
	SCOPED(bytes_wipe) struct bytes text = { 0 };
	SCOPED(char_wipep) char *name = NULL;
	int status = begin(argc, argv, &work);
	enum fault fault;

	if (status)
		return status;
	if (!work.text)
		return wrong(&work, "give the letter's words with --text FILE; "
				    "- is standard input");
	if ((fault = read_text(work.text, &text)))
		return fault_exit(fault);
	name = wording_person(&work.wording, work.person);
	page = letter_page(
	    &work.printed.about,
	    &(struct letter_page){ .to = name,
				   .text = text.length ? (char *)text.data : "",
				   .from = work.printed.who.user });
	return put(&work, page, "letter");
}
