#ifndef WITHOUT_SERVER

#include "record/postgres_lookup.h"

#include <netdb.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/bytes.h"

struct lookup {
	struct gaicb call;
	struct addrinfo hints;
	char *host;
	bool begun;
};

struct lookup *lookup_new(const char *host)
{
	struct lookup *lookup = xcalloc(1, sizeof *lookup);
	struct gaicb *calls[] = { &lookup->call };

	lookup->host = xstrdup(host);
	lookup->hints.ai_socktype = SOCK_STREAM;
	lookup->call.ar_name = lookup->host;
	lookup->call.ar_request = &lookup->hints;
	lookup->begun = !getaddrinfo_a(GAI_NOWAIT, calls, 1, NULL);
	return lookup;
}

void lookup_free(struct lookup *lookup)
{
	/* A thread still writes there. */
	if (!lookup ||
	    (lookup->begun && gai_cancel(&lookup->call) == EAI_NOTCANCELED))
		return;
	if (lookup->call.ar_result)
		freeaddrinfo(lookup->call.ar_result);
	free(lookup->host);
	free(lookup);
}

enum lookup_state lookup_wait(struct lookup *lookup, int milliseconds)
{
	const struct gaicb *calls[] = { &lookup->call };
	const struct timespec most = {
		.tv_sec = milliseconds / 1000,
		.tv_nsec = milliseconds % 1000 * 1000000L,
	};
	int answer = lookup->begun ? gai_error(&lookup->call) : EAI_FAIL;

	if (answer == EAI_INPROGRESS) {
		(void)gai_suspend(calls, 1, &most);
		answer = gai_error(&lookup->call);
	}
	return answer == EAI_INPROGRESS ? LOOKUP_WAITS
	       : answer                 ? LOOKUP_FAILED
					: LOOKUP_FOUND;
}

#define NUMBERS 4 /* of one name, at most */

char *lookup_numbers(const struct lookup *lookup)
{
	const struct addrinfo *found = lookup->call.ar_result;
	struct bytes list = { 0 };

	bytes_add_text(&list, "");
	for (int i = 0; found && i < NUMBERS; found = found->ai_next, i++) {
		char number[NI_MAXHOST];

		if (!getnameinfo(found->ai_addr, found->ai_addrlen, number,
				 sizeof number, NULL, 0, NI_NUMERICHOST))
			bytes_add_format(&list, "%s%s", list.length ? "," : "",
					 number);
	}
	return bytes_take_text(&list);
}

#endif
