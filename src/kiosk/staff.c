#include "kiosk/staff.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "base/process.h"
#include "card/pins.h"
#include "kiosk/session.h"
#include "ui/term.h"

/* A card that cannot be read at all is told, too: it is otherwise than what
 * was pinned. */
static bool differs(const struct home *home, const char *card)
{
	struct card_changes changes;
	struct card_folder folder;
	bool other;

	card_folder_read(card, NULL, &folder);
	other = card_compare(home, &folder, &changes) || changes.count;
	card_changes_done(&changes);
	card_folder_done(&folder);
	return other;
}

bool staff_is_asked(struct home *home, const char *card, enum staff_task *task)
{
	if (!card || home_is_demo(home))
		return false;
	*task = session_is_set_up(home) ? STAFF_CARD : STAFF_SETUP;
	return *task == STAFF_SETUP || differs(home, card);
}

static enum staff_end serve(const struct staff_wish *wish, int beat)
{
	struct term *term = NULL;
	enum staff_end end;

	if (term_open(TERM_DARK, &term))
		return STAFF_NO_SCREEN;
	end = session_run(wish, term, beat);
	term_free(term);
	return end;
}

enum fault staff_start(const struct staff_wish *wish, int beat, pid_t *child)
{
	enum staff_end end = STAFF_FAILED;

	*child = fork();
	if (*child < 0) {
		log_error("no process for the staff's screens: %s",
			  strerror(errno));
		return FAULT_SYSTEM;
	}
	if (*child)
		return FAULT_NONE;
	(void)prctl(PR_SET_PDEATHSIG, SIGTERM);
	/* Nobody answers anything here, and hashing a PIN takes more memory
	 * than may be locked. */
	if (!process_hide())
		end = serve(wish, beat);
	process_wipe_and_exit((int)end);
}

enum staff_end staff_ended(int status)
{
	if (!WIFEXITED(status) || WEXITSTATUS(status) < STAFF_LEFT ||
	    WEXITSTATUS(status) > STAFF_NO_SCREEN)
		return STAFF_FAILED;
	return (enum staff_end)WEXITSTATUS(status);
}
