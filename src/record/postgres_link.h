#pragma once

#include <libpq-fe.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * Inside the engine: the connection to a server. One that says nothing, because
 * its cable is out or because it hangs, is known as lost within seconds, and
 * connecting anew holds whoever asks for half a second at most: a host's name
 * is looked up beside, and where nobody answers it is the number that it had
 * last. What an address says of connect_timeout, keepalives_* and
 * tcp_user_timeout counts. Zeros are none.
 */
struct postgres_link {
	PGconn *now;  /* what is asked over; it may be lost */
	PGconn *next; /* being made in its place; NULL: none is */
	char *address;
	/* Being looked up before next is begun; and what was found last. */
	struct lookup *lookup;
	char *known_host, *known_number;
	bool writes;   /* next waits until it can write */
	int host;      /* of several, the one that next is to */
	int64_t begun; /* moment when next was begun */
	int64_t tried; /* and when the last one failed; 0: none did */
};

/* Connects, and waits for it; whether it did, PQstatus(link->now) says. */
void postgres_link_open(struct postgres_link *link, const char *address);
void postgres_link_done(struct postgres_link *link);

/*
 * What the server answers to what was sent (sent is PQsendQuery()'s answer and
 * its like's): the last result, as PQexec() has it, or NULL. As long as a
 * statement takes it is waited for, if the server answers a second caller;
 * otherwise the connection is lost.
 */
PGresult *postgres_link_answer(struct postgres_link *link, int sent);

/* Goes on with connecting anew, host by host, and not at once each time: true
 * if that is done. */
bool postgres_link_mend(struct postgres_link *link);
