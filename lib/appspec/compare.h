/* SPDX-License-Identifier: MIT */
#ifndef CDP_APPSPEC_COMPARE_H
#define CDP_APPSPEC_COMPARE_H

#include "appspec/values.h"

enum { APPSPEC_READERS = 3 };

/*
 * A comparison at work. For each thing that may be read in different ways, the three readings are
 * put into words, and kept when they differ. A reading that refuses also refuses the whole text.
 */
typedef struct appspec_compare {
    appspec_work *work;
    cdp_appspec_comparison *made;
    cdp_text words[APPSPEC_READERS];
    bool refused[APPSPEC_READERS];       /* what is being looked at */
    cdp_string reasons[APPSPEC_READERS]; /* why the whole text is; absent when it is not */
} appspec_compare;

/* Each begins anew, is followed by one word for each reader, and ends with settle. */
void cdp_compare_begin(appspec_compare *compare);
void cdp_compare_say(appspec_compare *compare, cdp_appspec_reader reader, cdp_string words);
void cdp_compare_refuse(appspec_compare *compare, cdp_appspec_reader reader, const char *why);
void cdp_compare_settle(appspec_compare *compare, cdp_node node, const char *what);

/* The parts of a Server AppSpec, in the order of the text. */
void cdp_compare_server(appspec_compare *compare, cdp_node root);

/* Values of one property each. */
void cdp_compare_version(appspec_compare *compare, cdp_node node);
void cdp_compare_os(appspec_compare *compare, cdp_node node);
void cdp_compare_path(appspec_compare *compare, cdp_node node, const char *what);
void cdp_compare_raw(appspec_compare *compare, cdp_node node, const char *what);
void cdp_compare_text(appspec_compare *compare, cdp_node node, const char *what);
void cdp_compare_runas(appspec_compare *compare, cdp_node node);
void cdp_compare_sudo(appspec_compare *compare, cdp_node node);
void cdp_compare_timeout(appspec_compare *compare, cdp_node node);
void cdp_compare_mode(appspec_compare *compare, cdp_node node);
void cdp_compare_acl(appspec_compare *compare, cdp_node node);
void cdp_compare_range(appspec_compare *compare, cdp_node node);
void cdp_compare_glob(appspec_compare *compare, cdp_node node, const char *what);

#endif
