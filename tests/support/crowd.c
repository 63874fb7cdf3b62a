#include "tests/support/crowd.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "record/people_key.h"
#include "tests/test.h"
#include "text/alike.h"

#define SYLLABLES 12
#define WORD_KINDS (CROWD_GIVEN + CROWD_FAMILY)

static const char *const syllables[CROWD_SCRIPTS][SYLLABLES] = {
	{ "ma", "ra", "ne", "li", "so", "ka", "ti", "bo", "du", "sha", "fe",
	  "ro" },
	{ "مح", "را", "نو", "لي", "سا", "كر", "تي", "بد", "دا", "شا", "في",
	  "رو" },
	{ "ма", "ра", "не", "ли", "со", "ка", "ти", "бо", "ду", "ша", "фе",
	  "ро" },
	{ "መ", "ራ", "ነ", "ሊ", "ሶ", "ካ", "ቲ", "ቦ", "ዱ", "ሻ", "ፌ", "ሮ" },
	{ "मा", "रा", "ने", "ली", "सो", "का", "ति", "बो", "दु", "शा", "फे", "रो" },
	{ "王", "李", "伟", "明", "芳", "丽", "强", "军", "洋", "静", "敏",
	  "杰" },
	{ "မောင်", "ခင်", "အောင်", "ကျော်", "မိုး", "ဝင်း", "သန်း", "စိုး", "လှ", "ထွန်း",
	  "နိုင်", "အေး" },
	{ "மா", "ரா", "நெ", "லி", "சோ", "கா", "தி", "போ", "து", "சா", "பே",
	  "ரோ" },
};

struct crowd {
	int given, family;
	struct crowd_word {
		char *text, *form;
	} words[CROWD_SCRIPTS][WORD_KINDS];
};

struct crowd *crowd_new(int given, int family)
{
	struct crowd *crowd = xcalloc(1, sizeof *crowd);

	assert_true(given <= CROWD_GIVEN && family <= CROWD_FAMILY);
	crowd->given = given;
	crowd->family = family;
	return crowd;
}

void crowd_free(struct crowd *crowd)
{
	for (size_t i = 0; crowd && i < CROWD_SCRIPTS; i++) {
		for (size_t k = 0; k < WORD_KINDS; k++) {
			free(crowd->words[i][k].text);
			free(crowd->words[i][k].form);
		}
	}
	free(crowd);
}

/* Of syllables, as the number has them. */
static const struct crowd_word *word(struct crowd *crowd, int script, int kind)
{
	struct crowd_word *one = &crowd->words[script][kind];
	const char *const *of = syllables[script];
	int number = kind + SYLLABLES;
	char text[100] = "";

	if (one->text)
		return one;
	for (; number; number /= SYLLABLES)
		strcat(text, of[number % SYLLABLES]);
	one->text = xstrdup(text);
	one->form = alike_form(text);
	return one;
}

/* A row of numbers of its own for each person (splitmix64). */
static uint64_t next(uint64_t *seed)
{
	uint64_t mixed = *seed += 0x9e3779b97f4a7c15;

	mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9;
	mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111eb;
	return mixed ^ mixed >> 31;
}

/* Below most, small ones far more often. */
static int skewed(uint64_t *seed, int most)
{
	double part = (double)(next(seed) >> 11) / (double)(1ull << 53);

	return (int)(part * part * most);
}

struct drawn {
	int script, count, kinds[3];
	bool has_latin;
	uint64_t seed;
};

static struct drawn draw(const struct crowd *crowd, int64_t id)
{
	struct drawn drawn = { .seed = (uint64_t)id * 977 };

	drawn.script = (int)(next(&drawn.seed) % CROWD_SCRIPTS);
	drawn.count = next(&drawn.seed) % 3 ? 2 : 3;
	drawn.kinds[0] = skewed(&drawn.seed, crowd->given);
	drawn.kinds[1] = crowd->given + skewed(&drawn.seed, crowd->family);
	drawn.kinds[2] = skewed(&drawn.seed, crowd->given);
	drawn.has_latin = drawn.script == 0 || next(&drawn.seed) % 2;
	return drawn;
}

/* The reading of a form's words. */
static void add_reading(char *out, const char *form)
{
	struct alike_word words[ALIKE_WORDS];
	int count = alike_split(form, words);

	for (int i = 0; i < count; i++) {
		if (*out)
			strcat(out, " ");
		strcat(out, words[i].reading);
	}
}

void crowd_person(struct crowd *crowd, int64_t id, struct crowd_person *out)
{
	struct drawn drawn = draw(crowd, id);
	int year, day;

	*out = (struct crowd_person){ .words = drawn.count };
	for (int i = 0; i < drawn.count; i++) {
		const struct crowd_word *one =
		    word(crowd, drawn.script, drawn.kinds[i]);

		if (i)
			strcat(out->own, " ");
		strcat(out->own, one->text);
		if (drawn.has_latin)
			add_reading(out->latin, one->form);
	}
	year = 1950 + (int)(next(&drawn.seed) % 60);
	day = next(&drawn.seed) % 4 ? (int)(next(&drawn.seed) % 336) : 0;
	snprintf(out->birth, sizeof out->birth, "%d-%02d-%02d", year,
		 day / 28 + 1, day % 28 + 1);
	snprintf(out->phone, sizeof out->phone, "416%07d",
		 (int)(next(&drawn.seed) % 10000000));
}

