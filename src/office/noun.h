#pragma once

#include "base/fault.h"

struct entity;
struct record;

/*
 * The `foyer` tool is NOUN VERB: each noun is a file that exports one of
 * these, listed in main.c. `foyer NOUN --help` is printed from it. A noun whose
 * first verb has no name ("") is called without: `foyer doctor`.
 */
struct verb {
	const char *name;
	const char *usage;   /* "SHEETS [-o OUT.xml]" */
	const char *summary; /* one line */
	/*
	 * Runs it; argv[0] is the verb. Returns the exit status: 0 done,
	 * 1 wrong input, 2 wrong usage, 3 the environment failed. NULL: it is
	 * one of entity_verbs.
	 */
	int (*run)(int argc, char **argv);
};

struct noun {
	const char *name;
	const char *summary;
	const char *details; /* shown by --help below the verbs; may be NULL */
	const struct verb *verbs; /* ends with a NULL name */
	/* Kinds of the record that the verbs of office/entity.h work on, the
	 * usual one first; ends with NULL. NULL: it has none of those verbs.
	 * A verb of its own goes before one of theirs. */
	const char *const *kinds;
	/* Before one of them is saved: says on stderr, after the command's
	 * name, what a person should know of it. NULL: nothing. Faults are
	 * those of the record. */
	enum fault (*warn)(struct record *record, const char *verb,
			   const struct entity *entity);
};

#define EXIT_DONE 0
#define EXIT_INPUT 1
#define EXIT_USAGE 2
#define EXIT_ENVIRONMENT 3

/* Complains on stderr with the verb's usage, "" for the one without a name;
 * returns EXIT_USAGE. */
int noun_usage(const char *name, const char *verb_name, const char *complaint);

extern const struct noun noun_form, noun_language, noun_key, noun_kiosk,
    noun_ticket, noun_record, noun_visit, noun_people, noun_household,
    noun_list, noun_user, noun_agency, noun_consent, noun_demo, noun_doctor,
    noun_sponsor, noun_assess, noun_plan, noun_appointment, noun_event,
    noun_feedback, noun_directory, noun_refer, noun_card, noun_printer,
    noun_report, noun_statistics, noun_audit;
