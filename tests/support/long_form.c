#include "tests/support/long_form.h"

#include "base/bytes.h"
#include "tests/support/forms.h"

static void add_words(struct bytes *out, const char *language, int count)
{
	bytes_add_format(out, "<translation lang='%s'>", language);
	for (int i = 0; i < count; i++) {
		bytes_add_format(out, "<text id='q%d'><value>%s %d", i,
				 language, i);
		if (i % 5 == 3)
			bytes_add_format(out, " <output value='/data/q%d'/>",
					 i - 2);
		bytes_add_text(out, "</value></text>");
	}
	bytes_add_format(out,
			 "<text id='yes'><value>%s yes</value></text>"
			 "<text id='no'><value>%s no</value></text>"
			 "</translation>",
			 language, language);
}

static void add_bind(struct bytes *out, int i)
{
	switch (i % 5) {
	case 1:
	case 2:
		bytes_add_format(out,
				 "<bind nodeset='/data/q%d' type='%s' "
				 "relevant=\"/data/q%d = 'yes'\"/>",
				 i, i % 5 == 1 ? "string" : "int", i - i % 5);
		break;
	case 3:
		if (i == 3)
			bytes_add_text(out,
				       "<bind nodeset='/data/q3' type='int' "
				       "constraint='. &lt; 1000'/>");
		break;
	case 4:
		bytes_add_format(out,
				 "<bind nodeset='/data/q%d' type='int' "
				 "calculate='/data/q%d + 1'/>",
				 i, i == 4 ? 3 : i - 5);
		break;
	default:
		break;
	}
}

static void add_control(struct bytes *out, int i)
{
	const char *element = i % 5 ? "input" : "select1";

	if (i % 5 == 4)
		return;
	bytes_add_format(out,
			 "<%s ref='/data/q%d'><label ref=\"jr:itext('q%d')\"/>",
			 element, i, i);
	if (i % 5 == 0)
		bytes_add_text(out, "<item><label ref=\"jr:itext('yes')\"/>"
				    "<value>yes</value></item>"
				    "<item><label ref=\"jr:itext('no')\"/>"
				    "<value>no</value></item>");
	bytes_add_format(out, "</%s>", element);
}

static char *whole(struct bytes *model, struct bytes *body)
{
	char *text;

	bytes_add_text(body, "");
	text = forms_text((char *)model->data, (char *)body->data);
	bytes_done(model);
	bytes_done(body);
	return text;
}

char *long_form(int count)
{
	struct bytes model = { 0 }, body = { 0 };

	bytes_add_text(&model, "<itext>");
	add_words(&model, "en", count);
	add_words(&model, "fr", count);
	bytes_add_text(&model, "</itext><instance><data id='long'>");
	for (int i = 0; i < count; i++)
		bytes_add_format(&model, "<q%d/>", i);
	bytes_add_text(&model, "</data></instance>");
	for (int i = 0; i < count; i++) {
		add_bind(&model, i);
		add_control(&body, i);
	}
	return whole(&model, &body);
}

char *long_chain(int links)
{
	struct bytes model = { 0 }, body = { 0 };

	bytes_add_text(&model, "<instance><data id='chain'>");
	for (int i = links; i >= 0; i--)
		bytes_add_format(&model, "<c%d/>", i);
	bytes_add_text(&model, "</data></instance>"
			       "<bind nodeset='/data/c0' type='int'/>");
	for (int i = links; i > 0; i--)
		bytes_add_format(&model,
				 "<bind nodeset='/data/c%d' type='int' "
				 "calculate='/data/c%d + 1'/>",
				 i, i - 1);
	bytes_add_text(&body, "<input ref='/data/c0'><label>c</label></input>");
	return whole(&model, &body);
}
