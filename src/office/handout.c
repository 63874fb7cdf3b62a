#include "office/handout.h"

#include <stdlib.h>
#include <string.h>

#include "office/checks.h"
#include "office/handout_frame.h"

/* Seconds for one of each. */
#define PICTURE_SECONDS 6
#define FIRST_SECONDS 7
#define OTHER_SECONDS 4

void handout_done(struct handout *handout)
{
	for (size_t i = 0; i < handout->picture_count; i++) {
		struct handout_picture *picture = &handout->pictures[i];

		free(picture->name);
		free(picture->english);
		free(picture->about);
		bytes_done(&picture->png);
	}
	for (size_t i = 0; i < handout->text_count; i++) {
		free(handout->texts[i].key);
		free(handout->texts[i].english);
		free(handout->texts[i].translation);
	}
	free(handout->pictures);
	free(handout->texts);
	handout->pictures = NULL;
	handout->texts = NULL;
	handout->picture_count = handout->text_count = 0;
}

static size_t count_first(const struct handout *handout)
{
	size_t count = 0;

	for (size_t i = 0; i < handout->text_count; i++)
		count += handout->texts[i].first;
	return count;
}

static size_t minutes(size_t count, size_t seconds)
{
	return (count * seconds + 59) / 60;
}

struct handout_minutes handout_minutes(const struct handout *handout)
{
	size_t first = count_first(handout);

	return (struct handout_minutes){
		.pictures = minutes(handout->picture_count, PICTURE_SECONDS),
		.first = minutes(first, FIRST_SECONDS),
		.others = minutes(handout->text_count - first, OTHER_SECONDS),
	};
}

/* --- HTML ----------------------------------------------------------------- */

static void put(struct bytes *out, const char *html)
{
	bytes_add_text(out, html);
}

static void put_text(struct bytes *out, const char *text)
{
	for (; *text; text++) {
		switch (*text) {
		case '&':
			put(out, "&amp;");
			break;
		case '<':
			put(out, "&lt;");
			break;
		case '>':
			put(out, "&gt;");
			break;
		case '"':
			put(out, "&quot;");
			break;
		case '\n':
			put(out, "<br>");
			break;
		default:
			bytes_add_byte(out, (uint8_t)*text);
		}
	}
}

/* Of Markdown, REVIEW.md's lines have only words between backquotes. */
static void put_item(struct bytes *out, const char *text)
{
	bool code = false;

	put(out, "<li>");
	for (const char *rest = text; *rest;) {
		size_t length = strcspn(rest, "`");
		SCOPED(char_freep) char *part = xstrndup(rest, length);

		put_text(out, part);
		rest += length;
		if (!*rest)
			break;
		put(out, code ? "</code>" : "<code>");
		code = !code;
		rest++;
	}
	put(out, code ? "</code></li>\n" : "</li>\n");
}

static void put_remark(struct bytes *out, const char *kind, const char *id)
{
	put(out, "<textarea rows=\"2\" data-about=\"");
	put_text(out, kind);
	put(out, " ");
	put_text(out, id);
	put(out, "\" aria-label=\"remark on ");
	put_text(out, id);
	put(out, "\"></textarea>");
}

static void put_heading(struct bytes *out, const char *id, const char *heading,
			size_t about_minutes)
{
	bytes_add_format(out, "<h2 id=\"%s\">%s", id, heading);
	if (about_minutes)
		bytes_add_format(out, " <small>about %zu minutes</small>",
				 about_minutes);
	put(out, "</h2>\n");
}

/* --- its parts ------------------------------------------------------------ */

static void put_names(const struct handout *handout, struct bytes *out)
{
	put_text(out, handout->language->name);
	put(out, " (<span lang=\"");
	put_text(out, handout->language->tag);
	put(out, "\" dir=\"auto\">");
	put_text(out, handout->language->own_name);
	put(out, "</span>)");
}

static void put_welcome(const struct handout *handout, struct bytes *out)
{
	struct handout_minutes each = handout_minutes(handout);

	put(out, "<h1>Please read our ");
	put_names(handout, out);
	put(out,
	    "</h1>\n<p>Foyer is a screen in the lobby of an agency that helps "
	    "newcomers to Canada. A newcomer answers a few questions in their "
	    "own language, gets a paper ticket, and shows it at the desk. The "
	    "words in ");
	put_text(out, handout->language->name);
	put(out, handout->reviewed
		     ? " were read by a native reader before; something may "
		       "have changed since.</p>\n"
		     : " were written with a computer's language model. <b>No "
		       "native reader has looked at them yet.</b> You "
		       "would be the first.</p>\n");
	put(out,
	    "<p>This page is for you if you grew up reading this language. You "
	    "need no account and no network; nothing you write leaves this "
	    "computer until you send it yourself.</p>\n<ul>\n"
	    "<li>Where all is well, write nothing.</li>\n"
	    "<li>Where something is wrong, write what you would say instead, "
	    "or only that it is wrong. Both help.</li>\n"
	    "<li>Words between { } stay as they are: something is put in "
	    "there.</li>\n"
	    "<li>You may stop at any time: your remarks stay in this browser, "
	    "on this computer. <b>Save my remarks</b>, at the bottom, makes a "
	    "file to send back.</li>\n</ul>\n");
	bytes_add_format(out,
			 "<p>It takes about an hour (%zu minutes by our plan): "
			 "<a href=\"#check\">what to look out for</a>, 5; "
			 "<a href=\"#screens\">the screens</a>, %zu; "
			 "<a href=\"#first\">the words that must be right</a>, "
			 "%zu; <a href=\"#others\">all other words</a>, %zu. "
			 "If you have only half an hour, leave out the "
			 "last.</p>\n",
			 5 + each.pictures + each.first + each.others,
			 each.pictures, each.first, each.others);
}

