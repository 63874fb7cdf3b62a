#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "ticket/unpack.h"

/* A form with every kind of question, repeats within repeats included. */
static const char form_text[] =
    "<h:html xmlns='http://www.w3.org/2002/xforms'"
    " xmlns:h='http://www.w3.org/1999/xhtml'"
    " xmlns:jr='http://openrosa.org/javarosa'><h:head><h:title>t</h:title>"
    "<model><instance><data id='f'><language/><one>b</one><several/><int/>"
    "<day/><month/><ok/><people><name/><pets><pet/></pets></people><count/>"
    "<rep><a/></rep><story/><price/><said/></data></instance>"
    "<bind nodeset='/data/int' type='int'/>"
    "<bind nodeset='/data/count' type='int'/>"
    "<bind nodeset='/data/day' type='date'/>"
    "<bind nodeset='/data/month' type='date' relevant=\"/data/one = 'b'\"/>"
    "<bind nodeset='/data/price' type='decimal'/>"
    "</model></h:head><h:body>"
    "<select1 ref='/data/one'><label>o</label>"
    "<item><label>a</label><value>a</value></item>"
    "<item><label>b</label><value>b</value></item></select1>"
    "<select ref='/data/several'><label>o</label>"
    "<item><label>a</label><value>a</value></item>"
    "<item><label>b</label><value>b</value></item></select>"
    "<input ref='/data/int'><label>l</label></input>"
    "<input ref='/data/day'><label>l</label></input>"
    "<input ref='/data/month' appearance='month-year'><label>l</label></input>"
    "<trigger ref='/data/ok'><label>l</label></trigger>"
    "<group ref='/data/people'><repeat nodeset='/data/people'>"
    "<input ref='/data/people/name'><label>l</label></input>"
    "<group ref='/data/people/pets'><repeat nodeset='/data/people/pets'>"
    "<input ref='/data/people/pets/pet'><label>l</label></input>"
    "</repeat></group></repeat></group>"
    "<input ref='/data/count'><label>l</label></input>"
    "<group ref='/data/rep'><repeat nodeset='/data/rep'"
    " jr:count='/data/count'><input ref='/data/rep/a'><label>l</label></input>"
    "</repeat></group>"
    "<input ref='/data/story' appearance='multiline'><label>l</label>"
    "<setvalue ref='/data/said' event='xforms-value-changed'"
    " value=\"concat(/data/said, 'x')\"/></input>"
    "<input ref='/data/price'><label>l</label></input></h:body></h:html>";

static void silent(void *to, enum log_level level, const char *line)
{
	(void)to;
	(void)level;
	(void)line;
}

static struct form *form;
static struct slots *slots;

static void must(int done)
{
	if (!done)
		abort();
}

/* What was taken can be packed again, unless the answers grew too large. */
static void pack_again(struct run *run)
{
	uint8_t plain[WIRE_PLAIN_MAX];
	struct bytes xml = { 0 };
	enum unpack_answer answer;
	struct run *desk;
	size_t length;

	must(!run_submission(run, &xml));
	bytes_done(&xml);
	if (pack(slots, run, 0, 0, 0, plain, &length) != PACK_DONE)
		return;
	must(!run_new(form, &(const struct run_world){ 0 }, &desk));
	must(!unpack(slots, plain, length, desk, &answer));
	must(answer == UNPACK_DONE);
	run_free(desk);
}

/* The first byte chooses the size; the rest stands behind the cover. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t plain[WIRE_PLAIN_MAX] = { PLAIN_FORMAT };
	enum unpack_answer answer;
	struct run *run;
	size_t length;
	enum fault fault;

	log_to(silent, NULL);
	if (!form) {
		must(!form_parse("fuzz", form_text, strlen(form_text), NULL,
				 &form));
		must(!slots_new(form, &slots));
	}
	if (!size)
		return 0;
	length = wire_plain(data[0] % WIRE_CLASSES);
	if (size - 1 > length - PLAIN_COVER)
		size = length - PLAIN_COVER + 1;
	memcpy(plain + PLAIN_COVER, data + 1, size - 1);
	must(!run_new(form, &(const struct run_world){ 0 }, &run));
	fault = unpack(slots, plain, length, run, &answer);
	if (!fault && answer == UNPACK_DONE)
		pack_again(run);
	run_free(run);
	return 0;
}
