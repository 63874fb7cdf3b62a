#include "tests/support/deposit.h"

#include <arpa/inet.h>
#include <openssl/ssl.h>
#include <poll.h>
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

/* One connection; tls is NULL where it is plain. */
struct line {
	int to;
	SSL *tls;
};

static ssize_t hear(const struct line *line, char *part, size_t most)
{
	return line->tls ? SSL_read(line->tls, part, (int)most)
			 : read(line->to, part, most);
}

static void say(const struct line *line, const char *reply)
{
	if (line->tls && *reply)
		(void)!SSL_write(line->tls, reply, (int)strlen(reply));
	else
		(void)!write(line->to, reply, strlen(reply));
}

static void serve_one(const struct line *line, int heard, const char *reply)
{
	struct pollfd end = { .fd = line->to, .events = POLLIN };
	struct bytes request = { 0 };
	char part[4096];
	ssize_t got;

	while (!whole(&request) && (got = hear(line, part, sizeof part)) > 0)
		bytes_add(&request, part, (size_t)got);
	if (request.length)
		(void)!write(heard, request.data, request.length);
	if (reply == deposit_silence)
		(void)poll(&end, 1, DEPOSIT_HOLDS * 1000);
	else
		say(line, reply);
	bytes_done(&request);
}

static void serve(int from, int heard, const char *const *replies,
		  SSL_CTX *shown)
{
	for (; *replies; replies++) {
		struct line line = { .to = accept(from, NULL, NULL) };

		if (shown) {
			line.tls = SSL_new(shown);
			SSL_set_fd(line.tls, line.to);
		}
		if (!line.tls || SSL_accept(line.tls) == 1)
			serve_one(&line, heard, *replies);
		if (line.tls)
			SSL_shutdown(line.tls);
		SSL_free(line.tls);
		close(line.to);
	}
	_exit(0);
}

const char deposit_silence[] = "";

struct deposit deposit_start(const char *const *replies, SSL_CTX *shown)
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
		serve(from, ends[1], replies, shown);
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
