#include <stdio.h>
#include <string.h>

#include "tests/support/peer.h"
#include "tests/support/slow.h"
#include "tests/support/world.h"
#include "tests/test.h"

static const char tree[] =
    "<data x='0'><a x='1'><b>1</b><!--c--><b y='2'>2</b><a><b>3</b></a></a>"
    "<c>t<?p q?>u</c><a><b>4</b><c><b>5</b></c></a></data>";

static void axes_lead_where_xpath_says(void **state)
{
	static const char *const cases[][2] = {
		{ "join(' ', a/b)", "1 2 4" },
		{ "join(' ', //b)", "1 2 3 4 5" },
		{ "join(' ', .//b)", "1 2 3 4 5" },
		{ "join(' ', //a//b)", "1 2 3 4 5" },
		{ "join(' ', //a/b)", "1 2 3 4" },
		{ "join(' ', //b[1])", "1 3 4 5" },
		{ "join(' ', //b[last()])", "2 3 4 5" },
		{ "join(' ', /descendant::b[1])", "1" },
		{ "join(' ', (//b)[3])", "3" },
		{ "join(' ', a[2]/b | a[1]/b)", "1 2 4" },
		{ "join(' ', c | a/b | c)", "1 2 tu 4" },
		{ "name(a/b/..)", "a" },
		{ "count(//b/..)", "4" },
		{ "count(//b/ancestor::*)", "5" },
		{ "name(//b[. = 5]/ancestor::*[1])", "c" },
		{ "name(//b[. = 5]/ancestor::*[last()])", "data" },
		{ "name(//b[. = 5]/ancestor-or-self::*[1])", "b" },
		{ "join(' ', a[1]/b[1]/following-sibling::*)", "2 3" },
		{ "join(' ', a[1]/b[2]/preceding-sibling::*)", "1" },
		{ "join(' ', c/following::b)", "4 5" },
		{ "join(' ', c/preceding::b)", "1 2 3" },
		{ "join(' ', c/preceding::b[1])", "3" },
		{ "join(' ', a[2]/preceding-sibling::*[1])", "tu" },
		{ "string(@x)", "0" },
		{ "join(' ', //@*)", "0 1 2" },
		{ "name(//@y/..)", "b" },
		{ "count(@x/following::b)", "5" },
		{ "count(@x/following-sibling::node())", "0" },
		{ "self::data/@x", "0" },
		{ "count(self::a)", "0" },
		{ "join('|', c/text())", "t|u" },
		{ "count(a/comment())", "1" },
		{ "count(c/processing-instruction())", "1" },
		{ "count(c/processing-instruction('p'))", "1" },
		{ "count(c/processing-instruction('x'))", "0" },
		{ "count(a[1]/node())", "4" },
		{ "string(/)", "123tu45" },
		{ "count(/)", "1" },
		{ "count(/..)", "0" },
		{ "count(//node())", "20" },
		{ "a[b = 4]/c/b", "5" },
		{ "a[c][1]/b", "4" },
		{ "a[1.5]", "" },
		{ "a[0]", "" },
		{ "a[-1]", "" },
		{ "a[3]", "" },
		{ "a['2']/b", "1" },
		{ "a[number('2')]/b", "4" },
		{ "a[position() = 2]/b", "4" },
		{ "a[b][2]/b", "4" },
		{ "a[2][b = 1]/b", "" },
	};
	struct world world;

	(void)state;
	world_init(&world, tree);
	for (size_t i = 0; i < COUNT(cases); i++)
		world_expect(&world, NULL, cases[i][0], cases[i][1]);
	world_done(&world);
}

static void namespaces_fit_by_prefix_or_by_address(void **state)
{
	static const char document[] =
	    "<data xmlns='http://www.w3.org/2002/xforms' "
	    "xmlns:orx='http://openrosa.org/xforms' "
	    "xmlns:o='http://openrosa.org/xforms'>"
	    "<a>1</a><orx:meta>2</orx:meta><o:more>3</o:more><meta>4</meta>"
	    "</data>";
	static const char *const cases[][2] = {
		{ "/data/a", "1" },
		{ "orx:meta", "2" },
		{ "orx:more", "3" },
		{ "o:more", "3" },
		{ "meta", "4" },
		{ "more", "" },
		{ "count(*)", "4" },
		{ "count(orx:*)", "2" },
		{ "name(o:more)", "o:more" },
		{ "local-name(o:more)", "more" },
	};
	struct world world;

	(void)state;
	world_init(&world, document);
	for (size_t i = 0; i < COUNT(cases); i++)
		world_expect(&world, NULL, cases[i][0], cases[i][1]);
	world_done(&world);
}

/* Nodes of two documents: the first document's first. */
static void unions_may_span_documents(void **state)
{
	struct world world;

	(void)state;
	world_init(&world, tree);
	world_expect(&world, NULL,
		     "join(' ', a[2]/b | instance('cities')/root/item[1]/name "
		     "| a[1]/b | instance('cities')/root/item[1]/name)",
		     "1 2 4 a");
	world_done(&world);
}

