#include "desk/actions.h"

#include "desk/appointments.h"
#include "desk/audit.h"
#include "desk/box_menu.h"
#include "desk/desk.h"
#include "desk/directory.h"
#include "desk/reports.h"
#include "desk/screens.h"
#include "desk/suggest.h"
#include "desk/undo.h"
#include "desk/users.h"
#include "record/kind.h"

static bool is_unlocked(const struct desk *desk, const void *state)
{
	(void)state;
	return !desk_locked(desk);
}

static bool may_go_back(const struct desk *desk, const void *state)
{
	return is_unlocked(desk, state) &&
	       stack_top(&desk->stack) != &desk_waiting_screen;
}

static bool is_box(const struct desk *desk, const void *state)
{
	return desk->vault && is_unlocked(desk, state) &&
	       stack_top(&desk->stack) != &desk_box_screen;
}

static void show_box(struct desk *desk, void *state)
{
	(void)state;
	desk_open(desk, &desk_box_screen, NULL);
}

static void find(struct desk *desk, void *state)
{
	(void)state;
	desk_open(desk, &desk_find_screen, NULL);
}

static void show_lists(struct desk *desk, void *state)
{
	(void)state;
	desk_open(desk, &desk_menu_screen, NULL);
}

static void show_directory(struct desk *desk, void *state)
{
	(void)state;
	directory_open_for(desk, 0, NULL);
}

static void do_by_name(struct desk *desk, void *state)
{
	(void)state;
	desk_open(desk, &desk_palette_screen, NULL);
}

static void show_help(struct desk *desk, void *state)
{
	(void)state;
	desk_open(desk, &desk_help_screen, NULL);
}

static void undo(struct desk *desk, void *state)
{
	(void)state;
	undo_last(desk);
}

static void back(struct desk *desk, void *state)
{
	(void)state;
	(void)desk_back(desk);
}

static void lock(struct desk *desk, void *state)
{
	(void)state;
	desk_lock(desk);
}

static void leave(struct desk *desk, void *state)
{
	(void)state;
	(void)desk_leave(desk);
}

/* From the waiting list alone: no other keys line gives up a word for it. */
static bool may_type_in(const struct desk *desk, const void *state)
{
	return is_unlocked(desk, state) && !may_go_back(desk, state);
}

static void type_in(struct desk *desk, void *state)
{
	(void)state;
	desk_open(desk, &desk_paper_screen, NULL);
}

/* --- for some roles -------------------------------------------------------
 */

static bool has_role(const struct desk *desk, unsigned role)
{
	const unsigned roles = desk->staff.who.roles;

	return !desk_locked(desk) && (!roles || roles & role);
}

static bool has_people(const struct desk *desk, const void *state)
{
	(void)state;
	return has_role(desk, ROLES_FRONT);
}

static void show_appointments(struct desk *desk, void *state)
{
	(void)state;
	desk_open(desk, &desk_appointments_screen, NULL);
}

static bool may_manage(const struct desk *desk, const void *state)
{
	(void)state;
	return has_role(desk, ROLE_ADMINISTRATOR) &&
	       stack_top(&desk->stack) != &desk_users_screen;
}

static void show_users(struct desk *desk, void *state)
{
	(void)state;
	desk_open(desk, &desk_users_screen, NULL);
}

static bool may_audit(const struct desk *desk, const void *state)
{
	(void)state;
	return has_role(desk, ROLE_AUDITOR) &&
	       stack_top(&desk->stack) != &desk_audit_screen;
}

static void show_audit(struct desk *desk, void *state)
{
	(void)state;
	desk_open(desk, &desk_audit_screen, NULL);
}

static bool may_report(const struct desk *desk, const void *state)
{
	(void)state;
	return !desk_locked(desk) && reports_may(desk) &&
	       stack_top(&desk->stack) != &desk_reports_screen;
}

static void show_reports(struct desk *desk, void *state)
{
	(void)state;
	desk_open(desk, &desk_reports_screen, NULL);
}

static bool is_own(const struct desk *desk, const void *state)
{
	return is_unlocked(desk, state) && desk->staff.who.id != 0;
}

static void change_own(struct desk *desk, void *state)
{
	(void)state;
	users_change_own(desk);
}

/* --- beside the work ------------------------------------------------------
 */

static void make_suggestion(struct desk *desk, void *state)
{
	(void)state;
	suggest(desk);
}

const struct action desk_actions[] = {
	{ '\033', "desk.back", "desk.back_about", may_go_back, back },
	{ '/', "desk.find", "desk.find_about", is_unlocked, find },
	{ 'g', "desk.lists", "desk.lists_about", is_unlocked, show_lists },
	{ 'u', "desk.undo", "desk.undo_last_about", is_unlocked, undo },
	{ 'd', "desk.directory", "desk.directory_about", is_unlocked,
	  show_directory },
	{ 'P', "typing.key", "typing.key_about", may_type_in, type_in },
	{ 'B', "box.key", "box.menu_about", is_box, show_box },
	{ '!', "desk.suggest", "desk.suggest_about", is_unlocked,
	  make_suggestion },
	{ ':', "desk.do", "desk.do_about", is_unlocked, do_by_name },
	{ '?', "desk.help", "desk.help_about", is_unlocked, show_help },
	{ 'l', "desk.lock", "desk.lock_about", is_unlocked, lock },
	{ 'q', "desk.leave", "desk.leave_about", is_unlocked, leave },
	/* Done seldom. */
	{ 'D', "desk.appointments", "desk.appointments_about", has_people,
	  show_appointments },
	{ 'U', "users.users", "users.users_about", may_manage, show_users },
	{ 'A', "audit.audit", "audit.audit_about", may_audit, show_audit },
	{ 'R', "reports.reports", "reports.about", may_report, show_reports },
	{ 'K', "users.own", "users.own_about", is_own, change_own },
};
#define SELDOM 5
const size_t desk_action_count = COUNT(desk_actions);
const size_t desk_line_count = COUNT(desk_actions) - SELDOM;
