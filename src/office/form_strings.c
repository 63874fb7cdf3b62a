#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "form/strings.h"
#include "office/form.h"
#include "office/noun.h"
#include "office/options.h"

/*
 * A form's words as a PO file in the shape that text/catalogue.h describes:
 * FORM.en.po as it stands, and what a translator starts from.
 */
struct listing {
	const struct form *form;
	bool staff; /* list what staff read, instead of what visitors read */
};

static void print_quoted(const char *text)
{
	putchar('"');
	for (; *text; text++) {
		if (*text == '\n')
			fputs("\\n", stdout);
		else if (*text == '\t')
			fputs("\\t", stdout);
		else if (*text == '"' || *text == '\\')
			printf("\\%c", *text);
		else
			putchar(*text);
	}
	puts("\"");
}

/* What a part of a question is to the person who reads it. */
static const char *part_name(const char *part)
{
	static const struct {
		const char *part, *name;
	} names[] = {
		{ "label", "question" },
		{ "hint", "small text below the question" },
		{ "jr:requiredMsg", "said when it is left empty" },
		{ "jr:constraintMsg", "said when the answer is refused" },
	};

	for (size_t i = 0; i < COUNT(names); i++) {
		if (strcmp(part, names[i].part) == 0)
			return names[i].name;
	}
	return part;
}

/* "choices/A3/SELF:label" is "A3, choice SELF"; "/data/A3:label" is "A3,
 * question". A key of another shape speaks for itself. */
static void print_comment(const struct form_string *string)
{
	SCOPED(char_freep) char *key = xstrdup(string->key);
	char *part = strchr(key, ':');
	char *name;

	if (part)
		*part++ = '\0';
	name = strrchr(key, '/');
	if (!part || !name)
		return;
	*name++ = '\0';
	if (strncmp(key, "choices/", 8) == 0)
		printf("#. %s, choice %s.\n", key + 8, name);
	else if (string->staff)
		printf("#. %s, read by staff alone.\n", name);
	else
		printf("#. %s, %s.\n", name, part_name(part));
}

static void print_string(void *to, const struct form_string *string)
{
	const struct listing *listing = to;

	if (string->staff != listing->staff)
		return;
	putchar('\n');
	print_comment(string);
	printf("msgctxt \"%s:%s\"\n", form_id(listing->form), string->key);
	printf("msgid ");
	print_quoted(string->pattern);
	printf("msgstr \"\"\n");
}

static void print_listing(struct listing *listing)
{
	SCOPED(char_freep)
	char *tag = form_language_tag(
	    form_language(listing->form, form_default_language(listing->form)));

	printf("# Foyer: the words of the form %s%s. Written by `foyer form "
	       "strings`.\n"
	       "msgid \"\"\nmsgstr \"\"\n\"Language: %s\\n\"\n"
	       "\"MIME-Version: 1.0\\n\"\n"
	       "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	       "\"Content-Transfer-Encoding: 8bit\\n\"\n"
	       "\"X-Foyer-Status: %s\\n\"\n",
	       form_id(listing->form),
	       listing->staff ? " that only staff read" : "", tag,
	       strncmp(tag, "en", 2) == 0 ? "source" : "draft");
	form_strings(listing->form, print_string, listing);
}

int form_list_strings(int argc, char **argv)
{
	SCOPED(form_freep) struct form *form = NULL;
	struct listing listing = { 0 };
	const struct options_place places[] = {
		{ "staff", NULL, &listing.staff },
		{ NULL, NULL, NULL },
	};
	enum fault fault;

	if (!options_read(argc, argv, places))
		return noun_usage("form", "strings", OPTIONS_COMPLAINT);
	if (optind + 1 != argc)
		return noun_usage("form", "strings", "name one form");
	if ((fault = form_load(argv[optind], &form)))
		return fault == FAULT_SYSTEM ? EXIT_ENVIRONMENT : EXIT_INPUT;
	listing.form = form;
	if (form_language_count(form) == 0) {
		fprintf(stderr,
			"%s: it has no texts to translate; give its columns a "
			"language, like label::English (en)\n",
			argv[optind]);
		return EXIT_INPUT;
	}
	print_listing(&listing);
	return EXIT_DONE;
}
