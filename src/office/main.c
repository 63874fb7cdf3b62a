#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/data.h"
#include "base/memory.h"
#include "base/process.h"
#include "office/entity.h"
#include "office/names.h"
#include "office/passphrase.h"

static const struct noun *const nouns[] = {
	&noun_form,    &noun_language,    &noun_key,        &noun_kiosk,
	&noun_card,    &noun_ticket,      &noun_record,     &noun_visit,
	&noun_people,  &noun_household,   &noun_list,       &noun_user,
	&noun_agency,  &noun_consent,     &noun_assess,     &noun_plan,
	&noun_sponsor, &noun_appointment, &noun_directory,  &noun_refer,
	&noun_event,   &noun_feedback,    &noun_demo,       &noun_doctor,
	&noun_printer, &noun_report,      &noun_statistics, &noun_audit,
};

static void print_each(FILE *to, const char *noun, const struct verb *verb)
{
	for (; verb->name; verb++)
		fprintf(to, "  foyer %s %s%s%s\n      %s\n", noun, verb->name,
			*verb->name ? " " : "", verb->usage, verb->summary);
}

static void print_kinds(FILE *to, const struct noun *noun)
{
	for (const char *const *kind = noun->kinds; *kind; kind++)
		fprintf(to, " %s", *kind);
	fputc('\n', to);
}

static void print_verbs(FILE *to, const struct noun *noun)
{
	print_each(to, noun->name, noun->verbs);
	if (!noun->kinds)
		return;
	print_each(to, noun->name, entity_verbs);
	fprintf(to, "      KIND:");
	print_kinds(to, noun);
}

static void print_noun(FILE *to, const struct noun *noun)
{
	fprintf(to, "foyer %s: %s\n\n", noun->name, noun->summary);
	print_verbs(to, noun);
	if (noun->details)
		fprintf(to, "\n%s", noun->details);
}

static void print_help(FILE *to)
{
	fprintf(to, "usage: foyer NOUN VERB [ARGUMENT]...\n\n");
	for (size_t i = 0; i < COUNT(nouns); i++)
		print_each(to, nouns[i]->name, nouns[i]->verbs);
	fprintf(to, "\nWhat the record holds, with NOUN and KIND of these:\n");
	for (size_t i = 0; i < COUNT(nouns); i++) {
		if (!nouns[i]->kinds)
			continue;
		fprintf(to, "  %-10s", nouns[i]->name);
		print_kinds(to, nouns[i]);
	}
	print_each(to, "NOUN", entity_verbs);
	fprintf(to,
		"\n--home DIR puts settings, keys, kiosk state, forms and the "
		"record under one\nfolder; without it the XDG base "
		"directories are used.\n--names-fd N before NOUN reads the "
		"passphrase that opens names which lie apart.\nExit status: 0 "
		"done, 1 the input is "
		"wrong, 2 wrong usage, 3 the environment failed.\n");
}

static const struct noun *find_noun(const char *name)
{
	for (size_t i = 0; i < COUNT(nouns); i++) {
		if (strcmp(nouns[i]->name, name) == 0)
			return nouns[i];
	}
	return NULL;
}

static const struct verb *verb_among(const struct verb *verb, const char *name)
{
	for (; verb->name; verb++) {
		if (strcmp(verb->name, name) == 0)
			return verb;
	}
	return NULL;
}

static const struct verb *find_verb(const struct noun *noun, const char *name)
{
	const struct verb *own = verb_among(noun->verbs, name);

	return own || !noun->kinds ? own : verb_among(entity_verbs, name);
}

static bool asks_help(const char *word)
{
	return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 ||
	       strcmp(word, "help") == 0;
}

int noun_usage(const char *name, const char *verb_name, const char *complaint)
{
	const struct noun *noun = find_noun(name);
	const struct verb *verb = find_verb(noun, verb_name);

	fprintf(stderr, "foyer %s%s%s: %s\nusage: foyer %s%s%s %s\n", name,
		*verb_name ? " " : "", verb_name, complaint, name,
		*verb_name ? " " : "", verb_name, verb->usage);
	return EXIT_USAGE;
}

/* `foyer doctor`: argv[0] is the noun. */
static int run_alone(const struct noun *noun, int argc, char **argv)
{
	if (argc == 2 && asks_help(argv[1])) {
		print_noun(stdout, noun);
		return EXIT_DONE;
	}
	return noun->verbs[0].run(argc, argv);
}

static int run_verb(const struct noun *noun, int argc, char **argv)
{
	const struct verb *verb = argc ? find_verb(noun, argv[0]) : NULL;

	if (!argc || (!verb && !asks_help(argv[0]))) {
		if (argc)
			fprintf(stderr,
				"foyer %s: no such verb: %s; see foyer %s "
				"--help\n",
				noun->name, argv[0], noun->name);
		else
			print_noun(stderr, noun);
		return EXIT_USAGE;
	}
	if (!verb) {
		print_noun(stdout, noun);
		return EXIT_DONE;
	}
	if (argc == 2 && strcmp(argv[1], "--help") == 0) {
		printf("usage: foyer %s %s %s\n%s\n", noun->name, verb->name,
		       verb->usage, verb->summary);
		return EXIT_DONE;
	}
	return verb->run ? verb->run(argc, argv) : entity_run(noun, argc, argv);
}

/* `foyer help`, `foyer help record`. */
static int help_with(int argc, char **argv)
{
	const struct noun *noun = argc > 2 ? find_noun(argv[2]) : NULL;

	if (noun)
		print_noun(stdout, noun);
	else
		print_help(stdout);
	return EXIT_DONE;
}

/* --names-fd N, before the noun: how many words it takes, or -1. */
static int take_names(int argc, char **argv)
{
	int descriptor;

	if (argc < 2 || strcmp(argv[1], "--names-fd") != 0)
		return 0;
	if (argc < 3 || !passphrase_descriptor(argv[2], &descriptor))
		return -1;
	names_from(descriptor);
	return 2;
}

int main(int argc, char **argv)
{
	const struct noun *noun;
	enum fault fault;
	int taken;

	if (data_version_asked("foyer", argc, argv))
		return EXIT_DONE;
	/* Before a key or a passphrase is read. */
	if ((fault = process_hide()))
		return fault_exit(fault);
	process_lock_stack();
	taken = take_names(argc, argv);
	if (taken < 0) {
		fprintf(stderr, "foyer: --names-fd takes the number of a "
				"descriptor\n");
		return EXIT_USAGE;
	}
	argc -= taken;
	argv += taken;
	noun = argc > 1 ? find_noun(argv[1]) : NULL;
	if (noun && noun->verbs[0].name && !*noun->verbs[0].name &&
	    (argc < 3 || !verb_among(noun->verbs, argv[2])))
		return run_alone(noun, argc - 1, argv + 1);
	if (noun)
		return run_verb(noun, argc - 2, argv + 2);
	if (argc > 1 && asks_help(argv[1]))
		return help_with(argc, argv);
	if (argc > 1 && *argv[1] == '-')
		fprintf(stderr,
			"foyer: %s comes behind noun and verb, as in `foyer "
			"record queue --home DIR`\n",
			argv[1]);
	else if (argc > 1)
		fprintf(stderr, "foyer: no such noun: %s; see foyer --help\n",
			argv[1]);
	else
		print_help(stderr);
	return EXIT_USAGE;
}
