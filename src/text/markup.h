#pragma once

/*
 * The Markdown and HTML that forms have in their words, as a terminal can show
 * it: emphasis and tags are taken out, headings and <br> stand on lines of
 * their own, a link is its text, \* is an asterisk. What only looks like it
 * ("5 * 3", "a_b", "<name>") stays. A mark of text/emphasis.h that a form has
 * of its own goes: nobody but Foyer says what is drawn bold. The caller frees
 * it.
 */
char *markup_plain(const char *text);

/* The same for who sees it: letters that are bold or italic are marked to be
 * drawn so (text/emphasis.h), and a heading is bold. */
char *markup_styled(const char *text);
