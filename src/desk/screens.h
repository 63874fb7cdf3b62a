#pragma once

#include "desk/view.h"

/* The desk's screens, one a file or a handful that share one, with what about
 * is where they take any. */
extern const struct view desk_unlock_screen, desk_waiting_screen,
    desk_ticket_screen, desk_level_screen, desk_outcome_screen,
    desk_alert_screen, desk_keep_screen, desk_unfile_screen, desk_find_screen,
    desk_palette_screen, desk_help_screen, desk_menu_screen, desk_person_screen,
    desk_household_screen, desk_who_screen, desk_paper_screen;

/* about: struct directory_about (desk/directory.h) or NULL; struct
 * directory_referral. */
extern const struct view desk_directory_screen, desk_service_screen;

/* about: struct entity_name. */
extern const struct view desk_sponsorship_screen, desk_meeting_screen;
