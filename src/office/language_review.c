#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/data.h"
#include "base/file.h"
#include "base/log.h"
#include "form/form.h"
#include "issue/lobby.h"
#include "office/form.h"
#include "office/handout.h"
#include "office/handout_paper.h"
#include "office/language.h"
#include "office/noun.h"
#include "office/tour.h"
#include "ui/still.h"
#include "xlsform/xlsform.h"

/* A screen of the usual size, as cells and as pixels. */
#define ROWS 18
#define COLUMNS 72
#define CELL_HEIGHT 28
#define CELL_WIDTH 13

#define PO_MOST (4 * 1024 * 1024) /* bytes */

/* A pack while it is being made. */
struct pack {
	const struct language_arguments *arguments;
	char *folder;
	struct home *home;
	struct lobby *lobby;
	struct form *form;
	struct album *album;
	struct lexicon *lexicon;
	const struct catalogue *words, *english;
	const struct language *language;
	struct doubts doubts;
	struct handout handout;
	struct bytes files; /* names of the PO files, parted by ", " */
	char *missed;
};

static void pack_done(struct pack *pack)
{
	handout_done(&pack->handout);
	doubts_done(&pack->doubts);
	bytes_done(&pack->files);
	free(pack->missed);
	lexicon_free(pack->lexicon);
	album_free(pack->album);
	form_free(pack->form);
	lobby_free(pack->lobby);
	home_free(pack->home);
	free(pack->folder);
}

/* --- what there is -------------------------------------------------------- */

/* The form that came with Foyer, for who has no home yet. */
static enum fault build_form(struct form **out)
{
	SCOPED(char_freep) char *sheets = data_path("screens/intake");
	struct findings findings = { 0 };
	struct bytes xml = { 0 };
	enum fault fault = xlsform_build(sheets, &findings, &xml);

	if (fault)
		form_print_findings(stderr, &findings);
	else
		fault = form_parse(sheets, xml.data, xml.length, sheets, out);
	findings_done(&findings);
	bytes_done(&xml);
	return fault;
}

static enum fault open_form(struct pack *pack)
{
	const char *name =
	    settings_text(pack->lobby->settings, "kiosk", "form", "intake");
	SCOPED(char_freep) char *file = xasprintf("%s.xml", name);
	SCOPED(char_freep) char *path = home_path(pack->home, HOME_FORMS, file);

	pack->album = album_of_form(pack->home, name);
	return file_exists(path) ? form_read(path, NULL, &pack->form)
				 : build_form(&pack->form);
}

static enum fault open_all(struct pack *pack)
{
	SCOPED(char_freep) char *said = language_shipped("REVIEW.md");
	enum fault fault;

	if ((fault = home_find(pack->arguments->home, &pack->home)) ||
	    (fault = lobby_read(pack->home, &pack->lobby)) ||
	    (fault = open_form(pack)) ||
	    (fault = language_open(
		 pack->arguments,
		 (struct lexicon_options){ .believe = true,
					   .report = language_hear_nothing },
		 &pack->lexicon)))
		return fault;
	pack->words =
	    language_words(pack->lexicon, pack->arguments->operand, "review");
	pack->english = lexicon_words(pack->lexicon, 0);
	if (!pack->words || !pack->english)
		return FAULT_FORMAT;
	pack->language = language_find(catalogue_language(pack->words));
	return doubts_read(said, pack->language->tag, &pack->doubts);
}

/* --- the page ------------------------------------------------------------- */

static struct handout_picture *
add_picture(struct handout *handout, const char *name, const char *english)
{
	struct handout_picture *picture;

	handout->pictures =
	    xreallocarray(handout->pictures, handout->picture_count + 1,
			  sizeof *handout->pictures);
	picture = &handout->pictures[handout->picture_count++];
	*picture = (struct handout_picture){ .name = xstrdup(name),
					     .english = xstrdup(english) };
	return picture;
}

static void take_stop(void *to, const struct tour_stop *stop)
{
	struct pack *pack = to;
	const struct still_look look = {
		.cell_height = CELL_HEIGHT,
		.cell_width = CELL_WIDTH,
		.theme = TERM_LIGHT,
		.language = pack->language,
	};
	struct handout_picture *picture =
	    add_picture(&pack->handout, stop->name, stop->english);

	if (stop->about)
		picture->about = xstrdup(stop->about);
	still_png(stop->canvas, &look, &picture->png);
}

static void take_text(void *to, const char *key, const char *english,
		      const char *translation)
{
	struct pack *pack = to;
	struct handout *handout = &pack->handout;

	handout->texts = xreallocarray(handout->texts, handout->text_count + 1,
				       sizeof *handout->texts);
	handout->texts[handout->text_count++] = (struct handout_text){
		.key = xstrdup(key),
		.english = xstrdup(english),
		.translation = xstrdup(translation),
		.first = doubts_has(&pack->doubts, key),
	};
}

