#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include "base/memory.h"
#include "speech/prompts.h"
#include "speech/speaker.h"

/*
 * Reading aloud during one visit: whether it is on, and what was said last.
 * Headphones that are plugged in switch it on, and pulled out they switch it
 * off; so does a key. It is off at first.
 */
struct aloud;

/* Starts the speaking process, if sound goes anywhere now; so called before
 * the visit knows anything. ways outlives it. */
struct aloud *aloud_new(const struct speaker_ways *ways);
void aloud_free(struct aloud *aloud); /* NULL is fine; wipes */
DEFINE_SCOPED(struct aloud, aloud_free)

/* Whether a language can be read aloud here, and whether it is on. */
bool aloud_serves(const struct aloud *aloud, const char *tag);
bool aloud_reads(const struct aloud *aloud);

void aloud_switch(struct aloud *aloud, bool on);

/* Looks after headphones; true if that switched it. */
bool aloud_watch(struct aloud *aloud);

/* Of the speaking process, for jail_enter(); 0: there is none. */
pid_t aloud_process(const struct aloud *aloud);

/* A key came: silence. */
void aloud_hush(struct aloud *aloud);

/* Another screen comes: all of it is new. */
void aloud_forget(struct aloud *aloud);

/*
 * Says what is new in now, and takes it over. instead stands for what is for
 * headphones alone; help is said once a visit, behind the first choices.
 */
void aloud_say(struct aloud *aloud, struct prompts *now,
	       const struct prompt *instead, const struct prompt *help);
