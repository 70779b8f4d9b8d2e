/* SPDX-License-Identifier: MIT */
#include "appspec/globs.h"

enum { LONGEST = 64 };

bool cdp_appspec_glob_matches(cdp_string pattern, cdp_string name)
{
    size_t at = 0;
    size_t after_star = SIZE_MAX; /* where to go on after the last star */
    size_t star_at = 0;           /* what the last star has taken up to */

    if (cdp_string_find(name, '/', 0) < name.length)
        return false;
    for (size_t i = 0; i < name.length;) {
        if (at < pattern.length && pattern.data[at] == '*') {
            after_star = ++at;
            star_at = i;
        } else if (at < pattern.length && pattern.data[at] == name.data[i]) {
            at++;
            i++;
        } else if (after_star != SIZE_MAX) {
            at = after_star;
            i = ++star_at;
        } else {
            return false;
        }
    }
    while (at < pattern.length && pattern.data[at] == '*')
        at++;
    return at == pattern.length;
}

/* Row by row: meets[j] says whether what is left of `a` and b[j..] have a name in common. */
bool cdp_appspec_globs_meet(cdp_string a, cdp_string b)
{
    bool rows[2][LONGEST + 1];
    bool *below = rows[0];
    bool *row = rows[1];

    if (a.length > LONGEST || b.length > LONGEST)
        return false;
    for (size_t i = a.length + 1; i-- > 0;) {
        bool *swap = below;

        for (size_t j = b.length + 1; j-- > 0;) {
            bool a_star = i < a.length && a.data[i] == '*';
            bool b_star = j < b.length && b.data[j] == '*';

            if (i == a.length && j == b.length)
                row[j] = true;
            else if (a_star || b_star)
                row[j] = (a_star && (below[j] || (j < b.length && row[j + 1]))) ||
                         (b_star && (row[j + 1] || (i < a.length && below[j])));
            else
                row[j] = i < a.length && j < b.length && a.data[i] == b.data[j] && below[j + 1];
        }
        below = row;
        row = swap;
    }
    return below[0];
}
