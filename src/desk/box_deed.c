#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "card/prepare.h"
#include "card/services.h"
#include "desk/action.h"
#include "desk/box_menu.h"
#include "desk/box_papers.h"
#include "desk/box_stick.h"
#include "desk/frame.h"
#include "desk/keys.h"
#include "desk/reports.h"
#include "desk/titled.h"
#include "issue/keys.h"
#include "record/directory.h"
#include "vault/call.h"

/*
 * Something is put on a stick: it is chosen by its name, asked for once more,
 * mounted, written, and given back. Nothing is written to a stick that nobody
 * named.
 */
enum state {
	LISTING,  /* the helper is asked which there are */
	CHOOSING, /* the person chooses */
	SURE,     /* ... and is asked whether they are */
	MOUNTING,
	MAKING_ROOM, /* another stick was mounted still: it is given back */
	WRITING,     /* with the next look, so that the screen says so first */
	READING,     /* a screen of its own, above, works with the stick */
	GIVING_BACK,
};

struct deed {
	struct desk *desk;
	enum box_deed what;
	struct papers *papers; /* BOX_PAPERS: of the screen below */
	enum state state;
	struct vault_call *call;
	struct vault_answer answer;
	struct table *table;
	char *words[VAULT_STICKS];
	char stick[VAULT_STICK_NAME]; /* that was chosen */
	bool written;
	bool over; /* there is nothing more to do with a stick */
	enum stick_trouble trouble;
	struct backup_told told;
	bool bare; /* a card has no services: more may be read than it takes */
	struct bytes carried;      /* BOX_BRING: the key's file */
	struct gathering gathered; /* BOX_GATHER */
	bool failed;               /* ... and here, not on the stick */
	size_t files;   /* that a card was given, or papers that are chosen */
	uint64_t bytes; /* of the papers */
};

static const struct {
	const char *title, *sure, *done, *not_done;
} texts[BOX_DEEDS] = {
	[BOX_SAVE] = { "box.save", "box.save_sure", "box.saved",
		       "box.not_saved" },
	[BOX_MOVE] = { "box.move", "box.move_sure", "box.moved",
		       "box.not_saved" },
	[BOX_CARD] = { "box.card", "box.card_sure", "box.carded",
		       "box.not_saved" },
	[BOX_UPDATE] = { "box.update", "box.update_sure", "box.updated",
			 "box.no_release" },
	[BOX_PAPERS] = { "box.papers", "box.papers_sure", "box.papers_done",
			 "box.not_saved" },
	[BOX_BRING] = { "keys.take_title", "keys.take_sure", "keys.carried",
			"keys.not_carried" },
	[BOX_GATHER] = { "reports.gather", "reports.gather_sure",
			 "reports.gathered", "reports.not_gathered" },
};

static void ask(struct deed *deed, enum state state,
		const struct vault_request *request)
{
	vault_call_free(deed->call);
	deed->call = vault_call_new(deed->desk->vault, request);
	deed->state = state;
	deed->desk->dirty = true;
}

static void list(struct deed *deed)
{
	ask(deed, LISTING, &(struct vault_request){ .verb = VAULT_ASK });
}

static void mount(struct deed *deed)
{
	struct vault_request request = { .verb = VAULT_MOUNT_STICK };

	strcpy(request.stick, deed->stick);
	ask(deed, MOUNTING, &request);
}

static void unmount(struct deed *deed, enum state state)
{
	ask(deed, state,
	    &(struct vault_request){ .verb = VAULT_UNMOUNT_STICK });
}

/* --- what the helper says
 * ------------------------------------------------------- */

static void forget_words(struct deed *deed)
{
	for (size_t i = 0; i < VAULT_STICKS; i++) {
		free(deed->words[i]);
		deed->words[i] = NULL;
	}
}

static void take_list(struct deed *deed)
{
	forget_words(deed);
	for (size_t i = 0; i < deed->answer.stick_count; i++)
		deed->words[i] = stick_words(&deed->answer.sticks[i],
					     deed->desk->staff.words);
	table_set_count(deed->table, deed->answer.stick_count);
	deed->state = CHOOSING;
}

static void count_file(void *to, const char *name)
{
	(void)name;
	(*(size_t *)to)++;
}

