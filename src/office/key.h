#pragma once

#include <stdbool.h>

#include "base/home.h"
#include "issue/keys.h"
#include "record/record.h"
#include "seal/agency_key.h"
#include "seal/card.h"
#include "seal/passphrase.h"

/* Where a key that comes from paper or another desk goes. */
enum key_place {
	KEY_ALONE, /* a desk that has none */
	KEY_OVER,  /* it takes the present one's place, which is kept */
	KEY_OLD,   /* it is kept beside the present one, to open old tickets */
};

/* What the verbs of `foyer key` share. */
struct key_arguments {
	const char *home, *output; /* NULL where not given */
	const char *label;
	const char *operand; /* of the verbs that take one */
	int descriptor;      /* of the passphrase */
	int second;          /* of the other one: a file's that travels */
	enum key_place place;
	bool early; /* destroy before its time */
};

/* 0, or the exit status after a complaint. operand: what is wrong without one;
 * NULL: none is taken. */
int key_arguments(int argc, char **argv, const char *operand,
		  struct key_arguments *arguments);

/* The home, where a change that was cut short is ended first, and its public
 * key; 0, or the exit status after a complaint. */
int key_home(const char *verb, const struct key_arguments *arguments,
	     struct home **home, struct card *card);

/* Opens the home's key; *status is not 0 after a complaint that it is not its
 * passphrase. */
MUST_CHECK enum fault key_open(const char *verb, const struct home *home,
			       const char *passphrase, int *status,
			       struct agency_key **out);

/* The passphrase for a key that is put here: of the descriptor, or a new one,
 * which key_show_passphrase() tells. The caller wipes it. */
MUST_CHECK enum fault key_passphrase(const struct home *home,
				     const struct key_arguments *arguments,
				     char text[PASSPHRASE_LIMIT]);
void key_show_passphrase(const char *passphrase);
void key_show_card(const struct card *card);

/* Complains why keys_put() did not put one; gives the exit status. */
int key_refuse(const char *verb, const struct home *home,
	       enum keys_answer answer);
/* What is said of a key that was destroyed here, before what to do instead. */
#define KEY_IS_GONE                                                           \
	"that key was destroyed here, for good, so that nothing that was\n"   \
	"sealed to it is opened again: burn this paper, or erase this file. " \
	"Whoever comes\nwith a ticket that old answers anew. "

/* The paper as a picture at output, or printed as lines. */
MUST_CHECK enum fault key_give_paper(const struct agency_key *key,
				     const char *output);
/* Asks for the paper's line 3; false: it was not typed. */
bool key_rehearse_line(const struct agency_key *key);

/*
 * Puts a key beside or in place of the one that is there, whose passphrase it
 * asks for. Refused, in words with the mend: the same key, one of the old ones,
 * and, to go over the present one, one that is known to be older.
 */
int key_put_beside(const char *verb, const struct home *home,
		   const struct agency_key *key,
		   const struct key_arguments *arguments);

/* Puts a key where none is, with its row. *done as in key_do(); where neither
 * it nor a fault tells, *answer says why it was refused. */
MUST_CHECK enum fault key_put_first(const struct home *home,
				    const struct agency_key *key,
				    const char *passphrase,
				    enum keys_answer *answer, bool *done);

/* The next key in the present one's place, which is kept. *done as in key_do().
 */
MUST_CHECK enum fault key_put_over(const struct home *home,
				   const struct agency_key *present,
				   const struct agency_key *next,
				   const char *passphrase, bool *done);

/*
 * Does something to the agency's key of that id with its row of the audit: no
 * row without the deed, and no deed where no row can be begun. Where only the
 * row's end fails, that is told, and *done is true with a fault: the caller
 * tells what else belongs to the deed. No row where there is no record yet.
 */
MUST_CHECK enum fault key_do(const struct home *home, const char *act,
			     uint16_t key, record_deed *deed, void *to,
			     bool *done);

/* Another passphrase for it. */
int key_passphrase_change(int argc, char **argv);

/* A key's paper, there and back. */
int key_backup(int argc, char **argv);
int key_rehearse(int argc, char **argv);
int key_restore(int argc, char **argv);

/* Another key in its place, and what becomes of the old one. */
int key_rotate(int argc, char **argv);
int key_list(int argc, char **argv);
int key_destroy(int argc, char **argv);

/* Its public half as a picture with a symbol, at path; the exit status. */
int key_show_symbol(const struct card *card, const char *path);

/* To another desk. */
int key_export(int argc, char **argv);
int key_import(int argc, char **argv);
