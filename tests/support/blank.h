#pragma once

/*
 * An empty record at path, in a folder that is there: what record_open() would
 * make. It is made once a program and copied, for it has a table for each kind
 * of thing, and a test of each is what most programs hold.
 */
void blank_record(const char *path);
