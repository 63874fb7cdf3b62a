#include "vault/serve.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"
#include "vault/keeper.h"

#define PATIENCE 2 /* seconds for whoever connected to ask */
#define WAITING 4  /* connections */

static enum fault complain(const char *path)
{
	log_error("%s: cannot be listened at: %s", path, strerror(errno));
	return FAULT_SYSTEM;
}

enum fault serve_open(const char *path, const struct vault_place *place,
		      int *listener)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int made;

	if (strlen(path) >= sizeof at.sun_path) {
		log_error("%s: too long for a socket", path);
		return FAULT_LIMIT;
	}
	strcpy(at.sun_path, path);
	(void)unlink(path);
	made = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	if (made < 0)
		return complain(path);
	if (bind(made, (const struct sockaddr *)&at, sizeof at) ||
	    chown(path, (uid_t)-1, place->group) || chmod(path, 0660) ||
	    listen(made, WAITING)) {
		enum fault fault = complain(path);

		close(made);
		return fault;
	}
	*listener = made;
	return FAULT_NONE;
}

static bool may_ask(int peer, const struct vault_place *place)
{
	struct ucred who;
	socklen_t length = sizeof who;

	return !getsockopt(peer, SOL_SOCKET, SO_PEERCRED, &who, &length) &&
	       (who.uid == 0 || who.uid == place->owner);
}

static void answer_request(const uint8_t *message, size_t length,
			   const struct vault_place *place,
			   struct vault_answer *answer)
{
	struct vault_request request;

	if (length <= VAULT_MESSAGE &&
	    vault_request_read(message, length, &request)) {
		keeper_do(place, &request, answer);
	} else {
		request = (struct vault_request){ .verb = VAULT_ASK };
		keeper_do(place, &request, answer);
		answer->result = VAULT_REFUSED;
	}
	explicit_bzero(&request, sizeof request);
}

static void talk(int peer, const struct vault_place *place)
{
	const struct timeval patience = { .tv_sec = PATIENCE };
	uint8_t message[VAULT_MESSAGE];
	struct vault_answer answer;
	struct bytes out = { 0 };
	ssize_t got;

	(void)setsockopt(peer, SOL_SOCKET, SO_RCVTIMEO, &patience,
			 sizeof patience);
	/* With MSG_TRUNC it is as long as it was, and then too long. */
	got = recv(peer, message, sizeof message, MSG_TRUNC);
	if (got > 0) {
		answer_request(message, (size_t)got, place, &answer);
		vault_answer_write(&answer, &out);
		/* Whoever went away does not hear it. */
		(void)!send(peer, out.data, out.length,
			    MSG_NOSIGNAL | MSG_DONTWAIT);
		bytes_done(&out);
	}
	explicit_bzero(message, sizeof message);
}

void serve_one(int listener, const struct vault_place *place)
{
	int peer = accept4(listener, NULL, NULL, SOCK_CLOEXEC);

	if (peer < 0)
		return;
	if (may_ask(peer, place))
		talk(peer, place);
	close(peer);
}
