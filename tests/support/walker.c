#include "tests/support/walker.h"

#include <ctype.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "ask/question.h"
#include "ask/review.h"
#include "ask/seen.h"
#include "ask/step.h"
#include "ask/title.h"
#include "base/file.h"
#include "base/home.h"
#include "form/form.h"
#include "issue/lobby.h"
#include "tests/support/pty.h"
#include "text/cells.h"
#include "text/language.h"
#include "text/stamp.h"

#define PATIENCE 8000 /* ms for a screen to come */
#define HEADING 18    /* bytes of a heading that are looked for */
#define LABEL 24      /* bytes of a choice's label */
#define LINE 4096     /* bytes of a line in a PO file */
#define ROWS_MOST 80  /* keys down before a choice is given up */
#define PAGES_MOST 12 /* pages of a list */

struct walker {
	const struct walk *walk;
	struct walked *walked;
	struct home *home;
	struct lobby *lobby;
	struct form *form;
	struct run *run;
	json_t *answers;
	struct pty *pty;
	struct seen *seen;
};

static int64_t now_for(void *to)
{
	(void)to;
	return time(NULL) * 1000LL;
}

static const char *property(void *to, const char *name)
{
	return lobby_property(((struct walker *)to)->lobby, name);
}

/* --- the same form, beside the kiosk ----------------------------------------
 */

static bool open_form(struct walker *walker, struct run_world *world)
{
	SCOPED(char_freep) char *path = NULL;

	*world = (struct run_world){ .to = walker,
				     .now = now_for,
				     .property = property };
	if (home_open(walker->walk->home, &walker->home) ||
	    lobby_read(walker->home, &walker->lobby))
		return false;
	path = home_path(walker->home, HOME_FORMS, "intake.xml");
	return !form_read(path, NULL, &walker->form) &&
	       !run_new(walker->form, world, &walker->run);
}

/* "HOU HEA" for a list, "HOU" for one; NULL where there is no answer. */
static char *answer_for(const struct walker *walker, const struct node *node)
{
	json_t *answer = json_object_get(walker->answers, node_name(node));
	struct bytes out = { 0 };
	json_t *each;
	size_t i;

	if (!answer)
		return NULL;
	if (json_is_integer(answer))
		return xasprintf("%lld", (long long)json_integer_value(answer));
	if (json_is_string(answer))
		return xstrdup(json_string_value(answer));
	json_array_foreach(answer, i, each) bytes_add_format(
	    &out, "%s%s", i ? " " : "", json_string_value(each));
	return bytes_take_text(&out);
}

static void answer_beside(struct walker *walker, struct node *node,
			  const char *value)
{
	enum run_answer answer;

	if (run_set(walker->run, node, value, &answer) || answer != RUN_TAKEN)
		fprintf(stderr, "%s: \"%s\" is not taken\n", node_name(node),
			value);
}

/* --- keys -------------------------------------------------------------------
 */

/* What a keypad sends for a key; NULL: it has none such. */
static const char *button_for(const char *key)
{
	static const char *const buttons[][2] = {
		{ "\033[A", "\033[17~" },  { PTY_DOWN, "\033[18~" },
		{ "\033", "\033[19~" },    { "\t", "\033[20~" },
		{ PTY_ENTER, "\033[21~" },
	};

	for (size_t i = 0; i < COUNT(buttons); i++) {
		if (strcmp(key, buttons[i][0]) == 0)
			return buttons[i][1];
	}
	return NULL;
}

/* Slower than a scanner, so that no key is taken for a part of a scan. */
static void wait_a_little(void)
{
	static const struct timespec pause = { .tv_nsec = 25000000 };

	nanosleep(&pause, NULL);
}

static void press(struct walker *walker, const char *key)
{
	if (walker->walk->by == WALK_BUTTONS && !(key = button_for(key)))
		return;
	pty_send(walker->pty, key);
	wait_a_little();
}

/* The first bytes of a text, without the numbers before it and the marks
 * behind it, which a right-to-left line puts elsewhere. */
