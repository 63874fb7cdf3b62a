#include <stdlib.h>
#include <string.h>

#include "tests/support/intake.h"
#include "tests/test.h"

/*
 * The urgency rules one by one: answers, and the rules that fire of them. A
 * group of rows shares what is answered first.
 */
static int finish(void **state)
{
	(void)state;
	intake_done();
	return 0;
}

struct way {
	const char *answers; /* "A3=SELF C1=PRIV"; F1 and C2 parted by + */
	const char *rules;
};

static void answer_all(struct run *run, const char *answers)
{
	SCOPED(char_freep) char *copy = xstrdup(answers);
	char *rest = NULL;

	for (char *each = strtok_r(copy, " ", &rest); each;
	     each = strtok_r(NULL, " ", &rest)) {
		char *value = strchr(each, '=');

		*value++ = '\0';
		for (char *c = value; *c; c++)
			if (*c == '+')
				*c = ' ';
		intake_answer(run, each, value);
	}
}

static void check(const char *first, const struct way *ways, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		SCOPED(run_freep) struct run *run = intake_run();

		answer_all(run, first);
		answer_all(run, ways[i].answers);
		SCOPED(char_freep) char *rules = intake_rules(run);

		if (strcmp(rules, ways[i].rules))
			fail_msg("%s %s: %s, not %s", first, ways[i].answers,
				 rules, ways[i].rules);
	}
}

static void what_cannot_wait(void **state)
{
	static const struct way ways[] = {
		{ "A3=SELF C1=UNSAFE", "T101" },
		{ "C1=PRIV", "T201" },
		{ "C1=OK", "T402" },
		{ "", "T402" },
		{ "C1=URG", "T207" },
		{ "C1=URG C2=OTH", "T207" },
		{ "C1=URG C2=HURT", "T102" },
		{ "C1=URG C2=CHILD", "T103" },
		{ "C1=URG C2=HURT+OTH", "T102" },
		{ "C1=URG C2=BED", "T202" },
		{ "C1=URG C2=FOOD", "T203" },
		{ "C1=URG C2=DATE", "T204" },
		{ "C1=URG C2=MED", "T205" },
		{ "C1=URG C2=BED+OTH", "T202" },
		/* What was said when C1 was another thing is not asked now. */
		{ "C1=URG C2=BED C1=OK", "T402" },
	};

	(void)state;
	check("A3=SELF A4=NO B1=YES", ways, COUNT(ways));
	check("A3=SELF A4=NO B1=NO", ways, COUNT(ways));
}

static void who_is_under_age(void **state)
{
	static const struct way ways[] = {
		{ "D4=RANGE D4_age=U18", "T209" },
		{ "D4=RANGE D4_age=U18 D6_adults=0", "T104" },
		{ "D4=RANGE D4_age=U18 D6_children=2", "T104" },
		{ "D4=RANGE D4_age=U18 D6_adults=0 D6_children=1", "T104" },
		{ "D4=RANGE D4_age=U18 D6_adults=1", "T402" },
		{ "D4=RANGE D4_age=A18 D6_adults=0", "T402" },
		{ "D4=DATE D4_date=2008-02-04", "T209" },
		{ "D4=DATE D4_date=2008-02-03", "T402" },
		{ "D4=YEAR D4_year=2008 D6_adults=0", "T104" },
		{ "D4=YEAR D4_year=2007 D6_adults=0", "T402" },
		{ "D4=YEAR D4_year=2010 D4=RANGE", "T402" },
	};

	(void)state;
	check("A3=SELF A4=NO B1=YES", ways, COUNT(ways));
	check("A3=HLP A4=NO B1=YES", ways, COUNT(ways));
}

static void what_is_needed(void **state)
{
	static const struct way ways[] = {
		{ "F1=INF", "T501" },
		{ "F1=OTH", "T401" },
		{ "F1=INF+OTH", "T401" },
		{ "F1=EDU+COM COM1=V", "T401" },
		{ "F1=SAF", "T210 T401" },
		{ "F1=HOU", "T401" },
		{ "F1=HOU HOU1=T", "T401" },
		{ "F1=HOU HOU1=V", "T301 T401" },
		{ "F1=HOU HOU1=SHE", "T301 T401" },
		{ "F1=HOU HOU1=C", "T202 T401" },
		{ "F1=HOU HOU1=C F1=INF", "T501" },
		{ "F1=FOO FOO1=V", "T302 T401" },
		{ "F1=FOO FOO1=C", "T203 T401" },
		{ "F1=INC INC1=V", "T303 T401" },
		{ "F1=INC INC1=C", "T208 T401" },
		{ "F1=HEA HEA1=V", "T304 T401" },
		{ "F1=HEA HEA1=C", "T205 T401" },
		{ "F1=HEA HEA1=V C1=URG C2=MED", "T205 T401" },
		{ "F1=MEN MEN1=S", "T401" },
		{ "F1=MEN MEN1=V", "T305 T401" },
		{ "F1=MEN MEN1=C", "T206 T401" },
		{ "F1=LEG", "T401" },
		{ "F1=LEG LEG1=S", "T401" },
		{ "F1=LEG LEG1=V", "T306 T401" },
		{ "F1=LEG LEG1=U", "T306 T401" },
		{ "F1=LEG LEG1=C", "T204 T401" },
		{ "F1=LEG LEG1=V C1=URG C2=DATE", "T204 T401" },
		{ "F1=CHI CHI1=BABY", "T307 T401" },
		{ "F1=CHI CHI1=DEV", "T401" },
		{ "F1=EMP EMP1=N", "T311 T401" },
		{ "F1=EMP EMP1=V", "T401" },
		{ "F1=TRA+LAN+DIG TRA1=N LAN1=N G1=N G2=N", "T401" },
	};

	(void)state;
	check("A3=SELF A4=NO B1=YES", ways, COUNT(ways));
}

