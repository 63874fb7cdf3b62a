#include "base/lender.h"

#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <limits.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/memory.h"

enum wish { WISH_OPEN, WISH_STAT };

struct request {
	enum wish wish;
	char path[PATH_MAX];
};

struct reply {
	int error; /* 0, or an errno */
	struct stat about;
};

/* Room for one descriptor, as a message carries it. */
union carried {
	struct cmsghdr head;
	char room[CMSG_SPACE(sizeof(int))];
};

/* --- lending ----------------------------------------------------------------
 */

static bool is_below(const char *path, const char *folder)
{
	const size_t length = strlen(folder);

	return strncmp(path, folder, length) == 0 &&
	       (path[length] == '/' || !path[length]);
}

static bool is_lent(const char *path, const struct lender_shelf *shelf)
{
	for (size_t i = 0; i < shelf->folder_count; i++) {
		if (is_below(path, shelf->folders[i]))
			return true;
	}
	for (size_t i = 0; i < shelf->pattern_count; i++) {
		if (!fnmatch(shelf->patterns[i], path, 0))
			return true;
	}
	return false;
}

/* Links are followed first, so none leads out. */
static int find(const char *path, const struct lender_shelf *shelf,
		struct stat *about)
{
	char real[PATH_MAX];
	int file;

	if (!realpath(path, real))
		return -ENOENT;
	if (!is_lent(real, shelf))
		return -ENOENT; /* nor whether it is there */
	file = open(real, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (file < 0)
		return -errno;
	if (!fstat(file, about) &&
	    (S_ISREG(about->st_mode) || S_ISDIR(about->st_mode)))
		return file;
	close(file);
	return -EACCES;
}

static void answer(int socket, const struct reply *reply, int file)
{
	struct iovec data = { (void *)reply, sizeof *reply };
	union carried carried = { 0 };
	struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1 };

	if (file >= 0) {
		message.msg_control = &carried;
		message.msg_controllen = sizeof carried.room;
		carried.head = (struct cmsghdr){
			.cmsg_len = CMSG_LEN(sizeof file),
			.cmsg_level = SOL_SOCKET,
			.cmsg_type = SCM_RIGHTS,
		};
		memcpy(CMSG_DATA(&carried.head), &file, sizeof file);
	}
	/* Whoever asked and is gone needs no answer. */
	(void)!sendmsg(socket, &message, MSG_NOSIGNAL);
}

bool lender_serve(int socket, const struct lender_shelf *shelf)
{
	struct request request;
	struct reply reply = { 0 };
	const ssize_t got = recv(socket, &request, sizeof request, 0);
	int file;

	if (got <= 0)
		return got < 0 && (errno == EINTR || errno == EAGAIN);
	if ((size_t)got <= offsetof(struct request, path))
		return true;
	request.path[(size_t)got - offsetof(struct request, path) - 1] = 0;
	file = find(request.path, shelf, &reply.about);
	reply.error = file < 0 ? -file : 0;
	answer(socket, &reply, request.wish == WISH_OPEN ? file : -1);
	if (file >= 0)
		close(file);
	return true;
}

/* --- asking ------------------------------------------------------------------
 */

static int take_answer(int socket, struct reply *reply)
{
	struct iovec data = { reply, sizeof *reply };
	union carried carried = { 0 };
	struct msghdr message = {
		.msg_iov = &data,
		.msg_iovlen = 1,
		.msg_control = &carried,
		.msg_controllen = sizeof carried.room,
	};
	int file = -1;
	ssize_t got;

	do
		got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
	while (got < 0 && errno == EINTR);
	if (got != sizeof *reply)
		reply->error = EIO;
	else if (message.msg_controllen)
		memcpy(&file, CMSG_DATA(&carried.head), sizeof file);
	return file;
}

/* One at a time: an answer is the asker's own. */
static long ask(int socket, enum wish wish, const char *path,
		struct reply *reply)
{
	static atomic_flag busy = ATOMIC_FLAG_INIT;
	const size_t length = strnlen(path, PATH_MAX);
	struct request request = { .wish = wish };
	int file = -1;

	if (length == PATH_MAX)
		return -ENAMETOOLONG;
	memcpy(request.path, path, length + 1);
	while (atomic_flag_test_and_set_explicit(&busy, memory_order_acquire))
		sched_yield();
	if (send(socket, &request, offsetof(struct request, path) + length + 1,
		 MSG_NOSIGNAL) < 0)
		reply->error = EIO;
	else
		file = take_answer(socket, reply);
	atomic_flag_clear_explicit(&busy, memory_order_release);
	if (!reply->error && wish == WISH_OPEN && file < 0)
		reply->error = EMFILE;
	return reply->error ? -reply->error : file < 0 ? 0 : file;
}

long lender_open(int socket, const char *path)
{
	struct reply reply = { 0 };

	return ask(socket, WISH_OPEN, path, &reply);
}

long lender_stat(int socket, const char *path, struct stat *about)
{
	struct reply reply = { 0 };
	const long got = ask(socket, WISH_STAT, path, &reply);

	if (!got)
		*about = reply.about;
	return got;
}