/* What may be read today, not what was published once. */
static bool publish(const struct desk *desk, bool *bare)
{
	SCOPED(char_freep)
	char *path = home_path(desk->home, HOME_SETTINGS, SERVICES_FILE);
	const struct directory_rules rules =
	    directory_rules(desk->settings, desk->clock.now);
	struct directory_published tally;
	const enum fault fault =
	    directory_publish(desk->record, &rules, path, &tally);

	/* A card is worth more without the list than none. */
	*bare = fault == FAULT_LIMIT;
	return *bare ? !file_remove(path) : !fault;
}

static bool write_card(struct deed *deed)
{
	SCOPED(char_freep)
	char *folder = xasprintf("%s/foyer", deed->desk->stick);
	enum card_prepared answer;
	struct card agency;

	deed->files = 0;
	return publish(deed->desk, &deed->bare) &&
	       !card_prepare(deed->desk->home, folder, count_file, &deed->files,
			     &answer, &agency) &&
	       answer == CARD_PREPARED;
}

static bool write_record(struct deed *deed)
{
	struct desk *desk = deed->desk;

	return !stick_backup(desk->home, desk->record, desk->stick,
			     deed->what == BOX_MOVE, &desk->staff.who,
			     desk->clock.now, &deed->told);
}

static bool write_papers(struct deed *deed)
{
	struct desk *desk = deed->desk;

	return !papers_copy(deed->papers, desk->stick, desk->record,
			    &desk->staff.who, desk->clock.now);
}

static bool gather(struct deed *deed)
{
	gathering_done(&deed->gathered);
	deed->failed = reports_gather(deed->desk->home, deed->desk->stick,
				      &deed->gathered) != FAULT_NONE;
	deed->files = deed->gathered.count;
	return !deed->failed && deed->files;
}

static bool read_key(struct deed *deed)
{
	SCOPED(char_freep)
	char *path = stick_path(deed->desk->stick, KEYS_SECRET);

	return file_exists(path) &&
	       !file_read(path, AGENCY_KEY_FILE_LIMIT, &deed->carried);
}

static bool is_read(const struct deed *deed)
{
	return deed->what == BOX_BRING || deed->what == BOX_GATHER;
}

/* Looked at before, so that nothing is begun in vain, and after, to say why. */
static enum stick_trouble look_why(const struct deed *deed, uint64_t bytes)
{
	SCOPED(char_freep)
	char *node = xasprintf("%s/%s", deed->desk->nodes, deed->stick);

	enum stick_trouble trouble =
	    stick_trouble(deed->desk->stick, node, bytes);

	/* Nothing is put on one that is only read. */
	return is_read(deed) && trouble != STICK_PULLED ? STICK_SOUND : trouble;
}

#define ROOM (1024 * 1024) /* bytes; with fewer left, it was full */

static void write_stick(struct deed *deed)
{
	static bool (*const writers[BOX_DEEDS])(struct deed * deed) = {
		[BOX_SAVE] = write_record, [BOX_MOVE] = write_record,
		[BOX_CARD] = write_card,   [BOX_PAPERS] = write_papers,
		[BOX_BRING] = read_key,    [BOX_GATHER] = gather,
	};

	deed->trouble = look_why(deed, deed->bytes);
	deed->written = !deed->trouble && writers[deed->what](deed);
	if (!deed->written && !deed->trouble)
		deed->trouble = look_why(deed, ROOM);
	unmount(deed, GIVING_BACK);
}

static void read_stick(struct deed *deed)
{
	struct desk *desk = deed->desk;

	deed->state = READING;
	desk_open(desk, &desk_box_update_screen, NULL);
	deed->written = stack_top(&desk->stack) == &desk_box_update_screen;
}

static const char *const troubles[STICK_TROUBLES] = {
	[STICK_PULLED] = "box.stick_pulled",
	[STICK_LOCKED] = "box.stick_locked",
	[STICK_FULL] = "box.stick_full",
};

