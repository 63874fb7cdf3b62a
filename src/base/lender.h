#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

/*
 * Files for a process that may open none: it asks another one, over a socket
 * (AF_UNIX, SOCK_SEQPACKET), which opens what lies below folders named
 * beforehand, for reading alone, and hands the descriptor over. What was lent
 * reveals no more than the folders hold, and nothing can be written.
 */

/*
 * What is lent: all below folders, which are absolute and without links, and a
 * file may stand among them; and what has a name by patterns (fnmatch(3), where
 * a star stands for slashes, too), and nothing below it.
 */
struct lender_shelf {
	char *const *folders;
	size_t folder_count;
	const char *const *patterns;
	size_t pattern_count;
};

/*
 * The lending side: answers one request. Only regular files and folders are
 * lent. False: the other side is gone.
 */
bool lender_serve(int socket, const struct lender_shelf *shelf);

/*
 * The asking side, as the system calls: a descriptor or 0, or an errno below
 * zero (EACCES: not lent). Safe in a signal handler and from several threads.
 */
long lender_open(int socket, const char *path);
long lender_stat(int socket, const char *path, struct stat *about);
