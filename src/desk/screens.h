#pragma once

#include "ui/screen.h"

/* The desk's screens, one a file or a handful that share one. Their enter() is
 * handed the desk. */
extern const struct screen_ops desk_unlock_screen, desk_waiting_screen,
    desk_ticket_screen, desk_level_screen, desk_outcome_screen,
    desk_alert_screen, desk_keep_screen, desk_find_screen, desk_do_screen,
    desk_help_screen;
