#include "tests/support/deposit.h"

#include <arpa/inet.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/test.h"

/* The bytes of a request, as far as they are here; 0: not all of it yet. */
static size_t whole(const struct bytes *request)
{
	const char *text = (const char *)request->data;
	const char *end = request->length ? strstr(text, "\r\n\r\n") : NULL;
	const char *length =
	    end ? strcasestr(text, "\r\nContent-Length:") : NULL;
	size_t all;

	if (!end)
		return 0;
	all = (size_t)(end + 4 - text);
	if (length && length < end)
		all += strtoul(length + 17, NULL, 10);
	return request->length >= all ? all : 0;
}

static void serve_one(int to, int heard, const char *reply)
{
	struct bytes request = { 0 };
	char part[4096];
	ssize_t got;

	while (!whole(&request) && (got = read(to, part, sizeof part)) > 0)
		bytes_add(&request, part, (size_t)got);
	if (request.length)
		(void)!write(heard, request.data, request.length);
	(void)!write(to, reply, strlen(reply));
	close(to);
	bytes_done(&request);
}

static void serve(int from, int heard, const char *const *replies)
{
	for (; *replies; replies++) {
		int to = accept(from, NULL, NULL);

		if (to >= 0)
			serve_one(to, heard, *replies);
	}
	_exit(0);
}

struct deposit deposit_start(const char *const *replies)
{
	struct sockaddr_in where = { .sin_family = AF_INET };
	socklen_t wide = sizeof where;
	int from = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), ends[2];
	struct deposit deposit;

	where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(bind(from, (void *)&where, wide), 0);
	assert_int_equal(getsockname(from, (void *)&where, &wide), 0);
	assert_int_equal(listen(from, 8), 0);
	assert_int_equal(pipe(ends), 0);
	deposit.port = ntohs(where.sin_port);
	deposit.heard = ends[0];
	if (!(deposit.process = fork()))
		serve(from, ends[1], replies);
	close(from);
	close(ends[1]);
	return deposit;
}

void deposit_stop(struct deposit *deposit, struct bytes *heard)
{
	char part[4096];
	ssize_t got;

	kill(deposit->process, SIGTERM);
	bytes_add_text(heard, "");
	while ((got = read(deposit->heard, part, sizeof part)) > 0)
		bytes_add(heard, part, (size_t)got);
	close(deposit->heard);
	assert_int_equal(waitpid(deposit->process, NULL, 0), deposit->process);
}
