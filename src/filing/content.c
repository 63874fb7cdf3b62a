#include "filing/content.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "filing/birth.h"
#include "seal/key.h"

/* --- the form's world ----------------------------------------------------- */

static int64_t now_of(void *to)
{
	return ((struct filing_content *)to)->now;
}

/* What the form makes up, the id of an entity say, is another for each ticket
 * and the same however often that one is read. */
static void chance_of(void *to, uint8_t *bytes, size_t count)
{
	struct filing_content *content = to;
	uint8_t hash[KEY_HASH_BYTES];
	char drawn[WIRE_INSTANCE_BYTES + 12];

	for (size_t i = 0; i < count; i++) {
		if (i % sizeof hash == 0) {
			int length =
			    snprintf(drawn, sizeof drawn, "%s %u",
				     content->instance_id, content->draws++);

			key_hash("foyer/form-chance/v1", drawn, (size_t)length,
				 hash);
		}
		bytes[i] = hash[i % sizeof hash];
	}
}

static const char *property_of(void *to, const char *name)
{
	return settings_text(((struct filing_content *)to)->settings, "form",
			     name, "");
}

static const char *translate(void *to, const char *language, const char *key)
{
	const struct filed_form *form = ((struct filing_content *)to)->form;
	const struct catalogue *words = ((struct filing_content *)to)->words;
	SCOPED(char_freep) char *full = NULL;

	if (words && strcmp(language, catalogue_language(words)) == 0) {
		full = xasprintf("%s:%s", form_id(form->form), key);
		return catalogue_shown(words, full);
	}
	for (int i = 0; i < VISIT_LANGUAGES; i++) {
		if (strcmp(language, visit_languages[i]) || !form->words[i])
			continue;
		full = xasprintf("%s:%s", form_id(form->form), key);
		return catalogue_pattern(form->words[i], full);
	}
	return NULL;
}

enum fault content_new(struct filed_form *form, const struct settings *settings,
		       int64_t now, const char *zone, const char *instance_id,
		       struct filing_content **out)
{
	SCOPED(content_freep)
	struct filing_content *content = xcalloc(1, sizeof *content);
	enum fault fault;

	content->world = (struct run_world){
		.to = content,
		.now = now_of,
		.zone = content->zone,
		.random_bytes = chance_of,
		.property = property_of,
		.translate = translate,
		.instance_id = content->instance_id,
	};
	content->form = form;
	content->settings = settings;
	content->now = now;
	strncpy(content->zone, zone, sizeof content->zone - 1);
	strncpy(content->instance_id, instance_id,
		sizeof content->instance_id - 1);
	if (form &&
	    (fault = run_new(form->form, &content->world, &content->run)))
		return fault;
	*out = content;
	content = NULL;
	return FAULT_NONE;
}

static void forget_lists(struct filing_content *content)
{
	for (size_t i = 0; i < content->fact_count; i++)
		char_wipe((char *)content->facts[i].value);
	for (size_t i = 0; i < content->answer_count; i++) {
		free((char *)content->answers[i].reference);
		char_wipe((char *)content->answers[i].value);
	}
	free(content->facts);
	free(content->answers);
}

void content_free(struct filing_content *content)
{
	if (!content)
		return;
	forget_lists(content);
	bytes_wipe(&content->submission);
	run_free(content->run);
	free(content);
}

/* --- walking -------------------------------------------------------------- */

/* Calls with every relevant node that has no children, in form order. */
typedef void leaf_visit(void *to, struct node *node);

static void each_leaf(struct node *node, leaf_visit *visit, void *to)
{
	if (!node_relevant(node))
		return;
	if (!node_first(node) && node_kind(node) != NODE_REPEAT)
		visit(to, node);
	for (struct node *child = node_first(node); child;
	     child = node_next(child))
		each_leaf(child, visit, to);
}

static bool has_value(const struct node *node)
{
	return node_value(node)[0];
}

static bool is_staff_note(const struct node *node)
{
	return node_kind(node) == NODE_NOTE && node_appears(node, "staff");
}

static const char *saved_as(const struct filing_content *content,
			    const struct node *node)
{
	return form_bind_attribute(content->form->form, node_path(node),
				   "entities", "saveto");
}

