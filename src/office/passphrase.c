#include "office/passphrase.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"

static enum fault read_demo(const struct home *home,
			    char text[PASSPHRASE_LIMIT])
{
	SCOPED(char_freep)
	char *path = home_path(home, HOME_SETTINGS, HOME_PASSPHRASE);
	int file = open(path, O_RDONLY | O_CLOEXEC);
	enum fault fault;

	if (file < 0) {
		log_error("%s: cannot be opened: %s", path, strerror(errno));
		return FAULT_SYSTEM;
	}
	fault = passphrase_take(file, path, text);
	close(file);
	return fault;
}

enum fault passphrase_read(const struct home *home, int descriptor,
			   const char *prompt, char text[PASSPHRASE_LIMIT])
{
	if (descriptor != PASSPHRASE_NO_FD)
		return passphrase_take(descriptor, "--passphrase-fd", text);
	if (home_is_demo(home))
		return read_demo(home, text);
	return passphrase_ask(prompt, text);
}
