#include "tests/test.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "speech/confine.h"
#include "tests/support/child.h"
#include "tests/support/folder.h"

/* What a confined process tried, a bit each. */
enum {
	NOT_OFFERED = 1,
	READ_A_KEY = 2,
	READ_NO_PACK = 4,
	WROTE_A_PACK = 8,
	REACHED_THE_NETWORK = 16,
	STARTED_A_PROGRAM = 32,
	NO_LOCAL_SOCKET = 64,
};

struct places {
	char *pack, *key, *recording;
};

static bool opens(const char *path, int how)
{
	int file = open(path, how);

	if (file >= 0)
		close(file);
	return file >= 0;
}

static int try_all(void *to)
{
	const struct places *places = to;
	const char *const packs[] = { places->pack, NULL };
	struct confined confined = confine(packs, COUNT(packs), NULL);
	int tried = 0;

	if (!confined.files || !confined.calls)
		return NOT_OFFERED;
	tried |= opens(places->key, O_RDONLY) ? READ_A_KEY : 0;
	tried |= opens(places->recording, O_RDONLY) ? 0 : READ_NO_PACK;
	tried |= opens(places->recording, O_RDWR) ? WROTE_A_PACK : 0;
	tried |= socket(AF_INET, SOCK_STREAM, 0) >= 0 ? REACHED_THE_NETWORK : 0;
	tried |= socket(AF_INET6, SOCK_DGRAM, 0) >= 0 ? REACHED_THE_NETWORK : 0;
	tried |= socket(AF_UNIX, SOCK_STREAM, 0) >= 0 ? 0 : NO_LOCAL_SOCKET;
	errno = 0;
	(void)execl("/bin/false", "false", NULL);
	return tried | (errno == EPERM ? 0 : STARTED_A_PROGRAM);
}

static void a_speaker_reaches_its_packs_and_nothing_else(void **state)
{
	char *folder = folder_new();
	struct places places = {
		.pack = folder_file(folder, "audio"),
		.key = folder_file(folder, "agency.key"),
		.recording = folder_file(folder, "audio/a.opus"),
	};
	int tried;

	(void)state;
	assert_int_equal(folder_make(places.pack), FAULT_NONE);
	assert_int_equal(file_write(places.key, "k", 1, 0600), FAULT_NONE);
	assert_int_equal(file_write(places.recording, "o", 1, 0600),
			 FAULT_NONE);
	tried = child_result(try_all, &places);
	if (tried == NOT_OFFERED)
		print_message("skipped: no Landlock or seccomp here\n");
	else
		assert_int_equal(tried, 0);
	free(places.pack);
	free(places.key);
	free(places.recording);
	folder_freep(&folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_speaker_reaches_its_packs_and_nothing_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
