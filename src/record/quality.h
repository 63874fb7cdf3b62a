#pragma once

/*
 * Inside the room: what is wrong with what the record knows, in SQL. Lists name
 * the people, for whoever mends it; tables of counts say how much there is.
 */

/* Of a person p: the codes of what nobody noted, each with a blank. */
#define QUALITY_LACKS                                                        \
	" trim(CASE WHEN p.birth_from IS NULL THEN 'birth ' ELSE '' END ||"  \
	" CASE WHEN p.language IS NULL THEN 'language ' ELSE '' END ||"      \
	" CASE WHEN NOT EXISTS (SELECT 1 FROM name WHERE name.person = p.id" \
	" AND name.gone = 0) THEN 'name ' ELSE '' END ||"                    \
	" CASE WHEN NOT EXISTS (SELECT 1 FROM consent AS c WHERE c.person =" \
	" p.id AND c.purpose = 'keep' AND c.gone = 0) THEN 'consent ' ELSE"  \
	" '' END || CASE WHEN NOT EXISTS (SELECT 1 FROM status AS s WHERE"   \
	" s.person = p.id AND s.gone = 0) THEN 'status ' ELSE '' END) "

/* Whether one day is after another, as far as both are known: of "2026-11" and
 * "2026-11-02" neither is. */
#define QUALITY_LATER(one, other)                                       \
	" substr(" one ", 1, length(" other ")) > substr(" other ", 1," \
	" length(" one ")) "

/* (who, what): what cannot both be true. */
#define QUALITY_CONTRADICTIONS(today)                                          \
	" (SELECT id AS who, 'born-after-arrival' AS what FROM person"         \
	" WHERE" QUALITY_LATER(                                                \
	    "birth_from",                                                      \
	    "arrived") "UNION ALL SELECT id, 'arrived-in-future' FROM person " \
		       "WHERE"                                                 \
		       " arrived > " today                                     \
		       " UNION ALL SELECT p.id, 'contact-after-death' FROM "   \
		       "person AS p"                                           \
		       " JOIN service_contact AS s ON s.person = p.id AND "    \
		       "s.gone = 0 WHERE" QUALITY_LATER(                       \
			   "s.day",                                            \
			   "p.deceased") "UNION ALL SELECT person, "           \
					 "'member-until-before-since' FROM "   \
					 "member"                              \
					 " WHERE gone = 0 AND" QUALITY_LATER(  \
					     "since",                          \
					     "until") "UNION ALL SELECT "      \
						      "person, "               \
						      "'two-statuses-at-once'" \
						      " FROM"                  \
						      " status WHERE gone = "  \
						      "0 AND until IS NULL "   \
						      "GROUP BY person HAVING" \
						      " count(*) > 1 UNION "   \
						      "ALL SELECT id, "        \
						      "'messages-without-"     \
						      "contact' FROM"          \
						      " person WHERE "         \
						      "leave_message = 1 AND " \
						      "NOT EXISTS (SELECT 1 "  \
						      "FROM"                   \
						      " contact AS c WHERE "   \
						      "c.person = person.id "  \
						      "AND c.gone = 0)) "

/* The last that was heard of a person p, in ms, and when that is too long ago
 * for somebody whose case is open. */
#define QUALITY_LAST                                                        \
	" (SELECT max(at) FROM (SELECT p.changed_at AS at UNION ALL SELECT" \
	" v.arrived FROM visit AS v WHERE v.person = p.id UNION ALL SELECT" \
	" s.made_at FROM service_contact AS s WHERE s.person = p.id AND"    \
	" s.gone = 0) AS heard) "
#define QUALITY_OPEN_CASE "s.state IN ('screened', 'active', 'exit')"
#define QUALITY_STALE(now) now " - 180 * 86400000 "

/* (one, two, why): people who may be the same. The names stand beside the
 * births they go with, for both to be looked up at once: so many are born on a
 * 1 January that comparing all of them grows with their square. */
#define QUALITY_PAIRS                                                          \
	" (WITH named (person, latin, birth) AS MATERIALIZED (SELECT"          \
	" name.person, lower(name.latin), p.birth_from FROM name JOIN person"  \
	" AS p ON p.id = name.person WHERE name.gone = 0 AND name.latin IS"    \
	" NOT NULL AND p.birth_from IS NOT NULL) SELECT x.person AS one,"      \
	" y.person AS two, 'contact' AS why FROM contact AS x JOIN contact AS" \
	" y ON x.value = y.value AND x.person < y.person WHERE x.gone = 0 AND" \
	" y.gone = 0 UNION SELECT x.person, y.person, 'name-and-birth' FROM"   \
	" named AS x JOIN named AS y ON y.latin = x.latin AND y.birth ="       \
	" x.birth AND x.person < y.person) "

/* Such pairs w of people a and b who are there, and of whom nobody said that
 * they are not the same: what FROM is followed by. It begins with the pairs;
 * SQLite keeps the order of a cross join, and would else begin with everybody
 * beside everybody. */
#define QUALITY_ALIKE                                                        \
	QUALITY_PAIRS                                                        \
	"AS w CROSS JOIN person AS a CROSS JOIN person AS b WHERE a.id ="    \
	" w.one AND a.gone = 0 AND a.merged_into IS NULL AND b.id = w.two"   \
	" AND b.gone = 0 AND b.merged_into IS NULL AND NOT EXISTS (SELECT 1" \
	" FROM not_same AS n WHERE n.gone = 0 AND (n.person = a.id AND"      \
	" n.other = b.id OR n.person = b.id AND n.other = a.id)) "