static char *head_of(const char *text, size_t most)
{
	char *head = xstrndup(text + strspn(text, "0123456789 "), most);
	size_t length = strlen(head);

	while (length && strchr(" .,?!:", head[length - 1]))
		head[--length] = 0;
	return head;
}

static char *label_of(struct node *node, const char *value)
{
	const struct choice_item *items;
	size_t count;

	if (node_choices(node, &items, &count))
		return NULL;
	for (size_t i = 0; i < count; i++) {
		if (strcmp(items[i].value, value) != 0)
			continue;
		/* A language's own name is looked for as cells show it. */
		return node_appears(node, "language")
			   ? text_visual(items[i].label, true)
			   : head_of(items[i].label, LABEL);
	}
	return NULL;
}

/* A text with letters for its digits, which some languages show as their own
 * and in an order of their own. Those of a placeholder stay. */
static void spell_digits(char *text)
{
	bool inside = false;

	for (; *text; text++) {
		inside = *text == '{' || (inside && *text != '}');
		if (!inside && *text >= '0' && *text <= '9')
			*text = (char)('a' + *text - '0');
	}
}

/* Where the label stands in a line, in English or in marked words. */
static const char *label_in(const char *line, const char *label)
{
	SCOPED(char_freep) char *marked = xstrdup(label);
	const char *words = strstr(line, label);

	spell_digits(marked);
	return words ? words : strstr(line, marked);
}

/* Whether the row with the marker has the label on it. */
static bool is_marked(struct walker *walker, const char *label)
{
	SCOPED(char_freep) char *screen = pty_screen(walker->pty);
	char *rest = NULL;

	for (char *line = strtok_r(screen, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest)) {
		const char *words = label_in(line, label);

		/* In columns the marker must be the one before these words. */
		if (words && (strstr(line, "▸") || strstr(words, "◂")) &&
		    (!strstr(line, "▸") || strstr(line, "▸") < words) &&
		    (!strstr(line, "▸") || words - strstr(line, "▸") < 16))
			return true;
	}
	return false;
}

/* Whether the marker is on the row that turns the page. */
static bool is_at_more(struct walker *walker)
{
	return pty_shows(walker->pty, "▸ 0 ") || pty_shows(walker->pty, "0 ◂");
}

/* The key that walks on: down a list; to and fro through a grid of three. */
static const char *next_key(struct walker *walker, const struct node *node,
			    int step)
{
	if (is_at_more(walker))
		return PTY_ENTER;
	if (walker->walk->by == WALK_BUTTONS ||
	    !node_appears(node, "language") || step % 3 == 2)
		return PTY_DOWN;
	return step / 3 % 2 ? PTY_LEFT : PTY_RIGHT;
}

/* Walks down the list, page after page, until the marker is on the row. */
static bool go_to(struct walker *walker, struct node *node, const char *value)
{
	SCOPED(char_freep) char *label = label_of(node, value);

	if (!label)
		return false;
	press(walker, "\033[H");
	for (int i = 0; i < ROWS_MOST; i++) {
		pty_settle(walker->pty, 30);
		if (is_marked(walker, label))
			return true;
		press(walker, next_key(walker, node, i));
	}

	SCOPED(char_freep) char *screen = pty_screen(walker->pty);

	fprintf(stderr, "%s: %s (%s) is not offered:\n%s\n", node_name(node),
		value, label, screen);
	return false;
}

/* --- fingers and number keys ------------------------------------------------
 */

struct spot {
	int row, column;
	char number; /* that stands beside the words; 0: none */
};

static bool is_digit(const char *at)
{
	return *at >= '0' && *at <= '9';
}

/* The number before a row's words; behind them where it is mirrored. */
static char number_beside(const char *line, const char *words)
{
	const char *end = words;

	while (end > line && !isalnum((unsigned char)end[-1]))
		end--;
	if (end > line && is_digit(end - 1))
		return end[-1];
	for (end = words + strlen(words); end > words; end--) {
		if (isalnum((unsigned char)end[-1]))
			break;
	}
	return end > words && is_digit(end - 1) ? end[-1] : 0;
}

