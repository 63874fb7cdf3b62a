#pragma once

#include <stdbool.h>

#include "base/home.h"
#include "filing/filing.h"

/* What the files of the noun `record` share. */
struct record_arguments {
	const char *home, *language, *part, *reason;
	const char *operand; /* NULL if none */
	int descriptor;      /* of the passphrase */
	const char *output;  /* -o; NULL if none */
	const char *to;      /* where a record moves */
	bool locked, keep_aside, replace;
};

/* 0, or the exit status after a complaint. */
int record_arguments(int argc, char **argv, int operands,
		     struct record_arguments *arguments);

/*
 * Opens the agency's keys unless asked not to: 0, or the exit status after a
 * complaint. A wrong passphrase is the input's fault.
 */
int record_unlock(struct filing *filing, const struct home *home,
		  const struct record_arguments *arguments);

int record_file(int argc, char **argv);
int record_kept(int argc, char **argv);
int record_file_kept(int argc, char **argv);
int record_backup(int argc, char **argv);
int record_restore(int argc, char **argv);
int record_names(int argc, char **argv);
int record_move(int argc, char **argv);
int record_roles(int argc, char **argv);
int record_checkout(int argc, char **argv);
int record_checkin(int argc, char **argv);
int record_take_in(int argc, char **argv); /* `open` and `merge` */
int record_caseloads(int argc, char **argv);
int record_export_all(int argc, char **argv);
int record_unseal(int argc, char **argv);
