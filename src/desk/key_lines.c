#include "desk/key_lines.h"

#include "base/memory.h"
#include "desk/box_step.h"
#include "issue/key_paper.h"
#include "seal/secret.h"

#define LINE_CELLS 26 /* of one, with what is left between two */

int key_lines_draw(const struct agency_key *key, struct canvas *canvas,
		   struct canvas_area area)
{
	const int columns = area.h < KEY_LINES_ROOM ? 2 : 1;
	char name[KEY_PAPER_NAME], line[KEY_LINE_SPACED];

	key_paper_name(key, name);
	box_line(canvas, area.y, area.x + 4, area.w - 4, name, "en",
		 CANVAS_QUIET);
	for (int i = 0; i < KEY_LINES; i++) {
		SCOPED(char_wipep) char *text = NULL;

		key_line_write(agency_key_secret(key), i + 1, line);
		text = xasprintf("%d  %s", i + 1, line);
		box_line(canvas, area.y + 1 + i / columns,
			 area.x + 4 + i % columns * LINE_CELLS, LINE_CELLS,
			 text, "en", CANVAS_ACCENT);
	}
	secret_wipe(line, sizeof line);
	return 1 + KEY_LINES / columns + (columns == 1);
}