/* The lowest place of words on the screen; of a list's rows alone, which have
 * numbers. */
static bool find(struct walker *walker, const char *words, bool numbered,
		 struct spot *out)
{
	SCOPED(char_freep) char *screen = pty_screen(walker->pty);
	char *rest = screen, *line;
	bool found = false;

	for (int row = 0; (line = strsep(&rest, "\n")); row++) {
		SCOPED(char_freep) char *padded = xasprintf("%s  ", line);
		const char *at = label_in(padded, words);
		char number = at ? number_beside(padded, at) : 0;

		if (!at || (numbered && !number))
			continue;
		padded[at - padded] = 0;
		*out = (struct spot){ row, text_cells(padded), number };
		found = true;
	}
	return found;
}

static void touch(struct walker *walker, const struct spot *spot, int beyond)
{
	pty_touch(walker->pty, spot->row, spot->column + beyond);
	wait_a_little();
}

/* Touches the lowest place of words, beyond cells behind its beginning. */
static bool touch_words(struct walker *walker, const char *words, int beyond)
{
	struct spot spot;
	bool found = find(walker, words, false, &spot);

	if (found)
		touch(walker, &spot, beyond);
	else
		fprintf(stderr, "\"%s\" is not there to touch\n", words);
	return found;
}

static bool turn_page(struct walker *walker)
{
	size_t frames = pty_frames(walker->pty);

	if (walker->walk->by == WALK_NUMBERS)
		press(walker, "0");
	else if (!touch_words(walker, "More", 0))
		return false;
	return pty_expect_frames(walker->pty, frames + 1, PATIENCE);
}

/* A row by its number, or by a finger on its words, page after page. */
static bool pick(struct walker *walker, struct node *node, const char *value)
{
	SCOPED(char_freep) char *label = label_of(node, value);
	struct spot spot;

	for (int i = 0; label && i < PAGES_MOST; i++) {
		if (find(walker, label, true, &spot)) {
			const char number[] = { spot.number, 0 };

			if (walker->walk->by == WALK_TOUCH)
				touch(walker, &spot, 0);
			else
				press(walker, number);
			return true;
		}
		if (!turn_page(walker))
			break;
	}
	fprintf(stderr, "%s: no row is %s\n", node_name(node), value);
	return false;
}

/* Whether a row can be told by its number: a label that begins with one would
 * be taken for it, and a page of languages has more rows than numbers. */
static bool has_number(struct node *node, const char *value)
{
	const struct choice_item *items;
	size_t count;

	if (node_appears(node, "language") ||
	    node_choices(node, &items, &count))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (strcmp(items[i].value, value) == 0)
			return !is_digit(items[i].label);
	}
	return false;
}

static bool choose(struct walker *walker, struct node *node, const char *value)
{
	enum walk_by by = walker->walk->by;

	if (by == WALK_TOUCH || (by == WALK_NUMBERS && has_number(node, value)))
		return pick(walker, node, value);
	if (!go_to(walker, node, value))
		return false;
	press(walker, PTY_ENTER);
	return true;
}

static bool go_on(struct walker *walker)
{
	struct spot spot;

	if (walker->walk->by != WALK_TOUCH) {
		press(walker, "\t");
		return true;
	}
	return touch_words(
	    walker, find(walker, "Next", false, &spot) ? "Next" : "Skip", 0);
}

/* Keys of the keyboard stand apart from each other, and words do not. */
static bool touch_letter(struct walker *walker, char letter)
{
	char key[] = { ' ', ' ', letter, ' ', ' ', 0 };
	size_t frames = pty_frames(walker->pty);
	struct spot spot;

	if (letter == ' ')
		touch_words(walker, "Space", 0);
	else if (find(walker, key, false, &spot) ||
		 (touch_words(walker, "⬆", 0) &&
		  pty_expect_frames(walker->pty, ++frames, PATIENCE) &&
		  find(walker, key, false, &spot)))
		touch(walker, &spot, 2);
	else
		fprintf(stderr, "no key is %c\n", letter);
	return pty_expect_frames(walker->pty, frames + 1, PATIENCE);
}

