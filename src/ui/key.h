#pragma once

#include <stdbool.h>
#include <stdint.h>

/* What a key press, a touch or a click means to us, whatever was sent. */
enum ui_key {
	UI_KEY_NONE,
	UI_KEY_TEXT, /* a character: event.character */
	UI_KEY_UP,
	UI_KEY_DOWN,
	UI_KEY_LEFT,
	UI_KEY_RIGHT,
	UI_KEY_PAGE_UP,
	UI_KEY_PAGE_DOWN,
	UI_KEY_HOME,
	UI_KEY_END,
	UI_KEY_ENTER,
	UI_KEY_ESCAPE,
	UI_KEY_TAB, /* event.character is 1 with Shift: backwards */
	UI_KEY_BACKSPACE,
	UI_KEY_DELETE,
	UI_KEY_FUNCTION, /* F1..F12: event.character is 1..12 */
	UI_KEY_POINT,    /* a touch or left click: event.y, event.x in cells */
	UI_KEY_WHEEL_UP,
	UI_KEY_WHEEL_DOWN,
	UI_KEY_RESIZE, /* the grid changed: draw again */
	UI_KEY_SCAN,   /* a recognised ticket scan; the digits are elsewhere */
};

struct ui_event {
	enum ui_key key;
	uint32_t character; /* Unicode scalar */
	int y, x;
	int64_t at; /* milliseconds, monotonic */
};

/* Whether it came from a keyboard, or a scanner that types like one: neither a
 * touch, nor a wheel, nor a resize. */
bool ui_event_typed(const struct ui_event *event);

/* The character it types, as a scanner's wedge counts it: Enter is '\r', Tab
 * '\t', every other key without one 0. */
uint32_t ui_event_character(const struct ui_event *event);

/* A typed event, or a touch within 65536 cells, as one number, for whoever
 * holds it back, and again as an event that came at the time given. */
uint64_t ui_event_packed(const struct ui_event *event);
struct ui_event ui_event_unpacked(uint64_t packed, int64_t at);
