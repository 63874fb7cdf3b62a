#pragma once

#include "base/home.h"
#include "seal/kiosk_key.h"

/* A site's own key, which signs its shared counts: keys/site.key, made when it
 * is first asked for. The caller frees *out. Faults as kiosk_key_read(). */
MUST_CHECK enum fault site_key(const struct home *home, struct kiosk_key **out);
