#pragma once

#include "desk/desk.h"
#include "ui/term.h"

/*
 * Runs a desk until it is left: one poll() over the keyboard and the scanner,
 * whose tickets are taken on every screen. picture: a ticket that is at the
 * scanner when the desk is first unlocked, or NULL.
 */
void loop_run(struct desk *desk, struct term *term, const char *picture);

/* What a key, a click or a resize does at a desk. */
void loop_key(struct desk *desk, const struct ui_event *event);

/* What time does to the uppermost screen. */
void loop_tick(struct desk *desk);

/* How long it is waited for keys and scans at most, in ms: 0 where a screen has
 * work to do. */
int loop_patience(const struct desk *desk);

/* What another desk changed is read anew; called twice a second. */
void loop_look(struct desk *desk);
