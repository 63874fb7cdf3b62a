#pragma once

#include "desk/users.h"
#include "record/user.h"

struct rows;
struct users;

/* What is asked for, one after the other, until somebody is added or changed;
 * all of it is its own. */
struct users_wish {
	int64_t id; /* 0: somebody new */
	char *name, *roles, *teams, *languages;
	bool away;  /* may not sign in */
	bool first; /* nobody signed in here before */
};

typedef void users_picked(struct users *users, const char *codes);

/* Inside the users' screen: its files share this. */
struct users {
	struct desk *desk;
	struct rows *rows;
	struct users_wish wish;
	/* Those that are asked for, while they are picked. */
	users_picked *picked;
};

/* users_wish.c */
void users_wish_done(struct users_wish *wish);
int64_t users_selected(const struct users *users); /* 0: nobody */

/* Whether a team is in such a list: "[1,2]". */
bool users_has_team(const char *teams, int64_t id);

/* Begins a wish about the selected one; false: the message line says why it
 * cannot be. */
bool users_begin(struct users *users);

/* What the record says of it, in the message line. True: it was done. */
bool users_said(struct desk *desk, enum user_answer answer);

/* users_add.c, users_set.c: actions of the screen. */
void users_add(struct desk *desk, void *state);
void users_give(struct desk *desk, void *state);
void users_set_roles(struct desk *desk, void *state);
void users_set_teams(struct desk *desk, void *state);
void users_lock(struct desk *desk, void *state);

/* users_pick.c: asks for roles, then hands them on, blanks between; and for
 * teams, "[1,2]", where the agency has any, else "[]" at once. to is the
 * screen's state. */
void users_pick_roles(struct users *users, const char *roles,
		      users_picked *picked);
void users_pick_teams(struct users *users, const char *teams,
		      users_picked *picked);
