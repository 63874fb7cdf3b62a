#include "base/supervise.h"

#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* The length of the address, 0 if it is none. */
static socklen_t read_address(const char *text, struct sockaddr_un *address)
{
	size_t length = strlen(text);

	*address = (struct sockaddr_un){ .sun_family = AF_UNIX };
	if ((text[0] != '/' && text[0] != '@') || length < 2 ||
	    length >= sizeof address->sun_path)
		return 0;
	memcpy(address->sun_path, text, length);
	if (text[0] == '@')
		address->sun_path[0] = 0;
	return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
}

bool supervise_tell(const char *address, const char *message)
{
	struct sockaddr_un to;
	socklen_t length = address ? read_address(address, &to) : 0;
	ssize_t sent;
	int file;

	if (!length)
		return false;
	file = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (file < 0)
		return false;
	sent = sendto(file, message, strlen(message), MSG_NOSIGNAL,
		      (const struct sockaddr *)&to, length);
	close(file);
	return sent == (ssize_t)strlen(message);
}