/* --- writing -------------------------------------------------------------- */

struct filler {
	struct crowd *crowd;
	sqlite3 *db;
	sqlite3_stmt *person, *name, *contact, *form, *key;
	int64_t id;
};

static void run(sqlite3 *db, const char *sql)
{
	char *trouble = NULL;

	if (sqlite3_exec(db, sql, NULL, NULL, &trouble))
		fail_msg("%s: %s", sql, trouble);
}

static sqlite3_stmt *prepared(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *ask = NULL;

	if (sqlite3_prepare_v2(db, sql, -1, &ask, NULL))
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	return ask;
}

static void put(sqlite3_stmt *ask, int64_t id, const char *const *texts,
		int count)
{
	sqlite3_bind_int64(ask, 1, id);
	for (int i = 0; i < count; i++)
		sqlite3_bind_text(ask, i + 2, texts[i], -1, SQLITE_STATIC);
	if (sqlite3_step(ask) != SQLITE_DONE)
		fail_msg("%s: %s", sqlite3_sql(ask),
			 sqlite3_errmsg(sqlite3_db_handle(ask)));
	sqlite3_reset(ask);
}

static enum fault put_key(void *to, const char *key)
{
	struct filler *filler = to;

	put(filler->key, filler->id, &key, 1);
	return FAULT_NONE;
}

static char *form_of(struct filler *filler, const struct crowd_person *person)
{
	struct drawn drawn = draw(filler->crowd, filler->id);
	char form[800] = "";

	for (int i = 0; i < drawn.count; i++) {
		if (i)
			strcat(form, " ");
		strcat(form,
		       word(filler->crowd, drawn.script, drawn.kinds[i])->form);
	}
	return drawn.script && *person->latin
		   ? xasprintf("%s\n%s", person->latin, form)
		   : xstrdup(form);
}

static void put_person(struct filler *filler)
{
	struct crowd_person person;
	struct people_form form;

	crowd_person(filler->crowd, filler->id, &person);
	form = (struct people_form){
		.names = form_of(filler, &person),
		.contacts = match_contact(person.phone),
		.births = people_births(person.birth, person.birth),
	};
	put(filler->person, filler->id, &(const char *){ person.birth }, 1);
	put(filler->name, filler->id,
	    (const char *[]){ person.latin, person.own }, 2);
	put(filler->contact, filler->id, &(const char *){ person.phone }, 1);
	put(filler->form, filler->id,
	    (const char *[]){ form.names, form.contacts, form.births }, 3);
	assert_int_equal(people_form_keys(&form, put_key, filler), FAULT_NONE);
	people_form_done(&form);
}

void crowd_fill(struct crowd *crowd, const char *path, int64_t first,
		int64_t last)
{
	struct filler filler = { .crowd = crowd };
	sqlite3_stmt **all[] = { &filler.person, &filler.name, &filler.contact,
				 &filler.form, &filler.key };

	assert_int_equal(sqlite3_open(path, &filler.db), SQLITE_OK);
	run(filler.db,
	    "PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; BEGIN;"
	    "CREATE TEMP TABLE loose (person INTEGER, key TEXT)");
	filler.person =
	    prepared(filler.db,
		     "INSERT INTO person (id, number, birth_from,"
		     " birth_to, made_at, made_by) VALUES (?1, 'P-' || ?1, ?2,"
		     " ?2, 0, '')");
	filler.name =
	    prepared(filler.db, "INSERT INTO name (person, latin, own_script)"
				" VALUES (?1, nullif(?2, ''), ?3)");
	filler.contact =
	    prepared(filler.db, "INSERT INTO contact (person, what, value)"
				" VALUES (?1, 'phone', ?2)");
	filler.form =
	    prepared(filler.db, "INSERT INTO person_form (person, names,"
				" contacts, births) VALUES (?1, ?2, ?3, ?4)");
	filler.key = prepared(filler.db, "INSERT INTO loose VALUES (?1, ?2)");
	for (filler.id = first; filler.id <= last; filler.id++)
		put_person(&filler);
	for (size_t i = 0; i < COUNT(all); i++)
		sqlite3_finalize(*all[i]);
	/* In the order of the keys: a tree grows fastest so. */
	run(filler.db,
	    "INSERT OR IGNORE INTO person_key (key, person)"
	    " SELECT key, person FROM loose ORDER BY key, person; COMMIT");
	assert_int_equal(sqlite3_close(filler.db), SQLITE_OK);
}