/* By the buttons on the screen: a number is counted up, a text spelt. */
static bool touch_value(struct walker *walker, const char *value)
{
	bool counts = !value[strspn(value, "0123456789")];
	int number = atoi(value);

	if (counts && !number)
		return touch_words(walker, "│ − │", 2) && go_on(walker);
	for (int i = 0; counts && i < number; i++) {
		if (!touch_words(walker, "│ + │", 2))
			return false;
	}
	for (; !counts && *value; value++) {
		if (!touch_letter(walker, *value))
			return false;
	}
	pty_settle(walker->pty, 60);
	return go_on(walker);
}

static bool pick_several(struct walker *walker, struct node *node,
			 const char *value)
{
	SCOPED(char_freep) char *list = xstrdup(value);
	char *rest = NULL;

	for (char *each = strtok_r(list, " ", &rest); each;
	     each = strtok_r(NULL, " ", &rest)) {
		size_t frames = pty_frames(walker->pty);

		if (!choose(walker, node, each) ||
		    !pty_expect_frames(walker->pty, frames + 1, PATIENCE))
			return false;
	}
	answer_beside(walker, node, value);
	return go_on(walker);
}

/* From blank, the first step up is to one; one down again is none. */
static void count_up(struct walker *walker, int number)
{
	for (int i = 0; i < number; i++)
		press(walker, "\033[A");
	if (!number)
		press(walker, PTY_DOWN);
}

static bool give(struct walker *walker, struct node *node, const char *value)
{
	if (node_kind(node) == NODE_SELECT)
		return choose(walker, node, value);
	if (walker->walk->by == WALK_TOUCH)
		return touch_value(walker, value);
	if (walker->walk->by == WALK_BUTTONS) {
		count_up(walker, atoi(value));
	} else {
		press(walker, "\x7f"); /* a suggestion goes at once */
		press(walker, value);
	}
	press(walker, PTY_ENTER);
	return true;
}

static bool answer_field(struct walker *walker, struct node *node)
{
	SCOPED(char_freep) char *value = answer_for(walker, node);
	const struct walk *walk = walker->walk;

	if (walk->at && strcmp(node_name(node), walk->at) == 0 &&
	    !pty_expect(walker->pty, walk->sees, PATIENCE))
		return false;
	if (!value || !value[0])
		return go_on(walker);
	if (node_kind(node) == NODE_SELECT && node_multiple(node))
		return pick_several(walker, node, value);
	if (!give(walker, node, value))
		return false;
	answer_beside(walker, node, value);
	return true;
}

/* --- screens ----------------------------------------------------------------
 */

static bool expect_heading(struct walker *walker, const struct step *step)
{
	SCOPED(char_freep) char *heading = title_words(step);
	SCOPED(char_freep)
	char *head = head_of(heading ? heading : "", HEADING);
	SCOPED(char_freep) char *screen = NULL;

	if (!pty_expect(walker->pty, head, PATIENCE))
		return false;
	if (walker->walk->tell) {
		pty_settle(walker->pty, 60);
		screen = pty_screen(walker->pty);
		printf("%s\n", screen);
	}
	return true;
}

static void count_screen(struct walker *walker, const char *name)
{
	bytes_add_format(&walker->walked->ids, "%s%s",
			 walker->walked->screens ? " " : "", name);
	walker->walked->screens++;
}

static bool walk_step(struct walker *walker, const struct step *step)
{
	bool counted = false;

	if (!expect_heading(walker, step))
		return false;
	for (size_t i = 0; i < step->count; i++) {
		if (!step_asks(step, i))
			continue;
		if (!counted)
			count_screen(walker, node_name(step->field[i]));
		counted = true;
		if (!answer_field(walker, step->field[i]))
			return false;
	}
	return true;
}

