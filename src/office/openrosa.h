#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/memory.h"

/*
 * Sends submissions to a server that speaks OpenRosa 1.0, as ODK Central and
 * KoboToolbox do (https://docs.getodk.org/openrosa-form-submission/): HEAD, to
 * see who is there, then the form as a part of a POST. libcurl is opened when
 * it is asked for, so that no program needs it that sends nothing.
 *
 * Certificates and host names are looked at; no redirect is followed, so that
 * nothing goes where nobody said. Plain HTTP is for tests on this machine. A
 * login goes as Basic, or as Digest to a server that asks for that.
 */
struct openrosa;

enum openrosa_answer {
	OPENROSA_TAKEN, /* 201, 202: the server has it */
	OPENROSA_NO_LIBRARY,
	OPENROSA_NO_ADDRESS,  /* no https://, or what cannot be one */
	OPENROSA_UNTRUSTED,   /* its certificate is not good */
	OPENROSA_AUTHORITY,   /* whoever is to vouch for it cannot be read */
	OPENROSA_UNREACHABLE, /* or broke off: it may or may not have it */
	OPENROSA_BUSY,        /* 429, 5xx: likewise */
	OPENROSA_ELSEWHERE,   /* it wants it at another address */
	OPENROSA_NOT_ONE,     /* something else answers there */
	OPENROSA_LOGIN,       /* 401, 403 */
	OPENROSA_NO_FORM,     /* 404: no such project or form */
	OPENROSA_CONFLICT, /* 409: it has this instanceID with other answers */
	OPENROSA_TOO_LARGE,
	OPENROSA_REFUSED, /* any other 4xx */
	OPENROSA_ANSWERS,
};

#define OPENROSA_SAID 200 /* bytes of what a server said, with the zero */

struct openrosa_server {
	/* Of a project of ODK Central, or any that ends in "/submission". */
	const char *address;
	/* "USER:PASSWORD", or a token of an app user of Central. */
	const char *secret;
	/* PEM: it alone vouches for the server; NULL: whom this computer knows
	 * does. */
	const char *authority;
	int patience; /* s, of one request */
	bool plain;   /* http:// to 127.0.0.1 is allowed */
};

/*
 * On OPENROSA_TAKEN the caller frees *out with openrosa_free(); else it is
 * OPENROSA_NO_LIBRARY or OPENROSA_NO_ADDRESS.
 */
enum openrosa_answer openrosa_open(const struct openrosa_server *server,
				   struct openrosa **out);
void openrosa_free(struct openrosa *openrosa); /* NULL is fine; wipes */
DEFINE_SCOPED(struct openrosa, openrosa_free)

/* Sends one, once. *posted is set where anything of it may have left. said has
 * what the server said, or what libcurl did where it said nothing: one
 * printable line, without our secret if that came back in it. */
enum openrosa_answer openrosa_send(struct openrosa *openrosa, const void *xml,
				   size_t length, bool *posted,
				   char said[OPENROSA_SAID]);

/* Whether sending the same again may do: exactly once is the instanceID's. */
bool openrosa_may_again(enum openrosa_answer answer);

/* Whether another submission could fare better there. */
bool openrosa_is_about_one(enum openrosa_answer answer);
