#include "print/lettering.h"

#include "base/memory.h"

static cairo_font_options_t *options_of(const struct lettering *lettering)
{
	cairo_font_options_t *options = cairo_font_options_create();

	if (lettering->crisp) {
		cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_NONE);
		cairo_font_options_set_hint_style(options,
						  CAIRO_HINT_STYLE_FULL);
		cairo_font_options_set_hint_metrics(options,
						    CAIRO_HINT_METRICS_ON);
	} else {
		cairo_font_options_set_hint_style(options,
						  CAIRO_HINT_STYLE_NONE);
		cairo_font_options_set_hint_metrics(options,
						    CAIRO_HINT_METRICS_OFF);
	}
	return options;
}

/* A layout follows its context, so each has one of its own. */
static PangoContext *context_of(const struct lettering *lettering)
{
	PangoContext *context =
	    pango_font_map_create_context(pango_cairo_font_map_get_default());
	cairo_font_options_t *options = options_of(lettering);

	pango_cairo_context_set_font_options(context, options);
	cairo_font_options_destroy(options);
	pango_context_set_round_glyph_positions(context, lettering->crisp);
	pango_context_set_language(
	    context, pango_language_from_string(lettering->language));
	pango_context_set_base_dir(context, lettering->right_to_left
						? PANGO_DIRECTION_RTL
						: PANGO_DIRECTION_LTR);
	return context;
}

PangoLayout *lettering_layout(const struct lettering *lettering)
{
	PangoContext *context = context_of(lettering);
	PangoLayout *layout = pango_layout_new(context);
	PangoFontDescription *font = pango_font_description_new();
	SCOPED(char_freep)
	char *families =
	    lettering->families
		? xasprintf("%s, %s", lettering->families, LETTERING_FAMILIES)
		: xstrdup(LETTERING_FAMILIES);

	pango_font_description_set_family(font, families);
	pango_font_description_set_absolute_size(font,
						 lettering->size * PANGO_SCALE);
	if (lettering->bold)
		pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
	pango_layout_set_font_description(layout, font);
	pango_font_description_free(font);
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_auto_dir(layout, lettering->by_letters);
	g_object_unref(context);
	return layout;
}