static bool walk_from(struct walker *walker, struct step step)
{
	do {
		seen_note(walker->seen, &step);
		if (!walk_step(walker, &step))
			return false;
	} while (seen_next_new(walker->seen, &step, &step));
	return true;
}

/* The review: the question asked there, further questions, then the paper. */
static bool walk_review(struct walker *walker)
{
	struct node *review = review_node(walker->run);
	struct node *asks = review_asks(walker->run);
	SCOPED(char_freep) char *heading = NULL;
	struct step step = { .field = { asks }, .count = 1 };

	if (!review)
		return true;
	count_screen(walker, node_name(review));
	heading = node_label(review);
	heading[HEADING] = 0;
	if (!pty_expect(walker->pty, heading, PATIENCE))
		return false;
	if (asks) {
		SCOPED(char_freep) char *value = answer_for(walker, asks);

		if (!value || !choose(walker, asks, value))
			return false;
		answer_beside(walker, asks, value);
		if (!seen_next_new(walker->seen, &step, &step))
			return true;
		if (!walk_from(walker, step) ||
		    !pty_expect(walker->pty, heading, PATIENCE))
			return false;
	}
	if (walker->walk->by == WALK_TOUCH)
		return touch_words(walker, "Finish and print", 0);
	press(walker, "\033[H");
	press(walker, PTY_ENTER);
	return true;
}

/* Where nothing stands in the way, a finger goes anywhere. */
static void pass(struct walker *walker)
{
	const struct spot middle = { .row = walker->walk->rows / 2,
				     .column = walker->walk->columns / 2 };

	if (walker->walk->by == WALK_TOUCH)
		touch(walker, &middle, 0);
	else
		press(walker, PTY_ENTER);
}

static bool walk_all(struct walker *walker)
{
	struct step step;

	if (!pty_expect_frames(walker->pty, 1, PATIENCE))
		return false;
	pass(walker);
	if (!step_first(walker->run, &step) || !walk_from(walker, step) ||
	    !walk_review(walker) ||
	    !pty_expect(walker->pty, walker->lobby->kiosk, PATIENCE))
		return false;
	if (walker->walk->tell) {
		SCOPED(char_freep) char *screen = pty_screen(walker->pty);

		printf("%s\n", screen);
	}
	/* The closing screen passes over keys that come too soon. */
	while (pty_wait(walker->pty, 500) < 0)
		pass(walker);
	return true;
}

static struct pty *start_kiosk(const struct walk *walk)
{
	const char *build = getenv("FOYER_BUILD");
	SCOPED(char_freep)
	char *program =
	    xasprintf("%s/foyer-kiosk", build ? build : "build/debug");
	SCOPED(char_freep)
	char *data = walk->data ? xasprintf("FOYER_DATA=%s", walk->data) : NULL;
	const char *argv[] = { program, "--home", walk->home, "--once", NULL };
	const char *extra[] = { data, NULL };

	return pty_start(argv, extra, walk->rows, walk->columns);
}

bool walker_walk(const struct walk *walk, struct walked *walked)
{
	struct walker walker = { .walk = walk, .walked = walked };
	struct run_world world;
	json_error_t error;
	bool walks;

	*walked = (struct walked){ 0 };
	walker.seen = seen_new();
	walker.answers = json_loads(walk->answers, 0, &error);
	walks = walker.answers && open_form(&walker, &world);
	if (walks) {
		walker.pty = start_kiosk(walk);
		walks = walk_all(&walker);
		walked->flashed = pty_has_flashed(walker.pty);
		walked->status = pty_stop(walker.pty);
	}
	seen_free(walker.seen);
	run_free(walker.run);
	form_free(walker.form);
	lobby_free(walker.lobby);
	home_free(walker.home);
	json_decref(walker.answers);
	return walks;
}

void walked_done(struct walked *walked)
{
	bytes_done(&walked->ids);
}

/* --- homes and words --------------------------------------------------------
 */

