#pragma once

/*
 * Long forms of no agency, for measuring and counting; both give the document,
 * for the caller to free.
 */

/*
 * A form of count questions (a multiple of 5) in two languages, "en" and "fr".
 * Of each five, q0 q1 q2 q3 q4 at first: the first is a choice of yes and no
 * that decides whether the next two are asked; the fourth quotes the second in
 * its label; the fifth is worked out of the fifth before it, the first of these
 * of q3, a whole number. So the last question of all is q3 + count / 5.
 */
char *long_form(int count);

/* c0 is asked; each of c1 to c(links) is one more than that before it, and the
 * document has them in the worst order. */
char *long_chain(int links);
