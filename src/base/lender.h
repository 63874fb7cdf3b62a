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
 * The lending side: answers one request. folders are absolute, without links;
 * a file may stand among them. Only regular files and folders are lent. False:
 * the other side is gone.
 */
bool lender_serve(int socket, char *const *folders, size_t count);

/*
 * The asking side, as the system calls: a descriptor or 0, or an errno below
 * zero (EACCES: not lent). Safe in a signal handler and from several threads.
 */
long lender_open(int socket, const char *path);
long lender_stat(int socket, const char *path, struct stat *about);
