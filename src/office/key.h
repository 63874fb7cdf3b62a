#pragma once

#include "base/home.h"
#include "seal/passphrase.h"

/* What the verbs of `foyer key` share. */
struct key_arguments {
	const char *home, *output; /* NULL where not given */
	const char *label;
	int descriptor; /* of the passphrase */
};

/* 0, or the exit status after a complaint. */
int key_arguments(int argc, char **argv, struct key_arguments *arguments);

/* The passphrase for a key that is put here: of the descriptor, or a new one,
 * which key_show_passphrase() tells. The caller wipes it. */
enum fault key_passphrase(const struct home *home,
			  const struct key_arguments *arguments,
			  char text[PASSPHRASE_LIMIT]);
void key_show_passphrase(const char *passphrase);

/* Complains that there is a key already; gives the exit status. */
int key_refuse(const char *verb, const struct home *home);

/* A key's paper, there and back. */
int key_backup(int argc, char **argv);
int key_restore(int argc, char **argv);
