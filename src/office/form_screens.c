#include "office/form_screens.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "ask/interview.h"
#include "base/data.h"
#include "office/form.h"
#include "office/form_lines.h"
#include "ui/album.h"
#include "ui/canvas.h"
#include "ui/term.h"

struct screens {
	struct form_tongue *tongue;
	struct term *term;
	struct run *run;
	struct album *album;
	struct ask_look look;
	enum term_theme theme;
	struct interview *interview; /* NULL: the first screen is up */
	bool over, finished;
};

/* --- what the questions ask of a program -------------------------------------
 */

static bool offers(void *to, const char *tag)
{
	const struct screens *screens = to;
	const struct language *language = language_find(tag);

	return !language ||
	       (form_tongue_has(tag) && (language->drawing != LANGUAGE_PLATES ||
					 term_has_plates(screens->term)));
}

static const struct drawing *picture(void *to, const char *address)
{
	const struct screens *screens = to;

	return album_find(screens->album, address);
}

/* A choice that is no language leaves the one that is spoken. */
static void speaks(void *to, const char *tag)
{
	struct screens *screens = to;
	struct node *reserved = run_named(screens->run, "language");
	enum run_answer answer;

	if (!form_tongue_has(tag) || form_tongue_speak(screens->tongue, tag))
		return;
	screens->look.language = screens->tongue->language;
	screens->look.words = screens->tongue->words;
	tag = screens->tongue->language->tag;
	run_set_language(screens->run, tag);
	if (reserved && run_put(screens->run, reserved, tag, &answer))
		screens->over = true;
}

static void look_at(struct screens *screens)
{
	screens->look = (struct ask_look){
		.language = screens->tongue->language,
		.words = screens->tongue->words,
		.text_size = 1,
		.form = form_id(screens->tongue->form),
		.offers = offers,
		.picture = picture,
		.to = screens,
	};
}

/* --- drawing -----------------------------------------------------------------
 */

static void draw_first(const struct screens *screens, struct canvas *canvas)
{
	SCOPED(char_freep)
	char *text = xasprintf(
	    "A preview of %s.\n\nThe questions are asked as at a kiosk. "
	    "Nothing "
	    "is kept, sealed or printed.\n\nEnter: begin. F9: leave, on any "
	    "screen.",
	    form_title(screens->tongue->form));

	canvas_clear(canvas);
	canvas_text(canvas,
		    &(struct canvas_text){
			.y = 1,
			.x = SURROUND_MARGIN,
			.h = canvas_rows(canvas) - 1,
			.w = canvas_columns(canvas) - 2 * SURROUND_MARGIN,
			.text = text,
			.language = "en",
			.caret = -1,
		    });
}

static void draw(struct screens *screens)
{
	SCOPED(canvas_freep)
	struct canvas *canvas =
	    canvas_new(term_rows(screens->term), term_columns(screens->term),
		       term_has_plates(screens->term));

	if (screens->interview)
		interview_draw(screens->interview, canvas);
	else
		draw_first(screens, canvas);
	term_show(screens->term, canvas);
}

/* --- keys --------------------------------------------------------------------
 */

static enum fault begin(struct screens *screens)
{
	return interview_new(
	    &(struct interview_options){ .run = screens->run,
					 .look = &screens->look,
					 .speaks = speaks,
					 .to = screens },
	    &screens->interview);
}

static void cycle_theme(struct screens *screens)
{
	screens->theme = (screens->theme + 1) % (TERM_STRONG + 1);
	term_set_theme(screens->term, screens->theme);
}

/* A preview has nobody to call and nothing to erase. */
static void act(struct screens *screens, enum surround_action action)
{
	switch (action) {
	case SURROUND_BIGGER:
		screens->look.text_size =
		    screens->look.text_size % ASK_SIZES + 1;
		break;
	case SURROUND_HAND:
		screens->look.left_handed = !screens->look.left_handed;
		break;
	case SURROUND_COLOURS:
		cycle_theme(screens);
		break;
	case SURROUND_START_OVER:
		screens->over = true;
		break;
	default:
		break;
	}
}

static enum fault take(struct screens *screens, const struct ui_event *event)
{
	enum surround_action action;
	enum interview_event what;
	enum fault fault;

	if (!screens->interview && event->key == UI_KEY_ENTER)
		return begin(screens);
	if (!screens->interview)
		return FAULT_NONE;
	fault = interview_key(screens->interview, event, &what, &action);
	if (!fault && what == INTERVIEW_SHOWN)
		fault = interview_go_on(screens->interview, &what);
	if (fault)
		return fault;
	screens->finished = what == INTERVIEW_FINISHED;
	screens->over |= screens->finished || what == INTERVIEW_LEFT;
	if (what == INTERVIEW_ACTION)
		act(screens, action);
	return FAULT_NONE;
}

static enum fault wait_and_take(struct screens *screens)
{
	struct pollfd wait = { term_input(screens->term), POLLIN, 0 };
	struct ui_event event;
	enum fault fault = FAULT_NONE;

	(void)poll(&wait, 1, -1);
	if (wait.revents & (POLLHUP | POLLERR))
		screens->over = true;
	while (!fault && !screens->over &&
	       (event = term_event(screens->term)).key != UI_KEY_NONE) {
		bool leaves =
		    !screens->interview &&
		    (event.key == UI_KEY_ESCAPE ||
		     (event.key == UI_KEY_FUNCTION && event.character == 9));

		if (leaves)
			screens->over = true;
		else
			fault = take(screens, &event);
	}
	return fault;
}

/* --- the whole ---------------------------------------------------------------
 */

static enum fault tell(struct run *run, enum form_told told)
{
	struct bytes xml = { 0 };
	enum fault fault = FAULT_NONE;

	if (told == FORM_TOLD_JSON)
		form_print_lines(run_root(run));
	else if (told == FORM_TOLD_XML)
		fault = run_submission(run, &xml);
	if (xml.length)
		printf("%.*s\n", (int)xml.length, (const char *)xml.data);
	bytes_wipe(&xml);
	return fault;
}

static enum fault converse(struct screens *screens)
{
	enum fault fault = term_open(screens->theme, &screens->term);

	while (!fault && !screens->over) {
		draw(screens);
		fault = wait_and_take(screens);
	}
	interview_free(screens->interview);
	term_free(screens->term);
	return fault;
}

enum fault form_screens(struct form_tongue *tongue, const char *path,
			enum form_told told)
{
	SCOPED(char_freep) char *own = form_media_beside(path);
	SCOPED(char_freep) char *shipped = data_path(ALBUM_SHIPPED);
	const char *const folders[] = { own, shipped };
	SCOPED(album_freep)
	struct album *album = album_new(folders, COUNT(folders));
	SCOPED(run_freep) struct run *run = NULL;
	struct screens screens = { .tongue = tongue, .album = album };
	enum fault fault = run_new(tongue->form, &tongue->world, &run);

	if (fault)
		return fault;
	screens.run = run;
	run_set_language(run, tongue->language->tag);
	look_at(&screens);
	if ((fault = converse(&screens)))
		return fault;
	if (screens.finished)
		fault = tell(run, told);
	fprintf(stderr, "foyer form preview: %s; nothing was kept\n",
		screens.finished ? "the questions are done"
				 : "left before the end");
	return fault;
}
