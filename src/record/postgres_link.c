#ifndef WITHOUT_SERVER

#include "record/postgres_link.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "record/postgres.h"

#define SILENT_MS 3000  /* then it is asked whether it is still there */
#define PATIENCE_MS 500 /* of a caller, while a connection is made anew */
#define CALL_MS 4000    /* for one host of those */
#define AGAIN_MS 3000   /* between two tries of all of them */

static int64_t moment(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* --- whom to call --------------------------------------------------------- */

/* What the address does not say: of several hosts the one that may be written;
 * and a cable that is pulled out is found out within seconds. */
static const struct {
	const char *word, *value;
} usual[] = {
	{ "target_session_attrs", "read-write" },
	{ "application_name", "foyer" },
	{ "client_encoding", "UTF8" },
	{ "connect_timeout", "3" },
	{ "keepalives_idle", "5" },
	{ "keepalives_interval", "2" },
	{ "keepalives_count", "3" },
	{ "tcp_user_timeout", "8000" },
};

/* One host of several; "" says nothing. */
struct place {
	const char *host, *number, *port;
};

struct words {
	const char *names[COUNT(usual) + 5], *values[COUNT(usual) + 5];
	size_t count;
};

static void add(struct words *words, const char *name, const char *value)
{
	words->names[words->count] = name;
	words->values[words->count++] = value;
}

/* Of two that name the same the later counts. */
static struct words words_for(const char *address, const struct place *place)
{
	struct words words = { 0 };

	for (size_t i = 0; i < COUNT(usual); i++)
		add(&words, usual[i].word, usual[i].value);
	add(&words, "dbname", address);
	add(&words, "host", place->host);
	add(&words, "hostaddr", place->number);
	add(&words, "port", place->port);
	return words;
}

static int count_parts(const char *list)
{
	int count = *list != '\0';

	while ((list = strchr(list, ','))) {
		list++;
		count++;
	}
	return count;
}

/* Of a list parted by commas. One that is alone is everybody's. */
static char *part_of(const char *list, int which)
{
	if (count_parts(list) < 2)
		return xstrdup(list);
	for (int i = 0; i < which && list; i++) {
		list = strchr(list, ',');
		list += list != NULL;
	}
	return list ? xasprintf("%.*s", (int)strcspn(list, ","), list)
		    : xstrdup("");
}

static int count_hosts(const char *address)
{
	SCOPED(char_freep) char *hosts = postgres_option(address, "host");
	SCOPED(char_freep) char *numbers = postgres_option(address, "hostaddr");
	const int count = count_parts(*numbers ? numbers : hosts);

	return count ? count : 1;
}

static void call_host(struct postgres_link *link)
{
	static const char *const names[] = { "host", "hostaddr", "port" };
	char *parts[COUNT(names)];
	struct words words;

	for (size_t i = 0; i < COUNT(names); i++) {
		SCOPED(char_freep)
		char *list = postgres_option(link->address, names[i]);

		parts[i] = part_of(list, link->host);
	}
	words = words_for(link->address,
			  &(struct place){ parts[0], parts[1], parts[2] });
	link->next = PQconnectStartParams(words.names, words.values, 1);
	link->writes = true;
	link->begun = moment();
	for (size_t i = 0; i < COUNT(names); i++)
		free(parts[i]);
}

void postgres_link_open(struct postgres_link *link, const char *address)
{
	const struct words words =
	    words_for(address, &(struct place){ "", "", "" });

	*link = (struct postgres_link){
		.now = PQconnectdbParams(words.names, words.values, 1),
		.address = xstrdup(address),
	};
}

void postgres_link_done(struct postgres_link *link)
{
	PQfinish(link->now);
	PQfinish(link->next);
	char_wipe(link->address); /* a password may be in it */
}

/* --- its answers ---------------------------------------------------------- */

/* A second caller of the same host; who that is does not matter. */
static bool answers_others(const struct postgres_link *link)
{
	const struct words words =
	    words_for(link->address,
		      &(struct place){ PQhost(link->now), PQhostaddr(link->now),
				       PQport(link->now) });
	const PGPing answer = PQpingParams(words.names, words.values, 1);

	return answer == PQPING_OK || answer == PQPING_REJECT;
}

/* Until there is a result, or the connection is lost. */
static void wait_for_answer(struct postgres_link *link)
{
	while (PQisBusy(link->now)) {
		struct pollfd wait = { PQsocket(link->now), POLLIN, 0 };
		const int ready = poll(&wait, 1, SILENT_MS);

		if (!ready && !answers_others(link))
			(void)shutdown(wait.fd, SHUT_RDWR);
		else if (ready > 0 && !PQconsumeInput(link->now))
			return;
	}
}

PGresult *postgres_link_answer(struct postgres_link *link, int sent)
{
	PGresult *last = NULL, *result = NULL;

	while (sent) {
		wait_for_answer(link);
		if (!(result = PQgetResult(link->now)))
			break;
		PQclear(last);
		last = result;
		sent = PQstatus(link->now) == CONNECTION_OK;
	}
	return last;
}

/* --- connecting anew ------------------------------------------------------ */

static PostgresPollingStatusType go_on(struct postgres_link *link,
				       int64_t until)
{
	PostgresPollingStatusType now = PGRES_POLLING_FAILED;

	while (PQstatus(link->next) != CONNECTION_BAD) {
		const int64_t left = until - moment();
		struct pollfd wait = {
			.fd = PQsocket(link->next),
			.events = link->writes ? POLLOUT : POLLIN,
		};

		if (poll(&wait, 1, left > 0 ? (int)left : 0) <= 0)
			return link->writes ? PGRES_POLLING_WRITING
					    : PGRES_POLLING_READING;
		now = PQconnectPoll(link->next);
		if (now == PGRES_POLLING_OK || now == PGRES_POLLING_FAILED)
			return now;
		link->writes = now == PGRES_POLLING_WRITING;
	}
	return PGRES_POLLING_FAILED;
}

static int64_t patience_of(const char *address)
{
	SCOPED(char_freep)
	char *seconds = postgres_option(address, "connect_timeout");
	const int64_t ms = strtoll(seconds, NULL, 10) * 1000;

	return ms > 0 ? ms : CALL_MS;
}

/* What is said of why is the last host's. */
static void take_next(struct postgres_link *link)
{
	PQfinish(link->now);
	link->now = link->next;
	link->next = NULL;
}

bool postgres_link_mend(struct postgres_link *link)
{
	const int64_t until = moment() + PATIENCE_MS;
	const int hosts = count_hosts(link->address);

	if (!link->next) {
		if (link->tried && moment() - link->tried < AGAIN_MS)
			return false;
		link->host = 0;
		call_host(link);
	}
	for (;;) {
		switch (go_on(link, until)) {
		case PGRES_POLLING_OK:
			take_next(link);
			link->tried = 0;
			return true;
		case PGRES_POLLING_FAILED:
			take_next(link);
			break;
		default:
			if (moment() - link->begun < patience_of(link->address))
				return false;
			PQfinish(link->next);
			link->next = NULL;
		}
		if (++link->host >= hosts) {
			link->tried = moment();
			return false;
		}
		call_host(link);
	}
}

#endif
