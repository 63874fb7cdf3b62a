#ifndef WITHOUT_SERVER

#include "record/postgres_link.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "base/bytes.h"
#include "record/postgres.h"
#include "record/postgres_lookup.h"

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

enum part { HOST, NUMBER, PORT, PARTS };

/* Of the host that is to be called, the caller frees each. */
static void read_parts(const struct postgres_link *link, char *parts[PARTS])
{
	static const char *const names[PARTS] = {
		[HOST] = "host",
		[NUMBER] = "hostaddr",
		[PORT] = "port",
	};

	for (size_t i = 0; i < PARTS; i++) {
		SCOPED(char_freep)
		char *list = postgres_option(link->address, names[i]);

		parts[i] = part_of(list, link->host);
	}
}

static void free_parts(char *parts[PARTS])
{
	for (size_t i = 0; i < PARTS; i++)
		free(parts[i]);
}

/* The host as often as it has numbers: each is one to call. */
static char *repeated(const char *host, const char *numbers)
{
	struct bytes list = { 0 };

	bytes_add_text(&list, host);
	for (int i = 1; i < count_parts(numbers); i++)
		bytes_add_format(&list, ",%s", host);
	return bytes_take_text(&list);
}

/* numbers: what the host's name stands for; "": as the address says. */
static void connect_host(struct postgres_link *link, const char *numbers)
{
	SCOPED(char_freep) char *hosts = NULL;
	char *parts[PARTS];
	struct words words;

	read_parts(link, parts);
	hosts = repeated(parts[HOST], numbers);
	words = words_for(link->address,
			  &(struct place){ hosts,
					   *numbers ? numbers : parts[NUMBER],
					   parts[PORT] });
	link->next = PQconnectStartParams(words.names, words.values, 1);
	link->writes = true;
	link->begun = moment();
	free_parts(parts);
}

/* Not a socket's folder, nor one whose number is given. */
static bool is_looked_up(char *const parts[PARTS])
{
	return parts[HOST][0] && !strchr("/@", parts[HOST][0]) &&
	       !parts[NUMBER][0];
}

static void call_host(struct postgres_link *link)
{
	char *parts[PARTS];

	read_parts(link, parts);
	link->begun = moment();
	if (is_looked_up(parts))
		link->lookup = lookup_new(parts[HOST]);
	else
		connect_host(link, "");
	free_parts(parts);
}

static void end_lookup(struct postgres_link *link)
{
	lookup_free(link->lookup);
	link->lookup = NULL;
}

/* Nobody told what the name stands for: it is called where it was last. */
static bool call_known(struct postgres_link *link)
{
	char *parts[PARTS];
	bool known;

	end_lookup(link);
	read_parts(link, parts);
	known = link->known_host && !strcmp(link->known_host, parts[HOST]);
	free_parts(parts);
	if (known)
		connect_host(link, link->known_number);
	return known;
}

static void remember(struct postgres_link *link)
{
	const char *host = PQhost(link->now), *number = PQhostaddr(link->now);

	if (PQstatus(link->now) != CONNECTION_OK || !host || !number ||
	    !*number)
		return;
	free(link->known_host);
	free(link->known_number);
	link->known_host = xstrdup(host);
	link->known_number = xstrdup(number);
}

void postgres_link_open(struct postgres_link *link, const char *address)
{
	const struct words words =
	    words_for(address, &(struct place){ "", "", "" });

	*link = (struct postgres_link){
		.now = PQconnectdbParams(words.names, words.values, 1),
		.address = xstrdup(address),
	};
	remember(link);
}

void postgres_link_done(struct postgres_link *link)
{
	PQfinish(link->now);
	PQfinish(link->next);
	end_lookup(link);
	free(link->known_host);
	free(link->known_number);
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

/* How long a name server may take before the number it gave last serves. */
#define LOOKUP_MS 2000

static bool go_on_looking(struct postgres_link *link, int64_t until)
{
	const int64_t left = until - moment();
	SCOPED(char_freep) char *numbers = NULL;

	switch (lookup_wait(link->lookup, left > 0 ? (int)left : 0)) {
	case LOOKUP_WAITS:
		if (moment() - link->begun >= LOOKUP_MS)
			(void)call_known(link);
		return true;
	case LOOKUP_FOUND:
		numbers = lookup_numbers(link->lookup);
		end_lookup(link);
		connect_host(link, numbers);
		return true;
	default:
		return call_known(link);
	}
}

static PostgresPollingStatusType go_on(struct postgres_link *link,
				       int64_t until)
{
	PostgresPollingStatusType now = PGRES_POLLING_FAILED;

	if (link->lookup && !go_on_looking(link, until))
		return PGRES_POLLING_FAILED;
	if (!link->next)
		return link->lookup ? PGRES_POLLING_READING
				    : PGRES_POLLING_FAILED;
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
	if (!link->next)
		return;
	PQfinish(link->now);
	link->now = link->next;
	link->next = NULL;
	remember(link);
}

bool postgres_link_mend(struct postgres_link *link)
{
	const int64_t until = moment() + PATIENCE_MS;
	const int hosts = count_hosts(link->address);

	if (!link->next && !link->lookup) {
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
			end_lookup(link);
		}
		if (++link->host >= hosts) {
			link->tried = moment();
			return false;
		}
		call_host(link);
	}
}

#endif