static void collect_leaf(void *to, struct node *node)
{
	struct filing_content *content = to;
	const char *field = saved_as(content, node);

	if (!has_value(node))
		return;
	if (field) {
		content->facts =
		    xreallocarray(content->facts, content->fact_count + 1,
				  sizeof *content->facts);
		content->facts[content->fact_count++] =
		    (struct visit_fact){ field, xstrdup(node_value(node)) };
	}
	if (slots_of(content->form->slots, node)) {
		content->answers =
		    xreallocarray(content->answers, content->answer_count + 1,
				  sizeof *content->answers);
		content->answers[content->answer_count++] =
		    (struct visit_answer){ node_reference(node),
					   xstrdup(node_value(node)) };
	}
}

struct answers_walk {
	const struct filing_content *content;
	content_visit *visit;
	void *to;
};

static void walk_leaf(void *to, struct node *node)
{
	const struct answers_walk *walk = to;
	SCOPED(char_freep) char *reference = NULL;

	if (!has_value(node) || !slots_of(walk->content->form->slots, node))
		return;
	reference = node_reference(node);
	walk->visit(walk->to, reference, node_value(node));
}

void content_each(struct filing_content *content, content_visit *visit,
		  void *to)
{
	struct answers_walk walk = { content, visit, to };

	each_leaf(run_root(content->run), walk_leaf, &walk);
}

static void take_blank(void *to, struct node *node)
{
	struct bytes *names = to;

	if (node_violation(node) == VIOLATES_REQUIRED)
		bytes_add_format(names, "%s%s", names->length ? " " : "",
				 node_name(node));
}

char *content_blank(struct filing_content *content)
{
	struct bytes names = { 0 };

	each_leaf(run_root(content->run), take_blank, &names);
	return bytes_take_text(&names);
}

static void take_refused(void *to, struct node *node)
{
	struct node **first = to;

	if (!*first && node_violation(node) == VIOLATES_CONSTRAINT)
		*first = node;
}

struct node *content_refused(struct filing_content *content)
{
	struct node *first = NULL;

	each_leaf(run_root(content->run), take_refused, &first);
	return first;
}

enum fault content_collect(struct filing_content *content)
{
	if (!content->run)
		return FAULT_NONE;
	each_leaf(run_root(content->run), collect_leaf, content);
	return run_submission(content->run, &content->submission);
}

/* --- what the form decided ------------------------------------------------ */

/* The value of a reserved node; "" where the form has none. */
static const char *reserved(const struct filing_content *content,
			    const char *name)
{
	struct node *node = content->run ? run_named(content->run, name) : NULL;

	return node ? node_value(node) : "";
}

static bool says_yes(const char *value)
{
	return value[0] && strcmp(value, "0") && strcmp(value, "false") &&
	       strcmp(value, "no");
}

struct reasons {
	struct filing_ticket *ticket;
	int language;
	size_t met; /* in this language */
};

/* The first language makes the rows; the walks meet the same notes. */
static void take_reason(void *to, struct node *node)
{
	struct reasons *reasons = to;
	struct filing_ticket *ticket = reasons->ticket;
	struct filing_reason *row;

	if (!is_staff_note(node))
		return;
	if (!reasons->language) {
		ticket->reasons =
		    xreallocarray(ticket->reasons, ticket->reason_count + 1,
				  sizeof *ticket->reasons);
		ticket->reasons[ticket->reason_count++] =
		    (struct filing_reason){
			    .rule = xstrdup(node_name(node)),
		    };
	}
	row = &ticket->reasons[reasons->met++];
	row->reason[reasons->language] = node_label(node);
}

void content_tell(struct filing_content *content, struct filing_ticket *ticket)
{
	struct reasons reasons = { .ticket = ticket };

	ticket->level = visit_level_of(reserved(content, "triage_level"));
	ticket->quiet = says_yes(reserved(content, "quiet_flag"));
	ticket->tags = xstrdup(reserved(content, "tags"));
	ticket->language = xstrdup(reserved(content, "language"));
	/* What the cover says already stands: a no is never undone. */
	if (ticket->keep != VISIT_KEEP_NO)
		ticket->keep = visit_keep_of(reserved(content, "keep"));
	if (!content->run)
		return;
	ticket->blank = content_blank(content);
	for (int i = 0; i < VISIT_LANGUAGES; i++) {
		reasons.language = i;
		reasons.met = 0;
		run_set_language(content->run, visit_languages[i]);
		each_leaf(run_root(content->run), take_reason, &reasons);
	}
}

