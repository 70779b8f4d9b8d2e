/* SPDX-License-Identifier: MIT */
#ifndef CDP_BASE_VOCABULARY_H
#define CDP_BASE_VOCABULARY_H

#include <codedeploy/platform.h>
#include <codedeploy/vocabulary.h>

#include "base/words.h"

/* The spellings behind the public functions, for who reads many kinds of words alike. */
extern const cdp_word_list cdp_platforms;
extern const cdp_word_list cdp_events;
extern const cdp_word_list cdp_event_statuses;
extern const cdp_word_list cdp_target_statuses;
extern const cdp_word_list cdp_deployment_statuses;
extern const cdp_word_list cdp_event_errors;
extern const cdp_word_list cdp_deployment_creators;
extern const cdp_word_list cdp_wait_types;
extern const cdp_word_list cdp_ready_actions;
extern const cdp_word_list cdp_stop_statuses;
extern const cdp_word_list cdp_error_codes;

#endif
