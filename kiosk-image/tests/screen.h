#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"

/* A picture of an emulated screen, as QEMU dumps it. */
struct screen {
	int width, height;
	uint8_t *dots; /* red, green, blue; row after row */
};

/* NULL: no whole picture is there. */
struct screen *screen_read(const char *path);
void screen_free(struct screen *screen); /* NULL is fine */
DEFINE_SCOPED(struct screen, screen_free)

bool screen_same(const struct screen *one, const struct screen *other);

/* Whether any dot differs within rows from top up to bottom. */
bool screen_differs(const struct screen *one, const struct screen *other,
		    int top, int bottom);

/* How many colours it has: 1 is a screen that shows nothing. */
int screen_colours(const struct screen *screen);

/* What a QR code on it says; NULL: there is none. The caller frees it. */
char *screen_code(const struct screen *screen);

/* Reads such a PNG; NULL: there is none. The caller frees it. */
struct screen *screen_load(const char *path);

/* Writes it as a PNG, for people; false where it cannot. */
bool screen_save(const struct screen *screen, const char *path);
