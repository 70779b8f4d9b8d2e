/* SPDX-License-Identifier: MIT */
#ifndef ROLLBACK_SITUATION_H
#define ROLLBACK_SITUATION_H

#include "testing.h"

#include <codedeploy/rollback.h>

#include "base/text.h"

/*
 * Situations written down in words, for tests. Statements end with `;` or a line; the first word
 * says what of:
 *
 *   platform server|lambda|ecs      type in-place|blue-green      traffic-control
 *   creator NAME      id ID      status NAME      cause NAME      stop asked|declined
 *   auto failure,alarm,request      auto-off      ready-expired
 *   config NAME|zonal|count:N       revision KEY      failed EVENT      ignore
 *   behavior NAME     manual-behavior NAME            hooks EVENT,…     compatible
 *   weight N      test-listener      test-traffic      replacement      original-gone
 *   target ID [original] [begun] [events=EVENT,…] [status=NAME] [traffic] [had-traffic] [good]
 *             [healthy] [old] [current] [gone] [zone=ZONE]
 *             an event with ! failed, with ~ is in progress, others have ended well
 *   past ID [status=NAME] [creator=NAME] [key=KEY] [behavior=NAME] [missing] [unknown]
 *             Succeeded, and revision s3://b/ID, when not said otherwise
 *   wanted N      ms EVENT=N …      reroute N      file PATH CHANGE [earlier]
 */
enum { SITUATION_MOST = 16 };

typedef struct situation {
    cdp_rollback_situation it;
    cdp_rollback_target targets[SITUATION_MOST];
    cdp_rollback_past past[SITUATION_MOST];
    cdp_group_revision revisions[SITUATION_MOST + 1];
    cdp_rollback_file files[SITUATION_MOST];
    int64_t event_ms[CDP_EVENT_AFTER_ALLOW_TEST_TRAFFIC + 1];
    cdp_config *config; /* to free */
    char words[16384];
    size_t used;
} situation;

/* Reads the words; a word that is none fails the test. */
void situation_read(situation *situation, const char *words);
void situation_free(situation *situation);

/* Everything a plan tells, a line for each; see situation.c. */
void situation_dump(const cdp_rollback_plan *plan, cdp_text *text);

#endif
