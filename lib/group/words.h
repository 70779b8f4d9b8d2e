/* SPDX-License-Identifier: MIT */
#ifndef CDP_GROUP_WORDS_H
#define CDP_GROUP_WORDS_H

#include "base/words.h"

/* The spellings of the enumerations that a deployment group is made of. */
extern const cdp_word_list cdp_group_deployment_types;
extern const cdp_word_list cdp_group_deployment_options;
extern const cdp_word_list cdp_group_termination_actions;
extern const cdp_word_list cdp_group_green_fleets;
extern const cdp_word_list cdp_group_rollback_events;
extern const cdp_word_list cdp_group_trigger_events;
extern const cdp_word_list cdp_group_filter_types;
extern const cdp_word_list cdp_group_outdated_strategies;
extern const cdp_word_list cdp_group_revision_types;
extern const cdp_word_list cdp_group_bundle_types;

/* And those of instances. */
extern const cdp_word_list cdp_instance_kinds;
extern const cdp_word_list cdp_instance_states;
extern const cdp_word_list cdp_auto_scaling_states;
extern const cdp_word_list cdp_match_reasons;
extern const cdp_word_list cdp_instance_healths;
extern const cdp_word_list cdp_revision_healths;

#endif
