/* SPDX-License-Identifier: MIT */
#include <codedeploy/base.h>

#include "base/strings.h"

/* Longer words than any name of the field; what is longer is no misspelling of one. */
#define LONGEST_WORD 64

/* A difference of case only costs 1, every other edit 4: "Afterinstall" beats "AfterInstal". */
enum { CASE_COST = 1, EDIT_COST = 4 };

static unsigned smaller(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

static unsigned replacement_cost(char a, char b)
{
    if (a == b)
        return 0;
    return cdp_lower(a) == cdp_lower(b) ? CASE_COST : EDIT_COST;
}

static bool are_swapped(cdp_string a, size_t i, cdp_string b, size_t j)
{
    return i > 0 && j > 0 && cdp_lower(a.data[i]) == cdp_lower(b.data[j - 1]) &&
           cdp_lower(a.data[i - 1]) == cdp_lower(b.data[j]);
}

/* Optimal string alignment distance, three rows at a time. */
static unsigned distance(cdp_string a, cdp_string b)
{
    unsigned rows[3][LONGEST_WORD + 1];
    unsigned *before = rows[0];
    unsigned *above = rows[1];
    unsigned *row = rows[2];

    for (size_t j = 0; j <= b.length; j++)
        above[j] = before[j] = (unsigned)j * EDIT_COST;
    for (size_t i = 0; i < a.length; i++) {
        unsigned *oldest = before;

        row[0] = (unsigned)(i + 1) * EDIT_COST;
        for (size_t j = 0; j < b.length; j++) {
            unsigned best = above[j] + replacement_cost(a.data[i], b.data[j]);

            best = smaller(best, above[j + 1] + EDIT_COST);
            best = smaller(best, row[j] + EDIT_COST);
            if (are_swapped(a, i, b, j))
                best = smaller(best, before[j - 1] + EDIT_COST);
            row[j + 1] = best;
        }
        before = above;
        above = row;
        row = oldest;
    }
    return above[b.length];
}

/* A third of the word may be wrong, and at least one letter. */
static unsigned tolerance(size_t length)
{
    size_t edits = length / 3;

    return (unsigned)(edits > 0 ? edits : 1) * EDIT_COST;
}

size_t cdp_suggest(cdp_string word, const char *const *candidates, size_t count)
{
    size_t best = count;
    unsigned best_distance;

    if (!word.data || word.length == 0 || word.length > LONGEST_WORD || !candidates)
        return count;
    best_distance = tolerance(word.length) + 1;
    for (size_t i = 0; i < count; i++) {
        cdp_string candidate = cdp_string_of(candidates[i]);
        unsigned found;

        if (candidate.length > LONGEST_WORD)
            continue;
        found = distance(word, candidate);
        if (found < best_distance) {
            best_distance = found;
            best = i;
        }
    }
    return best;
}