static void put_list(struct bytes *out, const char *const *items)
{
	put(out, "<ul>\n");
	for (; *items; items++)
		put_item(out, *items);
	put(out, "</ul>\n");
}

static void put_checks(const struct handout *handout, struct bytes *out)
{
	const struct doubts *doubts = handout->doubts;

	put_heading(out, "check", "1. What to look out for", 5);
	put(out, "<h3>What we are not sure of in this language</h3>\n");
	if (doubts->decide_count)
		put(out, "<ul>\n");
	for (size_t i = 0; i < doubts->decide_count; i++)
		put_item(out, doubts->decide[i]);
	put(out, doubts->decide_count
		     ? "</ul>\n"
		     : "<p>Nobody has written down any doubt. That does not "
		       "mean that there is none.</p>\n");
	put_remark(out, "doubts", "what we are not sure of");
	put(out, "<h3>What this script asks for</h3>\n");
	put_list(out, checks_of_script(handout->language));
	put(out, "<h3>What every language asks for</h3>\n");
	put_list(out, checks_always);
	put_remark(out, "checks", "the whole");
}

static void put_picture(const struct handout_picture *picture, size_t number,
			struct bytes *out)
{
	SCOPED(char_freep)
	char *id = xasprintf("%zu %s%s%s", number, picture->name,
			     picture->about ? ", " : "",
			     picture->about ? picture->about : "");

	put(out, "<figure><figcaption><b>");
	put_text(out, id);
	put(out, "</b> ");
	put_text(out, picture->english);
	put(out, "</figcaption>\n<img alt=\"\" src=\"data:image/png;base64,");
	bytes_add_base64(out, picture->png.data, picture->png.length);
	put(out, "\">\n");
	put_remark(out, "screen", id);
	put(out, "</figure>\n");
}

static void put_pictures(const struct handout *handout, struct bytes *out)
{
	put_heading(out, "screens", "2. The screens",
		    handout_minutes(handout).pictures);
	put(out,
	    "<p>As a visitor meets them. First the way with most questions, "
	    "then questions that other answers bring, then what can come "
	    "between. The answers are made up. Above each stands what it is in "
	    "English.</p>\n");
	for (size_t i = 0; i < handout->picture_count; i++)
		put_picture(&handout->pictures[i], i + 1, out);
	if (!handout->missed[0])
		return;
	put(out, "<p>On no picture, since no made-up answers led there; their "
		 "words are below: ");
	put_text(out, handout->missed);
	put(out, "</p>\n");
}

static void put_row(const struct handout *handout,
		    const struct handout_text *text, struct bytes *out)
{
	put(out, "<tr><td><code>");
	put_text(out, text->key);
	put(out, "</code><br>");
	put_text(out, text->english);
	put(out, "</td><td class=\"own\" lang=\"");
	put_text(out, handout->language->tag);
	put(out, handout->language->right_to_left ? "\" dir=\"rtl\">" : "\">");
	put_text(out, text->translation);
	put(out, "</td><td>");
	put_remark(out, "words", text->key);
	put(out, "</td></tr>\n");
}

static void put_texts(const struct handout *handout, bool first,
		      struct bytes *out)
{
	put(out, first ? "<table class=\"first\">\n" : "<table>\n");
	put(out, "<thead><tr><th>English</th><th>");
	put_text(out, handout->language->name);
	put(out, "</th><th>Your remark</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < handout->text_count; i++) {
		if (handout->texts[i].first == first)
			put_row(handout, &handout->texts[i], out);
	}
	put(out, "</tbody></table>\n");
}

static void put_words(const struct handout *handout, struct bytes *out)
{
	struct handout_minutes each = handout_minutes(handout);

	put_heading(out, "first", "3. The words that must be right",
		    each.first);
	put(out, "<p>Consent, safety, and how soon a person is seen. A mistake "
		 "here can harm somebody.</p>\n");
	if (count_first(handout))
		put_texts(handout, true, out);
	else
		put(out, "<p>Nobody has said which these are: please look at "
			 "all words with the same care.</p>\n");
	put_heading(out, "others", "4. All other words", each.others);
	put_texts(handout, false, out);
}

static void put_end(const struct handout *handout, struct bytes *out)
{
	put(out, "<h2 id=\"end\">5. When you are done</h2>\n"
		 "<p>Press <b>Save my remarks</b> and send the file to "
		 "whoever gave you this page. Thank you. If you know how to "
		 "edit translation files (PO), mend these instead: ");
	put_text(out, handout->files);
	put(out, ".</p>\n<p><label>Your name, if you want it to be told "
		 "<input id=\"reader\"></label></p>\n");
}

void handout_write(const struct handout *handout, struct bytes *out)
{
	put(out, handout_frame_head);
	put(out, "<title>Review: ");
	put_text(out, handout->language->name);
	put(out, "</title>\n</head>\n<body data-tag=\"");
	put_text(out, handout->language->tag);
	put(out, "\">\n");
	put_welcome(handout, out);
	put_checks(handout, out);
	put_pictures(handout, out);
	put_words(handout, out);
	put_end(handout, out);
	put(out, handout_frame_foot);
}
