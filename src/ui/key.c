#include "ui/key.h"

bool ui_event_typed(const struct ui_event *event)
{
	return event->key != UI_KEY_POINT && event->key != UI_KEY_RESIZE &&
	       event->key != UI_KEY_WHEEL_UP && event->key != UI_KEY_WHEEL_DOWN;
}

uint32_t ui_event_character(const struct ui_event *event)
{
	switch (event->key) {
	case UI_KEY_TEXT:
		return event->character;
	case UI_KEY_ENTER:
		return '\r';
	case UI_KEY_TAB:
		return '\t';
	default:
		return 0;
	}
}

uint64_t ui_event_packed(const struct ui_event *event)
{
	const uint32_t cell =
	    (uint32_t)event->y << 16 | ((uint32_t)event->x & 0xffff);

	return (uint64_t)event->key << 32 |
	       (event->key == UI_KEY_POINT ? cell : event->character);
}

struct ui_event ui_event_unpacked(uint64_t packed, int64_t at)
{
	struct ui_event event = { .key = (enum ui_key)(packed >> 32),
				  .at = at };

	if (event.key == UI_KEY_POINT) {
		event.y = (int)(packed >> 16 & 0xffff);
		event.x = (int)(packed & 0xffff);
	} else {
		event.character = (uint32_t)packed;
	}
	return event;
}
