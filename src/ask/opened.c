#include "ask/opened.h"

#include <stdlib.h>

#include "speech/prompts.h"
#include "ui/message.h"

struct opened {
	const struct review_row *row;
	const struct ask_look *look;
	struct message *message;
};

static const struct {
	const char *word;
	enum opened_event does;
} ways[] = {
	{ "kiosk.change", OPENED_CHANGE },
	{ "kiosk.erase", OPENED_ERASE },
	{ "kiosk.back", OPENED_KEEP },
};

static bool has_way(const struct opened *opened, size_t way)
{
	return ways[way].does != OPENED_ERASE ||
	       !node_required(opened->row->node);
}

/* The way of the key that is pressed or has the focus: without "erase" the keys
 * behind it move up. */
static size_t selected_way(const struct opened *opened)
{
	size_t place = message_selected(opened->message), way = 0;

	while (!has_way(opened, way) || place--)
		way++;
	return way;
}

struct opened *opened_new(const struct review_row *row,
			  const struct ask_look *look)
{
	struct opened *opened = xcalloc(1, sizeof *opened);
	struct message_key keys[COUNT(ways)];
	size_t count = 0;

	opened->row = row;
	opened->look = look;
	for (size_t i = 0; i < COUNT(ways); i++) {
		if (!has_way(opened, i))
			continue;
		keys[count++] = (struct message_key){
			.word = catalogue_word(look->words, ways[i].word),
			.character = (uint32_t)('1' + i),
		};
	}
	opened->message = message_new(&(struct message_options){
	    .language = look->language->tag,
	    .heading = row->question,
	    .text = row->answer,
	    .keys = keys,
	    .count = count,
	    .colour = CANVAS_INK,
	});
	for (size_t i = 0; i < count; i++)
		free((char *)keys[i].word);
	return opened;
}

void opened_free(struct opened *opened)
{
	if (!opened)
		return;
	message_free(opened->message);
	free(opened);
}

void opened_draw(struct opened *opened, struct canvas *canvas)
{
	message_draw(opened->message, canvas,
		     (struct canvas_area){ 0, 0, canvas_rows(canvas),
					   canvas_columns(canvas) });
}

enum opened_event opened_key(struct opened *opened,
			     const struct ui_event *event)
{
	switch (message_key(opened->message, event)) {
	case MESSAGE_PRESSED:
		return ways[selected_way(opened)].does;
	case MESSAGE_CANCELLED:
		return OPENED_KEEP;
	case MESSAGE_MOVED:
		return OPENED_MOVED;
	default:
		return OPENED_IGNORED;
	}
}

static void say_way(const struct opened *opened, size_t way,
		    struct prompts *out)
{
	SCOPED(char_freep)
	char *word = catalogue_word(opened->look->words, ways[way].word);

	prompts_add(out, &(struct prompt){
			     .part = PROMPT_ROW,
			     .language = opened->look->language->tag,
			     .key = ways[way].word,
			     .text = word,
			     .number = (int)way + 1,
			     .focused = way == selected_way(opened),
			 });
}

void opened_say(const struct opened *opened, struct prompts *out)
{
	const struct prompt question = {
		.part = PROMPT_LEAD,
		.language = opened->look->language->tag,
		.text = opened->row->question,
		.private = opened->row->quotes,
	};
	const struct prompt answer = {
		.part = PROMPT_LEAD,
		.language = opened->look->language->tag,
		.text = opened->row->answer,
		.private = true,
	};

	prompts_add(out, &question);
	prompts_add(out, &answer);
	for (size_t i = 0; i < COUNT(ways); i++) {
		if (has_way(opened, i))
			say_way(opened, i, out);
	}
}

struct node *opened_node(const struct opened *opened)
{
	return opened->row->node;
}
