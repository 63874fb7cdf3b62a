#include "tests/support/peer.h"

#include <libxml/xpathInternals.h>

static void be_silent(void *to, xmlError *error)
{
	(void)to, (void)error;
}

int peer_nodes(xmlNode *context, const char *path, xmlNode **nodes, int room)
{
	xmlXPathContext *engine = xmlXPathNewContext(context->doc);
	xmlXPathObject *result;
	int count = -1;

	xmlSetStructuredErrorFunc(NULL, (xmlStructuredErrorFunc)be_silent);
	engine->node = context;
	result = xmlXPathEvalExpression((const xmlChar *)path, engine);
	if (result && result->type == XPATH_NODESET) {
		xmlXPathNodeSetSort(result->nodesetval);
		count = result->nodesetval ? result->nodesetval->nodeNr : 0;
		for (int i = 0; i < count && i < room; i++)
			nodes[i] = result->nodesetval->nodeTab[i];
	}
	xmlXPathFreeObject(result);
	xmlXPathFreeContext(engine);
	xmlSetStructuredErrorFunc(NULL, NULL);
	return count;
}
