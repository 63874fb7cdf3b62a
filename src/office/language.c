#include "office/language.h"

#include <assert.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ask/fit.h"
#include "base/data.h"
#include "base/file.h"
#include "office/line.h"
#include "office/noun.h"
#include "office/options.h"
#include "text/stamp.h"

static int wrong(const char *verb, const char *complaint)
{
	return noun_usage("language", verb, complaint);
}

static int read_arguments(int argc, char **argv, int operands,
			  struct language_arguments *arguments)
{
	const struct options_place places[] = {
		{ "home", .value = &arguments->home },
		{ "output", .value = &arguments->output },
		{ 0 },
	};

	*arguments = (struct language_arguments){ 0 };
	if (!options_read(argc, argv, places))
		return wrong(argv[0], OPTIONS_COMPLAINT);
	if (argc - optind > operands)
		return wrong(argv[0], "one argument too many");
	if (argc - optind < operands)
		return wrong(argv[0], "which language?");
	arguments->operand = optind < argc ? argv[optind] : NULL;
	return EXIT_DONE;
}

/* --- check -----------------------------------------------------------------
 */

static void print_finding(void *to, enum catalogue_gap gap, const char *key,
			  const char *line)
{
	(void)to;
	(void)gap;
	(void)key;
	puts(line);
}

static bool is_file(const char *operand)
{
	size_t length;

	assert(operand);
	length = strlen(operand);
	return strchr(operand, '/') ||
	       (length > 3 && strcmp(operand + length - 3, ".po") == 0);
}

/* Where the tag of "desk.lists.fr.po" begins, which has no dot itself; NULL: no
 * domain stands before it. */
static const char *tag_of(const char *name, const char *end)
{
	while (end > name && end[-1] != '.')
		end--;
	return end > name + 1 ? end : NULL;
}

/* DOMAIN.TAG.po is held against DOMAIN.en.po alone; NULL: it is not of that
 * shape. The caller frees both. */
static char *english_beside(const char *path, char **tag)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	const char *end = strrchr(name, '.');
	const char *begin = end ? tag_of(name, end) : NULL;
	SCOPED(char_freep) char *domain = NULL;
	SCOPED(char_freep) char *english = NULL;
	char *found;

	if (!begin)
		return NULL;
	domain = xstrndup(name, (size_t)(begin - 1 - name));
	english = xasprintf("%s.en.po", domain);
	found = language_shipped(english);
	if (!file_exists(found)) {
		free(found);
		return NULL;
	}
	*tag = xstrndup(begin, (size_t)(end - begin));
	return found;
}

static int verdict(const char *what, size_t findings)
{
	if (findings)
		printf("%s: %zu to mend\n", what, findings);
	else
		printf("%s: complete\n", what);
	return findings ? EXIT_INPUT : EXIT_DONE;
}

static int check_domain(const char *path, const char *english, const char *tag)
{
	SCOPED(catalogue_freep) struct catalogue *source = catalogue_new("en");
	SCOPED(catalogue_freep) struct catalogue *words = catalogue_new(tag);
	enum fault fault;

	if ((fault = catalogue_add(source, english)) ||
	    (fault = catalogue_add(words, path)))
		return fault_exit(fault);
	return verdict(
	    path, catalogue_check(source, words, ask_fit, print_finding, NULL));
}

static const struct lexicon_language *
find_dropped(const struct lexicon *lexicon)
{
	for (size_t i = 0; i < lexicon_count(lexicon); i++) {
		if (lexicon_at(lexicon, i)->dropped)
			return lexicon_at(lexicon, i);
	}
	return NULL;
}

static int check_dropped(const struct language_arguments *arguments)
{
	SCOPED(lexicon_freep) struct lexicon *lexicon = NULL;
	const struct lexicon_language *about;
	enum fault fault =
	    language_open(arguments,
			  (struct lexicon_options){ .file = arguments->operand,
						    .believe = true,
						    .report = print_finding },
			  &lexicon);

	if (fault)
		return fault_exit(fault);
	/* What is wrong with it was logged. */
	if (!(about = find_dropped(lexicon)))
		return EXIT_INPUT;
	return verdict(arguments->operand, about->missing);
}

/* The kiosk's words, and then those of printed pages. */
static int check_words(const struct language_arguments *arguments,
		       const struct lexicon_language *about)
{
	const char *tag = about->language->tag;
	SCOPED(char_freep) char *pages = xasprintf("%s, printed pages", tag);
	size_t findings = 0;
	enum fault fault = language_pages(arguments, about->language,
					  print_finding, &findings);
	int status;

	if (fault)
		return fault_exit(fault);
	status = verdict(tag, about->missing);
	return verdict(pages, findings) | status;
}

static int check_tag(const struct language_arguments *arguments)
{
	SCOPED(lexicon_freep) struct lexicon *lexicon = NULL;
	const struct lexicon_language *about;
	enum fault fault =
	    language_open(arguments,
			  (struct lexicon_options){ .only = arguments->operand,
						    .report = print_finding },
			  &lexicon);

	if (fault)
		return fault_exit(fault);
	if (!(about = language_about(lexicon, arguments->operand))) {
		fprintf(stderr,
			"foyer language check: no language %s is known; see "
			"`foyer language list`\n",
			arguments->operand);
		return EXIT_INPUT;
	}
	if (about->status == LEXICON_NONE) {
		printf("%s: there are no words of it; put TAG.po into the "
		       "home's translations/\n",
		       about->language->tag);
		return EXIT_INPUT;
	}
	return about->broken ? EXIT_INPUT : check_words(arguments, about);
}

