#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "seal/card.h"

/*
 * An agency's public key as text: frame 585's digits, with blanks or a line
 * end behind them. False where it is not that.
 */
bool agency_text_read(const char *text, size_t length, struct card *card);
