#include "kiosk/trial.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "issue/paper.h"
#include "kiosk/paper.h"
#include "ticket/frame.h"

#define TRIAL_S 120 /* a machine that looks through its fonts first is slow */

/* As large as any is, and nobody's. */
static void make_up(const struct hall *hall, struct issued *issued)
{
	*issued = (struct issued){
		.wire = { .length = WIRE_MAX },
		.sequence = 1,
		.minutes = hall_now(hall) / 60000,
	};
	wire_number(hall->lobby->kiosk, issued->sequence, issued->number);
	frame_write(FRAME_TICKET, issued->sequence, issued->wire.bytes,
		    issued->wire.length, &issued->digits);
}

static enum fault draw_in(struct hall *hall, const struct offered *offered,
			  const struct issued *issued)
{
	SCOPED(picture_freep) struct picture *picture = NULL;

	return paper_in(hall, offered, issued, &picture);
}

/* Once in English, and in each language where it stands on the paper. */
static enum fault draw_all(struct hall *hall)
{
	const size_t count =
	    hall->lobby->prints_language ? hall->offered_count : 1;
	struct issued issued;
	enum fault fault = FAULT_NONE;

	make_up(hall, &issued);
	for (size_t i = 0; i < count && !fault; i++)
		fault = draw_in(hall, &hall->offered[i], &issued);
	issued_done(&issued);
	return fault;
}

/* --- the process -----------------------------------------------------------
 */

/* A line's level, itself, and its end. */
static void pass_on(void *to, enum log_level level, const char *line)
{
	FILE *pipe = to;

	fprintf(pipe, "%d%s\n", (int)level, line);
}

static void draw_and_end(struct hall *hall, int output)
{
	FILE *pipe = fdopen(output, "w");
	enum fault fault = FAULT_SYSTEM;

	alarm(TRIAL_S);
	if (pipe) {
		log_to(pass_on, pipe);
		fault = draw_all(hall);
		fclose(pipe);
	}
	_exit((int)fault);
}

static void log_what_was_said(int input)
{
	FILE *pipe = fdopen(input, "r");
	char line[1100];

	while (pipe && fgets(line, sizeof line, pipe)) {
		const int level = line[0] - '0';

		line[strcspn(line, "\n")] = 0;
		if (level >= LOG_NOTE && level <= LOG_ERROR)
			log_line((enum log_level)level, "%s", line + 1);
	}
	if (pipe)
		fclose(pipe);
	else
		close(input);
}

static enum fault await(pid_t child)
{
	int status;

	while (waitpid(child, &status, 0) != child) {
		if (errno != EINTR)
			return FAULT_SYSTEM;
	}
	if (WIFEXITED(status))
		return (enum fault)WEXITSTATUS(status);
	log_error("the trial of a paper was ended by signal %d",
		  WTERMSIG(status));
	return FAULT_SYSTEM;
}

enum fault trial_run(struct hall *hall)
{
	int ends[2];
	pid_t child;

	if (pipe2(ends, O_CLOEXEC)) {
		log_error("no pipe to try a paper: %s", strerror(errno));
		return FAULT_SYSTEM;
	}
	child = fork();
	if (!child)
		draw_and_end(hall, ends[1]);
	close(ends[1]);
	if (child < 0) {
		log_error("no process to try a paper: %s", strerror(errno));
		close(ends[0]);
		return FAULT_SYSTEM;
	}
	log_what_was_said(ends[0]);
	return await(child);
}
