#pragma once

#include "desk/view.h"

/*
 * The agency's keys at a desk box: the present one and old ones, another in its
 * place, its code for kiosks, one that another desk put on a stick; and the
 * kiosks whose tickets are taken, with what ends that. For administrators alone
 * (desk/box_menu.c).
 */
extern const struct view desk_keys_screen, desk_key_change_screen,
    desk_key_code_screen, desk_kiosks_screen;

extern const struct view desk_key_take_screen; /* about: struct bytes, a file */

extern const struct view desk_revoke_screen; /* about: struct revoke_about */
#define REVOKE_NAME 32
struct revoke_about {
	unsigned char key[32]; /* the kiosk's */
	char name[REVOKE_NAME];
	unsigned last_filed;
};
