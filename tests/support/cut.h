#pragma once

/*
 * A power cut, as near as a test comes to one: runs something in a child and
 * kills it (SIGKILL) before its n-th system call is made, counted from 1. So
 * the loop
 *
 *	for (int n = 1; cut_at(n, run, to) == CUT_OFF; n++)
 *		... what is on the disk now? ...
 *
 * sees every state that the disk can be left in.
 */
enum cut {
	CUT_OFF,      /* killed in time */
	CUT_FINISHED, /* run returned before there was an n-th call */
	CUT_CANNOT,   /* this machine does not allow tracing */
};

typedef void cut_run(void *to);
enum cut cut_at(int n, cut_run *run, void *to);
