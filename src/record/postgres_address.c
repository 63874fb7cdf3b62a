#ifndef WITHOUT_SERVER

#include <arpa/inet.h>
#include <libpq-fe.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "record/postgres.h"

bool postgres_is(const char *address)
{
	return !strncmp(address, "postgresql://", 13) ||
	       !strncmp(address, "postgres://", 11);
}

static const char *value_of(const PQconninfoOption *options, const char *word)
{
	for (; options && options->keyword; options++) {
		if (!strcmp(options->keyword, word) && options->val)
			return options->val;
	}
	return "";
}

char *postgres_told(const char *address)
{
	PQconninfoOption *options = PQconninfoParse(address, NULL);
	const char *port = value_of(options, "port");
	char *told =
	    xasprintf("postgresql://%s%s%s/%s", value_of(options, "host"),
		      *port ? ":" : "", port, value_of(options, "dbname"));

	PQconninfoFree(options);
	return told;
}

char *postgres_option(const char *address, const char *word)
{
	PQconninfoOption *options = PQconninfoParse(address, NULL);
	char *value = xstrdup(value_of(options, word));

	PQconninfoFree(options);
	return value;
}

/* Numbers, sockets and the one name that every computer has for itself: any
 * other name is looked up, and may be anybody's. */
static bool is_here(const char *host, size_t length)
{
	char text[INET6_ADDRSTRLEN];
	struct in_addr four;
	struct in6_addr six;

	if (*host == '/' || *host == '@')
		return true;
	if (length >= sizeof text)
		return false;
	memcpy(text, host, length);
	text[length] = 0;
	if (inet_pton(AF_INET, text, &four) == 1)
		return ntohl(four.s_addr) >> 24 == IN_LOOPBACKNET;
	if (inet_pton(AF_INET6, text, &six) == 1)
		return IN6_IS_ADDR_LOOPBACK(&six);
	/* None is the server's usual socket. */
	return !length || !strcmp(text, "localhost");
}

/* Of hosts parted by commas. */
static bool all_here(const char *hosts)
{
	for (;;) {
		const size_t length = strcspn(hosts, ",");

		if (!is_here(hosts, length))
			return false;
		if (!hosts[length])
			return true;
		hosts += length + 1;
	}
}

static bool is_set(const char *variable)
{
	const char *value = getenv(variable);

	return value && *value;
}

/* With what the environment adds, as libpq would; a file of services could
 * name another computer. */
static bool stays_here(const PQconninfoOption *options)
{
	const char *given = value_of(options, "host");
	const char *host = *given ? given : getenv("PGHOST") ?: "";
	const char *number = value_of(options, "hostaddr");

	return all_here(host) && (!*number || all_here(number)) &&
	       (*number || !is_set("PGHOSTADDR")) &&
	       !*value_of(options, "service") && !is_set("PGSERVICE");
}

static bool is_sealed(const char *mode)
{
	static const char *const modes[] = { "require", "verify-ca",
					     "verify-full" };

	for (size_t i = 0; i < COUNT(modes); i++) {
		if (!strcmp(mode, modes[i]))
			return true;
	}
	return false;
}

char *postgres_refused(const char *address)
{
	char *why = NULL;
	PQconninfoOption *options = PQconninfoParse(address, &why);
	SCOPED(char_freep) char *told = NULL;
	const char *host = value_of(options, "host");
	char *refused = NULL;

	if (!options)
		refused =
		    xasprintf("this is no address of a server (%.*s). "
			      "Write it as postgresql://USER@HOST/"
			      "DATABASE?sslmode=verify-full",
			      why ? (int)strcspn(why, "\n") : 0, why ?: "");
	else if (is_sealed(value_of(options, "sslmode")) || stays_here(options))
		refused = NULL;
	else if (!*host || all_here(host))
		refused = xstrdup(
		    "the address leaves it to the environment or a file of "
		    "services which computer this is, and that may be another. "
		    "Write the host into the address (host=FOLDER for a "
		    "socket), or add sslmode=verify-full, and take PGHOSTADDR "
		    "and PGSERVICE out of the environment");
	else
		refused = xasprintf(
		    "%s is another computer, and what goes there would be "
		    "read on the way. Add sslmode=verify-full to the address, "
		    "and sslrootcert=FILE with the server's certificate",
		    host);
	PQfreemem(why);
	PQconninfoFree(options);
	return refused;
}

const char *postgres_why(const char *message)
{
	static const struct {
		const char *part, *why;
	} reasons[] = {
		{ "certificate verify failed",
		  "the certificate that the server shows is not signed by the "
		  "one that sslrootcert names, so somebody else may be "
		  "answering. Nothing was sent. Ask whoever keeps the server "
		  "for its certificate" },
		{ "does not match host name",
		  "the server's certificate is for another name than the "
		  "address has. Nothing was sent. Write the name that is in "
		  "the certificate" },
		{ "root certificate file",
		  "there is no certificate to know the server by. Put it into "
		  "a file and add sslrootcert=FILE to the address" },
		{ "does not support SSL",
		  "the server has TLS switched off. Nothing was sent. Whoever "
		  "keeps it switches it on (ssl = on)" },
		{ "password authentication failed",
		  "the server answers and does not take this user and "
		  "password. Write the user's name into the address and the "
		  "password into ~/.pgpass, as whoever keeps the server gave "
		  "them" },
		{ "no password supplied",
		  "the server answers and wants a password. Write it into "
		  "~/.pgpass (HOST:PORT:DATABASE:USER:PASSWORD, mode 0600)" },
		{ "\" does not exist",
		  "the server answers and has no such user or no such "
		  "database. Write both into the address as whoever keeps the "
		  "server made them" },
		{ "authentication failed",
		  "the server answers and does not believe that this is that "
		  "user. Whoever keeps it lets the user in from this computer "
		  "(pg_hba.conf)" },
		{ "pg_hba.conf",
		  "the server answers and lets nobody in with this user, "
		  "database and computer. Whoever keeps it adds a line "
		  "(pg_hba.conf)" },
		{ "is not permitted to log in",
		  "the server answers, and this role is not one to log in as. "
		  "Write a user's own name into the address" },
		{ "permission denied for database",
		  "the server answers, and this user may not connect to that "
		  "database. Whoever keeps it makes the user a member of "
		  "foyer_desk" },
	};

	for (size_t i = 0; i < COUNT(reasons); i++) {
		if (strstr(message, reasons[i].part))
			return reasons[i].why;
	}
	return NULL;
}

#endif