static uint32_t chance;

static uint32_t pick(uint32_t below)
{
	chance = chance * 1664525 + 1013904223;
	return (chance >> 16) % below;
}

static void grow_tree(char *xml, int depth)
{
	static const char *const names[] = { "a", "b", "c" };
	const char *name = names[pick(3)];

	sprintf(xml + strlen(xml), "<%s%s>", name, pick(4) ? "" : " x='1'");
	for (uint32_t n = depth ? pick(5) : 0; n; n--)
		if (pick(4))
			grow_tree(xml, depth - 1);
		else
			strcat(xml, "t<!--c-->");
	sprintf(xml + strlen(xml), "</%s>", name);
}

static const char *const steps[] = {
	"a",
	"b",
	"c",
	"*",
	"..",
	".",
	"node()",
	"text()",
	"@x",
	"@*",
	"ancestor::*",
	"ancestor-or-self::a",
	"descendant::b",
	"descendant-or-self::*",
	"following::*",
	"preceding::*",
	"following-sibling::*",
	"preceding-sibling::node()",
	"parent::a",
	"self::b",
	"child::c",
};

static const char *const predicates[] = {
	"[1]",
	"[2]",
	"[last()]",
	"[position() > 1]",
	"[a]",
	"[b/c]",
	"[count(*) > 1]",
	"[not(b)]",
	"[..]",
	"[.//c]",
	"[@x]",
	"[position() = last()]",
	"[a[1]]",
	"[last() - 1]",
	"[self::a or b]",
	"[a | b]",
	"[name() = 'a']",
	"[true()]",
	"[//c]",
};

/*
 * The peer loses the node itself in .//. and .//self::a, and what is inside an
 * element does not follow its attributes: not asked.
 */
static const char *pick_step(bool deep)
{
	const char *step;

	do
		step = steps[pick(COUNT(steps))];
	while (deep && (!strcmp(step, ".") || !strncmp(step, "self", 4)));
	return step;
}

static void grow_path(char *path)
{
	static const char *const starts[] = { "", "/", "//", ".//" };
	uint32_t start = pick(COUNT(starts));
	bool deep = start > 1;

	strcat(path, starts[start]);
	for (uint32_t n = 1 + pick(4); n; n--) {
		const char *step = pick_step(deep);

		strcat(path, step);
		if (step[0] != '.' && !pick(3))
			strcat(path, predicates[pick(COUNT(predicates))]);
		if (n == 1 || *step == '@')
			break;
		deep = !pick(4);
		strcat(path, deep ? "//" : "/");
	}
	if (!pick(5)) {
		strcat(path, " | ");
		grow_path(path);
	}
}

static void expect_as_peer(struct world *world, xmlNode *node, const char *path)
{
	struct xpath_place place = { .node = node };
	struct xpath_value value;
	struct xpath_problem problem;
	SCOPED(xpath_freep) struct xpath *xpath = NULL;
	static xmlNode *expected[10000];
	int count = peer_nodes(node, path, expected, COUNT(expected));

	if (xpath_parse(path, &xpath, &problem) ||
	    xpath_evaluate(xpath, &world->host, &place, XPATH_STEPS_LIMIT,
			   &value, &problem))
		fail_msg("%s: %s", path, problem.text);
	if (value.type != XPATH_NODES || (int)value.count != count)
		fail_msg("%s: %zu nodes, not %d", path, value.count, count);
	for (int i = 0; i < count; i++)
		if (value.nodes[i] != expected[i])
			fail_msg("%s: node %d is another", path, i);
	xpath_value_done(&value);
}

static xmlNode *any_node(xmlNode *node)
{
	while (node->children && node->type == XML_ELEMENT_NODE && pick(4)) {
		node = node->children;
		while (node->next && pick(2))
			node = node->next;
	}
	return node;
}

/* Pure paths on random trees give the very nodes that libxml2 finds. */
static void paths_agree_with_libxml2(void **state)
{
	static char xml[100000];

	(void)state;
	chance = 20200203;
	for (long i = 0; i < loops(400); i++) {
		struct world world;

		strcpy(xml, "<data>");
		grow_tree(xml, 4);
		grow_tree(xml, 4);
		strcat(xml, "</data>");
		world_init(&world, xml);
		for (int n = 0; n < 50; n++) {
			xmlNode *root = xmlDocGetRootElement(world.primary);
			char path[2000] = "";

			grow_path(path);
			expect_as_peer(&world, any_node(root), path);
		}
		world_done(&world);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(axes_lead_where_xpath_says),
		cmocka_unit_test(namespaces_fit_by_prefix_or_by_address),
		cmocka_unit_test(unions_may_span_documents),
		cmocka_unit_test(paths_agree_with_libxml2),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