/* --- answers for staff ---------------------------------------------------- */

/* A choice's words, or its code where it has none. */
static const char *choice_label(const struct choice_item *items, size_t count,
				const char *value)
{
	for (size_t i = 0; i < count; i++) {
		if (!strcmp(items[i].value, value) && items[i].label[0])
			return items[i].label;
	}
	return value;
}

static char *say_choices(struct node *node)
{
	SCOPED(char_wipep) char *codes = xstrdup(node_value(node));
	const struct choice_item *items = NULL;
	struct bytes words = { 0 };
	size_t count = 0;
	char *rest = NULL;

	/* Choices that cannot be listed leave the codes. */
	if (node_choices(node, &items, &count))
		count = 0;
	if (!node_multiple(node))
		return xstrdup(choice_label(items, count, node_value(node)));
	for (char *code = strtok_r(codes, " ", &rest); code;
	     code = strtok_r(NULL, " ", &rest))
		bytes_add_format(&words, "%s%s", words.length ? ", " : "",
				 choice_label(items, count, code));
	return bytes_take_text(&words);
}

static char *say(struct node *node)
{
	enum node_kind kind = node_kind(node);

	return kind == NODE_SELECT ? say_choices(node)
				   : xstrdup(node_value(node));
}

struct collecting {
	const struct filing_content *content;
	struct filing_answers *out;
	char
	    *only_need; /* whoever names one need is not asked which is first */
	struct birth birth;
};

static void keep_special(struct collecting *to, struct node *node)
{
	const char *field = saved_as(to->content, node);
	const struct {
		const char *field;
		char **text;
	} special[] = {
		{ "first_need", &to->out->first_need },
		{ "needs", &to->only_need },
		{ "latin_name", &to->out->name_latin },
		{ "own_script_name", &to->out->name_own },
	};

	for (size_t i = 0; field && i < COUNT(special); i++) {
		if (strcmp(field, special[i].field) ||
		    (special[i].text == &to->only_need &&
		     strchr(node_value(node), ' ')))
			continue;
		char_wipe(*special[i].text);
		*special[i].text = say(node);
	}
}

static void say_leaf(void *data, struct node *node)
{
	struct collecting *to = data;
	const char *field = saved_as(to->content, node);
	char *label;

	if (!has_value(node))
		return;
	keep_special(to, node);
	birth_take(&to->birth, field, node);
	if (!node_has_control(node) || node_kind(node) == NODE_NOTE)
		return;
	label = node_label(node);
	to->out->rows = xreallocarray(to->out->rows, to->out->count + 1,
				      sizeof *to->out->rows);
	to->out->rows[to->out->count++] = (struct filing_answer){
		.name = xstrdup(node_name(node)),
		.field = xstrdup(field ? field : ""),
		.label = label ? label : xstrdup(node_name(node)),
		.value = say(node),
		.raw = xstrdup(node_value(node)),
		.hidden = node_is_private(node),
	};
}

/* The birthday's row shows it both ways. */
static void tell_birth(struct collecting *to, const char *language)
{
	struct node *answer = birth_answer(&to->birth);
	struct filing_answers *out = to->out;
	SCOPED(char_wipep) char *plain = NULL;

	if (!answer)
		return;
	plain = say(answer);
	birth_tell(&to->birth, plain, language, &out->birth);
	for (size_t i = 0; i < out->count; i++) {
		if (strcmp(out->rows[i].name, node_name(answer)) != 0)
			continue;
		char_wipe(out->rows[i].value);
		out->rows[i].value = xstrdup(out->birth.words);
	}
}

enum fault content_answers(struct filing_content *content, const char *language,
			   struct filing_answers *out)
{
	struct filing_answers answers = { 0 };
	struct collecting to = { .content = content, .out = &answers };

