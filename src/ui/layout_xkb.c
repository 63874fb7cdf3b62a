#include "ui/layout_xkb.h"

#include <string.h>
#include <xkbcommon/xkbcommon.h>

#include "base/log.h"

/* The keys of a pc105 by their names in the XKB specification. */
static const char *const names[LAYOUT_XKB_ROWS][LAYOUT_XKB_KEYS] = {
	{ "TLDE", "AE01", "AE02", "AE03", "AE04", "AE05", "AE06", "AE07",
	  "AE08", "AE09", "AE10", "AE11", "AE12" },
	{ "AD01", "AD02", "AD03", "AD04", "AD05", "AD06", "AD07", "AD08",
	  "AD09", "AD10", "AD11", "AD12" },
	{ "AC01", "AC02", "AC03", "AC04", "AC05", "AC06", "AC07", "AC08",
	  "AC09", "AC10", "AC11", "BKSL" },
	{ "LSGT", "AB01", "AB02", "AB03", "AB04", "AB05", "AB06", "AB07",
	  "AB08", "AB09", "AB10" },
};

static uint32_t point_of(struct xkb_keymap *keymap, const char *name,
			 xkb_level_index_t level)
{
	const xkb_keysym_t *symbols;
	xkb_keycode_t key = xkb_keymap_key_by_name(keymap, name);

	if (key == XKB_KEYCODE_INVALID ||
	    xkb_keymap_key_get_syms_by_level(keymap, key, 0, level, &symbols) !=
		1)
		return 0;
	return xkb_keysym_to_utf32(symbols[0]);
}

static void read_keys(struct xkb_keymap *keymap, struct layout_xkb *out)
{
	memset(out, 0, sizeof *out);
	for (int row = 0; row < LAYOUT_XKB_ROWS; row++) {
		for (int key = 0; key < LAYOUT_XKB_KEYS && names[row][key];
		     key++) {
			for (int i = 0; i < LAYOUT_XKB_LEVELS; i++)
				out->point[i][row][key] =
				    point_of(keymap, names[row][key],
					     (xkb_level_index_t)i);
		}
	}
}

bool layout_xkb_read(const char *layout, const char *variant,
		     struct layout_xkb *out)
{
	struct xkb_context *context =
	    xkb_context_new(XKB_CONTEXT_NO_ENVIRONMENT_NAMES);
	struct xkb_keymap *keymap = NULL;

	if (context) {
		xkb_context_set_log_level(context, XKB_LOG_LEVEL_CRITICAL);
		keymap = xkb_keymap_new_from_names(context,
						   &(struct xkb_rule_names){
						       .rules = "evdev",
						       .model = "pc105",
						       .layout = layout,
						       .variant = variant,
						       .options = "",
						   },
						   XKB_KEYMAP_COMPILE_NO_FLAGS);
	}
	if (keymap)
		read_keys(keymap, out);
	else
		log_error("the keyboard layout %s(%s) cannot be read; install "
			  "the package xkb-data",
			  layout, variant);
	xkb_keymap_unref(keymap);
	xkb_context_unref(context);
	return keymap != NULL;
}
