#pragma once

/*
 * Runs a program without a shell, and waits for it: argv[0] is its path.
 * secret is its standard input, further (NULL: none) what it reads at
 * RUN_FURTHER; neither is ever an argument or in the environment, and both are
 * shorter than a pipe is deep. Its exit status; -1 where it could not be run or
 * was killed, and the log says so.
 */
#define RUN_FURTHER "/dev/fd/3"
int run_program(const char *const argv[], const char *secret,
		const char *further);
