#pragma once

/*
 * File systems whose files another host may change, by the f_type of statfs(2):
 * no place for a database.
 */

/* The type of a folder's file system, or -1 where nobody can tell. */
typedef long network_ask(const char *folder);

/* Asks the kernel; 0 for a FUSE known to be a disk of this computer. */
network_ask network_ask_system;

/* The network file system that has this f_type ("NFS"); NULL if it is none. */
const char *network_filesystem(long type);
