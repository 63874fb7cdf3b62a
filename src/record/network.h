#pragma once

/*
 * The f_type of the file system that holds folder; 0 for a
 * FUSE known to be a disk of this computer; -1 where nobody can tell.
 */
long network_ask_system(const char *folder);
