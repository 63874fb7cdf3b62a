#include "tests/support/kitchen.h"

#include "tests/support/forms.h"

static const char model[] =
    "<itext>"
    "<translation lang='English (en)'><text id='l'><value>L</value></text>"
    "</translation>"
    "<translation lang='Tigrinya (ti)'><text id='l'><value>M</value></text>"
    "</translation></itext>"
    "<instance><data id='kitchen' version='1'>"
    "<start/><calc/><language/><note/><g><one/><several/></g><number/><day/>"
    "<month/><ok/><people><name/><age/><pets><pet/></pets></people>"
    "<name>Ann</name><story/><price/><copied/><keep/>"
    "<meta><instanceID/></meta></data></instance>"
    "<bind nodeset='/data/start' type='dateTime' jr:preload='timestamp'"
    " jr:preloadParams='start'/>"
    "<bind nodeset='/data/calc' calculate='1 + 1'/>"
    "<bind nodeset='/data/note' readonly='true()'/>"
    "<bind nodeset='/data/g' relevant=\"/data/name != 'hide'\"/>"
    "<bind nodeset='/data/number' type='int'/>"
    "<bind nodeset='/data/day' type='date'/>"
    "<bind nodeset='/data/month' type='date'/>"
    "<bind nodeset='/data/people' foyer:max='3'/>"
    "<bind nodeset='/data/people/age' type='int'/>"
    "<bind nodeset='/data/people/pets' foyer:max='2'/>"
    "<bind nodeset='/data/name' foyer:bytes='10'/>"
    "<bind nodeset='/data/price' type='decimal'/>"
    "<bind nodeset='/data/keep' calculate=\"if(/data/g/one = 'c9', 'no', "
    "'kept')\"/>"
    "<setvalue ref='/data/copied' event='odk-instance-first-load'"
    " value=\"'first'\"/>";

#define ITEM(v) "<item><label>x</label><value>" v "</value></item>"
#define ITEMS      \
	ITEM("c1") \
	ITEM("c2") \
	ITEM("c3") \
	ITEM("c4") ITEM("c5") ITEM("c6") ITEM("c7") ITEM("c8") ITEM("c9")

static const char body[] =
    "<input ref='/data/note'><label>n</label></input>"
    "<group ref='/data/g'><label>g</label>"
    "<select1 ref='/data/g/one'><label>o</label>" ITEMS "</select1>"
    "<select ref='/data/g/several'><label>s</label>" ITEMS "</select></group>"
    "<input ref='/data/number'><label>i</label></input>"
    "<input ref='/data/day'><label>d</label></input>"
    "<input ref='/data/month' appearance='month-year ethiopian'>"
    "<label>d</label></input>"
    "<trigger ref='/data/ok'><label>t</label></trigger>"
    "<group ref='/data/people'><label>p</label>"
    "<repeat nodeset='/data/people'>"
    "<input ref='/data/people/name'><label>n</label></input>"
    "<input ref='/data/people/age'><label>a</label></input>"
    "<group ref='/data/people/pets'><label>p</label>"
    "<repeat nodeset='/data/people/pets'>"
    "<input ref='/data/people/pets/pet'><label>n</label></input>"
    "</repeat></group></repeat></group>"
    "<input ref='/data/name'><label>n</label></input>"
    "<input ref='/data/story' appearance='multiline'><label>n</label></input>"
    "<input ref='/data/price'><label>n</label></input>";

struct form *kitchen_form(void)
{
	return forms_of(model, body);
}
