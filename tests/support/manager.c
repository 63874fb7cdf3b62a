#include "tests/support/manager.h"

#include <poll.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/test.h"

#define PATIENCE 20000 /* ms for a message to come */

struct manager manager_new(const char *address)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	size_t length = strlen(address);
	struct manager manager;

	assert_true(length < sizeof at.sun_path);
	memcpy(at.sun_path, address, length);
	if (address[0] == '@')
		at.sun_path[0] = 0;
	manager.file = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	assert_true(manager.file >= 0);
	assert_int_equal(
	    bind(manager.file, (struct sockaddr *)&at,
		 (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length)),
	    0);
	return manager;
}

void manager_done(struct manager *manager)
{
	close(manager->file);
	manager->file = -1;
}

bool manager_hears(const struct manager *manager, int milliseconds)
{
	struct pollfd wait = { manager->file, POLLIN, 0 };

	return poll(&wait, 1, milliseconds) == 1;
}

static void take(const struct manager *manager, char *text, size_t room)
{
	ssize_t got = recv(manager->file, text, room - 1, 0);

	assert_true(got >= 0);
	text[got] = 0;
}

void manager_expect(const struct manager *manager, const char *message)
{
	char text[64];

	assert_true(manager_hears(manager, PATIENCE));
	take(manager, text, sizeof text);
	assert_string_equal(text, message);
}

void manager_await(const struct manager *manager, const char *message)
{
	char text[64] = "";

	while (strcmp(text, message) != 0) {
		assert_true(manager_hears(manager, PATIENCE));
		take(manager, text, sizeof text);
	}
}

void manager_drain(const struct manager *manager)
{
	char text[64];

	while (manager_hears(manager, 0))
		take(manager, text, sizeof text);
}
