/* SPDX-License-Identifier: MIT */
#ifndef CDP_TRAFFIC_CHECK_H
#define CDP_TRAFFIC_CHECK_H

#include "base/report.h"
#include "traffic/schedule.h"

/* In a text, in place of a weight or wait that was reported already: not looked at again. Lists of
 * numbers may hold it like any other number. */
#define CDP_TRAFFIC_BROKEN (-2)

/* Where the steps of a list stand in a text. */
typedef struct cdp_traffic_places {
    cdp_place weight;
    cdp_place wait;
} cdp_traffic_places;

typedef struct cdp_traffic_checker {
    cdp_diagnostics *diagnostics;
    /* One for each step; NULL when the list was not a text. */
    const cdp_traffic_places *places;
    bool invalid;
    cdp_status status;
} cdp_traffic_checker;

/* Reports, and remembers that the list is invalid when the code is an error. */
void cdp_traffic_report(cdp_traffic_checker *checker, const cdp_report *report);

/* Reports everything that is wrong with a list: CDP_OK, CDP_ERR_INVALID or CDP_ERR_NOMEM. */
cdp_status cdp_traffic_check(cdp_traffic_checker *checker, const int32_t *weights,
                             const int64_t *waits_ms, size_t count);

/* Reports a list without steps, or with too many. */
bool cdp_traffic_check_count(cdp_traffic_checker *checker, size_t count);

#endif
