/* SPDX-License-Identifier: MIT */
#include "base/strings.h"
#include "install/planner.h"

bool cdp_glob_matches(cdp_string pattern, cdp_string name)
{
    size_t p = 0, n = 0;
    /* Behind the last star, and where in the name what follows it was last tried. */
    size_t behind_star = SIZE_MAX, tried = 0;

    while (n < name.length) {
        if (p < pattern.length && pattern.data[p] == '*') {
            behind_star = ++p;
            tried = n;
        } else if (p < pattern.length && pattern.data[p] == name.data[n]) {
            p++;
            n++;
        } else if (behind_star != SIZE_MAX) {
            p = behind_star;
            n = ++tried;
        } else {
            return false;
        }
    }
    while (p < pattern.length && pattern.data[p] == '*')
        p++;
    return p == pattern.length;
}
