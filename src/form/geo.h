#pragma once

/*
 * Places on a map. A kiosk asks none, but a form may begin with them or work
 * them out: a point is "latitude longitude", in degrees, with its altitude and
 * accuracy in metres behind them or not; a line is two points or more, parted
 * by ";"; a shape is a line that ends where it began.
 */

/* Such a text as it is stored, where type is "geopoint", "geotrace" or
 * "geoshape"; "" where it is none. The caller frees it. */
char *geo_settle(const char *type, const char *text);
