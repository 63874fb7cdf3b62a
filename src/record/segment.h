#pragma once

#include <stdbool.h>

/*
 * The needs that forms and workers name, and the segment of life stabilization
 * that each belongs to. A need cannot be added without one: both come from the
 * one table below. An enabler (money, phone and internet) serves all segments;
 * only a question and "something else" belong to none.
 */
#define NEEDS(need)                                                           \
	need(SAF, CRISIS_AND_SAFETY) need(HOU, COMMUNITY_SUPPORTS)            \
	    need(FOO, CRISIS_AND_SAFETY) need(INC, ENABLER) need(HEA, HEALTH) \
		need(MEN, HEALTH) need(LEG, COMMUNITY_SUPPORTS)               \
		    need(LAN, LIFE_SKILLS) need(EMP, LIFE_SKILLS)             \
			need(EDU, LIFE_SKILLS) need(CHI, COMMUNITY_SUPPORTS)  \
			    need(COM, COMMUNITY_SUPPORTS)                     \
				need(TRA, COMMUNITY_SUPPORTS)                 \
				    need(DIG, ENABLER) need(INF, NONE)        \
					need(OTH, NONE)

#define NEED_ENUM(name, segment) DOMAIN_##name,
enum domain { NEEDS(NEED_ENUM) DOMAIN_COUNT };
#undef NEED_ENUM

/* As a field's codes: "SAF HOU ...". */
#define NEED_WORD(name, segment) #name " "
#define DOMAINS NEEDS(NEED_WORD)

enum segment {
	SEGMENT_CRISIS_AND_SAFETY,
	SEGMENT_HEALTH,
	SEGMENT_LIFE_SKILLS,
	SEGMENT_COMMUNITY_SUPPORTS,
	SEGMENT_ENABLER,
	SEGMENT_NONE,
	SEGMENT_COUNT,
};
#define SEGMENTS "crisis_and_safety health life_skills community_supports"

const char *domain_word(enum domain domain); /* "HOU" */
bool domain_of(const char *word, enum domain *out);
enum segment domain_segment(enum domain domain);

/* As in the column "segment" of a form's needs: "life_skills", "enabler"; ""
 * for SEGMENT_NONE. */
const char *segment_word(enum segment segment);

/*
 * How a need stands. Unknown is what nobody said, and never "no need"; only an
 * assessment of a domain that has a segment has a level.
 */
enum need_level {
	LEVEL_UNKNOWN,
	LEVEL_CRISIS,     /* harm or loss likely without action today */
	LEVEL_VULNERABLE, /* managing, one event from harm */
	LEVEL_STABLE,     /* the basic need is met */
	LEVEL_THRIVING,   /* a strength */
	LEVEL_COUNT,
};
#define LEVELS "crisis vulnerable stable thriving unknown"

const char *level_word(enum need_level level); /* "crisis" */
enum need_level level_of(const char *word);    /* LEVEL_UNKNOWN for any other */
char level_letter(enum need_level level);      /* 'C', 'V', 'S', 'T', 'U' */
enum need_level level_of_letter(char letter);  /* as forms have them */
