#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include "base/memory.h"
#include "tests/support/traces.h"

/*
 * A real terminal that shows what a program writes, full screen: foot, as the
 * kiosk's image has it, on a compositor that shows it to nobody. Keys do not
 * come from it. Both run as nobody where the caller is root.
 */
struct foot;

/* Its cells, in pixels. */
#define FOOT_CELL_WIDTH 17
#define FOOT_CELL_HEIGHT 42

/* One of so many cells. Needs sway, foot and grim; the test fails where none
 * comes. */
struct foot *foot_start(int rows, int columns);
void foot_free(struct foot *foot); /* NULL is fine */
DEFINE_SCOPED(struct foot, foot_free)

/* Where a program's bytes are written to, to be shown. */
int foot_screen(const struct foot *foot);

/* Back when all that was written is shown, and it is what is seen now. The
 * caller frees the pixels. */
struct traces_picture foot_picture(struct foot *foot);

/* The terminal's process and the compositor's. */
#define FOOT_PROCESSES 2
void foot_processes(const struct foot *foot, pid_t processes[FOOT_PROCESSES]);

/* The program has ended: the terminal does, too. False: it does not. */
bool foot_end(struct foot *foot);
