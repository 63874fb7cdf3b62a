#pragma once

/*
 * What does not change of a review pack's page: before its title, the look and
 * a rule that lets nothing be fetched from anywhere; behind its text, the
 * script that keeps remarks in the browser and saves them as a file.
 */
extern const char handout_frame_head[], handout_frame_foot[];
