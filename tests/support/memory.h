#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * Shows whatever a process could write to and has touched, one run of pages
 * after another, to look. Needs what calls_allowed() asks
 * (tests/support/calls.h); the test fails where the process is not there.
 */
typedef void memory_look(void *to, const uint8_t *bytes, size_t length);
void memory_each(pid_t process, memory_look *look, void *to);
