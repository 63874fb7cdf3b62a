#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"

/*
 * What a desk box's desk asks of the root helper (foyer-vault), and what that
 * says: one message each way over a Unix socket that keeps messages whole, so
 * that nothing has to be put together. Nothing here is ever given to a shell.
 *
 *	request  "FOYERVQ1" (8), verb (1), its fields: length (1) and bytes
 *	answer   "FOYERVA1" (8), result (1), state (1), a stick is mounted (1),
 *	         how many sticks (1), each: name, label (length (1) and bytes)
 *	         and size in bytes (8, big-endian); the same of cards
 */
#define VAULT_SOCKET "/run/foyer/vault"
#define VAULT_MESSAGE 1024 /* bytes of one, at most */

/* A passphrase, with its zero: as long as a field's length can say. */
#define VAULT_PASSPHRASE 256
#define VAULT_STICK_NAME 16  /* of the kernel, "sda1", with its zero */
#define VAULT_STICK_LABEL 32 /* of its file system, with its zero */
#define VAULT_STICKS 6

enum vault_verb {
	VAULT_ASK,           /* nothing but the state */
	VAULT_MAKE,          /* passphrase: encrypt the empty partition, open */
	VAULT_OPEN,          /* passphrase */
	VAULT_CLOSE,         /* unmount and lock */
	VAULT_CHANGE,        /* passphrase, new passphrase */
	VAULT_MOUNT_STICK,   /* stick: beside the socket (vault_beside()) */
	VAULT_UNMOUNT_STICK, /* written out before the answer */
	VAULT_LEND_CARD,     /* stick: the owner may write to all of it */
	VAULT_TAKE_CARD,     /* stick: ... and may not any more */
	VAULT_SET_TIME,      /* seconds since 1970 UTC */
	VAULT_POWER_OFF,     /* close, then switch off */
	VAULT_VERBS,
};

/* A verb's fields; those it has none of are empty. */
struct vault_request {
	enum vault_verb verb;
	char passphrase[VAULT_PASSPHRASE];     /* 1 byte or more, no newline */
	char new_passphrase[VAULT_PASSPHRASE]; /* the same */
	char stick[VAULT_STICK_NAME];          /* a-z and 0-9 alone */
	int64_t seconds;                       /* VAULT_EARLIEST or later */
};

/* No box was made before 2025-01-01, and none is set to after 2100. */
#define VAULT_EARLIEST INT64_C(1735689600)
#define VAULT_LATEST INT64_C(4102444800)

/* Adds the bytes; the request is one that vault_request_read() takes. */
void vault_request_write(const struct vault_request *request,
			 struct bytes *out);
/* Reads one strictly. The caller wipes *request. */
bool vault_request_read(const void *data, size_t length,
			struct vault_request *request);

/* What became of it. */
enum vault_result {
	VAULT_DONE,
	VAULT_WRONG,     /* another passphrase opens it */
	VAULT_REFUSED,   /* not now: its state does not allow it */
	VAULT_NOT_THERE, /* the stick was pulled, or is none that can be read */
	VAULT_IN_USE,    /* a program works there still */
	VAULT_FAILED,    /* a program or the disk failed; the journal has it */
	VAULT_RESULTS,
};

/* The box's own data partition. */
enum vault_state {
	VAULT_MISSING, /* there is no such partition */
	VAULT_EMPTY,   /* nothing was ever kept there: it can be made */
	VAULT_FOREIGN, /* something else is: it is never written over */
	VAULT_CLOSED,
	VAULT_OPENED, /* and mounted */
	/* Unmounted, and its key is in memory still: locking it failed. */
	VAULT_UNLOCKED,
	VAULT_STATES,
};

/* A USB stick, or a card in a USB reader, that can be mounted; or that can be
 * lent whole. */
struct vault_stick {
	char name[VAULT_STICK_NAME];
	char label[VAULT_STICK_LABEL]; /* a whole one's maker's; "": none */
	uint64_t size;                 /* bytes */
};

struct vault_answer {
	enum vault_result result;
	enum vault_state state;
	bool mounted; /* a stick is */
	struct vault_stick sticks[VAULT_STICKS];
	size_t stick_count;
	struct vault_stick
	    cards[VAULT_STICKS]; /* of which nothing is mounted */
	size_t card_count;
};

void vault_answer_write(const struct vault_answer *answer, struct bytes *out);
bool vault_answer_read(const void *data, size_t length,
		       struct vault_answer *answer);
