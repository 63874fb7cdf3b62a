#include <stdlib.h>

#include "doctor/doctor.h"
#include "kiosk/session.h"

/*
 * What puts people at risk here, what is worst first. Everything is looked at
 * anew whenever the page comes.
 */
enum { LEAVE, AGAIN };

static void add_finding(const struct session *session, struct leaf *leaf,
			const struct doctor_finding *finding)
{
	const struct doctor_check *check = finding->check;
	const struct catalogue *words = session->words;
	SCOPED(char_freep)
	char *level = catalogue_word(words, doctor_level_word(finding->level));
	SCOPED(char_freep) char *name = catalogue_word(words, check->name);
	SCOPED(char_freep) char *advice = doctor_advice(words, check);
	const struct catalogue_argument with[] = {
		{ .name = "level", .text = level },
		{ .name = "name", .text = name },
		{ .name = "found", .text = finding->found },
	};
	SCOPED(char_freep)
	char *said = catalogue_say(words, "doctor.finding", with, COUNT(with));

	leaf_add(leaf,
		 finding->level == DOCTOR_HIGH ? CANVAS_ALARM : CANVAS_INK,
		 said);
	if (finding->level != DOCTOR_WELL)
		leaf_add(leaf, CANVAS_QUIET, advice);
}

static void doctor_fill(struct session *session, struct leaf *leaf)
{
	const struct hall *hall = session_hall(session);
	struct doctor_place place = doctor_here(session->home);
	struct doctor_round round;

	place.pictures = term_has_plates(session->front.term)
			     ? DOCTOR_PICTURES_SHOWN
			     : DOCTOR_PICTURES_NONE;
	place.lexicon = hall ? hall->lexicon : NULL;
	doctor_examine(&place, session->words, &round);
	SCOPED(char_freep)
	char *result = doctor_result(session->words, round.level);

	leaf_add(leaf, CANVAS_ACCENT, result);
	for (size_t i = 0; i < round.count; i++)
		add_finding(session, leaf, round.worst[i]);
	doctor_round_done(&round);
	session_key(session, leaf, LEAVE, "staff.back");
	session_key(session, leaf, AGAIN, "staff.doctor_again");
}

static void doctor_pressed(struct session *session, int act)
{
	if (act == AGAIN)
		session_again(session, 0, NULL);
	else
		session_next(session);
}

const struct page_ops page_doctor = {
	.heading = "staff.doctor",
	.pictogram = "hand",
	.fill = doctor_fill,
	.pressed = doctor_pressed,
};
