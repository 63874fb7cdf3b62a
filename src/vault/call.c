#include "vault/call.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"

struct vault_call {
	int socket; /* -1: over */
};

static bool ask(int socket, const char *path, const struct bytes *message)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };

	if (strlen(path) >= sizeof to.sun_path)
		return false;
	strcpy(to.sun_path, path);
	return !connect(socket, (const struct sockaddr *)&to, sizeof to) &&
	       send(socket, message->data, message->length, MSG_NOSIGNAL) ==
		   (ssize_t)message->length;
}

static void hang_up(struct vault_call *call)
{
	if (call->socket >= 0)
		close(call->socket);
	call->socket = -1;
}

struct vault_call *vault_call_new(const char *path,
				  const struct vault_request *request)
{
	struct vault_call *call = xcalloc(1, sizeof *call);
	struct bytes message = { 0 };

	vault_request_write(request, &message);
	call->socket = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	if (call->socket < 0 || !ask(call->socket, path, &message)) {
		log_error("%s: the box's helper does not answer: %s", path,
			  strerror(errno));
		hang_up(call);
	}
	bytes_wipe(&message);
	return call;
}

void vault_call_free(struct vault_call *call)
{
	if (!call)
		return;
	hang_up(call);
	free(call);
}

void vault_tell(const char *path, const struct vault_request *request)
{
	vault_call_free(vault_call_new(path, request));
}

enum vault_heard vault_call_look(struct vault_call *call,
				 struct vault_answer *answer)
{
	uint8_t message[VAULT_MESSAGE];
	ssize_t got;

	if (call->socket < 0)
		return VAULT_SILENT;
	got = recv(call->socket, message, sizeof message, MSG_DONTWAIT);
	if (got < 0 && (errno == EAGAIN || errno == EINTR))
		return VAULT_WAITING;
	hang_up(call);
	return got > 0 && vault_answer_read(message, (size_t)got, answer)
		   ? VAULT_HEARD
		   : VAULT_SILENT;
}

char *vault_beside(const char *path, const char *name)
{
	const char *slash = strrchr(path, '/');

	return xasprintf("%.*s/%s", slash ? (int)(slash - path) : 1,
			 slash ? path : ".", name);
}

int vault_call_descriptor(const struct vault_call *call)
{
	return call->socket;
}
