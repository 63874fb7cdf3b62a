#include "ui/progress.h"

#include <string.h>

void progress_draw(struct canvas *canvas, int y, int x, size_t done,
		   size_t total)
{
	size_t dots = total < PROGRESS_DOTS ? total : PROGRESS_DOTS;

	for (size_t i = 0; i < dots; i++) {
		bool past = i * total < done * dots;

		canvas_text(canvas, &(struct canvas_text){
					.y = y,
					.x = x + (int)i * 2,
					.h = 1,
					.w = 1,
					.text = past ? "●" : "○",
					.language = "en",
					.colour = CANVAS_QUIET,
					.caret = -1,
				    });
	}
}

int progress_cells(size_t total)
{
	size_t dots = total < PROGRESS_DOTS ? total : PROGRESS_DOTS;

	return dots ? (int)dots * 2 - 1 : 0;
}

void progress_bar(struct canvas *canvas, int y, int x, int w, int full,
		  enum canvas_colour colour)
{
	int cells = (full * w + 999) / 1000;

	for (int i = 0; i < w; i++)
		canvas_text(canvas,
			    &(struct canvas_text){
				.y = y,
				.x = x + i,
				.h = 1,
				.w = 1,
				.text = i < cells ? "▬" : "·",
				.language = "en",
				.colour = i < cells ? colour : CANVAS_QUIET,
				.caret = -1,
			    });
}
