/* SPDX-License-Identifier: MIT */
#ifndef CDP_GROUP_BUILDER_H
#define CDP_GROUP_BUILDER_H

#include "base/arena.h"
#include "base/words.h"
#include "group/model.h"

/* In place of a node: set by a program. */
enum { CDP_BY_HAND = 1 };

struct cdp_group_builder {
    cdp_arena arena;
    cdp_model model;
};

cdp_status cdp_builder_put_text(cdp_group_builder *builder, cdp_string text,
                                cdp_model_value *value);
void cdp_builder_put_number(int64_t number, cdp_model_value *value);
/* An enumerator, or 0 for none. */
void cdp_builder_put_word(int64_t word, cdp_model_value *value);

/* An enumerator of the list, or 0. */
bool cdp_is_word_or_none(const cdp_word_list *list, int word);
/* All bits stand for enumerators of the list. */
bool cdp_are_events(const cdp_word_list *list, uint32_t events);

/* Room for one more item, zeroed, not yet counted; NULL without memory. */
void *cdp_builder_grow(cdp_group_builder *builder, cdp_model_list *list, size_t bytes);
/* Counts the item for which room was made, if `status`, which it returns, is CDP_OK. */
cdp_status cdp_builder_keep(cdp_model_list *list, cdp_given *item, cdp_status status);

cdp_status cdp_builder_put_events(cdp_group_builder *builder, uint32_t events,
                                  cdp_model_list *list);
cdp_status cdp_builder_add_named(cdp_group_builder *builder, cdp_model_list *list, cdp_string name);

#endif
