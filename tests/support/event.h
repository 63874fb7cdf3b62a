#pragma once

#include "ui/key.h"

/* Events as a terminal would send them. */
static inline struct ui_event key_event(enum ui_key key)
{
	return (struct ui_event){ .key = key };
}

static inline struct ui_event text_event(uint32_t character)
{
	return (struct ui_event){ .key = UI_KEY_TEXT, .character = character };
}

static inline struct ui_event point_event(int y, int x)
{
	return (struct ui_event){ .key = UI_KEY_POINT, .y = y, .x = x };
}