static void say_done(struct deed *deed)
{
	const char *why = deed->trouble  ? troubles[deed->trouble]
			  : deed->failed ? "box.failed"
					 : texts[deed->what].not_done;
	const struct catalogue_argument counts[] = {
		{ .name = "people", .number = (double)deed->told.people },
		{ .name = "visits", .number = (double)deed->told.visits },
		{ .name = "files", .number = (double)deed->files },
		{ .name = "folder", .text = PAPERS_FOLDER },
	};
	struct desk *desk = deed->desk;

	if (deed->answer.result != VAULT_DONE && deed->written)
		desk_say_key(desk, "box.pull_later");
	else if (deed->written)
		desk_say(desk,
			 desk_words(desk,
				    deed->bare ? "box.carded_bare"
					       : texts[deed->what].done,
				    counts, COUNT(counts)),
			 false);
	else
		desk_say(desk, desk_word(desk, why), true);
	/* Papers that are there are looked after by the screen below, what was
	 * read by the one that follows. */
	deed->over = deed->written && (deed->papers || is_read(deed));
	if (!deed->over)
		list(deed);
}

static void say_no_stick(struct deed *deed, const char *key)
{
	desk_say_key(deed->desk, key);
	take_list(deed);
}

/* A stick that is mounted already may be another than was chosen. */
static void heard_mounting(struct deed *deed)
{
	if (deed->answer.result == VAULT_DONE)
		deed->state = WRITING;
	else if (deed->answer.result == VAULT_REFUSED && deed->answer.mounted)
		unmount(deed, MAKING_ROOM);
	else
		say_no_stick(deed, "box.no_stick");
}

static void heard(struct deed *deed)
{
	switch (deed->state) {
	case LISTING:
		take_list(deed);
		break;
	case MOUNTING:
		heard_mounting(deed);
		break;
	case MAKING_ROOM:
		if (deed->answer.mounted)
			say_no_stick(deed, "box.in_use");
		else
			mount(deed);
		break;
	case GIVING_BACK:
		say_done(deed);
		break;
	case CHOOSING:
	case SURE:
	case WRITING:
	case READING:
		break;
	}
}

/* The screen ends, and that of what was read begins in its place. */
static void end(struct deed *deed)
{
	struct desk *desk = deed->desk;
	const enum box_deed what = deed->what;
	struct bytes carried = deed->carried;
	const struct gathering gathered = deed->gathered;

	deed->carried = (struct bytes){ 0 };
	deed->gathered = (struct gathering){ 0 };
	desk_done(desk);
	if (what == BOX_BRING)
		desk_open(desk, &desk_key_take_screen, &carried);
	else if (what == BOX_GATHER)
		gathered_open(desk, &gathered);
	bytes_done(&carried);
}

static enum screen_next tick(void *state, int64_t moment)
{
	struct deed *deed = state;
	enum vault_heard told;

	(void)moment;
	if (deed->state == WRITING && deed->what == BOX_UPDATE) {
		read_stick(deed);
		return SCREEN_STAY;
	}
	if (deed->state == WRITING) {
		write_stick(deed);
		return SCREEN_STAY;
	}
	/* Looked at again, it is the uppermost again. */
	if (deed->state == READING)
		unmount(deed, GIVING_BACK);
	if (!deed->call)
		return SCREEN_STAY;
	told = vault_call_look(deed->call, &deed->answer);
	if (told == VAULT_WAITING)
		return SCREEN_STAY;
	vault_call_free(deed->call);
	deed->call = NULL;
	deed->desk->dirty = true;
	if (told == VAULT_HEARD) {
		heard(deed);
		if (deed->over)
			end(deed);
		return SCREEN_STAY;
	}
	desk_say_key(deed->desk, "box.silent");
	return SCREEN_BACK;
}

/* --- the screen
 * -------------------------------------------------------------------- */

static struct table_cell fill(void *to, size_t row, int column)
{
	const struct deed *deed = to;

	(void)column;
	return (struct table_cell){ .text = deed->words[row],
				    .colour = CANVAS_INK,
				    .bold = true };
}

