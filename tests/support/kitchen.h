#pragma once

#include "form/form.h"

/*
 * A form with one question of every kind that a ticket treats differently;
 * its numbers are in tests/ticket/slots.c.
 */
struct form *kitchen_form(void);