static void who_came_when_and_how(void **state)
{
	static const struct way ways[] = {
		{ "E1=M1", "T308" },
		{ "E1=M6", "T402" },
		{ "E1=M1 E2=CLM", "T308" },
		{ "E1=M6 E2=RES_PRV", "T309" },
		{ "E1=M6 E2=RES_PRV E5=NO", "T309" },
		{ "E1=M6 E2=RES_PRV E5=DK", "T309" },
		{ "E1=M6 E2=RES_PRV E5=YES", "T402" },
		{ "E1=M1 E2=RES_BLD", "T308 T309" },
		{ "E1=M12 E2=RES_PRV", "T402" },
		{ "E2=RES_PRV", "T402" },
		{ "E1=M6 E2=RES_GOV", "T402" },
		{ "E1=M6 E2=RES_UNS", "T402" },
		{ "E1=M6 E2=RES_UNS E3=DK", "T309" },
		{ "E1=M6 E2=RES_UNS E3=SAH", "T309" },
		{ "E1=M6 E2=RES_UNS E3=G5", "T309" },
		{ "E1=M6 E2=RES_UNS E3=FAMS", "T309" },
		{ "E1=M6 E2=RES_UNS E3=NO", "T402" },
		{ "E1=Y3 E2=RES_PRV E3=NO", "T310" },
		{ "E1=Y3 E2=RES_BLD E3=NO E5=YES", "T310" },
		{ "E1=M6 E2=RES_PRV E3=NO", "T309 T310" },
		/* No longer sponsored: what was said of it does not count. */
		{ "E1=Y3 E2=RES_PRV E3=NO E2=CIT", "T402" },
	};

	(void)state;
	check("A3=SELF A4=NO B1=YES", ways, COUNT(ways));
}

static void who_only_comes_for_something(void **state)
{
	static const struct way ways[] = {
		{ "A4=APT", "T403" },
		{ "A4=APT C1=PRIV", "T201" },
		{ "A4=APT A3=SPO", "T403 T404" },
		{ "A4=DROP", "T502" },
		{ "A4=DROP A3=SPO", "T502" },
		{ "A4=DROP C1=URG C2=BED", "T202" },
		{ "A3=SPO", "T404" },
		{ "A3=SPO A4=NO B1=YES", "T404" },
		{ "A3=SPO A4=NO B1=NO", "T402" },
		{ "A3=SPO A4=NO B1=YES C1=PRIV", "T201 T404" },
		{ "A3=SELF A4=NO B1=YES C3=FIN", "T402" },
		{ "A3=SELF A4=NO B1=YES F1=HOU HOU1=C C3=FIN", "T402" },
	};

	(void)state;
	check("", ways, COUNT(ways));
}

