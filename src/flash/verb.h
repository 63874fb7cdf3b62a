#pragma once

#include <stdbool.h>

#include "flash/signer.h"
#include "seal/passphrase_ask.h"

/*
 * `foyer-flash VERB`: each verb is a file that exports one of these, listed in
 * main.c.
 */
struct given {
	const char *words[3]; /* what is not an option, after the verb */
	int count;
	struct signers trusted; /* those pinned, and those given with --key */
	const char *key;        /* the last --key, as given */
	const char *name;
	int descriptor; /* of the passphrase */
	bool yes, make_new, older, lines;
};

struct verb {
	const char *name;
	const char *usage;   /* "RELEASE DEVICE|FILE" */
	const char *summary; /* one or two lines, ended by line feeds */
	int least, most;     /* words */
	bool trusts;         /* --key names a public key, and may come often */
	/* Returns the exit status: 0 done, 1 the input is wrong or the answer
	 * is no, 3 the environment failed. */
	int (*run)(const struct given *given);
};

#define EXIT_DONE 0
#define EXIT_INPUT 1
#define EXIT_USAGE 2
#define EXIT_ENVIRONMENT 3

/* Complains on standard error with the verb's usage; EXIT_USAGE. */
int verb_usage(const struct verb *verb, const char *complaint);

extern const struct verb verb_list, verb_show, verb_write, verb_check, verb_key,
    verb_sign;
