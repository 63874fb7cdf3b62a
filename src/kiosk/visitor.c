#include "kiosk/visitor.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "base/process.h"
#include "kiosk/porter.h"
#include "kiosk/visit.h"
#include "ui/term.h"

/*
 * Where a crash ends: nothing is told, everything is overwritten. Runs on its
 * own stack, so that a stack that overflowed is wiped like the rest.
 */
static void wipe_on_crash(int signal)
{
	(void)signal;
	process_wipe_and_exit(VISITOR_TROUBLE);
}

static void wipe_whatever_happens(void)
{
	static const int crashes[] = { SIGSEGV, SIGBUS,  SIGFPE,
				       SIGILL,  SIGABRT, SIGSYS };
	static uint8_t stack[64 * 1024] __attribute__((aligned(16)));
	const stack_t other = { .ss_sp = stack, .ss_size = sizeof stack };
	struct sigaction wipe = { .sa_handler = wipe_on_crash,
				  .sa_flags = SA_ONSTACK };

	(void)sigaltstack(&other, NULL); /* without it, the usual stack */
	sigfillset(&wipe.sa_mask);
	for (size_t i = 0; i < COUNT(crashes); i++)
		(void)sigaction(crashes[i], &wipe, NULL);
}

static enum visitor_end receive(struct hall *hall, struct porter *porter,
				uint32_t number, int beat)
{
	enum visitor_end end = VISITOR_TROUBLE;
	struct term *term = NULL;

	if (term_open(TERM_DARK, &term))
		return VISITOR_NO_SCREEN;
	if (visit_run(hall, term, porter, number, beat, &end))
		end = VISITOR_TROUBLE;
	term_free(term);
	return end;
}

/* With the porter there, nothing that the kiosk has open is needed. */
static enum visitor_end attended(struct hall *hall, uint32_t number, int beat)
{
	SCOPED(porter_freep) struct porter *porter = NULL;
	enum visitor_end end = VISITOR_TROUBLE;

	if (porter_start(hall, number, PORTER_PATIENCE, &porter))
		return end;
	const int kept[] = { beat, porter_lender(porter),
			     porter_descriptor(porter) };

	if (!process_keep_only(kept, COUNT(kept)))
		end = receive(hall, porter, number, beat);
	return end;
}

static void be_the_visitor(struct hall *hall, uint32_t number, int beat)
{
	enum visitor_end end = VISITOR_LEFT;

	/* If the kiosk dies, nobody would wipe at idle. */
	(void)prctl(PR_SET_PDEATHSIG, SIGTERM);
	wipe_whatever_happens();
	if (!process_protect())
		end = attended(hall, number, beat);
	process_wipe_and_exit((int)end);
}

enum fault visitor_start(struct hall *hall, uint32_t number, int beat,
			 pid_t *child)
{
	hall_listen(hall);
	*child = fork();
	if (*child < 0) {
		log_error("no process for the next visitor: %s",
			  strerror(errno));
		return FAULT_SYSTEM;
	}
	if (!*child)
		be_the_visitor(hall, number, beat);
	return FAULT_NONE;
}

enum visitor_end visitor_ended(int status)
{
	if (!WIFEXITED(status) || WEXITSTATUS(status) < VISITOR_LEFT ||
	    WEXITSTATUS(status) > VISITOR_STAFF)
		return VISITOR_TROUBLE;
	return (enum visitor_end)WEXITSTATUS(status);
}