static enum fault fill(struct pack *pack)
{
	const struct tour_plan plan = {
		.form = pack->form,
		.lobby = pack->lobby,
		.language = pack->language,
		.words = pack->words,
		.english = pack->english,
		.album = pack->album,
		.rows = ROWS,
		.columns = COLUMNS,
	};
	struct handout *handout = &pack->handout;
	enum fault fault = tour_walk(&plan, take_stop, pack, &pack->missed);

	if (fault)
		return fault;
	handout->language = pack->language;
	handout->reviewed = catalogue_status(pack->words) == CATALOGUE_REVIEWED;
	handout->form = form_title(pack->form);
	handout->doubts = &pack->doubts;
	handout->missed = pack->missed;
	handout->files = pack->files.data ? (const char *)pack->files.data : "";
	catalogue_each(pack->words, take_text, pack);
	return handout_paper(
	    pack->lobby, pack->language, pack->words,
	    &add_picture(handout, "ticket.show",
			 "The paper ticket, with the line in this language "
			 "that an agency may choose")
		 ->png);
}

/* --- what is written ------------------------------------------------------ */

static enum fault put(const struct pack *pack, const char *name,
		      const void *data, size_t length)
{
	SCOPED(char_freep) char *path = xasprintf("%s/%s", pack->folder, name);
	enum fault fault = file_write(path, data, length, 0644);

	if (!fault)
		printf("%s\n", path);
	return fault;
}

static enum fault copy(struct pack *pack, const char *from)
{
	const char *name = strrchr(from, '/') + 1;
	struct bytes bytes = { 0 };
	enum fault fault = FAULT_NONE;

	if (!file_exists(from))
		return FAULT_NONE;
	if (!(fault = file_read(from, PO_MOST, &bytes)) &&
	    !(fault = put(pack, name, bytes.data, bytes.length)))
		bytes_add_format(&pack->files, "%s%s",
				 pack->files.length ? ", " : "", name);
	bytes_done(&bytes);
	return fault;
}

static enum fault copy_files(struct pack *pack)
{
	const char *const domains[] = { "kiosk", "ticket",
					form_id(pack->form) };
	SCOPED(char_freep)
	char *own = xasprintf("translations/%s.po", pack->language->tag);
	SCOPED(char_freep)
	char *dropped = home_path(pack->home, HOME_SETTINGS, own);

	for (size_t i = 0; i < COUNT(domains); i++) {
		SCOPED(char_freep)
		char *name =
		    xasprintf("%s.%s.po", domains[i], pack->language->tag);
		SCOPED(char_freep) char *path = language_shipped(name);
		enum fault fault = copy(pack, path);

		if (fault)
			return fault;
	}
	return copy(pack, dropped);
}

static enum fault write_page(struct pack *pack)
{
	SCOPED(char_freep)
	char *name = xasprintf("review-%s.html", pack->language->tag);
	struct bytes page = { 0 };
	enum fault fault;

	handout_write(&pack->handout, &page);
	fault = put(pack, name, page.data, page.length);
	bytes_done(&page);
	return fault;
}

static void tell(const struct pack *pack)
{
	struct handout_minutes each = handout_minutes(&pack->handout);

	printf("%s: %zu pictures, about %zu minutes; %zu texts, about %zu "
	       "minutes; %zu things to decide\n",
	       pack->language->tag, pack->handout.picture_count, each.pictures,
	       pack->handout.text_count, each.first + each.others,
	       pack->doubts.decide_count);
	if (pack->missed[0])
		printf("on no picture: %s\n", pack->missed);
}

static int refuse(const char *complaint, const char *folder)
{
	fprintf(stderr, "foyer language review: %s: %s\n", folder, complaint);
	return EXIT_INPUT;
}

static int make(struct pack *pack)
{
	enum fault fault;

	pack->folder = pack->arguments->output
			   ? xstrdup(pack->arguments->output)
			   : xasprintf("review-%s", pack->arguments->operand);
	if (file_exists(pack->folder))
		return refuse("it is there already; take it away, or name "
			      "another folder with -o",
			      pack->folder);
	if ((fault = open_all(pack)) || (fault = folder_make(pack->folder)) ||
	    (fault = copy_files(pack)) || (fault = fill(pack)) ||
	    (fault = write_page(pack)))
		return fault_exit(fault);
	tell(pack);
	return EXIT_DONE;
}

int language_review(const struct language_arguments *arguments)
{
	struct pack pack = { .arguments = arguments };
	int status = make(&pack);

	pack_done(&pack);
	return status;
}