	if (content && content->run) {
		run_set_language(content->run, language);
		each_leaf(run_root(content->run), say_leaf, &to);
		tell_birth(&to, language);
	}
	if (answers.first_need)
		char_wipe(to.only_need);
	else
		answers.first_need = to.only_need ? to.only_need : xstrdup("");
	if (!answers.name_latin)
		answers.name_latin = xstrdup("");
	if (!answers.name_own)
		answers.name_own = xstrdup("");
	*out = answers;
	return FAULT_NONE;
}

void filing_answers_done(struct filing_answers *answers)
{
	for (size_t i = 0; i < answers->count; i++) {
		free(answers->rows[i].name);
		free(answers->rows[i].field);
		free(answers->rows[i].label);
		char_wipe(answers->rows[i].value);
		char_wipe(answers->rows[i].raw);
	}
	free(answers->rows);
	char_wipe(answers->first_need);
	char_wipe(answers->name_latin);
	char_wipe(answers->name_own);
	birth_done(&answers->birth);
	*answers = (struct filing_answers){ 0 };
}

/* --- putting back --------------------------------------------------------- */

/* The first question that is saved as field, relevant or not; or NULL. */
static struct node *find_saved(const struct filing_content *content,
			       struct node *node, const char *field)
{
	const char *saved = saved_as(content, node);
	struct node *found = NULL;

	if (saved && !strcmp(saved, field) &&
	    slots_of(content->form->slots, node))
		return node;
	for (struct node *child = node_first(node); child && !found;
	     child = node_next(child))
		found = find_saved(content, child, field);
	return found;
}

void content_put_field(struct filing_content *content, const char *field,
		       const char *value)
{
	struct node *node = find_saved(content, run_root(content->run), field);
	enum run_answer answer;

	/* What an older form saved may not fit: it is not what is looked for.
	 */
	if (node)
		(void)!run_put(content->run, node, value, &answer);
}

char *content_choice_label(struct filing_content *content, const char *field,
			   const char *value, const char *language)
{
	struct node *node = find_saved(content, run_root(content->run), field);
	const struct choice_item *items = NULL;
	size_t count = 0;

	run_set_language(content->run, language);
	if (!node || node_choices(node, &items, &count))
		count = 0;
	return xstrdup(choice_label(items, count, value));
}

static size_t count_children(const struct node *node)
{
	size_t count = 0;

	for (node = node_first(node); node; node = node_next(node))
		count++;
	return count;
}

static void clear_repeat(struct run *run, struct node *repeat)
{
	if (node_counted(repeat))
		return;
	while (node_first(repeat)) {
		if (run_repeat_remove(run, node_first(repeat)))
			return;
	}
}

static void clear_below(struct filing_content *content, struct node *above)
{
	for (struct node *node = node_first(above); node;
	     node = node_next(node)) {
		const struct slot *slot = slots_of(content->form->slots, node);
		enum run_answer answer;

		if (slot && slot->kind == SLOT_REPEAT)
			clear_repeat(content->run, node);
		else if (slot && has_value(node))
			(void)!run_put(content->run, node, "", &answer);
		clear_below(content, node);
	}
}

void content_clear(struct filing_content *content)
{
	if (content->run)
		clear_below(content, run_root(content->run));
}

/* Makes the instances that the positions of a reference speak of. */
static void grow_repeats(struct run *run, const char *reference)
{
	for (const char *at = reference; (at = strchr(at, '[')); at++) {
		SCOPED(char_freep)
		char *range = xstrndup(reference, (size_t)(at - reference));
		struct node *repeat = run_find(run, range);
		size_t wanted = strtoul(at + 1, NULL, 10);

		if (!repeat || node_kind(repeat) != NODE_REPEAT ||
		    wanted > FORM_REPEAT_LIMIT)
			return;
		while (count_children(repeat) < wanted) {
			if (run_repeat_add(run, repeat))
				return;
		}
	}
}

void content_put(struct filing_content *content, const char *reference,
		 const char *value)
{
	struct node *node = run_find(content->run, reference);
	enum run_answer answer = RUN_NO_ANSWER_HERE;

	if (!node) {
		grow_repeats(content->run, reference);
		node = run_find(content->run, reference);
	}
	if (!node || run_put(content->run, node, value, &answer) ||
	    answer != RUN_TAKEN)
		log_warning("%s: an answer kept in the record does not fit the "
			    "form any more; it is not shown",
			    reference);
}
