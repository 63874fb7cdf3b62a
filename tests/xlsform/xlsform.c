#include "xlsform/xlsform.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/sheets.h"
#include "tests/test.h"

/* --- what comes of sheets ------------------------------------------------- */

static void the_smallest_form_is_one_question(void **state)
{
	SCOPED(char_freep)
	char *document = sheets_sound((struct sheets_text){
	    .survey = "type,name,label\ntext,a,Your name\n",
	    .settings = "form_title,form_id,version\nA & B,tiny,3\n",
	});

	(void)state;
	assert_string_equal(
	    document,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<h:html xmlns=\"http://www.w3.org/2002/xforms\""
	    " xmlns:h=\"http://www.w3.org/1999/xhtml\""
	    " xmlns:ev=\"http://www.w3.org/2001/xml-events\""
	    " xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\""
	    " xmlns:jr=\"http://openrosa.org/javarosa\""
	    " xmlns:orx=\"http://openrosa.org/xforms\""
	    " xmlns:odk=\"http://www.opendatakit.org/xforms\">\n"
	    "  <h:head>\n"
	    "    <h:title>A &amp; B</h:title>\n"
	    "    <model odk:xforms-version=\"1.0.0\">\n"
	    "      <instance>\n"
	    "        <data id=\"tiny\" version=\"3\">\n"
	    "          <a/>\n"
	    "          <meta>\n"
	    "            <instanceID/>\n"
	    "          </meta>\n"
	    "        </data>\n"
	    "      </instance>\n"
	    "      <bind nodeset=\"/data/a\" type=\"string\"/>\n"
	    "      <bind nodeset=\"/data/meta/instanceID\" type=\"string\""
	    " readonly=\"true()\" jr:preload=\"uid\"/>\n"
	    "    </model>\n"
	    "  </h:head>\n"
	    "  <h:body>\n"
	    "    <input ref=\"/data/a\">\n"
	    "      <label>Your name</label>\n"
	    "    </input>\n"
	    "  </h:body>\n"
	    "</h:html>\n");
}

static void the_same_sheets_give_the_same_bytes(void **state)
{
	struct sheets_text text = {
		.survey = "type,name,label::A,label::B\n"
			  "select_one l,a,x,y\n"
			  "begin repeat,r,,\ntext,t,t,u\nend repeat,,,\n",
		.choices = "list_name,name,label::A,label::B\nl,1,x,y\n",
	};
	SCOPED(char_freep) char *one = sheets_sound(text);
	SCOPED(char_freep) char *other = sheets_sound(text);

	(void)state;
	assert_string_equal(one, other);
}

