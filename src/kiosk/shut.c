#include "kiosk/shut.h"

#include <sys/ioctl.h>
#include <termios.h>

#include "base/jail.h"
#include "base/process.h"
#include "kiosk/visit.h"

/* What a terminal is asked. Putting letters into its input is not among it. */
static const unsigned terminal[] = { TCGETS, TCSETS, TCSETSW,    TCSETSF,
				     TCFLSH, TCXONC, TIOCGWINSZ, FIONREAD };

/* A process that tries to get out is nobody's any more. */
static void trespass(void)
{
	process_wipe_and_exit(VISITOR_TROUBLE);
}

enum fault shut_in(struct visit *visit)
{
	const pid_t speaker = aloud_process(visit->aloud);
	const pid_t children[] = { porter_process(visit->porter), speaker };

	issuer_entrust(visit->hall->issuer, porter_keeper(visit->porter));
	return jail_enter(&(struct jail_rules){
	    .lender = porter_lender(visit->porter),
	    .ioctls = terminal,
	    .ioctl_count = COUNT(terminal),
	    .children = children,
	    .child_count = speaker ? 2 : 1,
	    .trespass = trespass,
	});
}
