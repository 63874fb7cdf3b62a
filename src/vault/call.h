#pragma once

#include "base/memory.h"
#include "vault/message.h"

/*
 * The desk's side: one request under way. Making and opening take seconds, and
 * nobody waits: a screen looks again a little later.
 */
struct vault_call;

/* Asks the helper that listens at path. The caller frees it, which gives the
 * answer up and nothing else: what was asked is done. */
struct vault_call *vault_call_new(const char *path,
				  const struct vault_request *request);
void vault_call_free(struct vault_call *call); /* NULL is fine */
DEFINE_SCOPED(struct vault_call, vault_call_free)

/* Asks for what has to be done whatever comes of it: nobody waits for it. */
void vault_tell(const char *path, const struct vault_request *request);

enum vault_heard {
	VAULT_WAITING,
	VAULT_HEARD,
	VAULT_SILENT, /* no helper is there, or it went away */
};

/* Never waits. After another answer than VAULT_WAITING the call is over. */
enum vault_heard vault_call_look(struct vault_call *call,
				 struct vault_answer *answer);

/* What lies beside the socket: its folder and a name. The caller frees it. */
char *vault_beside(const char *path, const char *name);
#define VAULT_STICK "stick" /* where a stick is mounted */

/* What to poll() for POLLIN; -1 once it is over. */
int vault_call_descriptor(const struct vault_call *call);
