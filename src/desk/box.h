#pragma once

#include <stdbool.h>

#include "base/fault.h"
#include "desk/box_state.h"
#include "desk/desk.h"
#include "ui/canvas.h"
#include "ui/key.h"

/*
 * A desk box from power to the locked desk: screens that come before there is
 * a record. Each start asks for the passphrase of the data and whether the
 * clock is right; the first one makes the box: passphrase, agency, key, the
 * key's paper and its rehearsal, the first user; or brings an agency back from
 * its paper and a stick.
 *
 * The screens are rows of one table (box_steps.c). What is due is read from how
 * things are, so that a box that lost power goes on where it was; a key is
 * written to the disk only after its paper was read back.
 */

/* language: "en" or "fr", the one it begins in. FAULT_SYSTEM, FAULT_FORMAT:
 * the words. The caller releases it with box_done(), after a fault too. */
MUST_CHECK enum fault box_init(struct box *box, const char *vault,
			       const char *folder, const char *language);
void box_done(struct box *box); /* wipes */

void box_draw(struct box *box, struct canvas *canvas);
void box_key(struct box *box, const struct ui_event *event);
/* Looks at what is waited for. */
void box_tick(struct box *box);

/* The screen is the kiosk's again; closed: the data are encrypted first. */
void box_give_back(struct box *box, bool closed);

/* The desk is closed; nothing of the data is open any more. */
void box_leave(struct box *box, enum desk_after after);

/* For the steps: goes to the first that is due, whatever was shown. */
void box_go_on(struct box *box);