static int check(int argc, char **argv)
{
	SCOPED(char_freep) char *english = NULL;
	SCOPED(char_freep) char *tag = NULL;
	struct language_arguments arguments;
	int status = read_arguments(argc, argv, 1, &arguments);

	if (status)
		return status;
	if (!is_file(arguments.operand))
		return check_tag(&arguments);
	english = english_beside(arguments.operand, &tag);
	return english ? check_domain(arguments.operand, english, tag)
		       : check_dropped(&arguments);
}

/* --- list, table, index ----------------------------------------------------
 */

static const char *direction_of(const struct language *language)
{
	return language->right_to_left ? "rtl" : "ltr";
}

/* What cannot be read is not complete, as the log says. */
static bool has_pages(const struct language_arguments *arguments,
		      const struct language *language)
{
	size_t findings = 0;

	return !language_pages(arguments, language, NULL, &findings) &&
	       !findings;
}

static void print_line(const struct language_arguments *arguments,
		       const struct lexicon *lexicon,
		       const struct lexicon_language *about)
{
	const struct language *language = about->language;
	char class[2] = { language->class };

	line_print(json_pack(
	    "{s:s, s:s, s:s, s:s, s:s, s:b, s:I, s:I, s:b, s:b, s:b}", "tag",
	    language->tag, "name", language->own_name, "direction",
	    direction_of(language), "class", class, "status",
	    lexicon_status_name(about->status), "complete",
	    lexicon_complete(about), "strings",
	    (json_int_t)lexicon_strings(lexicon), "missing",
	    (json_int_t)about->missing, "own_words", about->dropped, "offered",
	    about->offered, "pages", has_pages(arguments, language)));
}

static enum fault open_all(const struct language_arguments *arguments,
			   struct lexicon **out)
{
	return language_open(
	    arguments,
	    (struct lexicon_options){ .believe = true,
				      .report = language_hear_nothing },
	    out);
}

/* For a verb of no argument but --home. */
static int open_listed(int argc, char **argv,
		       struct language_arguments *arguments,
		       struct lexicon **out)
{
	int status = read_arguments(argc, argv, 0, arguments);

	return status ? status : fault_exit(open_all(arguments, out));
}

static int list(int argc, char **argv)
{
	SCOPED(lexicon_freep) struct lexicon *lexicon = NULL;
	struct language_arguments arguments;
	int status = open_listed(argc, argv, &arguments, &lexicon);

	if (status)
		return status;
	for (size_t i = 0; i < lexicon_count(lexicon); i++)
		print_line(&arguments, lexicon, lexicon_at(lexicon, i));
	return EXIT_DONE;
}

static const char *state_of(const struct lexicon_language *about)
{
	if (about->status == LEXICON_NONE)
		return "no words yet";
	if (!lexicon_complete(about))
		return "incomplete";
	return about->status == LEXICON_DRAFT
		   ? "complete draft"
		   : lexicon_status_name(about->status);
}

static int table(int argc, char **argv)
{
	SCOPED(lexicon_freep) struct lexicon *lexicon = NULL;
	struct language_arguments arguments;
	int status = open_listed(argc, argv, &arguments, &lexicon);

	if (status)
		return status;
	puts("| language | in English | tag | runs | class | state | printed "
	     "pages |\n|---|---|---|---|---|---|---|");
	for (size_t i = 0; i < LANGUAGES; i++) {
		const struct lexicon_language *about = lexicon_at(lexicon, i);
		const struct language *language = about->language;

		printf("| %s | %s | `%s` | %s | %c | %s | %s |\n",
		       language->own_name, language->name, language->tag,
		       direction_of(language), language->class, state_of(about),
		       has_pages(&arguments, language) ? "yes" : "no");
	}
	return EXIT_DONE;
}

static int make_index(int argc, char **argv)
{
	SCOPED(char_freep) char *shipped = data_path("translations");
	SCOPED(char_freep) char *usual = language_shipped(STAMPS_NAME);
	struct language_arguments arguments;
	int status = read_arguments(argc, argv, 0, &arguments);

	if (status)
		return status;
	return fault_exit(lexicon_stamp(
	    &(struct lexicon_options){ .shipped = shipped,
				       .form = "intake",
				       .fit = ask_fit,
				       .report = language_hear_nothing },
	    arguments.output ? arguments.output : usual));
}

static int audio_list(int argc, char **argv)
{
	struct language_arguments arguments;
	int status = read_arguments(argc, argv, 1, &arguments);

	return status ? status : language_audio_list(&arguments);
}

static int review(int argc, char **argv)
{
	struct language_arguments arguments;
	int status = read_arguments(argc, argv, 1, &arguments);

	return status ? status : language_review(&arguments);
}

static const struct verb verbs[] = {
	{ "check", "FILE.po|TAG [--home DIR]",
	  "say what a translation lacks or has wrong, a finding a line",
	  check },
	{ "list", "[--home DIR]",
	  "print the languages, a line of JSON each: complete, offered", list },
	{ "audio-list", "TAG [--home DIR]",
	  "print what a person reads aloud for the recordings of a language",
	  audio_list },
	{ "review", "TAG [-o FOLDER] [--home DIR]",
	  "make a pack with which a native reader can review a language",
	  review },
	{ "table", "[--home DIR]",
	  "print the languages and their states as Markdown", table },
	{ "index", "[-o FILE]",
	  "check all that ships, and note it for a quick start", make_index },
	{ 0 },
};

const struct noun noun_language = {
	.name = "language",
	.summary = "the languages that a kiosk offers",
	.details =
	    "A language is complete or it is not offered. FILE.po is either "
	    "DOMAIN.TAG.po,\nheld against DOMAIN.en.po, or TAG.po, which "
	    "brings a language or mends words of\none: put it into the home's "
	    "folder translations/, and start the kiosk again.\n",
	.verbs = verbs,
};
