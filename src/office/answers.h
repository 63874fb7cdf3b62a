#pragma once

/*
 * `foyer agency share` and `foyer agency take`: questions and answers (kind
 * shared_answer) go from site to site as a file,
 *
 *	{"foyer_answers": 1, "answers": [{"question": "...", "answer": "...",
 *	 "topic": "...", "site": "...", "owner": "...", "day": "2026-11-02"}]}
 *
 * Two sites' rows are the same where question, site and owner are; the one
 * with the later day stands. See office/noun.h.
 */
int answers_share(int argc, char **argv);
int answers_take(int argc, char **argv);
