#pragma once

#include <stdbool.h>

#include "vault/message.h"
#include "vault/place.h"

/*
 * The USB sticks, and cards in USB readers, that hold a FAT or exFAT file
 * system, by the kernel's names; of each disk the first partition that does.
 * What the box itself runs from is none, nor is anything that is mounted
 * elsewhere. At most VAULT_STICKS.
 */
void sticks_list(const struct vault_place *place, struct vault_answer *answer);

/*
 * The disks behind USB of which nothing is mounted at all, by the kernel's
 * names, with what their maker calls them. At most VAULT_STICKS.
 */
void cards_list(const struct vault_place *place, struct vault_answer *answer);
/* Whether that list has one now. */
bool cards_have(const struct vault_place *place, const char *name);

/* The type to mount it as, where the list has it now; NULL: it has not. */
const char *sticks_type(const struct vault_place *place, const char *name);