static void leave(void *state)
{
	struct deed *deed = state;

	/* Left before its end, as by another's signing in. */
	if (deed->state == MOUNTING || deed->state == READING)
		vault_tell(
		    deed->desk->vault,
		    &(struct vault_request){ .verb = VAULT_UNMOUNT_STICK });
	forget_words(deed);
	bytes_done(&deed->carried);
	gathering_done(&deed->gathered);
	vault_call_free(deed->call);
	table_free(deed->table);
	free(deed);
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	static const struct titled_column columns[] = { { NULL, 0, 0 } };
	const struct box_work *work = about;
	struct deed *deed = xcalloc(1, sizeof *deed);

	deed->desk = desk;
	deed->what = work->deed;
	deed->papers = work->papers;
	if (deed->papers)
		deed->files = papers_chosen(deed->papers, &deed->bytes);
	deed->table =
	    titled_table(desk, columns, 1, "box.put_stick", fill, deed);
	list(deed);
	*state = deed;
	return FAULT_NONE;
}

static void draw(void *state, struct canvas *canvas)
{
	struct deed *deed = state;
	struct desk *desk = deed->desk;
	SCOPED(char_freep)
	char *title = desk_word(desk, texts[deed->what].title);
	struct canvas_area area = frame_draw(desk, canvas, title);

	if (deed->state <= SURE) {
		table_draw(deed->table, canvas, area, true);
	} else {
		SCOPED(char_freep)
		char *text = desk_word(desk, deed->state == GIVING_BACK
						 ? "box.giving_back"
						 : "box.writing");

		frame_line(canvas, area.y + 1, 3, area.w - 6, text,
			   desk->staff.language, CANVAS_BOLD, CANVAS_INK);
	}
}

static bool may_choose(const struct desk *desk, const void *state)
{
	const struct deed *deed = state;

	(void)desk;
	return deed->state == CHOOSING && deed->answer.stick_count;
}

static void choose(struct desk *desk, void *state)
{
	struct deed *deed = state;
	const struct catalogue_argument parts[] = {
		{ .name = "stick",
		  .text = deed->words[table_selected(deed->table)] },
		{ .name = "files", .number = (double)deed->files },
	};

	deed->state = SURE;
	desk_say(desk,
		 desk_words(desk,
			    deed->papers && papers_chosen_shared(deed->papers)
				? "box.papers_sure_shared"
				: texts[deed->what].sure,
			    parts, COUNT(parts)),
		 false);
}

static bool is_sure_to_write(const struct desk *desk, const void *state)
{
	const struct deed *deed = state;

	(void)desk;
	return deed->state == SURE && !is_read(deed);
}

static bool is_sure_to_read(const struct desk *desk, const void *state)
{
	const struct deed *deed = state;

	(void)desk;
	return deed->state == SURE && is_read(deed);
}

static void go(struct desk *desk, void *state)
{
	struct deed *deed = state;

	(void)desk;
	strcpy(deed->stick,
	       deed->answer.sticks[table_selected(deed->table)].name);
	mount(deed);
}

static bool may_look(const struct desk *desk, const void *state)
{
	(void)desk;
	return ((const struct deed *)state)->state <= SURE;
}

static void look_again(struct desk *desk, void *state)
{
	(void)desk;
	list(state);
}

/* What is being written is not left: the stick would stay mounted. */
static bool is_busy(const struct desk *desk, const void *state)
{
	(void)desk;
	return ((const struct deed *)state)->state > SURE;
}

static void say_busy(struct desk *desk, void *state)
{
	(void)state;
	desk_say_key(desk, "box.wait");
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct deed *deed = state;

	if (deed->state > SURE) {
		say_busy(deed->desk, deed);
		return SCREEN_STAY;
	}
	if (action_key(deed->desk, event))
		return SCREEN_STAY;
	deed->state = deed->state == SURE ? CHOOSING : deed->state;
	(void)table_key(deed->table, event);
	return SCREEN_STAY;
}

static const struct action actions[] = {
	{ '\033', "box.wait_key", "box.wait", is_busy, say_busy },
	{ '\r', "box.choose", "box.choose_about", may_choose, choose },
	{ '\r', "box.go", "box.go_about", is_sure_to_write, go },
	{ '\r', "box.go_read", "box.go_read_about", is_sure_to_read, go },
	{ 'r', "box.look_again", "box.look_again_about", may_look, look_again },
	{ 0 },
};

const struct view desk_box_stick_screen = {
	.name = "box-stick",
	.actions = actions,
	.enter = enter,
	.draw = draw,
	.key = key,
	.tick = tick,
	.leave = leave,
};
