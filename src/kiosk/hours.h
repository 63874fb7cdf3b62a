#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/settings.h"

/*
 * Opening hours from foyer.ini, a weekday a line, no line for a closed day:
 *
 *   [hours]
 *   monday = 08:30-12:00 13:00-16:30
 *   friday = 20:00-02:00
 *
 * A span that ends before it begins goes on past midnight: the last one here
 * to two o'clock on Saturday. 24:00 is the day's end. Without any such line
 * the lobby is always open. minute counts from local midnight; weekday 0 is
 * Monday. What cannot be read counts as open all day: a person at the
 * door is not sent away for a misprint; settings_check() tells it.
 */
bool hours_open(const struct settings *settings, int weekday, int minute);
