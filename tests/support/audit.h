#pragma once

/*
 * From now on no row of the audit about the agency itself, or its box, can be
 * written for good in the record's file at path: what each refers to is
 * missing, which is found at the end alone.
 */
void audit_lose(const char *path);