static void reasons_say_what_is_known(void **state)
{
	static const struct {
		const char *answers, *reasons;
	} ways[] = {
		{ "A4=NO B1=NO", "Number-only ticket: nothing is known, ask" },
		{ "A4=NO B1=YES", "No need chosen: ask" },
		{ "A4=NO B1=NO C1=URG C2=BED",
		  "No sure place to sleep tonight" },
		{ "A4=NO B1=YES C1=URG C2=BED D6_children=0",
		  "No sure place to sleep tonight" },
		{ "A4=NO B1=YES C1=URG C2=BED D6_children=2",
		  "No sure place to sleep tonight - with children" },
		{ "A4=NO B1=YES F1=TRA+INF+FOO",
		  "Needs help with: Food and clothes, Getting around" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(ways); i++) {
		SCOPED(run_freep) struct run *run = intake_run();

		answer_all(run, ways[i].answers);
		SCOPED(char_freep) char *reasons = intake_reasons(run);

		assert_string_equal(reasons, ways[i].reasons);
	}
}

static void levels_of_needs(void **state)
{
	static const struct {
		const char *answers, *node, *level;
	} ways[] = {
		{ "F1=HOU", "level_HOU", "U" },
		{ "F1=FOO", "level_HOU", "" },
		{ "C1=URG C2=BED", "level_HOU", "C" },
		{ "F1=HOU HOU1=T C1=URG C2=BED", "level_HOU", "C" },
		{ "F1=HOU HOU1=SHE", "level_HOU", "V" },
		{ "C1=URG C2=CHILD", "level_CHI", "C" },
		{ "F1=CHI", "level_CHI", "U" },
		{ "F1=CHI CHI1=OTH", "level_CHI", "S" },
		{ "F1=CHI CHI1=DEV", "level_CHI", "V" },
		{ "F1=LAN LAN1=N", "level_LAN", "V" },
		{ "F1=LAN LAN1=T", "level_LAN", "T" },
		{ "F1=EMP EMP1=U", "level_EMP", "U" },
		{ "F1=EMP EMP1=N", "level_EMP", "V" },
		{ "F1=TRA TRA1=N", "level_TRA", "V" },
		{ "F1=COM", "level_COM", "U" },
		{ "A3=SELF C1=UNSAFE", "level_SAF", "C" },
		{ "A3=SELF C1=PRIV", "level_SAF", "V" },
		{ "A3=SELF F1=SAF", "level_SAF", "V" },
		{ "A3=SELF C1=OK", "level_SAF", "" },
		{ "F1=DIG", "level_DIG", "U" },
		{ "F1=DIG G1=S", "level_DIG", "U" },
		{ "F1=DIG G1=S G2=S", "level_DIG", "S" },
		{ "F1=DIG G1=S G2=N", "level_DIG", "V" },
		{ "F1=DIG G1=V", "level_DIG", "V" },
		{ "F1=EDU", "level_DIG", "" },
		{ "X1=MORE G1=N", "level_DIG", "V" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(ways); i++) {
		SCOPED(run_freep) struct run *run = intake_run();

		answer_all(run, "A3=SELF A4=NO B1=YES");
		answer_all(run, ways[i].answers);
		if (strcmp(intake_value(run, ways[i].node), ways[i].level))
			fail_msg("%s: %s is %s, not %s", ways[i].answers,
				 ways[i].node, intake_value(run, ways[i].node),
				 ways[i].level);
	}
}

static void many_pressing_needs_suggest_case_management(void **state)
{
	static const struct {
		const char *answers, *tag;
	} ways[] = {
		{ "F1=HOU+FOO HOU1=C FOO1=V", "" },
		{ "F1=HOU+FOO+INC HOU1=V FOO1=V INC1=V", "" },
		{ "F1=HOU+FOO+INC HOU1=C FOO1=S INC1=V", "" },
		{ "F1=HOU+FOO+INC HOU1=C FOO1=V INC1=V",
		  " SCREEN-CASE-MGMT(FOO+HOU+INC)" },
		{ "F1=HOU+FOO HOU1=C FOO1=C", " SCREEN-CASE-MGMT(FOO+HOU)" },
		{ "F1=HOU+FOO+LEG HOU1=C FOO1=C LEG1=S",
		  " SCREEN-CASE-MGMT(FOO+HOU)" },
		{ "C1=URG C2=BED+FOOD F1=LEG LEG1=V",
		  " SCREEN-CASE-MGMT(FOO+HOU+LEG)" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(ways); i++) {
		SCOPED(run_freep) struct run *run = intake_run();
		SCOPED(char_freep)
		char *tags = xasprintf("LANG:en%s", ways[i].tag);

		answer_all(run, "A1=en A3=SELF A4=NO B1=YES");
		answer_all(run, ways[i].answers);
		assert_string_equal(intake_value(run, "tags"), tags);
	}
}

static void an_interpreter_is_wanted(void **state)
{
	static const struct {
		const char *answers, *tags;
	} ways[] = {
		{ "A1=ti A5=SAME", "LANG:ti INTERPRETER" },
		{ "A1=ti A5=EN", "LANG:ti" },
		{ "A1=ti A5=FR", "LANG:ti" },
		{ "A1=ti", "LANG:ti" },
		{ "A1=en A5=SAME", "LANG:en" },
		{ "A1=fr A5=SAME", "LANG:fr" },
		{ "A1=fr A5=SIGN", "LANG:fr INTERPRETER" },
		{ "A1=en A5=OTH", "LANG:en INTERPRETER" },
		{ "A1=zh-Hant A5=SAME", "LANG:zh-Hant INTERPRETER" },
		{ "A1=OTH A5=SAME", "LANG:und INTERPRETER" },
		{ "A5=SAME", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(ways); i++) {
		SCOPED(run_freep) struct run *run = intake_run();

		answer_all(run, "A3=SELF A4=NO B1=YES");
		answer_all(run, ways[i].answers);
		assert_string_equal(intake_value(run, "tags"), ways[i].tags);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_cannot_wait),
		cmocka_unit_test(who_is_under_age),
		cmocka_unit_test(what_is_needed),
		cmocka_unit_test(who_came_when_and_how),
		cmocka_unit_test(who_only_comes_for_something),
		cmocka_unit_test(reasons_say_what_is_known),
		cmocka_unit_test(levels_of_needs),
		cmocka_unit_test(many_pressing_needs_suggest_case_management),
		cmocka_unit_test(an_interpreter_is_wanted),
	};

	return cmocka_run_group_tests(tests, NULL, finish);
}
