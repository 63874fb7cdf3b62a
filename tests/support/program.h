#pragma once

/*
 * Runs a program of the build ("foyer record queue --home ...", words parted
 * by blanks, no quotes) as a person would from a shell, with input on its
 * standard input.
 */
struct output {
	int status; /* exit status; -1 if it was killed */
	char *out, *err;
};

struct output program_run(const char *input, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void output_done(struct output *output);