static void every_type_has_its_control_and_its_bind(void **state)
{
	static const struct {
		const char *type, *bind, *control;
	} types[] = {
		{ "text", "type=\"string\"", "<input ref=\"/data/q\"" },
		{ "string", "type=\"string\"", "<input ref" },
		{ "add text prompt", "type=\"string\"", "<input ref" },
		{ "q int", "type=\"int\"", "<input ref" },
		{ "integer", "type=\"int\"", "<input ref" },
		{ "decimal", "type=\"decimal\"", "<input ref" },
		{ "date", "type=\"date\"", "<input ref" },
		{ "time", "type=\"time\"", "<input ref" },
		{ "datetime", "type=\"dateTime\"", "<input ref" },
		{ "note", "type=\"string\" readonly=\"true()\"", "<input ref" },
		{ "acknowledge", "type=\"string\"", "<trigger ref" },
		{ "trigger", "type=\"string\"", "<trigger ref" },
		{ "range", "type=\"int\"",
		  "<range ref=\"/data/q\" start=\"0\" end=\"10\" step=\"1\"" },
		{ "hidden", "type=\"string\"/>", NULL },
		{ "start",
		  "jr:preload=\"timestamp\" jr:preloadParams=\"start\"", NULL },
		{ "end time", "jr:preloadParams=\"end\"", NULL },
		{ "get today", "jr:preload=\"date\" jr:preloadParams=\"today\"",
		  NULL },
		{ "deviceid",
		  "jr:preload=\"property\" jr:preloadParams=\"deviceid\"",
		  NULL },
		{ "select_one l", "type=\"string\"", "<select1 ref" },
		{ "select one from l", "type=\"string\"", "<select1 ref" },
		{ "select1 l", "type=\"string\"", "<select1 ref" },
		{ "add select one prompt using l", "type=\"string\"",
		  "<select1 ref" },
		{ "select_multiple l", "type=\"string\"", "<select ref" },
		{ "select all that apply from l", "type=\"string\"",
		  "<select ref" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(types); i++) {
		SCOPED(char_freep)
		char *survey =
		    xasprintf("type,name,label\n%s,q,What?\n", types[i].type);
		SCOPED(char_freep)
		char *document = sheets_sound((struct sheets_text){
		    .survey = survey,
		    .choices = "list_name,name,label\nl,x,X\n",
		});

		sheets_contain(document, types[i].bind, NULL);
		if (types[i].control)
			sheets_contain(document, types[i].control, NULL);
		else
			sheets_contain(document, "<h:body/>", NULL);
	}
}

static void columns_become_what_xforms_calls_them(void **state)
{
	SCOPED(char_freep)
	char *document = sheets_sound((struct sheets_text){
	    .survey =
		"type,name,label,hint,required,required_message,relevant,"
		"constraint,constraint_message,readonly,appearance,default,"
		"rows,bind::odk:length,body::accept,instance::odk:tag\n"
		"text,a,A,Hint,yes,Must,TRUE(),. != 'x',Not x,no,multiline,"
		"start,5,12,*,t\n",
	});

	(void)state;
	sheets_contain(
	    document, "<a odk:tag=\"t\">start</a>",
	    "<bind nodeset=\"/data/a\" type=\"string\" readonly=\"false()\""
	    " required=\"true()\" jr:requiredMsg=\"Must\" relevant=\"true()\""
	    " constraint=\". != 'x'\" jr:constraintMsg=\"Not x\""
	    " odk:length=\"12\"/>",
	    "<input ref=\"/data/a\" appearance=\"multiline\" rows=\"5\""
	    " accept=\"*\">",
	    "<label>A</label>", "<hint>Hint</hint>", NULL);
}

static void choices_are_items_of_an_instance(void **state)
{
	SCOPED(char_freep)
	char *document = sheets_sound((struct sheets_text){
	    .survey = "type,name,label,choice_filter\n"
		      "select_one town,t,Town,\n"
		      "select_one street,s,Street,town = ${t}\n",
	    .choices = "list_name,name,label,town\n"
		       "town,x,X,\ntown,y,Y,\n"
		       "street,1,One,x\nstreet,2,Two,y\n",
	});

	(void)state;
	sheets_contain(document,
		       "<instance id=\"street\">\n"
		       "        <root>\n"
		       "          <item>\n"
		       "            <name>1</name>\n"
		       "            <label>One</label>\n"
		       "            <town>x</town>\n"
		       "          </item>\n",
		       "<itemset nodeset=\"instance('town')/root/item\">\n"
		       "        <value ref=\"name\"/>\n"
		       "        <label ref=\"label\"/>\n",
		       "<itemset nodeset=\"instance('street')/root/item"
		       "[town =  /data/t ]\">",
		       NULL);
}

static void selects_can_be_shuffled(void **state)
{
	SCOPED(char_freep)
	char *shuffled = sheets_sound((struct sheets_text){
	    .survey = "type,name,label,parameters\n"
		      "select_one l,a,A,\"randomize=true, seed=42\"\n",
	    .choices = "list_name,name,label\nl,x,X\n",
	});

	(void)state;
	sheets_contain(shuffled,
		       "nodeset=\"randomize(instance('l')/root/item, 42)\"",
		       NULL);
}

/* A kiosk does nothing with them; other programs that show the form do. */
static void parameters_become_the_attributes_that_others_read(void **state)
{
	struct findings findings = { 0 };
	SCOPED(char_freep)
	char *document = sheets_compile(
	    (struct sheets_text){
		.survey = "type,name,label,parameters,body::accuracyThreshold\n"
			  "gps,a,A,\"capture-accuracy=2.5 warning-accuracy=50, "
			  "allow-mock-accuracy=true\",\n"
			  "geopoint,b,B,,10\n"
			  "geotrace,c,C,incremental=true,\n"
			  "image,d,D,max-pixels=640;app=org.example.camera,\n"
			  "audio,e,E,quality=low,\n"
			  "audit,audit,,location-priority=balanced "
			  "location-min-interval=30 location-max-age=60 "
			  "track-changes=true,\n",
	    },
	    &findings);

	(void)state;
	assert_int_equal(findings.count, 6); /* that a kiosk has none of it */
	findings_done(&findings);
	sheets_contain(
	    document,
	    "<input ref=\"/data/a\" accuracyThreshold=\"2.5\""
	    " unacceptableAccuracyThreshold=\"50\">",
	    "<bind nodeset=\"/data/a\" type=\"geopoint\""
	    " odk:allow-mock-accuracy=\"true\"/>",
	    "<input ref=\"/data/b\" accuracyThreshold=\"10\">",
	    "<bind nodeset=\"/data/b\" type=\"geopoint\"/>",
	    "<input ref=\"/data/c\" incremental=\"true\">",
	    "<bind nodeset=\"/data/d\" type=\"binary\""
	    " orx:max-pixels=\"640\"/>",
	    "intent=\"org.example.camera\"",
	    "<bind nodeset=\"/data/e\" type=\"binary\" odk:quality=\"low\"/>",
	    "<bind nodeset=\"/data/meta/audit\" type=\"binary\""
	    " odk:location-priority=\"balanced\""
	    " odk:location-min-interval=\"30\""
	    " odk:location-max-age=\"60\" odk:track-changes=\"true\"/>",
	    NULL);
}

static void translations_stand_in_itext_under_readable_ids(void **state)
{
	SCOPED(char_freep)
	char *document = sheets_sound((struct sheets_text){
	    .survey = "type,name,label::English (en),label::French (fr),"
		      "hint::English (en),guidance_hint::English (en),"
		      "constraint,constraint_message::English (en)\n"
		      "select_one l,a,Hello,Bonjour,Hint,More,. != 'x',No\n",
	    .choices = "list_name,name,label::English (en),label::French (fr),"
		       "image::English (en)\n"
		       "l,x,Ex,Icks,x.png\n",
	    .settings = "default_language\nFrench (fr)\n",
	});

	(void)state;
	sheets_contain(
	    document,
	    "<translation lang=\"English (en)\">\n"
	    "          <text id=\"choices/l/x:label\">\n"
	    "            <value>Ex</value>\n"
	    "            <value form=\"image\">jr://images/x.png</value>\n",
	    "<translation lang=\"French (fr)\" default=\"true()\">\n"
	    "          <text id=\"choices/l/x:label\">\n"
	    "            <value>Icks</value>\n",
	    "<text id=\"/data/a:label\">\n"
	    "            <value>Bonjour</value>\n",
	    "<text id=\"/data/a:hint\">\n"
	    "            <value>Hint</value>\n"
	    "            <value form=\"guidance\">More</value>\n",
	    "<text id=\"/data/a:jr:constraintMsg\">\n"
	    "            <value>No</value>\n",
	    "jr:constraintMsg=\"jr:itext('/data/a:jr:constraintMsg')\"",
	    "<label ref=\"jr:itext('/data/a:label')\"/>",
	    "<hint ref=\"jr:itext('/data/a:hint')\"/>",
	    "<itextId>choices/l/x:label</itextId>\n"
	    "            <name>x</name>\n",
	    "<label ref=\"jr:itext(itextId)\"/>", NULL);
}

static void a_text_of_no_language_is_of_the_usual_one_only(void **state)
{
	SCOPED(char_freep)
	char *document = sheets_sound((struct sheets_text){
	    .survey = "type,name,label,label::French (fr),image\n"
		      "text,a,Hello,,\ntext,b,There,Salut,b.png\n"
		      "text,c,Only,,c.png\n",
	    .settings = "default_language\nEnglish (en)\n",
	});

	(void)state;
	sheets_contain(
	    document, "<label>Hello</label>",
	    "<translation lang=\"French (fr)\">\n"
	    "          <text id=\"/data/b:label\">\n"
	    "            <value>Salut</value>\n"
	    "            <value form=\"image\">jr://images/b.png</value>\n"
	    "          </text>\n"
	    "          <text id=\"/data/c:label\">\n"
	    "            <value form=\"image\">jr://images/c.png</value>\n",
	    "<translation lang=\"English (en)\" default=\"true()\">\n"
	    "          <text id=\"/data/b:label\">\n"
	    "            <value>There</value>\n"
	    "            <value form=\"image\">jr://images/b.png</value>\n",
	    NULL);
}

static void a_message_with_a_reference_needs_itext(void **state)
{
	SCOPED(char_freep)
	char *document = sheets_sound((struct sheets_text){
	    .survey = "type,name,label,constraint,constraint_message\n"
		      "text,a,A,,\ntext,b,B,. = ${a},Not ${a}\n"
		      "text,c,C,. = ${a},\"Two\nlines\"\n",
	});

	(void)state;
	sheets_contain(
	    document, "<translation lang=\"default\">",
	    "<text id=\"/data/b:jr:constraintMsg\">\n"
	    "            <value>Not <output value=\" /data/a \"/></value>",
	    "<value>Two\nlines</value>", NULL);
}

static void a_list_without_translations_stays_out_of_itext(void **state)
{
	SCOPED(char_freep)
	char *document = sheets_sound((struct sheets_text){
	    .survey = "type,name,label::English (en)\n"
		      "select_one own,a,Language\nselect_one l,b,Other\n",
	    .choices = "list_name,name,label,label::English (en)\n"
		       "own,fr,Français,\nl,x,,Ex\n",
	    .settings = "default_language\nEnglish (en)\n",
	});

	(void)state;
	sheets_contain(document,
		       "<name>fr</name>\n            <label>Français</label>",
		       "<itextId>choices/l/x:label</itextId>", NULL);
	assert_null(strstr(document, "choices/own"));
}

static void references_in_labels_become_outputs(void **state)
{
	SCOPED(char_freep)
	char *document = sheets_sound((struct sheets_text){
	    .survey = "type,name,label\n"
		      "text,a,A <b> & c\n"
		      "note,n,Hello ${a}!\n"
		      "note,m,${a}\n",
	});

	(void)state;
	sheets_contain(document, "<label>A &lt;b&gt; &amp; c</label>",
		       "<label>Hello <output value=\" /data/a \"/>!</label>",
		       "<label><output value=\" /data/a \"/></label>", NULL);
}

static void references_are_absolute_outside_of_repeats(void **state)
{
	SCOPED(char_freep)
	char *document = sheets_sound((struct sheets_text){
	    .survey = "type,name,label,relevant,calculation\n"
		      "begin group,g,G,,\n"
		      "text,a,A,,\n"
		      "text,b,B,${ a } = \xe2\x80\x98x\xe2\x80\x99,\n"
		      "end group,,,,\n"
		      "select_one l,s,S,,\n"
		      "calculate,c,,,\"jr:choice-name(${s}, '${s}')\"\n",
	    .choices = "list_name,name,label\nl,x,X\n",
	});

	(void)state;
	sheets_contain(document, "relevant=\" /data/g/a  = 'x'\"",
		       "calculate=\"jr:choice-name( /data/s , '/data/s')\"",
		       NULL);
}

static void references_inside_a_repeat_mean_the_same_instance(void **state)
{
	SCOPED(char_freep)
	char *document = sheets_sound((struct sheets_text){
	    .survey = "type,name,label,relevant,calculation,choice_filter\n"
		      "text,out,O,,,\n"
		      "begin repeat,r,R,,,\n"
		      "text,a,A ${a} ${out},,,\n"
		      "begin group,g,G,${a} = 1,,\n"
		      "text,b,B,${a} = 'x' and ${out} = 'y',,\n"
		      "end group,,,,,\n"
		      "select_one l,s,S,,,f = ${b}\n"
		      "calculate,c,,,sum(${a}) + count(${r}),\n"
		      "calculate,d,,,\"indexed-repeat(${a}, ${r}, 1)\",\n"
		      "calculate,f,,,\"indexed-repeat(${a}, ${r}, ${a} - "
		      "indexed-repeat(${g}, ${r}, (${b})))\",\n"
		      "calculate,e,,,instance('l')/root/item[f = ${a}]/name,\n"
		      "begin repeat,in,I,,,\n"
		      "calculate,x,,,${a} + ${y},\n"
		      "text,y,Y,,,\n"
		      "end repeat,,,,,\n"
		      "end repeat,,,,,\n"
		      "calculate,all,,,sum(${a}),\n",
	    .choices = "list_name,name,label,f\nl,x,X,1\n",
	});

	(void)state;
	sheets_contain(
	    document, "nodeset=\"/data/r/g\" relevant=\" ../a  = 1\"",
	    "relevant=\" ../../a  = 'x' and  /data/out  = 'y'\"",
	    "root/item[f =  current()/../g/b ]",
	    "calculate=\"sum( ../a ) + count( /data/r )\"",
	    "calculate=\"indexed-repeat( /data/r/a ,  /data/r , 1)\"",
	    "calculate=\"indexed-repeat( /data/r/a ,  /data/r ,  ../a  - "
	    "indexed-repeat( /data/r/g ,  /data/r , ( ../g/b )))\"",
	    "root/item[f =  current()/../a ]/name",
	    "calculate=\" ../../a  +  ../y \"",
	    "calculate=\"sum( /data/r/a )\"",
	    "<label>A <output value=\" ../a \"/> <output value=\" /data/out "
	    "\"/></label>",
	    NULL);
}

static void settings_may_add_attributes_to_the_form(void **state)
{
	SCOPED(char_freep)
	char *document = sheets_sound((struct sheets_text){
	    .survey = "type,name,label\ntext,a,A\n",
	    .settings = "form_id,attribute::odk:x,attribute::y,client_editable"
			"\nf,1,two,no\n",
	});

	(void)state;
	sheets_contain(document, "<data id=\"f\" odk:x=\"1\" y=\"two\">", NULL);
}

static void a_range_says_how_it_looks(void **state)
{
	SCOPED(char_freep)
	char *document = sheets_sound((struct sheets_text){
	    .survey = "type,name,label,parameters\n"
		      "range,a,A,start=1; end=5; step=0.5; tick_interval=1; "
		      "placeholder=3; tick_labelset=l\n",
	    .choices = "list_name,name,label\nl,1,Bad\nl,5,Good\n",
	});

	(void)state;
	sheets_contain(document,
		       "<range ref=\"/data/a\" start=\"1\" end=\"5\" "
		       "step=\"0.5\" odk:tick-interval=\"1\" "
		       "odk:tick-labelset=\"l\" odk:placeholder=\"3\">",
		       "<itemset nodeset=\"instance('l')/root/item\">", NULL);
}

static void plain_words_beside_a_language_are_what_is_shown_first(void **state)
{
	struct findings findings = { 0 };
	SCOPED(char_freep)
	char *document = sheets_compile(
	    (struct sheets_text){
		.survey = "type,name,label,label::French (fr)\n"
			  "select_one l,a,A,Ah\n",
		.choices = "list_name,name,label,label::French (fr)\nl,x,X,Icks"
			   "\n",
	    },
	    &findings);

	(void)state;
	assert_int_equal(findings.count, 2); /* that they have no language */
	sheets_contain(document,
		       "<translation lang=\"default\" default=\"true()\">",
		       NULL);
	findings_done(&findings);
}

static void repeats_have_a_template_and_a_count(void **state)
{
	SCOPED(char_freep)
	char *document = sheets_sound((struct sheets_text){
	    .survey = "type,name,label,repeat_count,default\n"
		      "integer,n,N,,\n"
		      "begin repeat,r,R,${n},\n"
		      "text,a,A,,once(uuid())\n"
		      "end repeat,,,,\n"
		      "begin_repeat,s,S,${n} + 1,\n"
		      "text,b,B,,\n"
		      "begin_repeat,t,T,,\n"
		      "text,c,C,,\n"
		      "end_repeat,,,,\n"
		      "end_repeat,,,,\n",
	});

	(void)state;
	sheets_contain(
	    document,
	    "<r jr:template=\"\">\n"
	    "            <a/>\n"
	    "          </r>\n"
	    "          <r>\n",
	    "<s_count/>\n          <s jr:template=\"\">\n"
	    "            <b/>\n"
	    "            <t jr:template=\"\">\n"
	    "              <c/>\n"
	    "            </t>\n"
	    "          </s>\n"
	    "          <s>\n"
	    "            <b/>\n"
	    "            <t>\n",
	    "<bind nodeset=\"/data/s_count\" type=\"string\""
	    " readonly=\"true()\" calculate=\" /data/n  + 1\"/>",
	    "<group ref=\"/data/r\">\n"
	    "      <label>R</label>\n"
	    "      <repeat nodeset=\"/data/r\" jr:count=\" /data/n \">\n"
	    "        <setvalue event=\"odk-instance-first-load"
	    " odk-new-repeat\" ref=\"/data/r/a\" value=\"once(uuid())\"/>",
	    "jr:count=\" /data/s_count \"", NULL);
	/* Not at the form's start too, where there is no instance to set. */
	assert_null(
	    strstr(document, "<setvalue event=\"odk-instance-first-load\""));
}

static void defaults_are_plain_or_worked_out_at_the_start(void **state)
{
	SCOPED(char_freep)
	char *document = sheets_sound((struct sheets_text){
	    .survey = "type,name,label,default\n"
		      "text,a,A,John (junior)\n"
		      "date,b,B,today()\n"
		      "text,c,C,${a}\n"
		      "date,d,D,2020-01-02\n"
		      "integer,e,E,2 + 1\n"
		      "integer,f,F,-3\n"
		      "text,g,G,2 + 1\n",
	});

	(void)state;
	sheets_contain(document, "<a>John (junior)</a>", "<b/>", "<c/>",
		       "<d>2020-01-02</d>", "<e/>", "<f>-3</f>", "<g>2 + 1</g>",
		       "ref=\"/data/e\" value=\"2 + 1\"/>",
		       "<setvalue event=\"odk-instance-first-load\""
		       " ref=\"/data/b\" value=\"today()\"/>",
		       "ref=\"/data/c\" value=\" /data/a \"/>", NULL);
}

static void a_trigger_sets_a_value_when_its_question_changes(void **state)
{
	SCOPED(char_freep)
	char *document = sheets_sound((struct sheets_text){
	    .survey = "type,name,label,trigger,calculation\n"
		      "text,a,A,,\n"
		      "text,b,B,,\n"
		      "calculate,kept,,\"${a}, ${b}\",\"if(${a} != '', ${a}, "
		      "${b})\"\n"
		      "text,c,C,${b},\n",
	});

	(void)state;
	sheets_contain(
	    document, "<bind nodeset=\"/data/kept\" type=\"string\"/>",
	    "<label>A</label>\n"
	    "      <setvalue event=\"xforms-value-changed\""
	    " ref=\"/data/kept\" value=\"if( /data/a  != '',  /data/a , "
	    " /data/b )\"/>\n"
	    "    </input>",
	    "<setvalue event=\"xforms-value-changed\" ref=\"/data/c\"/>", NULL);
}

static void a_flat_group_has_no_node_and_marks_its_screen(void **state)
{
	SCOPED(char_freep)
	char *document = sheets_sound((struct sheets_text){
	    .survey = "type,name,label,appearance,flat\n"
		      "begin group,both,Both,field-list,yes\n"
		      "note,h,Head,,\n"
		      "hidden,x,,,\n"
		      "text,a,A,,\n"
		      "text,b,B,multiline,\n"
		      "end group,,,,\n"
		      "text,c,C,,\n",
	});

	(void)state;
	sheets_contain(
	    document,
	    "          <h/>\n          <x/>\n          <a/>\n"
	    "          <b/>\n          <c/>\n",
	    "<bind nodeset=\"/data/a\"",
	    "<group appearance=\"field-list\">\n"
	    "      <label>Both</label>\n"
	    "      <input ref=\"/data/h\">\n",
	    "<input ref=\"/data/a\" appearance=\"same-screen\">",
	    "<input ref=\"/data/b\" appearance=\"multiline same-screen\">",
	    "<input ref=\"/data/c\">", NULL);
	assert_null(strstr(document, "/data/both"));
}

static void a_setting_makes_every_group_flat(void **state)
{
	SCOPED(char_freep)
	char *document = sheets_sound((struct sheets_text){
	    .survey = "type,name,label\n"
		      "begin group,g,G\ntext,a,A\nend group\n",
	    .settings = "flat\nTRUE\n",
	});

	(void)state;
	sheets_contain(document, "<bind nodeset=\"/data/a\"", "<group>\n",
		       NULL);
}

static void attributes_may_come_from_any_declared_namespace(void **state)
{
	SCOPED(char_freep)
	char *document = sheets_sound((struct sheets_text){
	    .survey = "type,name,label,bind::foyer:bytes,bind::my:x,"
		      "bind::foyer:calendar,bind::jr:preload,"
		      "bind::jr:preloadParams\n"
		      "date,a,A,,1,${c},,\n"
		      "text,c,C,30,,,,\n"
		      "hidden,s,,,,,property,safety_staffed\n",
	    .settings =
		"namespaces\n\"my=\"\"urn:x\"\" other='urn:y' bare=urn:z\"\n",
	});

	(void)state;
	sheets_contain(
	    document, "xmlns:foyer=\"urn:foyer:xforms:1\"",
	    "xmlns:my=\"urn:x\"", "xmlns:other=\"urn:y\"",
	    "xmlns:bare=\"urn:z\"",
	    "type=\"date\" my:x=\"1\" foyer:calendar=\" /data/c \"/>",
	    "<bind nodeset=\"/data/c\" type=\"string\" foyer:bytes=\"30\"/>",
	    "<bind nodeset=\"/data/s\" type=\"string\""
	    " jr:preload=\"property\" jr:preloadParams=\"safety_staffed\"/>",
	    NULL);
}

static void entities_are_declared_in_meta(void **state)
{
	SCOPED(char_freep)
	char *document = sheets_sound((struct sheets_text){
	    .survey = "type,name,label,save_to\ntext,a,A,first_name\n",
	    .entities = "list_name,label\npeople,\"concat('x', ${a})\"\n",
	});

	(void)state;
	sheets_contain(
	    document, "entities:entities-version=\"2024.1.0\"",
	    "<entity dataset=\"people\" id=\"\" create=\"1\">\n"
	    "              <label/>\n",
	    "<bind nodeset=\"/data/a\" type=\"string\""
	    " entities:saveto=\"first_name\"/>",
	    "<bind nodeset=\"/data/meta/entity/@id\" type=\"string\""
	    " readonly=\"true()\"/>",
	    "<bind nodeset=\"/data/meta/entity/label\" type=\"string\""
	    " readonly=\"true()\" calculate=\"concat('x',  /data/a )\"/>",
	    "<setvalue event=\"odk-instance-first-load\""
	    " ref=\"/data/meta/entity/@id\" value=\"uuid()\"/>",
	    NULL);
}

static void settings_say_what_the_form_is(void **state)
{
	SCOPED(char_freep)
	char *document = sheets_sound((struct sheets_text){
	    .survey = "type,name,label\ntext,a,A\n",
	    .settings = "name,style,instance_name,submission_url,auto_send,"
			"omit_instanceID\n"
			"intake,pages,${a},https://x.org/,true,yes\n",
	});

	(void)state;
	sheets_contain(
	    document, "<intake id=\"form\">", "<h:body class=\"pages\">",
	    "<bind nodeset=\"/intake/meta/instanceName\" type=\"string\""
	    " calculate=\" /intake/a \"/>",
	    "<submission method=\"post\" action=\"https://x.org/\""
	    " orx:auto-send=\"true\"/>",
	    NULL);
	assert_null(strstr(document, "instanceID"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_smallest_form_is_one_question),
		cmocka_unit_test(the_same_sheets_give_the_same_bytes),
		cmocka_unit_test(every_type_has_its_control_and_its_bind),
		cmocka_unit_test(columns_become_what_xforms_calls_them),
		cmocka_unit_test(choices_are_items_of_an_instance),
		cmocka_unit_test(selects_can_be_shuffled),
		cmocka_unit_test(
		    parameters_become_the_attributes_that_others_read),
		cmocka_unit_test(
		    translations_stand_in_itext_under_readable_ids),
		cmocka_unit_test(
		    a_list_without_translations_stays_out_of_itext),
		cmocka_unit_test(
		    a_text_of_no_language_is_of_the_usual_one_only),
		cmocka_unit_test(a_message_with_a_reference_needs_itext),
		cmocka_unit_test(references_in_labels_become_outputs),
		cmocka_unit_test(references_are_absolute_outside_of_repeats),
		cmocka_unit_test(
		    references_inside_a_repeat_mean_the_same_instance),
		cmocka_unit_test(settings_may_add_attributes_to_the_form),
		cmocka_unit_test(a_range_says_how_it_looks),
		cmocka_unit_test(
		    plain_words_beside_a_language_are_what_is_shown_first),
		cmocka_unit_test(repeats_have_a_template_and_a_count),
		cmocka_unit_test(defaults_are_plain_or_worked_out_at_the_start),
		cmocka_unit_test(
		    a_trigger_sets_a_value_when_its_question_changes),
		cmocka_unit_test(a_flat_group_has_no_node_and_marks_its_screen),
		cmocka_unit_test(a_setting_makes_every_group_flat),
		cmocka_unit_test(
		    attributes_may_come_from_any_declared_namespace),
		cmocka_unit_test(entities_are_declared_in_meta),
		cmocka_unit_test(settings_say_what_the_form_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