bool walker_home(const char *folder)
{
	const char *build = getenv("FOYER_BUILD");
	SCOPED(char_freep)
	char *make = xasprintf("%s/foyer demo new --home '%s' >/dev/null",
			       build ? build : "build/debug", folder);
	SCOPED(char_freep) char *path = xasprintf("%s/foyer.ini", folder);
	FILE *settings;

	if (system(make) != 0 || !(settings = fopen(path, "a")))
		return false;
	fprintf(settings,
		"\n[printer]\naddress = file:%s/paper.png\n"
		"\n[languages]\ndrafts =",
		folder);
	for (size_t i = 0; i < language_count(); i++)
		fprintf(settings, " %s", language_at(i)->tag);
	fprintf(settings, "\n");
	return fclose(settings) == 0;
}

bool walker_buttons(const char *folder)
{
	SCOPED(char_freep) char *path = xasprintf("%s/foyer.ini", folder);
	FILE *settings = fopen(path, "a");

	if (!settings)
		return false;
	fprintf(settings, "\n[keys]\nup = F6\ndown = F7\nback = F8\nskip = "
			  "F9\nyes = F10\nperson = F12\n");
	return fclose(settings) == 0;
}

/* English with a mark behind, in letters that most languages do not use: the
 * msgid of each entry, which English catalogues leave untranslated, or its
 * msgstr. */
static void mark_line(FILE *to, const char *line, const char *tag, char *msgid)
{
	static const char key[] = "msgid \"", value[] = "msgstr \"";
	char text[LINE] = "\"";

	if (strncmp(line, key, sizeof key - 1) == 0)
		strcpy(msgid, line + sizeof key - 1);
	if (strncmp(line, value, sizeof value - 1) == 0)
		strcpy(text, line[sizeof value - 1] == '"'
				 ? msgid
				 : line + sizeof value - 1);
	spell_digits(text);
	if (strncmp(line, "msgctxt", 7) == 0)
		fputs("#, foyer-same\n", to);
	if (strncmp(line, "\"Language:", 10) == 0)
		fprintf(to, "\"Language: %s\\n\"\n", tag);
	else if (strncmp(line, "\"X-Foyer-Status:", 16) == 0)
		fprintf(to, "\"X-Foyer-Status: draft\\n\"\n");
	else if (text[0] != '"')
		fprintf(to, "msgstr \"%.*s ·\"\n", (int)strlen(text) - 2, text);
	else
		fputs(line, to);
}

static bool mark_file(const char *domain, const char *tag, const char *folder)
{
	SCOPED(char_freep)
	char *from = xasprintf("translations/%s.en.po", domain);
	SCOPED(char_freep)
	char *path = xasprintf("%s/translations/%s.%s.po", folder, domain, tag);
	FILE *in = fopen(from, "r"), *out = in ? fopen(path, "w") : NULL;
	char line[LINE], msgid[LINE] = "\"";

	while (out && fgets(line, sizeof line, in)) {
		if (strcmp(tag, "en") == 0)
			fputs(line, out);
		else
			mark_line(out, line, tag, msgid);
	}
	if (in)
		fclose(in);
	return out && fclose(out) == 0;
}

bool walker_data(const char *folder)
{
	static const char *const domains[] = { "kiosk", "ticket", "intake" };
	SCOPED(char_freep) char *below = xasprintf("%s/translations", folder);
	SCOPED(char_freep) char *index = xasprintf("%s/%s", below, STAMPS_NAME);
	SCOPED(stamps_freep) struct stamps *stamps = stamps_new(below);

	if (mkdir(below, 0700))
		return false;
	for (size_t i = 0; i < language_count(); i++) {
		for (size_t j = 0; j < COUNT(domains); j++) {
			const char *tag = language_at(i)->tag;
			SCOPED(char_freep)
			char *name = xasprintf("%s.%s.po", domains[j], tag);

			if (!mark_file(domains[j], tag, folder) ||
			    stamps_add(stamps, &(struct stamp){ .name = name }))
				return false;
		}
	}
	return !stamps_write(stamps, index);
}
