#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * A print scheduler of a test's own, in a process beside it: it speaks as much
 * of IPP as an office's CUPS is asked, over two queues, "Front" and "Back".
 * While it runs, CUPS_SERVER names it.
 */
struct scheduler_state {
	int printer_state; /* of Front: 3 idle, 4 printing, 5 stopped */
	char reason[64];   /* of Front; "none" */
	bool accepting;
	int job_state;     /* 5 printing, 8 aborted, 9 printed; 0: forgotten */
	int jobs;          /* were taken */
	size_t bytes;      /* of the last one's file */
	uint8_t piece[32]; /* and some of them */
	char name[64];     /* of the last job */
	char
	    scaling[16]; /* print-scaling of the last job; "": none was asked */
	int cancelled;   /* jobs taken back */
	/* So many looks at a job find it printing, with that reason. */
	int looks;
	char meanwhile[64];
	bool silent;       /* it takes calls, and answers none */
	int ignored;       /* so many requests are never answered */
	bool falls_silent; /* once it has a job */
	bool hangs_up;     /* on whoever gave it a job, without an answer */
	int unlisted;      /* so many askers for jobs are hung up on */
	int late_lists;    /* so many lists are made once it has a job */
	int refuses;       /* HTTP's status for a job; 0: none is refused so */
	int taken_back;    /* the job that was, last */
	/* Jobs that wait in Front, of numbers from 101 on. */
	struct {
		char title[40];    /* "": none */
		const char *owner; /* NULL: whoever asks */
		bool over;         /* cancelled */
	} left[8];
	char user[64]; /* who asked last */
};

struct scheduler {
	pid_t child;
	struct scheduler_state *state; /* shared with it */
};

void scheduler_start(struct scheduler *scheduler);
/* It takes calls only after so many ms. */
void scheduler_start_late(struct scheduler *scheduler, int milliseconds);
void scheduler_stop(struct scheduler *scheduler);
